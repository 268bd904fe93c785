"""Matches texts against regular expressions in time linear in the text, whatever the expression."""

from functools import lru_cache

from itsm_as_code.reading.pattern_syntax import (
    Characters,
    Choice,
    Edge,
    Part,
    PatternError,
    Ranges,
    Repeat,
    Sequel,
    parse_pattern,
)

__all__ = ["Pattern", "PatternError", "compile_pattern"]

_MATCH = -1
_MAX_STEPS = 1_000_000
_MAX_MOVES = 50_000


@lru_cache(maxsize=1000)
def compile_pattern(text: str) -> "Pattern":
    """Return the matcher of a regular expression; PatternError, a ValueError, where it is none that is taken here."""
    return Pattern(parse_pattern(text))


class _Place:
    """Where a match may stand: what it may read next from here. Computed once for each set of states."""

    __slots__ = ("found", "found_at_end", "moves", "readers")

    def __init__(self, readers: tuple[tuple[Ranges, int], ...], *, found: bool, found_at_end: bool) -> None:
        self.readers = readers
        self.found = found
        self.found_at_end = found_at_end
        self.moves: dict[str, _Place] = {}


class Pattern:
    """A compiled expression: an automaton that is in all of its possible states at once, and so never goes back.

    See Ken Thompson, "Regular Expression Search Algorithm", Communications of the ACM 11:6, 1968.
    """

    def __init__(self, part: Part) -> None:
        # By state: what is read and the state after it; an edge and the state after it; states reached without reading.
        self._reads: dict[int, tuple[Ranges, int]] = {}
        self._edges: dict[int, tuple[str, int]] = {}
        self._jumps: dict[int, list[int]] = {}
        self._states = 0
        self._start = self._build(part, _MATCH)
        self._places: dict[frozenset[int], _Place] = {}
        self._moves = 0
        self._beginning = self._place(frozenset(), at_start=True)

    def matches(self, text: str) -> bool:
        """Return whether the expression is found anywhere in the text.

        A text that would take seconds, which only one of some hundred kilobytes can, counts as not matching.
        """
        place, steps = self._beginning, 0
        for character in text:
            if place.found:
                return True
            after = place.moves.get(character)
            if after is None:
                steps += len(place.readers) + 1
                if steps > _MAX_STEPS:
                    return False
                after = self._move(place, character)
            place = after
        return place.found or place.found_at_end

    def _move(self, place: _Place, character: str) -> _Place:
        code = ord(character)
        states = frozenset(state for ranges, state in place.readers if any(low <= code <= high for low, high in ranges))
        if self._moves >= _MAX_MOVES:
            for known in self._places.values():
                known.moves.clear()
            self._places.clear()
            self._moves = 0
        self._moves += 1
        after = place.moves[character] = self._place(states)
        return after

    def _place(self, states: frozenset[int], *, at_start: bool = False) -> _Place:
        """Return where one stands in these states, and in the first one: a match may begin anywhere."""
        known = None if at_start else self._places.get(states)
        if known is None:
            here = self._closure((*states, self._start), at_start=at_start, at_end=False)
            end = self._closure((*states, self._start), at_start=at_start, at_end=True)
            readers = tuple(self._reads[state] for state in here if state in self._reads)
            known = _Place(readers, found=_MATCH in here, found_at_end=_MATCH in end)
            if not at_start:
                self._places[states] = known
        return known

    def _closure(self, states: tuple[int, ...], *, at_start: bool, at_end: bool) -> set[int]:
        """Return the states that are reached from these without reading a character."""
        found: set[int] = set()
        left = list(states)
        while left:
            state = left.pop()
            if state in found:
                continue
            found.add(state)
            left += self._jumps.get(state, ())
            if state in self._edges:
                sign, after = self._edges[state]
                if at_start if sign == "^" else at_end:
                    left.append(after)
        return found

    def _build(self, part: Part, after: int) -> int:
        """Return the state from which the part is read and `after` reached."""
        if isinstance(part, Sequel):
            for inner in reversed(part.parts):
                after = self._build(inner, after)
            return after
        if isinstance(part, Repeat):
            return self._repeat(part, after)
        state = self._states
        self._states += 1
        if isinstance(part, Characters):
            self._reads[state] = (part.ranges, after)
        elif isinstance(part, Edge):
            self._edges[state] = (part.sign, after)
        elif isinstance(part, Choice):
            self._jumps[state] = [self._build(inner, after) for inner in part.parts]
        return state

    def _repeat(self, part: Repeat, after: int) -> int:
        if part.most is None:
            loop = self._states
            self._states += 1
            self._jumps[loop] = [after]
            self._jumps[loop].append(self._build(part.part, loop))
            state = loop
        else:
            state = after
            for _ in range(part.most - part.least):
                inner = self._build(part.part, state)
                state = self._states
                self._states += 1
                self._jumps[state] = [inner, after]
        for _ in range(part.least):
            state = self._build(part.part, state)
        return state
