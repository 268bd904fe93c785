"""Checks a file's bytes before YAML sees them: size, encoding, control characters, line ends."""

import re
from collections.abc import Iterator
from itertools import islice

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.letters import INVISIBLE, named
from itsm_as_code.reading.limits import MAX_BYTES

_BOM = "\ufeff"
_MARKS = (
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\xfe\xff", "UTF-16"),
    (b"\xff\xfe", "UTF-16"),
)
"""Byte order marks, the longer first."""
_ZEROS = {
    b"0001": "UTF-32",
    b"1000": "UTF-32",
    b"0101": "UTF-16",
    b"1010": "UTF-16",
}
"""Which of the first four bytes are zero (0) and not (1), where two letters of ASCII begin a file without a mark."""
# What git, editors and YAML see differently; U+202A and on turn the direction of what people read.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\r(?!\n)")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = {"\r": "carriage return", "\x85": "next line", "\u2028": "line separator", "\u2029": "paragraph separator"}
_MAX_FAULTS = 20


def decode(file: str, data: bytes) -> tuple[str | None, list[Fault]]:
    """Return the text that YAML may read and the faults of its bytes; None where it cannot be read at all.

    The characters at fault are replaced one for one, so that the marks of what follows stay right.
    """
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES:,} bytes and not read; move long texts out of the record"
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
        text = text.lstrip(_BOM)
    if not text.isascii():
        faults += _invisible_characters(file, text)
    if _ODD.search(text):
        if _encoding(data) or text.count("\0") > _MAX_FAULTS:
            return None, [_no_text(file, data)]
        faults += _odd_characters(file, text)
        text = _ODD.sub(lambda match: "\n" if match[0] == "\r" else " " if match[0] in _LINE_ENDS else "\ufffd", text)
    return text, faults


def _not_utf8(file: str, data: bytes, error: UnicodeDecodeError) -> Fault:
    if _encoding(data) or b"\0" in data:
        return _no_text(file, data)
    before = data[: error.start].decode("utf-8")
    line, column = _position(before, len(before))
    byte = data[error.start]
    return Fault.at("not-utf8", file, f"byte 0x{byte:02X} is not UTF-8; save the file as UTF-8", line, column)


def _no_text(file: str, data: bytes) -> Fault:
    encoding = _encoding(data)
    if encoding:
        return Fault.at("not-utf8", file, f"the file is {encoding}; save it as UTF-8 without BOM")
    message = "the file is binary (it holds NUL bytes), not text; put the record's text here as UTF-8, or move the file"
    return Fault.at("not-utf8", file, message)


def _encoding(data: bytes) -> str:
    """Return the encoding that the first four bytes give away (YAML 1.2.2, section 5.2); empty for UTF-8."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    return _ZEROS.get(bytes(ord("1" if byte else "0") for byte in data[:4]), "")


def _invisible_characters(file: str, text: str) -> Iterator[Fault]:
    for match in islice(INVISIBLE.finditer(text), _MAX_FAULTS):
        message = f"{named(match[0])} cannot be seen; delete it, or write it as an escape in double quotes"
        yield Fault.at("invisible-character", file, message, *_position(text, match.start()))


def _odd_characters(file: str, text: str) -> Iterator[Fault]:
    for match in islice(_ODD.finditer(text), _MAX_FAULTS):
        line, column = _position(text, match.start())
        name = _LINE_ENDS.get(match[0])
        if name is None:
            what = "turns the direction of reading" if _DIRECTIONS.match(match[0]) else "is a control character"
            message = f"{named(match[0])} {what}; delete it, or write it as an escape in double quotes"
            yield Fault.at("control-character", file, message, line, column)
        else:
            message = f"a {name} (U+{ord(match[0]):04X}) ends a line for some programs only; use a line feed"
            yield Fault.at("odd-line-break", file, message, line, column)


def _position(text: str, index: int) -> tuple[int, int]:
    """Return line and column (from 1) of an index, with line feeds alone as line ends."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
