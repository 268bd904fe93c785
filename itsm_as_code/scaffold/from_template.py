"""What a new change takes from the template that it is made from."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from itsm_as_code.model.kind import Kind
from itsm_as_code.snapshot.snapshot import Snapshot


def take_defaults(snapshot: Snapshot, kind: Kind, fields: dict[str, Any]) -> None:
    """Fill a change's fields from the `defaults` of the template that it names, where nothing else is said.

    A change with a template is a standard change. One that names no template that can be read stays as it is: lint
    tells of that.
    """
    template = snapshot.records.get(str(fields.get("template")))
    if kind.name != "change" or template is None or template.kind.name != "change-template" or not template.valid:
        return
    fields.setdefault("type", "standard")
    _fill(fields, template.fields.get("defaults", {}))


def _fill(fields: dict[str, Any], defaults: Mapping[str, Any]) -> None:
    for name, value in defaults.items():
        if name not in fields:
            fields[name] = deepcopy(value)
        elif isinstance(fields[name], dict) and isinstance(value, dict):
            _fill(fields[name], value)
