"""Regular expressions of a repository's own schemas: which are taken, and matching them in bounded time."""

import re
import warnings
from collections.abc import Callable
from functools import lru_cache
from typing import Any

try:
    import jsonschema_rs
except ImportError:  # pragma: no cover - depends on whether its wheel is available
    jsonschema_rs = None  # type: ignore[assignment]

MAX_CHARACTERS = 1000
"""Characters of one expression."""
_MAX_BYTES = 100_000
"""Memory of a compiled expression: the time that a text takes grows with it."""
_SECONDS = 1.0
"""How long a text may take where only an engine that goes back is there; after that it counts as not matching."""
_LOOKS_AROUND = re.compile(r"\(\?<?[=!]")
_REFERS_BACK = re.compile(r"\\[1-9k]|\(\?P=")

Matches = Callable[[str], bool]
"""Whether an expression is found anywhere in a text."""


class PatternError(ValueError):
    """The text is no regular expression that is taken here; the message says why, on one line."""


def pattern_options() -> Any:  # noqa: ANN401 - of a library that may be absent
    """Return what tells the quick validator to match in linear time, which leaves out look-around and references."""
    return jsonschema_rs.RegexOptions(size_limit=_MAX_BYTES)


@lru_cache(maxsize=1000)
def compile_pattern(pattern: str) -> Matches:
    """Return the matcher of a regular expression (ECMA 262); raises PatternError."""
    if len(pattern) > MAX_CHARACTERS:
        raise PatternError(f"it has {len(pattern):,} characters; at most {MAX_CHARACTERS:,} are taken")
    try:
        return _linear(pattern) if jsonschema_rs is not None else _timed(pattern)
    except ValueError as error:
        raise PatternError(_why(pattern)) from error


def _linear(pattern: str) -> Matches:
    return jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=pattern_options()).is_valid


def _timed(pattern: str) -> Matches:
    """Return a matcher that gives up; for where the wheel of the linear engine is not there."""
    import regex  # noqa: PLC0415 - installed only there

    try:
        compiled = regex.compile(pattern, regex.ASCII)
    except regex.error as error:
        raise ValueError(str(error)) from error

    def matches(text: str) -> bool:
        try:
            return compiled.search(text, timeout=_SECONDS) is not None
        except TimeoutError:
            return False

    return matches


def _why(pattern: str) -> str:
    """Return why an engine refuses an expression; where it is none at all, as Python says it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, OverflowError) as error:
        return str(error)
    if _LOOKS_AROUND.search(pattern):
        return "look-around can take for ever; say it without, for example as several patterns under allOf"
    if _REFERS_BACK.search(pattern):
        return "a reference back to a group can take for ever; write out what is repeated"
    return (
        "it is too large once its repetitions are written out (give lengths as minLength and maxLength), "
        "or holds what only some programs know (write it as in JavaScript)"
    )
