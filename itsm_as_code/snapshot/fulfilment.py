"""Requests and what comes of them: whom one is for, what its item hands out, how far its tasks are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.selection import related, targets
from itsm_as_code.snapshot.snapshot import Snapshot

Sort = Literal["asset", "licence", "ci"]


@dataclass(frozen=True, slots=True)
class Product:
    """One thing that a step of a catalogue item produces.

    `class_` is empty where the step names none; `licence` is an address, empty where the step names none that is there.
    """

    item: str
    step: str
    sort: Sort
    class_: str
    licence: str


class Fulfilment:
    """Answers what the requests of one snapshot hand out; each item is read once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._items = {item.address: item for item in snapshot.of("catalog-item")}
        self._parts = {address: tuple(self._included(item)) for address, item in self._items.items()}
        self._products = {address: tuple(_products(snapshot, item)) for address, item in self._items.items()}

    def item(self, request: Record) -> Record | None:
        """Return the valid catalogue item that a request is for; None where there is none."""
        return next((self._items.get(item.address) for item in targets(self._snapshot, request, "item")), None)

    def products(self, request: Record) -> Sequence[Product]:
        """Return what a request must hand out by itself: what the steps of its item, and of those in it, produce.

        Left out are canceled steps (the request's task of that id), and parts of a bundle for which a request of
        their own is linked with this one.
        """
        item = self.item(request)
        if item is None:
            return ()
        canceled = {task for task, state in task_states(request).items() if state == "canceled"}
        return [
            product
            for part in self._reached(item.address, self._elsewhere(request) - {item.address})
            for product in self._products[part]
            if product.step not in canceled
        ]

    def _reached(self, start: str, elsewhere: frozenset[str]) -> Sequence[str]:
        reached, waiting = {start: None}, [start]
        while waiting:
            for part in self._parts[waiting.pop()]:
                if part not in reached and part not in elsewhere:
                    reached[part] = None
                    waiting.append(part)
        return list(reached)

    def _elsewhere(self, request: Record) -> frozenset[str]:
        """Return the items that requests linked with this one are for."""
        item = self.item(request)
        if item is None or not self._parts[item.address]:
            return frozenset()
        others = [self.item(other) for other in related(self._snapshot, request, "request")]
        return frozenset(other.address for other in others if other is not None)

    def _included(self, item: Record) -> Iterator[str]:
        return (part.address for part in targets(self._snapshot, item, "includes") if part.address in self._items)


def _products(snapshot: Snapshot, item: Record) -> Iterator[Product]:
    licences = {
        link.path[1]: link.target
        for link in snapshot.graph.outgoing.get(item.address, ())
        if link.path[0] == "fulfilment" and link.path[-1] == "licence"
    }
    for position, step in enumerate(item.mappings("fulfilment")):
        sort = step.get("produces", "none")
        if sort != "none":
            licence = licences.get(position) or ""
            yield Product(item.address, step["id"], cast("Sort", sort), step.get("class", ""), licence)


def receiver(snapshot: Snapshot, request: Record) -> Record | None:
    """Return whom a request is for: who asked, where nobody else is written; None where the link is broken."""
    field = "requested_for" if request.fields.get("requested_for") else "requested_by"
    return next(targets(snapshot, request, field), None)


def task_states(record: Record) -> Mapping[str, str]:
    """Return how far each task of the record's timeline is, by its id: what the last entry says."""
    entries = (entry for entry in record.timeline if entry.get("type") == "task")
    return {entry["id"]: entry["state"] for entry in entries if "id" in entry and "state" in entry}


def outcome(snapshot: Snapshot, request: Record) -> Mapping[Sort, Sequence[tuple[int, str]]]:
    """Return what a request's outcome names: by sort, place in its list and address (the text, for a broken link)."""
    found: dict[Sort, list[tuple[int, str]]] = defaultdict(list)
    for link in snapshot.graph.outgoing.get(request.address, ()):
        if link.path[0] == "outcome" and link.path[1] in _SORTS and link.path[-1] != "to":
            found[_SORTS[str(link.path[1])]].append((int(link.path[2]), link.target or link.text))
    return found


_SORTS: Mapping[str | int, Sort] = {"assets": "asset", "licences": "licence", "cis": "ci"}
