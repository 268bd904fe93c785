"""Rules of assets and licences: the cases beside those on their pages."""

from collections.abc import Mapping

import pytest

from itsm_as_code.model.finding import Finding
from itsm_as_code.reading.limits import MAX_FAULTS
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

PEOPLE = {
    "records/people/ann.yaml": "name: Ann\n",
    "records/people/gone.yaml": "name: Gone\nactive: false\n",
    "records/teams/ops.yaml": "name: Operations\n",
}
LICENCE = "records/licences/office.yaml"
HISTORY = "external: [{system: old, id: '7', history: true}]\n"


def findings(files: Mapping[str, str]) -> tuple[Finding, ...]:
    return lint(load(MemorySource({**PEOPLE, **files})))


def found(files: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return file's name, rule and field of each finding."""
    return [(one.place.file.split("/")[-1], one.rule, one.field) for one in findings(files)]


def assets(**bodies: str) -> dict[str, str]:
    return {f"records/assets/{name}.yaml": f"title: A machine\n{body}" for name, body in bodies.items()}


def ci(body: str = "", state: str = "operational") -> str:
    return f"title: A server\nclass: server\nstate: {state}\nowner: team:ops\n{body}"


def licence(body: str = "", metric: str = "user", seats: int = 3, state: str = "active") -> dict[str, str]:
    return {LICENCE: f"title: Office\nproduct: Office\nstate: {state}\nmetric: {metric}\nseats: {seats}\n{body}"}


@pytest.mark.parametrize(
    ("text", "rule", "advice"),
    [
        ("person:nan", "assigned-to-unknown", "did you mean person:ann?"),
        ("team:opps", "assigned-to-unknown", "did you mean team:ops?"),
        ("person:zzzzz-zzzzz", "assigned-to-unknown", "or write records/people/zzzzz-zzzzz.yaml"),
        ("person:ANN", "alias-link", "person:ann"),
        ("ci:web-01", "wrong-kind-link", ""),
        ("ann", "malformed-link", ""),
        ("person:gone", "assigned-to-leaver", "has left"),
    ],
)
def test_a_bad_holder_is_told_once(text: str, rule: str, advice: str) -> None:
    (finding,) = findings(assets(A=f"state: in-use\nassigned_to: {text}\n"))
    assert (finding.rule, finding.field) == (rule, "assigned_to")
    assert advice in finding.message


def test_an_unknown_or_departed_holder_of_what_is_retired_is_no_news() -> None:
    body = "state: retired\nassigned_to: {}\ndisposal: {{date: 2026-02-13, method: lost}}\n"
    assert found(assets(A=body.format("person:gone"))) == []
    assert found(assets(A=body.format("person:noone"))) == [("A.yaml", "dangling-link", "assigned_to")]


def test_other_broken_links_of_assets_stay_dangling() -> None:
    assert found(assets(A="owner: team:nobody-here\n")) == [("A.yaml", "dangling-link", "owner")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("state: in-use\n", True),
        ("state: in-use\nlocation: Meeting room 2\n", False),
        ("state: in-use\nassigned_to: team:ops\n", False),
        ("state: in-stock\n", False),
        ("state: in-transit\n", False),
    ],
)
def test_what_is_in_use_is_somewhere(body: str, *, expected: bool) -> None:
    assert found(assets(A=body)) == ([("A.yaml", "in-use-unassigned", "state")] if expected else [])


