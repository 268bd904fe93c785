"""`itsm impact`, `spof` and `risk` end to end: what people type, what they read, how it exits."""

import json
import re
from collections.abc import Iterator

import pytest

from itsm_as_code.reporters.impact_text import down_text
from itsm_as_code.reporters.terminal import Look
from tests.support import GitRepo, RunItsm

HOSTILE = 'A "quoted" [box] <b>\\\\ {x} | end ` # & -->'
"""In double-quoted YAML the backslashes are one."""
FILES = {
    "itsm.yaml": "format: 1\n",
    "records/teams/web.yaml": "name: Web team\ncontact: web@example.org\non_call: https://example.org/on-call\n",
    "records/teams/ops.yaml": "name: Operations\ncontact: ops@example.org\n",
    "records/people/bo.yaml": "name: Bo Berg\nemails: [bo@example.org]\n",
    "records/services/shop.yaml": (
        "title: Web shop\nowner: team:web\ntier: 1\nstate: live\ndepends_on: [ci:app, service:mail]\n"
        "aliases: [webshop]\n"
    ),
    "records/services/mail.yaml": "title: Mail\nowner: person:bo\ntier: 2\nstate: live\ndepends_on: [ci:relay]\n",
    "records/cis/app.yaml": (
        "title: Shop application\nclass: application\nowner: team:web\nsupport_team: team:ops\nstate: operational\n"
        "relations:\n  - {type: runs_on, to: ci:web-01}\n  - {type: runs_on, to: ci:web-02}\n"
        "redundancy: [{over: runs_on, min_up: 1}]\n"
    ),
    "records/cis/web-01.yaml": "title: web-01\nclass: server\nowner: team:ops\nstate: operational\n",
    "records/cis/web-02.yaml": "title: web-02\nclass: server\nowner: team:ops\nstate: maintenance\n",
    "records/cis/relay.yaml": "title: Mail relay\nclass: server\nstate: operational\n",
    "records/cis/old.yaml": "title: Old server\nclass: server\nowner: team:ops\nstate: retired\n",
    "records/changes/2026/CHG-20260401-aaaa.yaml": (
        "title: Patch the relay\ntype: normal\nreason: It is old.\ncis: [ci:relay]\noutage: {expected: true}\n"
        "risk: {impact: low, likelihood: medium}\n"
        "timeline:\n  - {at: 2026-04-01T09:00:00Z, by: person:bo, type: created}\n"
    ),
    "records/incidents/2026/INC-20260304-k7qz.yaml": (
        "title: Shop is slow\nimpact: high\nurgency: high\nservices: [service:shop]\n"
        "cis: [{ci: ci:web-01, role: affected}]\n"
        "timeline:\n  - {at: 2026-03-04T03:07:00+01:00, by: person:bo, type: created}\n"
    ),
}


@pytest.fixture
def org(git_repo: GitRepo) -> GitRepo:
    git_repo.commit(dict(FILES))
    return git_repo


