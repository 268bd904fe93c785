"""Stamps: a digest inside an imported record by which the next import sees whether people have edited it since."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from itsm_as_code.model.kind import Kind
from itsm_as_code.writing.record import render_record

FIELD = "x-import"
_DIGITS = 16
_LINE = re.compile(rf"^{FIELD}: sha256-(?P<digest>[0-9a-f]{{{_DIGITS}}})\r?\n", re.MULTILINE)


def stamped(fields: Mapping[str, Any], kind: Kind) -> str:
    """Return the text of a record with a digest of all its other lines in it."""
    # Rendering is most of the work of a large import; so it is done once, with a digest of the same length.
    text = render_record({**fields, FIELD: f"sha256-{'0' * _DIGITS}"}, kind)
    match = _LINE.search(text)
    assert match is not None  # noqa: S101 - the line has just been written
    start, end = match.span("digest")
    return text[:start] + _digest(text[: match.start()] + text[match.end() :]) + text[end:]


def is_stamped(text: str) -> bool:
    """Return whether an import made the record."""
    return _LINE.search(text) is not None


def is_pristine(text: str) -> bool:
    """Return whether the record is as an import made it; line ends may differ, since git may change them."""
    match = _LINE.search(text)
    if match is None:
        return False
    return _digest((text[: match.start()] + text[match.end() :]).replace("\r\n", "\n")) == match["digest"]


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_DIGITS]
