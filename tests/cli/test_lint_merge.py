"""`itsm lint --merge-with`: what would be wrong after a merge, found before it, without a trace in the repository."""

import os
from pathlib import Path

import pytest

from tests.support import GitRepo, Run, RunItsm

CI = "records/cis/web-01.yaml"
SHOP = "records/services/shop.yaml"
INCIDENT = "records/incidents/2026/INC-20260304-k7qz.yaml"
TEAM = "records/teams/web.yaml"
ALICE = "records/people/alice.yaml"
FILES = {
    "itsm.yaml": "format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\ntimeline: {incident: record}\n",
    TEAM: "name: Web team\n",
    ALICE: "name: Alice\n",
    "records/people/bob.yaml": "name: Bob\n",
    CI: "title: web-01\nclass: server\nowner: team:web\nstate: operational\n",
    INCIDENT: (
        "title: Shop is slow\nimpact: low\nurgency: low\nstate: in-progress\nassignment: {team: team:web}\ntimeline:\n"
        "  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}\n"
        "  - {at: 2026-03-04T03:17:00+01:00, by: person:alice, type: transition, from: new, to: in-progress}\n"
    ),
}


KEEP = "keep the entries of both in the order of their times"


class Branches:
    """A repository in which main and topic part; `merge` lints on topic what a merge of main would give."""

    def __init__(self, repo: GitRepo, run_itsm: RunItsm) -> None:
        self.repo, self.run = repo, run_itsm
        repo.commit(dict(FILES))
        repo.git("branch", "topic")

    def commit(self, branch: str, files: dict[str, str | None]) -> None:
        self.repo.git("checkout", "-q", branch)
        for path, text in files.items():
            if text is None:
                self.repo.git("rm", "-q", path)
        self.repo.commit({path: text for path, text in files.items() if text is not None})

    def merge(self, *arguments: str) -> Run:
        self.repo.git("checkout", "-q", "topic")
        return self.run("lint", "--merge-with", "main", *arguments, cwd=self.repo.root)

    def conflicts(self) -> dict[str, str]:
        """Return what is said of each file in conflict."""
        return told(self.merge())


def told(run: Run) -> dict[str, str]:
    lines = [line.partition(":1:1 error merge-conflict ") for line in run.stdout.splitlines()]
    return {file: words for file, separator, words in lines if separator}


@pytest.fixture
def branches(git_repo: GitRepo, run_itsm: RunItsm) -> Branches:
    return Branches(git_repo, run_itsm)


