"""Rules of services and configuration items: the cases beside those on their pages."""

from collections.abc import Mapping

import pytest

from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

TEAM = {"records/teams/ops.yaml": "name: Operations"}
SHOP = "records/services/shop.yaml"
RULES = {"relation-not-allowed", "orphan-ci", "service-without-ci", "environment-crossing", "retired-in-use"}


def found(files: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return file's name, rule and field of each finding of the rules at hand."""
    findings = lint(load(MemorySource({**TEAM, **files})))
    return [(one.place.file.split("/")[-1], one.rule, one.field) for one in findings if one.rule in RULES]


def ci(class_: str = "server", state: str = "operational", body: str = "") -> str:
    return f"title: A part\nclass: {class_}\nstate: {state}\nowner: team:ops\n{body}"


def service(body: str = "", state: str = "live") -> str:
    return f"title: A service\ntier: 3\nstate: {state}\nowner: team:ops\n{body}"


def cis(**texts: str) -> dict[str, str]:
    return {f"records/cis/{name.replace('_', '-')}.yaml": text for name, text in texts.items()}


def relation(type_: str, to: str) -> str:
    return f"relations: [{{type: {type_}, to: ci:{to}}}]\n"


def test_a_circle_over_a_record_of_another_kind_than_its_field_takes_is_none() -> None:
    files = {
        SHOP: service("depends_on: [ci:web]\n"),
        **cis(web=ci(body="relations: [{type: depends_on, to: service:shop}]\n")),
    }
    told = [finding.rule for finding in lint(load(MemorySource({**TEAM, **files})))]
    assert told == ["wrong-kind-link"]


@pytest.mark.parametrize(
    ("class_", "type_", "target", "expected"),
    [
        ("vm", "runs_on", "hypervisor", []),
        ("application", "runs_on", "document", ["relations[0].to"]),
        ("application", "powered_by", "power", ["relations[0].type"]),
        ("application", "powered_by", "application", ["relations[0].type"]),
        ("facility", "powered_by", "facility", []),
        ("load-balancer", "powered_by", "power", []),
        ("document", "depends_on", "facility", []),
        ("no-such-class", "powered_by", "power", []),
        ("server", "powered_by", "no-such-class", []),
    ],
)
def test_classes_stand_where_those_above_them_may(class_: str, type_: str, target: str, expected: list[str]) -> None:
    files = cis(a=ci(class_, body=relation(type_, "b")), b=ci(target))
    assert found(files) == [("a.yaml", "relation-not-allowed", field) for field in expected]


def test_own_relation_types_and_classes_are_heeded() -> None:
    settings = (
        "format: 1\nci_classes: {probe: hardware, deep-probe: probe}\n"
        "relation_types: {orbits: {inverse: orbited_by, carries: 'no', from: [probe], to: [facility]}}\n"
    )
    good = cis(a=ci("deep-probe", body=relation("orbits", "b")), b=ci("facility"))
    assert found({**good, "itsm.yaml": settings}) == []
    bad = cis(a=ci("server", body=relation("orbits", "b")), b=ci("facility"))
    (finding,) = lint(load(MemorySource({**TEAM, **bad, "itsm.yaml": settings})))
    assert finding.message == "orbits is for probe, and this is of the class server; choose another relation"


def test_relations_of_retired_cis_and_of_nothing_are_left_alone() -> None:
    files = cis(a=ci("application", "retired", relation("powered_by", "b")), b=ci("power"))
    assert found(files) == []
    assert found(cis(a=ci("application", body=relation("powered_by", "nowhere")))) == []


def test_the_other_name_of_a_ci_is_that_ci() -> None:
    files = cis(
        a=ci("application", body=relation("runs_on", "old-name")), b=ci("document", body="aliases: [old-name]\n")
    )
    assert found(files) == [("a.yaml", "relation-not-allowed", "relations[0].to")]


MAP = {SHOP: service("depends_on: [ci:web]\n"), **cis(web=ci())}


@pytest.mark.parametrize(
    "more",
    [
        cis(a=ci(state="planned")),
        cis(a=ci(state="retired")),
        cis(a=ci(body=relation("backed_up_by", "web"))),
        cis(a=ci(), b=ci(body=relation("backed_up_by", "a"))),
        cis(a=ci(body="asset: asset:LT-1\n"))
        | {"records/assets/LT-1.yaml": "title: Laptop\nstate: in-use\nassigned_to: team:ops\n"},
        cis(a=ci()) | {"records/contracts/c.yaml": "title: Support\ntype: support\nvendor: V\ncovers: [ci:a]\n"},
    ],
    ids=["planned", "retired", "relation out", "relation in", "somebody's", "covered"],
)
def test_what_is_known_for_something_is_no_orphan(more: dict[str, str]) -> None:
    assert found({**MAP, **more}) == []


@pytest.mark.parametrize("body", ["", "asset: asset:LT-1\n", "relations: []\n", "links: [{type: is, to: ci:a}]\n"])
def test_an_orphan_is_told_once_there_is_a_map(body: str) -> None:
    files = cis(a=ci(body=body)) | {"records/assets/LT-1.yaml": "title: Laptop\nstate: in-stock\n"}
    assert found({**MAP, **files}) == [("a.yaml", "orphan-ci", "relations")]
    assert found(files) == []
    assert found({**files, SHOP: service(), **cis(web=ci())}) == []


@pytest.mark.parametrize("state", ["design", "transition", "retiring", "retired"])
def test_a_service_that_is_not_live_may_depend_on_nothing(state: str) -> None:
    assert found({**MAP, "records/services/other.yaml": service(state=state)}) == []
    assert found({**MAP, "records/services/other.yaml": service()}) == [
        ("other.yaml", "service-without-ci", "depends_on")
    ]


def test_a_service_of_services_depends_on_something() -> None:
    assert found({**MAP, "records/services/other.yaml": service("depends_on: [service:shop]\n")}) == []


def environment(name: str) -> str:
    return f"environment: {name}\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "type_", "expected"),
    [
        ("production", "test", "depends_on", True),
        ("prod", "staging", "runs_on", True),
        ("production", "production", "depends_on", False),
        ("test", "production", "depends_on", False),
        ("production", "disaster-recovery", "depends_on", False),
        ("staging", "test", "depends_on", False),
        ("production", "test", "connected_to", False),
        ("production", "test", "replicates_to", False),
    ],
)
def test_production_needs_nothing_that_is_for_trials(ours: str, theirs: str, type_: str, *, expected: bool) -> None:
    files = cis(a=ci(body=environment(ours) + relation(type_, "b")), b=ci(body=environment(theirs)))
    assert found(files) == ([("a.yaml", "environment-crossing", "relations[0].to")] if expected else [])


