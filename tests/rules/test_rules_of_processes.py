"""Rules of incidents, problems, known errors and actors: what they leave alone, and the cases beside their pages."""

from collections.abc import Mapping

import pytest

from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

INCIDENTS = "records/incidents/2026/INC-20260304-"
PROBLEM = "records/problems/2026/PRB-20260304-aaaa.yaml"
CHANGE = "records/changes/2026/CHG-20260304-aaaa.yaml"
KNOWN_ERROR = "records/known-errors/2026/KE-20260304-aaaa.yaml"
CREATED = "{at: 2026-03-04T03:00:00Z, by: person:alice, type: created}"
HISTORY = "external: [{system: old, id: '7', history: true}]\n"
BASE = {
    "records/people/alice.yaml": "name: Alice\n",
    "records/teams/ops.yaml": "name: Operations\n",
    "records/cis/web-01.yaml": "title: Web\nclass: server\nstate: operational\nowner: team:ops\naliases: [web]\n",
    "records/cis/web-02.yaml": "title: Web\nclass: server\nstate: operational\nowner: team:ops\n",
}


def found(files: Mapping[str, str], settings: str = "") -> list[tuple[str, str, str]]:
    """Return id, rule and field of each finding."""
    source = MemorySource({**BASE, "itsm.yaml": f"format: 1\n{settings}", **files})
    return [(finding.record, finding.rule, finding.field) for finding in lint(load(source))]


def moved(to: str, minute: int = 30) -> str:
    return f"{{at: '2026-03-04T03:{minute:02}:00Z', by: person:alice, type: transition, to: {to}}}"


def logged(title: str, body: str, *entries: str, created: str = CREATED) -> str:
    lines = "".join(f"  - {entry}\n" for entry in (created, *entries))
    return f"title: {title}\n{body}timeline:\n{lines}"


def incident(body: str = "", *entries: str, created: str = CREATED) -> str:
    return logged("It fails", f"impact: high\nurgency: high\n{body}", *entries, created=created)


def problem(body: str, *states: str) -> str:
    return logged("It fails again", body, *(moved(state, 10 + minute) for minute, state in enumerate(states)))


def change(body: str = "", *states: str) -> str:
    entries = [moved(state, 10 + minute) for minute, state in enumerate(states)]
    return logged("Mend it", f"type: normal\nreason: It fails.\ncis: [ci:web-01]\n{body}", *entries)


def known_error(body: str, *states: str) -> str:
    return logged("It fails", f"symptoms: It fails.\n{body}", *(moved(state) for state in states))


ON_HOLD = "state: on-hold\nassignment: {team: team:ops}\n"
RESOLVED = "state: resolved\nassignment: {team: team:ops}\nresolution: {code: fixed}\n"
MAJOR = f"{RESOLVED}major: {{state: declared, manager: person:alice}}\n"
LISTED = problem("incidents: [INC-20260304-aaaa]\n")


@pytest.mark.parametrize("state", ["resolved", "closed"])
def test_an_ending_without_a_code_is_told_once_for_incidents_and_problems(state: str) -> None:
    states = ("resolved", "closed")[: 1 + (state == "closed")]
    body = f"state: {state}\nassignment: {{team: team:ops}}\n"
    entries = [moved(to, 30 + minute) for minute, to in enumerate(states)]
    expected = ("closed-without-resolution", "resolution.code")
    assert found({f"{INCIDENTS}aaaa.yaml": incident(body, *entries)}) == [("INC-20260304-aaaa", *expected)]
    cause = f"{body}root_cause: {{statement: A leak.}}\n"
    files = {PROBLEM: problem(cause, "assess", "root-cause-analysis", *states)}
    assert found(files) == [("PRB-20260304-aaaa", *expected)]
    assert [name for _, name, _ in found(files, "rules: {closed-without-resolution: 'off'}\n")] == ["missing-for-state"]


def test_the_place_of_what_a_state_asks_for_is_the_state() -> None:
    files = {**BASE, f"{INCIDENTS}aaaa.yaml": incident(ON_HOLD, moved("on-hold")), "itsm.yaml": "format: 1\n"}
    (finding,) = lint(load(MemorySource(files)))
    assert (finding.rule, finding.field, finding.place.line) == ("hold-without-reason", "hold_reason", 4)


