"""Conversions: a cell's text as what a field of a record must be."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from itsm_as_code.reading.formats import FORMATS
from itsm_as_code.writing.ids import slug

_TRUE = frozenset({"true", "yes", "y", "1", "on", "t", "x"})
_FALSE = frozenset({"false", "no", "n", "0", "off", "f"})
_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY"}
_MAX_DIGITS = 15


class UnfitError(Exception):
    """A text is not what the field wants; the message is the reason, the same for every such text."""


def to_boolean(text: str) -> bool:
    """Return what a yes or no says."""
    word = text.strip().casefold()
    if word not in _TRUE | _FALSE:
        raise UnfitError("is neither yes nor no: left out")
    return word in _TRUE


def to_integer(text: str) -> int:
    """Return a whole number; ``4.0`` is one."""
    match = re.fullmatch(r"([+-]?\d+)(?:[.,]0+)?", text.strip(), re.ASCII)
    if match is None or len(match[1]) > _MAX_DIGITS:
        raise UnfitError("is no whole number: left out")
    return int(match[1])


def to_slug(text: str) -> str:
    """Return a text as a word of lower case letters, digits and hyphens."""
    found = slug(text)
    if not found:
        raise UnfitError("holds no letter or digit of which a word can be made: left out")
    return found


def to_money(text: str, currency: str, decimal: str) -> Mapping[str, str]:
    """Return an amount with its currency, which is the one that the text says, else `currency`."""
    found = re.search(r"\b[A-Z]{3}\b", text)
    signs = [name for sign, name in _SIGNS.items() if sign in text]
    code = found[0] if found else signs[0] if signs else currency
    digits = re.sub(r"[^\d.,-]", "", text).strip(".,")
    thousands = "," if decimal == "." else "."
    shape = rf"-?(?:\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|\d+)(?:{re.escape(decimal)}\d+)?"
    if re.fullmatch(shape, digits, re.ASCII) is None:
        raise UnfitError("is no amount of money: left out")
    if not code:
        raise UnfitError("is an amount without a currency: left out; say currency in the map")
    return {"amount": digits.replace(thousands, "").replace(decimal, "."), "currency": code}


def to_address(text: str) -> str:
    """Return the address of a web page."""
    if not FORMATS["uri"][0](text):
        raise UnfitError("is no web address: left out")
    return text


def to_email(text: str) -> str:
    """Return an e-mail address."""
    if not FORMATS["email"][0](text):
        raise UnfitError("is no e-mail address: left out")
    return text


PLAIN: Mapping[str, Callable[[str], Any]] = {
    "boolean": to_boolean,
    "integer": to_integer,
    "slug": to_slug,
    "url": to_address,
    "email": to_email,
}
"""Conversions that need the text alone."""


def clipped(text: str, most: int) -> str:
    """Return a text of one line of at most so many characters; one that was longer ends with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.-") + "…"
