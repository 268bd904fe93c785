"""Every record of the sample organisation: a note and a setting, and a diff of only what was meant."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itsm_as_code.editing.entry import edit_record, entry
from itsm_as_code.editing.plan import FileEdit
from itsm_as_code.editing.set_fields import plan_set
from itsm_as_code.model.record import Record
from itsm_as_code.reading.document import read_document
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import OverlaySource
from itsm_as_code.sources.worktree import WorktreeSource
from tests.editing.organisation import stamp

ROOT = Path(__file__).parents[2]
RECORDS = [
    path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("records/*/**/*.yaml")) if ".d/" not in f"{path}"
]
TEXT = 'Überprüft: "alles" gut, it\'s #1 — 100 %.'
LATER = datetime(2026, 12, 31, 12, tzinfo=UTC)
BY = replace(stamp(by="person:anneke-vos"), at=LATER, now=LATER)
assert len(RECORDS) > 150, "the sample organisation is not here"


@pytest.fixture(scope="module")
def sample() -> Snapshot:
    return load(WorktreeSource(ROOT))


def of_file(sample: Snapshot, file: str) -> Record:
    return next(record for record in sample.records.values() if record.file == file)


def changed(edit: FileEdit) -> tuple[list[bytes], list[bytes]]:
    """Return the lines that an edit takes out of a file, and those that it puts in."""
    old, new = (Counter((data or b"").splitlines(keepends=True)) for data in (edit.before, edit.after))
    return list((old - new).elements()), list((new - old).elements())


@pytest.mark.parametrize("file", RECORDS)
def test_a_note_adds_an_entry_and_nothing_else(sample: Snapshot, file: str) -> None:
    record = of_file(sample, file)
    written = entry(BY, "note", text=TEXT)
    (edit,) = edit_record(sample, record, (), [written], BY)
    gone, came = changed(edit)
    assert gone == []
    assert TEXT.split()[1].encode() in b"".join(came)
    fields = read_document(edit.path, edit.after or b"").value
    if edit.path != file:
        assert edit.before is None
        assert fields == written
        return
    assert len(came) == (1 if record.timeline else 2)
    old, new = ((data or b"").splitlines(keepends=True) for data in (edit.before, edit.after))
    assert any(new[:start] + new[start + len(came) :] == old for start in range(len(new)))
    assert fields["timeline"][-1] == written
    assert {**fields, "timeline": fields["timeline"][:-1]} == {**record.own_fields, "timeline": [*record.timeline]}


@pytest.mark.parametrize("file", RECORDS)
def test_a_setting_changes_its_line_and_nothing_else(sample: Snapshot, file: str) -> None:
    record = of_file(sample, file)
    title = record.kind.title_field
    plan = plan_set(sample, record, [f"{title}=Another: one", "x-note=yes"], BY)
    (edit,) = plan.edits
    gone, came = changed(edit)
    assert [line.split(b":")[0] for line in gone] == [title.encode()]
    assert sorted(came) == sorted([f'{title}: "Another: one"\n'.encode(), b'x-note: "yes"\n'])
    assert read_document(file, edit.after or b"").value == {**record.own_fields, title: "Another: one", "x-note": "yes"}


def test_notes_on_all_of_them_bring_no_error(sample: Snapshot) -> None:
    edits: dict[str, bytes | None] = {}
    for file in RECORDS:
        record = of_file(sample, file)
        (edit,) = edit_record(sample, record, (), [entry(BY, "note", text=TEXT)], BY)
        edits[edit.path] = edit.after
    after = load(OverlaySource(WorktreeSource(ROOT), edits), known=sample)
    assert sum(len(record.timeline) for record in after.records.values()) == len(RECORDS) + sum(
        len(record.timeline) for record in sample.records.values()
    )
    assert [finding for finding in lint(after) if finding.severity == "error"] == []
