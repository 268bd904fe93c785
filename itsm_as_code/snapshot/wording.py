"""Phrases that messages share: alternatives, suggestions, articles."""

from collections.abc import Sequence


def alternatives(words: Sequence[str], *, last: str = "or") -> str:
    """Return the words as people list them: ``a``, ``a or b``, ``a, b or c``; empty for none."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no joining
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def suggestion(words: Sequence[str]) -> str:
    """Return `` (did you mean a or b?)``, to be put after a statement; empty where nothing is near."""
    return f" (did you mean {alternatives(words)}?)" if words else ""


def with_article(noun: str) -> str:
    """Return the noun with its indefinite article: ``a service``, ``an incident``; abbreviations are left out."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
