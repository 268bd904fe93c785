"""New records: typed settings, commented starters, and one line that names what is missing."""

import json
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.rules.engine import lint
from itsm_as_code.scaffold.new import NewRecord, Wish, plan_record
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource

NOW = datetime(2026, 3, 4, 3, 7, tzinfo=UTC)
LEVELS = "--set impact=high|medium|low, --set urgency=high|medium|low"
TOUCHED = "--set services=service:… or --set cis=ci:…"
SHORT = "a service level agreement needs --set targets={response|resolution: …}"
BASE: dict[str, str | bytes] = {
    "records/people/alice.yaml": "name: Alice\n",
    "records/teams/dba.yaml": "name: DBA\nmembers: [person:alice]\n",
    "records/cis/db-01.yaml": "title: Database\nclass: database\nowner: team:dba\nstate: operational\n",
    "records/catalog/laptop.yaml": (
        "title: Laptop\nowner: team:dba\nstate: active\n"
        "form: [{name: model, label: Which?, type: string, required: true}]\n"
    ),
    "records/services/web.yaml": "title: Web\nowner: team:dba\ntier: 2\nstate: live\ndepends_on: [ci:db-01]\n",
}


def snapshot(extra: dict[str, str | bytes] | None = None) -> Snapshot:
    return load(MemorySource({**BASE, **(extra or {})}))


def plan(kind: str, title: str, *settings: str, actor: str = "", id_: str = "") -> NewRecord:
    return plan_record(snapshot(), kind, Wish(title, settings, actor, id_), NOW, Random(1))  # noqa: S311 - the same id in every run


def read(record: NewRecord) -> dict[str, object]:
    planned = snapshot({record.path: record.text}).records[record.address]
    assert planned.valid
    return dict(planned.fields)


SMALLEST: dict[str, tuple[str, list[str], str]] = {
    "incident": ("Web is slow", ["impact=high", "urgency=low", "services=service:web"], "alice"),
    "problem": ("Web is slow", [], "alice"),
    "known-error": ("Web is slow at night", ["symptoms=Pages take a minute.", "cis=ci:db-01"], "alice"),
    "change": ("Upgrade the database", ["type=normal", "reason=End of support.", "cis=ci:db-01"], "team:dba"),
    "change-template": ("Restart a server", ["owner=team:dba", "version=1", "defaults.reason=It hangs."], ""),
    "request": (
        "A laptop for Alice",
        ["item=catalog-item:laptop", "requested_by=person:alice", "answers.model=small"],
        "alice",
    ),
    "catalog-item": (
        "Telephone",
        ["owner=team:dba", "form={name: number, label: Which?, type: string}", "approvals={from: line-manager}"],
        "",
    ),
    "service": ("Shop: checkout", ["tier=3", "owner=team:dba", "depends_on=service:web"], ""),
    "ci": ("Web server", ["class=server", "owner=team:dba"], ""),
    "asset": ("Laptop no. 7", ["serial=007"], ""),
    "licence": ("Office suite", ["product=Example Office", "metric=user", "seats=10", "term.start=2026-01-01"], ""),
    "contract": ("Support of the storage", ["type=support", "vendor=Example", "number=004711", "covers=ci:db-01"], ""),
    "sla": ("Critical incidents", ["type=sla", "applies_to=incident", "targets.response=PT15M"], ""),
    "freeze": (
        "Year's end",
        [
            "level=hard",
            "start=2026-12-18T18:00:00+01:00",
            "end=2027-01-04T08:00:00+01:00",
            "scope.all=true",
            "reason=x",
        ],
        "",
    ),
    "person": ("No", ["emails=no@example.com"], ""),
    "team": ("Service desk", ["members=person:alice"], ""),
}


def test_the_smallest_records_are_of_all_kinds() -> None:
    assert set(SMALLEST) == set(snapshot().kinds)


@pytest.mark.parametrize("kind", SMALLEST)
def test_a_new_record_of_every_kind_is_accepted(kind: str) -> None:
    title, settings, actor = SMALLEST[kind]
    record = plan(kind, title, *settings, actor=actor)
    known = {finding.rule for finding in lint(snapshot()) if finding.severity == "error"}
    found = [finding for finding in lint(snapshot({record.path: record.text})) if finding.severity == "error"]
    assert [finding for finding in found if finding.rule not in known] == []


