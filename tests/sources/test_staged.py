"""What is staged: the tree that the next commit will have, whatever the working tree says."""

from pathlib import Path

import pytest

from itsm_as_code.sources.staged import StagedSource
from tests.support import GitRepo, RunItsm

SETTINGS = "format: 1\n"
TEAM = "name: The team\n"
PATH = "records/teams/web.yaml"
OTHER = "records/teams/mail.yaml"


def staged(root: Path) -> dict[str, bytes | str]:
    source = StagedSource(root)
    return dict(source.read([entry.path for entry in source.entries()]))


def test_what_is_staged_counts_and_not_the_working_tree(git_repo: GitRepo) -> None:
    git_repo.commit({"itsm.yaml": SETTINGS, PATH: TEAM, OTHER: TEAM})
    git_repo.write({PATH: "name: Staged\n"})
    git_repo.git("add", PATH)
    git_repo.git("rm", "-q", "--cached", OTHER)
    git_repo.write({PATH: "name: Not staged\n", "records/teams/untracked.yaml": TEAM})
    assert staged(git_repo.root) == {"itsm.yaml": SETTINGS.encode(), PATH: b"name: Staged\n"}


def test_a_folder_inside_a_repository_may_be_the_root(git_repo: GitRepo) -> None:
    git_repo.write({"ops/itsm.yaml": SETTINGS, f"ops/{PATH}": TEAM, PATH: TEAM})
    git_repo.git("add", "-A")
    assert list(staged(git_repo.root / "ops")) == ["itsm.yaml", PATH]


def test_links_and_submodules_are_told_apart(git_repo: GitRepo) -> None:
    git_repo.write({"itsm.yaml": SETTINGS, "records/teams/x": ""})
    (git_repo.root / PATH).symlink_to("/etc/passwd")
    git_repo.git("add", "-A")
    types = {entry.path: entry.type for entry in StagedSource(git_repo.root).entries()}
    assert types == {"itsm.yaml": "file", PATH: "symlink", "records/teams/x": "file"}


def test_a_path_in_conflict_is_one_path(git_repo: GitRepo) -> None:
    git_repo.commit({"itsm.yaml": SETTINGS, PATH: TEAM})
    git_repo.git("checkout", "-q", "-b", "side")
    git_repo.commit({PATH: "name: Theirs\n"})
    git_repo.git("checkout", "-q", "main")
    git_repo.commit({PATH: "name: Ours\n"})
    with pytest.raises(Exception, match="merge"):
        git_repo.git("merge", "-q", "side")
    assert [entry.path for entry in StagedSource(git_repo.root).entries()] == ["itsm.yaml", PATH]


def test_git_may_name_another_index(git_repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    git_repo.commit({"itsm.yaml": SETTINGS, PATH: TEAM})
    usual = (git_repo.root / ".git/index").read_bytes()
    git_repo.write({OTHER: TEAM})
    git_repo.git("add", OTHER)
    (git_repo.root / ".git/next-index-1.lock").write_bytes((git_repo.root / ".git/index").read_bytes())
    (git_repo.root / ".git/index").write_bytes(usual)
    assert OTHER not in staged(git_repo.root)
    monkeypatch.chdir(git_repo.root)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index-1.lock")
    assert OTHER in staged(git_repo.root)


def test_the_index_of_another_repository_is_left_alone(
    git_repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_repo.commit({"itsm.yaml": SETTINGS, PATH: TEAM})
    (tmp_path / "index").write_bytes(b"")
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert list(staged(git_repo.root)) == ["itsm.yaml", PATH]


def test_lint_judges_what_is_staged(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    service = "title: Shop\nowner: team:web\ntier: 1\n"
    git_repo.commit({"itsm.yaml": SETTINGS, PATH: TEAM, "records/services/shop.yaml": service})
    git_repo.git("rm", "-q", "--cached", PATH)
    assert run_itsm("lint", cwd=git_repo.root).exit_code == 0
    run = run_itsm("lint", "--staged", "--select", "dangling-link", cwd=git_repo.root)
    assert (run.exit_code, "team:web" in run.stdout) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--staged", "--rev", "HEAD"], "--staged and --rev exclude each other"),
        (["--staged"], "not a git repository"),
    ],
)
def test_what_cannot_be_read_is_one_line(tmp_path: Path, run_itsm: RunItsm, arguments: list[str], words: str) -> None:
    (tmp_path / "itsm.yaml").write_text(SETTINGS)
    run = run_itsm("lint", *arguments, cwd=tmp_path)
    assert (run.exit_code, run.stderr.count("\n")) == (2, 1)
    assert words in run.stderr
