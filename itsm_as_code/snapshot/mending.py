"""Edits without the links that they put right: a link that led nowhere said nothing that could be changed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from itsm_as_code.model.place import value_at
from itsm_as_code.snapshot.difference import RecordEdit, record_edit
from itsm_as_code.snapshot.step import Step


def without_mended_links(edit: RecordEdit, step: Step) -> RecordEdit | None:
    """Return an edit of a record that both ends have, without links that lead somewhere in head and nowhere in base.

    A link is known again by its place. None where nothing else was edited.
    """
    base, head = edit.ends
    sound = {link.path for link in step.head.graph.outgoing.get(head.address, ()) if link.target is not None}
    mended = [
        link.path
        for link in step.base.graph.outgoing.get(base.address, ())
        if link.target is None and link.path in sound
    ]
    if not mended:
        return edit
    fields: Any = base.fields
    for path in mended:
        fields = _put(fields, path, value_at(head.fields, path))
    return record_edit(replace(base, fields=fields), head)


def _put(value: Any, path: Sequence[str | int], new: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Return a copy of a value in which another stands at a path."""
    if not path:
        return new
    first, *rest = path
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[first] = _put(value[first], rest, new)
    return copy
