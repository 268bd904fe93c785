"""Settings: `--set field=value` as people type it for a new record, put into its fields."""

from collections.abc import Callable, Sequence
from typing import Any

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.snapshot.values import Reader
from itsm_as_code.writing.typed import NotTypedError, field_schema, json_types


def apply_settings(fields: dict[str, Any], settings: Sequence[str], kind: Kind, reader: Reader) -> None:
    """Put each `field=value` into the fields; a list's values are appended.

    A field may be dotted (`assignment.team=team:dba`). Text stays text (`serial=007`); lists and mappings may be
    written as in a record (`services=[service:a, service:b]`), links and times as people say them. Raises ItsmError
    that names the setting.
    """
    for setting in settings:
        name, equals, text = setting.partition("=")
        name = name.strip()
        if name in ("kind", "id", "timeline"):
            raise ItsmError(f"--set {name}: this follows from the rest of what is given")
        if not equals or not name:
            raise ItsmError(f"--set {setting}: no field=value", hint="write for example --set impact=high")
        _put(fields, name.split("."), text, kind, reader)


def _put(fields: dict[str, Any], path: Sequence[str], text: str, kind: Kind, reader: Reader) -> None:
    name, schema = ".".join(path), kind.schema
    holder = fields
    for depth, step in enumerate(path):
        try:
            schema = field_schema(schema, step, path[:depth], kind)
        except ItsmError as error:
            raise ItsmError(f"--set {'.'.join(path[: depth + 1])}: {error.message}", error.hint) from error
        if depth == len(path) - 1:
            break
        if json_types(schema) and "object" not in json_types(schema):
            raise ItsmError(f"--set {name}: {'.'.join(path[: depth + 1])} has no fields of its own")
        inner = holder.setdefault(step, {})
        if not isinstance(inner, dict):
            raise ItsmError(f"--set {name}: {'.'.join(path[: depth + 1])} was set to a value already")
        holder = inner
    step = path[-1]
    if "array" in json_types(schema) and (not text.startswith("[") or "string" in json_types(schema)):
        value = _named(name, text, lambda: reader.item(text, schema, kind.schema))
        holder.setdefault(step, []).append(value)
    elif "array" in json_types(schema):
        holder.setdefault(step, []).extend(_named(name, text, lambda: reader.value(text, schema, kind.schema)))
    elif step in holder:
        raise ItsmError(f"--set {name}: set twice", hint="only lists take several values")
    else:
        holder[step] = _named(name, text, lambda: reader.value(text, schema, kind.schema))


def _named(name: str, text: str, read: Callable[[], Any]) -> Any:  # noqa: ANN401 - any YAML value
    """Return what is read; what is wrong with it is said with the setting's name."""
    try:
        return read()
    except NotTypedError as error:
        hint = f"or set its fields: --set {name}.field=value" if error.wants_fields else error.hint
        raise ItsmError(f"--set {name}={text}: {error.message}", hint) from error
    except ItsmError as error:
        raise ItsmError(f"--set {name}: {error.message}", error.hint) from error
