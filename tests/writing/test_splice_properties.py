"""Whatever the style and the edit: the outcome says what was meant, and the lines around it are what they were."""

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itsm_as_code.reading.document import read_document
from itsm_as_code.reading.nodes import FLOW, read_nodes
from itsm_as_code.writing.edits import Splice
from itsm_as_code.writing.splice import Append, Drop, Put, splice
from tests.reading.yaml_texts import NODES, Path, Tree, yaml_texts

RECORDS = FilePath(__file__).parents[2] / "records"
ORDER = ("kind", "id", "title", "description", "state", "impact", "urgency", "services", "cis", "links", "timeline")
ENTRY = {"at": "2026-03-04T03:07:00+01:00", "by": "person:ana-costa", "type": "note", "text": "Seen: again."}


def paths(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for step, node in inner:
        yield from paths(node, (*path, step))


def at(value: Any, path: Path) -> Any:  # noqa: ANN401 - any YAML value
    for step in path:
        value = value[step]
    return value


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, the last of which is treated as if it had an end."""
    return (text if text.endswith("\n") else f"{text}\n").replace("\r\n", "\n").split("\n")[:-1]


def touched(text: str, path: Path) -> tuple[int, int]:
    """Return the first line, and that behind the last one, of what stands at a path; of all the brackets around it."""
    text = text if text.endswith("\n") else f"{text}\n"
    node = read_nodes(text)
    assert node is not None
    line = node.line
    for step in path:
        if isinstance(step, str):
            assert node.fields is not None
            line, node = node.fields[step].key.line, node.fields[step].value
        else:
            assert node.items is not None
            if step:
                before = node.items[step - 1].end
                line = text.count("\n", 0, before) + 1 + (text[before - 1] != "\n")
            node = node.items[step]
        if node.style == FLOW:
            break
    end = node.end - (node.end > node.start and text[node.end - 1] == "\n")
    return line - 1, text.count("\n", 0, end) + 1


def is_kept(before: str, after: str, first: int, behind: int) -> bool:
    """Return whether the lines up to `first`, and from `behind` on, are what they were; blank ones between may go."""
    old, new = lines_of(before), lines_of(after)
    tail = old[behind:]
    while tail and not tail[0].strip() and new[max(len(new) - len(tail), 0) :] != tail:
        tail = tail[1:]
    return old[:first] == new[:first] and (not tail or new[-len(tail) :] == tail)


def is_insertion(before: str, after: str) -> bool:
    """Return whether the one text is the other with something put in at one place."""
    old, new = lines_of(before), lines_of(after)
    head = next((number for number, line in enumerate(old) if new[number] != line), len(old))
    return old[head:] == new[len(new) - len(old) + head :]


def meant(value: Any, edit: Splice) -> Any:  # noqa: ANN401 - any YAML value
    """Return what an edit makes of plain values."""
    value = copy.deepcopy(value)
    if isinstance(edit, Append):
        at(value, edit.path).append(edit.value)
    elif isinstance(edit, Put):
        if not edit.path:
            return edit.value
        at(value, edit.path[:-1])[edit.path[-1]] = edit.value
    else:
        del at(value, edit.path[:-1])[edit.path[-1]]
        path = edit.path[:-1]
        while path and not at(value, path) and isinstance(path[-1], str):
            del at(value, path[:-1])[path[-1]]
            path = path[:-1]
    return value


def check(text: str, value: Any, edit: Splice) -> str:  # noqa: ANN401 - any YAML value
    """Splice one edit, and check value and bytes; return the outcome."""
    after = splice(text.encode(), [edit], ORDER).decode()
    document = read_document("x.yaml", after.encode())
    assert document.faults == ()
    assert document.value == meant(value, edit)
    assert after.count("\r\n") == (after.count("\n") if "\r\n" in text else 0)
    path = edit.path
    if is_new(value, path) or (isinstance(edit, Append) and not in_brackets(text, path)):
        if not in_brackets(text, path[:-1] if is_new(value, path) else path):
            assert is_insertion(text, after)
            return after
        path = path[:-1] if is_new(value, path) else path
    while isinstance(edit, Drop) and len(path) > 1 and (len(at(value, path[:-1])) == 1 or is_first(value, path)):
        # It goes with what is left empty, or the next one comes to where it stood.
        path = path[:-1]
    first, behind = touched(text, path)
    assert is_kept(text, after, first, behind)
    return after


def is_new(value: Any, path: Path) -> bool:  # noqa: ANN401 - any YAML value
    """Return whether a path leads to a field that is not there."""
    return bool(path) and isinstance(path[-1], str) and path[-1] not in at(value, path[:-1])


def is_first(value: Any, path: Path) -> bool:  # noqa: ANN401 - any YAML value
    """Return whether a path leads to the first field or item of a mapping or list."""
    return path[-1] == (0 if isinstance(path[-1], int) else next(iter(at(value, path[:-1]))))


def in_brackets(text: str, path: Path) -> bool:
    """Return whether what stands at a path is or has around it brackets."""
    node = read_nodes(text)
    for step in (*path, None):
        assert node is not None
        if node.style == FLOW:
            return True
        if isinstance(step, str):
            node = node.fields[step].value if node.fields else None
        elif step is not None:
            node = node.items[step] if node.items else None
    return False


@settings(max_examples=120, deadline=None)
@given(yaml_texts(), st.sampled_from(["\n", "\r\n"]), st.booleans(), NODES, st.data())
def test_an_edit_of_any_style(
    written: tuple[str, Tree, Mapping[Path, str]],
    line_end: str,
    is_cut: bool,  # noqa: FBT001 - drawn
    new: object,
    data: st.DataObject,
) -> None:
    text = written[0].replace("\n", line_end)
    text = text.removesuffix(line_end) if is_cut else text
    value = dict(read_document("x.yaml", text.encode()).value)
    path = data.draw(st.sampled_from(list(paths(value))))
    old = at(value, path)
    edits: list[Splice] = [Put(path, new)] if path else []
    edits += [Drop(path)] if path and len(value) > 1 else []
    edits += [Put((*path, "new"), new)] if isinstance(old, dict) and "new" not in old else []
    edits += [Append(path, new)] if isinstance(old, list) else []
    check(text, value, data.draw(st.sampled_from(edits or [Put(("new",), new)])))


@settings(max_examples=50)
@given(yaml_texts(), st.data())
def test_several_edits_at_once_are_one_after_the_other(
    written: tuple[str, Tree, Mapping[Path, str]], data: st.DataObject
) -> None:
    data_before, edits = written[0].encode(), []
    value: Any = dict(read_document("x.yaml", data_before).value)
    result = data_before
    for _ in range(data.draw(st.integers(2, 6))):
        path = data.draw(st.sampled_from([path for path in paths(value) if path] or [("new",)]))
        old = at(value, path) if path != ("new",) else None
        choices: list[Splice] = [Put(path, data.draw(NODES))]
        choices += [Drop(path)] if len(value) > 1 else []
        choices += [Append(path, data.draw(NODES))] if isinstance(old, list) else []
        edits.append(data.draw(st.sampled_from(choices)))
        result = splice(result, edits[-1:], ORDER)
        value = dict(read_document("x.yaml", result).value)
    assert read_document("x.yaml", splice(data_before, edits, ORDER)).value == value


@settings(max_examples=50)
@given(yaml_texts(), st.sampled_from(["\n", "\r\n"]))
def test_putting_what_is_there_changes_nothing(written: tuple[str, Tree, Mapping[Path, str]], line_end: str) -> None:
    text = written[0].replace("\n", line_end).encode()
    value = read_document("x.yaml", text).value
    assert splice(text, [Put(path, at(value, path)) for path in paths(value)], ORDER) == text


def sample() -> Iterator[tuple[str, str]]:
    for path in sorted(RECORDS.rglob("*.yaml")):
        yield path.stem, path.read_bytes().decode()


@pytest.mark.parametrize(("record", "text"), [pytest.param(*each, id=each[0]) for each in sample()])
def test_every_record_of_the_sample(record: str, text: str) -> None:
    value = read_document(f"{record}.yaml", text.encode()).value
    assert splice(text.encode(), [Put(path, at(value, path)) for path in paths(value)], ORDER) == text.encode()
    every = list(paths(value))
    # Of the longest records some paths must do: each edit reads all of it.
    for number, path in enumerate(every[:: len(every) // 30 + 1]):
        old = at(value, path)
        if isinstance(old, dict):
            check(text, value, Put((*path, "new"), "what: is new"))
        elif isinstance(old, list):
            check(text, value, Append(path, ENTRY))
        else:
            check(text, value, Put(path, (f"{record} is new", "One.\nTwo: 2\n", 5, ["a", {"b": "c\nd"}])[number % 4]))
        if path:
            check(text, value, Drop(path))


@pytest.mark.parametrize(("record", "text"), [pytest.param(*each, id=each[0]) for each in sample()])
def test_an_edit_and_its_opposite_leave_no_trace_in_the_sample(record: str, text: str) -> None:
    data = text.encode()
    value = read_document(f"{record}.yaml", data).value
    there = splice(data, [Put(("new", "a"), 1), Append(("new_list",), ENTRY)], ORDER)
    assert splice(there, [Drop(("new", "a")), Drop(("new_list", 0))], ORDER) == data
    if "timeline" in value:
        longer = splice(data, [Append(("timeline",), ENTRY)], ORDER)
        assert "\n  - {at: 2026-03-04T03:07:00+01:00, by: person:ana-costa, type: note, text: " in longer.decode()
        assert longer.startswith(data) or list(value)[-1] != "timeline"
        assert splice(longer, [Drop(("timeline", len(value["timeline"])))], ORDER) == data
