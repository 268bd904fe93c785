"""What `itsm lint --base` says of a branch in a real repository: authors and times of commits, and what is gone."""

import json

import pytest

from tests.support import GitRepo, RunItsm

INCIDENT = "records/incidents/2026/INC-20260301-k7qz.yaml"
ENTRY = "records/incidents/2026/INC-20260301-k7qz.d/20260301T115000Z-k7qz.yaml"
OPENED = """\
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-01T10:00:00Z, by: person:alice, type: created}
"""
FILES = {
    "itsm.yaml": "format: 1\n",
    INCIDENT: OPENED,
    "records/people/alice.yaml": "name: Alice\nemails: [alice@example.org]\n",
    # Whom the repository's commits are by.
    "records/people/test.yaml": "name: Test\nemails: [test@example.org]\n",
    "records/cis/web-01.yaml": "title: Web server\nclass: server\nstate: operational\nowner: person:alice\n",
}
NOTE = "at: 2026-03-01T11:50:00Z\nby: person:alice\ntype: note\ntext: It is the database.\n"


@pytest.fixture
def topic(git_repo: GitRepo) -> GitRepo:
    git_repo.commit(dict(FILES))
    git_repo.git("checkout", "-q", "-b", "topic")
    return git_repo


def lines(git_repo: GitRepo, run_itsm: RunItsm, *arguments: str) -> list[str]:
    return run_itsm("lint", "--base", "main", *arguments, cwd=git_repo.root).stdout.splitlines()


def test_who_made_an_entry_is_compared_with_who_committed_it(topic: GitRepo, run_itsm: RunItsm) -> None:
    topic.write({ENTRY: NOTE})
    # What is not committed is nobody's yet.
    assert lines(topic, run_itsm) == ["4 records, nothing to report"]
    topic.commit({})
    (finding, totals) = lines(topic, run_itsm)
    assert finding.startswith(f"{ENTRY}:2:5 error actor-mismatch person:alice made this entry, and person:test")
    assert totals == "4 records: 1 error, 0 warnings"
    topic.git("commit", "-q", "--amend", "-m", "note\n\nCo-authored-by: Alice <alice@example.org>")
    assert lines(topic, run_itsm) == ["4 records, nothing to report"]


def test_recorders_are_those_of_the_base(topic: GitRepo, run_itsm: RunItsm) -> None:
    settings = {"itsm.yaml": "format: 1\nrecorders: [person:test]\n"}
    topic.commit({ENTRY: NOTE, **settings})
    assert "actor-mismatch" in lines(topic, run_itsm)[0]
    topic.git("checkout", "-q", "main")
    topic.commit(dict(settings))
    topic.git("checkout", "-q", "-B", "topic")
    topic.commit({ENTRY: NOTE})
    assert lines(topic, run_itsm) == ["4 records, nothing to report"]


def test_an_entry_that_was_committed_late_is_a_warning(topic: GitRepo, run_itsm: RunItsm) -> None:
    late = NOTE.replace("alice", "test").replace("11:50", "10:50")
    topic.commit({ENTRY: late})
    (finding, totals) = lines(topic, run_itsm)
    assert finding.startswith(f"{ENTRY}:1:5 warning record-late 2026-03-01T10:50:00Z is long before 2026-03-01T12:00")
    assert totals == "4 records: 0 errors, 1 warning"
    topic.commit({ENTRY: f"{late}recorded_at: 2026-03-01T11:58:00Z\n"})
    assert lines(topic, run_itsm) == ["4 records, nothing to report"]


@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif", "junit"])
def test_what_is_gone_is_told_in_every_format(topic: GitRepo, run_itsm: RunItsm, format_: str) -> None:
    topic.git("rm", "-q", "records/cis/web-01.yaml")
    topic.commit({})
    run = run_itsm("lint", "--base", "main", "--format", format_, cwd=topic.root)
    assert run.exit_code == 1
    assert "ci:web-01 was deleted while operational" in run.stdout
    if format_ == "json":
        (finding,) = json.loads(run.stdout)["findings"]
        assert (finding["file"], finding["line"], finding["record"]) == ("records/cis/web-01.yaml", 1, "ci:web-01")
