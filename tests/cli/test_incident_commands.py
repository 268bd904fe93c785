"""The commands for incidents from end to end, and people who use them at the same time, with real git."""

import stat
from pathlib import Path

import pytest

from tests.support import GitRepo, RunItsm

INCIDENT = "records/incidents/2026/INC-20260304-k7qz.yaml"
ID = "INC-20260304-k7qz"
FILES = {
    "itsm.yaml": "format: 1\ntime_zone: Europe/Berlin\n",
    "records/people/alice.yaml": "name: Alice\nemails: [alice@example.org]\n",
    "records/people/bob.yaml": "name: Bob\nemails: [bob@example.org]\n",
    "records/teams/web.yaml": "name: Web\nmembers: [person:alice, person:bob]\n",
    "records/services/shop.yaml": (
        "title: Web shop\nowner: team:web\ntier: 1\nstate: live\nvisibility: public\nsupport_team: team:web\n"
        "depends_on: [ci:web-01]\n"
    ),
    "records/cis/web-01.yaml": "title: web-01\nclass: vm\nowner: team:web\nstate: operational\n",
    INCIDENT: (
        "title: Checkout is slow\nstate: in-progress\nimpact: high\nurgency: low\nservices: [service:shop]\n"
        "assignment: {team: team:web}\n"
        "timeline:\n"
        "  - {at: 2026-03-04T08:00:00+01:00, by: person:alice, type: created}\n"
        "  - {at: 2026-03-04T08:05:00+01:00, by: person:alice, type: transition, to: in-progress}\n"
    ),
}


def belongs_to(repo: GitRepo, name: str) -> GitRepo:
    repo.git("config", "user.name", name)
    repo.git("config", "user.email", f"{name}@example.org")
    return repo


