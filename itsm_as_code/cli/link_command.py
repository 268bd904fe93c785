"""`itsm link`: totals and broken links, or what one record points to and what points to it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from itsm_as_code.cli import options, travel
from itsm_as_code.cli.lookup import find_record
from itsm_as_code.cli.main import EXIT_FINDINGS
from itsm_as_code.model.letters import visible
from itsm_as_code.model.link import Link
from itsm_as_code.model.place import format_path, printable
from itsm_as_code.model.record import Record
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.reporters.terminal import counted
from itsm_as_code.snapshot.places import Places
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.suggest import Suggestions
from itsm_as_code.snapshot.wording import suggestion


@click.command(
    "link",
    epilog="""\b
Examples:
  itsm link                          totals and every broken link; exit 1 if there is one
  itsm link ci:web-01                what web-01 points to and what points to it
  itsm link INC-20260304-w4rm --format json
""",
)
@click.argument("id_", metavar="[ID]", required=False)
@options.root_option
@travel.when_options
@options.format_option("text", "json")
def command(*, id_: str | None, root: Path | None, when: travel.When, format_: str) -> int:
    """Count the links and list the broken ones, or show the links of one record, both ways."""
    snapshot, _ = travel.open_at(root, when)
    if id_ is None:
        facts = _totals(snapshot)
        options.emit(to_json(facts) if format_ == "json" else _totals_text(facts))
        return EXIT_FINDINGS if snapshot.graph.broken else 0
    record = find_record(snapshot, id_)
    ways = _both_ways(snapshot, record)
    options.emit(to_json(ways) if format_ == "json" else _ways_text(ways))
    return 0


def _totals(snapshot: Snapshot) -> dict[str, Any]:
    suggestions, places = Suggestions(snapshot), Places()
    graph = snapshot.graph
    return {
        "records": len(snapshot.records),
        "links": len(graph.links),
        "by_alias": sum(link.alias for link in graph.links),
        "by_field": dict(sorted(Counter(link.name for link in graph.links).items())),
        "broken": [_broken(snapshot, suggestions, places, link) for link in graph.broken],
    }


def _broken(snapshot: Snapshot, suggestions: Suggestions, places: Places, link: Link) -> dict[str, Any]:
    place = places.of(snapshot.records[link.source], link.path)
    return {
        "file": printable(place.file),
        "line": place.line,
        "column": place.column,
        "record": printable(link.source),
        "field": format_path(link.path),
        "to": link.text,
        "nearest": list(suggestions.existing(link)),
        "also_broken": [{"to": text, "links": count} for text, count in suggestions.frequent(link)],
    }


def _totals_text(facts: Mapping[str, Any]) -> str:
    lines = []
    for broken in facts["broken"]:
        nearest = suggestion(broken["nearest"])
        missing = [
            f"; {near['links']} links name {near['to']}, which does not exist either" for near in broken["also_broken"]
        ]
        place = f"{broken['file']}:{broken['line']}:{broken['column']}"
        lines.append(visible(f"{place} {broken['field']} {broken['to']} does not exist{nearest}{''.join(missing)}"))
    names = Counter(broken["to"] for broken in facts["broken"])
    total = f"{counted(facts['records'], 'record')}, {counted(facts['links'], 'link')}"
    if names:
        total += f", {len(facts['broken']):,} broken (to {counted(len(names), 'name')})"
    else:
        total += ", none broken"
    if facts["by_alias"]:
        total += f", {facts['by_alias']:,} by alias"
    return "\n".join([*lines, total]) + "\n"


def _both_ways(snapshot: Snapshot, record: Record) -> dict[str, Any]:
    def end(address: str | None, text: str) -> dict[str, Any]:
        other = snapshot.records.get(address) if address is not None else None
        return {"to": address or text, "title": other.title if other else None, "state": other.state if other else None}

    out = [
        {"name": link.name, **end(link.target, link.text)} for link in snapshot.graph.outgoing.get(record.address, ())
    ]
    back = [
        {"name": link.reverse, **end(link.source, link.source)}
        for link in snapshot.graph.incoming.get(record.address, ())
    ]
    return {"id": record.address, "title": record.title, "points_to": _distinct(out), "pointed_to_by": _distinct(back)}


def _distinct(ends: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return list(
        {(end["name"], end["to"]): end for end in sorted(ends, key=lambda end: (end["name"], end["to"]))}.values()
    )


def _ways_text(ways: Mapping[str, Any]) -> str:
    lines = [visible(f"{ways['id']}  {ways['title']}")]
    for heading, key in (("points to", "points_to"), ("pointed to by", "pointed_to_by")):
        lines.append(f"{heading}:" if ways[key] else f"{heading}: nothing")
        width = max((len(end["name"]) for end in ways[key]), default=0)
        for end in ways[key]:
            about = end["title"] if end["title"] is not None else "does not exist"
            state = f" [{end['state']}]" if end["state"] else ""
            lines.append(visible(f"  {end['name'].ljust(width)}  {end['to']}  {about}{state}"))
    return "\n".join(lines) + "\n"
