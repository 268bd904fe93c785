"""SARIF: valid whatever is found, ordered and cut as GitHub wants it, with fingerprints that survive edits."""

import json
import os
import string
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itsm_as_code import resources
from itsm_as_code.model.finding import Finding, Related, Severity
from itsm_as_code.model.place import Place
from itsm_as_code.model.waiver import Waiver
from itsm_as_code.reporters import sarif
from itsm_as_code.rules import engine
from itsm_as_code.rules.catalogue import discover
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json").read_bytes())
VALID = jsonschema.Draft4Validator(SCHEMA)
NOTHING = {"records": 0, "errors": 0, "warnings": 0, "waived": 0}
FILE = "records/cis/web-01.yaml"
FINDING = Finding(
    Place(FILE, 2, 13), "dangling-link", "ci:wbe-01 does not exist", "error", "ci:web-01", "cis[0].ci", anchor="cis[x]"
)


def run_of(findings: list[Finding], texts: dict[str, bytes] | None = None, as_of: str = "") -> dict[str, Any]:
    log = json.loads(sarif.report(findings, NOTHING, texts or {}, as_of))
    VALID.validate(log)
    (run,) = log["runs"]
    return dict(run)


def test_a_clean_run_has_results_and_says_that_it_ran() -> None:
    run = run_of([])
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["automationDetails"]["id"] == "itsm-lint/"
    assert run["tool"]["driver"]["semanticVersion"]


def test_a_check_says_as_of_when_and_is_kept_apart_from_lint() -> None:
    run = run_of([], as_of="2026-03-10T09:00:00+01:00")
    assert run["properties"] == {"asOf": "2026-03-10T09:00:00+01:00"}
    assert run["automationDetails"]["id"] == "itsm-check/"


