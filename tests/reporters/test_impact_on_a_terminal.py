"""Impact on a terminal: no line is wider than it, long lists and long ways are cut, and elsewhere nothing is."""

import re
from typing import Any

import pytest

from itsm_as_code.reporters.fitting import hanging, names
from itsm_as_code.reporters.impact_facts import LONGEST, down_facts, up_facts
from itsm_as_code.reporters.impact_text import PLAIN, down_text, up_text
from itsm_as_code.reporters.spof_facts import spof_of
from itsm_as_code.reporters.terminal import Look
from tests.snapshot.networks import Parts, organisation, relation

PHONE = Look(width=60, colour=False)
TEAM = {"id": "team:ops", "name": "Operations", "contact": "ops@example.org", "on_call": None}


def chain(steps: int) -> Parts:
    """Return a CI on which another depends, and so on."""
    return {f"ci:c{n}": {"relations": [relation("depends_on", f"c{n - 1}")] if n else []} for n in range(steps + 1)}


def star(services: int, cis: int) -> dict[str, Any]:
    """Return what fails with one server, of a thousand services and more."""
    parts: dict[str, dict[str, Any]] = {"ci:hub": {}}
    parts |= {f"ci:l{n:03}": {"relations": [relation("runs_on", "hub")]} for n in range(cis)}
    parts |= {f"service:s{n:03}": {"depends_on": [f"ci:l{n:03}"], "tier": n % 4 + 1} for n in range(services)}
    snapshot = organisation(parts)
    return {**down_facts(snapshot, snapshot.records["ci:hub"])}


def test_no_line_is_wider_than_the_terminal() -> None:
    facts = star(30, 60)
    for entry in facts["services"]:
        entry["title"] = "A service with a title that is longer than what fits on one line of a telephone"
    facts["teams"] = [{**TEAM, "records": [entry["id"] for entry in facts["cis"]]}]
    text = down_text(facts, PHONE)
    assert max(map(len, text.splitlines())) <= 60
    assert (
        "  tier 1  A service with a title that is longer than what\n          fits on one line of a telephone [live]\n"
        in text
    )
    assert "    for      l000, l001," in text


def test_long_lists_are_cut_on_a_terminal_and_say_so() -> None:
    facts = star(101, 120)
    facts["teams"] = [{**TEAM, "records": [entry["id"] for entry in facts["cis"]]}]
    text = down_text(facts, Look(width=100, colour=False))
    assert "  … and 76 more (1 of tier 1, 25 of tier 2, 25 of tier 3, 25 of tier 4); --all shows them\n" in text
    assert "  … and 95 more; --all shows them\n" in text
    assert "l011 and 108 more\n" in text
    for look in (PLAIN, Look(width=100, colour=False, everything=True)):
        whole = down_text(facts, look)
        assert " more" not in whole
        assert len(re.findall(r"^  tier", whole, re.MULTILINE)) == 101


def test_one_more_is_shown_and_not_counted() -> None:
    assert names(["a"] * 13, PHONE).count("a") == 13
    assert names(list("abcdefghijklmn"), PHONE) == "a, b, c, d, e, f, g, h, i, j, k, l and 2 more"


def test_what_is_weakened_is_cut_too() -> None:
    parts: dict[str, dict[str, Any]] = {"ci:a": {}, "ci:b": {}}
    for number in range(40):
        relations = [relation("runs_on", "a"), relation("runs_on", "b")]
        redundancy = [{"over": "runs_on", "min_up": 1}]
        parts[f"ci:p{number:02}"] = {"relations": relations, "redundancy": redundancy}
    snapshot = organisation(parts)
    facts = down_facts(snapshot, snapshot.records["ci:a"])
    assert "  p24 has 1 of 2 up over runs_on, needs 1\n  … and 15 more; --all shows them\n" in down_text(facts, PHONE)
    assert "  p39 has 1 of 2 up" in down_text(facts)


def test_a_long_way_has_its_last_steps_and_how_many_there_are() -> None:
    snapshot = organisation(chain(120))
    last = down_facts(snapshot, snapshot.records["ci:c0"])["cis"][-1]
    assert (last["depth"], len(last["path"]), len(last["reasons"])) == (120, LONGEST + 1, LONGEST)
    assert (last["path"][0], last["path"][-1], last["reasons"][-1]) == ("ci:c70", "ci:c120", "c120 depends_on c119")
    first = up_facts(snapshot, snapshot.records["ci:c120"])["cis"][-1]
    assert (first["depth"], first["path"][0], first["path"][-1]) == (120, "ci:c50", "ci:c0")
    assert first["reasons"] == [f"c{n} depends_on c{n - 1}" for n in range(50, 0, -1)]
    point = spof_of(snapshot, snapshot.records["ci:c120"])["single_points"][-1]
    assert (point["depth"], point["path"], point["reasons"]) == (120, first["path"], first["reasons"])


@pytest.mark.parametrize(
    ("steps", "way"),
    [
        (5, "c0 → c1 → c2 → c3 → c4 → c5"),
        (6, "c0 → … 1 more → c2 → c3 → c4 → c5 → c6"),
        (120, "c0 → … 115 more → c116 → c117 → c118 → c119 → c120"),
    ],
)
def test_a_long_way_on_a_terminal(steps: int, way: str) -> None:
    snapshot = organisation(chain(steps))
    facts = down_facts(snapshot, snapshot.records["ci:c0"])
    look = Look(width=100, colour=False)
    assert f"  {way}\n" in down_text({**facts, "cis": facts["cis"][-1:]}, look)
    up = up_facts(snapshot, snapshot.records[f"ci:c{steps}"])
    assert up_text({**up, "cis": up["cis"][-1:]}, look).splitlines()[-1].strip().startswith(f"c{steps} → ")


def test_elsewhere_a_way_is_cut_only_where_the_facts_are() -> None:
    snapshot = organisation(chain(60))
    lines = down_text(down_facts(snapshot, snapshot.records["ci:c0"])).splitlines()
    assert any(line.strip() == " → ".join(f"c{n}" for n in range(51)) for line in lines)
    assert any(line.strip().startswith("c0 → … 10 more → c11 → ") for line in lines)


def test_columns_where_most_fit_and_a_reason_below_where_it_does_not() -> None:
    facts = star(0, 3)
    facts["cis"][2]["reasons"] = ["l002 has 0 of 3 up over has_member, needs 2 (web-01 is in maintenance)"]
    lines = down_text(facts, PHONE).splitlines()
    start = lines.index("configuration items")
    assert lines[start + 1 : start + 6] == [
        "  server  l000  operational  l000 runs_on hub",
        "  server  l001  operational  l001 runs_on hub",
        "  server  l002  operational",
        "          l002 has 0 of 3 up over has_member, needs 2",
        "          (web-01 is in maintenance)",
    ]


def test_text_hangs_right_of_its_head() -> None:
    assert hanging("  a  ", "b " * 40, Look(width=0, colour=False)) == ["  a  " + "b " * 40]
    assert hanging(
        "head  ", "one two three four five six seven", Look(width=10, colour=True), "\x1b[1mhead\x1b[0m  "
    ) == [
        "\x1b[1mhead\x1b[0m  one two three four five",
        "      six seven",
    ]
    assert hanging("  ", "web-application-01.frankfurt", Look(width=20, colour=False)) == [
        "  web-application-01.frankfurt"
    ]
    assert hanging("  a  ", "", PHONE) == ["  a  "]