def test_a_machine_that_a_live_ci_names_is_in_use_for_that() -> None:
    assert found({**assets(A="state: in-use\n"), "records/cis/a.yaml": ci("asset: asset:A\n")}) == []
    canceled = {**assets(A="state: in-use\n"), "records/cis/a.yaml": ci("asset: asset:A\n", "canceled")}
    assert found(canceled) == [("A.yaml", "in-use-unassigned", "state")]
    retired = {**assets(A="state: in-use\n"), "records/cis/a.yaml": ci("asset: asset:A\n", "retired")}
    assert found(retired) == [("A.yaml", "asset-ci-disagree", "state")]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("serial: AB 1\n", "serial: ab1\n", True),
        ("serial: AB1\nmodel: T14\n", "serial: AB1\nmodel: t 14\n", True),
        ("serial: AB1\nmodel: T14\n", "serial: AB1\nmodel: X1\n", False),
        ("serial: AB1\nmodel: T14\n", "serial: AB1\n", True),
        ("serial: AB1\n", "serial: AB1\nmodel: T14\n", True),
        ("serial: AB1234\nmodel: T14\n", "serial: AB 1234\nmodel: X1\n", True),
        ("serial: N/A\n", "serial: n/a\n", False),
        ("serial: To be filled by O.E.M.\n", "serial: To be filled by O.E.M.\n", False),
        ("serial: AB1\nstate: canceled\n", "serial: AB1\n", False),
        ("serial: AB1\n", "serial: AB1\nstate: canceled\n", False),
    ],
)
def test_a_serial_number_is_given_once(first: str, second: str, *, expected: bool) -> None:
    result = findings(assets(A=first, B=second))
    assert [(one.place.file, one.rule) for one in result] == (
        [("records/assets/B.yaml", "duplicate-serial")] if expected else []
    )
    assert all("asset:A has" in one.message for one in result)


def test_three_of_a_kind_are_told_twice_by_the_first() -> None:
    result = findings(assets(A="serial: X1\n", B="serial: X1\n", C="serial: X1\n"))
    assert [one.message.split()[0] for one in result] == ["asset:A", "asset:A"]


DISAGREE = ("a.yaml", "asset-ci-disagree", "asset")
GONE = "disposal: {date: 2026-02-13, method: sold}\n"


@pytest.mark.parametrize(
    ("asset", "state", "expected"),
    [
        ("state: missing\n", "operational", [DISAGREE]),
        (f"state: retired\n{GONE}", "operational", [DISAGREE]),
        (f"state: retired\n{GONE}", "maintenance", [DISAGREE]),
        ("state: canceled\n", "operational", [DISAGREE]),
        ("state: in-stock\n", "operational", [DISAGREE]),
        ("state: on-order\n", "operational", [DISAGREE]),
        ("state: on-order\n", "planned", []),
        ("state: in-stock\n", "maintenance", []),
        ("state: in-maintenance\n", "operational", []),
        ("state: in-transit\n", "operational", []),
        ("state: in-use\n", "operational", []),
        (f"state: retired\n{GONE}", "retired", []),
        ("state: in-stock\n", "retired", []),
        ("state: in-use\nlocation: Here\n", "retired", [("A.yaml", "asset-ci-disagree", "state")]),
        ("state: in-use\nlocation: Here\n", "canceled", []),
    ],
)
def test_asset_and_ci_tell_one_story(asset: str, state: str, expected: list[tuple[str, str, str]]) -> None:
    assert found({**assets(A=asset), "records/cis/a.yaml": ci("asset: asset:A\n", state)}) == expected


def test_a_machine_may_have_become_another_ci() -> None:
    files = {
        **assets(A="state: in-use\nlocation: Here\n"),
        "records/cis/old.yaml": ci("asset: asset:A\n", "retired"),
        "records/cis/new.yaml": ci("asset: asset:A\n"),
    }
    assert found(files) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("model: T14 Gen 5\n", "model: Lenovo ThinkPad T14 gen5\n", []),
        ("model: PowerEdge R650\n", "model: PowerEdge R750\n", ["model"]),
        ("model: Dell R650\n", "model: PowerEdge R650\n", []),
        ("model: X1 Gen5\n", "model: T14 gen5\n", ["model"]),
        ("model: R650\n", "", []),
        ("attributes: {serial: AB1}\n", "serial: ab 1\n", []),
        ("attributes: {serial: AB1}\n", "serial: AB2\n", ["attributes.serial"]),
        ("attributes: {serial: 7}\n", "serial: AB2\n", []),
    ],
)
def test_models_and_serials_agree(ours: str, theirs: str, expected: list[str]) -> None:
    files = {**assets(A=f"state: in-use\n{theirs}"), "records/cis/a.yaml": ci(f"asset: asset:A\n{ours}")}
    assert found(files) == [("a.yaml", "asset-ci-disagree", field) for field in expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("state: retired\n", ["state"]),
        ("state: retired\nsubstate: pending-disposal\n", []),
        (f"state: retired\n{HISTORY}", []),
        (f"state: retired\n{GONE}", []),
        (f"state: missing\n{GONE}", ["disposal"]),
        (f"state: canceled\n{GONE}", ["disposal"]),
    ],
)
def test_what_left_says_how(body: str, expected: list[str]) -> None:
    assert found(assets(A=body)) == [("A.yaml", "disposal-incomplete", field) for field in expected]


