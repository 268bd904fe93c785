"""Says what a JSON Schema error means: one fault with a stable rule id per keyword, in words a person can act on."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from jsonschema import ValidationError

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.suggest import did_you_mean, nearest
from itsm_as_code.model.words import shortened
from itsm_as_code.reading.references import resolve

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of fields",
    "null": "empty",
}
_COMPARED = 100
"""How many unknown fields are compared with missing ones, so that a hostile file stays quick."""


@dataclass(frozen=True, slots=True)
class _Failure:
    """A keyword of a schema that did not accept a value: the value, what the keyword says, and the schema around it."""

    keyword: str
    path: FieldPath
    value: Any
    limit: Any
    schema: Mapping[str, Any]
    words: str


def explain(file: str, error: ValidationError, root: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the faults of one validation error of the schema `root`."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    failure = _Failure(
        str(error.validator), tuple(error.absolute_path), error.instance, error.validator_value, schema, error.message
    )
    # Under propertyNames jsonschema judges each field's name as a value of its own, at the path of its mapping.
    of_name = "propertyNames" in error.absolute_schema_path
    if failure.keyword in ("additionalProperties", "unevaluatedProperties") or (of_name and failure.keyword == "enum"):
        yield from _unknown_fields(file, failure, of_name=of_name)
    elif failure.keyword == "required":
        yield from _missing_fields(file, failure, root)
    else:
        # What a schema says in its own words speaks of a value of the right type: of its form, range or choice.
        own = schema.get("x-itsm-message") if failure.keyword != "type" else None
        message = own or _MESSAGES.get(failure.keyword, _other)(failure)
        path = (*failure.path, str(failure.value)) if of_name else failure.path
        yield Fault(file, path, message, at_key=of_name, rule=f"schema-{_kebab(failure.keyword)}")


def _unknown_fields(file: str, failure: _Failure, *, of_name: bool) -> Iterator[Fault]:
    if of_name:
        names, where = [str(failure.value)], str(failure.schema.get("description", ""))
        allowed = [str(name) for name in failure.limit]
    else:
        allowed, where = list(failure.schema.get("properties", {})), ""
        patterns = failure.schema.get("patternProperties", {})
        names = [
            name
            for name in failure.value
            if name not in allowed and not any(re.search(pattern, name) for pattern in patterns)
        ]
    for name in names:
        hint = did_you_mean(name, allowed)
        if not hint and allowed:
            hint = f"; fields here: {_listed(allowed)}"
        message = f"unknown field {_show(name)}{hint}{f' ({where})' if where else ''}"
        yield Fault(file, (*failure.path, name), message, at_key=True, rule="unknown-field")


def _missing_fields(file: str, failure: _Failure, root: Mapping[str, Any]) -> Iterator[Fault]:
    # jsonschema reports each missing field as an error of its own and names it only in the message.
    match = re.match(r"'(.*)' is a required property", failure.words)
    names = [match[1]] if match else [name for name in failure.limit if name not in failure.value]
    known = failure.schema.get("properties", {})
    # A field that is there under a misspelt name is told once, as an unknown field.
    unknown = islice((key for key in failure.value if key not in known), _COMPARED)
    misspelt = {near for key in unknown for near in nearest(key, known, most=1)}
    for name in names:
        if name not in misspelt:
            allowed = resolve(known.get(name, {}), root).get("enum")
            values = f": one of {_listed(allowed)}" if allowed else ""
            yield Fault(file, (*failure.path, name), f"{name} is missing{values}", rule="schema-required")


def _type(failure: _Failure) -> str:
    names = [failure.limit] if isinstance(failure.limit, str) else failure.limit
    expected = " or ".join(_TYPES.get(name, name) for name in names)
    value = failure.value
    if value is None:
        return f"is empty; give {expected}, or delete the field"
    if expected == "text" and isinstance(value, bool | int):
        return f'must be text, is {_kind_of(value)}; put it in quotes: "{_show(value)}"'
    hint = f"; write [{_show(value)}]" if expected == "a list" and isinstance(value, str) else ""
    return f"must be {expected}, is {_kind_of(value)}{hint}"


def _kind_of(value: Any) -> str:  # noqa: ANN401 - any YAML value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {_show(value)}"
    return "a list" if isinstance(value, list) else "a mapping of fields"


def _enum(failure: _Failure) -> str:
    allowed = [str(value) for value in failure.limit]
    hint = did_you_mean(failure.value, allowed) if isinstance(failure.value, str) else ""
    return f"{_show(failure.value)} is not one of {_listed(allowed)}{hint}"


def _repeated(failure: _Failure) -> str:
    seen = set()
    for item in failure.value:
        if repr(item) in seen:
            return f"{_show(item)} stands in the list twice"
        seen.add(repr(item))
    return "an item stands in the list twice"


def _dependent(failure: _Failure) -> str:
    for field, needed in failure.limit.items():
        missing = [name for name in needed if field in failure.value and name not in failure.value]
        if missing:
            return f"{field} needs {_listed(missing)} beside it"
    return "a field that another one needs is missing"


def _other(failure: _Failure) -> str:
    return str(failure.schema.get("description") or "fits none of the forms allowed here")


def _count(limit: str, unit: str) -> Callable[[_Failure], str]:
    def message(failure: _Failure) -> str:
        return f"has {_number(len(failure.value), unit)}; it {limit} {failure.limit}"

    return message


def _number(count: int, unit: str) -> str:
    return f"{count} {unit.removesuffix('s') if count == 1 else unit}"


_MESSAGES: Mapping[str, Callable[[_Failure], str]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda failure: f"must be {_show(failure.limit)}, is {_show(failure.value)}",
    "pattern": lambda failure: f"{_show(failure.value)} does not have the form {failure.limit}",
    "minLength": _count("needs at least", "characters"),
    "maxLength": _count("may have at most", "characters"),
    "minItems": _count("needs at least", "items"),
    "maxItems": _count("may have at most", "items"),
    "minProperties": _count("needs at least", "fields"),
    "maxProperties": _count("may have at most", "fields"),
    "minimum": lambda failure: f"{failure.value} is too small; it must be at least {failure.limit}",
    "maximum": lambda failure: f"{failure.value} is too large; it must be at most {failure.limit}",
    "uniqueItems": _repeated,
    "dependentRequired": _dependent,
}


def _show(value: Any) -> str:  # noqa: ANN401 - any YAML value
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a mapping"
    if value is None:
        return "an empty value"
    return shortened(str(value).lower() if isinstance(value, bool) else str(value))


def _listed(words: list[str], most: int = 12) -> str:
    shown = ", ".join(words[:most])
    return f"{shown} and {len(words) - most} more" if len(words) > most else shown


def _kebab(keyword: str) -> str:
    return re.sub(r"([A-Z])", lambda match: f"-{match[1].lower()}", keyword).lstrip("-$")
