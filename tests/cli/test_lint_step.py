"""`itsm lint --base` and `--changed-since`: what a step brings, from where it parted, judged by both ends."""

import json

import pytest

from itsm_as_code.model.finding import Finding
from itsm_as_code.rules import engine
from itsm_as_code.snapshot.step import Step
from tests.support import GitRepo, Run, RunItsm

TEAM = "records/teams/web.yaml"
SERVER = "records/cis/web-01.yaml"
ALICE = "records/people/alice.yaml"
SETTINGS = "format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\n"
FILES = {
    "itsm.yaml": SETTINGS,
    TEAM: "name: Web team\nmembers: [person:alice]\n",
    ALICE: "name: Alice\n",
    SERVER: "title: Web server\nclass: server\nstate: operational\n",
    "records/cis/web-02.yaml": "title: Web server\nclass: server\nstate: operational\n",
}


@pytest.fixture
def parted(git_repo: GitRepo) -> GitRepo:
    """Return a repository at the branch topic, which has no commit of its own yet; main has gone on."""
    git_repo.commit(dict(FILES))
    git_repo.git("checkout", "-q", "-b", "topic")
    git_repo.git("checkout", "-q", "main")
    git_repo.git("rm", "-q", "records/cis/web-02.yaml")
    git_repo.commit({"records/people/bob.yaml": "name: Bob\n"}, "others went on")
    git_repo.git("checkout", "-q", "topic")
    return git_repo


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """Return the steps that were judged."""
    seen: list[Step] = []
    judge = engine.lint_step

    def watch(step: Step) -> tuple[Finding, ...]:
        seen.append(step)
        return judge(step)

    monkeypatch.setattr(engine, "lint_step", watch)
    return seen


def edited(step: Step) -> list[str]:
    return sorted(step.edits)


def last_line(run: Run) -> str:
    return run.stdout.splitlines()[-1]


def test_the_step_begins_where_the_branch_parted(parted: GitRepo, steps: list[Step], run_itsm: RunItsm) -> None:
    parted.commit({ALICE: "name: Alice Ames\n"}, "first")
    parted.commit({"records/people/carol.yaml": "name: Carol\n"}, "second")
    assert run_itsm("lint", "--base", "main", cwd=parted.root).exit_code == 0
    assert edited(steps[0]) == ["person:alice", "person:carol"]
    assert [commit.subject for commit in steps[0].commits or ()] == ["first", "second"]


def test_the_head_is_the_working_tree_what_is_staged_or_a_revision(
    parted: GitRepo, steps: list[Step], run_itsm: RunItsm
) -> None:
    parted.commit({ALICE: "name: Alice Ames\n"}, "first")
    parted.write({TEAM: "name: The web team\n"})
    parted.git("add", TEAM)
    parted.write({SERVER: FILES[SERVER].replace("Web", "Our web")})
    for arguments in ([], ["--staged"], ["--rev", "topic"], ["--rev", "main"]):
        run_itsm("lint", "--base", "main", *arguments, cwd=parted.root)
    assert list(map(edited, steps)) == [
        ["ci:web-01", "person:alice", "team:web"],
        ["person:alice", "team:web"],
        ["person:alice"],
        [],
    ]
    # What is not committed has no author.
    assert [step.commits is None for step in steps] == [True, True, False, False]


def test_a_merge_of_two_branches_is_a_step_too(parted: GitRepo, steps: list[Step], run_itsm: RunItsm) -> None:
    parted.commit({ALICE: "name: Alice Ames\n"}, "first")
    run = run_itsm("lint", "--base", "main", "--merge-with", "main", "--format", "json", cwd=parted.root)
    assert json.loads(run.stdout)["summary"]["records"] == 4
    assert edited(steps[0]) == ["person:alice"]
    assert [commit.subject for commit in steps[0].commits or ()] == ["first"]
    run_itsm("lint", "--base", "main~1", "--merge-with", "main", cwd=parted.root)
    assert edited(steps[1]) == ["ci:web-02", "person:alice", "person:bob"]
    assert steps[1].commits is None


