"""The working tree: what git would see, and nothing behind a link."""

import os
from pathlib import Path

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.repository import find_root, init_repository
from itsm_as_code.sources.revision import RevisionSource
from itsm_as_code.sources.worktree import WorktreeSource
from tests.support import GitRepo

SETTINGS = "format: 1\n"
TEAM = "name: The team\n"
PATH = "records/teams/web.yaml"


def paths(source: WorktreeSource | RevisionSource) -> list[tuple[str, str]]:
    return [(entry.path, entry.type) for entry in source.entries()]


def test_tracked_and_untracked_but_not_ignored(git_repo: GitRepo) -> None:
    git_repo.commit(
        {
            "itsm.yaml": SETTINGS,
            PATH: TEAM,
            "records/teams/gone.yaml": TEAM,
            "other/x.yaml": TEAM,
            ".gitignore": "*.tmp.yaml\n",
        }
    )
    git_repo.write({"records/teams/new.yaml": TEAM, "records/teams/draft.tmp.yaml": TEAM})
    (git_repo.root / "records/teams/gone.yaml").unlink()
    source = WorktreeSource(git_repo.root)
    assert [path for path, _ in source.read(path for path, _ in paths(source))] == [
        "itsm.yaml",
        "records/teams/new.yaml",
        PATH,
    ]


def test_a_folder_inside_a_repository_may_be_the_root(git_repo: GitRepo) -> None:
    git_repo.commit({"ops/itsm.yaml": SETTINGS, f"ops/{PATH}": TEAM, PATH: TEAM})
    assert paths(WorktreeSource(git_repo.root / "ops")) == [("itsm.yaml", "file"), (PATH, "file")]
    assert paths(RevisionSource(git_repo.root / "ops", "HEAD")) == [("itsm.yaml", "file"), (PATH, "file")]


def test_without_git_every_file_counts(tmp_path: Path) -> None:
    (tmp_path / "records/teams").mkdir(parents=True)
    (tmp_path / PATH).write_text(TEAM)
    (tmp_path / "itsm.yaml").write_text(SETTINGS)
    (tmp_path / "records/loop").symlink_to(tmp_path / "records")
    assert paths(WorktreeSource(tmp_path)) == [("itsm.yaml", "file"), ("records/loop", "symlink"), (PATH, "file")]


def test_links_and_submodules_are_findings_and_never_followed(git_repo: GitRepo, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("name: Secret\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    init_repository(inner)
    git_repo.commit({"itsm.yaml": SETTINGS, PATH: TEAM, "records/people/a.yaml": "name: Alice A\n"})
    (git_repo.root / "records/teams/linked.yaml").symlink_to(secret)
    (git_repo.root / "records/services").symlink_to(tmp_path)
    (git_repo.root / "records/people/a.yaml").unlink()
    (git_repo.root / "records/people").rmdir()
    (git_repo.root / "records/people").symlink_to(tmp_path)
    (tmp_path / "a.yaml").write_text("name: Outside\n")
    inner.rename(git_repo.root / "records/nested")
    snapshot = load(WorktreeSource(git_repo.root))
    assert list(snapshot.records) == ["team:web"]
    assert sorted({(fault.rule, fault.file) for fault in snapshot.faults}) == [
        ("submodule", "records/nested"),
        ("symlink", "records/people"),
        ("symlink", "records/people/a.yaml"),
        ("symlink", "records/services"),
        ("symlink", "records/teams/linked.yaml"),
    ]


def test_committed_links_and_submodules_are_findings_in_a_revision(git_repo: GitRepo) -> None:
    git_repo.commit({"itsm.yaml": SETTINGS, PATH: TEAM})
    (git_repo.root / "records/teams/linked.yaml").symlink_to("/etc/hostname")
    head = git_repo.git("rev-parse", "HEAD").strip()
    git_repo.git("update-index", "--add", "--cacheinfo", f"160000,{head},records/nested")
    git_repo.git("add", "records/teams/linked.yaml")
    git_repo.git("commit", "-q", "-m", "links")
    snapshot = load(RevisionSource(git_repo.root, "HEAD"))
    assert [(fault.rule, fault.file) for fault in snapshot.faults] == [
        ("submodule", "records/nested"),
        ("symlink", "records/teams/linked.yaml"),
    ]
    assert list(snapshot.records) == ["team:web"]


def test_a_pipe_and_an_unreadable_file_do_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "records/teams").mkdir(parents=True)
    (tmp_path / PATH).write_text(TEAM)
    (tmp_path / "itsm.yaml").write_text(SETTINGS)
    os.mkfifo(tmp_path / "records/teams/pipe.yaml")
    snapshot = load(WorktreeSource(tmp_path))
    assert [record.address for record in snapshot.records.values() if record.valid] == ["team:web"]
    assert [(fault.rule, fault.message) for fault in snapshot.faults] == [
        (
            "unreadable-file",
            "the file cannot be read: it is a pipe or a device, not a file; make it readable, or delete it",
        )
    ]


def test_settings_behind_a_link_are_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text(SETTINGS)
    (tmp_path / "itsm.yaml").symlink_to("elsewhere.yaml")
    with pytest.raises(ItsmError, match=r"itsm\.yaml is a symlink"):
        load(WorktreeSource(tmp_path))


def test_a_revision_without_settings_is_refused(git_repo: GitRepo) -> None:
    git_repo.commit({PATH: TEAM})
    with pytest.raises(ItsmError, match=r"HEAD holds no itsm\.yaml"):
        load(RevisionSource(git_repo.root, "HEAD"))


def test_a_folder_outside_git_is_read_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "itsm.yaml").write_text(SETTINGS)
    monkeypatch.setenv("PATH", "")
    assert load(WorktreeSource(tmp_path)).records == {}
    with pytest.raises(ItsmError, match="git is not installed"):
        RevisionSource(tmp_path, "HEAD")