def test_a_result_has_rule_words_places_and_fields() -> None:
    run = run_of([FINDING])
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "dangling-link"
    assert (result["level"], result["message"]["text"]) == ("error", "ci:wbe-01 does not exist")
    (place,) = result["locations"]
    assert place["physicalLocation"]["artifactLocation"] == {"uri": FILE, "uriBaseId": "%SRCROOT%"}
    assert place["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 13}
    assert place["logicalLocations"] == [
        {"name": "cis[0].ci", "fullyQualifiedName": "ci:web-01 cis[0].ci", "kind": "property"}
    ]


def test_what_the_baseline_knows_is_suppressed_and_comes_last() -> None:
    known = replace(FINDING, place=Place(FILE, 1, 1), known=True)
    first, last = run_of([known, FINDING])["results"]
    assert "suppressions" not in first
    (suppression,) = last["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert "baseline.json" in suppression["justification"]


def test_every_rule_can_be_described() -> None:
    findings = [Finding(Place(FILE, 1, 1), rule, "m", "error", "", "") for rule in discover()]
    for rule in run_of(findings)["tool"]["driver"]["rules"]:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024, rule["id"]
        assert "## Wrong" in rule["help"]["markdown"]
        assert "Wrong:" in rule["help"]["text"]
        assert rule["name"].isalnum()
        assert rule["properties"]["problem.severity"] == rule["defaultConfiguration"]["level"]
        assert len(rule["properties"]["tags"]) <= 10


def test_both_ends_are_places_and_the_words_lead_to_the_other() -> None:
    other = Related(Place("records/[a](x)/b.yaml", 3, 1), "has this id already [really](http://example.org)")
    finding = Finding(Place(FILE, 1, 1), "duplicate-id", "twice", "error", "ci:web-01", "id", related=(other,))
    (result,) = run_of([finding])["results"]
    assert result["message"]["text"].startswith("twice (see [records/(a)(x)/b.yaml:3](1) has this id already")
    assert "[really] (http" in result["message"]["text"]
    (related,) = result["relatedLocations"]
    assert related["id"] == 1
    assert related["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 1}
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "records/%5Ba%5D%28x%29/b.yaml"


def test_what_is_waived_is_suppressed() -> None:
    waiver = Waiver("dangling-link", "Comes in May.", "2026-05-31T00:00:00+02:00", "person:bob")
    finding = Finding(Place(FILE, 1, 1), "dangling-link", "m", "error", "ci:web-01", "owner", waiver)
    (result,) = run_of([finding])["results"]
    assert result["level"] == "error"
    assert result["suppressions"] == [
        {
            "kind": "inSource",
            "status": "accepted",
            "justification": "Comes in May.",
            "properties": {"until": "2026-05-31T00:00:00+02:00", "approvedBy": "person:bob"},
        }
    ]
    assert "suppressions" not in run_of([FINDING])["results"][0]


def test_the_gravest_come_first_and_what_is_cut_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sarif.MOST_RESULTS == 25_000
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    waived = replace(FINDING, waiver=Waiver("dangling-link", "why", "2026-05-31T00:00:00Z"))
    warnings = [Finding(Place(FILE, number, 1), "ownerless-ci", "m", "warning", "", "") for number in (1, 2)]
    last = Finding(Place("records/cis/zzz.yaml", 1, 1), "dangling-link", "m", "error", "", "")
    run = run_of([waived, *warnings, last])
    assert [result["ruleId"] for result in run["results"]] == ["dangling-link", "ownerless-ci", "ownerless-ci"]
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"] == "1 finding left out: a run has at most 3. The gravest come first."


def test_odd_names_are_uris() -> None:
    for name in (b"records/a b/\xff%.yaml", b"a:b\n'\".yaml", "records/ü#?.yaml".encode()):
        finding = Finding(Place(os.fsdecode(name), 0, 0), "stray-file", "m", "error", "", "")
        (result,) = run_of([finding])["results"]
        physical = result["locations"][0]["physicalLocation"]
        uri = physical["artifactLocation"]["uri"]
        assert unquote_to_bytes(uri) == name
        assert not set(uri) - set(string.ascii_letters + string.digits + "%/._-~")
        assert physical["region"] == {"startLine": 1, "startColumn": 1}


names = st.binary(min_size=1).map(lambda name: os.fsdecode(name.replace(b"\0", b"_")))
severities: st.SearchStrategy[Severity] = st.sampled_from(["error", "warning"])
places = st.builds(Place, names, st.integers(0), st.integers(0))
waivers = st.none() | st.builds(Waiver, rule=st.text(), reason=st.text(), until=st.text(), approved_by=st.text())
findings_of_all_sorts = st.lists(
    st.builds(
        Finding,
        places,
        st.sampled_from([*discover()]),
        st.text() | st.text().map(lambda text: text * 3000),
        severities,
        st.text(),
        st.text(),
        waivers,
        st.lists(st.builds(Related, places, st.text()), max_size=3).map(tuple),
        st.text(),
    ),
    max_size=8,
)


@settings(max_examples=50)
@given(findings=findings_of_all_sorts, text=st.binary())
def test_whatever_is_found_is_valid(findings: list[Finding], text: bytes) -> None:
    run = run_of(findings, {finding.place.file: text for finding in findings})
    assert len(run["results"]) == len(findings)
    prints = [result["partialFingerprints"]["itsm/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    for result in run["results"]:
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            assert place["physicalLocation"]["region"]["startLine"] >= 1
            assert place["physicalLocation"]["region"]["startColumn"] >= 1


RECORDS = {
    "itsm.yaml": "format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\n",
    "records/teams/web.yaml": "name: Web\nmembers: [person:alice, person:nobody]\n",
    "records/people/alice.yaml": "name: Alice\nmanager: person:gone\n",
    "records/cis/web-01.yaml": "title: Web\nclass: server\nstate: operational\nowner: team:web\n",
    "records/cis/shop.yaml": (
        "title: Shop\nclass: application\nowner: team:web\nstate: operational\nrelations:\n"
        "  - {type: depends_on, to: ci:nowhere}\n  - {type: depends_on, to: ci:web-01}\n"
    ),
    "records/services/wiki.yaml": "title: Wiki\nowner: team:web\ntier: 9\nstate: liv\n",
}


def known(files: dict[str, str]) -> dict[str, list[str]]:
    """Return for each rule the fingerprints of what it finds."""
    source = MemorySource({path: text.encode() for path, text in files.items()})
    snapshot = load(source)
    run = run_of(list(engine.lint(snapshot)), dict(snapshot.texts))
    prints = [result["partialFingerprints"]["itsm/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    found: dict[str, list[str]] = {}
    for result in run["results"]:
        found.setdefault(result["ruleId"], []).append(result["partialFingerprints"]["itsm/v1"])
    return {rule: sorted(prints) for rule, prints in found.items()}


def edited(file: str, old: str, new: str) -> dict[str, str]:
    assert old in RECORDS[file]
    return {**RECORDS, file: RECORDS[file].replace(old, new)}


def test_fingerprints_survive_what_happens_elsewhere() -> None:
    before = known(RECORDS)
    assert len(before["dangling-link"]) == 3
    shop = "records/cis/shop.yaml"
    moved = edited(shop, "title: Shop\n", "# The shop\n\ntitle: Shop\ndescription: Sells\n")
    assert known(moved) == before
    item = edited(shop, "relations:\n", "relations:\n  - {type: depends_on, to: ci:web-02}\n")
    assert set(before["dangling-link"]) < set(known(item)["dangling-link"])
    text = RECORDS[shop]
    head, first, second = text[: text.index("  - ")], text.splitlines()[-2], text.splitlines()[-1]
    assert known({**RECORDS, shop: f"{head}{second}\n{first}\n"}) == before
    another = edited("records/people/alice.yaml", "name: Alice\n", "name: Alice\nowner: team:nowhere\n")
    assert set(before["dangling-link"]) < set(known(another)["dangling-link"])
    fewer = edited("records/teams/web.yaml", ", person:nobody", "")
    assert set(known(fewer)["dangling-link"]) < set(before["dangling-link"])
    other_slip = edited("records/services/wiki.yaml", "state: liv\n", "state: lvie\n")
    assert known(other_slip)["schema-enum"] == before["schema-enum"]


def test_fingerprints_are_those_of_before() -> None:
    """Whoever changes how they are made gives the way another name: known findings would look new."""
    (result,) = run_of([FINDING])["results"]
    assert result["partialFingerprints"] == {"itsm/v1": "aa65d35db820d17d9df35f1d6d0129af"}


def test_what_has_no_field_is_known_by_its_line() -> None:
    lines = b"a: 1\nb:\t2\n"
    tab = Finding(Place(FILE, 2, 3), "tab-indent", "m", "error", "", "")
    lower = Finding(Place(FILE, 4, 3), "tab-indent", "m", "error", "", "")
    first = run_of([tab], {FILE: lines})["results"][0]["partialFingerprints"]
    assert run_of([lower], {FILE: b"# x\n\n" + lines})["results"][0]["partialFingerprints"] == first
    assert run_of([tab], {FILE: b"a: 1\nb:\t3\n"})["results"][0]["partialFingerprints"] != first


def test_the_schema_of_findings_is_another_one() -> None:
    assert not VALID.is_valid(json.loads((resources.schemas() / "findings.schema.json").read_bytes()))
