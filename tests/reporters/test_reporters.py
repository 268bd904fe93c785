"""Reporters: text as a compiler prints it, JSON as published, GitHub's commands escaped."""

import json
import os

import jsonschema

from itsm_as_code import resources
from itsm_as_code.model.finding import Finding
from itsm_as_code.model.place import Place
from itsm_as_code.model.waiver import Waiver
from itsm_as_code.reporters import github, machine, text
from itsm_as_code.reporters.terminal import Look, counted, table

FILE = "records/changes/2026/CHG-20260304-k7qz.yaml"
FINDING = Finding(
    Place(FILE, 2, 13),
    "dangling-link",
    "ci:wbe-01 does not exist (did you mean ci:web-01?)",
    "error",
    "CHG-20260304-k7qz",
    "cis[0].ci",
)
WARNING = Finding(Place(FILE, 1, 1), "ownerless-ci", "nobody owns it", "warning", "", "")
WAIVED = Finding(
    Place(FILE, 2, 13),
    "link-to-inactive",
    "person:ann is no longer active",
    "warning",
    "CHG-20260304-k7qz",
    "owner",
    Waiver("link-to-inactive", "Her successor\nbegins in May.", "2026-05-31T00:00:00+02:00", "person:bob"),
)
TEXTS = {FILE: b"title: x\n  - {ci: ci:wbe-01}\n"}
SUMMARY = {"records": 1, "errors": 1, "warnings": 0, "waived": 0}


def test_text_off_a_terminal_is_one_line_a_finding() -> None:
    assert text.report([FINDING], SUMMARY, TEXTS) == (
        f"{FILE}:2:13 error dangling-link ci:wbe-01 does not exist (did you mean ci:web-01?)\n"
        "1 record: 1 error, 0 warnings\n"
    )


def test_text_on_a_terminal_shows_line_and_caret() -> None:
    shown = text.report([FINDING], SUMMARY, TEXTS, Look(140, colour=False)).splitlines()
    assert shown[1] == "    2 |   - {ci: ci:wbe-01}"
    assert shown[2] == "      |             ^"


def test_colour_only_where_it_is_wanted() -> None:
    assert "\033[" in text.report([FINDING, WARNING], SUMMARY, TEXTS, Look(80, colour=True))
    assert "\033[" not in text.report([FINDING, WARNING], SUMMARY, TEXTS, Look(80, colour=False))


def test_the_caret_stands_under_wide_letters_and_in_long_lines() -> None:
    wide = {FILE: "漢字: x\n漢字: y\n".encode()}
    shown = text.report(
        [Finding(Place(FILE, 2, 5), "r", "m", "error", "", "")], SUMMARY, wide, Look(80, colour=False)
    ).splitlines()
    assert shown[2].index("^") == len("    2 | ") + 6
    long = {FILE: b"a: " + b"x" * 500 + b"Y" + b"z" * 500}
    shown = text.report(
        [Finding(Place(FILE, 1, 504), "r", "m", "error", "", "")], SUMMARY, long, Look(80, colour=False)
    ).splitlines()
    assert len(shown[1]) <= 80
    assert shown[1][shown[2].index("^")] == "Y"


def test_hostile_names_and_messages_stay_on_their_line() -> None:
    name = os.fsdecode(b"records/a\n::error::\x1b[31m\xff.yaml")
    finding = Finding(Place(name, 1, 1), "r", "two\nlines\x1b[2J", "error", "", "")
    shown = text.report([finding], SUMMARY, {})
    assert len(shown.splitlines()) == 2
    assert "\x1b" not in shown
    assert "\\xff" in shown
    commands = github.report([finding], SUMMARY, {}).splitlines()
    assert len(commands) == 2
    json.dumps(machine.finding_fields(finding)).encode("utf-8")


def test_json_is_as_published() -> None:
    schema = json.loads((resources.schemas() / "findings.schema.json").read_bytes())
    for findings in ([], [FINDING, WARNING]):
        report = json.loads(machine.report(findings, SUMMARY, {}))
        jsonschema.Draft202012Validator(schema).validate(report)
    assert report["findings"][0] == {
        "rule": "dangling-link",
        "severity": "error",
        "file": FILE,
        "line": 2,
        "column": 13,
        "record": "CHG-20260304-k7qz",
        "field": "cis[0].ci",
        "message": "ci:wbe-01 does not exist (did you mean ci:web-01?)",
        "related": [],
        "waiver": None,
        "known": False,
    }


