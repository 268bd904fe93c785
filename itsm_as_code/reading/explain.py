"""Says what a JSON Schema error means: one fault with a stable rule id per keyword, in words a person can act on."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jsonschema import ValidationError

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.suggest import did_you_mean, nearest

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of fields",
    "null": "empty",
}
_SHOWN = 60


def explain(file: str, error: ValidationError) -> Iterator[Fault]:
    """Yield the faults of one validation error."""
    path: FieldPath = tuple(error.absolute_path)
    keyword = str(error.validator)
    if keyword in ("additionalProperties", "unevaluatedProperties"):
        yield from _unknown_fields(file, path, error)
    elif keyword == "required":
        yield from _missing_fields(file, path, error)
    elif "propertyNames" in error.absolute_schema_path:
        yield _wrong_name(file, path, keyword, error)
    else:
        yield Fault(file, path, _message(keyword, error), rule=f"schema-{_kebab(keyword)}")


def _message(keyword: str, error: ValidationError) -> str:
    # What the schema says instead speaks of a value of the right type: of its form, range or choice.
    own = error.schema.get("x-itsm-message") if isinstance(error.schema, dict) and keyword != "type" else None
    return str(own) if own else _MESSAGES.get(keyword, _other)(error)


def _wrong_name(file: str, path: FieldPath, keyword: str, error: ValidationError) -> Fault:
    """Return the fault of a field's name, which is the value that jsonschema judges under propertyNames."""
    name = str(error.instance)
    if keyword == "enum":
        message = _unknown(name, _allowed_names(error.schema), str(error.schema.get("description", "")))
        return Fault(file, (*path, name), message, at_key=True, rule="unknown-field")
    return Fault(file, (*path, name), _message(keyword, error), at_key=True, rule=f"schema-{_kebab(keyword)}")


def _unknown_fields(file: str, path: FieldPath, error: ValidationError) -> Iterator[Fault]:
    known = error.schema.get("properties", {})
    patterns = error.schema.get("patternProperties", {})
    for name in error.instance:
        if name not in known and not any(re.search(pattern, name) for pattern in patterns):
            yield Fault(file, (*path, name), _unknown(name, list(known)), at_key=True, rule="unknown-field")


def _allowed_names(schema: Mapping[str, Any]) -> list[str]:
    return [str(name) for name in schema.get("enum", ())]


def _unknown(name: str, allowed: list[str], where: str = "") -> str:
    hint = did_you_mean(name, allowed)
    if not hint and allowed:
        hint = f"; fields here: {_listed(allowed)}"
    return f"unknown field {_show(name)}{hint}{f' ({where})' if where else ''}"


def _missing_fields(file: str, path: FieldPath, error: ValidationError) -> Iterator[Fault]:
    # jsonschema reports each missing field as an error of its own and names it only in the message.
    match = re.match(r"'(.*)' is a required property", error.message)
    names = [match[1]] if match else [name for name in error.validator_value if name not in error.instance]
    known = error.schema.get("properties", {})
    # A field that is there under a misspelt name is told once, as an unknown field.
    misspelt = {near for key in error.instance if key not in known for near in nearest(key, known, most=1)}
    for name in names:
        if name in misspelt:
            continue
        inner = known.get(name, {})
        values = f": one of {_listed(inner['enum'])}" if isinstance(inner, dict) and "enum" in inner else ""
        yield Fault(file, (*path, name), f"{name} is missing{values}", rule="schema-required")


def _type(error: ValidationError) -> str:
    wanted = error.validator_value
    names = [_TYPES.get(name, name) for name in ([wanted] if isinstance(wanted, str) else wanted)]
    expected = " or ".join(names)
    value = error.instance
    if value is None:
        return f"is empty; give {expected}, or delete the field"
    if "array" in names or expected == "a list":
        return f"must be a list, is {_kind_of(value)}" + (f"; write [{value}]" if isinstance(value, str) else "")
    if expected == "text" and isinstance(value, bool | int):
        spelled = str(value).lower() if isinstance(value, bool) else str(value)
        return f'must be text, is {_kind_of(value)}; put it in quotes: "{spelled}"'
    return f"must be {expected}, is {_kind_of(value)}"


def _kind_of(value: Any) -> str:  # noqa: ANN401 - any YAML value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {_show(value)}"
    return "a list" if isinstance(value, list) else "a mapping of fields"


def _enum(error: ValidationError) -> str:
    allowed = [str(value) for value in error.validator_value]
    hint = did_you_mean(error.instance, allowed) if isinstance(error.instance, str) else ""
    return f"{_show(error.instance)} is not one of {_listed(allowed)}{hint}"


def _format(error: ValidationError) -> str:
    return f"{_show(error.instance)} is not of the format {error.validator_value}"


def _any_of(error: ValidationError) -> str:
    return str(error.schema.get("description") or "fits none of the forms allowed here")


def _repeated(error: ValidationError) -> str:
    seen = []
    for item in error.instance:
        if item in seen:
            return f"{_show(item)} stands in the list twice"
        seen.append(item)
    return "an item stands in the list twice"


def _dependent(error: ValidationError) -> str:
    for field, needed in error.validator_value.items():
        missing = [name for name in needed if field in error.instance and name not in error.instance]
        if missing:
            return f"{field} needs {_listed(missing)} beside it"
    return "a field that another one needs is missing"


def _other(error: ValidationError) -> str:
    return str(error.schema.get("description") or error.message) if isinstance(error.schema, dict) else "is not allowed here"


def _count(limit: str, unit: str) -> Callable[[ValidationError], str]:
    def message(error: ValidationError) -> str:
        return f"has {_number(len(error.instance), unit)}; {limit} {_number(error.validator_value, unit)}"

    return message


def _number(count: int, unit: str) -> str:
    return f"{count} {unit.removesuffix('s') if count == 1 else unit}"


_MESSAGES: Mapping[str, Callable[[ValidationError], str]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda error: f"{_show(error.instance)} must be {_show(error.validator_value)}",
    "pattern": lambda error: f"{_show(error.instance)} does not have the form {error.validator_value}",
    "format": _format,
    "minLength": _count("at least", "characters"),
    "maxLength": _count("at most", "characters"),
    "minItems": _count("at least", "items"),
    "maxItems": _count("at most", "items"),
    "minProperties": _count("at least", "fields"),
    "maxProperties": _count("at most", "fields"),
    "minimum": lambda error: f"{error.instance} is too small; at least {error.validator_value}",
    "maximum": lambda error: f"{error.instance} is too large; at most {error.validator_value}",
    "uniqueItems": _repeated,
    "anyOf": _any_of,
    "oneOf": _any_of,
    "dependentRequired": _dependent,
}


def _show(value: Any) -> str:  # noqa: ANN401 - any YAML value
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a mapping"
    if value is None:
        return "an empty value"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = text if text.isprintable() else ascii(text)[1:-1]
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _listed(words: list[str], most: int = 12) -> str:
    shown = ", ".join(words[:most])
    return f"{shown} and {len(words) - most} more" if len(words) > most else shown


def _kebab(keyword: str) -> str:
    return re.sub(r"([A-Z])", lambda match: f"-{match[1].lower()}", keyword).lstrip("-$")
