"""The command line end to end: what people type, what it prints, how it exits."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot
from tests.support import GitRepo, RunItsm

FILES = {
    "itsm.yaml": "format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\n",
    "records/teams/web.yaml": "name: Web team\nmembers: [person:alice]\n",
    "records/people/alice.yaml": "name: Alice Ames\nemails: [alice@example.org]\n",
    "records/services/shop.yaml": (
        "title: Web shop\nowner: team:web\ntype: business\ntier: 1\nstate: live\nsupport_team: team:web\n"
        "aliases: [webshop]\n"
    ),
    "records/cis/web-01.yaml": "title: Web server\nclass: server\nowner: team:web\nstate: operational\n",
    "records/incidents/2026/INC-20260304-k7qz.yaml": (
        "title: Shop is down\nimpact: high\nurgency: high\nservices: [service:shop]\n"
        "cis: [{ci: ci:web-01, role: affected}]\n"
        "timeline:\n  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}\n"
    ),
}
INCIDENT = "records/incidents/2026/INC-20260304-k7qz.yaml"


@pytest.fixture
def org(git_repo: GitRepo) -> GitRepo:
    git_repo.commit(dict(FILES))
    return git_repo


def broken(org: GitRepo) -> None:
    org.write({INCIDENT: FILES[INCIDENT].replace("ci:web-01", "ci:wbe-01")})


def test_lint_of_good_records(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("lint", "--strict", cwd=org.root)
    assert (run.exit_code, run.stdout, run.stderr) == (0, "5 records, nothing to report\n", "")


def test_lint_names_place_rule_and_nearest(org: GitRepo, run_itsm: RunItsm) -> None:
    broken(org)
    run = run_itsm("lint", cwd=org.root / "records")
    assert run.exit_code == 1
    assert (
        run.stdout.splitlines()[0]
        == f"{INCIDENT}:5:12 error dangling-link ci:wbe-01 does not exist (did you mean ci:web-01?)"
    )


def test_lint_of_paths_rules_and_revisions(org: GitRepo, run_itsm: RunItsm) -> None:
    broken(org)
    assert run_itsm("lint", "records/teams", cwd=org.root).exit_code == 0
    assert run_itsm("lint", "web.yaml", cwd=org.root / "records/teams").exit_code == 0
    assert run_itsm("lint", INCIDENT, cwd=org.root).exit_code == 1
    assert run_itsm("lint", "..", cwd=org.root / "records/teams").exit_code == 1
    assert run_itsm("lint", "--select", "self-link", cwd=org.root).exit_code == 0
    assert run_itsm("lint", "--ignore", "self-link,dangling-link", cwd=org.root).exit_code == 0
    assert run_itsm("lint", "--rev", "HEAD", cwd=org.root).exit_code == 0
    assert run_itsm("lint", "--root", str(org.root), cwd=Path("/")).exit_code == 1


def test_lint_json_and_github(org: GitRepo, run_itsm: RunItsm) -> None:
    broken(org)
    report = json.loads(run_itsm("lint", "--format", "json", cwd=org.root).stdout)
    assert report["summary"] == {"records": 5, "errors": 1, "warnings": 0, "waived": 0, "known": 0, "gone": 0}
    assert report["findings"][0]["field"] == "cis[0].ci"
    assert run_itsm("lint", "--format", "github", cwd=org.root).stdout.startswith(
        f"::error file={INCIDENT},line=5,col=12,title=dangling-link::"
    )


def test_warnings_fail_only_in_strict(org: GitRepo, run_itsm: RunItsm) -> None:
    org.write({"records/cis/web-01.yaml": "title: Web server\nclass: server\nstate: operational\n"})
    assert run_itsm("lint", cwd=org.root).exit_code == 0
    assert run_itsm("lint", "--strict", cwd=org.root).exit_code == 1
    org.write({"itsm.yaml": FILES["itsm.yaml"] + "rules: {ownerless-ci: 'off'}\n"})
    assert run_itsm("lint", "--strict", cwd=org.root).exit_code == 0
    org.write({"itsm.yaml": FILES["itsm.yaml"] + "rules: {ownerless-ci: error}\n"})
    assert run_itsm("lint", cwd=org.root).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lnit"], "did you mean lint?"),
        (["lint", "--select", "dangling-lnik"], "did you mean dangling-link?"),
        (["lint", "nowhere"], "nowhere does not exist"),
        (["lint", "/etc"], "is not in"),
        (["lint", "--rev", "nowhere"], "is no revision"),
        (["lint", "--root", "records"], "holds no itsm.yaml"),
        (["show", "INC-20260304-k7qx"], "did you mean INC-20260304-k7qz?"),
        (["list", "incidnet"], "did you mean incident?"),
        (["list", "incident", "--where", "impcat=high"], "did you mean impact?"),
        (["list", "incident", "--where", "impact"], "has no ="),
        (["explain", "danglin-link"], "did you mean dangling-link?"),
        (["explain"], "name a rule"),
        (["schema"], "name a kind"),
        (["schema", "cii"], "did you mean ci?"),
        (["link", "ci:wbe-01"], "did you mean ci:web-01?"),
        (["render"], "OUT is missing"),
        (["render", "out", "--now", "noon"], "--now noon is not a time"),
    ],
)
def test_what_cannot_go_on_is_said_in_words_and_exits_2(
    org: GitRepo, run_itsm: RunItsm, arguments: list[str], words: str
) -> None:
    run = run_itsm(*arguments, cwd=org.root)
    assert run.exit_code == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""


def test_a_slow_reader_is_said_aloud(org: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itsm_as_code.cli.options.HAS_LIBYAML", False)
    run = run_itsm("lint", cwd=org.root)
    assert run.exit_code == 0
    assert run.stderr.startswith("warning: PyYAML lacks libyaml here; results are the same")


def test_no_repository(tmp_path: Path, run_itsm: RunItsm) -> None:
    run = run_itsm("lint", cwd=tmp_path)
    assert run.exit_code == 2
    assert "itsm init" in run.stderr


def test_a_bad_itsm_yaml_is_one_line(org: GitRepo, run_itsm: RunItsm) -> None:
    org.write({"itsm.yaml": "format: 1\nrules: {dangling-lnik: off}\n"})
    run = run_itsm("lint", cwd=org.root)
    assert run.exit_code == 2
    assert len(run.stderr.splitlines()) == 1
    assert run.stderr.startswith("error: itsm.yaml:2:")


def test_a_crashing_rule_is_named_and_exits_3(org: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch) -> None:
    from itsm_as_code.rules import catalogue, engine  # noqa: PLC0415 - patched here

    def crash(_snapshot: Snapshot) -> Iterator[Fault]:
        raise ZeroDivisionError

    rule = catalogue.discover()["self-link"]
    monkeypatch.setattr(engine, "discover", lambda: {rule.id: catalogue.Rule(rule.id, rule.group, "error", "", crash)})
    run = run_itsm("lint", cwd=org.root)
    assert run.exit_code == 3
    assert "rule self-link crashed" in run.stderr


def test_link_totals_and_one_record(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("link", cwd=org.root)
    assert (run.exit_code, run.stdout.splitlines()[-1]) == (0, "5 records, 7 links, none broken")
    ways = run_itsm("link", "shop", cwd=org.root).stdout
    assert "points to:" in ways
    assert "  owner         team:web  Web team" in ways
    assert "INC-20260304-k7qz  Shop is down [new]" in ways
    data = json.loads(run_itsm("link", "service:shop", "--format", "json", cwd=org.root).stdout)
    assert {"name": "incidents", "to": "INC-20260304-k7qz", "title": "Shop is down", "state": "new"} in data[
        "pointed_to_by"
    ]


def test_link_with_broken_links_exits_1(org: GitRepo, run_itsm: RunItsm) -> None:
    broken(org)
    run = run_itsm("link", cwd=org.root)
    assert run.exit_code == 1
    assert f"{INCIDENT}:5:12 cis[0].ci ci:wbe-01 does not exist (did you mean ci:web-01?)" in run.stdout
    data = json.loads(run_itsm("link", "--format", "json", cwd=org.root).stdout)
    assert data["broken"][0]["nearest"] == ["ci:web-01"]


def test_show_by_address_id_and_alias(org: GitRepo, run_itsm: RunItsm) -> None:
    for name in ("service:shop", "shop", "webshop", "service:webshop", "SHOP"):
        assert run_itsm("show", name, cwd=org.root).stdout.startswith("service:shop  Web shop\n")
    data = json.loads(run_itsm("show", "INC-20260304-k7qz", "--format", "json", cwd=org.root).stdout)
    assert (data["kind"], data["id"], data["state"], data["priority"]) == ("incident", "INC-20260304-k7qz", "new", 1)


def test_show_counts_the_seats_of_a_licence(org: GitRepo, run_itsm: RunItsm) -> None:
    text = "title: Office suite\nproduct: Office\nmetric: user\nseats: 5\nallocations: [{to: team:web, seats: 3}]\n"
    org.write({"records/licences/office.yaml": text, "records/licences/broken.yaml": "title: No metric\n"})
    assert "\nseats_in_use: 3\n" in run_itsm("show", "office", cwd=org.root).stdout
    assert "seats_in_use" not in run_itsm("show", "licence:broken", cwd=org.root).stdout


def test_list_formats_and_conditions(org: GitRepo, run_itsm: RunItsm) -> None:
    table = run_itsm("list", "incident", cwd=org.root).stdout.splitlines()
    assert table[0].startswith("ID")
    assert table[1].startswith("INC-20260304-k7qz  Shop is down")
    whole = json.loads(run_itsm("list", "incidents", "--format", "json", cwd=org.root).stdout)
    assert [(each["kind"], each["id"], each["state"]) for each in whole] == [("incident", "INC-20260304-k7qz", "new")]
    assert (
        run_itsm(
            "list", "incident", "--where", "priority=1", "--where", "cis.ci=ci:web-01", "--format", "csv", cwd=org.root
        ).stdout.count("\n")
        == 2
    )
    assert run_itsm("list", "incident", "--where", "state=closed", cwd=org.root).stdout == "no incidents\n"


def test_explain_and_schema(org: GitRepo, run_itsm: RunItsm) -> None:
    assert "Wrong:" in run_itsm("explain", "dangling-link", cwd=org.root).stdout
    rules = json.loads(run_itsm("explain", "--list", "--format", "json", cwd=org.root).stdout)
    assert {"rule", "severity", "title", "doc", "group"} == set(rules[0])
    kinds = run_itsm("schema", "--list", cwd=org.root).stdout.splitlines()
    assert len(kinds) == 16
    assert {"asset", "catalog-item", "incident", "sla", "team"} <= set(kinds)
    assert json.loads(run_itsm("schema", "incident", cwd=Path("/")).stdout)["title"] == "Incident"


def test_render_says_what_it_could_not_show(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("render", "build/site", "--now", "2026-03-05T12:00:00Z", cwd=org.root)
    assert (run.exit_code, run.stderr) == (0, "")
    assert (org.root / "build/site/public/index.html").is_file()
    assert (org.root / "build/site/internal/incidents/INC-20260304-k7qz.html").is_file()
    org.write({INCIDENT: FILES[INCIDENT].replace("impact: high", "impact: hihg")})
    run = run_itsm("render", "build/site", "--now", "2026-03-05T12:00:00Z", cwd=org.root)
    assert run.exit_code == 0
    assert run.stderr == ("warning: INC-20260304-k7qz cannot be read and is not published; itsm lint says why\n")


def test_new_writes_a_record_that_lints(org: GitRepo, run_itsm: RunItsm) -> None:
    org.git("config", "user.email", "Alice@example.org")
    run = run_itsm(
        "new", "incident", "--title", "Labels print twice", "--set", "impact=low", "--set", "urgency=low", cwd=org.root
    )
    assert run.exit_code == 0
    text = (org.root / run.stdout.strip()).read_text()
    assert "by: person:alice, type: created" in text
    assert "# services:" in text
    assert run_itsm("lint", "--strict", cwd=org.root).exit_code == 0


def test_new_asks_for_what_only_a_person_knows_and_writes_nothing(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("new", "incident", "--title", "Labels print twice", cwd=org.root)
    assert run.exit_code == 2
    for flag in ("--set impact=high|medium|low", "--set urgency=high|medium|low", "--as PERSON"):
        assert flag in run.stderr
    run = run_itsm("new", "ci", "--title", "Server", "--set", "class=sever", "--set", "owner=team:wbe", cwd=org.root)
    assert run.exit_code == 2
    assert run.stderr == "error: --set owner: there is no team or person team:wbe (did you mean team:web?)\n"
    assert org.git("status", "--porcelain") == ""


def test_init_lints_clean_and_renders(tmp_path: Path, run_itsm: RunItsm) -> None:
    run = run_itsm("init", "mine", "--organisation", "Ace", cwd=tmp_path)
    assert run.exit_code == 0
    assert "itsm lint" in run.stdout
    assert run_itsm("lint", "--strict", cwd=tmp_path / "mine").exit_code == 0
    assert run_itsm("render", "build/site", cwd=tmp_path / "mine").exit_code == 0
    again = run_itsm("init", "mine", cwd=tmp_path)
    assert again.exit_code == 2
    assert "has itsm.yaml already" in again.stderr


def test_import_lists_what_it_skips_and_exits_1(tmp_path: Path, run_itsm: RunItsm) -> None:
    issues = tmp_path / "site/content/issues"
    issues.mkdir(parents=True)
    (tmp_path / "site/config.yml").write_text("title: Acme status\nparams:\n  systems:\n    - name: shop\n")
    good = "---\ntitle: Shop down\ndate: 2026-03-04T03:07:00Z\nresolved: true\nresolvedWhen: 2026-03-04T04:00:00Z\n"
    (issues / "a.md").write_text(good + "severity: down\naffected: [shop]\nsection: issue\n---\nDown.\n")
    run = run_itsm("import", "cstate", "site", "--into", "records-of-acme", cwd=tmp_path)
    assert (run.exit_code, run.stderr) == (0, "")
    assert run_itsm("lint", "--root", "records-of-acme", cwd=tmp_path).exit_code == 0
    (issues / "b.md").write_text("---\ntitle: [\n---\n")
    run = run_itsm("import", "cstate", "site", "--into", "records-of-acme", cwd=tmp_path)
    assert run.exit_code == 1
    assert "skipped: content/issues/b.md: " in run.stdout
    assert "0 files written" in run.stdout


def test_a_kind_of_ones_own_is_linted_linked_listed_and_rendered(org: GitRepo, run_itsm: RunItsm) -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Vehicle",
        "description": "A van or a car.",
        "type": "object",
        "$ref": "envelope.schema.json",
        "properties": {
            "serves": {
                "type": "string",
                "description": "The service it is for.",
                "x-itsm-link": {"to": ["service"], "reverse": "vehicles"},
            }
        },
        "required": ["title"],
        "patternProperties": {"^x-": True},
        "unevaluatedProperties": False,
        "x-itsm": {
            "kind": "vehicle",
            "plural": "vehicles",
            "folder": "vehicles",
            "id": "slug",
            "title_field": "title",
            "columns": ["serves"],
            "starter": ["serves"],
        },
    }
    org.write({"schemas/vehicle.schema.json": json.dumps(schema)})
    org.write({"records/vehicles/van-1.yaml": "title: The white van\nserves: service:shpo\n"})
    run = run_itsm("lint", cwd=org.root)
    assert run.exit_code == 1
    assert "service:shpo does not exist (did you mean service:shop?)" in run.stdout
    org.write({"records/vehicles/van-1.yaml": "title: The white van\nserves: service:shop\n"})
    assert run_itsm("lint", "--strict", cwd=org.root).exit_code == 0
    assert "vehicles   vehicle:van-1  The white van" in run_itsm("link", "service:shop", cwd=org.root).stdout
    assert run_itsm("list", "vehicle", cwd=org.root).stdout.splitlines()[1] == "van-1  The white van  service:shop"
    assert run_itsm("new", "vehicle", "--title", "Red van", cwd=org.root).stdout == "records/vehicles/red-van.yaml\n"
    assert run_itsm("render", "build/site", cwd=org.root).exit_code == 0
    assert "The white van" in (org.root / "build/site/internal/vehicles/van-1.html").read_text()


def test_help_of_every_command_has_examples(run_itsm: RunItsm, tmp_path: Path) -> None:
    listing = run_itsm("--help", cwd=tmp_path).stdout
    for name in ("lint", "link", "show", "list", "new", "render", "import", "init", "explain", "schema", "completion"):
        assert f"\n  {name}" in listing
        assert "Example" in run_itsm(name, "--help", cwd=tmp_path).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(run_itsm: RunItsm, tmp_path: Path, shell: str) -> None:
    assert "_ITSM_COMPLETE" in run_itsm("completion", shell, cwd=tmp_path).stdout


def test_a_closed_pipe_is_no_error(org: GitRepo) -> None:
    command = f'"{sys.executable}" -m itsm_as_code explain --list | head -n 1'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=org.root, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