def test_a_reason_to_hold_is_asked_for_on_hold_only() -> None:
    held = incident("state: in-progress\nassignment: {team: team:ops}\n", moved("on-hold"), moved("in-progress", 40))
    assert found({f"{INCIDENTS}aaaa.yaml": held}) == []


@pytest.mark.parametrize(
    "files",
    [
        {CHANGE: change("fixes: [INC-20260304-aaaa]\n")},
        {CHANGE: change("links: [{type: related, to: INC-20260304-aaaa}]\n")},
        {PROBLEM: LISTED, CHANGE: change("fixes: [PRB-20260304-aaaa]\n")},
    ],
    ids=["fixes", "free link", "fixes its problem"],
)
def test_the_change_that_is_waited_for_may_be_named_in_several_ways(files: Mapping[str, str]) -> None:
    waiting = incident(f"{ON_HOLD}hold_reason: awaiting-change\n", moved("on-hold"))
    assert found({f"{INCIDENTS}aaaa.yaml": waiting, **files}) == []
    assert found({f"{INCIDENTS}aaaa.yaml": waiting}) == [
        ("INC-20260304-aaaa", "awaiting-change-unlinked", "hold_reason")
    ]


def test_nobody_waits_for_a_canceled_change() -> None:
    waiting = incident(f"{ON_HOLD}hold_reason: awaiting-change\n", moved("on-hold"))
    files = {
        f"{INCIDENTS}aaaa.yaml": waiting,
        CHANGE: change("state: canceled\nfixes: [INC-20260304-aaaa]\n", "canceled"),
    }
    assert found(files) == [("INC-20260304-aaaa", "awaiting-change-unlinked", "hold_reason")]


def test_a_link_that_leads_nowhere_is_told_alone() -> None:
    body = f"{ON_HOLD}hold_reason: awaiting-change\nlinks: [{{type: related, to: CHG-20260304-zzzz}}]\n"
    assert [rule for _, rule, _ in found({f"{INCIDENTS}aaaa.yaml": incident(body, moved("on-hold"))})] == [
        "dangling-link"
    ]


def test_a_problem_that_is_waited_for_lists_the_incident_or_is_its_known_errors() -> None:
    body = f"{ON_HOLD}hold_reason: awaiting-problem\n"
    waiting = {f"{INCIDENTS}aaaa.yaml": incident(body, moved("on-hold"))}
    assert found(waiting) == [("INC-20260304-aaaa", "awaiting-change-unlinked", "hold_reason")]
    assert found({**waiting, PROBLEM: LISTED}) == []
    case = {f"{INCIDENTS}aaaa.yaml": incident(f"{body}known_error: KE-20260304-aaaa\n", moved("on-hold"))}
    files = {**case, PROBLEM: problem("origin: proactive\n"), KNOWN_ERROR: known_error("problem: PRB-20260304-aaaa\n")}
    assert found(files) == []


@pytest.mark.parametrize(
    "body",
    [
        MAJOR.replace("declared", "rejected"),
        MAJOR.replace("code: fixed", "code: no-fault-found"),
        MAJOR.replace("code: fixed", "code: duplicate") + "duplicate_of: INC-20260304-bbbb\n",
        f"{MAJOR}parent: INC-20260304-bbbb\n",
        f"{MAJOR}known_error: KE-20260304-aaaa\n",
        f"{MAJOR}links: [{{type: related, to: PRB-20260304-bbbb}}]\n",
    ],
    ids=["rejected", "no fault", "duplicate", "part", "known error", "free link"],
)
def test_no_problem_is_asked_of_majors_whose_cause_is_elsewhere(body: str) -> None:
    files = {
        f"{INCIDENTS}bbbb.yaml": incident(RESOLVED, moved("resolved")),
        PROBLEM.replace("aaaa", "bbbb"): problem("origin: proactive\n"),
        KNOWN_ERROR: known_error("problem: PRB-20260304-bbbb\n"),
    }
    assert found({**files, f"{INCIDENTS}aaaa.yaml": incident(body, moved("resolved"))}) == []


def test_a_canceled_problem_does_not_look_for_the_cause_of_a_major_incident() -> None:
    files = {f"{INCIDENTS}aaaa.yaml": incident(MAJOR, moved("resolved"))}
    assert found({**files, PROBLEM: LISTED}) == []
    canceled = problem("state: canceled\nincidents: [INC-20260304-aaaa]\n", "canceled")
    assert found({**files, PROBLEM: canceled}) == [("INC-20260304-aaaa", "major-without-problem", "state")]


