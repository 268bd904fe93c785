"""`itsm diff` from end to end: which ends are compared, in which formats, and what cannot be."""

import json
from pathlib import Path

import pytest

from tests.support import GitRepo, RunItsm

SETTINGS = "format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\n"
WEB = "title: web-01\nstate: operational\nclass: vm\nowner: team:web\nrelations: [{}]\n"
PG = "title: {}\nstate: operational\nclass: vm\nowner: team:web\n"
SHOP = "title: Shop\nstate: live\ntier: 1\nowner: team:web\ndepends_on: [ci:web-01]\n"
WEB_FILE = "records/cis/web-01.yaml"
DAYS = [f"2026-03-0{day}T12:00:00+00:00" for day in range(1, 6)]


@pytest.fixture
def org(git_repo: GitRepo) -> GitRepo:
    """On 1 March web-01 depends on pg-1, on the 2nd on pg-2; the branch `side` begins before that and adds a team."""
    git_repo.commit(
        {
            "itsm.yaml": SETTINGS,
            "records/teams/web.yaml": "name: Web\n",
            "records/services/shop.yaml": SHOP,
            "records/cis/pg-1.yaml": PG.format("pg-1"),
            "records/cis/pg-2.yaml": PG.format("pg-2"),
            WEB_FILE: WEB.format("{type: depends_on, to: ci:pg-1}"),
        },
        date=DAYS[0],
    )
    git_repo.git("branch", "side")
    git_repo.commit({WEB_FILE: WEB.format("{type: depends_on, to: ci:pg-2}")}, date=DAYS[1])
    git_repo.git("checkout", "-q", "side")
    git_repo.commit({"records/teams/side.yaml": "name: Side\n"}, date=DAYS[2])
    git_repo.git("checkout", "-q", "main")
    return git_repo


MOVED = """\

configuration items
  ci:web-01
    now also depends on pg-2
    no longer depends on pg-1

what follows
  service:shop (tier 1) now also depends on ci:pg-2, and no longer depends on ci:pg-1
  ci:pg-2 is now a single point of failure of service:shop
  ci:pg-1 is no longer a single point of failure of service:shop

1 record changed
"""


def _diff(run_itsm: RunItsm, org: GitRepo, *arguments: str) -> str:
    run = run_itsm("diff", *arguments, cwd=org.root)
    assert (run.exit_code, run.stderr) == (0, "")
    return run.stdout


def test_two_revisions(org: GitRepo, run_itsm: RunItsm) -> None:
    assert _diff(run_itsm, org, "HEAD~1", "HEAD") == f"HEAD~1 → HEAD\n{MOVED}"
    assert _diff(run_itsm, org, "HEAD~1..HEAD") == f"HEAD~1 → HEAD\n{MOVED}"
    assert _diff(run_itsm, org, "HEAD~1..") == f"HEAD~1 → HEAD\n{MOVED}"
    assert _diff(run_itsm, org, "HEAD", "HEAD") == "HEAD → HEAD: nothing differs\n"


def test_the_working_tree_is_the_end_and_head_the_beginning(org: GitRepo, run_itsm: RunItsm) -> None:
    assert _diff(run_itsm, org) == "HEAD → working tree: nothing differs\n"
    org.write({"records/teams/new.yaml": "name: New\n"})
    assert "team:new New: added" in _diff(run_itsm, org)
    assert "team:new New: added" in _diff(run_itsm, org, "HEAD~1")
    assert "now also depends on pg-2" in _diff(run_itsm, org, "HEAD~1")
    assert _diff(run_itsm, org, "--staged") == "HEAD → staged: nothing differs\n"
    org.git("add", "-A")
    assert "team:new New: added" in _diff(run_itsm, org, "--staged")


def test_what_a_branch_brings_begins_where_it_parted(org: GitRepo, run_itsm: RunItsm) -> None:
    assert "pg-2" in _diff(run_itsm, org, "main", "side")
    brought = _diff(run_itsm, org, "main...side")
    assert "pg-2" not in brought
    assert "team:side Side: added" in brought
    assert "pg-2" in _diff(run_itsm, org, "side...")