def test_seats_may_be_used_up_and_no_more() -> None:
    blocks = "allocations: [{to: team:ops, seats: 2}]\n"
    one = assets(A="assigned_to: person:ann\nlicences: [licence:office]\n")
    assert found({**licence(blocks), **one}) == []
    (finding,) = findings({**licence(blocks, seats=2), **one})
    assert (finding.rule, finding.field, finding.severity) == ("over-allocated", "seats", "warning")
    assert finding.message == (
        "3 seats are in use (2 set aside in allocations, 1 on assets), but there are 2; give some back, or buy more"
    )


def test_one_seat_is_spoken_of_as_one() -> None:
    (finding,) = findings({**licence("allocations: [{to: team:ops}]\n", seats=0)})
    assert (
        finding.message == "1 seat is in use (1 set aside in allocations), but there are 0; give some back, or buy more"
    )
    (finding,) = findings({**licence("allocations: [{to: team:ops, seats: 2}]\n", seats=1)})
    assert (
        finding.message
        == "2 seats are in use (2 set aside in allocations), but there is 1; give some back, or buy more"
    )


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_only_licences_in_force_are_over_allocated(state: str) -> None:
    assert found(licence("allocations: [{to: team:ops, seats: 9}]\n", state=state))[:1] == []


@pytest.mark.parametrize("metric", ["site", "unlimited"])
def test_what_is_not_counted_is_never_used_up(metric: str) -> None:
    assert found(licence("allocations: [{to: team:ops, seats: 9}]\n", metric)) == []


def test_the_licence_decides_how_grave_it_is_and_the_organisation_before_it() -> None:
    files = licence("over_allocation: error\nallocations: [{to: team:ops, seats: 9}]\n")
    assert [one.severity for one in findings(files)] == ["error"]
    settings = "format: 1\nrules: {over-allocated: warning}\n"
    assert [one.severity for one in findings({**files, "itsm.yaml": settings})] == ["warning"]
    assert findings({**files, "itsm.yaml": settings.replace("warning", "'off'")}) == ()


def test_cores_are_counted_where_the_product_is_installed() -> None:
    server = ci("installed: [{product: office, cores: 4}]\n")
    assert found({**licence(metric="core"), "records/cis/a.yaml": server}) == [
        (LICENCE[17:], "over-allocated", "seats")
    ]
    assert found({**licence(metric="core", seats=4), "records/cis/a.yaml": server}) == []


@pytest.mark.parametrize(
    "text",
    [
        "7BKQ2-XD9MV-4TTGH-PW36R-H8NYJ",
        "key=AB12-CD34-EF56-GH78",
        "Key: AB12-CD34-EF56-GH78",
        "the key is AB12C-CD34D-EF56E-GH78F",
        "KEY `AAAA-BBBB-CCCC-DD11`",
    ],
)
def test_keys_are_found_in_any_record_and_in_comments(text: str) -> None:
    (finding,) = findings(assets(A=f"state: in-stock\n# é {text}\n"))
    assert (finding.rule, finding.place.line, finding.severity) == ("key-in-clear", 3, "error")
    assert finding.place.column > len("# é")


@pytest.mark.parametrize(
    "text",
    [
        "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY",
        "12345-12345-12345-12345-12345",
        "7bkq2-xd9mv-4ttgh-pw36r-h8nyj",
        "X7BKQ2-XD9MV-4TTGH-PW36R-H8NYJ",
        "7BKQ2-XD9MV-4TTGH-PW36R-H8NYJ-12345",
        "AB12-CD34-EF56-GH78",
        "the monkey AB12-CD34-EF56-GH78",
        "key: 2026-0001-0002-0003",
        "key: 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "key: vault://licences/AB12",
    ],
)
def test_other_groups_are_no_keys(text: str) -> None:
    assert found(assets(A=f"state: in-stock\n# {text}\n")) == []