@pytest.mark.parametrize(
    ("body", "states"),
    [
        ("origin: proactive\n", ()),
        ("", ()),
        ("origin: reactive\nstate: canceled\n", ("canceled",)),
        ("origin: reactive\nduplicate_of: PRB-20260304-bbbb\n", ()),
    ],
    ids=["proactive", "unsaid", "canceled", "duplicate"],
)
def test_problems_that_need_no_incidents(body: str, states: tuple[str, ...]) -> None:
    other = {PROBLEM.replace("aaaa", "bbbb"): problem("origin: proactive\n")}
    assert found({**other, PROBLEM: problem(body, *states)}) == []


FIXED = "state: resolved\nassignment: {team: team:ops}\nresolution: {code: fix-applied}\n"
WAY = ("assess", "root-cause-analysis", "resolved")
DONE = (
    "state: review\nimplementer: person:alice\nfixes: [PRB-20260304-aaaa]\n"
    "planned: {start: 2026-03-04T03:00:00Z, end: 2026-03-04T04:00:00Z}\nplans: {backout: [{do: Undo it}]}\n"
)
CARRIED_OUT = ("scheduled", "implement", "review")


@pytest.mark.parametrize("code", ["successful", "successful-with-issues"])
def test_one_successful_change_proves_a_fix(code: str) -> None:
    files = {
        PROBLEM: problem(FIXED, *WAY),
        CHANGE: change(f"{DONE}result: {{code: {code}}}\n", *CARRIED_OUT),
        CHANGE.replace("aaaa", "bbbb"): change(f"{DONE}result: {{code: unsuccessful}}\n", *CARRIED_OUT),
    }
    assert found(files) == []


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "no change fixes it"),
        ({CHANGE: change("fixes: [PRB-20260304-aaaa]\n")}, "CHG-20260304-aaaa is new and has no result"),
        (
            {CHANGE: change(f"{DONE}result: {{code: unsuccessful}}\n", *CARRIED_OUT)},
            "CHG-20260304-aaaa ended unsuccessful",
        ),
    ],
    ids=["no change", "not carried out", "in vain"],
)
def test_a_fix_that_no_change_proves(files: Mapping[str, str], words: str) -> None:
    source = MemorySource({**BASE, PROBLEM: problem(FIXED, *WAY), **files, "itsm.yaml": "format: 1\n"})
    (finding,) = lint(load(source))
    assert (finding.rule, finding.field) == ("unverified-fix", "resolution.code")
    assert words in finding.message


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", "resolution.accepted_by"),
        (", review_on: '2027-03-04'", "resolution.accepted_by"),
        (", accepted_by: person:alice", "resolution.review_on"),
    ],
)
def test_an_accepted_risk_has_a_person_and_a_day(more: str, expected: str) -> None:
    body = f"state: closed\nassignment: {{team: team:ops}}\nresolution: {{code: risk-accepted{more}}}\n"
    states = ("assess", "root-cause-analysis", "closed")
    assert found({PROBLEM: problem(body, *states)}) == [("PRB-20260304-aaaa", "risk-accepted-unsigned", expected)]


@pytest.mark.parametrize(("body", "line"), [("", 3), ("workaround: '-'\n", 4)])
def test_a_workaround_that_says_nothing_is_none(body: str, line: int) -> None:
    text = known_error(f"state: published\n{body}", "published")
    (finding,) = lint(load(MemorySource({**BASE, KNOWN_ERROR: text, "itsm.yaml": "format: 1\n"})))
    assert (finding.rule, finding.place.line) == ("published-known-error-without-workaround", line)
    assert found({KNOWN_ERROR: known_error(body)}) == []


def test_a_known_error_is_not_asked_of_other_endings() -> None:
    body = RESOLVED.replace("code: fixed", "code: workaround")
    assert found({f"{INCIDENTS}aaaa.yaml": incident(body, moved("resolved"))}) == []


