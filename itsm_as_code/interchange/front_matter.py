"""Front matter: the settings at the head of a Hugo page (YAML, TOML or JSON) and the text below it."""

import json
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from itsm_as_code.reading.foreign import read_foreign_yaml

MAX_BYTES = 1 << 20
"""A page of more than one mebibyte is not a notice that people wrote."""

_FENCE = {"---": "YAML", "+++": "TOML"}


class UnreadableError(Exception):
    """A foreign file cannot be read; the message is the reason, as a sentence without a full stop."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's settings, with every scalar as text, and its Markdown body."""

    settings: Mapping[str, Any]
    body: str


def read_bytes(path: Path) -> bytes:
    """Return a regular file's bytes, of a huge one only the first; raises UnreadableError where it cannot be read."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise UnreadableError("is no regular file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}") from None


def decode(content: bytes) -> tuple[str, str]:
    """Return the text with plain line ends, and a guess about its encoding (empty for UTF-8).

    Raises UnreadableError for files that are too large or no text.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"is larger than {MAX_BYTES // 1024} KiB")
    if b"\0" in content:
        raise UnreadableError("is not text: it holds a NUL byte")
    try:
        text, guess = content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes unassigned, where Latin-1 has control characters.
        text, guess = content.decode("cp1252", "replace"), "is not UTF-8; read as Windows-1252 (Latin-1)"
    return text.replace("\r\n", "\n").replace("\r", "\n"), guess


def read_page(text: str) -> Page:
    """Return the page's settings and body; raises UnreadableError where there is no front matter or it is broken."""
    if text.startswith("{"):
        return _json_page(text)
    lines = text.lstrip("\n").split("\n")
    fence = lines[0].rstrip()
    if fence not in _FENCE:
        raise UnreadableError("has no front matter")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == fence:
            settings = read_settings("\n".join(lines[1:number]) + "\n", _FENCE[fence])
            return Page(settings, "\n".join(lines[number + 1 :]))
    raise UnreadableError(f"has front matter that does not end: no closing {fence}")


def read_settings(text: str, language: str) -> Mapping[str, Any]:
    """Return the settings that a YAML, TOML or JSON text holds, with every scalar as text.

    Raises UnreadableError where the text is broken or holds no mapping.
    """
    values: Any
    try:
        if language == "YAML":
            values = read_foreign_yaml(text)
        elif language == "TOML":
            values = tomllib.loads(text)
        else:
            values = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = re.sub(r"\s+", " ", str(error)) or "nested too deeply"
        raise UnreadableError(f"has broken {language}: {reason}") from None
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise UnreadableError(f"has {language} that is not a mapping")
    return {str(key): as_text(value) for key, value in values.items()}


def as_text(value: Any) -> Any:  # noqa: ANN401 - any YAML, TOML or JSON value
    """Return the value with every scalar in it as text: ``true``, ``2026-03-04T03:07:00+01:00``; None as empty."""
    if isinstance(value, dict):
        return {str(key): as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return "" if value is None else str(value)


def _json_page(text: str) -> Page:
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"has broken JSON: {error}") from None
    return Page(read_settings(text[:end], "JSON"), text[end:])
