"""Reads kinds: annotated JSON Schemas, shipped or the repository's own, compiled to self-contained ones."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from itsm_as_code import resources
from itsm_as_code.model.kind import Kind, LinkField, State
from itsm_as_code.model.place import printable
from itsm_as_code.reading import kind_check
from itsm_as_code.reading.kind_base import with_base
from itsm_as_code.reading.references import ENVELOPE, localise, target

SUFFIX = ".schema.json"
_NO_KINDS = frozenset(f"{name}{SUFFIX}" for name in ("baseline", "findings", "import-map", "itsm"))
"""What ships beside the kinds and describes other files; a copy, of an older version perhaps, changes nothing."""


def load_kinds(own: Mapping[str, bytes]) -> dict[str, Kind]:
    """Return the kinds by name: the shipped ones, and over them the repository's own schemas (path → bytes).

    Raises ItsmError for a schema of the repository that is no kind.
    """
    shipped = _shipped_kinds()
    kinds = dict(shipped)
    paths: dict[str, str] = {}
    for path, data in sorted(own.items()):
        if path.endswith(SUFFIX) and not _is_shipped(path, data):
            shown = printable(path)
            document = kind_check.parse(shown, data)
            kind_check.check_document(shown, document, shipped_envelope())
            base = _base(document["x-itsm"]["kind"])
            kind_check.check_base(shown, document, shipped_envelope(), base)
            kind = compile_kind(document, shipped_envelope(), base)
            kind_check.check_first(shown, kind, paths)
            kinds[kind.name], paths[kind.name] = kind, shown
    for name, path in paths.items():
        kind_check.check_kind(path, kinds[name], kinds)
    return kinds


def _base(name: str) -> Mapping[str, Any]:
    """Return the schema that one of this name may only make stricter: the shipped kind's, else the envelope."""
    shipped = _shipped_kinds().get(name)
    return shipped.schema if shipped is not None else {**shipped_envelope(), "required": []}


def _is_shipped(path: str, data: bytes) -> bool:
    """Return whether a schema of the repository is the shipped one of its name, or of a name that is no kind's."""
    file = resources.schemas() / path.rpartition("/")[2]
    return file.name in _NO_KINDS or (file.is_file() and file.read_bytes() == data)


@cache
def _shipped_kinds() -> Mapping[str, Kind]:
    documents = [json.loads(file.read_bytes()) for file in sorted(resources.schemas().glob(f"*{SUFFIX}"))]
    kinds = [compile_kind(document, shipped_envelope()) for document in documents if "x-itsm" in document]
    return {kind.name: kind for kind in kinds}


@cache
def shipped_envelope() -> Mapping[str, Any]:
    """Return the schema of the fields that every kind has, with the shared definitions."""
    envelope: dict[str, Any] = json.loads((resources.schemas() / ENVELOPE).read_bytes())
    return envelope


def compile_kind(
    document: Mapping[str, Any], envelope: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> Kind:
    """Return the kind that a schema says, its envelope folded in, and what of `base` it may only make stricter.

    The schema on disk is `$ref: envelope` with `unevaluatedProperties: false`; folded together the two are one
    closed mapping, which validates faster and tells unknown fields from known ones.
    """
    words = document["x-itsm"]
    lifecycle = words.get("lifecycle", {})
    states = {
        name: State(
            name,
            tuple(state.get("to", ())),
            tuple(state.get("needs", ())),
            state.get("final", False),
            state.get("meaning", ""),
        )
        for name, state in lifecycle.get("states", {}).items()
    }
    schema = _fold(document, envelope, list(states))
    if base is not None:
        own = {name: schema["properties"][name] for name in document["properties"] if name in schema["properties"]}
        schema["properties"] |= with_base(own, base, schema["$defs"])
    return Kind(
        name=words["kind"],
        title=document["title"],
        plural=words["plural"],
        description=document.get("description", ""),
        folder=words["folder"],
        id_form=words["id"],
        prefix=words.get("prefix", ""),
        title_field=words.get("title_field", "title"),
        states=states,
        logged=lifecycle.get("logged", False),
        links=tuple(_links(schema, schema, ())),
        columns=tuple(words.get("columns", ())),
        starter=tuple(words.get("starter", ())),
        schema=schema,
    )


def _fold(document: Mapping[str, Any], envelope: Mapping[str, Any], states: list[str]) -> dict[str, Any]:
    properties = {**envelope["properties"], **document.get("properties", {})}
    title_field = document["x-itsm"].get("title_field", "title")
    if title_field != "title" and "title" not in document.get("properties", {}):
        properties.pop("title", None)
    if states:
        properties["state"] = {**properties["state"], "enum": states}
    else:
        properties.pop("state", None)
    folded = {key: value for key, value in document.items() if key not in ("$ref", "unevaluatedProperties", "$id")}
    folded |= {
        "properties": properties,
        "patternProperties": {**envelope.get("patternProperties", {}), **document.get("patternProperties", {})},
        "additionalProperties": False,
        "$defs": {**envelope.get("$defs", {}), **document.get("$defs", {})},
    }
    local: dict[str, Any] = localise(folded)
    return local


def _links(schema: object, root: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[LinkField]:
    """Yield the link fields of a schema, through $ref, properties, items and allOf."""
    if not isinstance(schema, dict):
        return
    words = schema.get("x-itsm-link")
    if words is not None:
        when = next(((name, tuple(values)) for name, values in words.get("when", {}).items()), None)
        yield LinkField(
            path,
            tuple(words.get("to", ())),
            words["reverse"],
            words.get("named_by", ""),
            when,
            tuple(words.get("unless", ())),
        )
    reference = schema.get("$ref")
    if isinstance(reference, str):
        yield from _links(target(reference, root), root, path)
    for name, inner in schema.get("properties", {}).items():
        yield from _links(inner, root, (*path, name))
    yield from _links(schema.get("items"), root, (*path, "*"))
    for part in schema.get("allOf", ()):
        yield from _links(part, root, path)


def plain_schema(kind: Kind, kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """Return the kind's schema as plain JSON Schema for editors: links as patterns, no words of ours."""
    return plain(kind.schema, kinds)


def plain(schema: Mapping[str, Any], kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """Return a schema as plain JSON Schema: links to records of these kinds as patterns, no words of ours."""
    bare: dict[str, Any] = _plain(schema, kinds)
    return bare


def _plain(value: Any, kinds: Mapping[str, Kind]) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, list):
        return [_plain(inner, kinds) for inner in value]
    if not isinstance(value, dict):
        return value
    bare = {key: _plain(inner, kinds) for key, inner in value.items() if not key.startswith("x-itsm")}
    link = value.get("x-itsm-link")
    if isinstance(link, dict) and link.get("to") and "when" not in link:
        bare["pattern"] = _address_pattern([kinds[name] for name in link["to"]], link.get("unless", ()))
    return bare


def _address_pattern(targets: Sequence[Kind], words: Sequence[str]) -> str:
    forms = [f"{kind.prefix}-[0-9a-z-]+" if kind.prefix else f"{kind.name}:.+" for kind in targets]
    # Outside of a set a hyphen needs no escape, and JavaScript's readers refuse one.
    texts = [re.escape(word).replace("\\-", "-") for word in words]
    return f"^({'|'.join([*forms, *texts])})$"
