"""Letters that are not what they seem: their names, and the plain letter that people take them for."""

import unicodedata

_ALIKE = dict(
    zip(
        "аеорсухіјѕһԁԛԝкмтвнгпΑαορνυιτκχωηΒΕΖΗΙΚΜΝΟΡΤΥΧАВСЕНІЈКМОРЅТУХıℓßæ‐‑‒–—−․",  # noqa: RUF001 - what the table is for
        "aeopcyxijshdqwkmtbhrnAaopvuitkxwnBEZHIKMNOPTYXABCEHIJKMOPSTYXilba------.",
        strict=True,
    )
)
"""Letters of other scripts, and dashes, that look like letters of ids."""


def named(letter: str) -> str:
    """Return a character's code point and, where it has one, its name: ``U+0430 CYRILLIC SMALL LETTER A``."""
    return f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".rstrip()


def foreign_letter(text: str) -> str:
    """Return what the text's first character outside ASCII is and looks like, in words; empty where there is none.

    ``U+0430 CYRILLIC SMALL LETTER A, which looks like a``
    """
    for letter in text:
        if not letter.isascii() and not "\udc80" <= letter <= "\udcff":
            alike = _ALIKE.get(letter) or unicodedata.normalize("NFKD", letter)[0]
            looks = f", which looks like {alike}" if alike.isascii() and alike.isprintable() else ""
            return named(letter) + looks
    return ""