def test_what_fails_why_and_whom_to_call(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("impact", "web-01", cwd=org.root)
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == (
        "ci:web-01  web-01 [operational]\n"
        "If it fails, 1 service and 1 configuration item fail too.\n"
        "\n"
        "services\n"
        "  tier 1  Web shop  live  shop depends_on app\n"
        "          web-01 → app → shop\n"
        "\n"
        "configuration items\n"
        "  application  Shop application  operational  "
        "app has 0 of 2 up over runs_on, needs 1 (web-02 is in maintenance)\n"
        "\n"
        "teams to call\n"
        "  Operations (team:ops)\n"
        "    contact  ops@example.org\n"
        "    for      web-01, app\n"
        "  Web team (team:web)\n"
        "    contact  web@example.org\n"
        "    on call  https://example.org/on-call\n"
        "    for      shop\n"
    )


def test_a_record_without_team_and_an_owner_who_is_a_person(org: GitRepo, run_itsm: RunItsm) -> None:
    out = run_itsm("impact", "ci:relay", cwd=org.root).stdout
    assert "  Bo Berg (person:bo)\n    contact  bo@example.org\n    for      mail\n" in out
    assert out.endswith("  nobody is named for relay\n")


def test_nothing_fails(org: GitRepo, run_itsm: RunItsm) -> None:
    out = run_itsm("impact", "web-02", cwd=org.root).stdout
    assert "If it fails, nothing else fails.\n" in out
    assert "services" not in out
    out = run_itsm("impact", "old", cwd=org.root).stdout
    assert out.splitlines()[1:] == ["It is retired and takes no part: nothing fails with it."]


def test_what_holds_is_told(org: GitRepo, run_itsm: RunItsm) -> None:
    org.write({"records/cis/web-02.yaml": FILES["records/cis/web-02.yaml"].replace("maintenance", "operational")})
    out = run_itsm("impact", "web-01", cwd=org.root).stdout
    assert "still up, with less to spare\n  app has 1 of 2 up over runs_on, needs 1\n" in out


def test_up(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("impact", "webshop", "--up", cwd=org.root)
    assert run.stdout == (
        "service:shop  Web shop [live]\n"
        "It depends on 1 service and 4 configuration items; 4 of these can take it down alone.\n"
        "\n"
        "take it down alone\n"
        "  tier 2       Mail              live         shop depends_on mail\n"
        "  application  Shop application  operational  shop depends_on app\n"
        "  server       Mail relay        operational  mail depends_on relay\n"
        "               shop → mail → relay\n"
        "  server       web-01            operational  app runs_on web-01\n"
        "               shop → app → web-01\n"
        "\n"
        "only together with others\n"
        "  server  web-02  maintenance  app runs_on web-02\n"
        "          shop → app → web-02\n"
    )
    assert run_itsm("impact", "relay", "--up", cwd=org.root).stdout.splitlines()[1:] == ["It depends on nothing."]
    retired = run_itsm("impact", "old", "--up", cwd=org.root).stdout
    assert retired.splitlines()[1:] == ["It is retired and takes no part: nothing is looked for."]


def test_depth(org: GitRepo, run_itsm: RunItsm) -> None:
    out = run_itsm("impact", "web-01", "--depth", "1", cwd=org.root).stdout
    assert "1 more record fails beyond --depth 1.\n" in out
    assert "Web shop" not in out
    out = run_itsm("impact", "shop", "--up", "--depth", "1", cwd=org.root).stdout
    assert "3 more records are further away than --depth 1.\n" in out
    assert run_itsm("impact", "web-01", "--depth", "0", cwd=org.root).exit_code == 2


def test_json_of_both_directions(org: GitRepo, run_itsm: RunItsm) -> None:
    down = json.loads(run_itsm("impact", "web-01", "--format", "json", cwd=org.root).stdout)
    assert list(down) == [
        *("id", "title", "state", "class", "direction", "depth", "takes_part"),
        *("services", "cis", "more", "weakened", "teams"),
    ]
    assert down["services"] == [
        {
            "id": "service:shop",
            "title": "Web shop",
            "state": "live",
            "tier": 1,
            "depth": 2,
            "path": ["ci:web-01", "ci:app", "service:shop"],
            "reasons": [
                "app has 0 of 2 up over runs_on, needs 1 (web-02 is in maintenance)",
                "shop depends_on app",
            ],
        }
    ]
    assert down["teams"][0] == {
        "id": "team:ops",
        "name": "Operations",
        "contact": "ops@example.org",
        "on_call": None,
        "records": ["ci:web-01", "ci:app"],
    }
    up = json.loads(run_itsm("impact", "shop", "--up", "--format", "json", cwd=org.root).stdout)
    assert [(entry["id"], entry["alone"], entry["depth"]) for entry in up["cis"]] == [
        ("ci:app", True, 1),
        ("ci:relay", True, 2),
        ("ci:web-01", True, 2),
        ("ci:web-02", False, 2),
    ]
    assert up["cis"][3]["path"] == ["service:shop", "ci:app", "ci:web-02"]


def test_an_id_that_an_asset_bears_too_means_the_ci(org: GitRepo, run_itsm: RunItsm) -> None:
    org.write({"records/assets/WEB-01.yaml": "title: Web server\nclass: server\n"})
    assert run_itsm("impact", "WEB-01", cwd=org.root).stdout.startswith("ci:web-01  ")
    assert "may be asset:WEB-01 or ci:web-01" in run_itsm("show", "Web-01", cwd=org.root).stderr
    org.write({"records/services/web-01.yaml": "title: Web service\nowner: team:web\ntier: 3\n"})
    assert "may be ci:web-01 or service:web-01" in run_itsm("impact", "WEB-01", cwd=org.root).stderr


def test_colour_only_where_it_is_wanted() -> None:
    entry = {"id": "service:shop", "title": "Shop", "state": "live", "tier": 1}
    hit = {**entry, "depth": 2, "path": ["ci:a", "ci:b", "service:shop"], "reasons": ["x", "shop depends_on b"]}
    facts = {**entry, "id": "ci:a", "depth": None, "takes_part": True, "services": [hit], "cis": [], "more": 0}
    facts |= {"weakened": [], "teams": []}
    assert "\x1b[31mtier 1\x1b[0m  Shop  live  shop depends_on b\n" in down_text(facts, Look(width=40, colour=True))
    assert "\x1b" not in down_text(facts, Look(width=40, colour=False)) + down_text(facts)


def test_another_revision(org: GitRepo, run_itsm: RunItsm) -> None:
    org.write({"records/cis/app.yaml": "title: Shop application\nclass: application\nowner: team:web\n"})
    assert "nothing else fails" in run_itsm("impact", "web-01", cwd=org.root).stdout
    assert "Web shop" in run_itsm("impact", "web-01", "--rev", "HEAD", cwd=org.root).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["impact", "ci:wbe-01"], "there is no record ci:wbe-01 (did you mean ci:web-01"),
        (
            ["impact", "INC-20260304-k7qz"],
            "is an incident, and not a service or a configuration item (it tells of ci:web-01 and service:shop)",
        ),
        (["impact", "team:web"], "is a team, and not a service or a configuration item (it tells of ci:app and "),
        (
            ["spof", "CHG-20260401-aaaa"],
            "is a change, and not a service or a configuration item (it tells of ci:relay)",
        ),
        (["risk", "shop"], "service:shop is a service, and not a change (name a change)"),
        (["risk", "relay"], "ci:relay is a configuration item, and not a change (it tells of CHG-20260401-aaaa)"),
        (["risk", "CHG-20260401-aaab"], "did you mean CHG-20260401-aaaa"),
        (["risk"], "CHANGE is missing (itsm risk --help)"),
        (["impact", "web-01", "--format", "svg"], "--format svg: not one of text, json, mermaid, dot"),
    ],
)
def test_what_cannot_be_answered_is_one_line(org: GitRepo, run_itsm: RunItsm, arguments: list[str], words: str) -> None:
    run = run_itsm(*arguments, cwd=org.root)
    assert (run.exit_code, run.stdout) == (2, "")
    assert words in run.stderr
    assert len(run.stderr.splitlines()) == 1


