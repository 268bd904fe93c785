"""Committing some files and no others, in real repositories."""

import stat
from datetime import datetime
from pathlib import Path

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.sources.committing import NotCommittedError, commit_files, refuse_unready, uncommitted
from tests.support import GitRepo

NOW = datetime.fromisoformat("2026-03-04T03:07:00+01:00")


@pytest.fixture
def repo(git_repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.delenv(name, raising=False)
    git_repo.git("config", "user.name", "Alice")
    git_repo.git("config", "user.email", "alice@example.org")
    git_repo.git("config", "user.useConfigOnly", "true")
    git_repo.commit({"a.yaml": "a: 1\n", "b.yaml": "b: 1\n", "c.yaml": "c: 1\n"})
    return git_repo


def of_last_commit(repo: GitRepo) -> list[str]:
    return repo.git("show", "--name-status", "--format=", "--no-renames").split("\n")[:-1]


def hook(repo: GitRepo, name: str, script: str) -> None:
    file = repo.root / ".git" / "hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def test_only_the_files_are_committed_and_what_others_staged_stays_staged(repo: GitRepo) -> None:
    repo.write({"a.yaml": "a: 2\n", "b.yaml": "b: 2\n", "new/one.yaml": "n: 1\n", "other.yaml": "o: 1\n"})
    repo.git("add", "b.yaml", "other.yaml")
    repo.write({"b.yaml": "b: 3\n", "untracked.yaml": "u: 1\n"})
    (repo.root / "c.yaml").unlink()
    id_ = commit_files(repo.root, ["a.yaml", "new/one.yaml", "c.yaml"], "Subject\n\nBody\n", NOW)
    assert repo.git("rev-parse", "HEAD").startswith(id_)
    assert of_last_commit(repo) == ["M\ta.yaml", "D\tc.yaml", "A\tnew/one.yaml"]
    assert repo.git("status", "--porcelain") == "MM b.yaml\nA  other.yaml\n?? untracked.yaml\n"
    said = repo.git("log", "-1", "--format=%an <%ae> %aI|%cI|%B").strip()
    assert said == "Alice <alice@example.org> 2026-03-04T03:07:00+01:00|2026-03-04T03:07:00+01:00|Subject\n\nBody"


def test_a_file_that_is_staged_otherwise_is_committed_as_it_stands(repo: GitRepo) -> None:
    repo.write({"a.yaml": "a: staged\n"})
    repo.git("add", "a.yaml")
    repo.write({"a.yaml": "a: on disk\n"})
    assert commit_files(repo.root, ["a.yaml"], "Subject\n", NOW)
    assert repo.git("show", "HEAD:a.yaml") == "a: on disk\n"
    assert repo.git("status", "--porcelain") == ""


def test_where_nothing_differs_nothing_is_committed(repo: GitRepo) -> None:
    before = repo.git("rev-parse", "HEAD")
    assert commit_files(repo.root, ["a.yaml"], "Subject\n", NOW) == ""
    assert repo.git("rev-parse", "HEAD") == before


def test_odd_names_mean_themselves(repo: GitRepo) -> None:
    names = ["*.yaml", ":(top)x.yaml", "[a].yaml", "with space.yaml", "ü\n.yaml", "-f"]
    repo.write(dict.fromkeys([*names, "z.yaml"], "x: 1\n"))
    assert commit_files(repo.root, names, "# not a comment\n", NOW)
    assert repo.git("status", "--porcelain") == "?? z.yaml\n"
    assert repo.git("log", "-1", "--format=%s").strip() == "# not a comment"


def test_the_first_commit_of_a_branch_below_the_top_of_the_repository(git_repo: GitRepo) -> None:
    git_repo.git("config", "user.name", "Alice")
    git_repo.git("config", "user.email", "alice@example.org")
    git_repo.write({"ops/records/a.yaml": "a: 1\n", "staged.yaml": "s: 1\n"})
    git_repo.git("add", "staged.yaml")
    root = git_repo.root / "ops"
    assert uncommitted(root, ["records"]) == {"records/a.yaml": "??"}
    assert commit_files(root, ["records/a.yaml"], "First\n", NOW)
    assert git_repo.git("ls-tree", "-r", "--name-only", "HEAD") == "ops/records/a.yaml\n"
    assert git_repo.git("status", "--porcelain") == "A  staged.yaml\n"


def test_a_detached_head_gets_the_commit(repo: GitRepo) -> None:
    repo.git("checkout", "-q", "--detach")
    repo.write({"a.yaml": "a: 2\n"})
    refuse_unready(repo.root)
    assert commit_files(repo.root, ["a.yaml"], "Subject\n", NOW)
    assert of_last_commit(repo) == ["M\ta.yaml"]


def test_a_hook_that_refuses_leaves_all_as_it_was_and_is_heard(repo: GitRepo) -> None:
    hook(repo, "pre-commit", "echo 'lint: no good'; git diff --cached --name-only; exit 1")
    repo.write({"a.yaml": "a: 2\n", "n.yaml": "n: 1\n", "b.yaml": "b: 2\n"})
    repo.git("add", "b.yaml")
    with pytest.raises(NotCommittedError) as refused:
        commit_files(repo.root, ["a.yaml", "n.yaml"], "Subject\n", NOW)
    assert refused.value.message == "not committed: a hook of the repository refused"
    assert refused.value.output == "lint: no good\na.yaml\nn.yaml\n"
    assert repo.git("status", "--porcelain") == " M a.yaml\nM  b.yaml\n?? n.yaml\n"


def test_hooks_see_the_files_and_may_change_the_message(repo: GitRepo) -> None:
    hook(repo, "pre-commit", 'test "$(git diff --cached --name-only)" = a.yaml')
    hook(repo, "commit-msg", 'echo "Signed: yes" >> "$1"')
    repo.write({"a.yaml": "a: 2\n"})
    assert commit_files(repo.root, ["a.yaml"], "Subject\n", NOW)
    assert repo.git("log", "-1", "--format=%B").strip() == "Subject\nSigned: yes"


def test_an_ignored_file_and_a_locked_index_are_told_in_a_line(repo: GitRepo) -> None:
    repo.write({".gitignore": "secret/\n", "secret/a.yaml": "a: 1\n", "a.yaml": "a: 2\n"})
    assert commit_files(repo.root, ["secret/a.yaml"], "Subject\n", NOW) == ""
    (repo.root / ".git" / "index.lock").touch()
    repo.write({"new.yaml": "n: 1\n"})
    for path in ("a.yaml", "new.yaml"):
        with pytest.raises(NotCommittedError, match=r"not committed: Unable to create '.*index.lock': File exists"):
            commit_files(repo.root, [path], "Subject\n", NOW)


def test_a_conflict_is_not_committed(repo: GitRepo) -> None:
    repo.git("checkout", "-q", "-b", "other")
    repo.commit({"a.yaml": "a: theirs\n"})
    repo.git("checkout", "-q", "main")
    repo.write({"a.yaml": "a: mine\n"})
    repo.git("stash", "-q")
    repo.commit({"a.yaml": "a: ours\n"})
    with pytest.raises(Exception, match="exit status 1"):
        repo.git("stash", "pop", "-q")
    with pytest.raises(ItsmError, match=r"a\.yaml has a conflict that is not resolved"):
        commit_files(repo.root, ["a.yaml"], "Subject\n", NOW)


@pytest.mark.parametrize("command", ["merge", "rebase", "cherry-pick", "revert"])
def test_what_is_under_way_is_not_disturbed(repo: GitRepo, command: str) -> None:
    first = repo.git("rev-parse", "HEAD").strip()
    repo.git("checkout", "-q", "-b", "other")
    repo.commit({"a.yaml": "a: theirs\n"})
    repo.git("checkout", "-q", "main")
    repo.commit({"a.yaml": "a: ours\n"})
    if command == "revert":
        first = repo.git("rev-parse", "HEAD").strip()
        repo.commit({"a.yaml": "a: later\n"})
    with pytest.raises(Exception, match="exit status 1"):
        repo.git(command, *(["--no-edit"] if command == "revert" else []), first if command == "revert" else "other")
    with pytest.raises(ItsmError) as refused:
        refuse_unready(repo.root)
    assert str(refused.value).startswith(f"a {command} is under way; nothing was written (finish it or give it up")


def test_nobody_to_commit_as(repo: GitRepo) -> None:
    repo.git("config", "--unset", "user.email")
    with pytest.raises(ItsmError) as refused:
        refuse_unready(repo.root)
    words = "git does not know who commits; nothing was written (git config user.name NAME && git config user.email"
    assert str(refused.value).startswith(words)


def test_without_git_nothing_is_committed(tmp_path: Path) -> None:
    with pytest.raises(ItsmError, match="is not a git repository"):
        refuse_unready(tmp_path)


def test_where_git_dies_with_its_index_locked_that_is_what_is_told(repo: GitRepo) -> None:
    hook(repo, "prepare-commit-msg", "kill -9 $PPID")
    repo.write({"new.yaml": "n: 1\n"})
    with pytest.raises(NotCommittedError, match="not committed"):
        commit_files(repo.root, ["new.yaml"], "Subject\n", NOW)
    assert (repo.root / "new.yaml").read_text() == "n: 1\n"
