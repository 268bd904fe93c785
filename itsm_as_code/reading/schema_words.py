"""Says in plain words what a value is, what a schema asks for, and under which condition it does."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from itsm_as_code.model.words import shortened
from itsm_as_code.reading.references import resolve

TYPES: Mapping[str, str] = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of fields",
    "null": "empty",
}
_MOST = 12


def show(value: Any) -> str:  # noqa: ANN401 - any YAML value
    """Return a value as it is written, in short."""
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a mapping"
    if value is None:
        return "an empty value"
    return shortened(str(value).lower() if isinstance(value, bool) else str(value)) or '""'


def listed(words: Sequence[str], last: str = "") -> str:
    """Return the words with commas, at most a dozen of them; the last after ``and`` or ``or`` where it is given."""
    if len(words) > _MOST:
        return f"{', '.join(words[:_MOST])} and {len(words) - _MOST} more"
    if last and len(words) > 1:
        return f"{', '.join(words[:-1])} {last} {words[-1]}"
    return ", ".join(words)


def kind_of(value: Any) -> str:  # noqa: ANN401 - any YAML value
    """Return what sort of value it is, and which."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {show(value)}"
    if value is None:
        return "empty"
    return "a list" if isinstance(value, list) else "a mapping of fields"


def asked(schema: Any, root: Mapping[str, Any]) -> str:  # noqa: ANN401 - a schema may be a boolean
    """Return what a schema asks of a value, in a few words: ``a whole number``, ``one of a, b``; empty for no idea."""
    words = resolve(schema, root)
    if "const" in words:
        return show(words["const"])
    if "enum" in words:
        allowed = [show(value) for value in words["enum"]]
        return allowed[0] if len(allowed) == 1 else f"one of {listed(allowed)}"
    if words.get("title") or words.get("description"):
        return _first_sentence(str(words.get("title") or words["description"]))
    parts = [_type(words), *_bounds(words)]
    if "pattern" in words:
        parts.append(f"of the form {words['pattern']}")
    fields = [text for _, text in _conditions(words, root)]
    if fields:
        parts.append(f"{'with' if not any(parts) else 'where'} {' and '.join(fields)}")
    return " ".join(part for part in parts if part)


def since(root: Mapping[str, Any], path: Sequence[str | int], value: Any) -> str:  # noqa: ANN401 - any YAML value
    """Return ``, since type is choice`` for what only a condition of the schema asks; empty for what always holds.

    `path` leads through the schema to what was not kept, as jsonschema reports it; `value` is what did not keep it.
    """
    found: Any = root
    condition: Any = None
    for step in path:
        found = resolve(found, root) if isinstance(found, dict) and step not in found else found
        if step == "then" and isinstance(found, dict):
            condition = resolve(found.get("if"), root)
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            break
    if not condition:
        return ""
    # A condition beside what was not kept is about the same mapping, which says what is so.
    said = value if path[-2:-1] == ["then"] and isinstance(value, dict) else {}
    words = [
        f"{name} is {show(said[name])}" if name in said and name in condition.get("properties", {}) else text
        for name, text in _conditions(condition, root, there=" is there")
    ]
    return f", since {' and '.join(words)}" if words else ""


def _conditions(schema: Mapping[str, Any], root: Mapping[str, Any], there: str = "") -> Iterator[tuple[str, str]]:
    """Yield the fields of a mapping of which a schema asks something, and what: ``type is choice``, ``options``."""
    told = set()
    for name, inner in schema.get("properties", {}).items():
        words = resolve(inner, root)
        if "const" in words or "enum" in words:
            told.add(name)
            yield name, f"{name} is {asked({key: words[key] for key in ('const', 'enum') if key in words}, root)}"
    for name in schema.get("required", ()):
        if name not in told:
            yield name, f"{name}{there or (' is there' if told else '')}"


def _type(words: Mapping[str, Any]) -> str:
    type_ = words.get("type")
    names = [type_] if isinstance(type_, str) else type_ or []
    return " or ".join(TYPES.get(name, name) for name in names)


def _bounds(words: Mapping[str, Any]) -> Iterator[str]:
    if "minimum" in words:
        yield f"of at least {words['minimum']}"
    if "maximum" in words:
        yield f"of at most {words['maximum']}"
    for noun, least in (("characters", "minLength"), ("items", "minItems"), ("fields", "minProperties")):
        if least in words:
            yield f"of at least {words[least]} {noun}"


def _first_sentence(text: str) -> str:
    sentence = text.partition(". ")[0].partition(" (")[0].strip().rstrip(".")
    return shortened(sentence.replace("`", ""), 100)
