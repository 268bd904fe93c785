"""Settings: values typed by the schema, paths into lists, links that must lead somewhere, nothing done twice."""

from collections.abc import Mapping

import pytest

from itsm_as_code.editing.plan import Plan
from itsm_as_code.editing.set_fields import plan_set
from itsm_as_code.errors import ItsmError
from tests.editing.organisation import CHANGE, FILES, lines, record, stamp

INC, CHG = "INC-20260304-k7qz", "CHG-20260303-m2nk"
CAUSE = ["-  - {ci: ci:web-01, role: suspected}", "+  - {ci: ci:web-01, role: cause}"]


def plan(address: str, *settings: str, extra: Mapping[str, str] | None = None) -> Plan:
    return plan_set(*record(address, extra), settings, stamp())


@pytest.mark.parametrize(
    ("address", "settings", "expected"),
    [
        (INC, ["urgency=high"], ["-urgency: low", "+urgency: high"]),
        (INC, ["impact=medium"], ["-impact: high # for now", "+impact: medium # for now"]),
        (INC, ["title=Checkout: slow"], ['-title: "Checkout is slow"', '+title: "Checkout: slow"']),
        (INC, ["assignment.team=web"], ["+assignment:", "+  team: team:web"]),
        (INC, ["cis[ci:web-01].role=cause"], CAUSE),
        (INC, ["cis[web-01].role="], ["-  - {ci: ci:web-01, role: suspected}", "+  - {ci: ci:web-01}"]),
        (INC, ["cis[0].role=cause"], CAUSE),
        (INC, ["cis+=WEB-02"], ["+  - {ci: ci:web-02}"]),
        (INC, ["cis+={ci: web-02, role: affected}"], ["+  - {ci: ci:web-02, role: affected}"]),
        (
            INC,
            ["services-=service:shop"],
            ["-services: [service:shop]   # the only one"],
        ),
        (CHG, ["cis=[ci:web-01, web-02]"], ["-cis: [ci:web-02]", "+cis: [ci:web-01, ci:web-02]"]),
        (CHG, ["cis+=ci:web-01", "cis-=web-02"], ["-cis: [ci:web-02]", "+cis: [ci:web-01]"]),
        (
            CHG,
            ["risk.likelihood=high"],
            ["-risk: {impact: low, likelihood: low}", "+risk: {impact: low, likelihood: high}"],
        ),
    ],
)
def test_only_what_is_meant_is_written(address: str, settings: list[str], expected: list[str]) -> None:
    assert lines(plan(address, *settings)) == expected


def test_times_may_be_said_as_people_say_them() -> None:
    assert lines(plan(INC, "started_at=30m ago", "x-count=007")) == [
        "+started_at: 2026-03-04T08:30:00+01:00",
        '+x-count: "007"',
    ]
    assert lines(plan(INC, "started_at=2026-07-01 09:00")) == ["+started_at: 2026-07-01T09:00:00+02:00"]


def test_numbers_truths_and_days_are_typed() -> None:
    assert lines(plan(CHG, "outage.expected=true")) == ["+outage:", "+  expected: true"]
    assert lines(plan("service:shop", "tier=1")) == ["-tier: 2", "+tier: 1"]
    assert lines(plan("ci:web-01", "end_of_support=2028-06-30")) == ['+end_of_support: "2028-06-30"']


def test_what_was_done_is_told() -> None:
    found = plan(INC, "urgency=high", "services+=webshop", "tags+=vip", "cis-=web-01")
    assert found.said == (f"{INC}: urgency low → high; tags + vip; cis - {{ci: ci:web-01, role: suspected}}",)
    assert found.subject == f"{INC}: urgency, services, tags, cis set"
    assert found.body == "urgency low → high\ntags + vip\ncis - {ci: ci:web-01, role: suspected}"
    assert found.records == (INC,)
    assert plan(INC, "urgency=high").subject == f"{INC}: urgency low → high"


@pytest.mark.parametrize(
    "settings",
    [
        ["urgency=low"],
        ["services+=shop"],
        ["category="],
        ["tags-=vip"],
        ["cis+=web-01"],
        ["services-=shop", "services+=shop"],
    ],
)
def test_what_is_so_already_is_not_written(settings: list[str]) -> None:
    found = plan(INC, *settings)
    assert [edit for edit in found.edits if edit.before != edit.after] == []


def test_nothing_to_do_is_said() -> None:
    assert plan(INC, "urgency=low").said == (f"nothing to do: {INC} is so already",)


def test_a_broken_link_can_be_taken_out() -> None:
    broken = {CHANGE: "title: T\ntype: normal\nreason: R.\ncis: [ci:gone, ci:web-02]\ntimeline: []\n"}
    assert lines(plan(CHG, "cis-=ci:gone", extra=broken)) == ["-cis: [ci:gone, ci:web-02]", "+cis: [ci:web-02]"]


