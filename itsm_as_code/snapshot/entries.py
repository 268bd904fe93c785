"""Timeline entries that are files of their own, folded into the timeline of their record."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from itsm_as_code.model.record import EntryFile
from itsm_as_code.model.times import parse_time

_LAST = datetime.max.replace(tzinfo=UTC)


def fold(fields: Mapping[str, Any], files: Sequence[EntryFile]) -> tuple[Mapping[str, Any], Mapping[int, EntryFile]]:
    """Return a record's fields with the entries folded in by their `at`, and which position is whose file.

    The record's own entries keep their order, right or wrong, and come first where times are equal; entries without
    a time that can be read come last. A timeline that is no list is left as it is.
    """
    own = fields.get("timeline", [])
    if not files or not isinstance(own, list):
        return fields, {}
    entries, positions = interleaved(own, files, happened)
    return {**fields, "timeline": entries}, positions


def interleaved(
    own: Sequence[Any], files: Sequence[EntryFile], moment: Callable[[object], datetime]
) -> tuple[Sequence[Any], Mapping[int, EntryFile]]:
    """Return the entries of a record and of files as one list in the order of their moments, as `fold` does by `at`."""
    waiting = sorted(files, key=lambda entry: (moment(entry.fields), entry.file), reverse=True)
    timeline: list[Any] = []
    positions: dict[int, EntryFile] = {}

    def take(entry_file: EntryFile) -> None:
        positions[len(timeline)] = entry_file
        timeline.append(entry_file.fields)

    for entry in own:
        while waiting and moment(waiting[-1].fields) < moment(entry) < _LAST:
            take(waiting.pop())
        timeline.append(entry)
    for entry_file in reversed(waiting):
        take(entry_file)
    return timeline, positions


def happened(entry: object) -> datetime:
    """Return when what an entry tells happened; the end of time where that cannot be read."""
    return _time(entry, "at") or _LAST


def written(entry: object) -> datetime:
    """Return when an entry was written: as it says in `recorded_at`, else when it happened."""
    return _time(entry, "recorded_at") or happened(entry)


def _time(entry: object, field: str) -> datetime | None:
    value = entry.get(field) if isinstance(entry, Mapping) else None
    return parse_time(value) if isinstance(value, str) else None
