"""The map that the documentation shows does what it says there."""

import re
from pathlib import Path

from itsm_as_code.interchange.table.import_table import import_table
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.worktree import WorktreeSource

PAGE = Path(__file__).parents[2] / "docs" / "import-table.md"


def test_the_example_of_the_documentation(tmp_path: Path) -> None:
    blocks = re.findall(r"^```(csv|yaml)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    (_, tickets), (_, log), (_, map_), (_, record) = blocks[:4]
    for name, text in (("tickets.csv", tickets), ("log.csv", log), ("map.yaml", map_)):
        (tmp_path / name).write_text(text)
    into = tmp_path / "ours"
    result = import_table([str(tmp_path / "tickets.csv"), str(tmp_path / "log.csv")], tmp_path / "map.yaml", into)
    head, _, shown = record.partition("\n")
    written = (into / head.removeprefix("# ")).read_text()
    assert re.sub(r"sha256-[0-9a-f]+", "sha256-…", written) == shown
    assert result.remarks.skipped == result.remarks.guessed == result.remarks.folded == []
    assert result.records == {"ci": 1, "incident": 2, "person": 1, "team": 1}
    assert list(lint(load(WorktreeSource(into)))) == []
