"""Kinds that replace shipped ones: rules, links and pages bear what such a kind leaves out, and it changes no type."""

import copy
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from itsm_as_code import resources
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.commit import Commit, FileChange
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.reference import path_of
from itsm_as_code.reading.kinds import load_kinds
from itsm_as_code.reporters.impact_facts import down_facts, up_facts
from itsm_as_code.rules.catalogue import discover
from itsm_as_code.rules.engine import check, lint, lint_step
from itsm_as_code.rules.reference import read_page
from itsm_as_code.site.render import render
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.memory import MemorySource
from itsm_as_code.status.audience import Audience

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
SHIPPED = load_kinds({})
EXAMPLES = Path(__file__).parents[1] / "examples"
ENVELOPE = json.loads((resources.schemas() / "envelope.schema.json").read_bytes())
ODD: tuple[object, ...] = (
    *("x", 7, True, ["x"], {"a": "x"}, [{"a": "x", "id": "y"}], [7, True, None], None, {}, [], "service:web"),
    *("2026-01-01", {"start": "x", "end": 7, "team": ["a"], "person": {}}),
)


def _records() -> dict[str, str | bytes]:
    """Return the records of every rule's examples and the good ones of every kind."""
    files: dict[str, str | bytes] = {}
    for rule in discover().values():
        page = read_page(rule.doc)
        for file in (*page.wrong, *page.right):
            if file.path.startswith("records/") and file.path.endswith(".yaml") and not file.deleted:
                files.setdefault(file.path, file.data)
    for number, example in enumerate(sorted(EXAMPLES.glob("*/good/*.yaml"))):
        kind = SHIPPED[example.parts[-3]]
        id_ = f"{kind.prefix}-20260304-k{number:03}" if kind.prefix else f"example-{number}"
        files[path_of(kind, id_)] = example.read_bytes()
    return files


RECORDS = _records()
AS_SHIPPED = load(MemorySource(RECORDS))


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources.schemas() / f"{name}.schema.json").read_bytes())
    found.pop("examples", None)
    return found


def own(name: str, document: Mapping[str, Any]) -> dict[str, bytes]:
    return {f"schemas/{name}.schema.json": json.dumps(document).encode()}


def with_kind(name: str, document: Mapping[str, Any], fields: Mapping[str, object]) -> Snapshot:
    """Return the snapshot in which the kind is as the document says, its records with these fields besides."""
    files: dict[str, str | bytes] = {**RECORDS, **own(name, document)}
    kind = load_kinds(own(name, document))[name]
    for record in AS_SHIPPED.of(name):
        kept = {field: value for field, value in record.fields.items() if field in kind.schema["properties"]}
        files[record.file] = json.dumps({**_stated(kept, kind), **fields})
    return load(MemorySource(files))


def _stated(fields: dict[str, Any], kind: Kind) -> dict[str, Any]:
    return (
        fields if fields.get("state") in kind.states else {**fields, "state": kind.initial} if kind.states else fields
    )


def use(snapshot: Snapshot, *audiences: Audience) -> None:
    """Do with a snapshot what commands do."""
    findings = lint(snapshot)
    check(snapshot, NOW)
    for base, head in ((AS_SHIPPED, snapshot), (snapshot, AS_SHIPPED)):
        changes = tuple(FileChange(record.file, "", "1") for record in head.records.values())
        commit = Commit(
            "1" * 40, (), "A", "alice@example.org", NOW, "A", "alice@example.org", NOW, "S", changes=changes
        )
        lint_step(Step(base, head, [commit]))
    for part in (*snapshot.of("service")[:3], *snapshot.of("ci")[:3]):
        down_facts(snapshot, part, None)
        up_facts(snapshot, part, None)
    for audience in audiences:
        for _page in render(snapshot, NOW, audience, findings):
            pass


def least(name: str) -> dict[str, Any]:
    """Return the shipped schema without whatever may be left out."""
    document = schema(name)
    document.pop("allOf", None)
    document["properties"] = {
        field: said for field, said in document["properties"].items() if field in document["required"]
    }
    document["x-itsm"] |= {"columns": [], "starter": []}
    document["x-itsm"].pop("lifecycle", None)
    return document


@pytest.mark.parametrize("name", SHIPPED)
def test_a_kind_may_leave_out_what_is_not_required(name: str) -> None:
    snapshot = with_kind(name, least(name), {})
    assert snapshot.of(name)
    use(snapshot, "public" if name in ("service", "incident", "change") else "internal")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_kind_may_have_one_state_and_ids_of_another_form(name: str) -> None:
    document = least(name)
    words = document["x-itsm"]
    words["lifecycle"] = {"states": {"there": {"to": ["there"], "meaning": "There."}}}
    if words["id"] == "process":
        words["id"] = "tag"
        del words["prefix"]
    snapshot = with_kind(name, document, {})
    assert snapshot.of(name)
    use(snapshot)


FIELDS = sorted(
    {field for kind in SHIPPED.values() for field in kind.schema["properties"]} - set(ENVELOPE["properties"])
)


