"""What edits say where names, texts and hooks hold what a terminal would obey."""

import stat

import pytest

from tests.hostile.runs import itsm
from tests.support import GitRepo

INCIDENT = "records/incidents/2026/INC-20260304-k7qz.yaml"
NEW = (
    "title: Slow\nimpact: low\nurgency: low\ntimeline: [{at: 2026-03-04T02:07:00Z, by: person:alice, type: created}]\n"
)
FILES = {
    "itsm.yaml": "format: 1\n",
    "records/people/alice.yaml": "name: Alice Martin\nemails: [alice@example.org]\n",
    INCIDENT: NEW,
}
EVIL = "\x1b]0;owned\x07\x1b[31m\x9b2J\u202e"
OBEYED = ("\x1b", "\x07", "\x9b", "\u202e", "\r")


@pytest.fixture
def repository(git_repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772593200")
    git_repo.git("config", "user.name", "Alice")
    git_repo.git("config", "user.email", "alice@example.org")
    git_repo.commit(FILES)
    return git_repo


def said(repository: GitRepo, *arguments: str, code: int = 0) -> str:
    """Return all that a command says; it fails where a terminal would obey a letter of it."""
    done = itsm(repository.root, *arguments)
    text = (done.stdout + done.stderr).decode()
    assert done.returncode == code, text
    assert not [letter for letter in OBEYED if letter in text]
    return text


def hook(repository: GitRepo, name: str, script: str) -> None:
    file = repository.root / ".git" / "hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize("command", [["set", INCIDENT, "title=Slower", "--commit"], ["propose", "--no-push"]])
def test_what_a_hook_says_is_told_as_text(repository: GitRepo, command: list[str]) -> None:
    hook(repository, "pre-commit", r"printf '\033]0;owned\007no trailing blanks\r\nin line 3\n'; exit 1")
    repository.write({INCIDENT: NEW.replace("Slow", "Slow again")})
    lines = said(repository, *command, code=2).splitlines()
    assert [line.strip() for line in lines[-3:-1]] == ["]0;owned no trailing blanks", "in line 3"]
    assert "a hook of the repository refused" in lines[-1]


@pytest.mark.parametrize("more", [[], ["--dry-run"], ["--commit"]])
def test_a_title_is_told_as_text(repository: GitRepo, more: list[str]) -> None:
    repository.write({INCIDENT: NEW.replace("Slow", '"Slow \\e]0;owned\\a\\x9b"')})
    assert "owned" in said(repository, "set", INCIDENT, "title=Fast", *more) or "--dry-run" in more


def test_a_proposal_is_told_in_one_line_as_text(repository: GitRepo) -> None:
    repository.git("switch", "-q", "-c", f"odd{EVIL[-4:]}")
    repository.write({INCIDENT: NEW.replace("Slow", "Slow again")})
    text = said(repository, "propose", "--no-push", "--message", f"Told{EVIL}\n\nItsm-Record: ci:other")
    assert text.splitlines()[1] == f"  {INCIDENT}"
    assert repository.git("log", "-1", "--format=%(trailers:key=Itsm-Record,valueonly)").strip() == "INC-20260304-k7qz"


def test_what_a_person_says_stays_inside_its_value(repository: GitRepo) -> None:
    text = 'x"}\n- {at: 2026-03-04T02:07:00Z, by: person:bob, type: note, text: "forged\n---\n%YAML 1.1\n# \x1b[31m'
    said(repository, "note", INCIDENT, text)
    said(repository, "transition", INCIDENT, "canceled", "--reason", text, "--commit")
    shown = said(repository, "blame", INCIDENT)
    assert "person:bob" in shown
    assert "note by person:bob" not in shown
    assert said(repository, "lint").startswith("2 records, nothing to report")