def test_times_name_both_ends(org: GitRepo, run_itsm: RunItsm) -> None:
    told = _diff(run_itsm, org, "--since", "2026-03-02", "--at", "2026-03-03")
    assert told == f"HEAD at 2026-03-02T00:00:00+01:00 → HEAD at 2026-03-03T00:00:00+01:00\n{MOVED}"
    assert "now also depends" in _diff(run_itsm, org, "--since", "2026-03-02")
    assert "nothing differs" in _diff(run_itsm, org, "--since", "2026-03-03", "--rev", "main")
    assert "team:side Side: added" in _diff(run_itsm, org, "--since", "2026-03-02", "--rev", "side")
    assert "nothing differs" in _diff(run_itsm, org, "HEAD", "--at", "2026-03-03", "--rev", "main")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("--since 2026-03-02 HEAD", "--since and HEAD both say where to begin"),
        ("HEAD~1 HEAD --at 2026-03-02", "--at and HEAD both say where to end"),
        ("HEAD~1 HEAD --rev side", "--rev and HEAD both say where to end"),
        ("HEAD~1..HEAD --staged", "--staged and HEAD both say where to end"),
        ("--at 2026-03-02", "it is not said where to begin (name a revision, or --since TIME)"),
        ("--since 2026-02-02", "the history of HEAD begins at 2026-03-01T13:00:00+01:00"),
        ("--since noon", "--since noon is not a time"),
        ("HEAD --now noon", "--now noon is not a time"),
        ("nowhere", "nowhere is no revision of this repository"),
        ("HEAD nowhere", "nowhere is no revision of this repository"),
        ("HEAD --staged --at 2026-03-03", "--staged and --at exclude each other"),
        ("HEAD --now 2026-03-03 --at 2026-03-03", "--at and --now exclude each other"),
    ],
)
def test_what_cannot_be(org: GitRepo, run_itsm: RunItsm, arguments: str, words: str) -> None:
    run = run_itsm("diff", *arguments.split(), cwd=org.root)
    assert (run.exit_code, run.stdout, run.stderr.count("\n")) == (2, "", 1)
    assert words in run.stderr


def test_branches_without_a_common_commit(org: GitRepo, run_itsm: RunItsm) -> None:
    org.git("checkout", "-q", "--orphan", "other")
    org.git("commit", "-q", "-m", "other")
    run = run_itsm("diff", "main...other", cwd=org.root)
    assert (run.exit_code, run.stderr.count("\n")) == (2, 1)
    assert "main and other have no history in common" in run.stderr


def test_where_nothing_is_committed_or_there_is_no_git(tmp_path: Path, git_repo: GitRepo, run_itsm: RunItsm) -> None:
    git_repo.write({"itsm.yaml": SETTINGS})
    run = run_itsm("diff", cwd=git_repo.root)
    assert (run.exit_code, run.stderr.count("\n")) == (2, 1)
    assert "nothing is committed here yet" in run.stderr
    (tmp_path / "itsm.yaml").write_text(SETTINGS, encoding="utf-8")
    assert "is not a git repository" in run_itsm("diff", cwd=tmp_path).stderr


def test_json(org: GitRepo, run_itsm: RunItsm) -> None:
    facts = json.loads(_diff(run_itsm, org, "HEAD~1", "HEAD", "--format", "json"))
    assert (facts["base"], facts["head"], facts["summary"]) == (
        "HEAD~1",
        "HEAD",
        {"added": 0, "changed": 1, "removed": 0},
    )
    record = facts["records"][0]
    assert (record["id"], record["kind"], record["edit"], record["was"]) == ("ci:web-01", "ci", "changed", None)
    assert record["says"][0] == {"sort": "with more dependencies", "words": "now also depends on pg-2"}
    assert record["fields"] == [
        {"field": "relations[ci:pg-2]", "new": {"type": "depends_on", "to": "ci:pg-2"}},
        {"field": "relations[ci:pg-1]", "old": {"type": "depends_on", "to": "ci:pg-1"}},
    ]
    follows = facts["consequences"]
    assert [(each["id"], each["gained"], each["lost"]) for each in follows["depends_on"]] == [
        ("service:shop", ["ci:pg-2"], ["ci:pg-1"])
    ]
    assert [(each["id"], each["gained"], each["lost"]) for each in follows["impact_sets"]] == [
        ("ci:pg-1", [], ["service:shop"]),
        ("ci:pg-2", ["service:shop"], []),
    ]
    assert [(each["id"], each["services"]) for each in follows["single_points"]["appeared"]] == [
        ("ci:pg-2", ["service:shop"])
    ]
    assert (follows["links"], follows["judged_otherwise"]) == ({"broken": [], "mended": []}, [])


