"""Reads regular expressions: the part of ECMA 262 that means the same in every engine and takes linear time."""

import string
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from itsm_as_code.model.words import shortened

MAX_CHARACTERS = 200
"""Characters of an expression, and characters that it has once its repetitions are written out."""
_LAST = 0x10FFFF
_DIGITS = ((0x30, 0x39),)
_WORD = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_SPACE = (
    *((0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)),
    *((0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)
_LINE_ENDS = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}
_HEX = {"x": 2, "u": 4}
# Other engines read \< and \> as the ends of a word.
_SIGNS = frozenset(string.punctuation) - frozenset("<>")
_ADVICE = {"A": "; write ^", "Z": "; write $", "z": "; write $"}

Ranges = tuple[tuple[int, int], ...]


class PatternError(ValueError):
    """The text is no regular expression that is taken here; the message says why, on one line."""


@dataclass(frozen=True, slots=True)
class Characters:
    """One character of these code points, ends included."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning (`^`) or the end (`$`) of the text."""

    sign: str


@dataclass(frozen=True, slots=True)
class Sequel:
    """One part after the other."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the parts."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Repeat:
    """The part at least `least` and at most `most` times; without an upper bound where that is None."""

    part: "Part"
    least: int
    most: int | None


Part = Characters | Edge | Sequel | Choice | Repeat


def parse_pattern(text: str) -> Part:
    """Return what a regular expression says.

    Raises PatternError for what is no expression, what only some engines know, what no engine can match in
    linear time (look-around, back-references) and what is too large.
    """
    if len(text) > MAX_CHARACTERS:
        raise PatternError(f"it has {len(text):,} characters; at most {MAX_CHARACTERS} are taken")
    reader = _Reader(text)
    part = reader.choice()
    if reader.rest:
        raise PatternError("a ) closes no group; write \\) for the character")
    if size(part) > MAX_CHARACTERS:
        raise PatternError(
            f"with its repetitions written out it has more than {MAX_CHARACTERS} characters; "
            "give lengths as minLength and maxLength"
        )
    return part


def size(part: Part) -> int:
    """Return of how many characters a part is once its repetitions are written out."""
    if isinstance(part, Repeat):
        return max(1, size(part.part)) * max(1, part.least if part.most is None else part.most)
    if isinstance(part, Sequel | Choice):
        return sum(size(inner) for inner in part.parts)
    return 1


class _Reader:
    """Reads from left to right, one method for each level of the grammar."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    @property
    def rest(self) -> str:
        return self._text[self._at :]

    def _take(self, sign: str) -> bool:
        found = self._text.startswith(sign, self._at)
        if found:
            self._at += len(sign)
        return found

    def choice(self) -> Part:
        parts = [self._sequel()]
        while self._take("|"):
            parts.append(self._sequel())
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _sequel(self) -> Part:
        parts: list[Part] = []
        while self.rest and self.rest[0] not in "|)":
            parts.append(self._repeated(self._atom()))
        return Sequel(tuple(parts))

    def _repeated(self, part: Part) -> Part:
        bounds = self._bounds()
        if bounds is None:
            return part
        if isinstance(part, Edge):
            raise PatternError(f"{part.sign} cannot be repeated; write \\{part.sign} for the character")
        self._take("?")  # As few as possible or as many: the same texts match.
        if self.rest[:1] in ("*", "+", "?", "{"):
            raise PatternError(f"the repetition {self.rest[0]} follows another one; group what is repeated: (?:…)")
        return Repeat(part, *bounds)

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(sign):
                return bounds
        if not self._take("{"):
            return None
        words, closed, _ = self.rest.partition("}")
        numbers = words.split(",")
        if not closed or len(numbers) > 2 or not all(_is_count(number) for number in filter(None, numbers[1:])):  # noqa: PLR2004 - from and to
            raise PatternError("a repetition is {2}, {2,} or {2,5}; write \\{ for the character")
        if not _is_count(numbers[0]):
            raise PatternError("a repetition begins with a number: {0,5}; write \\{ for the character")
        self._at += len(words) + 1
        least = int(numbers[0])
        most = least if len(numbers) == 1 else int(numbers[1]) if numbers[1] else None
        if most is not None and most < least:
            raise PatternError(f"the repetition {{{words}}} ends before it begins")
        return least, most

    def _atom(self) -> Part:
        sign = self.rest[0]
        if sign in "*+?{":
            raise PatternError(f"{sign} repeats nothing; write \\{sign} for the character")
        if sign in "]}":
            raise PatternError(f"{sign} closes nothing; write \\{sign} for the character")
        self._at += 1
        if sign in "^$":
            return Edge(sign)
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._set()
        if sign == ".":
            return Characters(_others(_LINE_ENDS))
        return Characters(self._escape() if sign == "\\" else _one(sign))

    def _group(self) -> Part:
        if not self._take("?:") and self._take("?"):
            raise PatternError(_about_group(self.rest))
        part = self.choice()
        if not self._take(")"):
            raise PatternError("a group is not closed with )")
        return part

    def _set(self) -> Characters:
        negated = self._take("^")
        ranges: list[tuple[int, int]] = []
        first = True
        while not self._take("]"):
            if not self.rest:
                raise PatternError("a set is not closed with ]; write \\[ for the character")
            ranges += self._range(first=first)
            first = False
        if not ranges:
            raise PatternError("the set [] has no characters; write \\] for the character")
        return Characters(_others(tuple(ranges)) if negated else tuple(ranges))

    def _range(self, *, first: bool) -> Ranges:
        last = self.rest.startswith("-]")
        if self.rest[0] == "-" and not (first or last):
            raise PatternError("write \\- for a hyphen that is not at an end of its set")
        low = self._member()
        if not self.rest.startswith("-") or self.rest.startswith("-]"):
            return low
        self._at += 1
        high = self._member() if self.rest else ()
        if len(low) != 1 or len(high) != 1 or low[0][0] != low[0][1] or high[0][0] != high[0][1]:
            raise PatternError("a range in a set goes from one character to another; write \\- for a hyphen")
        if low[0][0] > high[0][0]:
            raise PatternError(f"the range {chr(low[0][0])}-{chr(high[0][0])} ends before it begins")
        return ((low[0][0], high[0][0]),)

    def _member(self) -> Ranges:
        sign = self.rest[0]
        if sign == "[":
            raise PatternError("write \\[ for a [ inside a set: some engines read sets in sets")
        if self.rest[:2] in ("&&", "--", "~~"):
            raise PatternError(f"some engines calculate with {self.rest[:2]} inside a set; write \\{sign}")
        self._at += 1
        return self._escape() if sign == "\\" else _one(sign)

    def _escape(self) -> Ranges:
        sign = self.rest[:1]
        if not sign:
            raise PatternError("it ends with a single \\; write \\\\ for the character")
        self._at += 1
        for letter, ranges in (("d", _DIGITS), ("w", _WORD), ("s", _SPACE)):
            if sign.lower() == letter:
                return ranges if sign == letter else _others(ranges)
        if sign in _CONTROLS:
            return _one(_CONTROLS[sign])
        if sign in _HEX:
            return self._code(sign)
        if sign in _SIGNS:
            return _one(sign)
        if sign in "123456789k":
            raise PatternError(f"\\{sign} refers back to a group, which can take for ever; write out what is repeated")
        raise PatternError(f"\\{shortened(sign)} is not known here{_ADVICE.get(sign, '')}")

    def _code(self, sign: str) -> Ranges:
        digits = self.rest[: _HEX[sign]]
        if len(digits) < _HEX[sign] or not set(digits) <= set(string.hexdigits):
            raise PatternError(f"\\{sign} is followed by {_HEX[sign]} hexadecimal digits")
        self._at += len(digits)
        if 0xD800 <= int(digits, 16) <= 0xDFFF:  # noqa: PLR2004 - the surrogates
            raise PatternError(f"\\u{digits} is half a character; write the character itself")
        return ((int(digits, 16), int(digits, 16)),)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _about_group(rest: str) -> str:
    if rest[:1] in ("=", "!") or rest[:2] in ("<=", "<!"):
        return "look-around can take for ever; say it without, for example as several patterns under allOf"
    if rest.startswith(("P=", "P>")):
        return "(?P=…) refers back to a group, which can take for ever; write out what is repeated"
    if rest.startswith(("P<", "<")):
        return "groups have no names here; write (?:…)"
    return f"(?{rest[:1]} is not known here; write (?:…) for a group, and [Aa] for a letter of either case"


def _one(character: str) -> Ranges:
    return ((ord(character), ord(character)),)


def _others(ranges: Sequence[tuple[int, int]]) -> Ranges:
    """Return the code points that are in none of the ranges."""
    ordered = [(-1, -1), *sorted(ranges), (_LAST + 1, _LAST + 1)]
    found = []
    end = -1
    for (_, before), (after, _) in pairwise(ordered):
        end = max(end, before)
        if after > end + 1:
            found.append((end + 1, after - 1))
    return tuple(found)