@pytest.mark.parametrize("name", [*SHIPPED, "thing"])
def test_a_kind_may_use_the_fields_of_others_for_something_else(name: str) -> None:
    document = copy.deepcopy(schema(name) if name in SHIPPED else least("team"))
    if name not in SHIPPED:
        document["x-itsm"] |= {"kind": name, "plural": "things", "folder": "things", "title_field": "title"}
        document |= {"required": ["title"], "properties": {}}
    added = [field for field in FIELDS if field not in document["properties"]]
    document["properties"] |= {field: {"description": "Anything."} for field in added}
    offset = len(name)
    values = {field: ODD[(number + offset) % len(ODD)] for number, field in enumerate(added)}
    snapshot = with_kind(name, document, values)
    if name not in SHIPPED:
        files: dict[str, str | bytes] = {
            f"records/things/t{n}.yaml": json.dumps(
                {"title": "A thing", **{field: ODD[(n + at) % len(ODD)] for at, field in enumerate(added)}}
            )
            for n in range(len(ODD))
        }
        snapshot = load(MemorySource({**RECORDS, **own(name, document), **files}))
    assert snapshot.of(name)
    use(snapshot)


def _retyped() -> list[Any]:
    """Return each field of each shipped kind, and of the envelope, with another type than it has."""
    found = []
    for name in ("envelope", *SHIPPED):
        for field, said in (schema(name) if name != "envelope" else ENVELOPE)["properties"].items():
            if field == "state":
                continue  # A kind's states follow from its lifecycle.
            other = "object" if said.get("type") in ("string", "integer", "boolean", "array") else "null"
            found.append(pytest.param(name, field, other, id=f"{name}-{field}"))
    return found


@pytest.mark.parametrize(("name", "field", "other"), _retyped())
def test_no_kind_gives_a_field_that_ships_another_type(name: str, field: str, other: str) -> None:
    document = schema(name if name != "envelope" else "service")
    document["properties"][field] = {"type": other, "description": "Something else."}
    with pytest.raises(ItsmError, match="may be made stricter, not another type"):
        load_kinds(own(document["x-itsm"]["kind"], document))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_field_that_says_nothing_keeps_its_shipped_form(name: str) -> None:
    document = schema(name)
    document["properties"] = {field: {"description": "Anything."} for field in document["properties"]}
    kind = load_kinds(own(name, document))[name]
    files = {
        path_of(kind, f"{kind.prefix}-20260304-k{n:03}" if kind.prefix else f"r{n}"): json.dumps({field: [[7]]})
        for n, field in enumerate(document["properties"])
    }
    snapshot = load(MemorySource({**own(name, document), **files}))
    told = {fault.path[0] for fault in snapshot.faults if fault.path and fault.rule != "schema-required"}
    assert told == set(document["properties"])


REFUSED = {
    "a value more": ("incident", {"impact": {"enum": ["high", "huge"]}}, "no value huge here (high, medium, low)"),
    "text for a list": ("incident", {"services": {"type": "string"}}, "in the shipped incident this is a list"),
    "a list for text": ("service", {"tier": {"type": "array"}}, "properties.tier"),
    "timeline as text": ("request", {"timeline": {"type": "string"}}, "this is a list"),
    "or another type": ("incident", {"title": {"type": ["string", "null"]}}, "in the shipped incident this is text"),
}


@pytest.mark.parametrize(("name", "fields", "words"), REFUSED.values(), ids=REFUSED)
def test_what_changes_a_shipped_field_is_one_line(name: str, fields: Mapping[str, Any], words: str) -> None:
    document = schema(name)
    document["properties"] |= {field: {"description": "Other.", **said} for field, said in fields.items()}
    with pytest.raises(ItsmError) as raised:
        load_kinds(own(name, document))
    assert words in str(raised.value)
    assert str(raised.value).isprintable()


def test_what_rules_rely_on_stays_required() -> None:
    document = schema("incident")
    document["required"].remove("impact")
    with pytest.raises(ItsmError, match="the shipped incident requires impact, and rules rely on it"):
        load_kinds(own("incident", document))


def test_a_copy_that_makes_a_field_stricter_is_taken() -> None:
    document = schema("incident")
    document["properties"]["impact"] = {"enum": ["high", "low"], "description": "Only two."}
    document["properties"]["category"] = {"type": "string", "pattern": "^net-", "description": "Ours."}
    kind = load_kinds(own("incident", document))["incident"]
    assert kind.links == SHIPPED["incident"].links
    record = {**AS_SHIPPED.of("incident")[0].fields, "impact": "medium", "category": "net Work"}
    files = {path_of(kind, "INC-20260304-k7qz"): json.dumps(record)}
    faults = load(MemorySource({**own("incident", document), **files})).faults
    assert sorted((str(fault.path[0]), fault.rule) for fault in faults) == [
        ("category", "schema-pattern"),
        ("impact", "schema-enum"),
    ]
