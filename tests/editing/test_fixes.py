"""What `itsm lint --fix` repairs, byte for byte, and what it leaves to people."""

from collections.abc import Mapping

import pytest

from itsm_as_code.editing.fixes import plan_fixes
from itsm_as_code.editing.plan import Plan
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource, OverlaySource
from tests.editing.organisation import FILES, INCIDENT
from tests.support import GitRepo, RunItsm

CI = "records/cis/web-01.yaml"
TEXT = "# Bought used.\ntitle: web-01   # the old one\nclass: vm\nowner: team:web\nstate: operational\n"
ENTRY = f"{INCIDENT.removesuffix('.yaml')}.d/20260304T073000Z-0000.yaml"


def fixed(files: Mapping[str, str | bytes]) -> tuple[Plan, dict[str, bytes]]:
    source = MemorySource({**FILES, **files})
    snapshot = load(source)
    plan = plan_fixes(snapshot, source, lambda _finding: True)
    head = load(OverlaySource(source, {edit.path: edit.after for edit in plan.edits}), known=snapshot)
    assert plan_fixes(head, OverlaySource(source, dict(head.texts)), lambda _finding: True).edits == ()
    return plan, {edit.path: edit.after or b"" for edit in plan.edits}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("version: 1.10  # soon\n", 'version: "1.10"  # soon\n'),
        ("version: 007\n", 'version: "007"\n'),
        ("version: 12\n", 'version: "12"\n'),
        ("version: true\n", 'version: "true"\n'),
        ("version: no\n", 'version: "no"\n'),
        ("tags: [on, a,\n  off]   # two\n", 'tags: ["on", a,\n  "off"]   # two\n'),
        ("attributes: {racks: {unit: 1e3, side: b}}\n", 'attributes: {racks: {unit: "1e3", side: b}}\n'),
        ("links:\n  - {type: related, to: service:webshop}\n", "links:\n  - {type: related, to: service:shop}\n"),
        ("support_team: 'team:WEB' # shouting\n", "support_team: 'team:web' # shouting\n"),
    ],
)
def test_one_right_answer(wrong: str, right: str) -> None:
    _plan, texts = fixed({CI: TEXT + wrong})
    assert texts == {CI: (TEXT + right).encode()}


def test_a_byte_order_mark_goes_and_what_it_hid_is_repaired_too() -> None:
    plan, texts = fixed({CI: "\ufeff" + TEXT + "version: 1.10\n"})
    assert texts == {CI: (TEXT + 'version: "1.10"\n').encode()}
    assert plan.said == (f"{CI}: without its byte order mark", f'{CI}: version: "1.10" is in quotes')


def test_carriage_returns_alone_become_line_feeds() -> None:
    _plan, texts = fixed({CI: TEXT.replace("\n", "\r")})
    assert texts == {CI: TEXT.encode()}


def test_an_entry_in_a_file_of_its_own_is_repaired_there() -> None:
    entry = "at: 2026-03-04T08:30:00+01:00\nby: person:al\ntype: note\ntext: 12:30\n"
    _plan, texts = fixed({ENTRY: entry})
    assert texts == {ENTRY: entry.replace("person:al", "person:alice").replace("12:30", '"12:30"').encode()}


@pytest.mark.parametrize(
    "left",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT + "location: a\u2028b\n",
        TEXT + "attributes: {cores: 4}\n",
        TEXT + "owner: team:web\nowner: team:dba\n",
        TEXT.replace("vm", "wm"),
        TEXT.replace("team:web", "team:wbe"),
        TEXT + "end_of_support: 2026-31-12\n",
        TEXT + "criticality: [1.10\n",
        TEXT + "nothing: \n",
        TEXT.encode() + b"location: \xff\n",
    ],
)
def test_what_a_person_must_decide_is_left(left: str | bytes) -> None:
    plan, texts = fixed({CI: left})
    assert texts == {}
    assert all("left as it is" in line for line in plan.said)


def test_only_what_is_wanted_and_not_what_is_waived() -> None:
    source = MemorySource({**FILES, CI: TEXT + "version: 1.10\nsupport_team: team:WEB\n"})
    plan = plan_fixes(load(source), source, lambda finding: finding.rule == "alias-link")
    assert [(edit.after or b"").decode().count('"') for edit in plan.edits] == [0]
    waiver = (
        "timeline:\n  - {at: 2026-03-04T08:00:00+01:00, by: person:alice, type: exception, rule: alias-link, "
        "reason: An old name., until: 2027-01-01T00:00:00Z, approved_by: person:bob}\n"
    )
    plan, texts = fixed({CI: TEXT + "support_team: team:WEB\n" + waiver})
    assert texts == {}


def test_no_other_value_changes() -> None:
    source = MemorySource({**FILES, CI: TEXT + "version: 1.10\nserial: 5\ntags: [no]\n"})
    before = load(source)
    plan = plan_fixes(before, source, lambda _finding: True)
    head = load(OverlaySource(source, {edit.path: edit.after for edit in plan.edits}))
    assert head.records["ci:web-01"].fields == before.records["ci:web-01"].fields
    assert {found.rule for found in lint(head)} & {"implicit-type", "alias-link"} == set()


@pytest.fixture
def dirty(git_repo: GitRepo) -> GitRepo:
    git_repo.commit({**FILES, CI: TEXT + "version: 1.10\nowner_note: x\n"})
    return git_repo


def test_the_report_is_of_what_is_left(dirty: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("lint", "--fix", cwd=dirty.root)
    assert run.exit_code == 1
    assert f'{CI}: version: "1.10" is in quotes\n' in run.stderr
    assert "implicit-type" not in run.stdout
    assert "unknown field owner_note" in run.stdout
    assert (dirty.root / CI).read_text() == TEXT + 'version: "1.10"\nowner_note: x\n'


def test_a_dry_run_shows_and_writes_nothing(dirty: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("lint", "--fix", "--dry-run", cwd=dirty.root)
    assert run.exit_code == 1
    assert '-version: 1.10\n+version: "1.10"\n' in run.stdout
    assert dirty.git("status", "--short") == ""
    assert run_itsm("lint", "--fix", "--dry-run", "records/teams", cwd=dirty.root).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--dry-run"], "--dry-run goes with --fix"),
        (["--fix", "--rev", "HEAD"], "--fix and --rev exclude each other"),
        (["--fix", "--staged"], "--fix and --staged exclude each other"),
        (["--fix", "--merge-with", "HEAD"], "--fix and --merge-with exclude each other"),
        (["--fix", "--write-baseline"], "--fix and --write-baseline exclude each other"),
    ],
)
def test_options_that_do_not_go_together(dirty: GitRepo, run_itsm: RunItsm, arguments: list[str], words: str) -> None:
    run = run_itsm("lint", *arguments, cwd=dirty.root)
    assert (run.exit_code, run.stderr.count("\n")) == (2, 1)
    assert words in run.stderr
