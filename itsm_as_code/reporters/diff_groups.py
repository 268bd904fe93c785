"""The records of a step by kind, with edits that are alike summed up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itsm_as_code.model.kind import Kind
from itsm_as_code.reporters.diff_facts import Facts
from itsm_as_code.reporters.diff_words import listed

_ALIKE = 3
"""Alike edits that are told one by one; of more, the number is told."""
_MANY = 20
"""Alike edits of services and of public records that are told one by one; a major incident is always told."""


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one kind, each to be told by itself, and sums of those that are alike: ``14 assets assigned``."""

    kind: str
    title: str
    """The kind's plural."""
    records: Sequence[Facts]
    sums: Sequence[tuple[str, Sequence[Facts]]]


def groups(facts: Facts, kinds: Mapping[str, Kind], *, everything: bool = False) -> Sequence[Group]:
    """Return the records by kind, in the order of the facts; with `everything`, without sums."""
    by_kind: dict[str, list[Facts]] = defaultdict(list)
    for entry in facts["records"]:
        by_kind[entry["kind"]].append(entry)
    return [_group(kind, entries, kinds, everything=everything) for kind, entries in by_kind.items()]


def _group(kind: str, entries: Sequence[Facts], kinds: Mapping[str, Kind], *, everything: bool) -> Group:
    plural = kinds[kind].plural if kind in kinds else kind
    alike: dict[tuple[str, ...], list[Facts]] = defaultdict(list)
    for entry in entries:
        if not everything and not entry["major"]:
            alike[_sorts(entry)].append(entry)
    summed = {sorts: _alike(found) for sorts, found in alike.items()}
    told = {entry["id"] for found in summed.values() for entry in found}
    return Group(
        kind,
        plural,
        [entry for entry in entries if entry["id"] not in told],
        [(f"{len(found):,} {plural} {listed(list(sorts))}", found) for sorts, found in summed.items() if found],
    )


def _alike(entries: Sequence[Facts]) -> Sequence[Facts]:
    """Return those of some alike entries that are summed up; what people look for is told, unless it is too much."""
    if len(entries) > _MANY:
        return entries
    rest = [entry for entry in entries if not _is_looked_for(entry)]
    return rest if len(rest) > _ALIKE else ()


def _is_looked_for(entry: Facts) -> bool:
    return entry["kind"] == "service" or (entry["visibility"] == "public" and entry["state"] is not None)


def _sorts(entry: Facts) -> tuple[str, ...]:
    """Return what an entry has in common with its like."""
    return tuple(dict.fromkeys(said["sort"] for said in entry["says"]))
