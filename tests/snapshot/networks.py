"""Small organisations for tests of impact: snapshots made from plain values, and random ones for Hypothesis."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import strategies as st

from itsm_as_code.model.marks import Marks
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.graph import build_graph
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource

Parts = Mapping[str, Mapping[str, Any]]
"""Fields of services, CIs and changes by address."""

_USUAL: Parts = {"ci": {"state": "operational", "class": "server"}, "service": {"state": "live", "tier": 2}}
_CARRIERS = ("runs_on", "powered_by", "depends_on", "part_of", "member_of", "connected_to")
_OVER = ("runs_on", "powered_by", "depends_on", "contains", "has_member", "connected_to", "runs")


@cache
def _empty() -> Snapshot:
    return load(MemorySource({"records/teams/ops.yaml": "name: Operations"}))


def organisation(parts: Parts) -> Snapshot:
    """Return the snapshot of these services, CIs and changes.

    Where nothing is written, a CI is an operational server and a service a live one of tier 2.
    """
    base = _empty()
    records = {}
    for address, fields in parts.items():
        word, _, name = address.partition(":")
        kind, id_ = base.kinds[word if name else "change"], name or address
        values = {"title": id_, **_USUAL.get(kind.name, {}), **fields}
        records[address] = Record(kind, id_, f"records/{kind.folder}/{id_}.yaml", values, Marks(), valid=True)
    graph = build_graph(records, base.kinds, base.config)
    by_kind = {name: [record for record in records.values() if record.kind.name == name] for name in base.kinds}
    return replace(base, records=records, graph=graph, by_kind=by_kind)


def relation(type_: str, to: str) -> dict[str, str]:
    return {"type": type_, "to": f"ci:{to}"}


@st.composite
def organisations(draw: st.DrawFn) -> Parts:
    """Draw up to eight services and CIs with relations, redundancy, states and cycles at random."""
    number = draw(st.integers(2, 8))
    addresses = [f"{draw(st.sampled_from(['ci', 'ci', 'ci', 'service']))}:n{node}" for node in range(number)]
    cis = [address for address in addresses if address.startswith("ci:")]
    parts: dict[str, dict[str, Any]] = {}
    for address in addresses:
        fields: dict[str, Any] = {}
        if address.startswith("ci:"):
            states = ["operational"] * 5 + ["maintenance", "planned", "retired"]
            fields["state"] = draw(st.sampled_from(states))
            ends = st.tuples(st.sampled_from(_CARRIERS), st.sampled_from([*cis, "ci:gone"]))
            fields["relations"] = [{"type": type_, "to": to} for type_, to in draw(st.lists(ends, max_size=4))]
        else:
            fields["state"] = draw(st.sampled_from(["live", "live", "live", "retired"]))
            fields["depends_on"] = draw(st.lists(st.sampled_from(addresses), max_size=4, unique=True))
        over = st.one_of(
            st.sampled_from(_OVER), st.lists(st.sampled_from(addresses), min_size=2, max_size=4, unique=True)
        )
        min_up = st.one_of(st.integers(1, 4), st.integers(1, 100).map(lambda share: f"{share}%"))
        entries = st.lists(st.fixed_dictionaries({"over": over, "min_up": min_up}), max_size=2)
        fields["redundancy"] = draw(entries)
        parts[address] = fields
    return parts
