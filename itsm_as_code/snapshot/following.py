"""Records as they would read with every link by the id of what it names: what a new id changes is no edit."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot


def with_links_by_id(record: Record, snapshot: Snapshot, renumbered: Mapping[str, str]) -> Record:
    """Return the record with links by aliases replaced by addresses, and old addresses by new ones.

    `renumbered` is old address → new address. The record itself is returned where nothing in it is to be replaced;
    positions in lists stay what they are.
    """
    addresses = {}
    for link in snapshot.graph.outgoing.get(record.address, ()):
        if link.target is not None and (link.alias or link.target in renumbered):
            addresses[link.text] = renumbered.get(link.target, link.target)
    if not addresses:
        return record
    return replace(record, fields=_replaced(record.fields, addresses))


def _replaced(value: Any, addresses: Mapping[str, str]) -> Any:  # noqa: ANN401 - any YAML value
    if isinstance(value, dict):
        return {key: _replaced(inner, addresses) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, addresses) for inner in value]
    return addresses.get(value, value) if isinstance(value, str) else value
