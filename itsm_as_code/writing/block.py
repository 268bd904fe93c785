"""Blocks: mappings and lists as YAML text, one field a line, in the order they are given."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from itsm_as_code.writing.scalars import literal, spell

_STEP = 2


def block_lines(fields: Mapping[str, Any], indent: int = 0) -> Iterator[str]:
    """Yield the lines of a mapping in block style, without line ends; nothing for an empty one.

    Values are strings, whole numbers, truth values, None, and mappings and lists of them.
    Raises TypeError for anything else.
    """
    margin = " " * indent
    for key, value in fields.items():
        yield from _valued(f"{margin}{spell(key)}:", value, indent)


def _valued(head: str, value: Any, indent: int) -> Iterator[str]:  # noqa: ANN401 - any YAML value
    """Yield `head` followed by the value, on its line where it fits and below it otherwise."""
    inner = indent + _STEP
    if _is_mapping(value) and value:
        yield head
        yield from block_lines(value, inner)
    elif _is_list(value) and value:
        yield head
        yield from list_lines(value, inner)
    else:
        yield f"{head} {_on_line(value, inner)}"


def list_lines(items: Sequence[Any], indent: int, *, one_line_each: bool = False) -> Iterator[str]:
    """Yield the lines of a list in block style.

    With `one_line_each` mappings stand on one line (flow style), unless a text in them has several lines: then
    such texts come last, so that they hide no field.
    """
    dash = " " * indent + "- "
    for item in map(_texts_last, items) if one_line_each else items:
        if _is_mapping(item) and item and not (one_line_each and _fits_on_line(item)):
            lines = block_lines(item, indent + _STEP)
            yield dash + next(lines)[indent + _STEP :]
            yield from lines
        elif _is_mapping(item) or (_is_list(item) and not item):
            yield dash + flow(item)
        elif _is_list(item):
            lines = list_lines(item, indent + _STEP)
            yield dash + next(lines)[indent + _STEP :]
            yield from lines
        else:
            yield dash + _on_line(item, indent + _STEP)


def _on_line(value: Any, indent: int) -> str:  # noqa: ANN401 - any YAML value
    if _is_mapping(value):
        return "{}"
    if _is_list(value):
        return "[]"
    block = literal(value, indent) if isinstance(value, str) else None
    return spell(value) if block is None else block


def _texts_last(item: Any) -> Any:  # noqa: ANN401 - any YAML value
    if not _is_mapping(item) or _fits_on_line(item):
        return item
    return dict(sorted(item.items(), key=lambda pair: isinstance(pair[1], str) and "\n" in pair[1]))


def _fits_on_line(entry: Mapping[str, Any]) -> bool:
    return not any(isinstance(value, str) and "\n" in value for value in entry.values())


def flow(value: Any) -> str:  # noqa: ANN401 - any YAML value
    """Return a value on one line, mappings and lists in brackets. Raises TypeError as `block_lines` does."""
    if _is_mapping(value):
        return "{" + ", ".join(f"{spell(key, in_flow=True)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if _is_list(value):
        return "[" + ", ".join(map(flow, value)) + "]"
    return spell(value, in_flow=True)


def _is_mapping(value: Any) -> bool:  # noqa: ANN401 - any YAML value
    # Plain types first: asking an abstract one takes ten times as long, and this is asked for every value.
    return isinstance(value, dict) or (not isinstance(value, str | list | int) and isinstance(value, Mapping))


def _is_list(value: Any) -> bool:  # noqa: ANN401 - any YAML value
    return isinstance(value, list) or (not isinstance(value, str | dict | int) and isinstance(value, Sequence))