def test_no_step_turns_off_what_judges_it(parted: GitRepo, run_itsm: RunItsm) -> None:
    off = f"{SETTINGS}rules: {{dangling-link: 'off', ownerless-ci: error}}\n"
    parted.commit({"itsm.yaml": off, TEAM: "name: Web team\nmembers: [person:zoe]\n"})
    assert last_line(run_itsm("lint", cwd=parted.root)) == "4 records: 2 errors, 0 warnings"
    # A rule turned off counts still, and one made graver counts already.
    run = run_itsm("lint", "--base", "main", cwd=parted.root)
    assert last_line(run) == "4 records: 3 errors, 0 warnings"
    assert f"{TEAM}:2:11 error dangling-link person:zoe" in run.stdout


def test_a_baseline_that_grew_hides_nothing(parted: GitRepo, run_itsm: RunItsm) -> None:
    parted.git("checkout", "-q", "main")
    run_itsm("lint", "--write-baseline", cwd=parted.root)
    parted.commit({}, "baseline")
    parted.git("checkout", "-q", "-B", "topic")
    parted.write({TEAM: "name: Web team\nmembers: [person:zoe]\n"})
    (parted.root / "baseline.json").unlink()
    run_itsm("lint", "--write-baseline", cwd=parted.root)
    parted.commit({}, "grown")
    assert last_line(run_itsm("lint", cwd=parted.root)).endswith("nothing to report, 2 known from baseline.json")
    run = run_itsm("lint", "--base", "main", cwd=parted.root)
    assert f"{TEAM}:2:11 error dangling-link person:zoe" in run.stdout
    assert "baseline.json:1:1 error baseline-grew" in run.stdout
    assert last_line(run) == "4 records: 2 errors, 0 warnings, 1 known from baseline.json"


def test_a_baseline_that_shrank_counts_at_once(parted: GitRepo, run_itsm: RunItsm) -> None:
    parted.git("checkout", "-q", "main")
    run_itsm("lint", "--write-baseline", cwd=parted.root)
    parted.commit({}, "baseline")
    parted.git("checkout", "-q", "-B", "topic")
    parted.commit({"baseline.json": '{"format": 1, "known": []}\n'})
    for arguments in ([], ["--base", "main"]):
        assert run_itsm("lint", "--strict", *arguments, cwd=parted.root).exit_code == 1
    parted.git("rm", "-q", "baseline.json")
    parted.commit({}, "deleted")
    assert run_itsm("lint", "--strict", "--base", "main", cwd=parted.root).exit_code == 1


def test_the_first_baseline_counts(parted: GitRepo, run_itsm: RunItsm) -> None:
    run_itsm("lint", "--write-baseline", cwd=parted.root)
    parted.commit({}, "baseline")
    assert run_itsm("lint", "--strict", "--base", "main", cwd=parted.root).exit_code == 0


def test_changed_since_tells_what_is_new_and_what_was_touched(parted: GitRepo, run_itsm: RunItsm) -> None:
    def found(*arguments: str) -> list[tuple[str, str]]:
        run = run_itsm("lint", "--changed-since", "main", "--format", "json", *arguments, cwd=parted.root)
        return [(finding["file"], finding["rule"]) for finding in json.loads(run.stdout)["findings"]]

    assert found() == []
    parted.commit({SERVER: FILES[SERVER].replace("Web", "Our web")})
    assert found() == [(SERVER, "ownerless-ci")]
    # Of what is not touched only what is new: a link to what the step deleted.
    parted.git("rm", "-q", ALICE)
    assert found() == [(SERVER, "ownerless-ci"), (TEAM, "dangling-link")]
    parted.git("checkout", "-q", "HEAD", "--", ".")
    parted.write({TEAM: "# A comment.\nname: Web team\nmembers: [person:alice]\n"})
    assert found("--rev", "HEAD") == found() == [(SERVER, "ownerless-ci")]


