"""Records with a secret of its own in every field that can hold text, made from the kinds' schemas."""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from itsm_as_code.model.kind import Kind

WHEN = "2026-03-04T03:07:00+01:00"
_PATTERNS = {
    "^-?[0-9]+([.][0-9]+)?$": "12.00",
    "^[A-Z]{3}$": "EUR",
    "^([01][0-9]|2[0-3]):[0-5][0-9]$": "02:00",
    "^([1-9][0-9]?|100)%$": "50%",
    "^[0-9a-f]{7,64}$": "0123abc",
}
_FORMATS = {"date-time": WHEN, "date": "2026-03-04", "duration": "PT30M"}
_NOT_BESIDE = frozenset({"form.options", "returns.licence"})
"""Fields that may not stand beside what else is filled in."""
_TYPES = (
    "created",
    "note",
    "assigned",
    "acknowledged",
    "detected",
    "mitigated",
    "escalated",
    "communication",
    "task",
    "correction",
    "exception",
)


class Planter:
    """Makes records and remembers which secret stands where; `targets` names a record of each kind to link to."""

    def __init__(self, mark: str, targets: Mapping[str, str]) -> None:
        self.mark = mark
        self.targets = targets
        self.secrets: dict[str, str] = {}
        self._numbers = itertools.count()

    def record(self, kind: Kind, **fixed: Any) -> str:  # noqa: ANN401 - any YAML value
        """Return a record of the kind as text: every field of its schema filled in, `fixed` ones as given."""
        properties = kind.schema["properties"]
        fields = {
            name: self._value(schema, kind, name)
            for name, schema in properties.items()
            if name not in {"kind", "id", "state", "timeline", "visibility", *fixed}
        }
        fields["timeline"] = list(self._entries(kind))
        fields["x-secret"] = self._secret("x-secret")
        return json.dumps({**fields, **fixed})

    def said(self, *places: str) -> set[str]:
        """Return the secrets that stand at the places named."""
        found = {secret for secret, place in self.secrets.items() if place in places}
        assert found, places
        return found

    def _secret(self, place: str) -> str:
        secret = f"{self.mark}{next(self._numbers):03d}e"
        self.secrets[secret] = place
        return secret

    def _entries(self, kind: Kind) -> Iterator[dict[str, Any]]:
        properties = kind.schema["$defs"]["entry"]["properties"]
        required = {
            "note": ["text"],
            "assigned": ["to"],
            "escalated": ["to"],
            "communication": ["audience", "text"],
            "task": ["id", "state"],
            "correction": ["of", "reason"],
            "exception": ["rule", "reason", "until", "approved_by"],
        }
        for type_ in _TYPES:
            entry: dict[str, Any] = {"at": WHEN, "by": self.targets["person"], "type": type_}
            for name in required.get(type_, ()):
                entry[name] = self._value(properties[name], kind, f"{type_}.{name}")
            if "to" in entry:
                entry["to"] = self.targets["team"]
            if type_ == "escalated":
                entry["level"] = 1
            if type_ == "communication":
                entry["audience"] = "internal"
            yield entry
        yield {"at": WHEN, "by": self.targets["team"], "type": "communication", "audience": "public"} | {
            "text": self._secret("public communication"),
        }
        yield {"at": WHEN, "by": self.targets["person"], "type": "note", "visibility": "public"} | {
            "text": self._secret("public note"),
        }

    def _value(self, schema: Mapping[str, Any], kind: Kind, place: str) -> Any:  # noqa: ANN401, PLR0911 - any YAML value
        schema = _resolved(schema, kind)
        if "enum" in schema:
            return schema["enum"][0]
        if "const" in schema:
            return schema["const"]
        if "x-itsm-link" in schema:
            kinds: Sequence[str] = schema["x-itsm-link"]["to"] or ["ci"]
            return self.targets[kinds[0]]
        type_ = schema.get("type")
        if type_ == "object":
            named = schema.get("properties", {})
            inner = {
                name: self._value(each, kind, f"{place}.{name}")
                for name, each in named.items()
                if f"{place}.{name}" not in _NOT_BESIDE
            }
            return inner or {"secret": self._secret(f"{place}.secret")}
        if type_ == "array":
            return [self._value(schema["items"], kind, place)]
        if type_ == "integer":
            return schema.get("minimum", 1)
        if type_ == "boolean":
            return True
        return self._text(schema, place)

    def _text(self, schema: Mapping[str, Any], place: str) -> str:
        format_ = schema.get("format")
        if format_ in _FORMATS:
            return _FORMATS[format_]
        if schema.get("pattern") in _PATTERNS:
            return _PATTERNS[schema["pattern"]]
        secret = self._secret(place)
        if format_ == "uri":
            return f"https://{secret}.example/"
        return f"{secret}@mail.example" if format_ == "email" else secret


def _resolved(schema: Mapping[str, Any], kind: Kind) -> Mapping[str, Any]:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    name = reference.removeprefix("#/$defs/")
    return {**_resolved(kind.schema["$defs"][name], kind), **schema}
