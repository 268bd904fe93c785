"""Scalars: how one string, number or truth value is spelled so that every YAML reader gives it back."""

import re

from itsm_as_code.model.letters import INVISIBLE
from itsm_as_code.model.times import parse_time

_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
_PLAIN_IN_FLOW = re.compile(r"[A-Za-z](?:[A-Za-z0-9_./+@-]|:(?=[A-Za-z0-9]))*", re.ASCII)
_TIME_SHAPE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_LINE_ENDS = "\x85\u2028\u2029"
_BYTE_ORDER_MARK = "\ufeff"
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""What turns the direction of reading, and so can make a text look like another; the reader asks for an escape."""


def spell(value: str | int | bool | None, *, in_flow: bool = False) -> str:  # noqa: FBT001 - a YAML value, not a switch
    """Return the scalar on one line; strings are quoted wherever a reader could take them for something else.

    Inside a flow mapping (`in_flow`) only single words stay plain. Raises TypeError for a float: records have none.
    """
    if isinstance(value, str):
        plain = _is_plain_in_flow(value) if in_flow else _is_plain(value)
        return value if plain else _quoted(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    raise TypeError(f"a record cannot hold a {type(value).__name__}: {value!r}")


def literal(text: str, indent: int) -> str | None:
    """Return a text of several lines as a literal block (`|`), its lines indented; None where that would alter it.

    The result starts with the block's header and has no line end after it.
    """
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if len(lines) < 2 and body == text:  # noqa: PLR2004 - one line needs no block
        return None
    if (
        INVISIBLE.search(text)
        or not all(map(_fits_in_block, lines))
        or not lines[0]
        or not lines[-1]
        or lines[0][0].isspace()
    ):
        return None
    margin = " " * indent
    header = "|" if body != text else "|-"
    return "\n".join([header, *(margin + line if line else "" for line in lines)])


_FOLD = re.compile(r"(?<=\S) (?=\S)")
"""A space at which a folded block may end a line."""


def folded(text: str, indent: int, width: int) -> str | None:
    """Return a text as a folded block (`>`), its lines indented and, where it can be, at most `width` characters long.

    None where that would alter it. The result starts with the block's header and has no line end after it.
    """
    body = text.removesuffix("\n")
    paragraphs = body.split("\n")
    if INVISIBLE.search(text) or not all(map(_fits_in_block, paragraphs)):
        return None
    if any(not line or line[0].isspace() or line[-1].isspace() for line in paragraphs):
        return None
    margin, lines = " " * indent, [">" if body != text else ">-"]
    for number, paragraph in enumerate(paragraphs):
        if number:
            lines.append("")
        words = iter(_FOLD.split(paragraph))
        lines.append(margin + next(words))
        for word in words:
            if len(lines[-1]) + 1 + len(word) > width:
                lines.append(margin + word)
            else:
                lines[-1] += f" {word}"
    return "\n".join(lines)


def _fits_in_block(line: str) -> bool:
    return not line.isspace() and all(character == "\t" or _is_printable(character) for character in line)


def _is_plain(text: str) -> bool:
    if _is_plain_in_flow(text):
        return True
    return (
        text[:1].isalpha()
        and not text[-1].isspace()
        and text[-1] != ":"
        and text.casefold() not in _RESERVED
        and ": " not in text
        and " #" not in text
        and all(map(_is_printable, text))
        and not INVISIBLE.search(text)
    )


def _is_plain_in_flow(text: str) -> bool:
    if _PLAIN_IN_FLOW.fullmatch(text):
        return text.casefold() not in _RESERVED
    return _TIME_SHAPE.fullmatch(text) is not None and parse_time(text) is not None


def _is_printable(character: str) -> bool:
    """Whether YAML lets the character stand unescaped on a line (its own line ends and the tab do not)."""
    code = ord(character)
    if character in _LINE_ENDS or character in _TURNING or character == _BYTE_ORDER_MARK:
        return False
    return 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF  # noqa: PLR2004 - YAML's table


def _quoted(text: str) -> str:
    single = single_quoted(text) if '"' in text or "\\" in text else None
    return double_quoted(text) if single is None else single


def single_quoted(text: str) -> str | None:
    """Return a text in single quotes; None where they cannot hold it on one line."""
    if INVISIBLE.search(text) or not all(map(_is_printable, text)):
        return None
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """Return a text in double quotes, on one line."""
    unseen = INVISIBLE.search(text) is not None
    return '"' + "".join(_escaped(character, unseen=unseen) for character in text) + '"'


def _escaped(character: str, *, unseen: bool) -> str:
    """Return the character as double quotes hold it; `unseen`: also one that may be of no use where it stands."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    if _is_printable(character) and not (unseen and INVISIBLE.match(character)):
        return character
    code = ord(character)
    if code > 0xFFFF:  # noqa: PLR2004 - the widest of four digits
        return f"\\U{code:08x}"
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"  # noqa: PLR2004 - the widest of two digits
