"""Did you mean: the nearest of some words."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, candidates: Iterable[str], *, most: int = 3) -> list[str]:
    """Return at most `most` candidates that look like the word, the likest first; case is ignored."""
    by_lower: dict[str, str] = {}
    for candidate in candidates:
        by_lower.setdefault(candidate.lower(), candidate)
    lower = word.lower()
    near = get_close_matches(lower, by_lower, n=most + 3, cutoff=0.6)
    # Letters in another order are the commonest slip.
    near.sort(key=lambda match: sorted(match) != sorted(lower))
    return [by_lower[match] for match in near[:most]]


def did_you_mean(word: str, candidates: Iterable[str], *, most: int = 1) -> str:
    """Return ` (did you mean x?)`, or nothing where no candidate is near."""
    found = nearest(word, candidates, most=most)
    return f" (did you mean {' or '.join(found)}?)" if found else ""
