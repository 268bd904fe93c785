"""`itsm log`, `blame` and `history` from end to end, also where a repository is an odd one."""

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.support import GitRepo, Run, RunItsm

SETTINGS = {"itsm.yaml": "format: 1\ntime_zone: Europe/Berlin\n", "records/teams/web.yaml": "name: Web\n"}
WEB = "records/cis/web-01.yaml"
INCIDENT = "records/incidents/2026/INC-20260304-k7qz.yaml"


def ci(owner: str = "team:web", more: str = "") -> str:
    return f"title: Web server\nclass: server\nowner: {owner}\n{more}"


@pytest.fixture
def repo(git_repo: GitRepo) -> GitRepo:
    git_repo.commit({**SETTINGS, WEB: ci()}, "ci:web-01: added", "2026-03-01T12:00:00+00:00", "Ann")
    git_repo.git("checkout", "-q", "-b", "side")
    git_repo.commit(
        {WEB: ci("team:ops", "tags: [slow]\n")},
        "ci:web-01: to ops\n\nReviewed-by: Fay Weber <fay@example.org>\nCo-authored-by: Cem <cem@example.org>",
        "2026-03-02T23:30:00+00:00",
        "Bo",
    )
    git_repo.git("checkout", "-q", "main")
    subject = "Merge pull request #12 from bo/side"
    git_repo.git("merge", "-q", "--no-ff", "side", "-m", subject, date="2026-03-03T08:00:00+00:00")
    entry = "at: 2026-03-04T09:00:00Z\nby: team:web\ntype: note\ntext: Slow again.\n"
    git_repo.commit({"records/cis/web-01.d/20260304T090000Z-k7qz.yaml": entry}, "note", "2026-03-04T09:05:00+00:00")
    return git_repo


def facts(run: Run) -> Any:  # noqa: ANN401 - any JSON value
    assert run.exit_code == 0, run.stderr
    return json.loads(run.stdout)


