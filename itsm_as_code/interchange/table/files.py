"""Files: bytes of a table, unpacked and decoded, with what had to be guessed."""

import codecs
import stat
import zlib
from dataclasses import dataclass
from pathlib import Path

from itsm_as_code.errors import ItsmError

MAX_BYTES = 256 * 1024 * 1024
"""Bytes of a file once it is unpacked: far more than an export has, far less than a machine's memory."""

_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20
_WIDE_MARKS = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text, its name without ``.gz``, and what had to be guessed about it."""

    name: str
    text: str
    guesses: tuple[str, ...]


def read_text(path: Path, encoding: str, fallback: str) -> Text:
    """Return a file's text; gzip is unpacked, a byte order mark says the encoding.

    Raises ItsmError where it cannot be read, is too large, or its gzip is broken.
    """
    content = _unpacked(path)
    for mark, wide in _WIDE_MARKS.items():
        if content.startswith(mark):
            encoding = wide
            break
    guesses: list[str] = []
    try:
        text = content.decode("utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding)
    except UnicodeDecodeError:
        text = content.decode(fallback, "replace")
        guesses.append(f"is not {encoding.upper()}; read as {fallback}")
    found = len(text)
    text = text.translate(_CONTROLS)
    if found != len(text):
        guesses.append(f"control characters left out ({found - len(text)} of them)")
    return Text(path.name.removesuffix(".gz"), text, tuple(guesses))


def _unpacked(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ItsmError(f"{path} is no regular file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ItsmError(f"{path} cannot be read: {error.strerror}") from error
    content = _gunzipped(path, content) if content.startswith(_GZIP) else content
    if len(content) > MAX_BYTES:
        raise ItsmError(f"{path} holds more than {MAX_BYTES >> 20} MiB", "split it into smaller files")
    return content


def _gunzipped(path: Path, packed: bytes) -> bytes:
    """Return what a gzip file of one or more members holds, at most one byte more than is allowed."""
    found = bytearray()
    try:
        while packed.startswith(_GZIP):
            member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            while not member.eof and len(found) <= MAX_BYTES:
                piece = member.decompress(packed, _CHUNK)
                packed = member.unconsumed_tail
                found += piece
                if not piece and not packed and not member.eof:
                    raise ItsmError(f"{path} is cut off: its gzip has no end", "fetch it once more")
            if not member.eof:
                break
            packed = member.unused_data
    except zlib.error as error:
        raise ItsmError(f"{path} is a broken gzip file: {error}", "fetch it once more") from error
    return bytes(found)
