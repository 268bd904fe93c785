"""What records imply and never store: priority, first times, outage windows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from itsm_as_code.model.config import Config
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time


def priority(record: Record, config: Config) -> int | None:
    """Return 1 (the most pressing) to 5 from impact and urgency, or the override; None where they are not given."""
    override = record.get("priority_override.value")
    if isinstance(override, int) and not isinstance(override, bool):
        return override
    impact, urgency = record.fields.get("impact"), record.fields.get("urgency")
    if not isinstance(impact, str) or not isinstance(urgency, str):
        return None
    return config.priority.get(impact, {}).get(urgency)


def opened_at(record: Record) -> str | None:
    """Return when it was opened: as written, else the first timeline entry's time."""
    return _text(record.fields.get("opened_at")) or _first(record, "at")


def reported_by(record: Record) -> str | None:
    """Return who reported it: as written, else who made the first timeline entry."""
    return _text(record.fields.get("reported_by")) or _first(record, "by")


def planned_window(change: Record) -> tuple[datetime, datetime] | None:
    """Return start and end of a change's planned window; None where one is missing, or the end is before the start."""
    start, end = (parse_time(_text(change.get(f"planned.{field}")) or "") for field in ("start", "end"))
    return (start, end) if start is not None and end is not None and start <= end else None


def outage_window(change: Record) -> tuple[str | None, str | None]:
    """Return start and end of a change's expected outage: its own, else those of the planned window."""
    outage, planned = change.fields.get("outage"), change.fields.get("planned")
    return _pick("start", outage, planned), _pick("end", outage, planned)


def environments(change: Record, records: Mapping[str, Record]) -> list[str]:
    """Return the environments a change touches: as written, else those of its CIs, sorted."""
    own = _text(change.fields.get("environment"))
    if own is not None:
        return [own]
    targets = [records.get(address) for address in change.strings("cis")]
    return sorted(
        {found for ci in targets if ci is not None and (found := _text(ci.fields.get("environment"))) is not None}
    )


def computed(record: Record, config: Config) -> dict[str, Any]:
    """Return the derived facts that lists and JSON show beside the written fields; absent ones are left out."""
    facts: dict[str, Any] = {}
    if "impact" in record.kind.schema["properties"] and "urgency" in record.kind.schema["properties"]:
        facts["priority"] = priority(record, config)
    if record.kind.logged:
        facts["opened_at"] = opened_at(record)
        facts["reported_by"] = reported_by(record)
    return {name: value for name, value in facts.items() if value is not None}


def _first(record: Record, field: str) -> str | None:
    return _text(record.timeline[0].get(field)) if record.timeline else None


def _pick(field: str, *mappings: object) -> str | None:
    for mapping in mappings:
        if isinstance(mapping, dict) and (found := _text(mapping.get(field))) is not None:
            return found
    return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