def hostile(org: GitRepo) -> None:
    """Give a record a title that would break out of any drawing, and one with a control character a text."""
    files = {path: FILES[path] for path in ("records/services/shop.yaml", "records/services/mail.yaml")}
    org.write(
        {
            "records/services/shop.yaml": files["records/services/shop.yaml"].replace(
                "Web shop", json.dumps(HOSTILE).replace("\\\\\\\\", "\\\\")
            ),
            "records/services/mail.yaml": files["records/services/mail.yaml"].replace("Mail", '"Ma\\e[31mil"'),
        }
    )


def labels(line: str) -> Iterator[str]:
    """Yield the quoted strings of a line of dot, which ends them at a quote that no backslash precedes."""
    yield from re.findall(r'"((?:[^"\\]|\\.)*)"', line)


def test_mermaid_of_hostile_titles(org: GitRepo, run_itsm: RunItsm) -> None:
    hostile(org)
    out = run_itsm("impact", "relay", "--format", "mermaid", cwd=org.root).stdout
    lines = out.splitlines()
    assert lines[0] == "graph TD"
    box = re.compile(r'  n\d+\["[\w .,/():+#;-]+(?:<br/>[\w .,/():+#;-]+)?"\](?::::\w+)?')
    arrow = re.compile(r'  n\d+ (?:-->|-\.->)\|"[\w .,/():+#;-]+"\| n\d+')
    style = re.compile(r"  classDef \w+ [\w:#,-]+")
    assert all(box.fullmatch(line) or arrow.fullmatch(line) or style.fullmatch(line) for line in lines[1:])
    title = "A #34;quoted#34; #91;box#93; #60;b#62;#92; #123;x#125; #124; end #96; #35; #38; --#62;"
    assert f'["{title}<br/>service:shop"]' in out
    assert '  n1 -->|"depends_on"| n2' in lines


