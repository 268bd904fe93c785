"""What a plain scalar means: the strict core schema on which YAML 1.1 and 1.2 agree."""

import re

_WORDS = {"true": True, "false": False, "null": None, "Null": None, "NULL": None, "~": None, "": None}
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)
"""At most fifteen digits: what every JSON reader keeps exactly."""
_BOOLEANS = {
    form: meaning
    for word, meaning in {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}.items()
    for form in (word, word.capitalize(), word.upper())
} | {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}
_NUMBER = re.compile(
    r"""[-+]?(?:
        0b[01_]+ | 0o?[0-7_]+ | 0x[0-9a-fA-F_]+             # other bases
      | [0-9][0-9_]*                                        # leading zeros, underscores, too many digits
      | (?:[0-9][0-9_]*)?\.[0-9_]+(?:[eE][-+]?[0-9]+)?      # fractions
      | [0-9][0-9_]*\.(?:[eE][-+]?[0-9]+)?
      | [0-9][0-9_]*[eE][-+]?[0-9]+                         # exponents, also of a commit hash such as 1234e567
      | [0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?         # base 60, as in 12:30
      | \.(?:inf|Inf|INF)
    ) | \.(?:nan|NaN|NAN)""",
    re.ASCII | re.VERBOSE,
)
_TIMESTAMP = re.compile(r"\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d.*", re.ASCII)
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[-+]\d\d:\d\d)", re.ASCII)
NUMBER_START = frozenset("0123456789+-.=")
"""A plain scalar that begins so may be anything but text."""
NOT_TEXT = frozenset({*_WORDS, *_BOOLEANS})
"""Plain scalars that are not text, or not for every reader; `read_plain` looks at these and at what may be a number."""


def read_plain(text: str) -> tuple[str | int | bool | None, str]:
    """Return the value of a plain scalar, and why it should be quoted (empty where it need not be).

    What YAML 1.1 and 1.2 read differently, or what would lose its spelling as a number, stays text.
    """
    if text in _WORDS:
        return _WORDS[text], ""
    if _RFC3339.fullmatch(text):
        return text, ""
    if _INTEGER.fullmatch(text):
        return int(text), ""
    return text, _why_quote(text)


def _why_quote(text: str) -> str:
    if text in _BOOLEANS:
        return f"some readers take it for {_BOOLEANS[text]}; write {_BOOLEANS[text]} if that is meant"
    if _NUMBER.fullmatch(text):
        return "some readers take it for a number, which changes its spelling"
    if _TIMESTAMP.fullmatch(text):
        return "some readers take it for a time"
    # A dash alone reaches us from brackets only, where YAML refuses it and libyaml does not.
    return "some readers give it a meaning of its own" if text in ("=", "-") else ""
