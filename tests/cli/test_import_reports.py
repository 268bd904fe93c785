"""What `itsm import cstate` says of many pages that have the same flaw: one line, with the first few of them."""

from pathlib import Path

from tests.support import RunItsm

PAGE = """\
---
title: The shop is slow
date: 2024-05-{day} 10:00:00
resolved: true
resolvedWhen: 2024-05-{day} 11:00:00
severity: disrupted
affected: [Shop]
section: issue
---
We are looking at it.
"""


def _site(root: Path, pages: int) -> None:
    (root / "content/issues").mkdir(parents=True)
    (root / "config.yml").write_text("title: Status\nparams:\n  systems:\n    - {name: Shop, category: Web}\n")
    for day in range(1, pages + 1):
        (root / f"content/issues/2024-05-{day:02}-shop.md").write_text(PAGE.format(day=f"{day:02}"))


def test_a_flaw_of_many_pages_is_one_line(tmp_path: Path, run_itsm: RunItsm) -> None:
    _site(tmp_path / "site", 7)
    run = run_itsm("import", "cstate", "site", "--into", "records-of-ours", cwd=tmp_path)
    assert run.exit_code == 0
    dates = [line for line in run.stdout.splitlines() if "date '" in line]
    files = ", ".join(f"content/issues/2024-05-0{day}-shop.md" for day in (1, 2, 3))
    assert dates == [f"guessed: date '…': no offset: taken as UTC; 7 times: {files}, …"]
    assert run.stdout.splitlines()[-1] == "Next: itsm lint --root records-of-ours"


def test_a_flaw_of_a_few_pages_is_told_of_each(tmp_path: Path, run_itsm: RunItsm) -> None:
    _site(tmp_path / "site", 3)
    run = run_itsm("import", "cstate", "site", "--into", "records-of-ours", cwd=tmp_path)
    dates = [line for line in run.stdout.splitlines() if " date '" in line]
    assert dates == [
        f"guessed: content/issues/2024-05-0{day}-shop.md: date '2024-05-0{day} 10:00:00': no offset: taken as UTC"
        for day in (1, 2, 3)
    ]
