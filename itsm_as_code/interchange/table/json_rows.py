"""JSON, JSON lines and YAML: the objects of a list as rows."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from itsm_as_code.errors import ItsmError
from itsm_as_code.interchange.table.remarks import Remarks, RowRemark
from itsm_as_code.interchange.table.rows import Row
from itsm_as_code.reading.foreign import read_foreign_yaml


def parse_document(file: str, text: str, format_: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return what a JSON or YAML text holds; raises ItsmError where it cannot be read."""
    try:
        return json.loads(text) if format_ == "json" else read_foreign_yaml(text)
    except (ValueError, RecursionError) as error:
        # Beside its own errors the JSON reader has one of numbers with thousands of digits, worded for programmers.
        worded = format_ == "yaml" or isinstance(error, json.JSONDecodeError)
        deep = isinstance(error, RecursionError)
        reason = "nested too deeply" if deep else str(error) if worded else "a number has too many digits"
        raise ItsmError(f"{file} is not {format_.upper()}: {reason}") from error


def line_items(file: str, text: str, remarks: Remarks) -> list[Any]:
    """Return the values of JSON lines; a line that cannot be read is told, and its place holds None."""
    found: list[Any] = []
    for number, line in enumerate(text.split("\n"), start=1):
        value = None
        if line.strip():
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                remarks.skipped.append(RowRemark(file, "is no JSON: left out", number))
        found.append(value)
    return found


def find_list(file: str, document: Any, at: Sequence[str]) -> list[Any]:  # noqa: ANN401 - as above
    """Return the list at the first of the paths that leads to one; without paths the document, or its only list.

    Raises ItsmError where there is none.
    """
    for path in at:
        value: Any = document
        for step in filter(None, path.split(".")):
            value = value.get(step) if isinstance(value, Mapping) else None
        if isinstance(value, list):
            return value
    if isinstance(document, list):
        return document
    lists = [value for value in document.values() if isinstance(value, list)] if isinstance(document, Mapping) else []
    if not at and len(lists) == 1:
        only: list[Any] = lists[0]
        return only
    there = f"; it has {', '.join(map(str, document))[:200]}" if isinstance(document, Mapping) and document else ""
    wanted = f"at {' or '.join(at)}" if at else "of objects in it"
    raise ItsmError(f"{file}: there is no list {wanted}{there}", "say in the map where it is: at")


def object_rows(file: str, items: Sequence[Any], unwrap: Sequence[str], remarks: Remarks) -> list[Row]:
    """Return the objects of a list as rows; anything else in it is told.

    A cell that is an object with one of the keys `unwrap` becomes what stands there.
    """
    rows: list[Row] = []
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            cells = {str(name): _unwrapped(value, unwrap) for name, value in item.items()} if unwrap else item
            rows.append(Row(file, number, cells))
        elif item is not None:
            remarks.skipped.append(RowRemark(file, "is no object: left out", number))
    return rows


def _unwrapped(value: Any, keys: Sequence[str]) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, dict):
        for key in keys:
            if key in value:
                return value[key]
    return value