REFUSED = [
    ("state=closed", f"a state is not set (move the record: itsm transition {INC} closed)"),
    ("timeline=", f"a timeline is added to and never edited (add a note: itsm note {INC} TEXT)"),
    ("timeline[0].by=bob", f"a timeline is added to and never edited (add a note: itsm note {INC} TEXT)"),
    ("kind=problem", "a record's kind follows from its folder (make a new one: itsm new KIND)"),
    ("id=INC-1", f"an id is not set, since links name it (itsm renumber {INC} moves links too)"),
    ("urgncy=low", "incidents have no field urgncy (did you mean urgency?)"),
    ("urgency=hihg", "urgency=hihg: not one of high, medium, low (did you mean high?)"),
    ("assignment.taem=web", "assignment of incidents has no field taem (did you mean team?)"),
    ("assignment.team=wbe", "there is no team wbe (did you mean team:web?)"),
    ("assignment.team=alice", "person:alice is a person (a team is wanted here)"),
    ("assignment=web", "assignment=web: write {field: value} (or set its fields: assignment.field=value)"),
    ("services+=web-01", "ci:web-01 is a configuration item (a service is wanted here)"),
    ("services+=", "services+=: what shall be added?"),
    ("services-=", "services-=: what shall be taken out?"),
    ("services-=shp", "there is no service shp (did you mean service:shop?)"),
    ("urgency+=high", "urgency is no list; += is for lists (write urgency=VALUE)"),
    ("urgency[0]=high", "urgency[0]: urgency is no list"),
    ("urgency.x=high", "urgency.x: urgency has no fields of its own"),
    ("cis.role=cause", "cis.role: cis is a list (name the item: cis[ci:web-01].role=…)"),
    ("cis[web-03].role=cause", "cis has no item web-03 (did you mean ci:web-01?)"),
    ("cis[7].role=cause", "cis has no item 7; it has ci:web-01"),
    ("tags[vip]=x", "tags has no items (add one: tags+=…)"),
    ("cis+={ci: web-01, role: cause}", "cis has ci:web-01 already (edit it: cis[ci:web-01].FIELD=VALUE)"),
    ("started_at=noon", "noon is not a time"),
    ("major.state", "major.state: no FIELD=VALUE (write for example impact=high, or services+=service:web)"),
    ("=x", "=x: no FIELD=VALUE"),
    (".x=y", ".x=y: no FIELD=VALUE"),
    ("[0]=y", "[0]=y: no FIELD=VALUE"),
    ("a..b=y", "a..b=y: no FIELD=VALUE"),
]


@pytest.mark.parametrize(("setting", "words"), REFUSED)
def test_what_is_wrong_is_one_line_that_says_what_to_do(setting: str, words: str) -> None:
    with pytest.raises(ItsmError) as error:
        plan(INC, setting)
    assert str(error.value).startswith(words)
    assert "\n" not in str(error.value)


def test_names_that_several_bear_are_not_guessed() -> None:
    extra = {"records/people/web.yaml": "name: Webster\n"}
    with pytest.raises(ItsmError, match=r"web may be person:web or team:web \(name one of them\)"):
        plan("ci:web-01", "owner=web", extra=extra)
    assert lines(plan("ci:web-01", "owner=person:web", extra=extra)) == ["-owner: team:web", "+owner: person:web"]


def test_the_rest_of_the_file_stays_byte_for_byte() -> None:
    text = "# Old\r\ntitle: 'web-01'   # x\r\nclass: vm\r\nowner: team:web\r\nstate: operational"
    crlf = {"records/cis/web-01.yaml": text}
    (edit,) = plan("ci:web-01", "class=server", "version=Debian 12", extra=crlf).edits
    assert edit.before is not None
    assert edit.after is not None
    assert edit.after == (
        b"# Old\r\ntitle: 'web-01'   # x\r\nclass: server\r\nversion: Debian 12\r\nowner: team:web\r\n"
        b"state: operational"
    )


def test_an_organisation_s_own_fields_are_free() -> None:
    own = {"records/cis/web-01.yaml": FILES["records/cis/web-01.yaml"] + "x-rack: {row: A}\nx-tags: [a]\nx-old: [b]\n"}
    assert lines(plan("ci:web-01", "x-rack.row=B", "x-tags+=no", "x-new+=c", "x-old-=b", extra=own)) == [
        "-x-rack: {row: A}",
        "-x-tags: [a]",
        "-x-old: [b]",
        "+x-rack: {row: B}",
        '+x-tags: [a, "no"]',
        "+x-new:",
        "+  - c",
    ]


def test_values_of_the_wrong_shape_are_not_overrun() -> None:
    odd = {CHANGE: FILES[CHANGE].replace("risk: {impact: low, likelihood: low}", "risk: low\ncis: ci:web-02\noutage:")}
    odd[CHANGE] = odd[CHANGE].replace("cis: [ci:web-02]\n", "")
    with pytest.raises(ItsmError, match=r"risk is low, which has no fields \(drop it first: risk=\)"):
        plan(CHG, "risk.impact=high", extra=odd)
    with pytest.raises(ItsmError, match="cis is no list; \\+= is for lists"):
        plan(CHG, "cis+=web-01", extra=odd)
    assert "+  expected: true" in lines(plan(CHG, "outage.expected=true", extra=odd))
    assert lines(plan(CHG, "cis=web-01", extra=odd)) == ["-cis: ci:web-02", "+cis:", "+  - ci:web-01"]


def test_days_may_be_said_and_names_of_relations_stay_names() -> None:
    group = {
        "records/cis/web-01.yaml": FILES["records/cis/web-01.yaml"] + "redundancy: [{over: contains, min_up: 1}]\n"
    }
    changed = lines(plan("ci:web-01", "end_of_support=today", "redundancy[0].over=has_member", extra=group))
    assert {*changed} >= {"+redundancy: [{over: has_member, min_up: 1}]", '+end_of_support: "2026-03-04"'}


@pytest.mark.parametrize(
    ("setting", "words"),
    [("owner=example", r"did you mean team:example-web\?"), ("owner=xq", r"there is no team or person xq \(itsm list")],
)
def test_a_part_of_a_name_may_tell_what_is_meant(setting: str, words: str) -> None:
    extra = {"records/teams/example-web.yaml": "name: Example\n"}
    with pytest.raises(ItsmError, match=words):
        plan("ci:web-01", setting, extra=extra)
