"""Values, times and people of histories in words that fit a line."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from itsm_as_code.model.letters import visible
from itsm_as_code.model.times import parse_time
from itsm_as_code.model.words import shortened
from itsm_as_code.reporters.terminal import Look

Facts = Mapping[str, Any]
ID = 8
"""Letters of a commit's id that are shown."""
_LETTERS = 70
"""Letters of a value that a terminal is given."""
_LONG = 60
"""Letters of a text of which, where it is edited, only what differs is shown."""
_AROUND = 3
"""Words before and after what differs."""
_HEAD = ("at", "by", "type")


def plain(text: str) -> str:
    """Return any text as one line that a terminal can show."""
    return " ".join(visible(text).split())


def value_text(value: Any, look: Look) -> str:  # noqa: ANN401 - any YAML value
    """Return a value on one line, cut where a terminal is given part of long ones."""
    text = _whole(value)
    return shortened(text, _LETTERS) if look.cuts else text


def change_text(old: Any, new: Any, look: Look) -> str:  # noqa: ANN401 - any YAML values
    """Return what a value was and is, on one line; of long texts only what differs, with a few words around it."""
    if isinstance(old, str) and isinstance(new, str) and min(len(old), len(new)) > _LONG:
        if old.split() == new.split():
            return "only line breaks or spaces"
        old, new = _differing(old.split(), new.split())
    return f"{value_text(old, look)} → {value_text(new, look)}"


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Return both texts without the words that they begin and end with in common, but for the nearest few."""
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    end = next((at for at in range(most - start) if old[-1 - at] != new[-1 - at]), most - start)
    left, right = max(start - _AROUND, 0), max(end - _AROUND, 0)
    cut = (words[left : len(words) - right] for words in (old, new))
    before, after = (" ".join(["…"] * (left > 0) + list(words) + ["…"] * (right > 0)) for words in cut)
    return before, after


def _whole(value: Any) -> str:  # noqa: ANN401 - any YAML value
    if isinstance(value, dict):
        return ", ".join(f"{name} {_inner(inner)}" for name, inner in value.items()) or "nothing"
    if isinstance(value, list):
        return ", ".join(map(_inner, value)) or "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value is None else plain(str(value))


def _inner(value: Any) -> str:  # noqa: ANN401 - any YAML value
    return f"({_whole(value)})" if isinstance(value, dict | list) and len(value) > 1 else _whole(value)


def entry_text(entry: Facts, look: Look, zone: tzinfo) -> str:
    """Return a timeline entry on one line: when, what, by whom, what else it says, and its text last."""
    rest = {name: value for name, value in entry.items() if name not in (*_HEAD, "text")}
    type_, by = (plain(str(entry.get(name, "?"))) for name in ("type", "by"))
    words = [value_text(value, look) for value in (rest, entry.get("text")) if value]
    return ": ".join([f"{when(entry.get('at'), zone)}  {type_} by {by}", *words])


def when(text: object, zone: tzinfo) -> str:
    """Return a time as the clocks of a zone show it: ``2026-03-04 02:07``; what is no time as it is."""
    moment = parse_time(text) if isinstance(text, str) else None
    return plain(str(text)) if moment is None else in_zone(moment, zone)


def in_zone(moment: datetime, zone: tzinfo) -> str:
    """Return an instant as the clocks of a zone show it."""
    try:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
    except OverflowError:
        return f"{moment:%Y-%m-%d %H:%M}"


def person(text: str) -> str:
    """Return the name out of ``Fay Weber <fay@example.org>``; the address where there is no name."""
    name, _, address = text.partition("<")
    return plain(name) or plain(address.removesuffix(">"))


def signed(commit: Facts, zone: tzinfo) -> tuple[str, str, str]:
    """Return when a commit was made, by whom, and its short id; of what is not committed yet, words instead."""
    if commit["commit"] is None:
        return "not committed yet", "", ""
    author = commit["author"]
    return (
        when(commit["committed_at"], zone),
        plain(author["name"]) or plain(author["email"]) or "somebody",
        commit["commit"][:ID],
    )
