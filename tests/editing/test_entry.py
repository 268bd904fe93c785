"""Timeline entries: which file they go to, what they are called, and when they say that they are late."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from itsm_as_code.editing.entry import edit_record, entry
from itsm_as_code.editing.note import plan_note
from itsm_as_code.editing.plan import FileEdit
from itsm_as_code.errors import ItsmError
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from tests.editing.organisation import CHANGE, FILES, INCIDENT, NOW, ZONE, lines, record, stamp

INC, CHG = "INC-20260304-k7qz", "CHG-20260303-m2nk"
LONG_AGO = {INCIDENT: FILES[INCIDENT].replace("at: 2026-03-04T08:00:00", "at: 0900-01-01T08:00:00")}
"""The incident, opened before anything that tests tell of it."""
FOLDER = INCIDENT.removesuffix(".yaml") + ".d"


def note(address: str, text: str = "Called.", at: datetime = NOW, extra: Mapping[str, str] | None = None) -> list[str]:
    return lines(plan_note(*record(address, extra), text, stamp(at)))


def test_a_note_of_an_incident_is_a_file_of_its_own() -> None:
    (edit,) = plan_note(*record(INC), "Called the vendor.", stamp()).edits
    assert edit.path.startswith(f"{FOLDER}/20260304T080000Z-")
    assert edit.path.endswith(".yaml")
    assert len(edit.path) == len(f"{FOLDER}/20260304T080000Z-abcd.yaml")
    assert edit == FileEdit(
        edit.path,
        None,
        b"at: 2026-03-04T09:00:00+01:00\nby: person:alice\ntype: note\ntext: Called the vendor.\n",
    )
    folded = load(MemorySource({**FILES, edit.path: edit.after or b""})).records[INC]
    assert folded.valid
    assert [each["type"] for each in folded.timeline] == ["created", "note"]


def test_a_note_of_a_change_goes_into_its_timeline() -> None:
    assert note(CHG) == ["+  - {at: 2026-03-04T09:00:00+01:00, by: person:alice, type: note, text: Called.}"]


def test_the_settings_say_which_kinds_have_files() -> None:
    settings = {"itsm.yaml": "format: 1\ntimeline: {incident: record, change: files}\n"}
    (edit,) = plan_note(*record(INC, settings), "Called.", stamp()).edits
    assert edit.path == INCIDENT
    (edit,) = plan_note(*record(CHG, settings), "Called.", stamp()).edits
    assert edit.path.startswith(CHANGE.removesuffix(".yaml") + ".d/")


def test_a_record_without_a_timeline_begins_one() -> None:
    assert note("ci:web-01", "Loud.")[0] == "+timeline:"


def test_transitions_stand_in_the_record_in_any_case() -> None:
    snapshot, incident = record(INC)
    entries = [entry(stamp(), "transition", to="canceled"), entry(stamp(), "acknowledged")]
    first, second = edit_record(snapshot, incident, (), entries, stamp())
    assert first.path == INCIDENT
    assert b"type: transition, to: canceled" in (first.after or b"")
    assert second.path.startswith(f"{FOLDER}/")


def test_entries_of_one_moment_have_names_of_their_own() -> None:
    snapshot, incident = record(INC)
    entries = [entry(stamp(), "note", text=str(number)) for number in range(40)]
    paths = [edit.path for edit in edit_record(snapshot, incident, (), entries, stamp())]
    assert len(set(paths)) == 40


def test_who_finds_no_free_name_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itsm_as_code.editing.entry.ALPHABET", "0")
    snapshot, incident = record(INC)
    with pytest.raises(ItsmError, match="no free name was found"):
        edit_record(snapshot, incident, (), [entry(stamp(), "note", text=text) for text in "ab"], stamp())


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (60, False), (61, True), (3 * 24 * 60, True)])
def test_what_is_written_late_says_so(minutes: int, late: bool) -> None:  # noqa: FBT001 - a parameter of the test
    (edit,) = plan_note(*record(INC, LONG_AGO), "Called.", stamp(NOW - timedelta(minutes=minutes))).edits
    assert (b"recorded_at: 2026-03-04T09:00:00+01:00" in (edit.after or b"")) == late


def test_an_entry_below_a_later_one_says_when_it_was_written() -> None:
    """Lint reads a timeline from top to bottom: what stands below was written later."""
    change = FILES[CHANGE] + "  - {at: 2026-03-04T08:50:00+01:00, by: person:bob, type: note, text: x}\n"
    (line,) = note(CHG, at=NOW - timedelta(minutes=30), extra={CHANGE: change})
    assert "at: 2026-03-04T08:30:00+01:00, by: person:alice, type: note, recorded_at: 2026-03-04T09:00:00+01:00" in line


def test_times_of_another_year_zone_and_length() -> None:
    (edit,) = plan_note(*record(INC, LONG_AGO), "Old.", stamp(datetime(987, 1, 1, tzinfo=ZONE))).edits
    assert f"{FOLDER}/09861231T230000Z-" in edit.path


def test_notes_of_several_lines_keep_them() -> None:
    text = "First.  \n\n  - one\n  - two\n\n"
    (edit,) = plan_note(*record(INC), text, stamp()).edits
    folded = load(MemorySource({**FILES, edit.path: edit.after or b""})).records[INC]
    assert folded.timeline[-1]["text"] == "First.\n\n  - one\n  - two"


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_an_empty_note_is_none(text: str) -> None:
    with pytest.raises(ItsmError, match="the note is empty"):
        plan_note(*record(INC), text, stamp())


def test_a_public_note_is_for_public_records() -> None:
    public = {INCIDENT: FILES[INCIDENT].replace("state: new\n", "state: new\nvisibility: public\n")}
    (edit,) = plan_note(*record(INC, public), "Back.", stamp(), public=True).edits
    assert b"\nvisibility: public\n" in (edit.after or b"")
    with pytest.raises(ItsmError, match="is internal, so the public site would not show the note"):
        plan_note(*record(INC), "Back.", stamp(), public=True)


@pytest.mark.parametrize("timeline", ["soon", "{at: now}", "1"])
def test_a_timeline_that_is_no_list_takes_no_entry(timeline: str) -> None:
    for file, address in ((CHANGE, CHG), (INCIDENT, INC)):
        odd = {file: FILES[file].partition("timeline:")[0] + f"timeline: {timeline}\n"}
        with pytest.raises(ItsmError, match="its timeline is no list, and takes no entry"):
            plan_note(*record(address, odd), "Called.", stamp())


def test_a_timeline_without_a_value_begins() -> None:
    odd = {CHANGE: FILES[CHANGE].partition("timeline:")[0] + "timeline:\n"}
    assert note(CHG, extra=odd)[-1].startswith("+  - {at: 2026-03-04T09:00:00+01:00")


def test_nothing_happens_to_a_record_before_it_is_opened() -> None:
    held, found = record("INC-20260304-k7qz")
    early = stamp(NOW - timedelta(hours=2))
    with pytest.raises(ItsmError, match="is too early: INC-20260304-k7qz was opened at 2026-03-04T08:00:00"):
        edit_record(held, found, (), (entry(early, "note", text="x"),), early)