@pytest.mark.parametrize(
    ("code", "last", "expected"),
    [
        ("fix-applied", "closed", [("KE-20260304-aaaa", "outlived-known-error", "state")]),
        ("fix-applied", "resolved", []),
        ("risk-accepted, accepted_by: person:alice, review_on: '2027-03-04'", "closed", []),
    ],
)
def test_a_known_error_lives_as_long_as_its_cause(code: str, last: str, expected: list[tuple[str, str, str]]) -> None:
    body = f"state: {last}\nroot_cause: {{statement: A leak.}}\nresolution: {{code: {code}}}\n"
    text = problem(f"{body}assignment: {{team: team:ops}}\n", "assess", "root-cause-analysis", last)
    published = known_error("state: published\nworkaround: Restart it.\nproblem: PRB-20260304-aaaa\n", "published")
    files = {
        PROBLEM: text,
        KNOWN_ERROR: published,
        CHANGE: change(f"{DONE}result: {{code: successful}}\n", *CARRIED_OUT),
    }
    assert found(files) == expected
    assert found({**files, KNOWN_ERROR: known_error("problem: PRB-20260304-aaaa\n")}) == []


def series(*days: int, body: str = "cis: [{ci: ci:web-01}]\n") -> dict[str, str]:
    """Return an incident for each day of March (31 and more: of April), with ids in that order."""
    files = {}
    for number, day in enumerate(days):
        month, date = (3, day) if day <= 31 else (4, day - 31)
        created = f"{{at: '2026-{month:02}-{date:02}T08:00:00Z', by: person:alice, type: created}}"
        files[f"{INCIDENTS}{'abcdefgh'[number] * 4}.yaml"] = incident(body, created=created)
    return files


def recurring(files: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(record, field) for record, rule, field in found(files) if rule == "recurring-incidents"]


def test_three_within_thirty_days_are_a_series() -> None:
    assert recurring(series(1, 15, 31)) == [("INC-20260304-cccc", "cis[0].ci")]
    assert recurring(series(1, 15, 32)) == []
    assert recurring(series(1, 15)) == []


def test_a_longer_series_is_told_at_its_last_and_two_series_twice() -> None:
    assert recurring(series(1, 2, 3, 4)) == [("INC-20260304-dddd", "cis[0].ci")]
    assert recurring(series(1, 2, 3, 45, 46, 47)) == [
        ("INC-20260304-cccc", "cis[0].ci"),
        ("INC-20260304-ffff", "cis[0].ci"),
    ]


def test_other_names_of_a_ci_and_several_cis_make_one_series() -> None:
    files = series(1, 2, 3, body="cis: [{ci: ci:web-01}, {ci: ci:web-02, role: cause}]\n")
    assert recurring(files) == [("INC-20260304-cccc", "cis[0].ci")]
    last = f"{INCIDENTS}cccc.yaml"
    aliased = {**files, last: files[last].replace("{ci: ci:web-01}, {ci: ci:web-02, role: cause}", "{ci: ci:web}")}
    assert recurring(aliased) == [("INC-20260304-cccc", "cis[0].ci")]


@pytest.mark.parametrize(
    "body",
    [
        "cis: [{ci: ci:web-01, role: suspected}]\n",
        "cis: [{ci: ci:web-01, role: not-impacted}]\n",
        "cis: [{ci: ci:web-01}]\nparent: INC-20260304-hhhh\n",
        "cis: [{ci: ci:web-01}]\nduplicate_of: INC-20260304-hhhh\n",
        "cis: [{ci: ci:web-01}]\nknown_error: KE-20260304-aaaa\n",
    ],
)
def test_what_is_not_counted_as_recurring(body: str) -> None:
    others = {f"{INCIDENTS}hhhh.yaml": incident(), KNOWN_ERROR: known_error("")}
    assert recurring({**others, **series(1, 2, 3, body=body)}) == []


@pytest.mark.parametrize("listed", ["aaaa", "bbbb", "cccc"])
def test_a_problem_of_one_of_three_silences_the_series(listed: str) -> None:
    files = series(1, 2, 3)
    assert recurring({**files, PROBLEM: problem(f"incidents: [INC-20260304-{listed}]\n")}) == []
    canceled = problem(f"state: canceled\nincidents: [INC-20260304-{listed}]\n", "canceled")
    assert recurring({**files, PROBLEM: canceled}) == [("INC-20260304-cccc", "cis[0].ci")]


def test_the_time_that_counts_is_when_it_started() -> None:
    files = series(1, 2, 3)
    last = f"{INCIDENTS}cccc.yaml"
    early = {**files, last: files[last].replace("impact:", "started_at: 2026-01-01T00:00:00Z\nimpact:")}
    assert recurring(early) == []


