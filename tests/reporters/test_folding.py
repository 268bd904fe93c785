"""Many findings on a terminal: a few that differ are shown, the rest is counted; off a terminal all are there."""

from dataclasses import replace

from itsm_as_code.model.finding import Finding, Related
from itsm_as_code.model.place import Place
from itsm_as_code.model.waiver import Waiver
from itsm_as_code.reporters import text
from itsm_as_code.reporters.terminal import Look

ERROR = Finding(Place("records/a.yaml", 1, 1), "dangling-link", "", "error", "", "")
SUMMARY = {"records": 9, "errors": 1, "warnings": 0, "waived": 0}


def links_to(*counts: int) -> list[Finding]:
    """Return broken links, so many to each of several records, in two files by turns."""
    return [
        replace(
            ERROR,
            place=Place(f"records/{'ab'[number % 2]}.yaml", 10 * name + number, 1),
            message=f"ci:x{name} does not exist; correct it, or write records/cis/x{name}.yaml",
        )
        for name, count in enumerate(counts)
        for number in range(count)
    ]


def shown(findings: list[Finding], *, everything: bool = False, width: int = 140) -> list[str]:
    look = Look(width, colour=False, everything=everything)
    return text.report(findings, SUMMARY, {}, look).splitlines()


def test_a_few_are_all_shown() -> None:
    assert len(shown(links_to(3, 3))) == 7


def test_of_many_those_that_differ_are_shown_and_the_rest_is_counted() -> None:
    lines = shown(links_to(5, 4, 1, 1, 1))
    assert [line.split()[0] for line in lines[:3]] == [
        "records/a.yaml:0:1",
        "records/a.yaml:10:1",
        "records/a.yaml:20:1",
    ]
    assert lines[3:] == [
        "… and 9 more of dangling-link, 12 in 2 files (--select dangling-link --all shows them)",
        "       5 × ci:x0 does not exist",
        "       4 × ci:x1 does not exist",
        "       3 × 3 others",
        "9 records: 1 error, 0 warnings",
    ]


def test_where_all_say_the_same_or_none_does_nothing_is_counted() -> None:
    for findings in (links_to(9), links_to(*[1] * 9)):
        lines = shown(findings)
        assert lines[3].startswith("… and 6 more of dangling-link, 9 in ")
        assert len(lines) == 5


def test_one_in_each_file_is_said_so() -> None:
    findings = [replace(ERROR, place=Place(f"records/{name}.yaml", 1, 1), message="m") for name in range(8)]
    assert shown(findings)[3].startswith("… and 5 more of dangling-link, one in each of 8 files (")


def test_all_shows_all() -> None:
    lines = shown(links_to(5, 4), everything=True)
    assert len(lines) == 10
    assert not any("more of" in line for line in lines)


def test_off_a_terminal_each_has_its_line() -> None:
    lines = text.report(links_to(30, 30), SUMMARY, {}).splitlines()
    assert len(lines) == 61


def test_what_is_waived_is_folded_by_itself() -> None:
    waived = [replace(one, waiver=Waiver("dangling-link", "why", "2026-05-31T00:00:00Z")) for one in links_to(7)]
    lines = shown([*links_to(7), *waived])
    assert sum(line.startswith("… and 4 more of dangling-link, 7 in") for line in lines) == 1
    assert sum(line.startswith("… and 4 more waived of dangling-link, 7 in") for line in lines) == 1


def test_many_findings_of_several_rules_are_counted_by_rule() -> None:
    warning = replace(ERROR, rule="ownerless-ci", severity="warning", message="nobody owns it")
    for lines in (
        text.report([*links_to(30, 30), warning], SUMMARY, {}).splitlines(),
        shown([*links_to(30, 30), warning]),
    ):
        assert lines[-4:] == [
            "by rule:",
            "      60 error dangling-link, in 2 files",
            "       1 warning ownerless-ci, in 1 file",
            "9 records: 1 error, 0 warnings",
        ]
    assert "by rule:" not in text.report([*links_to(30), warning], SUMMARY, {})


def test_lines_fit_the_terminal() -> None:
    long = replace(ERROR, message="several words " * 20, related=(Related(Place("b.yaml", 3, 1), "may be meant"),) * 5)
    lines = shown([long, *links_to(30, 20)], width=60)
    assert all(len(line) <= 60 for line in lines if "shows them" not in line)
    assert lines[0] == "records/a.yaml:1:1 error dangling-link"
    assert lines[1] == "        several words several words several words several"
    assert [line for line in lines if "see" in line or "and 2 more" in line] == [
        *["        see b.yaml:3:1 (may be meant)"] * 3,
        "        and 2 more",
    ]


def test_other_ends_are_shown_on_a_terminal_only() -> None:
    finding = replace(ERROR, message="m", related=(Related(Place("records/b.yaml", 3, 1), "has this id already"),))
    assert shown([finding])[1] == "        see records/b.yaml:3:1 (has this id already)"
    assert text.report([finding], SUMMARY, {}).splitlines()[0] == "records/a.yaml:1:1 error dangling-link m"