def test_the_text_of_a_new_incident() -> None:
    record = plan("incident", "Web is slow", "impact=high", "urgency=low", "services=service:web", actor="alice")
    assert record.path.startswith("records/incidents/2026/INC-20260304-")
    lines = record.text.splitlines()
    assert lines[0] == "title: Web is slow"
    assert "# channel: monitoring|phone|email|chat|self-service|walk-in  # How it came in." in lines
    assert "  - service:web" in lines
    assert not any(line.startswith("# services:") for line in lines)
    assert lines[-2:] == ["timeline:", "  - {at: 2026-03-04T03:07:00Z, by: person:alice, type: created}"]


@pytest.mark.parametrize("kind", SMALLEST)
def test_every_starter_field_that_is_not_set_stands_as_a_comment(kind: str) -> None:
    title, settings, actor = SMALLEST[kind]
    text = plan(kind, title, *settings, actor=actor).text
    for name in snapshot().kinds[kind].starter:
        assert f"\n{name}:" in text or f"\n# {name}: " in text
    assert max(map(len, text.splitlines())) <= 120
    assert "?." not in text


def test_a_comment_shows_all_that_a_small_mapping_may_hold() -> None:
    title, settings, actor = SMALLEST["contract"]
    lines = plan("contract", title, *settings, actor=actor).text.splitlines()
    term = "# term: {start: …, end: …, renewal: automatic|manual|none, notice: …}  # From when to when it holds."
    assert term in lines


def test_values_have_the_type_of_their_field() -> None:
    settings = [
        *("serial=007", "model=no", "purchase.cost.amount=1299.00", "purchase.cost.currency=EUR"),
        *("depreciation={method: straight-line, months: 36}", "tags=[laptop, new]", "tags=it", "x-floor=3"),
    ]
    fields = read(plan("asset", "Laptop", *settings, id_="LT-007"))
    assert fields == {
        "title": "Laptop",
        "serial": "007",
        "model": "no",
        "purchase": {"cost": {"amount": "1299.00", "currency": "EUR"}},
        "depreciation": {"method": "straight-line", "months": 36},
        "tags": ["laptop", "new", "it"],
        "x-floor": "3",
    }


def test_whole_numbers_booleans_and_lists_of_mappings() -> None:
    settings = [
        "type=normal",
        "reason=x",
        "cis=[ci:db-01]",
        "outage.expected=true",
        "plans.backout={do: Undo, minutes: 5}",
    ]
    fields = read(plan("change", "Upgrade", *settings, actor="alice"))
    assert fields["outage"] == {"expected": True}
    assert fields["plans"] == {"backout": [{"do": "Undo", "minutes": 5}]}
    assert fields["cis"] == ["ci:db-01"]


def test_a_state_other_than_the_first_is_a_transition() -> None:
    settings = ["impact=high", "urgency=low", "state=in-progress", "assignment.team=team:dba"]
    fields = read(plan("incident", "Web is slow", *settings, actor="team:dba"))
    timeline = fields["timeline"]
    assert isinstance(timeline, list)
    assert timeline[1] == {"at": "2026-03-04T03:07:00Z", "by": "team:dba", "type": "transition", "to": "in-progress"}


def test_the_offset_of_now_is_kept() -> None:
    now = datetime(2026, 3, 4, 0, 7, tzinfo=timezone(timedelta(hours=1)))
    wish = Wish("Web is slow", ["impact=high", "urgency=low"], "alice")
    record = plan_record(snapshot(), "incident", wish, now, Random(1))  # noqa: S311 - as above
    assert "at: 2026-03-04T00:07:00+01:00" in record.text
    assert record.address.startswith("INC-20260303-")


@pytest.mark.parametrize(
    ("kind", "title", "settings", "words"),
    [
        ("incident", "", [], f"an incident needs --title TEXT, {LEVELS}, --as PERSON"),
        ("change", "Up", ["type=normal", "reason=x"], f"a change needs {TOUCHED}, --as PERSON"),
        ("sla", "Fast", ["type=sla", "applies_to=request"], SHORT),
        ("service", "Web", [], "a service needs --set owner=team:…|person:…, --set tier=1|2|3|4"),
        ("licence", "Office", ["product=Office", "metric=user"], "a licence needs --set seats=NUMBER"),
        ("freeze", "Rest", ["level=hard", "scope.all=true", "reason=x"], "a freeze needs --set start=TIME, --set end="),
        ("incident", "Web", ["impact=hihg"], "--set impact=hihg: not one of high, medium, low (did you mean high?)"),
        ("incident", "Web", ["impcat=high"], "--set impcat: incidents have no field impcat (did you mean impact?)"),
        ("incident", "Web", ["public.x=none"], "--set public.x: public of incidents has no field x"),
        ("service", "Web", ["tier=first"], "--set tier=first: a whole number is wanted"),
        ("change", "Up", ["outage.expected=yes"], "--set outage.expected=yes: true or false is wanted"),
        ("incident", "Web", ["impact"], "--set impact: no field=value"),
        ("incident", "Web", ["impact=high", "impact=low"], "--set impact: set twice"),
        ("incident", "Web", ["impact.x=high"], "--set impact.x: impact has no fields of its own"),
        ("incident", "Web", ["public=high"], "--set public=high: write {field: value}"),
        ("incident", "Web", ["services=[a"], "--set services=[a: "),
        ("incident", "Web", ["timeline=[]"], "--set timeline: this follows"),
        ("incdent", "Web", [], "there is no kind incdent (did you mean incident?)"),
    ],
)  # fmt: skip
def test_what_is_wrong_or_missing_is_one_line(kind: str, title: str, settings: list[str], words: str) -> None:
    with pytest.raises(ItsmError) as error:
        plan(kind, title, *settings)
    assert str(error.value).startswith(words)
    assert "\n" not in str(error.value)


