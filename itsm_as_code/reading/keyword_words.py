"""What is said where a keyword of a schema is not kept, and at which field path: one function a keyword."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from itsm_as_code.model.place import FieldPath
from itsm_as_code.reading.limits import MAX_FAULTS
from itsm_as_code.reading.schema_words import TYPES, asked, kind_of, listed, show
from itsm_as_code.reading.synonyms import spelt, value_hint

_NAME = re.compile(r"\^\[a-z[^\[\]\\]*\](?:\[[^\[\]\\]+\][*+]?)?\$")
"""A pattern of names in lower case: at most two sets of characters, the second repeated."""
Said = tuple[FieldPath, str, bool]
"""Where, what, and whether it is about a field's name."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A keyword of a schema that did not accept a value: the value, what the keyword says, and the schemas around it.

    `words` are the validator's own.
    """

    keyword: str
    path: FieldPath
    value: Any
    limit: Any
    schema: Mapping[str, Any]
    root: Mapping[str, Any]
    words: str

    @property
    def name(self) -> str:
        """The field, as the subject of a sentence; ``the record`` for all of it, ``this`` for an item of a list."""
        if not self.path:
            return "the record"
        return str(self.path[-1]) if isinstance(self.path[-1], str) else "this"


def told(failure: Failure) -> Iterator[Said]:
    """Yield what is wrong, and where."""
    said = _MESSAGES.get(failure.keyword, _other)(failure)
    yield from [(failure.path, said, False)] if isinstance(said, str) else said


def _type(failure: Failure) -> str:
    names = [failure.limit] if isinstance(failure.limit, str) else list(failure.limit)
    expected = listed([TYPES.get(name, name) for name in names], "or")
    value = failure.value
    if value is None:
        return f"is empty; give {expected}, or delete the field"
    if names == ["string"] and isinstance(value, bool | int | float):
        return f'must be text, is {kind_of(value)}; put it in quotes: "{show(value)}"'
    return f"must be {expected}, is {kind_of(value)}{_instead(names, failure)}"


def _instead(names: Sequence[str], failure: Failure) -> str:
    """Return what to write for a value of the wrong type, where that is plain."""
    value, advice = failure.value, ""
    text = value.strip().lower() if isinstance(value, str) else ""
    if "array" in names:
        advice = 'begin each item with "- "' if isinstance(value, dict) else f"write [{show(value)}]"
    elif isinstance(value, list) and "object" not in names:
        advice = f"write {show(value[0])}" if len(value) == 1 and not isinstance(value[0], dict | list) else ""
    elif "object" in names and not isinstance(value, list):
        fields = failure.schema.get("required") or list(failure.schema.get("properties", ()))
        advice = f"write its fields: {{{', '.join(f'{field}: …' for field in fields[:3])}}}" if fields else ""
    elif "integer" in names and text.isascii() and text.isdecimal():
        advice = f"write {text} without quotes"
    elif "boolean" in names and text in _BOOLEANS:
        advice = f"write {_BOOLEANS[text]}"
    return f"; {advice}" if advice else ""


_BOOLEANS = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
_BOOLEANS |= {"true": "true", "false": "false"}


def _enum(failure: Failure) -> str:
    allowed = [str(value) for value in failure.limit]
    value = failure.value
    if isinstance(value, dict | list) or value is None:
        return f"must be one of {listed(allowed)}, is {kind_of(value)}"
    if str(value) in allowed:
        quotes = "put it in quotes" if not isinstance(value, str) else "write it without quotes"
        return f"must be one of {listed(allowed)}, is {kind_of(value)}; {quotes}"
    return f"{show(value)} is not one of {listed(allowed)}{value_hint(str(value), allowed)}"


def _const(failure: Failure) -> str:
    if show(failure.limit) != show(failure.value):
        return f"must be {show(failure.limit)}, is {show(failure.value)}"
    quotes = "put it in quotes" if isinstance(failure.limit, str) else "write it without quotes"
    return f"must be {show(failure.limit)}, is {kind_of(failure.value)}; {quotes}"


def _pattern(failure: Failure) -> str:
    near = _in_form(failure)
    if near:
        return f"{show(failure.value)} is not in the right form (did you mean {near}?)"
    about = asked({"description": failure.schema.get("description", "")}, failure.root)
    wanted = f" ({about})" if about else ""
    return f"{show(failure.value)} is not in the right form; it must match {failure.limit}{wanted}"


def _in_form(failure: Failure) -> str:
    """Return several words in the form of a name: ``On Call`` → on-call; empty where no name is asked for."""
    if _NAME.fullmatch(failure.limit) is None:
        return ""
    word = spelt(str(failure.value))
    names = [word.replace("_", "-"), word]
    if "_" in str(failure.schema.get("x-itsm-message")):
        names.reverse()
    return next((name for name in names if re.search(failure.limit, name)), "") if word else ""


def _count(noun: str, *, least: bool) -> Callable[[Failure], str | list[Said]]:
    """Return what says that there are too few or too many of something; too many are told at the first beyond."""

    def message(failure: Failure) -> str | list[Said]:
        there, limit = len(failure.value), failure.limit
        if least:
            start = f"{failure.name} is empty" if not there else f"{failure.name} has {_number(there, noun)}"
            verb = "write" if noun == "characters" else "add"
            return f"{start}; {verb} at least {_number(limit - there, noun)}{' more' if there else ''}"
        over = _number(there - limit, noun)
        words = f"{failure.name} has {_number(there, noun)}, at most {limit} may be there; take out {over}"
        if noun == "characters":
            return words
        beyond = list(failure.value)[limit] if isinstance(failure.value, dict) else limit
        return [((*failure.path, beyond), words, True)]

    return message


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun.removesuffix('s') if count == 1 else noun}"


def _bound(words: str) -> Callable[[Failure], str]:
    return lambda failure: f"{failure.value} {words} {failure.limit}"


def _repeated(failure: Failure) -> list[Said]:
    first: dict[str, int] = {}
    found: list[Said] = []
    for number, item in enumerate(failure.value):
        before = first.setdefault(json.dumps(item, sort_keys=True), number)
        if before != number:
            what = "an item like this" if isinstance(item, dict | list) else show(item)
            words = f"{what} is in the list already (item {before + 1}); delete one of the two"
            found.append(((*failure.path, number), words, False))
            if len(found) == MAX_FAULTS:
                break
    return found or [(failure.path, "an item is in the list twice; delete one of the two", False)]


def _dependent(failure: Failure) -> list[Said]:
    return [
        (
            (*failure.path, field),
            f"{field} needs {listed(missing, 'and')} beside it; add {'it' if len(missing) == 1 else 'them'}",
            True,
        )
        for field, needed in failure.limit.items()
        if field in failure.value and (missing := [name for name in needed if name not in failure.value])
    ]


def _contains(failure: Failure) -> str:
    wanted = asked(failure.schema.get("contains"), failure.root) or "what is asked for"
    if failure.keyword == "contains":
        return f"no item of {failure.name} is {wanted}; add one"
    few = failure.keyword == "minContains"
    number = f"at {'least' if few else 'most'} {failure.limit}"
    return f"too {'few' if few else 'many'} items of {failure.name} are {wanted}; there must be {number}"


def _any_of(failure: Failure) -> str:
    branches = [branch for branch in failure.limit if isinstance(branch, dict)]
    needed = [branch["required"] for branch in branches if set(branch) == {"required"}]
    if len(needed) == len(failure.limit):
        return f"{listed([' with '.join(names) for names in needed], 'or')} is missing; add one of them"
    forms = [form for branch in branches if (form := asked(branch, failure.root))]
    return f"{_subject(failure)} must be {listed(forms, 'or')}" if forms else _other(failure)


def _one_of(failure: Failure) -> str | list[Said]:
    if "valid under each of" not in failure.words:
        return _any_of(failure)
    needed = [branch.get("required", ()) for branch in failure.limit if isinstance(branch, dict)]
    if all(needed) and isinstance(failure.value, dict):
        there = [names for names in needed if all(name in failure.value for name in names)]
        words = f"{listed([' with '.join(names) for names in there], 'and')} cannot stand together; keep one of them"
        return [((*failure.path, there[-1][0]), words, True)]
    forms = [form for branch in failure.limit if (form := asked(branch, failure.root))]
    return f"{_subject(failure)} may be only one of these: {', '.join(forms)}; write another value"


def _not(failure: Failure) -> str | list[Said]:
    refused = failure.limit if isinstance(failure.limit, dict) else {}
    names = list(refused.get("required", ()))
    if set(refused) == {"required"}:
        one = len(names) == 1
        words = f"{listed(names, 'and')} {'may not be here; delete it' if one else 'cannot stand together; delete one'}"
        return [((*failure.path, names[-1]), words, True)]
    what = asked(refused, failure.root)
    form = f": nothing may be {what}" if what and what != show(failure.value) else ""
    return f"{_subject(failure)} is not allowed here{form}; write another value"


def _subject(failure: Failure) -> str:
    return failure.name if isinstance(failure.value, dict | list) else show(failure.value)


def _other(failure: Failure) -> str:
    about = asked({"description": failure.schema.get("description", "")}, failure.root)
    return f"{_subject(failure)} is not what is asked for here{f': {about}' if about else ''}"


_MESSAGES: Mapping[str, Callable[[Failure], str | list[Said]]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "minLength": _count("characters", least=True),
    "maxLength": _count("characters", least=False),
    "minItems": _count("items", least=True),
    "maxItems": _count("items", least=False),
    "minProperties": _count("fields", least=True),
    "maxProperties": _count("fields", least=False),
    "minimum": _bound("is too small; write at least"),
    "maximum": _bound("is too large; write at most"),
    "exclusiveMinimum": _bound("is too small; write more than"),
    "exclusiveMaximum": _bound("is too large; write less than"),
    "multipleOf": _bound("does not fit; write a multiple of"),
    "uniqueItems": _repeated,
    "dependentRequired": _dependent,
    "contains": _contains,
    "minContains": _contains,
    "maxContains": _contains,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
}