def test_github_commands_are_escaped() -> None:
    finding = Finding(Place("records/a,b:c.yaml", 3, 4), "r", "100% done\r\nreally", "warning", "", "")
    assert github.report([finding], SUMMARY, {}).splitlines()[0] == (
        "::warning file=records/a%2Cb%3Ac.yaml,line=3,col=4,title=r::100%25 done%0D%0Areally"
    )


def test_counts_and_tables() -> None:
    assert counted(1, "record") == "1 record"
    assert counted(1234, "record") == "1,234 records"
    assert table([("a", "long cell"), ("bbb", "x")], ("ID", "TITLE")) == "ID   TITLE\na    long cell\nbbb  x\n"


ALL_WAIVED = {"records": 1, "errors": 0, "warnings": 0, "waived": 1}
WORDS = "(waived until 2026-05-31T00:00:00+02:00, approved by person:bob: Her successor begins in May.)"


def test_text_shows_what_is_waived_in_place_of_the_severity() -> None:
    assert text.report([WAIVED], ALL_WAIVED, TEXTS) == (
        f"{FILE}:2:13 waived link-to-inactive person:ann is no longer active {WORDS}\n"
        "1 record, nothing to report, 1 waived\n"
    )
    both = text.report([FINDING, WAIVED], {**SUMMARY, "waived": 1200}, TEXTS)
    assert both.splitlines()[-1] == "1 record: 1 error, 0 warnings, 1,200 waived"


def test_on_a_terminal_what_is_waived_is_dim_and_without_its_line() -> None:
    shown = text.report([WAIVED], ALL_WAIVED, TEXTS, Look(240, colour=True)).splitlines()
    assert len(shown) == 2
    assert shown[0].startswith("\033[2m")
    assert shown[0].endswith("\033[0m")


def test_a_waiver_without_approver_and_with_a_long_reason_is_kept_short() -> None:
    waiver = Waiver("r", "why " * 100, "2026-05-31T00:00:00Z")
    shown = text.report([Finding(Place(FILE, 1, 1), "r", "m", "error", "", "", waiver)], ALL_WAIVED, {})
    assert "approved" not in shown
    assert "…)" in shown
    assert len(shown.splitlines()[0]) < 250


def test_json_tells_the_waiver_and_the_moment() -> None:
    schema = json.loads((resources.schemas() / "findings.schema.json").read_bytes())
    report = json.loads(machine.report([FINDING, WAIVED], {**SUMMARY, "waived": 1}, {}, "2026-03-10T09:00:00+01:00"))
    jsonschema.Draft202012Validator(schema).validate(report)
    assert report["as_of"] == "2026-03-10T09:00:00+01:00"
    assert [finding["waiver"] for finding in report["findings"]] == [
        None,
        {
            "reason": "Her successor\nbegins in May.",
            "until": "2026-05-31T00:00:00+02:00",
            "approved_by": "person:bob",
        },
    ]


def test_github_shows_what_is_waived_as_a_notice() -> None:
    lines = github.report([WAIVED], ALL_WAIVED, {}).splitlines()
    assert lines[0] == (
        f"::notice file={FILE},line=2,col=13,title=link-to-inactive::person:ann is no longer active {WORDS}"
    )
    assert lines[1] == "::notice title=itsm lint::1 record: 0 errors, 0 warnings, 1 waived"


def test_a_check_says_as_of_when() -> None:
    moment = "2026-03-10T09:00:00+01:00"
    assert (
        text.report([], {**SUMMARY, "errors": 0}, {}, None, moment) == f"as of {moment}, 1 record, nothing to report\n"
    )
    assert github.report([], {**SUMMARY, "errors": 0}, {}, moment) == (
        f"::notice title=itsm check::as of {moment}, 1 record: 0 errors, 0 warnings\n"
    )