def test_ids_given_are_checked() -> None:
    assert plan("asset", "Laptop", id_="LT-0042").path == "records/assets/LT-0042.yaml"
    with pytest.raises(ItsmError, match="exists already"):
        plan("ci", "Database", "class=database", id_="db-01")
    with pytest.raises(ItsmError, match="is no id of configuration items"):
        plan("ci", "Database", "class=database", id_="DB 01")
    assert plan("ci", "DB-01", "class=database").address == "ci:db-01-2"


def test_a_kind_that_a_repository_adds_works_without_python() -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Vendor",
        "description": "Somebody who sells to us.",
        "type": "object",
        "$ref": "envelope.schema.json",
        "properties": {
            "rating": {"type": "integer", "minimum": 1, "maximum": 3, "description": "How good it is. Three is best."},
            "phone": {"type": "string", "description": "The number of the hotline (Jira: Phone.)"},
        },
        "required": ["title", "rating"],
        "unevaluatedProperties": False,
        "patternProperties": {"^x-": True},
        "x-itsm": {
            "kind": "vendor",
            "plural": "vendors",
            "folder": "vendors",
            "id": "slug",
            "title_field": "title",
            "columns": ["rating"],
            "starter": ["phone", "rating"],
        },
    }
    held = snapshot({"schemas/vendor.schema.json": json.dumps(schema)})
    with pytest.raises(ItsmError, match=r"a vendor needs --set rating=1\|2\|3"):
        plan_record(held, "vendor", Wish("ACME Inc."), NOW, Random(1))  # noqa: S311 - as above
    record = plan_record(held, "vendor", Wish("ACME Inc.", ["rating=2"]), NOW, Random(1))  # noqa: S311 - as above
    assert record.path == "records/vendors/acme-inc.yaml"
    assert record.text == "title: ACME Inc.\nrating: 2\n# phone: …  # The number of the hotline.\n"


def test_what_is_needed_only_beside_something_else_is_asked_for_only_there() -> None:
    assert "\nmetric: site\n" in plan("licence", "Office", "product=Office", "metric=site").text
    assert "\nseats: 0\n" in plan("licence", "Office", "product=Office", "metric=user", "seats=0").text


def test_shapes_deep_in_one_another_are_cut_short() -> None:
    node: dict[str, object] = {"type": "string"}
    rings: object = {"type": "string"}
    for _ in range(8):
        node = {
            "type": "object",
            "properties": {"below": {**node, "description": "More."}},
            "required": ["below"],
            "additionalProperties": False,
        }
        rings = {"type": "array", "items": rings}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tree",
        "description": "It grows.",
        "type": "object",
        "$ref": "envelope.schema.json",
        "properties": {
            "root": {"$ref": "#/$defs/node", "description": "Where it begins."},
            "rings": {"$ref": "#/$defs/rings", "description": "Ring in ring."},
        },
        "required": ["title"],
        "unevaluatedProperties": False,
        "patternProperties": {"^x-": True},
        "$defs": {"node": node, "rings": rings},
        "x-itsm": {
            "kind": "tree",
            "plural": "trees",
            "folder": "trees",
            "id": "slug",
            "title_field": "title",
            "starter": ["root", "rings"],
        },
    }
    held = snapshot({"schemas/tree.schema.json": json.dumps(schema)})
    text = plan_record(held, "tree", Wish("Oak"), NOW, Random(1)).text  # noqa: S311 - as above
    assert "# rings: [[[[…]]]]  # Ring in ring.\n" in text
    assert "# root: {below: {below: {below: {below: …}}}}  # Where it begins.\n" in text
