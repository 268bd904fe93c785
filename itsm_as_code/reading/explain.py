"""Says what a JSON Schema error means: one fault with a stable rule id per keyword, in words a person can act on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Any

from jsonschema import ValidationError

from itsm_as_code.model.finding import Fault
from itsm_as_code.reading.field_advice import FieldAdvice
from itsm_as_code.reading.keyword_words import Failure, told
from itsm_as_code.reading.references import resolve
from itsm_as_code.reading.schema_words import listed, show, since

_COMPARED = 100
"""How many unknown fields are compared with missing ones, so that a hostile file stays quick."""
_CLOSED = ("additionalProperties", "unevaluatedProperties")
_RULES: Mapping[str, str] = {
    # Keywords without a rule of their own are told by the one that is nearest.
    "exclusiveMinimum": "schema-minimum",
    "exclusiveMaximum": "schema-maximum",
    "multipleOf": "schema-const",
    "minContains": "schema-contains",
    "maxContains": "schema-contains",
    "additionalItems": "schema-max-items",
    "unevaluatedItems": "schema-max-items",
}


class Explainer:
    """Explains the errors of one schema."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root

    @cached_property
    def _fields(self) -> FieldAdvice:
        return FieldAdvice(self._root)

    def faults(self, file: str, error: ValidationError) -> Iterator[Fault]:
        """Yield the faults of one validation error."""
        schema = error.schema if isinstance(error.schema, dict) else {}
        failure = Failure(
            str(error.validator),
            tuple(error.absolute_path),
            error.instance,
            error.validator_value,
            schema,
            self._root,
            error.message,
        )
        # Under propertyNames jsonschema judges each field's name as a value of its own, at the path of its mapping.
        of_name = "propertyNames" in error.absolute_schema_path
        condition = since(self._root, tuple(error.absolute_schema_path), error.instance)
        if failure.keyword in _CLOSED or (of_name and failure.keyword == "enum"):
            yield from self._unknown_fields(file, failure, of_name=of_name)
        elif failure.keyword == "required":
            yield from self._missing_fields(file, failure, condition)
        elif error.schema is False:
            yield _refused(file, failure, condition)
        else:
            yield from _broken(file, failure, condition, of_name=of_name)

    def _unknown_fields(self, file: str, failure: Failure, *, of_name: bool) -> Iterator[Fault]:
        if of_name:
            names, where = [str(failure.value)], str(failure.schema.get("description", ""))
            allowed = [str(name) for name in failure.limit]
        else:
            allowed, where = [str(name) for name in failure.schema.get("properties", {})], ""
            known, patterns = set(allowed), failure.schema.get("patternProperties", {})
            names = [
                name
                for name in failure.value
                if name not in known and not any(re.search(pattern, name) for pattern in patterns)
            ]
        for name in names:
            hint = self._fields.of(name, failure.path, allowed)
            message = f"unknown field {show(name)}{f' in {where}' if where else ''}{hint}"
            yield Fault(file, (*failure.path, name), message, at_key=True, rule="unknown-field")

    def _missing_fields(self, file: str, failure: Failure, condition: str) -> Iterator[Fault]:
        # jsonschema reports each missing field as an error of its own and names it only in the message.
        match = re.match(r"'(.*)' is a required property", failure.words)
        names = [match[1]] if match else [name for name in failure.limit if name not in failure.value]
        known = failure.schema.get("properties", {})
        # A field that is there under a misspelt name is told once, as an unknown field.
        unknown = islice((key for key in failure.value if key not in known), _COMPARED)
        hints = [self._fields.of(key, failure.path, list(known)) for key in unknown]
        for name in names:
            if not any(hint.startswith(f" (did you mean {name}?") for hint in hints):
                allowed = [show(value) for value in resolve(known.get(name, {}), self._root).get("enum", ())]
                advice = f"write {listed(allowed, 'or')}" if allowed else "add it"
                yield Fault(
                    file, (*failure.path, name), f"{name} is missing{condition}; {advice}", rule="schema-required"
                )


def _broken(file: str, failure: Failure, condition: str, *, of_name: bool) -> Iterator[Fault]:
    rule = _RULES.get(failure.keyword) or f"schema-{_kebab(failure.keyword)}"
    # What a schema says in its own words speaks of a value of the right type: of its form, range or choice.
    own = failure.schema.get("x-itsm-message") if failure.keyword != "type" else None
    if of_name:
        failure = replace(failure, path=(*failure.path, str(failure.value)))
    for path, words, at_key in told(failure):
        message = _with(words, condition) if own is None else _in_own_words(str(own), words)
        if of_name:
            message = message if own else f"a field cannot be called that: {message}"
        yield Fault(file, path, message, at_key=at_key or of_name, rule=rule)


def _in_own_words(own: str, words: str) -> str:
    """Return what a schema says instead of the keyword; an order follows what is wrong."""
    if "(did you mean " in words:
        return words
    return f"{words.partition('; ')[0]}; {own}" if own.startswith("write ") else own


def _refused(file: str, failure: Failure, condition: str) -> Fault:
    """Return the fault of a value for which no schema is: the field itself is too much."""
    message = f"{failure.name if failure.path else show(failure.value)} may not be here{condition}; delete it"
    return Fault(file, failure.path, message, at_key=True, rule="unknown-field")


def _with(words: str, condition: str) -> str:
    """Return the statement with its condition put before the advice."""
    statement, semicolon, advice = words.partition("; ")
    return f"{statement}{condition}{semicolon}{advice}"


def _kebab(keyword: str) -> str:
    return re.sub(r"([A-Z])", lambda match: f"-{match[1].lower()}", keyword).lstrip("-$")
