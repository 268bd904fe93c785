"""The graph of a snapshot: every link, resolved or broken, from both ends."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from itsm_as_code.model.config import Config
from itsm_as_code.model.kind import Kind, LinkField
from itsm_as_code.model.link import Link
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.model.reference import Addresses


@dataclass(frozen=True, slots=True)
class Graph:
    """Links in file order; by the address of their source; by the address they resolve to; and the broken ones.

    Of a file that was not read to its end none is broken: its last value may be half of one.
    """

    links: tuple[Link, ...]
    outgoing: Mapping[str, Sequence[Link]]
    incoming: Mapping[str, Sequence[Link]]
    broken: tuple[Link, ...]


def build_graph(records: Mapping[str, Record], kinds: Mapping[str, Kind], config: Config) -> Graph:
    """Return the graph of the records. Linear in records and links."""
    resolver = _Resolver(records, _aliases(records), Addresses(kinds), config)
    links: list[Link] = []
    outgoing: dict[str, list[Link]] = defaultdict(list)
    incoming: dict[str, list[Link]] = defaultdict(list)
    for record in records.values():
        for field in record.kind.links:
            if field.path[0] not in record.fields:
                continue
            for path, text, beside in _values(record.fields, field.path, 0, (), record.fields):
                if field.when is not None and beside.get(field.when[0]) not in field.when[1]:
                    continue
                if text in field.unless:
                    continue
                link = resolver.link(record.address, field, path, text, beside)
                links.append(link)
                outgoing[link.source].append(link)
                if link.target is not None:
                    incoming[link.target].append(link)
    broken = tuple(link for link in links if link.target is None and records[link.source].whole)
    return Graph(tuple(links), dict(outgoing), dict(incoming), broken)


@dataclass(frozen=True, slots=True)
class _Resolver:
    """What turns a link's text into its target."""

    records: Mapping[str, Record]
    aliases: Mapping[tuple[str, str], str]
    addresses: Addresses
    config: Config

    def link(self, source: str, field: LinkField, path: FieldPath, text: str, beside: Mapping[str, Any]) -> Link:
        """Return the link that a text is, where `beside` is the mapping it stands in."""
        name, reverse = field.name, field.reverse
        named = beside.get(field.named_by) if field.named_by else None
        if isinstance(named, str):
            name = named
            relation = self.config.relation_types.get(name)
            reverse = relation.inverse if relation is not None else reverse
        if text in self.records:
            return Link(source, path, field, name, reverse, text, text)
        parsed = self.addresses.parse(text)
        target = self.aliases.get((parsed[0].name, parsed[1].lower())) if parsed is not None else None
        return Link(source, path, field, name, reverse, text, target, alias=target is not None)


def _values(
    value: Any,  # noqa: ANN401 - any YAML value
    pattern: tuple[str, ...],
    depth: int,
    path: FieldPath,
    beside: Mapping[str, Any],
) -> Iterator[tuple[FieldPath, str, Mapping[str, Any]]]:
    """Yield path and text of each value that a field pattern names, with the mapping it stands in."""
    if depth == len(pattern):
        if isinstance(value, str):
            yield path, value, beside
        return
    step = pattern[depth]
    if step == "*":
        if isinstance(value, list):
            for number, inner in enumerate(value):
                yield from _values(inner, pattern, depth + 1, (*path, number), beside)
    elif isinstance(value, dict):
        inner = value.get(step)
        if inner is not None:
            yield from _values(inner, pattern, depth + 1, (*path, step), value)


def _aliases(records: Mapping[str, Record]) -> dict[tuple[str, str], str]:
    """Return address by kind and other name, without regard to case; a record's id in another case counts as one."""
    found: dict[tuple[str, str], str] = {}
    for address, record in records.items():
        for name in (record.id, *record.strings("aliases")):
            found.setdefault((record.kind.name, name.lower()), address)
    return found
