"""Did you mean: the nearest of some words."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, candidates: Iterable[str], *, most: int = 3) -> list[str]:
    """Return at most `most` candidates that look like the word, the likest first; case is ignored."""
    by_lower: dict[str, str] = {}
    for candidate in candidates:
        by_lower.setdefault(candidate.lower(), candidate)
    return [by_lower[match] for match in get_close_matches(word.lower(), by_lower, n=most, cutoff=0.6)]


def did_you_mean(word: str, candidates: Iterable[str], *, most: int = 1) -> str:
    """Return ` (did you mean x?)`, or nothing where no candidate is near."""
    found = nearest(word, candidates, most=most)
    return f" (did you mean {' or '.join(found)}?)" if found else ""
