"""Timeline entries that are files of their own, folded into the timeline of their record."""

from collections.abc import Mapping, Sequence
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
    waiting = sorted(files, key=lambda entry: (_moment(entry.fields), entry.file), reverse=True)
    timeline: list[Any] = []
    positions: dict[int, EntryFile] = {}

    def take_until(moment: datetime) -> None:
        while waiting and _moment(waiting[-1].fields) < moment:
            entry = waiting.pop()
            positions[len(timeline)] = entry
            timeline.append(entry.fields)

    for entry in own:
        if _moment(entry) < _LAST:
            take_until(_moment(entry))
        timeline.append(entry)
    for entry_file in reversed(waiting):
        positions[len(timeline)] = entry_file
        timeline.append(entry_file.fields)
    return {**fields, "timeline": timeline}, positions


def _moment(entry: object) -> datetime:
    at = entry.get("at") if isinstance(entry, Mapping) else None
    return (parse_time(at) if isinstance(at, str) else None) or _LAST
