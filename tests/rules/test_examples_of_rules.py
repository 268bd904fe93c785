"""Every rule's page is its test: lint finds the marked lines of the wrong example and nothing in the right one."""

from collections.abc import Sequence

import pytest

from itsm_as_code.rules.catalogue import Rule, discover
from itsm_as_code.rules.engine import check, lint
from itsm_as_code.rules.reference import ExampleFile, read_page
from itsm_as_code.snapshot.load import load
from tests.support import ExampleSource

RULES = discover()


def _found(rule: Rule, files: Sequence[ExampleFile]) -> list[tuple[str, int, str]]:
    """Return what lint finds, and for a rule that depends on the time what check finds as of the page's moment."""
    snapshot = load(ExampleSource(files))
    as_of = read_page(rule.doc).as_of
    assert (as_of is not None) == rule.timed
    findings = [*lint(snapshot), *(check(snapshot, as_of) if as_of is not None else ())]
    return [(found.place.file, found.place.line, found.rule) for found in findings if found.waiver is None]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_wrong_example_gives_the_marked_lines(rule: Rule) -> None:
    wrong = read_page(rule.doc).wrong
    marked = sorted((file.path, line, rule.id) for file in wrong for line in file.marked)
    assert marked
    assert _found(rule, wrong) == marked


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_right_example_gives_nothing(rule: Rule) -> None:
    right = read_page(rule.doc).right
    assert right
    assert not any(file.marked for file in right)
    assert _found(rule, right) == []