@pytest.fixture
def repo(git_repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772611200")  # 2026-03-04T09:00:00+01:00
    belongs_to(git_repo, "alice").commit(FILES)
    return git_repo


def test_from_the_alarm_to_the_end_each_step_is_a_commit(repo: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("outage", "Nobody can pay", "-s", "shop", "-l", "major", "-m", "We look.", "--commit", cwd=repo.root)
    assert (run.exit_code, run.stderr) == (0, "")
    id_ = run.stdout.partition(":")[0]
    for words in (
        ["major", "declare", id_, "--update-every", "30m"],
        ["escalate", id_, "--to", "bob"],
        ["impact-level", id_, "shop", "slow"],
        ["major", "update", id_, "It", "is", "slow", "still."],
        ["communicate", id_, "We found it.", "--status", "identified"],
        ["resolve", id_, "--code", "fixed", "--notes", "Restarted.", "-m", "It works again."],
        ["major", "close", id_, "--review", "It was slow.", "--factor", "One pool."],
    ):
        run = run_itsm(*words, "--commit", cwd=repo.root)
        assert run.exit_code == 0, run.stderr
    assert repo.git("log", "--reverse", "--format=%an: %s", "HEAD~8..").splitlines() == [
        f"alice: {line}"
        for line in (
            f"{id_}: Nobody can pay",
            f"{id_}: declared a major incident",
            f"{id_}: escalated to person:bob, level 2",
            f"{id_}: shop degraded",
            f"{id_}: told the public",
            f"{id_}: told the public, identified",
            f"{id_}: new → resolved",
            f"{id_}: resolved → closed",
        )
    ]
    assert repo.git("log", "-8", "--format=%(trailers:key=Itsm-Record,valueonly)").split() == [id_] * 8
    assert repo.git("status", "--porcelain") == ""
    lint = run_itsm("lint", cwd=repo.root)
    assert "0 errors" in lint.stdout
    page = run_itsm("show", id_, cwd=repo.root).stdout
    # All at one second, and yet in the order in which it was written.
    told = [page.index(text) for text in ("We look.", "It is slow still.", "We found it.", "It works again.")]
    assert told == sorted(told)


def test_a_dry_run_writes_nothing(repo: GitRepo, run_itsm: RunItsm) -> None:
    for words in (
        ["outage", "Nobody can pay", "-s", "shop", "-l", "major"],
        ["impact-level", ID, "down"],
        ["communicate", ID, "We know."],
        ["resolve", ID, "--code", "fixed"],
        ["escalate", ID, "--to", "bob"],
        ["major", "declare", ID],
    ):
        run = run_itsm(*words, "--dry-run", "--commit", cwd=repo.root)
        assert (run.exit_code, run.stdout[:4]) == (0, "--- "), run.stderr
        assert run.stderr.endswith("nothing was written\n")
    assert repo.git("status", "--porcelain") == ""


def test_a_hook_that_refuses_is_heard_and_the_files_stay_edited(repo: GitRepo, run_itsm: RunItsm) -> None:
    hook = repo.root / ".git" / "hooks" / "commit-msg"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'no ticket number'\nexit 1\n")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    run = run_itsm("communicate", ID, "We know.", "--commit", cwd=repo.root)
    assert run.exit_code == 2
    assert run.stderr == (
        "no ticket number\nerror: not committed: a hook of the repository refused (the files stay edited; try again "
        "with git commit)\n"
    )
    assert repo.git("status", "--porcelain").startswith("?? records/incidents/2026/INC-20260304-k7qz.d/")


@pytest.mark.parametrize(
    ("set_up", "words"),
    [
        (["config", "user.email", "nobody@example.org"], "error: no person has nobody@example.org, git's user.email ("),
        (["config", "--unset", "user.email"], "error: git has no user.email (say who you are: --as PERSON"),
    ],
)
def test_nobody_does_nothing(repo: GitRepo, run_itsm: RunItsm, set_up: list[str], words: str) -> None:
    repo.git(*set_up)
    run = run_itsm("communicate", ID, "We know.", cwd=repo.root)
    assert run.exit_code == 2
    assert run.stderr.startswith(words)
    assert repo.git("status", "--porcelain") == ""


def test_in_the_middle_of_a_merge_nothing_is_written(repo: GitRepo, run_itsm: RunItsm) -> None:
    (repo.root / ".git" / "MERGE_HEAD").write_text(repo.git("rev-parse", "HEAD"))
    run = run_itsm("communicate", ID, "We know.", "--commit", cwd=repo.root)
    assert run.stderr == "error: a merge is under way; nothing was written (finish it or give it up, and try again)\n"
    assert not (repo.root / INCIDENT.replace(".yaml", ".d")).exists()


def test_a_text_comes_from_standard_input(
    repo: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = tmp_path / "text"
    text.write_text("First line.\n\n- *second* — Ü\n", encoding="utf-8")
    with text.open() as file:
        monkeypatch.setattr("sys.stdin", file)
        run = run_itsm("communicate", ID, "-", "--audience", "management", cwd=repo.root)
    assert run.exit_code == 0
    (entry,) = (repo.root / INCIDENT.replace(".yaml", ".d")).iterdir()
    assert "First line." in entry.read_text(encoding="utf-8")
    assert "- *second* — Ü" in entry.read_text(encoding="utf-8")


def test_tasks_are_listed(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.write(
        {
            "records/changes/2026/CHG-20260303-m2nk.yaml": (
                "title: New kernel\ntype: normal\nreason: A hole.\ncis: [ci:web-01]\n"
                "tasks: [{id: t1, title: Drain}, {id: t2, title: Boot, owner: person:bob}]\n"
                "timeline:\n  - {at: 2026-03-03T08:00:00+01:00, by: person:alice, type: created}\n"
            )
        }
    )
    assert run_itsm("task", "CHG-20260303-m2nk", "1", "done", cwd=repo.root).exit_code == 0
    run = run_itsm("task", "CHG-20260303-m2nk", cwd=repo.root)
    assert (
        run.stdout
        == "#  task  state  owner       title\n1  t1    done               Drain\n2  t2    open   person:bob  Boot\n"
    )
    run = run_itsm("task", "CHG-20260303-m2nk", "t2", cwd=repo.root)
    assert run.stderr == (
        "error: say how far task t2 is (itsm task CHG-20260303-m2nk t2 open, in-progress, done or canceled)\n"
    )


def clones(repo: GitRepo, tmp_path: Path) -> tuple[GitRepo, GitRepo]:
    """Return two people's clones of one repository."""
    made = []
    for name in ("alice", "bob"):
        repo.git("clone", "-q", str(repo.root), str(tmp_path / name))
        made.append(belongs_to(GitRepo(tmp_path / name), name))
    return made[0], made[1]


def test_two_clones_that_write_on_one_incident_at_once_merge_without_conflict(
    repo: GitRepo, run_itsm: RunItsm, tmp_path: Path
) -> None:
    alice, bob = clones(repo, tmp_path)
    said = [
        (alice, "08:40", "The pool is full."),
        (bob, "08:41", "So it is on web-02."),
        (alice, "08:41", "Emptied it."),
        (bob, "08:43", "Better."),
    ]
    for clone, at, text in said:
        run = run_itsm("note", ID, text, "--at", at, "--commit", cwd=clone.root)
        assert run.exit_code == 0, run.stderr
    assert run_itsm("impact-level", ID, "slow", "--at", "08:42", "--commit", cwd=bob.root).exit_code == 0

    alice.git("pull", "-q", "--no-rebase", "--no-edit", str(bob.root), "main")
    assert alice.git("status", "--porcelain") == ""
    assert len(alice.git("log", "-1", "--format=%P").split()) == 2
    lint = run_itsm("lint", cwd=alice.root)
    assert (lint.exit_code, "0 errors" in lint.stdout or "nothing to report" in lint.stdout) == (0, True), lint.stdout
    show = run_itsm("show", ID, cwd=alice.root).stdout
    order = [show.index(text) for text in ("The pool is full.", "Emptied it.", "Better.")]
    assert order == sorted(order)
    assert "So it is on web-02." in show
    # The same the other way round: nobody's entries depend on who merges.
    bob.git("pull", "-q", "--no-rebase", "--no-edit", str(alice.root), "main")
    assert run_itsm("show", ID, cwd=bob.root).stdout == show


def test_two_clones_that_move_one_incident_apart_meet_a_conflict(
    repo: GitRepo, run_itsm: RunItsm, tmp_path: Path
) -> None:
    alice, bob = clones(repo, tmp_path)
    assert run_itsm("resolve", ID, "--code", "fixed", "--commit", cwd=alice.root).exit_code == 0
    words = ["transition", ID, "on-hold", "--set", "hold_reason=awaiting-vendor", "--commit"]
    assert run_itsm(*words, cwd=bob.root).exit_code == 0
    with pytest.raises(Exception, match="exit status 1"):
        alice.git("pull", "-q", "--no-rebase", "--no-edit", str(bob.root), "main")
    assert alice.git("diff", "--name-only", "--diff-filter=U").split() == [INCIDENT]
