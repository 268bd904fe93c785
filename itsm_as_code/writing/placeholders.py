"""Placeholders: what may stand in a field, in the words that a person fills in."""

from collections.abc import Mapping

from itsm_as_code.model.kind import Kind
from itsm_as_code.writing.shape import Schema, allowed_values, items, properties, resolved

_MAPPING = 80
"""Letters of a mapping that is shown with all its fields."""
_FEW = 10
_DEEPEST = 4
_WORDS = {"integer": "NUMBER", "date-time": "TIME", "date": "DAY", "duration": "DURATION"}
"""What a flag wants, by the format or type of the field; text where nothing is said here."""

Kinds = Mapping[str, Kind]


def placeholder(schema: Schema, root: Schema, kinds: Kinds, depth: int = _DEEPEST) -> str:
    """Return what may stand there: the values allowed, kinds of links, or dots.

    ``high|medium|low``, ``[service:…]``, ``{start: …, end: …}``. Below `depth` levels all is dots: a shape may hold
    itself.
    """
    schema = resolved(schema, root)
    if not depth:
        return "…"
    if schema.get("type") == "array" or (schema.get("type") is None and "items" in schema):
        return f"[{placeholder(items(schema, root), root, kinds, depth - 1)}]"
    if allowed := allowed_values(schema, root):
        return "|".join(allowed)
    if properties(schema, root):
        return _mapping(schema, root, kinds, depth)
    if "x-itsm-link" in schema:
        return _addresses(schema, kinds) or "…"
    return _scalar(schema)


def _scalar(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if isinstance(least, int) and isinstance(most, int) and most - least < _FEW:
        return "|".join(map(str, range(least, most + 1)))
    return "true|false" if schema.get("type") == "boolean" else "…"


def _mapping(schema: Schema, root: Schema, kinds: Kinds, depth: int) -> str:
    """Return the fields of a mapping: all where they are few; else those that must be there, or names alone."""
    fields = properties(schema, root)
    parts = {name: f"{name}: {placeholder(inner, root, kinds, depth - 1)}" for name, inner in fields.items()}
    whole = f"{{{', '.join(parts.values())}}}"
    if len(whole) <= _MAPPING:
        return whole
    wanted = [parts[name] for name in schema.get("required", ()) if name in parts] or [f"{name}: …" for name in parts]
    return f"{{{', '.join(wanted)}}}"


def flag_value(schema: Schema, root: Schema, kinds: Kinds) -> str:
    """Return what a flag wants that sets a field: ``high|medium|low``, ``team:…``, ``TIME``, ``TEXT``.

    Of a list it is one item; of a mapping that may have any of its fields, their names.
    """
    fields, plain = properties(schema, root), resolved(schema, root)
    if fields and not plain.get("required"):
        return f"{{{'|'.join(fields)}: …}}"
    value = placeholder(schema, root, kinds)
    if value == "…":
        return _WORDS.get(str(plain.get("format", plain.get("type"))), "TEXT")
    return value.removeprefix("[").removesuffix("]")


def _addresses(schema: Schema, kinds: Kinds) -> str:
    allowed = [kinds[name] for name in schema["x-itsm-link"].get("to", []) if name in kinds]
    return "|".join(f"{kind.prefix}-…" if kind.prefix else kind.address("…") for kind in allowed)
