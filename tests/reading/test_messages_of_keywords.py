"""What is said of each keyword of JSON Schema that a kind may use, as a terminal of 100 columns shows it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from itsm_as_code import resources
from itsm_as_code.model.finding import Fault, Finding
from itsm_as_code.model.place import Place
from itsm_as_code.reading.document import Document, read_document
from itsm_as_code.reading.formats import FORMATS
from itsm_as_code.reading.validation import SchemaValidator
from itsm_as_code.reporters.terminal import Look
from itsm_as_code.reporters.text import report
from itsm_as_code.rules.catalogue import discover

ZONE = "Europe/Zurich"
Case = tuple[str, Mapping[str, Any], str]
"""The keyword (or format), the schema of the field `part` or of the whole mapping, and a file."""


def field(**schema: Any) -> Mapping[str, Any]:  # noqa: ANN401 - JSON
    return {"properties": {"part": schema}}


CHOICE = {"properties": {"type": {"const": "choice"}}, "required": ["type"]}
CASES: tuple[Case, ...] = (
    ("type", field(type="string"), "part: 7"),
    ("type", field(type="string"), "part:"),
    ("type", field(type="string"), "part: true"),
    ("type", field(type="string"), "part: {a: b}"),
    ("type", field(type="string"), "part: [one]"),
    ("type", field(type=["string", "null"]), "part: 7"),
    ("type", field(type="integer"), 'part: "7"'),
    ("type", field(type="integer"), "part: many"),
    ("type", field(type="boolean"), "part: yes"),
    ("type", field(type="boolean"), "part: perhaps"),
    ("type", field(type="array"), "part: one"),
    ("type", field(type="array"), "part: {a: b}"),
    ("type", field(type="object", properties={"team": {}, "person": {}}), "part: team:web"),
    ("type", field(type="object"), "part: [a, b]"),
    ("enum", field(enum=["high", "medium", "low"]), "part: hihg"),
    ("enum", field(enum=["high", "medium", "low"]), "part: HIGH"),
    ("enum", field(enum=["high", "medium", "low"]), "part: critical"),
    ("enum", field(enum=["high", "medium", "low"]), "part: purple"),
    ("enum", field(enum=["high", "medium", "low"]), "part:"),
    ("enum", field(enum=["new", "in-progress", "on-hold"]), "part: In Progress"),
    ("enum", field(enum=["new", "in-progress", "on-hold"]), "part: WIP"),
    ("enum", field(enum=[1, 2, 3]), 'part: "2"'),
    ("const", field(const=True), "part: false"),
    ("pattern", field(pattern="^[A-Z]{3}$"), "part: euro"),
    ("pattern", field(pattern="^[A-Z]{3}$", description="The currency's letters, for example `EUR`."), "part: euro"),
    ("pattern", field(pattern="^[A-Z]{3}$", **{"x-itsm-message": "write three capital letters"}), "part: euro"),
    ("pattern", field(pattern="^[a-z0-9][a-z0-9._-]*$"), "part: On Call"),
    ("pattern", field(pattern="^[a-z][a-z0-9_]*$"), "part: Runs On"),
    ("minimum", field(minimum=1), "part: 0"),
    ("maximum", field(maximum=5), "part: 6"),
    ("minLength", field(minLength=3), "part: ab"),
    ("minLength", field(minLength=1), 'part: ""'),
    ("maxLength", field(maxLength=5), "part: too long"),
    ("minItems", field(minItems=1), "part: []"),
    ("minItems", field(minItems=2), "part: [one]"),
    ("maxItems", field(maxItems=2), "part: [one, two, three, four]"),
    ("uniqueItems", field(uniqueItems=True), "part: [one, two, one]"),
    ("uniqueItems", field(uniqueItems=True), "part:\n  - {a: b}\n  - {a: b}"),
    ("minProperties", field(minProperties=1), "part: {}"),
    ("maxProperties", field(maxProperties=1), "part: {one: 1, two: 2}"),
    ("required", {"required": ["title"]}, "part: 1"),
    ("required", {"required": ["level"], "properties": {"level": {"enum": ["high", "low"]}}}, "part: 1"),
    ("dependentRequired", {"dependentRequired": {"alarm": ["code"]}}, "part: 1\nalarm: loud"),
    ("dependentRequired", {"dependentRequired": {"alarm": ["code", "kept_by"]}}, "part: 1\nalarm: loud"),
    ("additionalProperties", {"properties": {"level": {}}, "additionalProperties": False}, "levle: 1"),
    ("additionalProperties", {"properties": {"level": {}}, "additionalProperties": False}, "colour: 1"),
    ("additionalProperties", {"additionalProperties": False}, "colour: 1"),
    ("additionalProperties", {"properties": {"part": {}}, "additionalProperties": {"type": "string"}}, "other: 1"),
    ("propertyNames", field(propertyNames={"enum": ["a", "to"]}), "part: {b: 1}"),
    ("propertyNames", field(propertyNames={"pattern": "^[a-z]+$"}), "part: {Big: 1}"),
    ("propertyNames", field(propertyNames={"maxLength": 2}), "part: {long: 1}"),
    ("contains", field(contains={"const": "exit"}), "part: [door, window]"),
    ("contains", field(contains={"type": "string"}), "part: [1, 2]"),
    ("not", field(**{"not": {"const": "red"}}), "part: red"),
    ("not", field(**{"not": {"enum": ["red", "blue"]}}), "part: red"),
    ("not", {"not": {"required": ["code", "badge"]}}, "code: 1\nbadge: 2"),
    ("not", {"not": {"required": ["code"]}}, "code: 1"),
    ("anyOf", field(anyOf=[{"type": "integer"}, {"const": "roof"}]), "part: attic"),
    ("anyOf", field(anyOf=[{"enum": ["a", "b"]}, {"type": "integer", "minimum": 3}]), "part: 1"),
    ("anyOf", {"anyOf": [{"required": ["to"]}, {"required": ["url"]}]}, "part: 1"),
    ("oneOf", field(oneOf=[{"type": "integer"}, {"const": "roof"}]), "part: attic"),
    ("oneOf", field(oneOf=[{"type": "integer"}, {"minimum": 1}]), "part: 3"),
    ("oneOf", {"oneOf": [{"required": ["code"]}, {"required": ["badge"]}]}, "code: 1\nbadge: 2"),
    ("oneOf", {"oneOf": [{"required": ["code"]}, {"required": ["badge"]}]}, "part: 1"),
    ("allOf", {"allOf": [{"required": ["title"]}]}, "part: 1"),
    ("if", {"if": CHOICE, "then": {"required": ["options"]}}, "type: choice"),
    ("if", {"if": CHOICE, "then": {"not": {"required": ["unit"]}}}, "type: choice\nunit: m"),
    ("if", {"if": CHOICE, "else": {"required": ["unit"]}}, "type: length"),
    ("if", {"if": {"required": ["a"]}, "then": {"properties": {"b": {"minimum": 5}}}}, "a: 1\nb: 2"),
    ("$ref", {"properties": {"part": {"$ref": "#/$defs/one"}}, "$defs": {"one": {"type": "integer"}}}, "part: x"),
    ("items", field(items={"type": "string"}), "part: [a, 7]"),
    ("properties", field(properties={"a": {"type": "string"}}), "part: {a: 7}"),
    # Words that no kind may use; who writes a schema of another sort still gets a sentence.
    ("false schema", {"properties": {"part": False}}, "part: 1"),
    ("unevaluatedProperties", {"properties": {"level": {}}, "unevaluatedProperties": False}, "levle: 1"),
    ("multipleOf", field(multipleOf=5), "part: 7"),
    ("exclusiveMinimum", field(exclusiveMinimum=5), "part: 5"),
    ("exclusiveMaximum", field(exclusiveMaximum=5), "part: 5"),
    ("maxContains", field(contains={"const": "exit"}, maxContains=1), "part: [exit, exit]"),
    ("prefixItems", field(prefixItems=[{"type": "integer"}]), "part: [x]"),
    ("date-time", field(format="date-time"), "part: yesterday"),
    ("date-time", field(format="date-time"), "part: 2026-03-04 03:07+01:00"),
    ("date-time", field(format="date-time"), "part: 2026-02-30T03:07:00Z"),
    ("date-time", field(format="date-time"), "part: 2026-01-04T03:07:00"),
    ("date-time", field(format="date-time"), "part: 2026-07-04 03:07"),
    ("date-time", field(format="date-time"), "part: 2026-10-25T02:30:00"),
    ("date-time", field(format="date-time"), "part: 2026-03-04"),
    ("date", field(format="date"), "part: 2026-02-30"),
    ("date", field(format="date"), 'part: "4.3.2026"'),
    ("date", field(format="date"), "part: 2026/3/4"),
    ("date", field(format="date"), 'part: "3/4/2026"'),
    ("date", field(format="date"), "part: 2026-03-04T03:07:00Z"),
    ("duration", field(format="duration"), "part: 4h"),
    ("duration", field(format="duration"), "part: 90 minutes"),
    ("duration", field(format="duration"), "part: pt30m"),
    ("duration", field(format="duration"), "part: P1M"),
    ("uri", field(format="uri"), "part: www.example.org/page"),
    ("uri", field(format="uri"), "part: the wiki"),
    ("email", field(format="email"), "part: Alice Ames <alice@example.org>"),
    ("email", field(format="email"), "part: alice"),
)
SILENT = {"$comment", "title", "description", "examples", "deprecated", "then", "else", "format", "x-itsm-link"}
"""Words of a kind's schema that refuse nothing, or nothing by themselves."""
ADVICE = re.compile(r"; \w|\(did you mean |\bmust be |\bis not an? \S.* such as |is not one of |: nothing may be ")


