"""What a new record takes over from those that it follows from."""

from collections.abc import Sequence
from random import Random

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.times import parse_time
from itsm_as_code.rules.engine import lint
from itsm_as_code.scaffold.new import NewRecord, Wish, plan_record
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from tests.support import GitRepo, RunItsm

CREATED = "timeline:\n  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}\n"
FILES = {
    "records/people/alice.yaml": "name: Alice\n",
    "records/teams/web.yaml": "name: Web\nmembers: [person:alice]\n",
    "records/services/shop.yaml": "title: Shop\nowner: team:web\ntier: 2\nstate: live\n",
    "records/services/site.yaml": "title: Site\nowner: team:web\ntier: 2\nstate: live\n",
    "records/cis/web-01.yaml": "title: web-01\nclass: vm\nowner: team:web\nstate: operational\n",
    "records/cis/web-02.yaml": "title: web-02\nclass: vm\nowner: team:web\nstate: operational\n",
    "records/incidents/2026/INC-20260304-aaaa.yaml": (
        "title: Checkout is slow\nimpact: medium\nurgency: low\nservices: [service:shop]\n"
        "cis: [{ci: ci:web-01, role: suspected}, {ci: ci:web-02, role: not-impacted}]\n"
        "assignment: {team: team:web, person: person:alice}\n" + CREATED
    ),
    "records/incidents/2026/INC-20260304-bbbb.yaml": (
        "title: Site is slow\nimpact: high\nurgency: low\nservices: [service:shop, service:site]\n"
        "cis: [{ci: ci:web-01}, {ci: ci:web-02}]\n" + CREATED
    ),
    "records/problems/2026/PRB-20260304-aaaa.yaml": (
        "title: Web servers run out of memory\ndescription: Both slow down, then stop.\nservices: [service:shop]\n"
        "cis: [{ci: ci:web-01, role: cause}]\nworkaround: Restart them.\nincidents: [INC-20260304-aaaa]\n"
        "root_cause: {statement: A leak in the image cache.}\n" + CREATED
    ),
    "records/change-templates/restart.yaml": (
        "title: Restart a web server\nstate: approved\nowner: team:web\nversion: 1\n"
        "defaults: {title: Restart, reason: It helps., cis: [ci:web-01]}\n"
    ),
    "records/catalog/laptop.yaml": "title: A laptop\nstate: active\nowner: team:web\n",
}


def made(kind: str, *sources: str, title: str = "", settings: Sequence[str] = ()) -> NewRecord:
    snapshot = load(MemorySource(FILES))
    now = parse_time("2026-03-10T09:00:00+01:00")
    assert now is not None
    wish = Wish(title, settings, "alice", sources=[snapshot.records[source] for source in sources])
    record = plan_record(snapshot, kind, wish, now, Random(1))  # noqa: S311 - no secrets
    head = load(MemorySource({**FILES, record.path: record.text}))
    assert [found for found in lint(head) if found.place.file == record.path and found.severity == "error"] == []
    return record


def fields(record: NewRecord) -> dict[str, object]:
    held = load(MemorySource({**FILES, record.path: record.text})).records[record.address].fields
    return {name: value for name, value in held.items() if name != "timeline"}


def test_a_problem_from_incidents() -> None:
    assert fields(made("problem", "INC-20260304-aaaa", "INC-20260304-bbbb")) == {
        "title": "Checkout is slow",
        "origin": "reactive",
        "incidents": ["INC-20260304-aaaa", "INC-20260304-bbbb"],
        "impact": "high",
        "urgency": "low",
        "services": ["service:shop", "service:site"],
        "cis": [{"ci": "ci:web-01", "role": "suspected"}, {"ci": "ci:web-02", "role": "affected"}],
        "assignment": {"team": "team:web", "person": "person:alice"},
    }


