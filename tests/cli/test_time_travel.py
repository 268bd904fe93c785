"""`--rev`, `--now` and `--at`: which commit is read, what time it is then, and what cannot be."""

import json
from pathlib import Path

import pytest

from tests.support import GitRepo, RunItsm

SETTINGS = "format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\n"
TEAM = "name: Web\n"
SHOP = "records/services/shop.yaml"
CONTRACT = "records/contracts/care.yaml"
CHANGE = "records/changes/2026/CHG-20260302-f1yk.yaml"
SERVICE = "title: Shop\nstate: live\ntier: 1\nowner: team:web\ndepends_on: [{}]\n"
OPENED = """\
title: New router
state: {state}
type: normal
owner: team:web
planned: {{start: 2026-03-03T22:00:00+01:00, end: 2026-03-03T23:00:00+01:00}}
timeline:
  - {{at: 2026-03-02T09:00:00+01:00, by: team:web, type: created}}
"""
SCHEDULED = "  - {at: 2026-03-02T12:00:00+01:00, by: team:web, type: transition, to: assess}\n"
DAYS = [f"2026-03-0{day}T12:00:00+00:00" for day in range(1, 6)]


@pytest.fixture
def org(git_repo: GitRepo) -> GitRepo:
    """A commit at noon (UTC) of 1, 2 and 3 March; what the branch `side` has of 2 March is merged on the 4th."""
    git_repo.commit({"itsm.yaml": SETTINGS, "records/teams/web.yaml": TEAM}, date=DAYS[0])
    git_repo.git("checkout", "-q", "-b", "side")
    git_repo.commit({"records/teams/side.yaml": "name: Side\n"}, date=DAYS[1])
    git_repo.git("checkout", "-q", "main")
    git_repo.commit({SHOP: SERVICE.format(""), CHANGE: OPENED.format(state="new")}, date=DAYS[1])
    git_repo.commit({CHANGE: OPENED.format(state="assess") + SCHEDULED}, date=DAYS[2])
    git_repo.git("merge", "-q", "--no-ff", "-m", "side", "side", date=DAYS[3])
    return git_repo


def _ids(run_itsm: RunItsm, org: GitRepo, *arguments: str) -> list[str]:
    run = run_itsm("list", *arguments, "--format", "json", cwd=org.root)
    assert run.exit_code == 0, run.stderr
    return [row["id"] for row in json.loads(run.stdout)]


@pytest.mark.parametrize(
    ("time", "teams", "services"),
    [
        ("2026-03-01T12:00:00Z", ["web"], []),
        ("2026-03-02 12:59", ["web"], []),
        ("2026-03-02 13:00", ["web"], ["shop"]),
        # The commit of the 2nd on `side` was not on this branch before the merge.
        ("2026-03-04 12:59", ["web"], ["shop"]),
        ("2026-03-05", ["side", "web"], ["shop"]),
        ("2027-01-01", ["side", "web"], ["shop"]),
    ],
)
def test_at_reads_the_last_commit_of_then(
    org: GitRepo, run_itsm: RunItsm, time: str, teams: list[str], services: list[str]
) -> None:
    assert _ids(run_itsm, org, "team", "--at", time) == teams
    assert _ids(run_itsm, org, "service", "--at", time) == services


def test_at_reads_the_branch_that_rev_names(org: GitRepo, run_itsm: RunItsm) -> None:
    assert _ids(run_itsm, org, "team", "--rev", "side", "--at", "2026-03-03") == ["side", "web"]
    assert _ids(run_itsm, org, "team", "--rev", "side", "--at", "2026-03-02 12:00") == ["web"]


