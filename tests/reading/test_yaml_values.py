"""Values are what an independent parser of YAML 1.2 reads, and every mark points at the text of its key."""

import json
from collections.abc import Iterator, Mapping

import yaml12
from hypothesis import example, given
from hypothesis import strategies as st

from itsm_as_code.reading.document import Document, read_document
from tests.reading.yaml_texts import Path, Tree, yaml_texts

FILE = "records/cis/x.yaml"
PIECES = [
    *"ab:-[]{}#&*!|>'\"%@`\n\t ,?1.~\\_=é😀",
    *("\n  ", "\n- ", "\n ", ": ", "a: ", "- ", "b:\n  ", " #", "|\n  ", ">-\n   ", "|2\n", '"\n ', "\\n"),
    *("true", "null", "0", "---", "..."),
]
OPENINGS = st.sampled_from(["", "k: ", "k:\n  - ", "k: [", "k: {a: ", 'k: "', "a:\n  b: ", "a: |\n  x\n"])
TEXTS = st.tuples(OPENINGS, st.lists(st.sampled_from(PIECES), max_size=16).map("".join)).map("".join)


def comparable(value: object) -> str:
    """Return a value as JSON, so that 1, 1.0 and true differ."""
    return json.dumps(value, sort_keys=True, default=repr)


def others_read(text: str) -> str | None:
    """Return what yaml12 reads, comparable; None where it refuses the text.

    A text without a last line end is given one: without it yaml12 counts a last line of spaces in a block twice.
    """
    try:
        return comparable(yaml12.parse_yaml(text if text.endswith("\n") else text + "\n"))
    except ValueError:
        return None


def paths(value: object, path: Path = ()) -> Iterator[Path]:
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for step, node in inner:
        yield (*path, step)
        yield from paths(node, (*path, step))


def key_texts(text: str, document: Document) -> Iterator[tuple[Path, str]]:
    """Yield each field's path and the text that its key's mark points at, to the end of the line."""
    lines = text.removeprefix("\ufeff").split("\n")
    located = document.marks.locate(document.value)
    for path in paths(document.value):
        if isinstance(path[-1], str):
            line, column = located.mark(path, at_key=True)
            yield path, lines[line - 1][column - 1 :]


@given(yaml_texts(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_every_style_is_read_as_what_was_meant(
    written: tuple[str, Tree, Mapping[Path, str]], line_end: str, start: str
) -> None:
    text, tree, keys = written
    text = start + text.replace("\n", line_end)
    document = read_document(FILE, text.encode())
    assert [fault.message for fault in document.faults if fault.rule != "not-utf8"] == []
    assert comparable(document.value) == comparable(tree)
    found = dict(key_texts(text, document))
    assert found.keys() == keys.keys()
    for path, key in keys.items():
        assert found[path].startswith(key)


@given(TEXTS)
@example("k: [?x]")
@example("k: |\n  x\n   ")
def test_what_both_read_they_read_alike(text: str) -> None:
    document = read_document(FILE, text.encode())
    theirs = None if document.faults else others_read(text)
    if theirs is not None:
        # To yaml12 a block of text that holds nothing is a line end; 8.1.1.2 of the specification has it empty.
        assert theirs in (comparable(document.value), comparable(document.value).replace('""', '"\\n"'))


@given(TEXTS)
def test_every_key_stands_where_its_mark_points(text: str) -> None:
    document = read_document(FILE, text.encode())
    for path, found in key_texts(text, document) if document.readable else ():
        # A name in brackets or after `? ` may be text of any style, over many lines.
        assert found.startswith((str(path[-1]).split("\n")[0].split(" ")[0], '"', "'", "|", ">"))
