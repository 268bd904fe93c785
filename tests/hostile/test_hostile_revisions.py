"""Repositories in a state that git seldom has: odd entries in the index and in trees, objects that are gone."""

import os
import subprocess
from pathlib import Path

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.revision import RevisionSource
from itsm_as_code.sources.worktree import WorktreeSource
from tests.hostile.runs import FILES, NEIGHBOUR, itsm, lint
from tests.support import GitRepo

TEAM = "name: Web team\n"
ALICE = "records/people/alice.yaml"


@pytest.fixture
def repository(git_repo: GitRepo) -> GitRepo:
    git_repo.commit(FILES)
    return git_repo


def blob(repository: GitRepo, text: str) -> str:
    (repository.root / "blob").write_text(text)
    return repository.git("hash-object", "-w", "blob").strip()


def tree(repository: GitRepo, *entries: tuple[str, str, str]) -> str:
    """Write a tree of modes, names and objects that git itself would refuse, and return it."""
    raw = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(object_) for mode, name, object_ in entries)
    (repository.root / "tree").write_bytes(raw)
    return repository.git("hash-object", "-w", "-t", "tree", "--literally", "tree").strip()


def commit_teams(repository: GitRepo, teams: str) -> str:
    """Return a commit of the settings and of one folder of teams."""
    settings = repository.git("rev-parse", "HEAD:itsm.yaml").strip()
    records = tree(repository, ("40000", "teams", teams))
    top = tree(repository, ("100644", "itsm.yaml", settings), ("40000", "records", records))
    return repository.git("commit-tree", top, "-m", "odd").strip()


def test_a_path_that_stands_thrice_in_the_index_is_read_once(repository: GitRepo) -> None:
    id_ = blob(repository, TEAM)
    repository.git("rm", "-q", "--cached", NEIGHBOUR)
    stages = "".join(f"100644 {id_} {stage}\t{NEIGHBOUR}\n" for stage in (1, 2, 3))
    command = ["git", "update-index", "--index-info"]
    subprocess.run(command, cwd=repository.root, input=stages.encode(), check=True)
    assert repository.git("ls-files", "--stage", NEIGHBOUR).count(NEIGHBOUR) == 3
    assert list(lint(repository.root)) == [NEIGHBOUR]


def test_flags_of_the_index_do_not_hide_what_is_on_disk(repository: GitRepo) -> None:
    repository.write({"records/teams/new.yaml": "name: New\nnonsense: 1\n", ALICE: "name: Alice\nnonsense: 1\n"})
    repository.git("add", "-N", "records/teams/new.yaml")
    repository.git("update-index", "--assume-unchanged", ALICE)
    assert set(lint(repository.root)) == {NEIGHBOUR, "records/teams/new.yaml", ALICE}
    assert set(lint(repository.root, "--rev", "HEAD")) == {NEIGHBOUR}


def test_a_tracked_file_may_be_gone_or_a_folder(repository: GitRepo) -> None:
    (repository.root / ALICE).unlink()
    assert set(lint(repository.root)) == {NEIGHBOUR}
    repository.write({f"{ALICE}/bob.yaml": "name: Bob\n"})
    found = lint(repository.root)
    assert found[ALICE] == [("unreadable-file", 1, 1)]
    assert found[f"{ALICE}/bob.yaml"] == [("id-path-mismatch", 1, 1)]


def test_a_tree_may_hold_any_name(repository: GitRepo) -> None:
    plain, odd = blob(repository, FILES[NEIGHBOUR]), blob(repository, TEAM)
    head = repository.git("rev-parse", "HEAD").strip()
    teams = tree(
        repository,
        ("100644", "..", odd),
        ("100644", "a\nb.yaml", odd),
        ("100644", "a\\b.yaml", odd),
        ("100755", "executable.yaml", odd),
        ("120000", "link.yaml", odd),
        ("160000", "repository.yaml", head),
        ("100644", "web.yaml", plain),
    )
    found = lint(repository.root, "--rev", commit_teams(repository, teams))
    assert {file.removeprefix("records/teams/"): [rule for rule, _, _ in places] for file, places in found.items()} == {
        "..": ["stray-file"],
        "a\\nb.yaml": ["id-path-mismatch"],
        "a\\b.yaml": ["id-path-mismatch"],
        "link.yaml": ["symlink"],
        "repository.yaml": ["submodule"],
        "web.yaml": ["unknown-field"],
    }


def test_of_a_huge_blob_only_the_beginning_is_kept(repository: GitRepo) -> None:
    repository.commit({"records/teams/huge.yaml": b"# " + b"x" * 40_000_000})
    source = RevisionSource(repository.root, "HEAD")
    paths = [entry.path for entry in source.entries()]
    sizes = {path: len(data) for path, data in source.read(paths)}
    assert sizes["records/teams/huge.yaml"] == 2 * 1024 * 1024
    assert sizes[NEIGHBOUR] == len(FILES[NEIGHBOUR])
    assert lint(repository.root, "--rev", "HEAD")["records/teams/huge.yaml"] == [("too-large", 1, 1)]
    assert lint(repository.root)["records/teams/huge.yaml"] == [("too-large", 1, 1)]


@pytest.mark.parametrize("damage", ["missing", "garbage"])
def test_an_object_that_cannot_be_read_is_one_line(repository: GitRepo, damage: str) -> None:
    id_ = repository.git("rev-parse", f"HEAD:{ALICE}").strip()
    file = repository.root / ".git/objects" / id_[:2] / id_[2:]
    file.unlink()
    if damage == "garbage":
        file.write_bytes(b"garbage")
    done = itsm(repository.root, "lint", "--rev", "HEAD")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert b"fetch the whole history" in done.stderr
    assert set(lint(repository.root)) == {NEIGHBOUR}


def test_a_damaged_index_is_one_line(repository: GitRepo) -> None:
    (repository.root / ".git/index").write_bytes(b"garbage\n")
    with pytest.raises(ItsmError, match="index file"):
        load(WorktreeSource(repository.root))


def test_without_a_head_every_file_counts(repository: GitRepo) -> None:
    (repository.root / ".git/HEAD").write_bytes(b"garbage\n")
    assert set(lint(repository.root)) == {NEIGHBOUR}


def test_a_folder_named_git_may_be_no_repository(tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / ".git").write_text("gitdir: /nowhere\n")
    assert set(lint(tmp_path)) == {NEIGHBOUR}


def test_git_that_waits_for_ever_is_given_up(repository: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itsm_as_code.sources.git._SECONDS", 0.5)
    os.mkfifo(repository.root / ".gitignore")
    with pytest.raises(ItsmError, match="git gives no answer to git ls-files"):
        WorktreeSource(repository.root).entries()


def test_broken_settings_of_git_are_not_called_a_wrong_revision(repository: GitRepo) -> None:
    with (repository.root / ".git/config").open("a") as config:
        config.write("[[[\n")
    with pytest.raises(ItsmError, match="bad config line"):
        RevisionSource(repository.root, "HEAD")
