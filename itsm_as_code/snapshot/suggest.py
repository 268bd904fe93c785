"""Nearest addresses for broken links: records that exist, and names that are often used though nothing bears them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from itsm_as_code.model.link import Link
from itsm_as_code.snapshot.snapshot import Snapshot

_CANDIDATES = 12
_LIKE = 0.72
_MUCH_LIKE = 0.85
"""Of two names that no record bears: enough that the hosts of one domain do not all look like each other."""
_OFTEN = 3
_FREQUENT = 200
"""How many of the frequent names are looked at, so that a repository of broken links stays linear."""


class Suggestions:
    """Answers "did you mean" for the links of one snapshot, through an index of three-letter pieces."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._names: dict[str, list[str]] = {}
        """Lower-case id or alias → addresses that bear it."""
        self._pieces: dict[str, set[str]] = defaultdict(set)
        for address, record in snapshot.records.items():
            for name in {record.id.lower(), *(alias.lower() for alias in record.strings("aliases"))}:
                self._names.setdefault(name, []).append(address)
                for piece in _pieces(name):
                    self._pieces[piece].add(name)
        self._dangling = Counter(link.text for link in snapshot.graph.broken)
        often = self._dangling.most_common(_FREQUENT)
        self._frequent = {text: count for text, count in often if count >= _OFTEN}
        self._known: dict[tuple[str, tuple[str, ...]], list[str]] = {}

    def existing(self, link: Link) -> Sequence[str]:
        """Return at most three addresses of allowed kinds that look like the link's text, the likest first."""
        key = (link.text, link.field.to)
        if key not in self._known:
            self._known[key] = self._existing(*key)
        return self._known[key]

    def frequent(self, link: Link) -> Sequence[tuple[str, int]]:
        """Return texts of other broken links, more frequent than this one, that look much like it, with their counts.

        The likest come first; at most two.
        """
        count, name = self._dangling[link.text], _name(link.text)
        scored = [
            (_likeness(name, _name(text)), often, text) for text, often in self._frequent.items() if often > count
        ]
        near = sorted((score for score in scored if score[0] >= _MUCH_LIKE), key=lambda score: (-score[0], -score[1]))
        return [(text, often) for _, often, text in near[:2]]

    def _existing(self, text: str, kinds: tuple[str, ...]) -> list[str]:
        name = _name(text)
        shared = Counter(candidate for piece in _pieces(name) for candidate in self._pieces.get(piece, ()))
        scored = [
            (_likeness(name, candidate), address)
            for candidate, _ in shared.most_common(_CANDIDATES)
            for address in self._names[candidate]
            if not kinds or self._snapshot.records[address].kind.name in kinds
        ]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        return list(dict.fromkeys(address for likeness, address in scored if likeness >= _LIKE))[:3]


def _name(text: str) -> str:
    return text.partition(":")[2].lower() or text.lower()


def _pieces(name: str) -> set[str]:
    framed = f" {name} "
    return {framed[start : start + 3] for start in range(len(framed) - 2)}


def _likeness(one: str, other: str) -> float:
    bare = str.maketrans("", "", " ._-")
    if one.translate(bare) == other.translate(bare):
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