def test_changed_since_counts_the_records_that_were_touched(parted: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("lint", "--changed-since", "main", cwd=parted.root)
    assert (run.exit_code, run.stdout) == (0, "0 records, nothing to report\n")
    parted.write({TEAM: "name: Web team\nmembers: [person:zoe]\n"})
    for format_ in ("text", "json", "github", "sarif", "junit"):
        run = run_itsm("lint", "--changed-since", "main", "--format", format_, cwd=parted.root)
        assert run.exit_code == 1
        assert "person:zoe" in run.stdout
        assert "ownerless-ci" not in run.stdout
    assert last_line(run_itsm("lint", "--changed-since", "main", cwd=parted.root)) == "1 record: 1 error, 0 warnings"


def test_changed_since_knows_files_of_timeline_entries(parted: GitRepo, run_itsm: RunItsm) -> None:
    incident = "records/incidents/2026/INC-20260304-k7qz"
    created = "timeline:\n  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}\n"
    parted.git("checkout", "-q", "main")
    parted.commit({f"{incident}.yaml": f"title: Slow\nimpact: low\nurgency: low\ncis: [{{ci: ci:none}}]\n{created}"})
    parted.git("checkout", "-q", "-B", "topic")
    note = "{at: 2026-03-04T03:17:00+01:00, by: person:alice, type: note, text: Seen.}\n"
    parted.write({f"{incident}.d/20260304T021700Z-aaaa.yaml": note})
    run = run_itsm("lint", "--changed-since", "main", cwd=parted.root)
    assert run.stdout.startswith(f"{incident}.yaml:4:12 error dangling-link ci:none does not exist")
    assert last_line(run) == "1 record: 1 error, 0 warnings"


def test_both_may_be_given(parted: GitRepo, steps: list[Step], run_itsm: RunItsm) -> None:
    parted.commit({SERVER: FILES[SERVER].replace("Web", "Our web")})
    run = run_itsm("lint", "--base", "main", "--changed-since", "main", cwd=parted.root)
    assert last_line(run) == "1 record: 0 errors, 1 warning"
    assert edited(steps[0]) == ["ci:web-01"]


def test_what_an_edit_may_not_do_is_found_in_the_file_that_only_base_has(parted: GitRepo, run_itsm: RunItsm) -> None:
    parted.git("rm", "-q", SERVER)
    assert run_itsm("lint", cwd=parted.root).exit_code == 0
    for arguments in ([], [SERVER], ["--select", "record-deleted"], ["--changed-since", "main"]):
        run = run_itsm("lint", "--base", "main", *arguments, cwd=parted.root)
        assert run.exit_code == 1
        assert run.stdout.startswith(f"{SERVER}:")
        assert " record-deleted " in run.stdout
    report = json.loads(run_itsm("lint", "--base", "main", "--format", "json", cwd=parted.root).stdout)
    assert ("record-deleted", "ci:web-01") in {(each["rule"], each["record"]) for each in report["findings"]}
    # What others deleted is not this branch's doing.
    assert run_itsm("lint", "--base", "main", "--select", "record-deleted", cwd=parted.root).stdout.count("\n") == 2


def test_rules_of_steps_want_a_base(parted: GitRepo, run_itsm: RunItsm) -> None:
    for option in ("--select", "--ignore"):
        run = run_itsm("lint", option, "record-deleted", cwd=parted.root)
        assert (run.exit_code, run.stdout) == (2, "")
        assert run.stderr == "error: record-deleted judges a step (name what to compare with: --base REV)\n"
    run = run_itsm("check", "--select", "record-deleted", cwd=parted.root)
    words = "record-deleted does not depend on the time (itsm lint --select record-deleted --base REV)"
    assert run.stderr == f"error: {words}\n"


def test_a_base_that_cannot_be_read_is_named(parted: GitRepo, run_itsm: RunItsm) -> None:
    parted.commit({"itsm.yaml": "format: 9\n"})
    parted.git("checkout", "-q", "-b", "repair")
    parted.commit({"itsm.yaml": SETTINGS})
    run = run_itsm("lint", "--base", "topic", cwd=parted.root)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith("error: topic (at ")
    assert "itsm.yaml:1:9: must be 1" in run.stderr
    assert run.stderr.count("\n") == 1


def test_a_detached_head_and_a_tag(parted: GitRepo, steps: list[Step], run_itsm: RunItsm) -> None:
    parted.git("tag", "v1")
    parted.commit({ALICE: "name: Alice Ames\n"})
    parted.git("checkout", "-q", "--detach")
    assert run_itsm("lint", "--base", "v1", cwd=parted.root).exit_code == 0
    assert edited(steps[0]) == ["person:alice"]


def test_nothing_committed_is_one_line(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    git_repo.write(dict(FILES))
    for option in ("--base", "--changed-since", "--merge-with"):
        run = run_itsm("lint", option, "HEAD", cwd=git_repo.root)
        assert (run.exit_code, run.stdout) == (2, "")
        assert run.stderr == "error: nothing is committed here yet (HEAD names no commit until there is one)\n"