def test_a_known_error_from_a_problem() -> None:
    assert fields(made("known-error", "PRB-20260304-aaaa")) == {
        "title": "Web servers run out of memory",
        "problem": "PRB-20260304-aaaa",
        "symptoms": "Both slow down, then stop.",
        "workaround": "Restart them.",
        "cis": ["ci:web-01"],
    }


def test_a_change_from_a_problem() -> None:
    assert fields(made("change", "PRB-20260304-aaaa")) == {
        "title": "Web servers run out of memory",
        "type": "normal",
        "reason": "A leak in the image cache.",
        "fixes": ["PRB-20260304-aaaa"],
        "services": ["service:shop"],
        "cis": ["ci:web-01"],
    }


def test_a_change_from_its_template() -> None:
    found = fields(made("change", "change-template:restart", title="Restart web-01"))
    assert (found["type"], found["template"], found["title"]) == (
        "standard",
        "change-template:restart",
        "Restart web-01",
    )
    assert found["reason"] == "It helps."


def test_a_request_from_a_catalogue_item() -> None:
    found = fields(made("request", "catalog-item:laptop", settings=["requested_by=person:alice"]))
    assert (found["item"], found["title"]) == ("catalog-item:laptop", "A laptop")


def test_what_is_said_goes_before_what_is_carried_over() -> None:
    found = fields(
        made("change", "INC-20260304-aaaa", title="More memory", settings=["type=emergency", "cis=ci:web-02"])
    )
    assert (found["title"], found["type"], found["cis"]) == ("More memory", "emergency", ["ci:web-02"])
    assert found["fixes"] == ["INC-20260304-aaaa"]


@pytest.mark.parametrize(
    ("kind", "sources", "words"),
    [
        ("known-error", ["INC-20260304-aaaa"], "no known error is made from an incident"),
        ("ci", ["INC-20260304-aaaa"], "give its fields with --set"),
        ("change", ["INC-20260304-aaaa", "PRB-20260304-aaaa"], "records of different kinds: incident, problem"),
        ("known-error", ["PRB-20260304-aaaa", "PRB-20260304-aaaa"], "is made from one problem"),
    ],
)
def test_what_follows_from_nothing_is_refused(kind: str, sources: Sequence[str], words: str) -> None:
    with pytest.raises(ItsmError) as raised:
        made(kind, *sources, title="A thing", settings=["class=vm"] if kind == "ci" else [])
    assert words in str(raised.value)


def test_an_id_on_another_branch_is_taken(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    git_repo.commit({"itsm.yaml": "format: 1\n", **FILES})
    git_repo.git("checkout", "-q", "-b", "side")
    git_repo.commit({"records/cis/web-03.yaml": "title: web-03\nclass: vm\nowner: team:web\n"})
    git_repo.git("checkout", "-q", "main")
    arguments = ["new", "ci", "--title", "web-03", "--set", "class=vm", "--set", "owner=team:web"]
    taken = run_itsm(*arguments, "--id", "web-03", cwd=git_repo.root)
    assert (taken.exit_code, "ci:web-03 exists already, on another branch" in taken.stderr) == (2, True)
    free = run_itsm(*arguments, cwd=git_repo.root)
    assert free.stdout == "records/cis/web-03-2.yaml\n"


def test_a_record_may_be_shown_first_and_committed(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    git_repo.commit({"itsm.yaml": "format: 1\n", **FILES})
    git_repo.git("config", "user.email", "alice@example.org")
    git_repo.git("config", "user.name", "Alice")
    arguments = ["new", "problem", "--from", "INC-20260304-aaaa", "--as", "alice"]
    shown = run_itsm(*arguments, "--dry-run", cwd=git_repo.root)
    assert "+incidents:\n+  - INC-20260304-aaaa\n" in shown.stdout
    assert git_repo.git("status", "--short") == ""
    run = run_itsm(*arguments, "--commit", cwd=git_repo.root)
    assert run.exit_code == 0, run.stderr
    assert git_repo.git("status", "--short") == ""
    assert ": Checkout is slow" in git_repo.git("log", "-1", "--format=%s")
