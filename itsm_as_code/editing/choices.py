"""Choices: one of a few words, as people type it in a hurry."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.suggest import nearest
from itsm_as_code.model.words import shortened
from itsm_as_code.reading.synonyms import meant, spelt
from itsm_as_code.snapshot.wording import alternatives

_NONE: Mapping[str, str] = MappingProxyType({})


def choose(text: str, allowed: Sequence[str], what: str, short: Mapping[str, str] = _NONE) -> str:
    """Return the allowed word that a text is, in any spelling, is short for, or begins.

    `short` are other words for the allowed ones. Raises ItsmError with the nearest one, or with all.
    """
    word = spelt(text)
    exact = [each for each in allowed if spelt(each) == word]
    if exact:
        return exact[0]
    if word in short:
        return short[word]
    begun = [each for each in allowed if word and spelt(each).startswith(word)]
    if len(begun) == 1:
        return begun[0]
    names = {**short, **{each.partition("-")[0]: each for each in allowed}, **{each: each for each in allowed}}
    near = meant(text, allowed) or next((names[each] for each in nearest(text, names, most=1)), "")
    message = f"{shortened(text) or 'an empty text'} is no {what}"
    raise ItsmError(message, f"did you mean {near}?" if near else f"write {alternatives(allowed)}")
