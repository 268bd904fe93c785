"""What follows from a step through the graph."""

from collections.abc import Mapping
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.snapshot.consequences import Consequences, Reach, Shift, consequences_of
from itsm_as_code.snapshot.impact import supports_of
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.lone_causes import lone_causes
from itsm_as_code.snapshot.network import network_of
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.memory import MemorySource

Files = Mapping[str, str]
SERVICE = "title: Shop\nstate: live\ntier: 1\nowner: team:web\ndepends_on: [{}]\n"
CI = "title: {0}\nstate: {1}\nclass: vm\nowner: team:web\nrelations: [{2}]\n"
BASE = {
    "records/teams/web.yaml": "name: Web\n",
    "records/services/shop.yaml": SERVICE.format("ci:web-01"),
    "records/services/mail.yaml": SERVICE.format("ci:mail-01"),
    "records/cis/web-01.yaml": CI.format("web-01", "operational", "{type: depends_on, to: ci:pg-1}"),
    "records/cis/pg-1.yaml": CI.format("pg-1", "operational", ""),
    "records/cis/pg-2.yaml": CI.format("pg-2", "operational", ""),
    "records/cis/mail-01.yaml": CI.format("mail-01", "operational", ""),
}
OTHER_BASE = {"records/cis/web-01.yaml": CI.format("web-01", "operational", "{type: depends_on, to: ci:pg-2}")}


def _follows(base: Files, head: Files) -> Consequences:
    return consequences_of(Step(load(MemorySource(base)), load(MemorySource(head))))


def test_nothing_follows_from_nothing() -> None:
    found = _follows(BASE, dict(reversed(BASE.items())))
    assert (found.reach, found.broken, found.mended, found.settings, found.severities) == (Reach(), (), (), (), {})


def test_another_dependency_moves_sets_and_single_points() -> None:
    reach = _follows(BASE, {**BASE, **OTHER_BASE}).reach
    assert reach.rewired == ("ci:web-01",)
    assert reach.depends_on == {"service:shop": Shift(("ci:pg-2",), ("ci:pg-1",))}
    assert reach.impact_sets == {
        "ci:pg-1": Shift((), ("service:shop",)),
        "ci:pg-2": Shift(("service:shop",), ()),
    }
    assert reach.appeared == {"ci:pg-2": ("service:shop",)}
    assert reach.gone == {"ci:pg-1": ("service:shop",)}


def test_the_way_back_takes_it_all_back() -> None:
    there, back = _follows(BASE, {**BASE, **OTHER_BASE}).reach, _follows({**BASE, **OTHER_BASE}, BASE).reach
    assert (there.appeared, there.gone) == (back.gone, back.appeared)
    for one, other in ((there.depends_on, back.depends_on), (there.impact_sets, back.impact_sets)):
        assert one == {address: Shift(shift.lost, shift.gained) for address, shift in other.items()}


def test_a_service_s_impact_set_grows_with_those_that_depend_on_it() -> None:
    reach = _follows(BASE, {**BASE, "records/services/mail.yaml": SERVICE.format("ci:mail-01, service:shop")}).reach
    assert reach.impact_sets["service:shop"] == Shift(("service:mail",), ())
    assert reach.depends_on["service:mail"].gained == ("ci:pg-1", "ci:web-01", "service:shop")


def test_redundancy_takes_a_single_point_away_and_leaves_the_sets() -> None:
    pair = CI.format("web-01", "operational", "{type: depends_on, to: ci:pg-1}, {type: depends_on, to: ci:pg-2}")
    base = {**BASE, "records/cis/web-01.yaml": pair}
    reach = _follows(
        base, {**base, "records/cis/web-01.yaml": f"{pair}redundancy: [{{over: depends_on, min_up: 1}}]\n"}
    ).reach
    assert reach.gone == {"ci:pg-1": ("service:shop",), "ci:pg-2": ("service:shop",)}
    assert (reach.depends_on, reach.impact_sets, reach.appeared) == ({}, {}, {})


def test_a_retired_ci_takes_its_part_out() -> None:
    reach = _follows(BASE, {**BASE, "records/cis/pg-1.yaml": CI.format("pg-1", "retired", "")}).reach
    assert reach.depends_on == {"service:shop": Shift((), ("ci:pg-1",))}
    assert reach.gone == {"ci:pg-1": ("service:shop",)}


def test_a_new_service_brings_its_single_points_and_a_deleted_one_takes_none_away() -> None:
    new = {**BASE, "records/services/news.yaml": SERVICE.format("ci:mail-01")}
    assert _follows(BASE, new).reach.appeared == {"ci:mail-01": ("service:news",)}
    assert _follows(BASE, new).reach.depends_on == {}
    assert _follows(new, BASE).reach.gone == {}


