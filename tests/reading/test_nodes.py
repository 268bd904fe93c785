"""Node trees say where each value stands, whichever parser reads, and what stands there says that value."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.reading.document import read_document
from itsm_as_code.reading.events import YamlError
from itsm_as_code.reading.nodes import Node, read_nodes
from tests.reading.yaml_texts import Path, Tree, yaml_texts


def nodes(text: str, *, pure: bool = False) -> Mapping[Path, Node]:
    root = read_nodes(text, pure=pure)
    assert root is not None
    return dict(walked(root, ()))


def walked(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    yield path, node
    for name, each in (node.fields or {}).items():
        yield from walked(each.value, (*path, name))
    for position, item in enumerate(node.items or ()):
        yield from walked(item, (*path, position))


def plain(node: Node) -> object:
    if node.fields is not None:
        return {name: plain(each.value) for name, each in node.fields.items()}
    return [plain(item) for item in node.items] if node.items is not None else node.value


@given(yaml_texts(), st.sampled_from(["\n", "\r\n"]))
def test_both_parsers_give_one_tree_that_says_what_the_reader_reads(
    written: tuple[str, Tree, Mapping[Path, str]], line_end: str
) -> None:
    text = written[0].replace("\n", line_end)
    document = read_document("x.yaml", text.encode())
    tree = read_nodes(text)
    if read_document("x.yaml", text.encode(), pure=True).readable:
        # It takes fewer tabs.
        assert tree == read_nodes(text, pure=True)
    assert tree is not None
    assert plain(tree) == document.value
    for node in nodes(text).values():
        assert node.line == text.count("\n", 0, node.start) + 1
        assert node.column == node.start - text.rfind("\n", 0, node.start)


TEXT = """\
# é😀
title: Größe 😀 # why
"quoted": 'it''s'
more: "a
  b"
plain: one
  two
text: |+
  keeps

folded: >-  # header
  folded

  text

list:
  - {at: 1, "t": x, u: }
  - - 1
  -
flow: [1, # one
  a: b, {c}]
? explicit
: value
none:  # nothing
last: |
  x

"""


@pytest.mark.parametrize(
    ("path", "text", "style"),
    [
        (("title",), "Größe 😀", "plain"),
        (("quoted",), "'it''s'", "single"),
        (("more",), '"a\n  b"', "double"),
        (("plain",), "one\n  two", "plain"),
        (("text",), "|+\n  keeps\n\n", "literal"),
        (("folded",), ">-  # header\n  folded\n\n  text\n", "folded"),
        (("list",), '- {at: 1, "t": x, u: }\n  - - 1\n  -', "block"),
        (("list", 0), '{at: 1, "t": x, u: }', "flow"),
        (("list", 0, "u"), "", "plain"),
        (("list", 1), "- 1", "block"),
        (("list", 2), "", "plain"),
        (("flow",), "[1, # one\n  a: b, {c}]", "flow"),
        (("flow", 1), "a: b", "flow"),
        (("flow", 2, "c"), "", "plain"),
        (("explicit",), "value", "plain"),
        (("none",), "", "plain"),
        (("last",), "|\n  x\n", "literal"),
    ],
)
def test_where_a_value_stands(path: Path, text: str, style: str) -> None:
    node = nodes(TEXT)[path]
    assert (TEXT[node.start : node.end], node.style) == (text, style)


def test_what_is_not_written_stands_behind_its_colon() -> None:
    found = nodes(TEXT)
    assert TEXT[: found["none",].start].endswith("none:")
    assert TEXT[: found["list", 0, "u"].start].endswith("u:")
    assert TEXT[: found["flow", 2, "c"].start].endswith("{c")
    assert (found["none",].line, found["none",].column) == (24, 6)


def test_what_has_no_tree() -> None:
    assert read_nodes("# nothing\n") is None
    with pytest.raises(ValueError, match="alias"):
        read_nodes("a: &x 1\nb: *x\n")
    with pytest.raises(ValueError, match="too deep"):
        read_nodes("a: " + "[" * 60 + "]" * 60)
    with pytest.raises(YamlError):
        read_nodes("a: [")
