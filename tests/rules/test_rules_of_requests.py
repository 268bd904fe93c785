"""Rules of requests: the cases beside those on their pages."""

from collections.abc import Mapping

import pytest

from itsm_as_code.model.finding import Finding
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

BASE = {
    "records/people/ann.yaml": "name: Ann\nmanager: person:max\n",
    "records/people/bob.yaml": "name: Bob\nmanager: person:max\n",
    "records/people/max.yaml": "name: Max\n",
    "records/teams/ops.yaml": "name: Operations\n",
}
REQUEST = "records/requests/2026/REQ-20260304-aaaa.yaml"
OTHER = "records/requests/2026/REQ-20260304-bbbb.yaml"
HISTORY = "external: [{system: old, id: '7', history: true}]\n"
WAY = ("awaiting-approval", "approved", "in-fulfilment", "fulfilled", "closed")


def findings(files: Mapping[str, str]) -> tuple[Finding, ...]:
    return lint(load(MemorySource({**BASE, **files})))


def found(files: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return rule and field of each finding."""
    return [(one.rule, one.field) for one in findings(files)]


def request(
    body: str = "", state: str = "fulfilled", entries: str = "", approver: str = "max", item: str = "pc"
) -> str:
    """Return a request of Ann's, moved along the usual way to its state."""
    steps = WAY[: WAY.index(state) + 1] if state in WAY else ()
    moves = "".join(
        f"  - {{at: '2026-03-04T10:{minute:02}:00Z', by: person:{approver}, type: transition, to: {step}}}\n"
        for minute, step in enumerate(steps)
    )
    team = "assignment: {team: team:ops}\n"
    return (
        f"title: A computer\nstate: {state}\nitem: catalog-item:{item}\nrequested_by: person:ann\n{team}{body}"
        f"timeline:\n  - {{at: '2026-03-04T09:00:00Z', by: person:ann, type: created}}\n{moves}{entries}"
    )


def task(id_: str, state: str, minute: int = 30) -> str:
    return f"  - {{at: '2026-03-04T11:{minute}:00Z', by: person:max, type: task, id: {id_}, state: {state}}}\n"


def item(body: str = "", state: str = "active", name: str = "pc") -> dict[str, str]:
    return {f"records/catalog/{name}.yaml": f"title: Computer\nstate: {state}\nowner: team:ops\n{body}"}


def produces(*steps: str) -> str:
    return "fulfilment:\n" + "".join(f"  - {{id: s{number}, title: Do, {step}}}\n" for number, step in enumerate(steps))


ASSET, SEAT, CI = (
    "produces: asset, class: laptop",
    "produces: licence, licence: licence:office",
    "produces: ci, class: virtual",
)


def asset(state: str = "in-use", body: str = "assigned_to: person:ann\n", class_: str = "laptop") -> str:
    return f"title: Laptop\nclass: {class_}\nstate: {state}\n{body}"


LAPTOP = {"records/assets/LT-1.yaml": asset()}
OFFICE = {
    f"records/licences/{name}.yaml": "title: Office\nproduct: Office\nstate: active\nmetric: unlimited\n"
    for name in ("office", "other")
}


@pytest.mark.parametrize(
    ("state", "word", "told"),
    [
        ("draft", "is a draft and not offered yet", True),
        ("retired", "is retired", True),
        ("active", "", False),
    ],
)
def test_only_what_is_offered_may_be_asked_for(state: str, word: str, *, told: bool) -> None:
    result = findings({REQUEST: request(), **item(state=state)})
    assert [(one.rule, one.field) for one in result] == ([("retired-item", "item")] if told else [])
    assert all(f"catalog-item:pc {word};" in one.message for one in result)
    assert found({REQUEST: request(state="closed"), **item(state=state)}) == []


APPROVED = ("self-approved", "timeline[2].by")
ASKED = "approvals: [{from: line-manager}]\n"


@pytest.mark.parametrize(
    ("body", "approver", "expected"),
    [
        ("", "max", []),
        ("", "ann", [APPROVED]),
        ("requested_for: person:bob\n", "bob", [APPROVED]),
        ("requested_for: person:bob\n", "ann", [APPROVED]),
        ("requested_for: person:bob\n", "max", []),
        ("requested_for: team:ops\n", "ann", [APPROVED]),
        (HISTORY, "ann", []),
    ],
)
@pytest.mark.parametrize("state", ["approved", "closed"])
def test_nobody_approves_for_themselves(body: str, approver: str, state: str, expected: list[tuple[str, str]]) -> None:
    if body == HISTORY and state != "closed":
        expected = [APPROVED]
    assert found({REQUEST: request(body, state, approver=approver), **item()}) == expected


def test_a_line_manager_may_ask_for_somebody_and_agree() -> None:
    for receiver, expected in (("bob", []), ("max", [APPROVED])):
        text = request(f"requested_for: person:{receiver}\n", "approved").replace(
            "by: person:ann\n", "by: person:max\n"
        )
        assert found({REQUEST: text, **item()}) == expected


@pytest.mark.parametrize(("state", "told"), [("approved", True), ("closed", False)])
def test_whose_manager_somebody_was_is_not_known_of_what_is_over(state: str, *, told: bool) -> None:
    text = request("requested_for: person:dan\n", state).replace("by: person:ann\n", "by: person:max\n")
    moved = {"records/people/dan.yaml": "name: Dan\nmanager: person:ann\n"}
    assert found({REQUEST: text, **item(), **moved}) == ([APPROVED] if told else [])


AT_ONCE = "  - {at: '2026-03-04T10:00:00Z', by: person:ann, type: transition, to: approved}\n"


@pytest.mark.parametrize(
    ("approvals", "answers", "told"),
    [
        ("", "", False),
        (ASKED, "", True),
        ("approvals: [{from: team:ops, when: {size: big}}]\n", "answers: {size: big}\n", True),
        ("approvals: [{from: team:ops, when: {size: big}}]\n", "answers: {size: small}\n", False),
        ("approvals: [{from: team:ops, when: {size: big}}]\n", "", False),
    ],
)
def test_what_needs_no_approval_may_be_approved_by_anybody(approvals: str, answers: str, *, told: bool) -> None:
    form = "form: [{name: size, label: Size, type: string}]\n"
    text = request(answers, "new", AT_ONCE).replace("state: new", "state: approved")
    expected = [("self-approved", "timeline[1].by")] if told else []
    assert found({REQUEST: text, **item(form + approvals)}) == expected


@pytest.mark.parametrize("state", ["fulfilled", "closed"])
@pytest.mark.parametrize(
    ("entries", "fields"),
    [
        ("", ["tasks[0].id", "tasks[1].id"]),
        (task("a", "done"), ["tasks[1].id"]),
        (task("a", "done") + task("b", "canceled", 31), []),
        (task("a", "done") + task("a", "open", 31) + task("b", "done", 32), ["tasks[0].id"]),
        (task("a", "in-progress") + task("b", "done", 31), ["tasks[0].id"]),
    ],
)
def test_work_is_over_when_its_tasks_are(state: str, entries: str, fields: list[str]) -> None:
    tasks = "tasks: [{id: a, title: First}, {id: b, title: Second}]\n"
    text = request(tasks, state, entries)
    assert found({REQUEST: text, **item()}) == [("fulfilled-with-open-tasks", field) for field in fields]
    assert found({REQUEST: request(tasks, "in-fulfilment", entries), **item()}) == []
    if state == "closed":
        assert found({REQUEST: request(tasks + HISTORY, state, entries), **item()}) == []


@pytest.mark.parametrize(
    ("outcome", "steps", "expected"),
    [
        ("", (), []),
        ("", ("produces: none",), []),
        ("", (ASSET,), [("outcome-missing", "state")]),
        ("", (ASSET, SEAT), [("outcome-missing", "state")]),
        ("assets: [asset:LT-1]", (ASSET,), []),
        ("assets: [asset:LT-1]", (ASSET, ASSET), [("outcome-missing", "outcome")]),
        ("assets: [asset:LT-1]", (ASSET, SEAT), [("outcome-missing", "outcome")]),
        ("assets: [asset:LT-1], licences: [{licence: licence:office}]", (ASSET, SEAT), []),
        ("assets: [asset:LT-1]", (ASSET, CI), [("outcome-missing", "outcome")]),
        ("changes: [CHG-20260304-aaaa]", (ASSET,), [("outcome-missing", "outcome")]),
    ],
)
def test_what_a_request_hands_out_is_written(
    outcome: str, steps: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    change = {
        "records/changes/2026/CHG-20260304-aaaa.yaml": (
            "title: Set it up\ntype: normal\nreason: Asked for.\nservices: [service:desk]\n"
            "timeline: [{at: '2026-03-04T09:00:00Z', by: person:max, type: created}]\n"
        ),
        "records/services/desk.yaml": "title: Desk\ntier: 3\nowner: team:ops\n",
    }
    body = f"outcome: {{{outcome}}}\n" if outcome else ""
    files = {**item(produces(*steps) if steps else ""), **LAPTOP, **OFFICE, **change}
    assert found({REQUEST: request(body), **files}) == expected
    assert "outcome-missing" not in {rule for rule, _ in found({REQUEST: request(body, "in-fulfilment"), **files})}


def test_a_closed_request_is_told_of_only_where_nothing_is_written() -> None:
    files = {**item(produces(ASSET, SEAT)), **LAPTOP, **OFFICE}
    assert found({REQUEST: request(state="closed"), **files}) == [("outcome-missing", "state")]
    assert found({REQUEST: request("outcome: {assets: [asset:LT-1]}\n", "closed"), **files}) == []
    assert found({REQUEST: request(HISTORY, "closed"), **files}) == []


def test_a_canceled_step_hands_out_nothing() -> None:
    entries = task("s0", "canceled")
    assert found({REQUEST: request(entries=entries), **item(produces(ASSET))}) == []
    assert found({REQUEST: request(entries=entries), **item(produces(ASSET, CI))}) == [("outcome-missing", "state")]


BUNDLE = {
    **item("includes: [catalog-item:inner]\n", name="bundle"),
    **item("includes: [catalog-item:pc]\n", name="inner"),
    **item(produces(ASSET)),
}


def test_a_bundle_hands_out_what_its_parts_do() -> None:
    (finding,) = findings({REQUEST: request(item="bundle"), **BUNDLE})
    assert (finding.rule, finding.field) == ("outcome-missing", "state")
    assert finding.message == (
        "catalog-item:bundle hands out an asset of the class laptop (step s0);"
        " name what there is now under outcome.assets"
    )
    body = "outcome: {assets: [asset:LT-1]}\n"
    assert found({REQUEST: request(body, item="bundle"), **BUNDLE, **LAPTOP}) == []


def test_parts_that_include_each_other_are_read_once() -> None:
    circle = item("includes: [catalog-item:pc, catalog-item:bundle]\n", name="inner")
    files = {REQUEST: request(item="bundle"), **BUNDLE, **circle}
    assert sorted(found(files)) == [("circular-dependency", "includes[0]"), ("outcome-missing", "state")]


@pytest.mark.parametrize("way", ["down", "up"])
def test_a_part_that_is_a_request_of_its_own_is_its_own_matter(way: str) -> None:
    down, up = (
        ("links: [{type: includes, to: REQ-20260304-bbbb}]\n", "")
        if way == "down"
        else ("", "links: [{type: part, to: REQ-20260304-aaaa}]\n")
    )
    files = {REQUEST: request(down, item="bundle"), OTHER: request(up, state="approved"), **BUNDLE}
    assert found(files) == []
    assert found({**files, OTHER: request(up, state="approved", item="bundle")}) == [("outcome-missing", "state")]


MISMATCH = "outcome-mismatch"


@pytest.mark.parametrize(
    ("outcome", "files", "expected"),
    [
        ("assets: [asset:LT-1]", {"LT-1": asset()}, []),
        ("assets: [asset:LT-1]", {"LT-1": asset(body="assigned_to: person:bob\n")}, ["outcome.assets[0]"]),
        ("assets: [asset:LT-1]", {"LT-1": asset(body="assigned_to: team:ops\n")}, []),
        ("assets: [asset:LT-1]", {"LT-1": asset("in-stock", "")}, ["outcome.assets[0]"]),
        ("assets: [asset:LT-1]", {"LT-1": asset("in-transit", "")}, []),
        ("assets: [asset:LT-1]", {"LT-1": asset(class_="phone")}, ["outcome.assets[0]"]),
        ("assets: [asset:LT-1]", {"LT-1": asset().replace("class: laptop\n", "")}, []),
        (
            "assets: [asset:LT-1], licences: [{licence: licence:other}]",
            {"LT-1": asset()},
            ["outcome.licences[0].licence"],
        ),
        (
            "assets: [asset:LT-1], licences: [{licence: licence:office, to: person:bob}]",
            {"LT-1": asset()},
            ["outcome.licences[0].to"],
        ),
        ("assets: [asset:LT-1], licences: [{licence: licence:office, to: asset:LT-1}]", {"LT-1": asset()}, []),
        ("assets: [asset:LT-1], licences: [{licence: licence:office, to: team:ops}]", {"LT-1": asset()}, []),
    ],
)
def test_things_are_with_whom_the_request_is_for(outcome: str, files: dict[str, str], expected: list[str]) -> None:
    body = f"outcome: {{{outcome}}}\n"
    records = {f"records/assets/{name}.yaml": text for name, text in files.items()}
    records |= item(produces(ASSET, SEAT)) if "licences" in outcome else item(produces(ASSET))
    assert found({REQUEST: request(body), **records, **OFFICE}) == [(MISMATCH, field) for field in expected]
    assert found({REQUEST: request(body, "closed"), **records, **OFFICE}) == []


def test_what_came_back_may_be_with_anybody() -> None:
    body = "outcome: {assets: [asset:LT-1]}\nreturns: [{asset: asset:LT-1, at: 2026-04-01}]\n"
    files = {"records/assets/LT-1.yaml": asset(body="assigned_to: person:bob\n"), **item(produces(ASSET))}
    assert found({REQUEST: request(body), **files}) == []


def test_a_request_for_a_team_is_served_to_anybody_in_it() -> None:
    body = "requested_for: team:ops\noutcome: {assets: [asset:LT-1]}\n"
    assert found({REQUEST: request(body), **LAPTOP, **item(produces(ASSET))}) == []


@pytest.mark.parametrize(("class_", "told"), [("vm", False), ("virtual", False), ("server", True)])
def test_a_special_class_of_ci_is_what_was_asked_for(class_: str, *, told: bool) -> None:
    ci = {"records/cis/a.yaml": f"title: Machine\nclass: {class_}\nstate: operational\nowner: team:ops\n"}
    files = {REQUEST: request("outcome: {cis: [ci:a]}\n"), **ci, **item(produces(CI))}
    assert found(files) == ([(MISMATCH, "outcome.cis[0]")] if told else [])


def test_steps_that_name_no_class_hand_out_anything() -> None:
    files = {**item(produces(ASSET, "produces: asset")), "records/assets/LT-2.yaml": asset(class_="phone"), **LAPTOP}
    assert found({REQUEST: request("outcome: {assets: [asset:LT-1, asset:LT-2]}\n"), **files}) == []


def waiting(names: str, state: str = "approved", body: str = "") -> dict[str, str]:
    return {f"records/requests/2026/REQ-20260304-{name * 4}.yaml": request(body, state) for name in names}


def test_those_who_get_none_are_told_by_the_first_of_them() -> None:
    files = {**item(produces(ASSET)), "records/assets/LT-1.yaml": asset("in-stock", "")}
    assert found({**waiting("a"), **files}) == []
    (finding,) = findings({**waiting("abc"), **files})
    assert (finding.rule, finding.place.file) == ("stock-out", OTHER)
    assert finding.message.startswith("requests wait for 3 of the class laptop, and 1 is free in stock, on order")


@pytest.mark.parametrize("state", ["submitted", "awaiting-approval", "rejected", "canceled"])
def test_who_does_not_wait_for_delivery_needs_no_stock(state: str) -> None:
    text = request(state=state) if state in WAY else request(state="x").replace("state: x", f"state: {state}")
    result = found({REQUEST: text, **item(produces(ASSET)), **LAPTOP})
    assert "stock-out" not in {rule for rule, _ in result}


@pytest.mark.parametrize(
    ("coming", "told"),
    [
        (asset("in-stock", ""), False),
        (asset("on-order", ""), False),
        (asset("in-transit", ""), False),
        (asset("on-order"), False),
        (asset("on-order", "assigned_to: person:bob\n"), True),
        (asset("in-stock", "substate: defective\n"), True),
        (asset("in-stock", "substate: spare\n"), False),
        (asset("in-stock", "", "phone"), True),
        (asset("in-maintenance", ""), True),
    ],
)
def test_stock_is_what_is_sound_and_free(coming: str, *, told: bool) -> None:
    files = {**item(produces(ASSET)), **LAPTOP, "records/assets/LT-2.yaml": coming}
    assert found({**waiting("a"), **files}) == ([("stock-out", "item")] if told else [])


def test_a_class_without_assets_is_kept_elsewhere() -> None:
    assert found({**waiting("ab"), **item(produces(ASSET))}) == []
    assert found({**waiting("ab"), **item(produces("produces: asset")), **LAPTOP}) == []


def test_what_a_request_has_already_serves_it_and_no_other() -> None:
    files = {**item(produces(ASSET)), "records/assets/LT-1.yaml": asset("in-stock", "")}
    has = waiting("a", body="outcome: {assets: [asset:LT-1]}\n")
    assert found({**has, **files}) == []
    assert found({**has, **waiting("b"), **files}) == [("stock-out", "item")]


def test_half_written_requests_and_items_raise_nothing() -> None:
    files = {
        REQUEST: request("requested_for: person:nobody-here\n", "approved", approver="ann"),
        **item("includes: [catalog-item:none]\n" + produces("produces: licence, licence: licence:none")),
    }
    assert {rule for rule, _ in found(files)} == {"dangling-link"}
    assert found({REQUEST: request(item="none")}) == [("dangling-link", "item")]
