"""What a plan's commit holds and says."""

from datetime import datetime

import pytest

from itsm_as_code.editing.commit import commit, message, prepare
from itsm_as_code.editing.plan import FileEdit, Plan
from tests.support import GitRepo

NOW = datetime.fromisoformat("2026-03-04T03:07:00+01:00")
RECORD = "records/incidents/2026/INC-20260304-k7qz.yaml"
ENTRY = "records/incidents/2026/INC-20260304-k7qz.d/20260304T020700Z-k7qz.yaml"


@pytest.fixture
def repo(git_repo: GitRepo) -> GitRepo:
    git_repo.git("config", "user.name", "Alice")
    git_repo.git("config", "user.email", "alice@example.org")
    git_repo.commit({"itsm.yaml": "format: 1\n"})
    return git_repo


def carried_out(repo: GitRepo, *edits: FileEdit) -> tuple[str, tuple[str, ...]]:
    plan = Plan(edits, ("said",), "INC-20260304-k7qz: note", ("INC-20260304-k7qz",))
    intent = prepare(repo.root, plan)
    repo.write({edit.path: edit.after for edit in edits if edit.after is not None})
    return commit(intent, NOW), intent.along


def files(repo: GitRepo) -> list[str]:
    return repo.git("show", "--name-only", "--format=").split()


def test_an_entry_takes_its_record_along_that_was_never_committed(repo: GitRepo) -> None:
    repo.write({RECORD: "title: Slow\n", "records/cis/other.yaml": "title: Other\n"})
    id_, along = carried_out(repo, FileEdit(ENTRY, None, b"type: note\n"))
    assert repo.git("rev-parse", "HEAD").startswith(id_)
    assert files(repo) == [ENTRY, RECORD]
    assert along == (RECORD,)
    assert repo.git("log", "-1", "--format=%B") == "INC-20260304-k7qz: note\n\nItsm-Record: INC-20260304-k7qz\n\n"


def test_an_entry_leaves_its_record_alone_that_is_edited_otherwise(repo: GitRepo) -> None:
    repo.commit({RECORD: "title: Slow\n"})
    repo.write({RECORD: "title: Slower\n"})
    assert carried_out(repo, FileEdit(ENTRY, None, b"type: note\n"))[1] == ()
    assert files(repo) == [ENTRY]


def test_what_was_edited_before_in_the_same_file_is_told(repo: GitRepo) -> None:
    repo.commit({RECORD: "title: Slow\n"})
    repo.write({RECORD: "title: Slower\n"})
    assert carried_out(repo, FileEdit(RECORD, b"title: Slower\n", b"title: Slowest\n"))[1] == (RECORD,)
    assert repo.git("status", "--porcelain") == ""


def test_the_message() -> None:
    assert message("a\n b", "", []) == "a b\n"
    assert message("a", "body\n", ["ci:x", "ci:y", "ci:x"]) == "a\n\nbody\n\nItsm-Record: ci:x\nItsm-Record: ci:y\n"