def test_environments_that_are_not_written_cross_nothing() -> None:
    assert found(cis(a=ci(body=relation("depends_on", "b")), b=ci(body=environment("test")))) == []
    assert found(cis(a=ci(body=environment("production") + relation("depends_on", "b")), b=ci())) == []


def test_a_part_for_trials_of_a_whole_in_production_is_told_at_the_part() -> None:
    part = ci(body=environment("test") + relation("member_of", "whole"))
    files = cis(part=part, whole=ci("cluster", body=environment("production")))
    assert found(files) == [("part.yaml", "environment-crossing", "relations[0].to")]


def test_a_service_is_in_production_by_its_parts() -> None:
    parts = cis(live=ci(body=environment("production")), trial=ci(body=environment("test")))
    mixed = {SHOP: service("depends_on: [ci:live, ci:trial]\n")}
    assert found({**parts, **mixed}) == [("shop.yaml", "environment-crossing", "depends_on[1]")]
    sandbox = {SHOP: service("depends_on: [ci:trial]\n"), "records/services/b.yaml": service("depends_on: [ci:live]\n")}
    assert found({**parts, **sandbox}) == []


def test_dependencies_on_what_is_retired_are_told_of_live_sources() -> None:
    files = cis(b=ci(state="retired"))
    for state, expected in (("operational", ["a.yaml"]), ("retiring", ["a.yaml"]), ("retired", []), ("canceled", [])):
        source = cis(a=ci(state=state, body=relation("depends_on", "b")))
        assert [file for file, rule, _ in found({**files, **source}) if rule == "retired-in-use"] == expected
