"""The rules that depend on the time at their edges: the last day, the second, time zones, and what came later."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest

from itsm_as_code.rules.engine import check, lint
from itsm_as_code.snapshot.as_of import days_before, lasting
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

BASE = {
    "itsm.yaml": "format: 1\ntime_zone: Europe/Zurich\n",
    "records/people/ann.yaml": "name: Ann\n",
    "records/teams/ops.yaml": "name: Operations\n",
}
ASSET = "records/assets/LT-0031.yaml"
LICENCE = "records/licences/planner.yaml"
CONTRACT = "records/contracts/care.yaml"
CI = "records/cis/db-01.yaml"
INCIDENT = "records/incidents/2026/INC-20260304-aaaa.yaml"
PROBLEM = "records/problems/2026/PRB-20260304-aaaa.yaml"
CHANGE = "records/changes/2026/CHG-20260304-aaaa.yaml"
NOON = "2026-03-10T12:00:00+01:00"


def messages(files: Mapping[str, str], as_of: str = NOON) -> list[tuple[str, str]]:
    """Return rule and message of each finding."""
    findings = check(load(MemorySource({**BASE, **files})), datetime.fromisoformat(as_of))
    return [(found.rule, found.message) for found in findings]


def rules(files: Mapping[str, str], as_of: str = NOON) -> list[str]:
    return [rule for rule, _ in messages(files, as_of)]


def entry(at: str, more: str) -> str:
    return f"  - {{at: {at}, by: person:ann, {more}}}\n"


def asset(state: str = "in-use", end: str = "2026-03-09", more: str = "assigned_to: person:ann\n") -> dict[str, str]:
    return {ASSET: f"title: Laptop\nclass: laptop\nstate: {state}\nwarranty: {{end: {end}}}\n{more}"}


def contract(term: str, state: str = "active", type_: str = "support", more: str = "") -> dict[str, str]:
    body = f"title: Care\ntype: {type_}\nstate: {state}\nvendor: Fixit\nterm: {{start: 2025-01-01{term}}}\n{more}"
    return {CONTRACT: body}


def licence(term: str, more: str = "allocations: [{to: person:ann}]\n", state: str = "active") -> dict[str, str]:
    body = f"title: Planner\nstate: {state}\nproduct: Planner\nmetric: user\nseats: 9\n"
    return {LICENCE: f"{body}term: {{start: 2025-01-01{term}}}\n{more}"}


def incident(body: str = "", *entries: str, level: str = "high") -> dict[str, str]:
    created = entry("2026-03-04T03:00:00Z", "type: created")
    head = f"title: Checkout fails\nimpact: {level}\nurgency: {level}\nassignment: {{team: team:ops}}\n"
    return {INCIDENT: f"{head}{body}timeline:\n{created}{''.join(entries)}"}


def moved(at: str, to: str) -> str:
    return entry(at, f"type: transition, to: {to}")


# Days


def test_a_last_day_lasts_until_midnight_where_the_organisation_is() -> None:
    files = asset(end="2026-03-09")
    assert rules(files, "2026-03-09T22:59:59Z") == []
    assert rules(files, "2026-03-09T23:00:00Z") == ["warranty-expired"]
    assert rules({**files, "itsm.yaml": "format: 1\ntime_zone: UTC\n"}, "2026-03-09T23:00:00Z") == []
    assert rules({**files, "itsm.yaml": "format: 1\ntime_zone: Asia/Tokyo\n"}, "2026-03-09T15:00:00Z") == [
        "warranty-expired"
    ]


@pytest.mark.parametrize("as_of", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_the_ends_of_the_calendar_are_days_too(as_of: str) -> None:
    files = {**asset(), "itsm.yaml": "format: 1\ntime_zone: America/New_York\n"}
    assert rules(files, as_of) == (["warranty-expired"] if as_of > "2026" else [])
    assert rules({**files, "itsm.yaml": "format: 1\ntime_zone: Asia/Tokyo\n"}, as_of) == rules(files, as_of)


def test_a_record_that_was_created_later_was_not_there() -> None:
    created = "timeline:\n" + entry("2026-03-10T09:00:00Z", "type: created")
    note = "timeline:\n" + entry("2026-03-10T09:00:00Z", "type: note, text: Still here.")
    more = "assigned_to: person:ann\n"
    assert rules(asset(more=more + created), "2026-03-10T08:59:59Z") == []
    assert rules(asset(more=more + created), "2026-03-10T09:00:00Z") == ["warranty-expired"]
    assert rules(asset(more=more + note), "2026-03-10T08:59:59Z") == ["warranty-expired"]


def test_lint_says_nothing_of_time() -> None:
    files = {**BASE, **asset(end="2001-01-01"), **contract(", end: 2001-01-01")}
    assert not [found for found in lint(load(MemorySource(files))) if "expired" in found.rule]


# Warranties


@pytest.mark.parametrize("state", ["on-order", "in-transit", "missing", "retired", "canceled"])
def test_a_warranty_matters_while_the_thing_is_kept(state: str) -> None:
    assert rules(asset(state)) == []


@pytest.mark.parametrize("state", ["in-stock", "in-use", "in-maintenance"])
def test_the_age_of_a_warranty_is_told_in_days(state: str) -> None:
    assert messages(asset(state)) == [
        ("warranty-expired", "the warranty ended 1 day ago (2026-03-09); renew it, or plan what takes its place")
    ]


def test_a_contract_in_force_takes_a_warrantys_place() -> None:
    covers = "covers: [asset:LT-0031]\n"
    assert rules({**asset(), **contract(", end: 2026-03-10, renewal: none", more=covers)}) == []
    assert rules({**asset(), **contract("", type_="maintenance", more=covers)}) == []
    assert rules({**asset(), **contract(", end: 2026-03-09, renewal: automatic", more=covers)}) == []
    assert rules({**asset(), **contract("", type_="lease", more=covers)}) == ["warranty-expired"]
    assert rules({**asset(), **contract("", state="draft", more=covers)}) == ["warranty-expired"]
    assert rules({**asset(), **contract(", end: 2026-03-09", more=covers)}) == ["warranty-expired", "contract-expired"]


# Licences and contracts


def test_an_ended_licence_counts_while_seats_are_in_use() -> None:
    end = ", end: 2026-03-09"
    [(rule, message)] = messages(licence(end, "allocations: [{to: person:ann}, {to: team:ops, seats: 3}]\n"))
    assert rule == "licence-expired-in-use"
    assert message == (
        "ended 1 day ago (2026-03-09), but 4 seats are in use (person:ann, team:ops); "
        "renew the licence, or take them back"
    )
    assert rules(licence(f"{end}, renewal: none"), "2026-03-09T12:00:00Z") == []
    assert rules(licence(end, "")) == []
    assert rules(licence(end, "allocations: [{to: person:ann, until: 2026-03-09}]\n")) == []
    assert rules(licence(end, "allocations: [{to: person:ann, until: 2026-03-10}]\n")) == ["licence-expired-in-use"]
    assert rules(licence(f"{end}, renewal: automatic")) == []
    assert rules(licence("")) == []
    assert rules(licence(end, state="retired")) == []


def test_seats_of_assets_and_requests_are_in_use_until_they_come_back() -> None:
    bare = licence(", end: 2026-03-09", "")
    assert rules(
        {**bare, **asset(end="2027-01-01", more="assigned_to: person:ann\nlicences: [licence:planner]\n")}
    ) == ["licence-expired-in-use"]
    request = (
        "title: A seat for Ann\nstate: closed\nitem: catalog-item:planner\nrequested_by: person:ann\n"
        "assignment: {team: team:ops}\noutcome: {licences: [{licence: licence:planner}]}\ntimeline:\n"
        + entry("2026-01-04T03:00:00Z", "type: created")
    )
    path = "records/requests/2026/REQ-20260104-aaaa.yaml"
    assert rules({**bare, path: request}) == ["licence-expired-in-use"]
    returned = request.replace("timeline:", "returns: [{licence: licence:planner, at: 2026-03-09}]\ntimeline:")
    assert rules({**bare, path: returned}) == []


def test_what_renews_only_by_hand_is_due_from_its_notice_to_its_last_day() -> None:
    files = contract(", end: 2026-03-31, renewal: manual, notice: P10D")
    assert rules(files, "2026-03-20T12:00:00Z") == []
    assert messages(files, "2026-03-21T12:00:00Z") == [
        ("renewal-due", "ends in 10 days (2026-03-31) unless it is renewed; renew it, or write renewal: none")
    ]
    assert messages(files, "2026-03-31T12:00:00Z")[0][1].startswith("ends today (2026-03-31)")
    assert rules(files, "2026-04-01T12:00:00Z") == ["contract-expired"]
    without = licence(", end: 2026-03-31, renewal: manual")
    assert rules(without, "2026-02-28T12:00:00Z") == []
    assert rules(without, "2026-03-01T12:00:00Z") == ["renewal-due"]


def test_what_renews_by_itself_is_due_in_the_month_before_the_last_day_of_notice() -> None:
    files = contract(", end: 2026-06-30, renewal: automatic, notice: P90D")
    assert rules(files, "2026-03-01T12:00:00Z") == []
    assert rules(files, "2026-03-02T12:00:00Z") == ["renewal-due"]
    assert messages(files, "2026-04-01T12:00:00Z") == [
        ("renewal-due", "goes on by itself after 2026-06-30; the last day to give notice is today (2026-04-01)")
    ]
    assert rules(files, "2026-04-02T12:00:00Z") == []
    for day in ("2026-06-30", "2026-07-01", "2026-12-24"):
        told = messages(files, f"{day}T12:00:00Z")
        assert [rule for rule, _ in told] == ([] if day == "2026-06-30" else ["renewal-due"])
    assert told[0][1] == "went on by itself after 2026-06-30; write the new end, by which the next notice is reckoned"
    assert rules(contract(", end: 2026-03-11, renewal: automatic")) == []
    assert rules(contract(", end: 2026-03-11, renewal: none, notice: P90D")) == []
    assert rules(contract(", end: 2026-03-11, renewal: manual", state="draft")) == []


def test_a_notice_longer_than_time_is_always_due() -> None:
    assert rules(contract(", end: 2026-03-31, renewal: manual, notice: P999999W")) == ["renewal-due"]
    assert rules(contract(", end: 2026-03-31, renewal: automatic, notice: P999999W")) == []


def test_an_expired_contract_is_told_unless_it_renews_itself() -> None:
    assert rules(contract(", end: 2026-03-10")) == ["renewal-due"]
    assert rules(contract(", end: 2026-03-10, renewal: none")) == []
    assert rules(contract(", end: 2026-03-09")) == ["contract-expired"]
    assert rules(contract(", end: 2026-03-09, renewal: automatic")) == []
    assert rules(contract(", end: 2026-03-09", state="canceled")) == []


# Support


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("2026-06-09", ""),
        ("2026-06-08", "its support ends in 90 days (2026-06-08)"),
        ("2026-03-10", "its support ends today (2026-03-10)"),
        ("2026-03-09", "its support ended 1 day ago (2026-03-09)"),
    ],
)
def test_the_end_of_support_is_told_ninety_days_ahead(end: str, words: str) -> None:
    body = f"title: Database\nclass: database\nowner: team:ops\nend_of_support: {end}\nstate: operational\n"
    assert [message for _, message in messages({CI: body})] == ([f"{words}; upgrade or replace it"] if words else [])


@pytest.mark.parametrize(("state", "told"), [("planned", 0), ("test", 0), ("maintenance", 1), ("retired", 0)])
def test_support_matters_for_what_is_in_use(state: str, told: int) -> None:
    body = f"title: Database\nclass: database\nowner: team:ops\nend_of_support: 2026-03-01\nstate: {state}\n"
    assert len(messages({CI: body})) == told


# Reviews


def review(action: str, held: str = "2026-03-05T09:00:00Z", state: str = "") -> dict[str, str]:
    body = f"{state}review:\n  held_at: {held}\n  summary: Learned.\n  actions:\n    - {{title: Watch it, {action}}}\n"
    return incident(body, entry("2026-03-10T10:00:00+01:00", "type: note, text: Seen."))


def test_an_action_is_overdue_after_its_day_until_it_is_settled() -> None:
    assert rules(review("due: 2026-03-09")) == ["review-action-overdue"]
    assert rules(review("due: 2026-03-09, state: in-progress")) == ["review-action-overdue"]
    assert rules(review("due: 2026-03-10")) == []
    assert rules(review("due: 2026-03-09, state: done")) == []
    assert rules(review("due: 2026-03-09, state: canceled")) == []
    assert rules(review("owner: person:ann")) == []
    assert rules(review("due: 2026-03-09", held="2026-03-10T11:00:01Z")) == []


def test_actions_outlive_the_record_but_imported_history_is_left_alone() -> None:
    closed = moved("2026-03-05T10:00:00Z", "resolved") + moved("2026-03-06T10:00:00Z", "closed")
    body = "state: closed\nresolution: {code: fixed}\n"
    files = review("due: 2026-03-09", state=body)
    files[INCIDENT] += closed
    assert rules(files) == ["review-action-overdue"]
    history = files[INCIDENT].replace(body, body + "external: [{system: old, id: '7', history: true}]\n")
    assert rules({INCIDENT: history}) == []


def test_an_accepted_risk_is_looked_at_again_though_its_problem_is_closed() -> None:
    body = (
        "title: It hangs\nstate: closed\nassignment: {team: team:ops}\n"
        "resolution: {code: risk-accepted, accepted_by: person:ann, review_on: 2026-03-09}\ntimeline:\n"
        + entry("2026-02-01T03:00:00Z", "type: created")
        + moved("2026-02-02T03:00:00Z", "assess")
        + moved("2026-02-02T03:00:00Z", "root-cause-analysis")
        + moved("2026-02-03T03:00:00Z", "closed")
    )
    assert rules({PROBLEM: body}) == ["review-overdue"]
    assert rules({PROBLEM: body}, "2026-03-09T12:00:00Z") == []
    reopened = body.replace("closed\nass", "root-cause-analysis\nass") + moved(
        "2026-03-10T10:00:00Z", "root-cause-analysis"
    )
    assert rules({PROBLEM: reopened}) == []
    assert rules({PROBLEM: reopened}, "2026-03-10T09:59:59Z") == ["review-overdue"]


@pytest.mark.parametrize(("state", "told"), [("draft", 0), ("approved", 1), ("retired", 0)])
def test_templates_in_use_are_reviewed(state: str, told: int) -> None:
    body = f"title: Restart\nstate: {state}\nowner: team:ops\nversion: 1\ndefaults: {{}}\nreview_on: 2026-03-09\n"
    assert len(messages({"records/change-templates/restart.yaml": body})) == told


# Incidents


@pytest.mark.parametrize(("level", "days"), [("high", 1), ("medium", 7), ("low", 30)])
def test_an_incident_rests_as_long_as_its_priority_allows_to_the_second(level: str, days: int) -> None:
    at = datetime.fromisoformat("2026-03-04T03:00:00+00:00") + timedelta(days=days)
    assert rules(incident(level=level), at.isoformat()) == []
    assert rules(incident(level=level), (at + timedelta(seconds=1)).isoformat()) == ["stale-incident"]


def test_an_incident_on_hold_rests_three_times_as_long() -> None:
    files = incident("state: on-hold\nhold_reason: awaiting-vendor\n", moved("2026-03-04T03:00:00Z", "on-hold"))
    assert rules(files, "2026-03-07T03:00:00Z") == []
    [(_, message)] = messages(files, "2026-03-07T03:00:01Z")
    assert message == (
        "nothing was written for 3 days, and an incident of priority 1 on hold may rest 3 days; "
        "write how it stands, or resolve it"
    )


def test_an_entry_counts_from_when_it_was_written() -> None:
    late = entry("2026-03-04T04:00:00Z", "recorded_at: 2026-03-10T10:00:00Z, type: note, text: As I found it.")
    assert rules(incident("", late)) == []
    assert rules(incident("", late), "2026-03-10T09:59:59Z") == ["stale-incident"]


def test_later_entries_do_not_wake_an_incident() -> None:
    note = entry("2026-03-09T03:00:00Z", "type: note, text: Later.")
    assert rules(incident("", note), "2026-03-06T00:00:00Z") == ["stale-incident"]
    assert rules(incident("", note), "2026-03-09T12:00:00Z") == []
    assert rules(incident("", note), "2026-03-04T02:59:59Z") == []


def test_work_that_ended_is_not_stale_but_was_before() -> None:
    files = incident(
        "state: closed\nresolution: {code: fixed}\n",
        moved("2026-03-07T03:00:00Z", "resolved"),
        moved("2026-03-20T03:00:00Z", "closed"),
    )
    assert rules(files, "2026-03-06T00:00:00Z") == ["stale-incident"]
    assert rules(files, "2026-03-15T00:00:00Z") == []
    assert rules(files, "2026-05-15T00:00:00Z") == []


MAJOR = "major: {state: declared, manager: person:ann, update_every: PT30M}\n"


def test_an_update_is_overdue_after_the_promised_time_to_the_second() -> None:
    said = entry("2026-03-04T03:20:00Z", "type: communication, audience: internal, text: We are on it.")
    assert rules(incident(MAJOR, said), "2026-03-04T03:50:00Z") == []
    [(rule, message)] = messages(incident(MAJOR, said), "2026-03-04T06:50:01Z")
    assert rule == "major-update-overdue"
    assert message == (
        "updates are promised every 30 min, and the last one is 3 h 30 min old; "
        "tell people how it stands, and add a communication"
    )


def test_without_any_update_the_time_counts_from_the_beginning() -> None:
    note = entry("2026-03-04T03:20:00Z", "type: note, text: We are on it.")
    assert rules(incident(MAJOR, note), "2026-03-04T03:30:00Z") == []
    assert "none came in 31 min" in messages(incident(MAJOR, note), "2026-03-04T03:31:00Z")[0][1]
    later = entry("2026-03-04T04:00:00Z", "type: communication, audience: public, text: Wait.")
    assert rules(incident(MAJOR, later), "2026-03-04T03:31:00Z") == ["major-update-overdue"]
    assert rules(incident(MAJOR), "2026-03-04T02:00:00Z") == []


@pytest.mark.parametrize("major", ["proposed", "rejected"])
def test_only_declared_major_incidents_promise_updates(major: str) -> None:
    assert rules(incident(MAJOR.replace("declared", major)), "2026-03-04T06:00:00Z") == []
    assert rules(incident(MAJOR.replace("declared", major)), "2026-03-06T06:00:00Z") == ["stale-incident"]


def test_resolved_major_incidents_promise_nothing() -> None:
    files = incident(
        f"state: resolved\nresolution: {{code: fixed}}\n{MAJOR}", moved("2026-03-04T05:00:00Z", "resolved")
    )
    assert rules(files, "2026-03-04T06:00:00Z") == []
    assert rules(files, "2026-03-04T04:59:59Z") == ["major-update-overdue"]


# Changes


def test_a_change_overruns_after_its_planned_end_while_it_is_carried_out() -> None:
    body = (
        "title: Bigger disks\ntype: normal\nstate: review\nreason: They are full.\ncis: [ci:db-01]\n"
        "implementer: person:ann\nplanned: {start: 2026-03-09T01:00:00Z, end: 2026-03-09T03:00:00Z}\n"
        "result: {code: successful}\ntimeline:\n"
        + entry("2026-03-08T03:00:00Z", "type: created")
        + moved("2026-03-08T04:00:00Z", "scheduled")
        + moved("2026-03-09T01:00:00Z", "implement")
        + moved("2026-03-09T05:10:00Z", "review")
    )
    assert rules({CHANGE: body}, "2026-03-09T03:00:00Z") == []
    assert messages({CHANGE: body}, "2026-03-09T05:05:00Z") == [
        (
            "maintenance-overrun",
            "planned to end 2 h 5 min ago (2026-03-09T03:00:00Z); finish it or back it out, or plan another end",
        )
    ]
    assert rules({CHANGE: body}, "2026-03-09T05:10:00Z") == []


# Words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 min"), (3599, "59 min"), (3600, "1 h"), (90060, "25 h 1 min"), (172799, "47 h 59 min"), (172800, "2 days")],
)
def test_lengths_in_words(seconds: int, words: str) -> None:
    assert lasting(timedelta(seconds=seconds)) == words


def test_days_before_a_day() -> None:
    end = date(2026, 3, 10)
    assert days_before(end, timedelta(days=10)) == date(2026, 2, 28)
    assert days_before(end, timedelta(hours=36)) == date(2026, 3, 8)
    assert days_before(date(1, 1, 31), timedelta(days=31)) == date.min
    assert days_before(date(1, 1, 31), timedelta(days=30)) == date(1, 1, 1)