def _findings(schema: Mapping[str, Any], document: Document) -> Iterator[tuple[Finding, Fault]]:
    marks = document.marks.locate(document.value)
    for fault in SchemaValidator(schema, zone=ZONE).faults("example.yaml", document.value):
        place = Place("example.yaml", *marks.mark(fault.path, at_key=fault.at_key))
        yield Finding(place, fault.rule, fault.message, "error", "", ""), fault


def _shown(case: Case) -> str:
    _, schema, text = case
    data = f"{text}\n".encode()
    findings = [finding for finding, _ in _findings(schema, read_document("example.yaml", data))]
    nothing = {"records": 0, "errors": 0, "warnings": 0, "waived": 0}
    shown = report(findings, nothing, {"example.yaml": data}, Look(100, colour=False))
    return shown.rstrip("\n").rpartition("\n")[0] + "\n"


def test_each_keyword_as_a_terminal_shows_it(golden: Callable[[str, str], None]) -> None:
    lines = []
    for case in CASES:
        lines += [f"# {json.dumps(case[1], ensure_ascii=False)}", _shown(case)]
    golden("messages/keywords.txt", "\n".join(lines))


def test_each_keyword_that_a_kind_may_use_is_shown() -> None:
    meta = json.loads((resources.schemas() / "kind.meta.json").read_bytes())
    usable = {*meta["$defs"]["field"]["properties"], *meta["$defs"]["condition"]["properties"]}
    shown = {keyword for keyword, _, _ in CASES}
    assert usable - SILENT - {"x-itsm-message"} <= shown
    assert set(FORMATS) <= shown


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}: {case[2]}")
def test_a_keyword_is_told_by_a_rule_that_there_is_and_says_what_to_do(case: Case) -> None:
    found = list(_findings(case[1], read_document("example.yaml", f"{case[2]}\n".encode())))
    assert found
    for finding, fault in found:
        assert fault.rule in discover()
        assert finding.message.isprintable()
        assert ADVICE.search(finding.message), finding.message
