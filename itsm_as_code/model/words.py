"""Texts of users inside our messages, kept short."""

_SHOWN = 60


def shortened(text: str, most: int = _SHOWN) -> str:
    """Return the text, cut to `most` letters with an ellipsis, and what cannot be printed as escapes."""
    start = text[: most + 1]
    start = start if start.isprintable() else ascii(start)[1:-1]
    return start if len(start) <= most else start[: most - 1] + "…"