@pytest.mark.parametrize(
    ("title", "label"), [("1. The relay", "1#46; The relay"), ("- relay -", "#45; relay -"), ("2.4 GHz", "2#46;4 GHz")]
)
def test_mermaid_of_titles_that_look_like_lists(org: GitRepo, run_itsm: RunItsm, title: str, label: str) -> None:
    org.write({"records/cis/relay.yaml": FILES["records/cis/relay.yaml"].replace("Mail relay", json.dumps(title))})
    out = run_itsm("impact", "relay", "--format", "mermaid", cwd=org.root).stdout
    assert f'["{label}<br/>ci:relay"]' in out


def test_dot_of_hostile_titles(org: GitRepo, run_itsm: RunItsm) -> None:
    hostile(org)
    out = run_itsm("impact", "web-01", "--format", "dot", cwd=org.root).stdout
    lines = out.splitlines()
    assert (lines[0], lines[-1]) == ("digraph impact {", "}")
    title = next(label for line in lines for label in labels(line) if "quoted" in label)
    assert title == 'A \\"quoted\\" [box] <b>\\\\ {x} | end ` # &amp; -->\\nservice:shop'
    assert all(line.startswith("  ") and line.endswith(";") for line in lines[1:-1])
    assert '  n1 -> n2 [label="depends_on"];' in lines
    assert '  n2 -> n0 [label="runs_on, 1 of 2", style=dashed];' in lines


def test_text_of_hostile_titles(org: GitRepo, run_itsm: RunItsm) -> None:
    hostile(org)
    for command in (["impact", "relay"], ["impact", "mail", "--up"], ["spof"], ["spof", "mail"]):
        out = run_itsm(*command, cwd=org.root).stdout
        assert "\x1b" not in out
        assert "Ma [31mil" in out or "mail" in out


def test_a_cycle_ends(org: GitRepo, run_itsm: RunItsm) -> None:
    mail = FILES["records/services/mail.yaml"].replace("[ci:relay]", "[ci:relay, service:shop]")
    org.write({"records/services/mail.yaml": mail})
    data = json.loads(run_itsm("impact", "shop", "--format", "json", cwd=org.root).stdout)
    assert [entry["id"] for entry in data["services"]] == ["service:mail"]
    data = json.loads(run_itsm("impact", "shop", "--up", "--format", "json", cwd=org.root).stdout)
    assert [entry["id"] for entry in data["services"]] == ["service:mail"]
    assert run_itsm("impact", "shop", "--format", "mermaid", cwd=org.root).exit_code == 0


def test_a_record_that_the_schema_refuses_takes_part(org: GitRepo, run_itsm: RunItsm) -> None:
    shop = FILES["records/services/shop.yaml"].replace("tier: 1", "tier: high\nbogus: [1]")
    org.write({"records/services/shop.yaml": shop})
    assert "  no tier  Web shop  live  shop depends_on mail\n" in run_itsm("impact", "mail", cwd=org.root).stdout
    assert run_itsm("spof", cwd=org.root).exit_code == 0
    assert run_itsm("risk", "CHG-20260401-aaaa", cwd=org.root).exit_code == 0


def test_single_points_of_all_services(org: GitRepo, run_itsm: RunItsm) -> None:
    assert run_itsm("spof", cwd=org.root).stdout == (
        "ci:relay  Mail relay [operational]\n"
        "  tier 1  shop\n"
        "  tier 2  mail\n"
        "ci:app  Shop application [operational]\n"
        "  tier 1  shop\n"
        "service:mail  Mail [live]\n"
        "  tier 1  shop\n"
        "2 services, 3 single points of failure\n"
    )
    data = json.loads(run_itsm("spof", "--format", "json", cwd=org.root).stdout)
    assert (data["services"], [point["id"] for point in data["single_points"]]) == (
        2,
        ["ci:relay", "ci:app", "service:mail"],
    )
    assert data["single_points"][0]["services"][0] == {
        "id": "service:shop",
        "title": "Web shop",
        "state": "live",
        "tier": 1,
    }