def state_of(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_link_to_what_the_other_branch_deleted(branches: Branches) -> None:
    branches.commit("topic", {SHOP: "title: Shop\nowner: team:web\ntier: 3\nstate: live\ndepends_on: [ci:web-01]\n"})
    branches.commit("main", {CI: None})
    assert branches.run("lint", "--select", "dangling-link", "--rev", "main", cwd=branches.repo.root).exit_code == 0
    assert branches.run("lint", "--select", "dangling-link", "--rev", "topic", cwd=branches.repo.root).exit_code == 0
    run = branches.merge("--select", "dangling-link")
    assert (run.exit_code, run.stderr) == (1, "")
    assert run.stdout.startswith(f"{SHOP}:5:14 error dangling-link ci:web-01 does not exist")


def test_nothing_of_the_repository_is_touched(branches: Branches) -> None:
    branches.commit("topic", {TEAM: "name: Web team\nemail: web@example.org\n"})
    branches.commit("main", {TEAM: "name: The web team\n", ALICE: "name: Alice Ames\n"})
    branches.repo.git("checkout", "-q", "topic")
    before = state_of(branches.repo.root)
    assert branches.run("lint", "--merge-with", "main", cwd=branches.repo.root).exit_code == 1
    assert state_of(branches.repo.root) == before


def test_what_merges_clean_is_clean(branches: Branches) -> None:
    branches.commit("topic", {ALICE: "name: Alice Ames\n"})
    branches.commit("main", {TEAM: "name: The web team\n"})
    run = branches.merge("--strict")
    assert (run.exit_code, run.stdout, run.stderr) == (0, "5 records, nothing to report\n", "")


def test_an_id_drawn_twice(branches: Branches) -> None:
    new = "records/incidents/2026/INC-20260305-aaaa.yaml"
    text = FILES[INCIDENT]
    branches.commit("topic", {new: text})
    branches.commit("main", {new: text.replace("Shop is slow", "Mail is late")})
    moves = "itsm renumber INC-20260305-aaaa moves this one and its links"
    assert branches.conflicts() == {
        new: "main adds another record of this id: INC-20260305-aaaa was drawn twice; "
        f"{moves}, or keep one file if both are the same"
    }


def test_an_id_drawn_twice_in_files_of_two_names(branches: Branches) -> None:
    laptop = "title: Laptop\nclass: laptop\nstate: in-stock\n"
    branches.commit("topic", {"records/assets/LT-0042.yaml": laptop})
    branches.commit("main", {"records/assets/lt-0042.yaml": laptop})
    run = branches.merge("--select", "duplicate-id")
    assert run.stdout.startswith("records/assets/lt-0042.yaml:1:1 error duplicate-id records/assets/LT-0042.yaml has")


def test_timelines_that_both_sides_add_to(branches: Branches) -> None:
    entry = "  - {{at: 2026-03-04T04:0{}:00+01:00, by: person:alice, type: note, text: Looking.}}\n"
    branches.commit("topic", {INCIDENT: FILES[INCIDENT] + entry.format(1)})
    branches.commit("main", {INCIDENT: FILES[INCIDENT] + entry.format(2)})
    assert branches.conflicts() == {INCIDENT: f"both sides add to its timeline; merge main here and {KEEP}"}


def test_a_state_that_both_sides_set(branches: Branches) -> None:
    def moved(to: str) -> str:
        at = "2026-03-04T05:00:00+01:00"
        entry = f"  - {{at: {at}, by: person:alice, type: transition, from: in-progress, to: {to}}}\n"
        return FILES[INCIDENT].replace("state: in-progress", f"state: {to}") + entry

    branches.commit("topic", {INCIDENT: moved("on-hold")})
    branches.commit("main", {INCIDENT: moved("canceled")})
    assert branches.conflicts() == {
        INCIDENT: "both sides change state (on-hold here, canceled in main) and add to its timeline; merge main here, "
        f"{KEEP} and decide for one value"
    }


def test_deleted_on_one_side_and_edited_on_the_other(branches: Branches) -> None:
    branches.commit("topic", {ALICE: "name: Alice Ames\n"})
    branches.commit("main", {ALICE: None, INCIDENT: None})
    assert branches.conflicts() == {
        ALICE: "it is edited here and deleted in main; merge main here and keep it, or delete it here as well"
    }
    branches.commit("main", {CI: FILES[CI].replace("web-01", "web-1")})
    branches.commit("topic", {CI: None})
    assert branches.conflicts()[CI].startswith("it is deleted here and edited in main; merge main here and keep it")


def test_lines_that_stand_together(branches: Branches) -> None:
    branches.commit("topic", {CI: FILES[CI].replace("class: server", "class: server  # rack 1")})
    branches.commit("main", {CI: FILES[CI].replace("class: server", "class: server  # rack 2")})
    assert branches.conflicts() == {CI: "both sides edit lines that stand together; merge main here and keep both"}


def test_settings_in_conflict_are_told_and_ours_count(branches: Branches) -> None:
    settings = FILES["itsm.yaml"]
    branches.commit("topic", {"itsm.yaml": settings.replace("ACME", "Acme")})
    branches.commit("main", {"itsm.yaml": settings.replace("ACME", "ACME Ltd")})
    assert branches.conflicts() == {
        "itsm.yaml": "both sides change organisation; merge main here and decide for one value"
    }


def test_baselines_in_conflict(branches: Branches) -> None:
    lines = [f'{{"file": "records/people/{n}.yaml", "rule": "r", "field": "", "message": "m"}}' for n in "ab"]
    for branch, line in zip(("topic", "main"), lines, strict=True):
        branches.commit(branch, {"baseline.json": f'{{"format": 1, "known": [{line}]}}\n'})
    assert branches.conflicts() == {
        "baseline.json": "both sides add it; merge main here, keep the lines of both, then itsm lint --write-baseline"
    }


def test_a_file_here_and_a_folder_there(branches: Branches) -> None:
    branches.commit("topic", {"records/people/carol.yaml": "name: Carol\n"})
    branches.commit("main", {"records/people/carol.yaml/x.yaml": "name: Carol\n"})
    (words,) = branches.conflicts().values()
    assert words == "a file on one side is a folder on the other; merge main here and give one of them another name"


def test_a_record_renamed_on_both_sides(branches: Branches) -> None:
    for branch, name in (("topic", "web-02"), ("main", "web-03")):
        branches.commit(branch, {CI: None, f"records/cis/{name}.yaml": FILES[CI]})
    todo = "merge main here and decide for one name"
    assert branches.conflicts() == {
        CI: f"both sides rename it; {todo}",
        "records/cis/web-02.yaml": f"both sides rename a file, here to this; {todo}",
        "records/cis/web-03.yaml": f"both sides rename a file, in main to this; {todo}",
    }


def test_a_record_here_and_a_repository_there(branches: Branches, tmp_path: Path) -> None:
    other = GitRepo(tmp_path / "other")
    other.root.mkdir()
    other.git("init", "-q")
    other.commit({"a": "b"})
    branches.commit("topic", {"records/people/carol.yaml": "name: Carol\n"})
    branches.repo.git("checkout", "-q", "main")
    branches.repo.git("submodule", "add", "-q", str(other.root), "records/people/carol.yaml")
    branches.commit("main", {})
    branches.repo.git("checkout", "-q", "-f", "topic")
    assert "records/people/carol.yaml" in " ".join(branches.conflicts())


def test_a_repository_of_long_ids(tmp_path: Path, run_itsm: RunItsm) -> None:
    repo = GitRepo(tmp_path / "sha256")
    repo.root.mkdir()
    repo.git("init", "-q", "-b", "main", "--object-format=sha256")
    branches = Branches(repo, run_itsm)
    branches.commit("topic", {ALICE: "name: Alice Ames\n"})
    branches.commit("main", {ALICE: "name: Alice Zoe\n"})
    assert list(branches.conflicts()) == [ALICE]


def test_a_branch_without_the_commits_of_a_step_is_judged_as_well(branches: Branches) -> None:
    branches.commit("topic", {ALICE: "name: Alice Ames\n"})
    branches.commit("main", {TEAM: "name: The web team\n"})
    assert branches.merge("--base", "main").exit_code == 0
    run = branches.merge("--changed-since", "main")
    assert run.stdout == "1 record, nothing to report\n"


def test_what_is_not_committed_is_no_part_of_it(branches: Branches) -> None:
    branches.repo.git("checkout", "-q", "topic")
    branches.repo.write({ALICE: "name: [\n", "records/people/carol.yaml": "name: Carol\n", "README.md": "text\n"})
    run = branches.merge()
    assert run.exit_code == 0
    assert run.stderr == "warning: 2 files are not committed and so no part of the merge\n"
    assert branches.merge("--rev", "topic").stderr == ""


def test_records_in_a_folder_of_the_repository(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    below = {f'ops/"it": records/{path}': text for path, text in FILES.items()}
    git_repo.commit({**below, "a.txt": "a\n"})
    git_repo.git("branch", "topic")
    folder = 'ops/"it": records'
    git_repo.commit({f"{folder}/{ALICE}": "name: Alice Ames\n", "a.txt": "b\n"})
    git_repo.git("checkout", "-q", "topic")
    git_repo.commit({f"{folder}/{ALICE}": "name: Alice Zoe\n", "a.txt": "c\n"})
    run = run_itsm("lint", "--merge-with", "main", cwd=git_repo.root / folder)
    assert told(run) == {
        ALICE: "both sides change name (Alice Zoe here, Alice Ames in main); merge main here and decide for one value"
    }
    assert run.stdout.endswith("\n5 records: 1 error, 0 warnings\n")


def test_a_bare_repository_and_a_work_tree_of_another(branches: Branches, tmp_path: Path, run_itsm: RunItsm) -> None:
    branches.commit("topic", {ALICE: "name: Alice Ames\n"})
    branches.commit("main", {ALICE: "name: Alice Zoe\n"})
    branches.repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    words = "both sides change name (Alice Ames here, Alice Zoe in main)"
    bare = run_itsm("lint", "--root", str(tmp_path / "bare.git"), "--rev", "topic", "--merge-with", "main")
    assert (bare.exit_code, words in bare.stdout) == (1, True)
    branches.repo.git("worktree", "add", "-q", str(tmp_path / "other"), "topic")
    assert words in run_itsm("lint", "--merge-with", "main", cwd=tmp_path / "other").stdout


def test_histories_that_have_nothing_in_common(branches: Branches) -> None:
    branches.repo.git("checkout", "-q", "--orphan", "other")
    branches.repo.commit({}, "another beginning")
    branches.repo.git("checkout", "-q", "topic")
    run = branches.run("lint", "--merge-with", "other", cwd=branches.repo.root)
    assert (run.exit_code, run.stderr) == (
        2,
        "error: other and HEAD have no history in common (name a branch of this repository)\n",
    )


def test_a_shallow_clone(branches: Branches, tmp_path: Path, run_itsm: RunItsm) -> None:
    branches.commit("topic", {ALICE: "name: Alice Ames\n"})
    branches.commit("main", {TEAM: "name: The web team\n"})
    source = branches.repo.root.as_uri()
    branches.repo.git("clone", "-q", "--depth", "1", "--no-single-branch", "-b", "topic", source, str(tmp_path / "c"))
    for option in ("--merge-with", "--base", "--changed-since"):
        run = run_itsm("lint", option, "origin/main", cwd=tmp_path / "c")
        assert (run.exit_code, run.stdout) == (2, "")
        assert run.stderr == (
            "error: the clone is shallow and does not hold where origin/main and HEAD part (fetch the whole history: "
            "git fetch --unshallow; in actions/checkout: fetch-depth: 0)\n"
        )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--merge-with", "nowhere"], "nowhere is no revision of this repository"),
        (["--merge-with=--help"], "--help is no revision of this repository"),
        (["--merge-with", "main", "--staged"], "--staged and --merge-with exclude each other"),
        (["--base", "nowhere"], "nowhere is no revision of this repository"),
    ],
)
def test_what_cannot_be_merged_is_one_line(branches: Branches, arguments: list[str], words: str) -> None:
    run = branches.run("lint", *arguments, cwd=branches.repo.root)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith(f"error: {words}")
    assert run.stderr.count("\n") == 1


