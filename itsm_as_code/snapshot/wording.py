"""Phrases that messages share: alternatives and suggestions."""

from collections.abc import Sequence


def alternatives(words: Sequence[str], *, last: str = "or") -> str:
    """Return the words as people list them: ``a``, ``a or b``, ``a, b or c``; empty for none."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no joining
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def suggestion(words: Sequence[str]) -> str:
    """Return `` (did you mean a or b?)``, to be put after a statement; empty where nothing is near."""
    return f" (did you mean {alternatives(words)}?)" if words else ""
