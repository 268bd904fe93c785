"""What each rule says of its page's wrong example, as a terminal of 100 columns shows it: one golden a group."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

import pytest

from itsm_as_code.model.finding import Finding
from itsm_as_code.reporters.terminal import Look
from itsm_as_code.reporters.text import report
from itsm_as_code.rules.catalogue import Rule, discover
from itsm_as_code.rules.engine import check, lint, lint_step
from itsm_as_code.rules.reference import read_page
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.step import Step
from tests.support import ExampleSource

TERMINAL = Look(100, colour=False)
LONGEST = 200
"""Letters of a message: two lines of the terminal."""
RULES = sorted(discover().values(), key=lambda rule: (rule.group, rule.id))
GROUPS: Mapping[str, Sequence[Rule]] = {group: list(rules) for group, rules in groupby(RULES, lambda rule: rule.group)}
ADVICE = re.compile(r"; \w|\(did you mean |^put |: write |\bmust be |\bis not an? \S.* such as ")
"""How a message says what to do."""
OF_THE_CODE = frozenset({"None", "True", "False", "snapshot", "envelope", "dict", "NoneType", "schema", "regex"})


def _found(rule: Rule) -> tuple[Sequence[Finding], Mapping[str, bytes]]:
    """Return what the rule finds in its wrong example, and the texts of that."""
    page = read_page(rule.doc)
    snapshot = load(ExampleSource(page.wrong))
    texts = snapshot.texts
    if page.before is not None:
        base = load(ExampleSource(page.before))
        findings, texts = lint_step(Step(base, snapshot, page.wrong_commits)), {**base.texts, **texts}
    else:
        findings = lint(snapshot) if page.as_of is None else check(snapshot, page.as_of)
    return [finding for finding in findings if finding.rule == rule.id and finding.waiver is None], texts


def _shown(rule: Rule) -> str:
    findings, texts = _found(rule)
    nothing = {"records": 0, "errors": 0, "warnings": 0, "waived": 0}
    return report(findings, nothing, texts, TERMINAL).rstrip("\n").rpartition("\n")[0] + "\n"


@pytest.mark.parametrize("group", GROUPS)
def test_every_rule_of_a_group_as_a_terminal_shows_it(group: str, golden: Callable[[str, str], None]) -> None:
    shown = {rule.id: _shown(rule) for rule in GROUPS[group]}
    for rule, text in shown.items():
        assert re.search(rf" {rule}\s", text)
    golden(f"messages/rules-{group}.txt", "\n".join(shown.values()))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_message_says_what_to_do_in_one_short_line(rule: Rule) -> None:
    for finding in _found(rule)[0]:
        words = finding.message
        assert words.isprintable()
        assert len(words) <= LONGEST
        assert not words.endswith((".", ";", ",", " "))
        assert ADVICE.search(words), words
        assert not OF_THE_CODE & set(re.findall(r"\w+", words))