def test_a_chain_of_recurrences_is_a_series_at_any_distance() -> None:
    names = ("aaaa", "bbbb", "cccc")
    files = {
        f"{INCIDENTS}{name}.yaml": incident(
            f"recurrence_of: INC-20260304-{names[number - 1]}\n" if number else "",
            created=f"{{at: '2026-0{3 + 2 * number}-04T03:00:00Z', by: person:alice, type: created}}",
        )
        for number, name in enumerate(names)
    }
    assert recurring(files) == [("INC-20260304-cccc", "recurrence_of")]
    assert recurring({**files, PROBLEM: LISTED}) == []
    del files[f"{INCIDENTS}aaaa.yaml"]
    assert recurring(files) == []


def test_recurrences_in_a_circle_end() -> None:
    files = {
        f"{INCIDENTS}{name}.yaml": incident(f"recurrence_of: INC-20260304-{other}\n")
        for name, other in (("aaaa", "bbbb"), ("bbbb", "cccc"), ("cccc", "aaaa"))
    }
    assert recurring(files) == [("INC-20260304-cccc", "recurrence_of")]


def test_imported_history_owes_no_resolution_problem_or_signature() -> None:
    ended = incident(f"state: closed\nmajor: {{state: declared}}\ncis: [{{ci: ci:web-01}}]\n{HISTORY}", moved("closed"))
    files = {f"{INCIDENTS}{name}.yaml": ended for name in ("aaaa", "bbbb", "cccc")}
    body = f"origin: reactive\nstate: closed\nresolution: {{code: risk-accepted}}\n{HISTORY}"
    rules = {rule for _, rule, _ in found({**files, PROBLEM: problem(body, "assess", "closed")})}
    assert rules <= {"illegal-transition"}


BRUNO = "records/people/bruno.yaml"


def noted(at: str, more: str = "") -> dict[str, str]:
    note = f"{{at: '{at}', by: person:bruno, type: note, text: Seen.{more}}}"
    return {f"{INCIDENTS}aaaa.yaml": incident("", note, created=CREATED.replace("2026-03-04", "2020-01-01"))}


@pytest.mark.parametrize(
    ("at", "zone", "is_found"),
    [
        ("2026-03-31T21:59:00Z", "Europe/Zurich", False),
        ("2026-03-31T22:01:00Z", "Europe/Zurich", True),
        ("2026-03-31T22:01:00Z", "UTC", False),
        ("2026-02-28T23:30:00Z", "Europe/Zurich", False),
        ("2026-02-28T22:30:00Z", "Europe/Zurich", True),
    ],
)
def test_first_and_last_days_count_in_the_organisations_time_zone(at: str, zone: str, is_found: bool) -> None:  # noqa: FBT001 - a case of the table
    files = {**noted(at), BRUNO: "name: Bruno\nfrom: '2026-03-01'\nuntil: '2026-03-31'\n"}
    expected = [("INC-20260304-aaaa", "actor-inactive", "timeline[1].by")] if is_found else []
    assert found(files, f"time_zone: {zone}\n") == expected


def test_somebody_who_left_at_an_unknown_day_may_have_written() -> None:
    assert found({**noted("2026-03-04T03:00:00Z"), BRUNO: "name: Bruno\nactive: false\n"}) == []


def test_a_leaver_is_told_once_a_record_and_by_any_name() -> None:
    entry = "{at: '2026-03-04T03:10:00Z', by: person:bru, type: note, text: Seen.}"
    files = {
        f"{INCIDENTS}aaaa.yaml": incident("", entry, entry),
        BRUNO: "name: Bruno\naliases: [bru]\nuntil: '2026-02-28'\n",
    }
    assert [one for one in found(files) if one[1] == "actor-inactive"] == [
        ("INC-20260304-aaaa", "actor-inactive", "timeline[1].by")
    ]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_ends_of_the_calendar_are_borne(at: str, zone: str) -> None:
    files = {**noted(at), BRUNO: "name: Bruno\nfrom: '2026-03-01'\nuntil: '2026-03-31'\n"}
    assert {rule for _, rule, _ in found(files, f"time_zone: {zone}\n")} <= {"actor-inactive", "timeline-out-of-order"}
