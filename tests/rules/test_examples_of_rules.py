"""Every rule's page is its test: lint finds the marked lines of the wrong example and nothing in the right one."""

from collections.abc import Sequence

import pytest

from itsm_as_code.model.commit import Commit
from itsm_as_code.model.finding import Finding
from itsm_as_code.rules.catalogue import Rule, discover
from itsm_as_code.rules.engine import check, lint, lint_both, lint_step
from itsm_as_code.rules.reference import ExampleFile, read_page
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.step import Step
from tests.support import ExampleSource

RULES = discover()
STEP_RULES = {name: rule for name, rule in RULES.items() if rule.of_steps}


def _step(rule: Rule, files: Sequence[ExampleFile], commits: Sequence[Commit] | None) -> Step:
    before = read_page(rule.doc).before
    assert before is not None
    return Step(load(ExampleSource(before)), load(ExampleSource(files)), commits)


def _findings(rule: Rule, files: Sequence[ExampleFile]) -> Sequence[Finding]:
    """Return what lint finds, and for a rule that depends on the time what check finds as of the page's moment."""
    page = read_page(rule.doc)
    assert (page.as_of is not None) == rule.timed
    assert (page.before is not None) == rule.of_steps
    if rule.of_steps:
        # What the wrong end of a step does besides, such as breaking links, is no matter of this page.
        return lint_step(_step(rule, files, page.wrong_commits))
    snapshot = load(ExampleSource(files))
    return [*lint(snapshot), *(check(snapshot, page.as_of) if page.as_of is not None else ())]


def _places(findings: Sequence[Finding]) -> list[tuple[str, int, str]]:
    return [(found.place.file, found.place.line, found.rule) for found in findings if found.counts]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_wrong_example_gives_the_marked_lines(rule: Rule) -> None:
    wrong = read_page(rule.doc).wrong
    marked = sorted((file.path, line, rule.id) for file in wrong for line in file.marked)
    assert marked
    assert _places(_findings(rule, wrong)) == marked


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_right_example_gives_nothing(rule: Rule) -> None:
    page = read_page(rule.doc)
    assert page.right
    assert not any(file.marked for file in page.right)
    if rule.of_steps:
        assert _places(lint_both(_step(rule, page.right, page.right_commits))) == []
    else:
        assert _places(_findings(rule, page.right)) == []


@pytest.mark.parametrize("rule", STEP_RULES.values(), ids=STEP_RULES.keys())
def test_a_step_begins_where_nothing_is_wrong(rule: Rule) -> None:
    before = read_page(rule.doc).before
    assert before
    assert _places(lint(load(ExampleSource(before)))) == []
