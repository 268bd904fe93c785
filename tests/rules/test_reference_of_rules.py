"""The rules' pages: read from docstrings, rendered, and kept in docs/rules/."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from itsm_as_code import resources
from itsm_as_code.rules.catalogue import discover
from itsm_as_code.rules.reference import ExampleFile, read_page, render_reference

COMMITTED = Path(__file__).parents[2] / "docs" / "rules"

DOC = r"""A title.

Why it matters.

Wrong:

```yaml
# records/people/a.yaml
name: A
# records/people/b.yaml
name: B
name: C  # <- fault
```

```json
# schemas/room.schema.json
{}
```

Right:

```yaml escapes
# records/people/b.yaml
name: \xff\u2028\t«ab×3»
```
"""


def test_committed_pages_are_the_generated_ones() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in COMMITTED.glob("*.md")}
    assert committed == dict(render_reference(discover())), "run: make reference"


def test_examples_are_read_with_marks_and_escapes() -> None:
    page = read_page(DOC)
    people = ExampleFile("records/people/a.yaml", b"# records/people/a.yaml\nname: A\n", (), frozenset())
    schema = ExampleFile("schemas/room.schema.json", b"{}\n", (), frozenset())
    wrong = ExampleFile("records/people/b.yaml", b"# records/people/b.yaml\nname: B\nname: C\n", (3,), frozenset())
    right_data = b"# records/people/b.yaml\nname: \xff\xe2\x80\xa8\tababab\n"
    right = ExampleFile("records/people/b.yaml", right_data, (), frozenset({"escapes"}))
    assert page.title == "A title."
    assert page.why == "Why it matters."
    assert sorted(page.wrong, key=lambda file: file.path) == [people, wrong, schema]
    assert sorted(page.right, key=lambda file: file.path) == [people, right, schema]


def test_the_moment_of_a_page_is_read() -> None:
    timed = DOC.replace("Wrong:\n\n", "Wrong:\n\nAs of: 2026-03-10T09:00:00+01:00\n\n")
    assert read_page(timed).as_of == datetime.fromisoformat("2026-03-10T09:00:00+01:00")
    assert read_page(timed).wrong == read_page(DOC).wrong
    assert read_page(DOC).as_of is None
    with pytest.raises(ValueError, match="not noon"):
        read_page(DOC.replace("Wrong:\n\n", "Wrong:\n\nAs of: noon\n\n"))


def test_every_group_of_rules_has_a_title() -> None:
    index = render_reference(discover())["README.md"]
    assert [line for line in index.splitlines() if line.startswith("## ") and ("_" in line or line[3].islower())] == []


@pytest.mark.parametrize(
    "doc",
    ["A title.", DOC.replace("Right:", "Left:"), DOC.replace("# records/people/a.yaml\n", "")],
    ids=["no examples", "no right one", "a fence without a path"],
)
def test_incomplete_docstrings_are_refused(doc: str) -> None:
    with pytest.raises(ValueError, match="docstring"):
        read_page(doc)


def test_every_keyword_of_kind_schemas_has_a_page() -> None:
    meta = json.loads((resources.schemas() / "kind.meta.json").read_text(encoding="utf-8"))
    # These hold other schemas, or words for people, and find nothing by themselves.
    silent = {
        "$ref",
        "title",
        "description",
        "examples",
        "deprecated",
        "properties",
        "items",
        "allOf",
        "if",
        "then",
        "else",
    }
    told_as_unknown_field = {"additionalProperties", "propertyNames"}
    words = set(meta["$defs"]["field"]["properties"]) | set(meta["$defs"]["condition"]["properties"])
    keywords = {word for word in words - silent - told_as_unknown_field if not word.startswith(("x-", "$"))}
    pages = {
        "schema-" + "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in word)
        for word in keywords
    }
    assert pages <= set(discover())
