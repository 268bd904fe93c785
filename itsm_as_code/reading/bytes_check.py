"""Checks a file's bytes before YAML sees them: size, encoding, control characters, line ends."""

import re
from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.reading.limits import MAX_BYTES

_BOM = "\ufeff"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# What git, editors and YAML see differently; U+202A and on turn the direction of what people read.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\r(?!\n)")
_LINE_ENDS = {"\r": "carriage return", "\x85": "next line", "\u2028": "line separator", "\u2029": "paragraph separator"}
_MAX_FAULTS = 20


def decode(file: str, data: bytes) -> tuple[str | None, list[Fault]]:
    """Return the text that YAML may read and the faults of its bytes; None where it cannot be read at all.

    The characters at fault are replaced one for one, so that the marks of what follows stay right.
    """
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read: move long texts out of the record"
        return None, [Fault.at("too-large", file, message)]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(file, data, error)]
    faults = []
    if text.startswith(_BOM):
        faults.append(
            Fault.at("not-utf8", file, "the file begins with a byte order mark; save it as UTF-8 without BOM")
        )
        text = text[1:]
    if _ODD.search(text):
        faults += _odd_characters(file, text)
        text = _ODD.sub(lambda match: "\n" if match[0] == "\r" else " " if match[0] in _LINE_ENDS else "\ufffd", text)
    return text, faults


def _not_utf8(file: str, data: bytes, error: UnicodeDecodeError) -> Fault:
    if data.startswith(_UTF16):
        return Fault.at("not-utf8", file, "the file is UTF-16; save it as UTF-8 without BOM")
    before = data[: error.start].decode("utf-8")
    line, column = _position(before, len(before))
    byte = data[error.start]
    return Fault.at("not-utf8", file, f"byte 0x{byte:02X} is not UTF-8; save the file as UTF-8", line, column)


def _odd_characters(file: str, text: str) -> Iterator[Fault]:
    for number, match in enumerate(_ODD.finditer(text)):
        if number == _MAX_FAULTS:
            return
        line, column = _position(text, match.start())
        name = _LINE_ENDS.get(match[0])
        if name is None:
            message = f"control character U+{ord(match[0]):04X}; remove it, or write it as an escape in double quotes"
            yield Fault.at("control-character", file, message, line, column)
        else:
            message = f"a {name} (U+{ord(match[0]):04X}) ends a line for some programs only; use a line feed"
            yield Fault.at("odd-line-break", file, message, line, column)


def _position(text: str, index: int) -> tuple[int, int]:
    """Return line and column (from 1) of an index, with line feeds alone as line ends."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
