"""What commits say, as people write it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

Entry = Mapping[str, Any]

SUBJECT = 72
"""Letters of a subject, at most."""


def entry_words(entry: Entry, state: str) -> str:
    """Return an entry of a timeline, which finds the record in `state`, in a few words."""
    match entry["type"]:
        case "transition":
            words = f"{state} → {entry['to']}"
        case "impact":
            words = f"{', '.join(one.partition(':')[2] for one in entry['services'])}: {entry['level']}"
        case "note":
            words = re.split(r"(?<=[a-z])[.?!]?\s*$|(?<=[a-z])[.?!:;]\s", str(entry["text"]))[0]
        case "communication":
            words = f"told {'members' if entry['audience'] == 'public' else 'colleagues'}"
        case "exception":
            words = f"{entry['rule']} is waived until {entry['until'][:10]}"
        case "assigned" | "escalated" as word:
            words = f"{word} to {entry['to']}"
        case "task":
            words = f"task {entry['id']} {entry['state']}"
        case other:
            words = str(other)
    return words


def merge_message(subject: str, about: str, trailers: Sequence[tuple[str, str]]) -> str:
    """Return what the merge of a pull request says."""
    return _joined(subject, [about], trailers)


def message(said: Mapping[str, Sequence[str]], told: Sequence[str], trailers: Sequence[tuple[str, str]]) -> str:
    """Return what a commit says.

    Args:
        said: What was done to each record, by its address.
        told: Those of them that are sentences; the first one stands for all where several records are touched.
        trailers: Words and people.
    """
    lines = [f"{address}: {', '.join(words)}" for address, words in said.items()]
    if len(said) == 1:
        ((address, words),) = said.items()
        subject = _subject(address, words)
        rest = [] if subject == lines[0] else [", ".join(words)]
        return _joined(subject, rest, [*trailers, ("Itsm-Record", address)])
    address, words = max(said.items(), key=lambda one: any("→" in word for word in one[1]))
    subject = _shortened(told[0]) if told else _subject(address, words, f" (and {len(said) - 1} more)")
    return _joined(subject, lines, trailers)


def _joined(subject: str, lines: Sequence[str], trailers: Sequence[tuple[str, str]]) -> str:
    last = dict.fromkeys(f"{word}: {who}" for word, who in trailers)
    return "\n\n".join(filter(None, (subject, "\n".join(lines), "\n".join(last)))) + "\n"


def _subject(address: str, words: Sequence[str], more: str = "") -> str:
    """Return as much of what was done to a record as a subject holds."""
    kept = list(words)
    while len(kept) > 1 and len(f"{address}: {', '.join(kept)}{more}") > SUBJECT:
        kept.pop()
    return _shortened(f"{address}: {', '.join(kept)}", SUBJECT - len(more)) + more


def _shortened(text: str, letters: int = SUBJECT) -> str:
    return text if len(text) <= letters else text[: letters - 1].rsplit(" ", 1)[0].rstrip(",") + "…"
