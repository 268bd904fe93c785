"""`itsm show`: values inside of values on one line, and money as people write it."""

from pathlib import Path

from tests.support import RunItsm

FILES = {
    "itsm.yaml": "format: 1\n",
    "records/catalog/laptop.yaml": (
        "title: Laptop\nowner: team:it\n"
        "form: [{name: model, label: Which?, type: choice, options: [small, large]}]\n"
        "approvals: [{from: team:it, when: {model: large}}]\n"
        'cost: {amount: "1299.00", currency: EUR}\n'
    ),
    "records/licences/office.yaml": (
        "title: Office\nproduct: Office\nmetric: site\n"
        'purchases: [{date: 2026-01-01, cost: {amount: "5.00", currency: EUR}}]\n'
    ),
}


def test_what_belongs_together_is_seen(run_itsm: RunItsm, tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    item = run_itsm("show", "catalog-item:laptop", cwd=tmp_path).stdout.splitlines()
    assert "  - name model, label Which?, type choice, options (small, large)" in item
    assert "  - from team:it, when (model large)" in item
    assert "cost: 1299.00 EUR" in item
    licence = run_itsm("show", "licence:office", cwd=tmp_path).stdout.splitlines()
    assert "  - date 2026-01-01, cost 5.00 EUR" in licence
