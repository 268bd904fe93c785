"""Typed values: text as people type it, turned into a value of the type that the kind's schema wants."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.reading.document import read_document
from itsm_as_code.reading.synonyms import field_hint, value_hint
from itsm_as_code.writing.shape import Schema, allowed_values, properties, resolved

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)


class NotTypedError(ItsmError):
    """What was typed is no value of the field; `wants_fields`: a mapping is wanted, whose fields may be set."""

    wants_fields = False


def field_schema(schema: Schema, step: str, above: Sequence[str], kind: Kind) -> Schema:
    """Return the schema of a field of a mapping, `$ref` followed; `above` are the fields that lead to the mapping.

    Fields that the kind leaves to the organisation are text. Raises ItsmError, with what may be meant, for a field
    that records of the kind do not have.
    """
    fields = properties(schema, kind.schema)
    if step in fields:
        return resolved(fields[step], kind.schema)
    if step.startswith("x-") and not above:
        return {"type": "string"}
    if not fields and resolved(schema, kind.schema).get("additionalProperties", True) is not False:
        return {"type": "string"}
    where = f"{'.'.join(above)} of {kind.plural} has" if above else f"{kind.plural} have"
    known = [name for name in fields if name not in ("kind", "id", "timeline")]
    hint = did_you_mean(step, known) if above else field_hint(kind.name, step, known)
    raise ItsmError(f"{where} no field {step}{hint}")


def typed(text: str, schema: Schema, root: Schema) -> Any:  # noqa: ANN401 - any YAML value
    """Return the text as a value of a schema (`$ref` followed); mappings may be written as in a record.

    Text stays text where text will do (``007``). Raises NotTypedError where it is none of what is wanted.
    """
    types = json_types(schema)
    allowed = allowed_values(schema, root)
    if allowed and "array" not in types and text not in allowed:
        raise NotTypedError(f"not one of {', '.join(allowed)}{value_hint(text, allowed)}")
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    if "integer" in types and _INTEGER.fullmatch(text):
        return int(text)
    if "string" in types or not types:
        return text
    if "object" in types:
        return as_in_record(text, dict)
    wanted = "true or false" if "boolean" in types else "a whole number"
    raise NotTypedError(f"{wanted} is wanted")


def as_in_record(text: str, shape: type[list[Any]] | type[dict[str, Any]]) -> Any:  # noqa: ANN401 - any YAML value
    """Return a list or mapping that is written as in a record; raises NotTypedError where it is none."""
    document = read_document("text", f"value: {text}\n".encode())
    value = document.value.get("value")
    if not document.faults and isinstance(value, shape):
        return value
    form = "[a, b]" if shape is list else "{field: value}"
    error = NotTypedError(document.faults[0].message if document.faults else f"write {form}")
    error.wants_fields = shape is dict
    raise error


def json_types(schema: Mapping[str, Any]) -> Sequence[str]:
    """Return the JSON types that a schema accepts; empty where it does not say."""
    found = schema.get("type")
    if isinstance(found, str):
        return [found]
    if isinstance(found, list):
        return found
    if "enum" in schema:
        return ["integer" if isinstance(schema["enum"][0], int) else "string"]
    return ["object"] if "properties" in schema else []