def test_single_points_of_one_service(org: GitRepo, run_itsm: RunItsm) -> None:
    assert run_itsm("spof", "shop", cwd=org.root).stdout == (
        "service:shop  Web shop [live]\n"
        "3 of the 5 records on which it depends take it down alone.\n"
        "\n"
        "single points of failure\n"
        "  application  Shop application  operational  shop depends_on app\n"
        "  tier 2       Mail              live         shop depends_on mail\n"
        "  server       Mail relay        operational  mail depends_on relay\n"
        "               shop → mail → relay\n"
    )
    data = json.loads(run_itsm("spof", "shop", "--format", "json", cwd=org.root).stdout)
    assert (data["takes_part"], data["depends_on"], len(data["single_points"])) == (True, 5, 3)
    assert run_itsm("spof", "relay", cwd=org.root).stdout.splitlines()[1:] == ["It depends on nothing."]
    app = run_itsm("spof", "app", cwd=org.root).stdout.splitlines()
    assert app[1:] == ["None of the 2 records on which it depends takes it down alone."]
    assert "is retired" in run_itsm("spof", "old", cwd=org.root).stdout


def test_no_single_point(org: GitRepo, run_itsm: RunItsm) -> None:
    (org.root / "records/services/shop.yaml").unlink()
    (org.root / "records/services/mail.yaml").write_text("title: Mail\nowner: person:bo\ntier: 2\nstate: live\n")
    assert run_itsm("spof", cwd=org.root).stdout == "1 service, no single point of failure\n"


def test_the_risk_of_a_change(org: GitRepo, run_itsm: RunItsm) -> None:
    assert run_itsm("risk", "CHG-20260401-aaaa", cwd=org.root).stdout == (
        "CHG-20260401-aaaa  Patch the relay [new]\n"
        "risk: high\n"
        "\n"
        "  low       impact is low and likelihood medium\n"
        "  moderate  it touches the tier 1 service shop\n"
        "  high      an outage is expected, and no redundancy saves the tier 1 service shop\n"
        "\n"
        "It touches 2 services.\n"
        "Without redundancy: shop (tier 1), mail (tier 2).\n"
    )
    data = json.loads(run_itsm("risk", "CHG-20260401-aaaa", "--format", "json", cwd=org.root).stdout)
    (change,) = data["changes"]
    assert (change["risk"], change["derived"], change["stated"]) == ("high", "high", "low")
    assert change["contributions"][2] == {
        "source": "tier-1-down",
        "level": "high",
        "counts": True,
        "words": "an outage is expected, and no redundancy saves the tier 1 service shop",
        "records": ["service:shop"],
    }
    assert change["services"] == change["down"] == ["service:mail", "service:shop"]


def test_the_risk_of_a_change_that_redundancy_saves(org: GitRepo, run_itsm: RunItsm) -> None:
    path = "records/changes/2026/CHG-20260401-aaaa.yaml"
    text = FILES[path].replace("ci:relay", "ci:web-01").replace("risk: {impact: low, likelihood: medium}\n", "")
    org.write({path: text, path.replace("aaaa", "bbbb"): text.replace("ci:web-01", "ci:old")})
    out = run_itsm("risk", "CHG-20260401-aaaa", "CHG-20260401-bbbb", "CHG-20260401-aaaa", cwd=org.root).stdout
    first, second = out.split("\n\nCHG-20260401-bbbb")
    assert "it makes no estimate of its own; write risk.impact and risk.likelihood" in first
    assert first.endswith("It touches 1 service.\nRedundancy holds for: shop (tier 1).")
    assert second.endswith("\n\nIt touches no service.\n")


def test_a_record_that_stands_in_for_itself(org: GitRepo, run_itsm: RunItsm) -> None:
    app = FILES["records/cis/app.yaml"].replace("over: runs_on", "over: [ci:web-01, ci:web-01]")
    org.write({"records/cis/app.yaml": app})
    assert (
        "schema-unique-items ci:web-01 is in the list already (item 1); delete one of the two"
        in run_itsm("lint", cwd=org.root).stdout
    )
    out = run_itsm("impact", "web-01", cwd=org.root).stdout
    assert "app has 0 of 1 up over web-01, needs 1\n" in out


def test_a_team_that_nobody_can_reach_is_told(org: GitRepo, run_itsm: RunItsm) -> None:
    org.write({"records/teams/ops.yaml": "name: Operations\n"})
    out = run_itsm("impact", "web-02", cwd=org.root).stdout
    assert "  Operations (team:ops)\n    contact  none is written in team:ops\n    for      web-02\n" in out