def test_days_ago_count_from_the_clock(org: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772632800")  # 2026-03-04T14:00:00Z
    assert _ids(run_itsm, org, "service", "--at", "3 days ago") == []
    assert _ids(run_itsm, org, "service", "--at", "2 days ago") == ["shop"]
    assert _ids(run_itsm, org, "team", "--at", "yesterday") == ["web"]
    assert _ids(run_itsm, org, "team", "--at", "now") == ["side", "web"]


def test_every_command_takes_them_all(org: GitRepo, run_itsm: RunItsm) -> None:
    commands = ("lint", "check", "link", "list team", "show team:web", "impact shop", "spof", "risk CHG-20260302-f1yk")
    for command in (*commands, "render out"):
        for told in (
            ("--at", "2026-03-05"),
            ("--rev", "HEAD", "--now", "2026-03-05"),
            ("--rev", "main", "--at", "now"),
        ):
            run = run_itsm(*command.split(), *told, cwd=org.root)
            assert run.exit_code in (0, 1), (command, told, run.stderr)
            assert "error:" not in run.stderr, (command, told)


def test_before_history_begins_it_says_when_it_does(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("lint", "--at", "2026-03-01 12:59", cwd=org.root)
    assert run.exit_code == 2
    assert run.stderr == (
        "error: the history of HEAD begins at 2026-03-01T13:00:00+01:00, after 2026-03-01T12:59:00+01:00 "
        "(name a later time)\n"
    )
    assert "begins at 2026-03-01T12:00:00Z" in run_itsm("lint", "--at", "1960-01-01T00:00:00Z", cwd=org.root).stderr


def test_a_shallow_clone_says_so(org: GitRepo, tmp_path: Path, run_itsm: RunItsm) -> None:
    org.git("clone", "-q", "--depth", "2", f"file://{org.root}", str(tmp_path / "clone"))
    clone = GitRepo(tmp_path / "clone")
    assert _ids(run_itsm, clone, "team", "--at", "2026-03-05") == ["side", "web"]
    run = run_itsm("list", "team", "--at", "2026-03-02 13:00", cwd=clone.root)
    assert run.exit_code == 2
    assert run.stderr == (
        "error: the clone is shallow: its history begins at 2026-03-03T13:00:00+01:00, after "
        "2026-03-02T13:00:00+01:00 (fetch the whole of it: git fetch --unshallow)\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("lint --at 2026-03-05 --now 2026-03-05", "--at and --now exclude each other (--at sets the clock as well)"),
        ("check --at 2026-03-05 --as-of 2026-03-05", "--at and --as-of exclude each other"),
        ("check --now 2026-03-05 --as-of 2026-03-05", "--as-of and --now are the same"),
        ("lint --staged --at 2026-03-05", "--staged and --at exclude each other"),
        ("lint --at noon", "--at noon is not a time"),
        ("lint --now noon", "--now noon is not a time"),
        ("lint --rev nowhere --at 2026-03-05", "nowhere is no revision of this repository"),
        ("lint --rev --at --at 2026-03-05", "--at is no revision of this repository"),
    ],
)
def test_what_cannot_be(org: GitRepo, run_itsm: RunItsm, arguments: str, words: str) -> None:
    run = run_itsm(*arguments.split(), cwd=org.root)
    assert (run.exit_code, run.stderr.count("\n")) == (2, 1)
    assert words in run.stderr


def test_where_nothing_is_committed(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    git_repo.write({"itsm.yaml": SETTINGS})
    for arguments in (("--at", "2026-03-05"), ("--at", "2026-03-05T00:00:00Z"), ("--rev", "HEAD")):
        run = run_itsm("lint", *arguments, cwd=git_repo.root)
        assert (run.exit_code, run.stderr.count("\n")) == (2, 1)
        assert "nothing is committed here yet" in run.stderr


def test_outside_of_git_there_is_no_history(tmp_path: Path, run_itsm: RunItsm) -> None:
    (tmp_path / "itsm.yaml").write_text(SETTINGS, encoding="utf-8")
    run = run_itsm("lint", "--at", "2026-03-05", cwd=tmp_path)
    assert run.exit_code == 2
    assert "is not a git repository" in run.stderr


def test_a_detached_head_and_a_bare_repository_have_a_history_too(
    org: GitRepo, tmp_path: Path, run_itsm: RunItsm
) -> None:
    org.git("checkout", "-q", "--detach", "HEAD~1")
    assert _ids(run_itsm, org, "team", "--at", "2026-03-05") == ["web"]
    org.git("clone", "-q", "--bare", str(org.root), str(tmp_path / "bare.git"))
    bare = GitRepo(tmp_path / "bare.git")
    root = ("--root", str(bare.root), "--rev", "main")
    assert _ids(run_itsm, bare, "team", *root, "--at", "2026-03-05") == ["side", "web"]
    assert _ids(run_itsm, bare, "team", *root, "--at", "2026-03-04") == ["web"]
    assert _ids(run_itsm, bare, "team", "--root", str(bare.root), "--at", "2026-03-04") == ["web"]


def test_a_repository_of_records_in_a_folder_of_another(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    git_repo.commit({"ops/itsm.yaml": SETTINGS, "ops/records/teams/web.yaml": TEAM}, date=DAYS[0])
    git_repo.commit({"ops/records/teams/side.yaml": "name: Side\n"}, date=DAYS[2])
    ops = GitRepo(git_repo.root / "ops")
    assert _ids(run_itsm, ops, "team", "--at", "2026-03-02") == ["web"]
    assert _ids(run_itsm, ops, "team", "--at", "2026-03-04") == ["side", "web"]


def test_an_old_revision_is_judged_by_its_own_schemas_and_settings(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    kind = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Room",
        "description": "Where people meet.",
        "type": "object",
        "$ref": "envelope.schema.json",
        "properties": {
            "name": {"type": "string", "description": "What it is called."},
            "seats": {"type": "integer", "description": "How many may sit in it."},
        },
        "required": ["name"],
        "examples": [{"id": "blue", "name": "Blue"}],
        "unevaluatedProperties": False,
        "patternProperties": {"^x-": True},
        "x-itsm": {
            "kind": "room",
            "plural": "rooms",
            "folder": "rooms",
            "id": "slug",
            "title_field": "name",
            "columns": [],
            "starter": [],
        },
    }
    room = "records/rooms/blue.yaml"
    git_repo.commit({"itsm.yaml": SETTINGS, room: "name: Blue\nseats: 4\n"}, date=DAYS[0])
    schema = "schemas/room.schema.json"
    git_repo.commit({schema: json.dumps(kind)}, date=DAYS[1])
    del kind["properties"]["seats"]  # type: ignore[attr-defined]
    git_repo.commit({schema: json.dumps(kind)}, date=DAYS[2])
    git_repo.commit({"itsm.yaml": f'{SETTINGS}rules: {{unknown-field: "off"}}\n'}, date=DAYS[3])
    told = [run_itsm("lint", "--at", time, "--format", "json", cwd=git_repo.root) for time in DAYS[:4]]
    assert [run.stderr for run in told] == [""] * 4
    assert [[finding["rule"] for finding in json.loads(run.stdout)["findings"]] for run in told] == [
        ["id-path-mismatch"],
        [],
        ["unknown-field"],
        [],
    ]


def test_templates_are_those_of_the_revision(org: GitRepo, run_itsm: RunItsm) -> None:
    own = "{% extends 'base.html.j2' %}{% block main %}Our own home{% endblock %}\n"
    org.commit({"templates/home.html.j2": own}, date=DAYS[4])
    for time, is_own in (("2026-03-05", False), ("2026-03-06", True)):
        run = run_itsm("render", "out", "--at", time, "--audience", "internal", cwd=org.root)
        assert run.exit_code == 0, run.stderr
        page = (org.root / "out/internal/index.html").read_text(encoding="utf-8")
        assert ("Our own home" in page) is is_own


def test_the_clock_tells_the_state_of_then(org: GitRepo, run_itsm: RunItsm) -> None:
    def shown(*arguments: str) -> dict[str, object]:
        run = run_itsm("show", "CHG-20260302-f1yk", "--format", "json", *arguments, cwd=org.root)
        found: dict[str, object] = json.loads(run.stdout)
        return found

    assert (shown()["state"], "open_for" in shown()) == ("assess", False)
    early = shown("--now", "2026-03-02 11:30")
    assert (early["state"], early["open_for"], early["in_window"]) == ("new", "2 h 30 min", False)
    assert len(early["timeline"]) == 1  # type: ignore[arg-type]
    late = shown("--now", "2026-03-03 22:30")
    assert (late["state"], late["open_for"], late["in_window"]) == ("assess", "37 h 30 min", True)
    assert "as of 2026-03-02T11:30:00+01:00\n" in (
        run_itsm("show", "CHG-20260302-f1yk", "--now", "2026-03-02 11:30", cwd=org.root).stdout
    )


def test_lists_tell_the_states_of_then_and_leave_out_what_came_later(org: GitRepo, run_itsm: RunItsm) -> None:
    assert _ids(run_itsm, org, "change", "--where", "state=new", "--now", "2026-03-02 10:00") == ["CHG-20260302-f1yk"]
    assert _ids(run_itsm, org, "change", "--where", "state=new", "--now", "2026-03-02 13:00") == []
    assert _ids(run_itsm, org, "change", "--now", "2026-03-02 08:59") == []


def test_check_takes_now_as_it_takes_as_of(org: GitRepo, run_itsm: RunItsm) -> None:
    contract = (
        "title: Care\ntype: support\nstate: active\nvendor: Fixit\n"
        "term: {start: 2026-01-01, end: 2026-12-31, renewal: manual}\n"
    )
    org.commit({CONTRACT: contract}, date=DAYS[4])
    asked = [run_itsm("check", name, "2027-01-02", cwd=org.root) for name in ("--now", "--as-of", "--at")]
    assert asked[0] == asked[1] == asked[2]
    assert asked[0].stdout.splitlines()[-1].startswith("as of 2027-01-02T00:00:00+01:00, ")
    assert "contract-expired" in asked[0].stdout
    assert "contract-expired" not in run_itsm("check", "--at", "2026-03-05", cwd=org.root).stdout


def test_lint_does_not_ask_the_clock(org: GitRepo, run_itsm: RunItsm) -> None:
    told = {run_itsm("lint", "--now", time, cwd=org.root).stdout for time in ("1990-01-01", "2026-03-03", "2090-01-01")}
    assert len(told) == 1
