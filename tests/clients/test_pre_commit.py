"""The hook for pre-commit, installed from a clone of this repository into a repository of records."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import GitRepo

pytestmark = pytest.mark.clients

ROOT = Path(__file__).parents[2]
PIP_TAKES = 600
"""Seconds after which an installation has hung."""

RECORDS = {
    "itsm.yaml": "format: 1\norganisation: {name: ACME}\n",
    "records/teams/web.yaml": "name: Web team\n",
    "records/services/shop.yaml": "title: Web shop\nowner: team:web\ntier: 1\n",
}
CONFIG = "repos:\n  - repo: {clone}\n    rev: {commit}\n    hooks:\n      - id: itsm-lint\n"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clone of this repository, which is what `repo` names in a configuration."""
    folder = tmp_path_factory.mktemp("clone") / "itsm-as-code"
    subprocess.run(["git", "clone", "-q", "--no-local", str(ROOT), str(folder)], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where pre-commit keeps what it has installed, for all tests of this module."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def records(git_repo: GitRepo, clone: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    """Return a repository of good records with the hook installed."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(store))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    commit = GitRepo(clone).git("rev-parse", "HEAD").strip()
    git_repo.commit({**RECORDS, ".pre-commit-config.yaml": CONFIG.format(clone=clone, commit=commit)})
    run(git_repo, sys.executable, "-m", "pre_commit", "install", "--install-hooks")
    return git_repo


def run(repo: GitRepo, *command: str, code: int = 0) -> str:
    done = subprocess.run(
        command, cwd=repo.root, text=True, timeout=PIP_TAKES, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert done.returncode == code, done.stdout
    return done.stdout


def commit(repo: GitRepo, *arguments: str, code: int = 0) -> str:
    author = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    return run(repo, "git", *author, "commit", "-m", "records", *arguments, code=code)


def test_all_files_of_good_records_pass(records: GitRepo) -> None:
    assert "itsm lint" in run(records, sys.executable, "-m", "pre_commit", "run", "--all-files")


def test_a_commit_of_a_bad_record_is_refused_with_its_finding(records: GitRepo) -> None:
    before = records.git("rev-parse", "HEAD")
    records.write({"records/services/mail.yaml": "title: Mail\nowner: team:wbe\ntier: 1\n"})
    records.git("add", "-A")
    said = commit(records, code=1)
    assert "records/services/mail.yaml:2:8 error dangling-link team:wbe does not exist (did you mean team:web?)" in said
    assert records.git("rev-parse", "HEAD") == before
    records.write({"records/services/mail.yaml": "title: Mail\nowner: team:web\ntier: 1\n"})
    records.git("add", "-A")
    commit(records)
    assert records.git("rev-parse", "HEAD") != before


def test_a_commit_that_only_deletes_may_break_a_link(records: GitRepo) -> None:
    records.git("rm", "-q", "records/teams/web.yaml")
    said = commit(records, code=1)
    assert "records/services/shop.yaml:2:8 error dangling-link team:web does not exist" in said


def test_what_is_not_in_the_commit_does_not_count(records: GitRepo) -> None:
    records.write({"records/services/half.yaml": "title: Half\nowner: nobody\n", "README.md": "Records\n"})
    records.git("add", "README.md")
    commit(records)
    # A link to a record that was forgotten is broken for everybody else.
    records.write({"records/teams/mail.yaml": "name: Mail team\n"})
    records.write({"records/services/mail.yaml": "title: Mail\nowner: team:mail\ntier: 1\n"})
    records.git("add", "records/services/mail.yaml")
    assert "team:mail does not exist" in commit(records, code=1)


def test_a_commit_of_named_files_is_judged_without_the_others(records: GitRepo) -> None:
    records.write({"records/services/half.yaml": "title: Half\nowner: nobody\n", "README.md": "Records\n"})
    records.git("add", "-A")
    commit(records, "README.md")
    commit(records, code=1)
