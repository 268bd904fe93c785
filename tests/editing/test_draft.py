"""Drafts: edits of plain values, and the splices that lead there."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.editing.draft import Draft
from itsm_as_code.writing.edits import Append, Drop, Put, strokes

FIELDS: dict[str, Any] = {
    "title": "Down",
    "assignment": {"team": "team:web"},
    "cis": [{"ci": "ci:a", "role": "cause"}, {"ci": "ci:b"}, {"ci": "ci:c"}],
    "tags": ["one"],
}


def test_a_draft_that_is_not_edited_needs_no_splice() -> None:
    draft = Draft(FIELDS)
    assert draft.fields == FIELDS
    assert draft.splices() == ()


def test_fields_are_put_where_they_are_or_are_to_be() -> None:
    draft = Draft(FIELDS)
    draft.put(("title",), "Up")
    draft.put(("assignment", "person"), "person:alice")
    draft.put(("resolution", "code"), "fixed")
    draft.put(("resolution", "notes"), "Restarted.")
    assert draft.splices() == (
        Put(("title",), "Up"),
        Put(("assignment", "person"), "person:alice"),
        Put(("resolution",), {"code": "fixed", "notes": "Restarted."}),
    )
    assert FIELDS["title"] == "Down"


def test_items_keep_their_positions_while_others_go() -> None:
    draft = Draft(FIELDS)
    draft.drop(("cis", 0))
    draft.put(("cis", 2, "role"), "affected")
    draft.drop(("cis", 1))
    draft.add(("cis",), {"ci": "ci:d"})
    assert list(draft.items(("cis",))) == [(2, {"ci": "ci:c", "role": "affected"}), (3, {"ci": "ci:d"})]
    assert draft.splices() == (
        Put(("cis", 2, "role"), "affected"),
        Drop(("cis", 1)),
        Drop(("cis", 0)),
        Append(("cis",), {"ci": "ci:d"}),
    )


def test_what_is_left_empty_goes() -> None:
    draft = Draft(FIELDS)
    draft.drop(("assignment", "team"))
    draft.drop(("tags", 0))
    draft.drop(("cis", 1, "ci"))
    draft.drop(("nothing", "there"))
    assert draft.splices() == (Drop(("cis", 1)), Drop(("assignment",)), Drop(("tags",)))


def test_a_list_that_was_emptied_is_filled_anew() -> None:
    draft = Draft(FIELDS)
    draft.drop(("tags", 0))
    draft.add(("tags",), "two")
    draft.add(("owners",), "team:web")
    assert draft.fields["tags"] == ["two"]
    assert result(FIELDS, draft) == {**FIELDS, "tags": ["two"], "owners": ["team:web"]}


@pytest.mark.parametrize(("old", "new"), [(1, True), (True, 1), ("1", 1), ([], ["a"]), ({}, {"a": 1}), (["a"], [])])
def test_values_of_another_type_are_other_values(old: Any, new: Any) -> None:  # noqa: ANN401 - any YAML value
    draft = Draft({"x": old})
    draft.put(("x",), new)
    assert result({"x": old}, draft) == {"x": new}
    assert type(result({"x": old}, draft)["x"]) is type(new)


def result(fields: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """Return what the splices of a draft make of the fields."""
    found = deepcopy(fields)
    for _ in strokes(found, draft.splices()):
        pass
    return found


VALUES = st.recursive(
    st.sampled_from(["a", "b", 1, True]),
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, min_size=1),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from("pqr"), VALUES), st.data())
def test_splices_lead_to_the_fields_of_the_draft(fields: dict[str, Any], data: st.DataObject) -> None:
    draft = Draft(fields)
    for _ in range(data.draw(st.integers(0, 4))):
        path = data.draw(st.sampled_from([*paths(draft), ("new",)]))
        what = data.draw(st.sampled_from(["put", "drop", "add"]))
        if what == "drop":
            draft.drop(path)
        elif what == "put":
            draft.put(path, data.draw(VALUES))
        elif isinstance(draft.at(path), list) or draft.at(path) is None:
            draft.add(path, data.draw(VALUES))
    assert result(fields, draft) == draft.fields


def paths(draft: Draft) -> list[tuple[str | int, ...]]:
    """Return the paths to everything in a draft."""
    found: list[tuple[str | int, ...]] = []
    waiting: list[tuple[str | int, ...]] = [(name,) for name in draft.fields]
    while waiting:
        path = waiting.pop()
        found.append(path)
        value = draft.at(path)
        if isinstance(value, dict):
            waiting += [(*path, name) for name in value]
        waiting += [(*path, position) for position, _ in draft.items(path)]
    return found
