"""Reporters: text as a compiler prints it, JSON as published, GitHub's commands escaped."""

import json
import os

import jsonschema

from itsm_as_code import resources
from itsm_as_code.model.finding import Finding
from itsm_as_code.model.place import Place
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
TEXTS = {FILE: b"title: x\n  - {ci: ci:wbe-01}\n"}
SUMMARY = {"records": 1, "errors": 1, "warnings": 0, "waived": 0}


def test_text_off_a_terminal_is_one_line_a_finding() -> None:
    assert text.report([FINDING], SUMMARY, TEXTS) == (
        f"{FILE}:2:13 error dangling-link ci:wbe-01 does not exist (did you mean ci:web-01?)\n"
        "1 record: 1 error, 0 warnings\n"
    )


def test_text_on_a_terminal_shows_line_and_caret() -> None:
    shown = text.report([FINDING], SUMMARY, TEXTS, Look(80, colour=False)).splitlines()
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
        "waiver": None,
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
