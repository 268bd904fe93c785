"""What the page about lint shows of a terminal is what a terminal of 100 columns is given."""

import re
from pathlib import Path

import pytest

from itsm_as_code.interchange.cstate import import_cstate
from itsm_as_code.reporters import text
from itsm_as_code.reporters.terminal import Look
from itsm_as_code.rules import engine
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import OverlaySource
from itsm_as_code.sources.worktree import WorktreeSource
from tests.support import unpacked

ROOT = Path(__file__).parents[1]
JENKINS = ROOT.parent / "shared" / "data" / "jenkins-status"
SLIP = "records/incidents/2026/INC-20260304-w4rm.yaml"
BLOCKS = re.findall(
    r"^```text\n(.*?)^```", (ROOT / "docs/lint.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
)


def on_a_terminal(snapshot: Snapshot) -> str:
    counts = {"records": 0, "errors": 0, "warnings": 0, "waived": 0}
    return text.report(engine.lint(snapshot), counts, snapshot.texts, Look(100, colour=False))


def test_a_finding() -> None:
    changed = (ROOT / SLIP).read_text(encoding="utf-8").replace("ci:lb-02,", "ci:lb-2,")
    shown, _ = BLOCKS
    assert shown in on_a_terminal(load(OverlaySource(WorktreeSource(ROOT), {SLIP: changed})))


@pytest.mark.skipif(not JENKINS.is_dir(), reason="the data is not here")
def test_an_import(tmp_path: Path) -> None:
    unpacked(JENKINS / "jenkins-status.tar.gz", tmp_path / "site")
    (tmp_path / "site/config.yml").write_bytes((JENKINS / "config.yml").read_bytes())
    import_cstate(tmp_path / "site", tmp_path / "records")
    _, shown = BLOCKS
    assert shown in on_a_terminal(load(WorktreeSource(tmp_path / "records")))
