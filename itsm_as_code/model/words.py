"""Texts of users inside our messages, kept short, and the grammar around them."""

_SHOWN = 60


def shortened(text: str, most: int = _SHOWN) -> str:
    """Return the text, cut to `most` letters with an ellipsis, and what cannot be printed as escapes."""
    start = text[: most + 1]
    start = start if start.isprintable() else ascii(start)[1:-1]
    return start if len(start) <= most else start[: most - 1] + "…"


def with_article(noun: str) -> str:
    """Return the noun with its indefinite article: ``a change``, ``an incident``; abbreviations are left out."""
    return f"{'an' if noun[:1].lower() in tuple('aeiou') else 'a'} {noun}"
