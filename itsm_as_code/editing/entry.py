"""Timeline entries: who writes what and when, and into which file it goes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

from itsm_as_code.editing.plan import FileEdit
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.late import is_late
from itsm_as_code.model.record import Record
from itsm_as_code.model.reference import entry_folder
from itsm_as_code.model.times import parse_time, time_text
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.writing.block import block_lines
from itsm_as_code.writing.edits import Append, Put, Splice
from itsm_as_code.writing.ids import ALPHABET, SUFFIX_LENGTH
from itsm_as_code.writing.record import field_order
from itsm_as_code.writing.splice import splice

_IN_THE_RECORD = ("created", "transition")
"""Entries that never get a file of their own: two people who move one record apart shall meet a conflict."""
_TRIES = 100
_ROOM = 8


@dataclass(frozen=True, slots=True)
class Stamp:
    """When something happened, who did it (an address), and when it is written down; times are aware.

    `random` draws the letters in the names of entry files.
    """

    at: datetime
    by: str
    now: datetime
    random: Random


def entry(stamp: Stamp, type_: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any YAML value
    """Return a timeline entry of this type with these fields, those that are None left out."""
    rest = {name: value for name, value in fields.items() if value is not None}
    return {"at": time_text(stamp.at), "by": stamp.by, "type": type_, **rest}


def tidied(text: str) -> str:
    """Return a text that people gave without blank ends of it and of its lines; empty where nothing is left."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def edit_record(
    snapshot: Snapshot,
    record: Record,
    splices: Sequence[Splice],
    entries: Sequence[Mapping[str, Any]],
    stamp: Stamp,
) -> tuple[FileEdit, ...]:
    """Return the edits of files that make these splices in a record and add these entries to its timeline.

    Entries of a kind whose timeline is kept in files (`timeline` in `itsm.yaml`) become files of their own, but for
    `created` and `transition`; others are appended to the record. One that is written late says so in `recorded_at`.
    Raises ItsmError where the record's text cannot be edited safely.
    """
    if entries:
        _refuse_before_opening(record, stamp)
    before = snapshot.texts.get(record.file)
    if before is None:
        raise ItsmError(f"{record.file} cannot be read, and so not be edited", f"itsm lint {record.file} says why")
    if entries and not isinstance(record.own_fields.get("timeline", []), list | None):
        raise ItsmError(f"{record.address}: its timeline is no list, and takes no entry", "mend it by hand first")
    into_files = snapshot.config.timeline.get(record.kind.name) == "files"
    own = [each for each in entries if not into_files or each["type"] in _IN_THE_RECORD]
    own_files = [each for each in entries if into_files and each["type"] not in _IN_THE_RECORD]
    written = [*splices, *_appended(record, own, stamp)]
    order = field_order(record.kind)
    after = splice(before, written, order) if written else before
    edits = [FileEdit(record.file, before, after)] if after != before else []
    taken = {*snapshot.texts}
    for each in own_files:
        path = _free_path(record, stamp, taken)
        taken.add(path)
        text = "\n".join(block_lines(dated(each, stamp, late=is_late(stamp.at, stamp.now)))) + "\n"
        edits.append(FileEdit(path, None, text.encode()))
    return tuple(edits)


def _refuse_before_opening(record: Record, stamp: Stamp) -> None:
    """Refuse what is said to have happened before the record was opened: nobody can have written it there."""
    opened = next((entry_ for entry_ in record.timeline if entry_.get("type") == "created"), {})
    moment = parse_time(str(opened.get("at")))
    if moment is not None and stamp.at < moment:
        message = f"{time_text(stamp.at)} is too early: {record.address} was opened at {opened['at']}"
        raise ItsmError(message, "say a later time with --at")


def _appended(record: Record, entries: Sequence[Mapping[str, Any]], stamp: Stamp) -> Iterator[Put | Append]:
    """Yield what adds entries to the end of the record's own timeline."""
    held = record.own_fields.get("timeline")
    late = is_late(stamp.at, stamp.now) or _is_before_last(held, stamp.at)
    added = [dated(each, stamp, late=late) for each in entries]
    if isinstance(held, list) and held:
        yield from (Append(("timeline",), each) for each in added)
    elif added:
        yield Put(("timeline",), added)


def _is_before_last(timeline: object, at: datetime) -> bool:
    """Return whether an entry that goes to the end would be older than one above it, as that was written."""
    entries = timeline if isinstance(timeline, list) else []
    times = (parse_time(str(each.get("recorded_at", each.get("at")))) for each in entries if isinstance(each, dict))
    return any(time is not None and time > at for time in times)


def dated(entry_: Mapping[str, Any], stamp: Stamp, *, late: bool) -> Mapping[str, Any]:
    """Return the entry, with the time at which it is written where that is late."""
    if not late:
        return entry_
    head = {name: entry_[name] for name in ("at", "by", "type")}
    return {**head, "recorded_at": time_text(stamp.now.astimezone(stamp.at.tzinfo)), **entry_}


def _free_path(record: Record, stamp: Stamp, taken: set[str]) -> str:
    """Return the path of a new entry file: its moment in UTC, and letters that two people hardly draw at once.

    Entries of one moment are read in the order of their names, so it comes after those that are there.
    """
    moment = stamp.at.astimezone(UTC).isoformat()[:19].replace("-", "").replace(":", "") + "Z"
    start = f"{entry_folder(record.file)}/{moment}-"
    last = max((path for path in taken if path.startswith(start)), default="")
    for attempt in range(_TRIES):
        drawn = "".join(stamp.random.choice(ALPHABET) for _ in range(SUFFIX_LENGTH))
        # Near the last one, so that there is room for more; where there is none any more, names decide.
        letters = drawn if not last else _beyond(last.removeprefix(start)[:SUFFIX_LENGTH], drawn)
        path = f"{start}{letters}.yaml"
        if path not in taken and (path > last or attempt > _TRIES // 2):
            return path
    raise ItsmError(f"no free name was found in {entry_folder(record.file)}", "try again")


def _beyond(last: str, drawn: str) -> str:
    """Return letters between the last ones and the end of all, in the lower part of what is left, as was drawn."""
    digits = {letter: number for number, letter in enumerate(ALPHABET)}
    base, all_ = len(ALPHABET), len(ALPHABET) ** SUFFIX_LENGTH
    reached, chance = (
        sum(digits.get(each, 0) * base**place for place, each in enumerate(reversed(text))) for text in (last, drawn)
    )
    number = reached + 1 + chance * (all_ - reached) // (_ROOM * all_)
    return "".join(ALPHABET[number // base**place % base] for place in reversed(range(SUFFIX_LENGTH)))
