"""The records of a step by kind, with edits that are alike summed up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itsm_as_code.model.kind import Kind
from itsm_as_code.reporters.diff_facts import Facts
from itsm_as_code.reporters.diff_words import listed

_ALIKE = 3
"""Alike edits that are told one by one; of more, the number is told."""
_ALWAYS = frozenset({"service"})
"""Kinds of which each record is told."""


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
        alike[_sorts(entry)].append(entry)
    summed = {
        sorts: found for sorts, found in alike.items() if len(found) > _ALIKE and not everything and kind not in _ALWAYS
    }
    return Group(
        kind,
        plural,
        [entry for entry in entries if _sorts(entry) not in summed],
        [(f"{len(found):,} {plural} {listed(list(sorts[1:]))}", found) for sorts, found in summed.items()],
    )


def _sorts(entry: Facts) -> tuple[str, ...]:
    """Return what an entry has in common with its like; a major or public record is like no other."""
    own = entry["id"] if entry["major"] or (entry["visibility"] == "public" and entry["state"]) else ""
    return (own, *dict.fromkeys(said["sort"] for said in entry["says"]))