@pytest.mark.parametrize(("between", "told"), [(" ", 1), ("\n# ", MAX_FAULTS)])
def test_many_keys_are_told_once_a_line_and_in_bounds(between: str, told: int) -> None:
    keys = between.join(["7BKQ2-XD9MV-4TTGH-PW36R-H8NYJ"] * 20_000)
    assert [rule for _, rule, _ in found(assets(A=f"state: in-stock\n# {keys}\n"))] == ["key-in-clear"] * told


def test_money_of_one_record_is_in_one_currency() -> None:
    worth = (
        "purchase: {cost: {amount: '100', currency: EUR}}\n"
        "depreciation: {method: straight-line, months: 3, salvage: {amount: '1', currency: %s}}\n"
    )
    assert found(assets(A=worth % "EUR")) == []
    assert found(assets(A=worth % "CHF")) == [("A.yaml", "mixed-currency", "depreciation.salvage.currency")]
    assert found(assets(A=f"state: canceled\n{worth % 'CHF'}")) == []


def test_purchases_without_a_cost_are_left_alone() -> None:
    costs = ("", ", cost: {amount: '1', currency: USD}", ", cost: {amount: '1', currency: EUR}")
    bought = "purchases:\n" + "".join(f"  - {{date: 2026-01-01{cost}}}\n" for cost in costs)
    assert found(licence(bought)) == [(LICENCE[17:], "mixed-currency", "purchases[2].cost.currency")]
    assert found(licence(bought, state="retired")) == []


def closed(to: str, body: str = "", state: str = "closed") -> str:
    moves = ("approved", "in-fulfilment", "fulfilled", "closed")
    return (
        f"title: A seat\nitem: catalog-item:seat\nstate: {state}\nrequested_by: person:ann\n"
        "assignment: {team: team:ops}\n"
        f"outcome: {{licences: [{{licence: licence:office, to: {to}}}]}}\n{body}"
        "timeline:\n  - {at: '2026-03-04T09:00:00Z', by: person:ann, type: created}\n"
    ) + "".join(
        f"  - {{at: '2026-03-04T10:{minute:02}:00Z', by: team:ops, type: transition, to: {move}}}\n"
        for minute, move in enumerate(moves[: moves.index(state) + 1])
    )


@pytest.mark.parametrize(
    ("holders", "expected"),
    [
        (["person:ann"], ""),
        (["team:ops"], ""),
        (["person:gone"], "person:gone (REQ-20260304-0000);"),
        (["person:ann", "person:gone"], "person:gone (REQ-20260304-0001);"),
        (["person:gone", *(f"person:g{number}" for number in range(4))], "person:g1 (REQ-20260304-0002) and 2 more;"),
    ],
)
def test_seats_of_leavers_are_told_at_the_licence(holders: list[str], expected: str) -> None:
    files = {f"records/people/g{number}.yaml": "name: G\nactive: false\n" for number in range(4)}
    files |= {f"records/requests/2026/REQ-20260304-{number:04}.yaml": closed(to) for number, to in enumerate(holders)}
    files["records/catalog/seat.yaml"] = "title: Seat\nstate: active\nowner: team:ops\n"
    result = findings({**licence(seats=9), **files})
    assert [(one.rule, one.field) for one in result] == ([("seat-of-leaver", "seats")] if expected else [])
    assert all(expected in one.message for one in result)
    assert found({**licence(seats=9, state="retired"), **files}) == []


def test_other_rules_tell_of_other_seats_of_leavers() -> None:
    files = {
        **licence("allocations: [{to: person:gone}]\n", seats=9),
        **assets(A="state: in-use\nassigned_to: person:gone\nlicences: [licence:office]\n"),
        "records/requests/2026/REQ-20260304-0001.yaml": closed("person:gone", state="fulfilled"),
        "records/catalog/seat.yaml": "title: Seat\nstate: active\nowner: team:ops\n",
    }
    rules = [rule for _, rule, _ in found(files)]
    assert "seat-of-leaver" not in rules
    assert {"assigned-to-leaver", "link-to-inactive"} <= set(rules)
