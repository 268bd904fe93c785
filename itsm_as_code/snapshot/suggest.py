"""Nearest addresses for broken links: records that exist, and names that are often linked though nothing bears them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import nsmallest
from math import fsum, log

from itsm_as_code.model.link import Link
from itsm_as_code.model.suggest import edit_distance
from itsm_as_code.snapshot.snapshot import Snapshot

_CANDIDATES = 12
_SHOWN = 3
_LIKE = 0.63
_SHORT = 4
_OFTEN = 3
_LONGEST = 128
"""Letters of a name that is compared; no id is longer."""
_ASKED = 500
"""How many texts are answered; who has more broken links than that needs another remedy, and soon."""
_FREQUENT = 200
"""How many of the frequent names are looked at, so that a repository of broken links stays linear."""


class Suggestions:
    """Answers "did you mean" for the broken links of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._bearers: dict[str, list[str]] = defaultdict(list)
        """Lower-case id or alias → addresses that bear it."""
        for address, record in snapshot.records.items():
            for name in {record.id.lower(), *(alias.lower() for alias in record.strings("aliases"))}:
                self._bearers[name].append(address)
        self._dangling = Counter(link.text for link in snapshot.graph.broken)
        self._frequent = {text: count for text, count in self._dangling.most_common(_FREQUENT) if count >= _OFTEN}
        self._existing: dict[tuple[str, tuple[str, ...]], Sequence[str]] = {}
        self._alike: dict[str, Sequence[tuple[str, int]]] = {}

    def existing(self, link: Link) -> Sequence[str]:
        """Return at most three addresses of allowed kinds that look like the link's text, the likest first."""
        key = (link.text, link.field.to)
        if key not in self._existing:
            if len(self._existing) >= _ASKED:
                return ()
            name = _name(link.text)
            near = self._records.near(name)
            if any(_is_slip(name, _name(text)) for text, _ in self.frequent(link)):
                # The name that is meant has no record yet; a record that is merely alike would lead astray.
                near = [other for other in near if _is_slip(name, other)]
            found = [address for name in near for address in self._bearers[name] if self._is_allowed(address, link)]
            self._existing[key] = list(dict.fromkeys(found))[:_SHOWN]
        return self._existing[key]

    def frequent(self, link: Link) -> Sequence[tuple[str, int]]:
        """Return the text of more frequent broken links that looks most like this one, if any does, with the count.

        Numbers that another tool gave in turn (`CHG-00003013`) are alike by nature, and none is offered for one.
        """
        if ":" not in link.text and link.text.rpartition("-")[2].isdecimal():
            return ()
        if link.text not in self._alike:
            if len(self._alike) >= _ASKED:
                return ()
            near = self._missing.near(_name(link.text))
            count = self._dangling[link.text]
            found = [(text, often) for text, often in self._frequent.items() if often > count and _name(text) in near]
            self._alike[link.text] = sorted(found, key=lambda pair: near.index(_name(pair[0])))[:1]
        return self._alike[link.text]

    def _is_allowed(self, address: str, link: Link) -> bool:
        return not link.field.to or self._snapshot.records[address].kind.name in link.field.to

    @cached_property
    def _weights(self) -> "_Weights":
        return _Weights([*self._bearers, *(_name(text) for text in self._dangling)])

    @cached_property
    def _records(self) -> "_Index":
        return _Index(self._bearers, self._weights)

    @cached_property
    def _missing(self) -> "_Index":
        return _Index((_name(text) for text in self._frequent), self._weights)


class _Weights:
    """How telling each three-letter piece is: a piece that most names share says little."""

    def __init__(self, names: Sequence[str]) -> None:
        self._total = len(names)
        self._names_with = Counter(piece for name in names for piece in _pieces(name))

    def of(self, pieces: Iterable[str]) -> float:
        return fsum(log(1 + self._total / max(self._names_with[piece], 1)) for piece in pieces)


class _Index:
    """Names by their handles."""

    def __init__(self, names: Iterable[str], weights: _Weights) -> None:
        self._weights = weights
        self._names: dict[str, set[str]] = defaultdict(set)
        for name in (name for name in names if len(name) <= _LONGEST):
            for handle in _handles(name):
                self._names[handle].add(name)

    def near(self, name: str) -> list[str]:
        """Return the names that are a slip away, or share most of what is telling, the likest first."""
        if len(name) > _LONGEST:
            return []
        pieces = _pieces(name)
        shared = Counter(other for handle in _handles(name) for other in self._names.get(handle, ()))
        scored = []
        # Names come out of sets, whose order differs from run to run.
        for other in nsmallest(_CANDIDATES, shared, key=lambda other: (-shared[other], other)):
            theirs = _pieces(other)
            likeness = 2 * self._weights.of(pieces & theirs) / (self._weights.of(pieces) + self._weights.of(theirs))
            if _is_slip(name, other) or likeness >= _LIKE or other.startswith((f"{name}.", f"{name}-")):
                scored.append((not _is_slip(name, other), -likeness, other))
        return [other for _, _, other in sorted(scored)]


def _name(text: str) -> str:
    return text.partition(":")[2].lower() or text.lower()


def _pieces(name: str) -> set[str]:
    framed = f" {name} "
    return {framed[start : start + 3] for start in range(len(framed) - 2)}


def _handles(name: str) -> set[str]:
    """Return what finds a name: its pieces, and what a swap of two letters in a short one leaves as it is."""
    return {*_pieces(name), f" {name[:1]}", "".join(sorted(name))}


def _is_slip(one: str, other: str) -> bool:
    """Return whether the names differ as slips do: by two letters (one in a short name), separators left aside."""
    bare = str.maketrans("", "", " ._-")
    return edit_distance(one.translate(bare), other.translate(bare)) <= (1 if len(one) <= _SHORT else 2)