def test_a_relation_type_that_carries_no_more_changes_the_network() -> None:
    settings = "format: 1\nrelation_types:\n  depends_on: {inverse: used_by, carries: 'no'}\n"
    found = _follows(BASE, {**BASE, "itsm.yaml": settings})
    assert found.reach.gone["ci:pg-1"] == ("service:shop",)
    assert [(each.file, each.edit) for each in found.settings] == [("itsm.yaml", "changed")]


def test_a_ci_with_a_new_id_is_the_same_ci() -> None:
    pair = "redundancy: [{over: [ci:pg-1, ci:pg-2], min_up: 1}]\n"
    both = "{type: depends_on, to: ci:pg-1}, {type: depends_on, to: ci:pg-2}"
    base = {**BASE, "records/cis/web-01.yaml": CI.format("web-01", "operational", both) + pair}
    head = {path.replace("pg-1", "db-1"): text.replace("ci:pg-1", "ci:db-1") for path, text in base.items()}
    assert _follows(base, head).reach == Reach()
    head["records/services/mail.yaml"] = SERVICE.format("ci:mail-01, ci:db-1")
    assert _follows(base, head).reach.depends_on == {"service:mail": Shift(("ci:db-1",), ())}


def test_links_break_and_are_mended() -> None:
    base = {**BASE, "records/services/mail.yaml": SERVICE.format("ci:mail-1")}
    head = {path: text for path, text in BASE.items() if path != "records/cis/pg-1.yaml"}
    found = _follows(base, head)
    assert [(link.source, link.text) for link in found.broken] == [("ci:web-01", "ci:pg-1")]
    assert [(link.source, link.text) for link in found.mended] == [("service:mail", "ci:mail-1")]


def test_a_broken_link_that_moved_within_its_record_is_no_news() -> None:
    base = {**BASE, "records/services/mail.yaml": SERVICE.format("ci:mail-1")}
    found = _follows(base, {**base, "records/services/mail.yaml": SERVICE.format("ci:mail-01, ci:mail-1")})
    assert (found.broken, found.mended) == ((), ())


def test_what_judges_is_named() -> None:
    base = {**BASE, "itsm.yaml": "format: 1\nrules: {orphan-ci: error}\n", "templates/home.html.j2": "x"}
    head = {
        **BASE,
        "itsm.yaml": 'format: 1\nrules: {orphan-ci: "off", dangling-link: warning}\n',
        "baseline.json": '{"format": 1, "known": []}\n',
    }
    found = _follows(base, head)
    assert [(each.file, each.edit) for each in found.settings] == [
        ("baseline.json", "added"),
        ("itsm.yaml", "changed"),
        ("templates/home.html.j2", "removed"),
    ]
    assert found.severities == {"dangling-link": ("", "warning"), "orphan-ci": ("error", "off")}


def _random_network(dice: Random) -> dict[str, str]:
    names = [f"c{number}" for number in range(6)]
    files = {"records/teams/web.yaml": "name: Web\n"}
    for name in names:
        targets = dice.sample(names, dice.randrange(4))
        relations = ", ".join(f"{{type: depends_on, to: ci:{target}}}" for target in targets if target != name)
        state = dice.choice(["operational", "operational", "maintenance", "retired"])
        redundancy = "redundancy: [{over: depends_on, min_up: 1}]\n" if dice.random() < 0.4 else ""
        files[f"records/cis/{name}.yaml"] = CI.format(name, state, relations) + redundancy
    for name in ("s0", "s1"):
        targets = [f"ci:{target}" for target in dice.sample(names, 2)] + (["service:s0"] if name == "s1" else [])
        files[f"records/services/{name}.yaml"] = SERVICE.format(", ".join(targets))
    return files


def _supports(snapshot: Snapshot, service: str) -> set[str]:
    return {*supports_of(network_of(snapshot), service), service}


@given(seed=st.integers(0, 10**6))
def test_it_is_what_a_look_at_everything_finds(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - networks, not secrets
    base, head = (load(MemorySource(_random_network(dice))) for _ in range(2))
    reach = consequences_of(Step(base, head)).reach
    for service in ("service:s0", "service:s1"):
        old, new = _supports(base, service), _supports(head, service)
        shift = reach.depends_on.get(service, Shift())
        assert (set(shift.gained), set(shift.lost)) == (new - old, old - new)
        was, now = (set(lone_causes(network_of(each), [service])[service]) for each in (base, head))
        assert {cause for cause, services in reach.appeared.items() if service in services} == now - was
        assert {cause for cause, services in reach.gone.items() if service in services} == was - now