def test_markdown_has_the_drawing_and_the_details(org: GitRepo, run_itsm: RunItsm) -> None:
    text = _diff(run_itsm, org, "HEAD~1", "HEAD", "--format", "markdown")
    assert text.startswith("**HEAD&#126;1 → HEAD**: 1 record changed\n\n- **ci:web-01**: now also depends on pg-2; ")
    assert "**What follows**\n\n- service:shop (tier 1) now also depends on ci:pg-2" in text
    assert '|"depends_on, new"|' in text
    assert text.count("<details>") == text.count("</details>") == 2


def test_settings_schemas_and_templates_are_told(org: GitRepo, run_itsm: RunItsm) -> None:
    org.write({"itsm.yaml": f"{SETTINGS}rules: {{orphan-ci: error}}\n", "templates/home.html.j2": "x\n"})
    assert _diff(run_itsm, org) == (
        "HEAD → working tree\n\njudged otherwise from now on\n"
        "  itsm.yaml changed: orphan-ci as shipped → error\n  templates/home.html.j2 added\n\nno record differs\n"
    )


def test_broken_and_mended_links_are_told_with_their_place(org: GitRepo, run_itsm: RunItsm) -> None:
    (org.root / "records/cis/pg-2.yaml").unlink()
    told = _diff(run_itsm, org)
    assert (
        "  link broken: ci:web-01 relations[0].to names ci:pg-2, which does not exist (records/cis/web-01.yaml:5:"
    ) in told
    org.git("commit", "-q", "-a", "-m", "gone")
    org.write({"records/cis/pg-2.yaml": PG.format("pg-2")})
    assert "  link mended: ci:web-01 relations[0].to named ci:pg-2, which did not exist" in _diff(run_itsm, org)


def test_kinds_of_one_s_own_are_told_in_the_words_of_their_schema(org: GitRepo, run_itsm: RunItsm) -> None:
    kind = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Meeting room",
        "description": "Where people meet.",
        "type": "object",
        "$ref": "envelope.schema.json",
        "properties": {
            "name": {"type": "string", "description": "What it is called."},
            "seat_count": {"type": "integer", "description": "How many may sit in it."},
            "equipment": {"type": "array", "items": {"type": "string"}, "description": "What stands in it."},
        },
        "required": ["name"],
        "unevaluatedProperties": False,
        "patternProperties": {"^x-": True},
        "examples": [{"id": "blue", "name": "Blue"}],
        "x-itsm": {
            "kind": "room",
            "plural": "meeting rooms",
            "folder": "rooms",
            "id": "slug",
            "title_field": "name",
            "columns": [],
            "starter": [],
        },
    }
    room = "records/rooms/blue.yaml"
    org.commit({"schemas/room.schema.json": json.dumps(kind), room: "name: Blue\nseat_count: 4\n"})
    org.write({room: "name: Azure\nseat_count: 6\nequipment: [board, screen]\n"})
    assert _diff(run_itsm, org) == (
        "HEAD → working tree\n\nmeeting rooms\n  room:blue Azure\n    renamed from “Blue”\n"
        "    board and screen added to equipment\n    seat count: 4 → 6\n\n1 record changed\n"
    )


def test_a_revision_without_settings_is_said_to_be_none_of_records(org: GitRepo, run_itsm: RunItsm) -> None:
    org.git("checkout", "-q", "--orphan", "empty")
    org.git("rm", "-q", "-r", "--cached", ".")
    org.git("commit", "-q", "--allow-empty", "-m", "nothing")
    run = run_itsm("diff", "empty", "main", cwd=org.root)
    assert (run.exit_code, run.stderr.count("\n")) == (2, 1)
    assert "empty holds no itsm.yaml" in run.stderr
