"""Words and tones: how field names and states read, and which colour and icon go with a state."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from itsm_as_code.model.kind import Kind

Tone = Literal["good", "info", "warn", "bad", "work", "quiet"]

_CAPITALS = frozenset({"ci", "cis", "id", "url", "pir", "sla", "slas", "it", "os", "ip"})

_STATE_TONES: Mapping[str, Tone] = {
    "resolved": "good",
    "fulfilled": "good",
    "published": "good",
    "approved": "good",
    "operational": "good",
    "live": "good",
    "in-use": "good",
    "active": "good",
    "draft": "quiet",
    "new": "warn",
    "submitted": "warn",
    "awaiting-approval": "warn",
    "in-progress": "info",
    "on-hold": "warn",
    "implement": "work",
    "maintenance": "work",
    "in-maintenance": "work",
    "missing": "bad",
    "retiring": "warn",
}
_TONES_OF_KINDS: Mapping[tuple[str, str], Tone] = {
    ("request", "approved"): "info",
    ("freeze", "active"): "work",
}
"""Where a state says something else in one kind than elsewhere: nobody works on an approved request yet."""


@lru_cache(maxsize=4096)
def spaced(word: str) -> str:
    """Return a state or choice as words: ``in-progress`` → ``in progress``."""
    return word.replace("-", " ").replace("_", " ").replace(".", " ")


@lru_cache(maxsize=4096)
def label(name: str) -> str:
    """Return a field name as a label: ``started_at`` → ``Started at``, ``cis`` → ``CIs``."""
    words = [_capital(word) for word in spaced(name).split()]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def _capital(word: str) -> str:
    if word.lower() not in _CAPITALS:
        return word
    return f"{word[:-1].upper()}s" if word.lower() in {"cis", "slas"} else word.upper()


def state_tone(kind: Kind, state: str) -> Tone:
    """Return the tone of a state: as its name is known, else quiet for a final one."""
    if (kind.name, state) in _TONES_OF_KINDS:
        return _TONES_OF_KINDS[kind.name, state]
    known = kind.states.get(state)
    if state in _STATE_TONES and (known is None or not known.final or state == "resolved"):
        return _STATE_TONES[state]
    return "quiet" if known is None or known.final else "info"


def shortened(text: str, length: int) -> str:
    """Return the text, cut to `length` characters with an ellipsis where it is longer."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def plural(noun: str, count: int) -> str:
    """Return an English noun in the number that goes with the count: ``load balancer``, ``facilities``."""
    if count == 1:
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
