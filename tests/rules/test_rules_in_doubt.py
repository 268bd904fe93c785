"""What rules must leave alone, and the cases beside the one on their page."""

import json
from collections.abc import Mapping

import pytest

from itsm_as_code import resources
from itsm_as_code.reading.limits import MAX_FAULTS
from itsm_as_code.rules.engine import lint
from itsm_as_code.rules.precedence import speaks_over
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

INCIDENT = "records/incidents/2026/INC-20260304-aaaa.yaml"
SECOND = "records/incidents/2026/INC-20260304-bbbb.yaml"
PROBLEM = "records/problems/2026/PRB-20260304-aaaa.yaml"
CHANGE = "records/changes/2026/CHG-20260304-aaaa.yaml"
CI = "records/cis/web-01.yaml"
ALICE = {"records/people/alice.yaml": "name: Alice"}
TEAM = {"records/teams/ops.yaml": "name: Operations"}
CREATED = "{at: 2026-03-04T03:00:00Z, by: person:alice, type: created}"
HISTORY = "external: [{system: old, id: '7', history: true}]\n"


def found(files: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return rule and field of each finding."""
    return [(finding.rule, finding.field) for finding in lint(load(MemorySource({**ALICE, **TEAM, **files})))]


def incident(body: str = "", *entries: str, timeline: str = CREATED) -> str:
    lines = "".join(f"  - {entry}\n" for entry in (timeline, *entries))
    return f"title: Checkout fails\nimpact: high\nurgency: high\n{body}timeline:\n{lines}"


def moved(to: str, minute: int = 30, more: str = "") -> str:
    return f"{{at: '2026-03-04T03:{minute:02}:00Z', by: person:alice, type: transition, to: {to}{more}}}"


def change(body: str, *entries: str) -> str:
    lines = "".join(f"  - {entry}\n" for entry in (CREATED, *entries))
    return f"title: Restart it\nreason: It hangs.\ncis: [ci:web-01]\n{body}timeline:\n{lines}"


def ci(body: str = "state: operational\nowner: team:ops\n") -> str:
    return f"title: Web server\nclass: server\n{body}"


RESOLVED = "state: resolved\nassignment: {team: team:ops}\nresolution: {code: fixed}\n"
CLOSED = "state: closed\nassignment: {team: team:ops}\nresolution: {code: fixed}\n"


def test_a_smallest_incident_is_good() -> None:
    assert found({INCIDENT: incident()}) == []


def test_imported_history_owes_no_paperwork() -> None:
    entries = (moved("resolved"), moved("closed", 31))
    body = f"state: closed\nmajor: {{state: declared}}\n{HISTORY}"
    assert found({INCIDENT: incident(body, *entries)}) == []
    assert {rule for rule, _ in found({INCIDENT: incident(body.replace(HISTORY, ""), *entries)})} == {
        "closed-without-resolution",
        "major-without-manager",
        "major-without-problem",
        "major-without-review",
        "missing-for-state",
    }


def test_late_entries_may_tell_of_earlier_moments() -> None:
    late = "{at: '2026-03-04T03:05:00Z', recorded_at: '2026-03-04T04:00:00Z', by: person:alice, type: acknowledged}"
    note = "{at: '2026-03-04T04:10:00Z', by: person:alice, type: note, text: Done.}"
    assert found({INCIDENT: incident(RESOLVED, moved("resolved"), late, note)}) == []


def test_a_transition_to_an_unknown_state_is_told_once() -> None:
    assert found({INCIDENT: incident("state: in-progress\nassignment: {team: team:ops}\n", moved("in-progres"))}) == [
        ("timeline-broken-chain", "state"),
        ("illegal-transition", "timeline[1].to"),
    ]


def test_a_written_from_must_agree() -> None:
    entry = moved("resolved", more=", from: in-progress")
    assert found({INCIDENT: incident(RESOLVED, entry)}) == [("timeline-broken-chain", "timeline[1].from")]


def test_a_missing_state_after_transitions_is_told() -> None:
    assert found({INCIDENT: incident("", moved("canceled"))}) == [("timeline-broken-chain", "state")]


def test_timelines_of_reference_records_may_begin_anywhere() -> None:
    entry = "{at: '2026-03-04T03:00:00Z', by: person:alice, type: transition, from: operational, to: maintenance}"
    assert found({CI: ci(f"state: maintenance\nowner: team:ops\ntimeline: [{entry}]\n")}) == []


@pytest.mark.parametrize("opened", ["2026-03-04T03:45:00Z", "2026-03-04T04:45:00+01:00"])
def test_resolved_is_compared_with_the_written_opening(opened: str) -> None:
    body = f"{RESOLVED}opened_at: {opened}\n"
    assert found({INCIDENT: incident(body, moved("resolved"))}) == [("resolved-before-opened", "timeline[1].at")]
    assert found({INCIDENT: incident(body, moved("resolved", 45))}) == []


def test_ends_are_compared_as_moments_anywhere_in_a_record() -> None:
    planned = "type: normal\nplanned: {start: 2026-03-04T10:00:00+02:00, end: 2026-03-04T08:30:00Z}\n"
    assert found({CHANGE: change(planned), CI: ci()}) == []
    nested = "x-windows:\n  - {start: 2026-03-04T10:00:00Z, end: 2026-03-04T10:30:00+02:00}\n"
    assert found({CI: ci() + nested}) == [("end-before-start", "x-windows[0].end")]


def test_a_duplicate_id_is_told_of_the_file_that_stands_wrong() -> None:
    wrong = INCIDENT.replace("/2026/", "/2025/")
    findings = lint(load(MemorySource({**ALICE, INCIDENT: incident(), wrong: incident()})))
    assert [(finding.place.file, finding.rule) for finding in findings] == [(wrong, "duplicate-id")]


def test_a_person_may_own_and_log_the_own_record() -> None:
    person = (
        "name: Bruno\nowner: person:bruno\ntimeline: [{at: '2026-03-04T03:00:00Z', by: person:bruno, type: created}]\n"
    )
    assert found({"records/people/bruno.yaml": person}) == []


def test_links_to_leavers_are_told_of_live_records_only() -> None:
    leaver = {"records/people/alice.yaml": "name: Alice\nactive: false\n"}
    assert found({**leaver, INCIDENT: incident("reported_by: person:alice\n")}) == []
    assigned = "assignment: {person: person:alice}\n"
    assert found({**leaver, INCIDENT: incident(assigned)}) == [("link-to-inactive", "assignment.person")]
    assert found({**leaver, INCIDENT: incident(assigned + "state: canceled\n", moved("canceled"))}) == []


def test_retired_targets_are_told_by_the_most_specific_rule() -> None:
    retired = {CI: ci("state: retired\n")}
    assert found({**retired, CHANGE: change("type: normal\n")}) == [("touches-retired-ci", "cis[0]")]
    assert found({**retired, CHANGE: change("type: normal\nstate: canceled\n", moved("canceled"))}) == []
    assert found({**retired, INCIDENT: incident("cis: [{ci: ci:web-01}]\n")}) == [("link-to-inactive", "cis[0].ci")]
    service = "title: Shop\ntier: 1\nowner: team:ops\ndepends_on: [ci:web-01]\n"
    assert found({**retired, "records/services/shop.yaml": service}) == [("retired-in-use", "depends_on[0]")]


@pytest.mark.parametrize(
    ("text", "rule", "advice"),
    [
        ("team:opps", "dangling-link", "did you mean team:ops?"),
        ("team:nobody-like-this", "dangling-link", "records/teams/nobody-like-this.yaml"),
        ("ops", "malformed-link", "did you mean team:ops?"),
        ("taem:ops", "malformed-link", "did you mean team:ops?"),
        ("???", "malformed-link", "write team:<id> or person:<id>"),
        ("ci:web-01", "wrong-kind-link", "this field takes a team or a person"),
        ("ci:ops", "wrong-kind-link", "did you mean team:ops?"),
        ("team:OPS", "alias-link", "write team:ops"),
    ],
)
def test_a_bad_link_is_told_once_with_advice(text: str, rule: str, advice: str) -> None:
    findings = lint(load(MemorySource({**TEAM, CI: ci(f"state: operational\nowner: '{text}'\n")})))
    assert [finding.rule for finding in findings] == [rule]
    assert advice in findings[0].message


def test_a_link_of_the_wrong_kind_is_never_what_was_meant() -> None:
    files = {INCIDENT: incident("duplicate_of: PRB-20260304-aaaa\n"), PROBLEM: incident()}
    messages = [one.message for one in lint(load(MemorySource({**ALICE, **TEAM, **files}))) if "wrong" in one.rule]
    assert messages == ["PRB-20260304-aaaa is a problem, but this field takes an incident; link to one"]


def test_what_is_missing_may_stand_in_a_file_that_was_not_read_to_its_end() -> None:
    fixed = "state: closed\nresolution: {code: fix-applied}\nroot_cause: {statement: A leak.}\n"
    files = {PROBLEM: incident(fixed), CHANGE: change("fixes: [PRB-20260304-aaaa]\nservices: [service:shop")}
    assert ("unverified-fix", "resolution.code") in found({PROBLEM: files[PROBLEM]})
    told = {rule for rule, _ in found(files)}
    assert "yaml-syntax" in told
    assert told.isdisjoint({"unverified-fix", "malformed-link", "dangling-link"})


def test_a_parent_of_itself_is_told_once() -> None:
    assert found({INCIDENT: incident("parent: INC-20260304-aaaa\n")}) == [("self-link", "parent")]


def test_public_texts_must_not_name_internal_records() -> None:
    body = "visibility: public\npublic: {level: degraded, message: 'ci:web-01 is slow.'}\n"
    told = (
        "{at: '2026-03-04T03:05:00Z', by: person:alice, type: communication, audience: %s, text: We look at ci:web-01.}"
    )
    entries = (told % "public", told % "internal")
    assert found({CI: ci(), INCIDENT: incident(body, *entries)}) == [
        ("visibility-leak", "public.message"),
        ("visibility-leak", "timeline[1].text"),
    ]
    assert found({CI: ci() + "visibility: public\n", INCIDENT: incident(body, *entries)}) == []
    assert (
        found({CI: ci(), INCIDENT: incident(body.replace("visibility: public", "visibility: internal"), *entries)})
        == []
    )


def test_a_reason_must_say_something() -> None:
    for override in ("{value: 1}", "{value: 1, reason: ' '}", "{value: 1, reason: ok}"):
        rules = [rule for rule, _ in found({INCIDENT: incident(f"priority_override: {override}\n")})]
        assert rules == ["unexplained-priority-override"]


def test_children_of_open_parents_and_done_children_are_left_alone() -> None:
    child = {SECOND: incident("parent: INC-20260304-aaaa\n")}
    assert found({**child, INCIDENT: incident()}) == []
    assert found({**child, INCIDENT: incident(RESOLVED, moved("resolved"))}) == [("open-children", "parent")]
    done = {SECOND: incident(f"{RESOLVED}parent: INC-20260304-aaaa\n", moved("resolved"))}
    assert found({**done, INCIDENT: incident(RESOLVED, moved("resolved"))}) == []


@pytest.mark.parametrize("code", ["risk-accepted", "duplicate"])
def test_a_problem_may_be_closed_without_a_cause_on_purpose(code: str) -> None:
    problem = (
        "title: It hangs at night\nstate: closed\n"
        "duplicate_of: PRB-20260304-bbbb\n"
        f"resolution: {{code: {code}, accepted_by: person:alice, review_on: '2027-03-04'}}\n"
        f"timeline:\n  - {CREATED}\n  - {moved('assess')}\n  - {moved('closed', 31)}\n"
    )
    other = f"title: It hangs at night\ntimeline: [{CREATED}]\n"
    assert found({PROBLEM: problem, PROBLEM.replace("aaaa", "bbbb"): other}) == []


def test_a_change_found_afterwards_owes_a_review_but_no_plans() -> None:
    body = "type: normal\nstate: closed\nresult: {code: successful}\n"
    entries = (moved("review"), moved("closed", 31))
    assert found({CI: ci(), CHANGE: change(body, *entries)}) == [("unauthorised-without-review", "state")]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("successful", []), ("backed-out", [("pir-missing", "state")])],
)
def test_a_review_is_owed_by_what_did_not_succeed(code: str, expected: list[tuple[str, str]]) -> None:
    body = (
        "type: standard\ntemplate: change-template:restart\nstate: closed\nimplementer: person:alice\n"
        f"planned: {{start: 2026-03-04T03:00:00Z, end: 2026-03-04T04:00:00Z}}\nresult: {{code: {code}}}\n"
    )
    entries = (moved("scheduled", 1), moved("implement", 2), moved("review", 3), moved("closed", 4))
    template = "title: Restart\nstate: approved\nowner: team:ops\nversion: 1\ndefaults: {}\n"
    files = {CI: ci(), "records/change-templates/restart.yaml": template}
    assert found({**files, CHANGE: change(body, *entries)}) == expected


def test_classes_and_relations_may_be_configured() -> None:
    ufo = ci("state: operational\nowner: team:ops\nrelations: [{type: orbits, to: ci:web-02}]\n")
    files = {CI: ufo.replace("class: server", "class: probe"), "records/cis/web-02.yaml": ci()}
    assert sorted(found(files)) == [("unknown-class", "class"), ("unknown-relation", "relations[0].type")]
    settings = (
        "format: 1\nci_classes: {probe: hardware}\nrelation_types: {orbits: {inverse: orbited_by, carries: 'no'}}\n"
    )
    assert found({**files, "itsm.yaml": settings}) == []
    stored = ci("state: operational\nowner: team:ops\nrelations: [{type: orbited_by, to: ci:web-02}]\n")
    assert found({**files, CI: stored, "itsm.yaml": settings}) == [("stored-inverse", "relations[0].type")]


@pytest.mark.parametrize(
    "text",
    [
        "token ghp_" + "a1B2" * 9,
        "glpat-" + "x" * 20,
        "hook xoxb-1234567890-abcdef",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLXNpZw",
        "mysql://root?password=correct-hors3",
        "https://u:secretpw9@h.example/",
        "redis://:s3cretpw@cache-01",
        "password: hunter2secret",
        '"password": "hunter2secret"',
        "DB_PASSWORD=hunter22",
        "Passphrase: pa$$Word",
    ],
)
def test_secrets_are_found_in_comments_too(text: str) -> None:
    findings = lint(load(MemorySource({CI: ci() + f"# é {text}\n", **TEAM})))
    assert [finding.rule for finding in findings] == ["secret-in-record"]
    assert findings[0].place.line == 5
    assert findings[0].place.column > len("# é")


@pytest.mark.parametrize(
    "text",
    [
        "password=<from the vault>",
        "password=$DB_PASSWORD1",
        "the password: ask Bob",
        "pwd=xxxxxxxx",
        "password=see-the-vault",
        "password: See-the-vault",
        "password: vault/team-1",
        "password: 2026-03-04",
        "password_policy: v2-strict-1",
        "https://h.example:8443/a@b",
        "https://u:$PASSWORD1@h.example/",
    ],
)
def test_stand_ins_are_no_secrets(text: str) -> None:
    assert found({CI: ci() + f"# {text}\n"}) == []


@pytest.mark.parametrize(("between", "told"), [(" ", 1), ("\n# ", MAX_FAULTS)])
def test_many_secrets_are_told_once_a_line_and_in_bounds(between: str, told: int) -> None:
    text = f"# {between.join(['password=hunter22'] * 50_000)}\n"
    assert [rule for rule, _ in found({CI: ci() + text})] == ["secret-in-record"] * told


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ((moved("canceled"),), "timeline[0]"),
        ((moved("canceled"), CREATED), "timeline[1]"),
        ((CREATED, CREATED, moved("canceled")), "timeline[1]"),
    ],
)
def test_a_timeline_begins_with_the_one_created_entry(entries: tuple[str, ...], field: str) -> None:
    text = incident("state: canceled\n", *entries[1:], timeline=entries[0])
    assert found({INCIDENT: text}) == [("missing-created", field)]
    assert found({INCIDENT: text.replace("state: canceled\n", f"state: canceled\n{HISTORY}")}) == [
        ("missing-created", field)
    ]


def test_a_text_of_the_wrong_form_is_not_doubted_as_well() -> None:
    assert found({INCIDENT: incident("category: No\n")}) == [("schema-pattern", "category")]


@pytest.mark.parametrize("rule", ["schema-pattern", "schema-min-length", "schema-max-length"])
def test_bounds_of_a_text_speak_over_its_spelling(rule: str) -> None:
    assert speaks_over(rule, "implicit-type")


@pytest.mark.parametrize(
    "body",
    ["state: on-hold\nhold_reason: awaiting-vendor\n", "state: resolved\nresolution: {code: fixed}\n"],
)
def test_work_that_waits_or_is_done_had_a_team(body: str) -> None:
    text = incident(body, moved(body.split()[1]))
    (finding,) = lint(load(MemorySource({**ALICE, **TEAM, INCIDENT: text})))
    assert (finding.rule, finding.field) == ("missing-for-state", "assignment.team")
    assert text.splitlines()[finding.place.line - 1].startswith("state:")
    assert finding.place.column == 1


def test_an_end_at_the_very_start_is_no_fault() -> None:
    planned = "type: normal\nplanned: {start: 2026-03-04T10:00:00Z, end: 2026-03-04T10:00:00Z}\n"
    assert found({CHANGE: change(planned), CI: ci()}) == []
    envelope = json.loads((resources.schemas() / "envelope.schema.json").read_text(encoding="utf-8"))
    assert envelope["$defs"]["period"]["properties"]["end"]["description"] == "When it ends; not before `start`."


def test_a_rare_name_is_compared_with_frequent_ones_that_are_missing_too() -> None:
    names = ["service:checkout-eu"] * 3 + ["service:chekout-eu"]
    files = {
        f"records/teams/t{number}.yaml": f"name: T\nlinks: [{{type: runs, to: {name}}}]\n"
        for number, name in enumerate(names)
    }
    findings = lint(load(MemorySource(files)))
    assert ["3 links name service:checkout-eu" in finding.message for finding in findings] == [
        False,
        False,
        False,
        True,
    ]


def test_free_links_may_name_what_was_and_carry_nothing() -> None:
    gone = {"records/cis/web-00.yaml": ci("state: retired\n"), "records/cis/web-02.yaml": ci("state: canceled\n")}
    links = "[{type: replaces, to: ci:web-00}, {type: replaces, to: ci:web-02}, {type: depends_on, to: ci:web-03}]"
    body = "state: operational\nowner: team:ops\n"
    back = ci(f"{body}relations: [{{type: depends_on, to: ci:web-01}}]\n")
    assert found({**gone, CI: ci(f"{body}links: {links}\n"), "records/cis/web-03.yaml": back}) == []


def test_a_start_later_than_the_first_entry_is_doubtful() -> None:
    for field in ("started_at", "detected_at"):
        rule = [("started-after-opened", field)]
        assert found({INCIDENT: incident(f"{field}: 2026-03-04T03:00:01Z\n")}) == rule
        assert found({INCIDENT: incident(f"{field}: 2026-03-04T03:30:00+01:00\n")}) == []
        assert found({INCIDENT: incident(f"{field}: 2026-03-04T03:00:00Z\n")}) == []
    entries = (moved("resolved"), moved("closed", 31))
    assert found({INCIDENT: incident(f"started_at: 2026-03-05T03:00:00Z\n{CLOSED}{HISTORY}", *entries)}) == []
