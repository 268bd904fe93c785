"""Letters that are not what they seem, or cannot be seen: their names, and the plain letter they are taken for."""

import re
import unicodedata

_ALIKE = dict(
    zip(
        "аеорсухіјѕһԁԛԝкмтвнгпΑαορνυιτκχωηΒΕΖΗΙΚΜΝΟΡΤΥΧАВСЕНІЈКМОРЅТУХıℓßæ‐‑‒–—−․",  # noqa: RUF001 - what the table is for
        "aeopcyxijshdqwkmtbhrnAaopvuitkxwnBEZHIKMNOPTYXABCEHIJKMOPSTYXilba------.",
        strict=True,
    )
)
"""Letters of other scripts, and dashes, that look like letters of ids."""
INVISIBLE = re.compile(
    "[\u00ad\u115f\u1160\u180e\u2060-\u2064\u3164\ufeff\uffa0]"
    # Beside letters of other scripts and emoji these have a use.
    "|(?<![^\x00-\x7f\u061c\u200b-\u200f])[\u061c\u200b-\u200f](?![^\x00-\x7f\u061c\u200b-\u200f])"
    # Tags spell out some flags; of a row of others the first is told.
    "|(?<![\U0001f3f4\U000e0000-\U000e007f])[\U000e0000-\U000e007f]"
)
"""Characters that nobody sees, where nothing beside them gives them a use."""


def visible(text: str) -> str:
    """Return a text as one line that a terminal can show: a space stands for each letter that it cannot."""
    return text if text.isprintable() else "".join(letter if letter.isprintable() else " " for letter in text)


def visible_lines(text: str) -> str:
    """Return a text of several lines as a terminal can show it: each line as `visible` has it."""
    return text if text.isprintable() else "\n".join(map(visible, text.split("\n")))


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