def test_log_tells_a_life(repo: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("log", "web-01", cwd=repo.root)
    ids = repo.git("log", "--format=%h", "--abbrev=8", "--no-merges", "--reverse").split()
    assert (
        run.stdout
        == f"""\
ci:web-01  Web server
records/cis/web-01.yaml

2026-03-01 13:00  Ann  {ids[0]}  added
  added

2026-03-03 00:30  Bo  {ids[1]}  to ops
  ~ owner: team:web → team:ops
  + tags: slow
  together with Cem
  reviewed by Fay Weber, pull request #12, merged 2026-03-03 09:00

2026-03-04 10:05  Test  {ids[2]}  note
  + 2026-03-04 10:00  note by team:web: Slow again.

3 commits; times of Europe/Berlin
"""
    )


def test_log_gives_machines_the_same(repo: GitRepo, run_itsm: RunItsm) -> None:
    told = facts(run_itsm("log", "ci:web-01", "--format", "json", cwd=repo.root))
    assert told["record"] == "ci:web-01"
    assert [commit["did"] for commit in told["commits"]] == ["added", "edited", "edited"]
    to_ops = told["commits"][1]
    assert to_ops["fields"] == [
        {"field": "owner", "old": "team:web", "new": "team:ops"},
        {"field": "tags", "new": ["slow"]},
    ]
    assert to_ops["author"] == {"name": "Bo", "email": "bo@example.org"}
    assert to_ops["committed_at"] == "2026-03-02T23:30:00Z"
    assert to_ops["reviewers"] == ["Fay Weber <fay@example.org>"]
    assert to_ops["pull_request"] == "#12"
    assert to_ops["merged"]["committed_at"] == "2026-03-03T08:00:00Z"
    assert told["commits"][2]["entries"][0]["text"] == "Slow again."


def test_log_of_a_time(repo: GitRepo, run_itsm: RunItsm) -> None:
    since = facts(run_itsm("log", "web-01", "--since", "2026-03-04", "--format", "json", cwd=repo.root))
    assert [commit["subject"] for commit in since["commits"]] == ["note"]
    until = facts(run_itsm("log", "web-01", "--until", "2026-03-02", "--format", "json", cwd=repo.root))
    assert [commit["subject"] for commit in until["commits"]] == ["ci:web-01: added"]
    assert "no commit touched it" in run_itsm("log", "web-01", "--until", "2020-01-01", cwd=repo.root).stdout
    assert "--since soon is not a time" in run_itsm("log", "web-01", "--since", "soon", cwd=repo.root).stderr


def test_log_of_a_deleted_record(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.git("rm", "-q", "-r", "records/cis")
    repo.commit({}, "no more servers")
    for name in ("web-01", "ci:web-01", "CI:WEB-01", WEB):
        run = run_itsm("log", name, cwd=repo.root)
        assert run.exit_code == 0, run.stderr
        assert "no more servers" in run.stdout
        assert "It is gone." in run.stdout
    blamed = run_itsm("blame", "web-01", cwd=repo.root)
    assert (blamed.exit_code, blamed.stdout) == (2, "")
    assert "ci:web-01 is gone (itsm log ci:web-01 tells its life" in blamed.stderr
    assert run_itsm("blame", "web-01", "--rev", "HEAD~1", cwd=repo.root).exit_code == 0


def test_log_of_an_alias_and_of_a_file_in_a_wrong_place(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.commit({WEB: ci(more="aliases: [www]\n"), "records/cis/old/x-9.yaml": ci()}, "alias")
    assert "ci:web-01  Web server" in run_itsm("log", "WWW", cwd=repo.root).stdout
    assert "ci:x-9  Web server" in run_itsm("log", "x-9", cwd=repo.root).stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("web-02", "there is no record web-02, and never was one that HEAD knows of (did you mean ci:web-01"),
        ("incident:x", "never was one"),
        ("", "the id is empty"),
        ("web", "ci:web or team:web"),
        ("../../etc/passwd", "never was one"),
        ("\x1b[31m", "never was one"),
    ],
)
def test_a_name_that_means_nothing_or_too_much(repo: GitRepo, run_itsm: RunItsm, name: str, said: str) -> None:
    repo.commit({"records/cis/web.yaml": ci()}, "another")
    run = run_itsm("log", name, cwd=repo.root)
    assert run.exit_code == 2
    assert said in run.stderr
    assert run.stderr.count("\n") == 1


def test_blame_says_who_and_when(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.write({WEB: ci("team:ops", "tags: [slow, new]\n")})
    run = run_itsm("blame", "web-01", cwd=repo.root)
    ids = repo.git("log", "--format=%h", "--abbrev=8", "--no-merges", "--reverse").split()
    assert (
        run.stdout
        == f"""\
ci:web-01  Web server
records/cis/web-01.yaml

SINCE              BY   COMMIT    FIELD
2026-03-01 13:00   Ann  {ids[0]}  title: Web server
2026-03-01 13:00   Ann  {ids[0]}  class: server
2026-03-03 00:30   Bo   {ids[1]}  owner: team:ops
2026-03-03 00:30   Bo   {ids[1]}  tags[slow]: slow
not committed yet                 tags[new]: new

SINCE             BY    COMMIT    TIMELINE
2026-03-04 10:05  Test  {ids[2]}  2026-03-04 10:00  note by team:web: Slow again.

times of Europe/Berlin
"""
    )
    told = facts(run_itsm("blame", "web-01", "--format", "json", cwd=repo.root))
    by_field = {field["field"]: field["commit"] for field in told["fields"]}
    assert by_field["tags[new]"] is None
    assert told["commits"][by_field["owner"]]["author"]["name"] == "Bo"
    assert told["timeline"] == [
        {
            "position": 0,
            "value": {"at": "2026-03-04T09:00:00Z", "by": "team:web", "type": "note", "text": "Slow again."},
            "commit": repo.git("rev-parse", "HEAD").strip(),
        }
    ]


def test_a_record_that_is_not_committed_yet(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.write({"records/cis/web-07.yaml": ci()})
    assert "not committed yet\n  added" in run_itsm("log", "web-07", cwd=repo.root).stdout
    lines = run_itsm("blame", "web-07", cwd=repo.root).stdout.splitlines()
    assert lines[4].split() == ["not", "committed", "yet", "title:", "Web", "server"]
    assert run_itsm("log", "web-07", "--rev", "HEAD", cwd=repo.root).exit_code == 2


def test_settings_that_are_not_committed_yet(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    git_repo.commit({WEB: ci()}, "ci:web-01: added")
    (git_repo.root / "itsm.yaml").write_text("format: 1\n")
    run = run_itsm("log", "web-01", cwd=git_repo.root)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr == "error: HEAD holds no itsm.yaml (commit it, or name the folder of the records)\n"


def test_history_lists_changes_of_a_field(repo: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("history", "--kind", "ci", "--field", "owner", cwd=repo.root)
    assert [line.split()[3:] for line in run.stdout.splitlines()[1:3]] == [
        [*part, "ci:web-01", "owner", *change]
        for part, change in (([_short(repo, 0)], ["+", "team:web"]), ([_short(repo, 1)], ["team:web", "→", "team:ops"]))
    ]
    told = facts(run_itsm("history", "--field", "owner", "--since", "2026-03-02", "--format", "json", cwd=repo.root))
    assert [(row["record"], row["field"], row["old"], row["new"]) for row in told] == [
        ("ci:web-01", "owner", "team:web", "team:ops")
    ]
    rows = list(csv.DictReader(io.StringIO(run_itsm("history", "--format", "csv", cwd=repo.root).stdout)))
    assert [(row["record"], row["field"], row["old"], row["new"]) for row in rows] == [
        ("ci:web-01", "", "", "Web server"),
        ("team:web", "", "", "Web"),
        ("ci:web-01", "owner", "team:web", "team:ops"),
        ("ci:web-01", "tags", "", "slow"),
    ]
    assert (rows[2]["pull_request"], rows[2]["reviewers"]) == ("#12", "Fay Weber <fay@example.org>")
    assert (rows[0]["pull_request"], rows[0]["reviewers"]) == ("", "")


def _short(repo: GitRepo, number: int) -> str:
    return repo.git("log", "--format=%h", "--abbrev=8", "--no-merges", "--reverse").split()[number]


def test_history_of_inner_fields_and_removals(repo: GitRepo, run_itsm: RunItsm) -> None:
    plan = "planned: {start: 2026-03-05T09:00:00Z, end: 2026-03-05T10:00:00Z}\n"
    change = "records/changes/2026/CHG-20260304-k7qz.yaml"
    repo.commit({change: "title: A change\n"}, "change")
    repo.commit({change: f"title: A change\n{plan}cis: [ci:web-01]\n"}, "planned")
    repo.commit({change: f"title: A change\n{plan.replace('10:00', '11:00')}"}, "longer")
    repo.git("rm", "-q", change)
    repo.commit({}, "removed")
    told = facts(run_itsm("history", "--kind", "change", "--field", "planned.end", "--format", "json", cwd=repo.root))
    assert [(row["subject"], row.get("old"), row.get("new")) for row in told] == [
        ("planned", None, "2026-03-05T10:00:00Z"),
        ("longer", "2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z"),
        ("removed", "2026-03-05T11:00:00Z", None),
    ]
    cis = run_itsm("history", "--record", "CHG-20260304-k7qz", "--field", "cis", cwd=repo.root).stdout
    assert "+ ci:web-01" in cis
    assert "- ci:web-01" in cis
    assert "removed" in run_itsm("history", "--kind", "change", cwd=repo.root).stdout
    assert run_itsm("history", "--kind", "problem", cwd=repo.root).stdout == "no changes\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kind", "ci", "--field", "ownr"], "a ci has no field ownr (did you mean owner?)"),
        (["--field", "nothing-like-it"], "a record has no field nothing-like-it"),
        (["--field", "timeline"], "entries are told by itsm log"),
        (["--kind", "cis", "--record", "team:web"], "team:web is a team, and not a ci"),
        (["--kind", "machine"], "there is no kind machine"),
    ],
)
def test_history_refuses_what_it_cannot_answer(
    repo: GitRepo, run_itsm: RunItsm, arguments: list[str], said: str
) -> None:
    run = run_itsm("history", *arguments, cwd=repo.root)
    assert (run.exit_code, run.stdout) == (2, "")
    assert said in run.stderr


def test_cells_are_no_formulas(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.commit({WEB: ci(more='location: "=1+1"\n')}, "=cmd()")
    out = run_itsm("history", "--field", "location", "--format", "csv", cwd=repo.root).stdout
    [row] = csv.DictReader(io.StringIO(out))
    assert (row["subject"], row["new"]) == ("'=cmd()", "'=1+1")


def test_what_a_terminal_is_told_holds_no_codes(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.git("config", "user.useConfigOnly", "false")
    repo.commit({WEB: ci(more='location: "a\\e[2Jb"\n')}, "\x1b[31mred\x07", author="E\x1b[1m")
    for command in (["log", "web-01"], ["blame", "web-01"], ["history"]):
        assert "\x1b" not in run_itsm(*command, cwd=repo.root).stdout


def test_a_shallow_clone_says_that_it_is_one(repo: GitRepo, run_itsm: RunItsm, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(clone))
    run = run_itsm("log", "web-01", cwd=clone)
    assert run.exit_code == 0
    assert "this clone is shallow" in run.stderr
    assert "git fetch --unshallow" in run.stderr
    assert "was there before" in run.stdout
    assert run_itsm("history", cwd=clone).stdout == "no changes\n"
    assert facts(run_itsm("log", "web-01", "--format", "json", cwd=clone))["begins_before"] is True
    base = run_itsm("lint", "--rev", "HEAD~1", cwd=clone)
    assert (base.exit_code, base.stderr.count("\n")) == (2, 1)
    assert "in a shallow clone, fetch it first" in base.stderr


def test_a_detached_head_is_as_good_as_a_branch(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.git("checkout", "-q", "--detach", "HEAD~1")
    assert "2 commits" in run_itsm("log", "web-01", cwd=repo.root).stdout
    assert run_itsm("lint", cwd=repo.root).exit_code in (0, 1)


def test_a_bare_repository_is_read_from_its_head(repo: GitRepo, run_itsm: RunItsm, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    repo.git("clone", "-q", "--bare", str(repo.root), str(bare))
    for rev in ([], ["--rev", "main"]):
        assert "3 commits" in run_itsm("log", "web-01", "--root", str(bare), *rev, cwd=tmp_path).stdout
        assert "team:ops" in run_itsm("blame", "web-01", "--root", str(bare), *rev, cwd=tmp_path).stdout
        assert "team:ops" in run_itsm("history", "--root", str(bare), *rev, cwd=tmp_path).stdout
    assert "ci:web-01" in run_itsm("show", "web-01", "--root", str(bare), "--rev", "main", cwd=tmp_path).stdout
    assert run_itsm("lint", "--root", str(bare), "--rev", "main", cwd=tmp_path).exit_code in (0, 1)
    refused = run_itsm("lint", "--root", str(bare), cwd=tmp_path)
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)


def test_a_linked_worktree_has_the_same_history(repo: GitRepo, run_itsm: RunItsm, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    repo.git("worktree", "add", "-q", str(tree), "side")
    assert "2 commits" in run_itsm("log", "web-01", cwd=tree).stdout
    assert run_itsm("lint", cwd=tree).exit_code in (0, 1)
    assert run_itsm("lint", "--rev", "main", cwd=tree).exit_code in (0, 1)


def test_sha256_repositories_have_a_history(run_itsm: RunItsm, tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "sha256")
    repo.root.mkdir()
    repo.git("init", "-q", "-b", "main", "--object-format=sha256")
    repo.commit({**SETTINGS, WEB: ci()}, "added")
    repo.commit({WEB: ci("team:ops")}, "owner")
    assert "~ owner: team:web → team:ops" in run_itsm("log", "web-01", cwd=repo.root).stdout
    assert "owner: team:ops" in run_itsm("blame", "web-01", cwd=repo.root).stdout
    assert run_itsm("lint", "--rev", "HEAD", cwd=repo.root).exit_code in (0, 1)
    assert run_itsm("lint", cwd=repo.root).exit_code in (0, 1)


def test_a_submodule_below_records_has_no_part(repo: GitRepo, run_itsm: RunItsm, tmp_path: Path) -> None:
    other = GitRepo(tmp_path / "other")
    other.root.mkdir()
    other.git("init", "-q", "-b", "main")
    other.commit({"x.yaml": "name: X\n"})
    repo.git("submodule", "--quiet", "add", str(other.root), "records/cis/sub")
    repo.commit({}, "submodule")
    assert "3 commits" in run_itsm("log", "web-01", cwd=repo.root).stdout
    assert "sub" not in run_itsm("history", cwd=repo.root).stdout
    for rev in ([], ["--rev", "HEAD"]):
        assert "submodule" in run_itsm("lint", *rev, cwd=repo.root).stdout


def test_records_may_be_a_submodule_of_another_repository(repo: GitRepo, run_itsm: RunItsm, tmp_path: Path) -> None:
    outer = GitRepo(tmp_path / "outer")
    outer.root.mkdir()
    outer.git("init", "-q", "-b", "main")
    outer.git("submodule", "--quiet", "add", str(repo.root), "itsm")
    outer.commit({}, "with records")
    assert "3 commits" in run_itsm("log", "web-01", cwd=outer.root / "itsm").stdout
    assert run_itsm("lint", "--rev", "HEAD", cwd=outer.root / "itsm").exit_code in (0, 1)


def test_without_a_commit_there_is_no_history(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    git_repo.write({**SETTINGS, WEB: ci()})
    for command in (["log", "web-01"], ["blame", "web-01"], ["history"], ["lint", "--rev", "HEAD"]):
        run = run_itsm(*command, cwd=git_repo.root)
        assert (run.exit_code, run.stderr.count("\n")) == (2, 1)
        assert "nothing is committed here yet" in run.stderr
    assert run_itsm("lint", cwd=git_repo.root).exit_code in (0, 1)


def test_a_folder_that_git_does_not_keep_has_no_history(run_itsm: RunItsm, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    GitRepo(folder).write({**SETTINGS, WEB: ci()})
    for command in (["log", "web-01"], ["blame", "web-01"], ["history"], ["lint", "--rev", "HEAD"]):
        run = run_itsm(*command, cwd=folder)
        assert (run.exit_code, run.stderr.count("\n")) == (2, 1)
        assert "is not a git repository" in run.stderr
    assert run_itsm("lint", cwd=folder).exit_code in (0, 1)


def test_records_in_a_folder_of_a_larger_repository(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    inside = {f"ops/{path}": text for path, text in {**SETTINGS, WEB: ci()}.items()}
    git_repo.commit({**inside, "src/main.c": "int main;\n", WEB: "title: Not ours\n"}, "all")
    git_repo.commit({f"ops/{WEB}": ci("team:ops"), "src/main.c": "\n"}, "owner")
    git_repo.commit({WEB: "title: Still not ours\n"}, "elsewhere")
    entry = "at: 2026-03-04T09:00:00Z\nby: team:web\ntype: note\ntext: Slow.\n"
    git_repo.write({"ops/records/cis/web-01.d/20260304T090000Z-k7qz.yaml": entry})
    folder = git_repo.root / "ops"
    told = facts(run_itsm("log", "web-01", "--format", "json", cwd=folder))
    assert [commit.get("subject") for commit in told["commits"]] == ["all", "owner", None]
    assert told["commits"][2]["entries"][0]["text"] == "Slow."
    assert "not committed yet" in run_itsm("blame", "web-01", cwd=folder / "records").stdout
    assert len(facts(run_itsm("history", "--format", "json", cwd=folder))) == 3
    assert "ci:web-01" in run_itsm("log", "WEB-01", "--rev", "HEAD", cwd=folder).stdout


def test_a_repository_of_another_user_is_told_in_one_line(
    repo: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    for folder, _folders, files in os.walk(repo.root):
        for path in (folder, *(f"{folder}/{file}" for file in files)):
            os.chown(path, 12345, 12345)
    for command in (["log", "web-01"], ["history"], ["lint"], ["lint", "--rev", "HEAD"], ["show", "web-01"]):
        run = run_itsm(*command, cwd=repo.root)
        assert (run.exit_code, run.stderr.count("\n")) == (2, 1)
        assert "belongs to another user" in run.stderr
        assert f"git config --global --add safe.directory {repo.root}" in run.stderr
    settings = tmp_path / "gitconfig"
    settings.write_text(f"[safe]\n\tdirectory = {repo.root}\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert "3 commits" in run_itsm("log", "web-01", cwd=repo.root).stdout
    assert run_itsm("lint", cwd=repo.root).exit_code in (0, 1)


def test_in_the_middle_of_a_merge_history_is_what_is_committed(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.git("checkout", "-q", "-b", "other", "HEAD~1")
    repo.commit({WEB: ci("team:desk")}, "desk")
    repo.git("checkout", "-q", "main")
    repo.commit({WEB: ci("team:data")}, "data")
    repo.git("-c", "merge.conflictStyle=merge", "merge", "-q", "--no-commit", "-X", "ours", "other")
    assert run_itsm("log", "web-01", cwd=repo.root).exit_code == 0
    repo.git("merge", "--abort")
    (repo.root / "merge.sh").write_text("git merge -q other || true\n", encoding="utf-8")
    repo.git("-c", "alias.try=!sh merge.sh", "try")
    told = facts(run_itsm("log", "web-01", "--format", "json", cwd=repo.root))
    assert told["commits"][-1]["subject"] == "data"
    assert "owner: team:data" in run_itsm("blame", "web-01", cwd=repo.root).stdout


def test_bare_repositories_that_git_must_not_read_are_told_in_one_line(
    repo: GitRepo, run_itsm: RunItsm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path / "bare.git"
    repo.git("clone", "-q", "--bare", str(repo.root), str(bare))
    settings = tmp_path / "gitconfig"
    settings.write_text("[safe]\n\tbareRepository = explicit\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    run = run_itsm("log", "web-01", "--root", str(bare), cwd=tmp_path)
    assert (run.exit_code, run.stderr.count("\n")) == (2, 1)
    assert "git is told not to read bare repositories" in run.stderr