def test_without_git_is_one_line(tmp_path: Path, run_itsm: RunItsm) -> None:
    GitRepo(tmp_path).write(dict(FILES))
    for option in ("--merge-with", "--base", "--changed-since"):
        run = run_itsm("lint", option, "main", cwd=tmp_path)
        assert (run.exit_code, run.stdout) == (2, "")
        assert "is not a git repository" in run.stderr
        assert run.stderr.count("\n") == 1


def test_an_old_git_is_one_line(branches: Branches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = branches.repo.git("--exec-path").strip()
    folder = tmp_path / "old"
    folder.mkdir()
    script = folder / "git"
    script.write_text(
        "#!/bin/sh\n"
        'for word in "$@"; do\n'
        '  case "$word" in\n'
        '    merge-tree) echo "usage: git merge-tree <base-tree> <branch1> <branch2>" >&2; exit 129;;\n'
        '    version) echo "git version 2.34.1"; exit 0;;\n'
        "  esac\n"
        "done\n"
        f'exec "{real}/git" "$@"\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    run = branches.run("lint", "--merge-with", "main", cwd=branches.repo.root)
    assert (run.exit_code, run.stderr) == (
        2,
        "error: git 2.34.1 cannot merge without a work tree (--merge-with needs git 2.38 or newer)\n",
    )
