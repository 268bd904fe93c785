"""New changes that are made from a template: what they take from it, and what a person says instead."""

from random import Random

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.rules.engine import lint
from itsm_as_code.scaffold.new import Wish, plan_record
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from tests.scaffold.test_scaffold_new import NOW

TEMPLATE = "template=change-template:restart"
FILES = {
    "records/people/alice.yaml": "name: Alice\n",
    "records/teams/dba.yaml": "name: DBA\n",
    "records/cis/db-01.yaml": "title: Database\nclass: database\nowner: team:dba\nstate: operational\n",
    "records/cis/db-02.yaml": "title: Database\nclass: database\nowner: team:dba\nstate: operational\n",
    "records/change-templates/restart.yaml": (
        "title: Restart a database\nowner: team:dba\nstate: approved\nversion: 1\nreview_on: 2026-12-01\n"
        "defaults:\n  title: Restart it\n  reason: It leaks.\n  cis: [ci:db-01]\n"
        "  assignment: {team: team:dba}\n  risk: {impact: low, likelihood: low}\n"
        "  plans:\n    backout: [{do: Start the old one., minutes: 5}]\n"
        "locked: [plans.backout]\n"
    ),
}


def planned(*settings: str, title: str = "", kind: str = "change") -> dict[str, object]:
    """Return the fields of the change that is written, of which lint has nothing to say."""
    wish = Wish(title, settings, "person:alice")
    record = plan_record(load(MemorySource(FILES)), kind, wish, NOW, Random(1))  # noqa: S311 - the same id in every run
    snapshot = load(MemorySource({**FILES, record.path: record.text}))
    assert [finding for finding in lint(snapshot) if finding.severity == "error"] == []
    return dict(snapshot.records[record.address].fields)


def test_what_is_not_said_is_the_templates() -> None:
    fields = planned(TEMPLATE)
    assert (fields["type"], fields["title"], fields["reason"]) == ("standard", "Restart it", "It leaks.")
    assert fields["cis"] == ["ci:db-01"]
    assert fields["plans"] == {"backout": [{"do": "Start the old one.", "minutes": 5}]}


def test_what_is_said_stands() -> None:
    fields = planned(
        TEMPLATE, "cis=ci:db-02", "assignment.person=person:alice", "plans.test=By night.", title="Restart the second"
    )
    assert (fields["title"], fields["cis"]) == ("Restart the second", ["ci:db-02"])
    assert fields["assignment"] == {"team": "team:dba", "person": "person:alice"}
    assert fields["plans"] == {"backout": [{"do": "Start the old one.", "minutes": 5}], "test": "By night."}


def test_a_template_goes_by_its_name() -> None:
    assert planned("template=restart") == planned(TEMPLATE)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("change-template:restrat", "there is no change-template .* .did you mean change-template:restart"),
        ("ci:db-01", "ci:db-01 is a configuration item"),
    ],
)
def test_what_is_no_template_gives_nothing(template: str, words: str) -> None:
    with pytest.raises(ItsmError, match=words):
        planned(f"template={template}")
