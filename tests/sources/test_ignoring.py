"""What git would leave aside, and which line of which file says so."""

from pathlib import Path

from itsm_as_code.sources.ignoring import ignored
from tests.support import GitRepo


def test_ignored_files_are_told_with_the_reason(git_repo: GitRepo) -> None:
    git_repo.commit({".gitignore": "# x\n*.d\n!keep.d\n", "ops/.gitignore": "b.yaml\n", "ops/b.txt": ""})
    found = ignored(git_repo.root, ["a.d/é\n.yaml", "keep.d/a.yaml", "ops/b.yaml", "ops/c.yaml"])
    assert found == {"a.d/é\n.yaml": ".gitignore:2: *.d", "ops/b.yaml": "ops/.gitignore:1: b.yaml"}
    assert ignored(git_repo.root / "ops", ["b.yaml", "c.yaml"]) == {"b.yaml": "ops/.gitignore:1: b.yaml"}
    assert ignored(git_repo.root, ["ops/c.yaml"]) == {}
    assert ignored(git_repo.root, []) == {}


def test_without_git_nothing_is(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*\n")
    assert ignored(tmp_path, ["a.yaml"]) == {}
