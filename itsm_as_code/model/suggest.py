"""Did you mean: the nearest of some words."""

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 128
"""Letters of a word that is compared; nobody types a longer one."""


def nearest(word: str, candidates: Iterable[str], *, most: int = 3) -> list[str]:
    """Return at most `most` candidates that look like the word, the likest first; case is ignored."""
    if len(word) > _LONGEST:
        return []
    by_lower: dict[str, str] = {}
    for candidate in candidates:
        by_lower.setdefault(candidate.lower(), candidate)
    lower = word.lower()
    near = get_close_matches(lower, by_lower, n=most + 3, cutoff=0.6)
    near.sort(key=lambda match: edit_distance(lower, match))
    return [by_lower[match] for match in near[:most]]


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return ` (did you mean x?)`, or nothing where no candidate is near."""
    found = nearest(word, candidates, most=1)
    return f" (did you mean {found[0]}?{unlike(word, found[0])})" if found else ""


def unlike(word: str, meant: str) -> str:
    """Return `` yours has U+0435 …`` where a word only looks like what is meant; empty where its letters are plain."""
    if word.isascii() or not meant.isascii():
        return ""
    from itsm_as_code.model.letters import foreign_letter  # noqa: PLC0415 - hardly ever needed

    return f" yours has {foreign_letter(word)}"


def edit_distance(one: str, other: str) -> int:
    """Return how many letters must be added, dropped, replaced or swapped with the next (optimal string alignment)."""
    before, row = list(range(len(other) + 1)), list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        before, above, row = row, before, [number]
        for column, theirs in enumerate(other, 1):
            cost = min(before[column] + 1, row[column - 1] + 1, before[column - 1] + (letter != theirs))
            if number > 1 and column > 1 and letter == other[column - 2] and one[number - 2] == theirs:
                cost = min(cost, above[column - 2] + 1)
            row.append(cost)
    return row[-1]