def test_odd_file_names_are_read(git_repo: GitRepo) -> None:
    name = os.fsdecode(b'records/teams/a\nb"\xff.yaml')
    git_repo.commit({"itsm.yaml": SETTINGS, name: TEAM, PATH: TEAM})
    for source in (WorktreeSource(git_repo.root), RevisionSource(git_repo.root, "HEAD")):
        assert len(load(source).records) == 2


def test_a_revision_is_read_from_objects_only(git_repo: GitRepo) -> None:
    first = git_repo.commit({"itsm.yaml": SETTINGS, PATH: TEAM})
    git_repo.commit({PATH: "name: Renamed\n", "records/teams/more.yaml": TEAM})
    git_repo.write({PATH: "name: Dirty\n"})
    assert load(RevisionSource(git_repo.root, first)).records["team:web"].title == "The team"
    assert load(RevisionSource(git_repo.root, "main")).records["team:web"].title == "Renamed"
    assert load(WorktreeSource(git_repo.root)).records["team:web"].title == "Dirty"


@pytest.mark.parametrize("revision", ["nowhere", "--help", "", "HEAD:itsm.yaml", "main..main"])
def test_what_is_no_revision_is_one_line(git_repo: GitRepo, revision: str) -> None:
    git_repo.commit({"itsm.yaml": SETTINGS})
    with pytest.raises(ItsmError, match="is no revision"):
        RevisionSource(git_repo.root, revision)


def test_git_variables_of_a_hook_do_not_mislead(
    git_repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_repo.commit({"itsm.yaml": SETTINGS, PATH: TEAM})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "none"))
    assert (PATH, "file") in paths(WorktreeSource(git_repo.root))


def test_an_unmerged_file_is_listed_once(git_repo: GitRepo) -> None:
    git_repo.commit({"itsm.yaml": SETTINGS, PATH: TEAM})
    git_repo.git("checkout", "-q", "-b", "other")
    git_repo.commit({PATH: "name: Theirs\n"})
    git_repo.git("checkout", "-q", "main")
    git_repo.commit({PATH: "name: Ours\n"})
    with pytest.raises(Exception, match="merge"):
        git_repo.git("merge", "other")
    snapshot = load(WorktreeSource(git_repo.root))
    assert [(fault.rule, fault.message) for fault in snapshot.faults] == [
        ("yaml-syntax", "a merge conflict was left here; keep one side and delete the markers")
    ]


def test_the_root_is_found_above(tmp_path: Path) -> None:
    (tmp_path / "itsm.yaml").write_text(SETTINGS)
    below = tmp_path / "a/b"
    below.mkdir(parents=True)
    assert find_root(below) == tmp_path.resolve()
    with pytest.raises(ItsmError, match=r"no itsm\.yaml"):
        find_root(Path("/"))


def test_init_makes_a_repository_once(tmp_path: Path) -> None:
    init_repository(tmp_path)
    assert (tmp_path / ".git/HEAD").read_text() == "ref: refs/heads/main\n"
    inside = tmp_path / "inside"
    inside.mkdir()
    init_repository(inside)
    assert not (inside / ".git").exists()
