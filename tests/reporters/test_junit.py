"""JUnit XML: what CI servers ask of it, whatever is found."""

import os
from dataclasses import replace
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from itsm_as_code.model.finding import Finding, Related, Severity
from itsm_as_code.model.place import Place
from itsm_as_code.model.waiver import Waiver
from itsm_as_code.reporters import junit

CLEAN = {"records": 60, "errors": 0, "warnings": 0, "waived": 0}
FILE = "records/cis/ci.example.org.yaml"
ERROR = Finding(Place(FILE, 6, 28), "dangling-link", "ci:x does not exist", "error", "ci:web", "cis[0].ci")
WARNING = Finding(Place(FILE, 1, 1), "ownerless-ci", "nobody owns it", "warning", "ci:web", "")
WAIVED = replace(WARNING, waiver=Waiver("ownerless-ci", "In May.", "2026-05-31T00:00:00Z", "person:bob"))

# Attributes and elements that readers know: those of Jenkins' junit-10.xsd, and `file` and `line` as GitLab,
# CircleCI and pytest's older form have them.
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testcase": {"classname", "name", "file", "line", "time"},
    "failure": {"type", "message"},
    "skipped": {"message"},
    "system-out": set[str](),
}
HOLDS = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "skipped", "system-out"},
}


def cases_of(
    findings: list[Finding], summary: dict[str, int] | None = None, *, as_of: str = "", strict: bool = False
) -> list[ET.Element]:
    text = junit.report(findings, summary or CLEAN, {}, as_of, strict=strict)
    root = ET.fromstring(text.encode())  # noqa: S314 - written by ourselves
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.attrib) <= ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= HOLDS.get(element.tag, set())
    tests = list(root.iter("testcase"))
    for counting in (root, *root.iter("testsuite")):
        assert int(counting.attrib["tests"]) == len(list(counting.iter("testcase")))
        assert int(counting.attrib["failures"]) == len(list(counting.iter("failure")))
        assert int(counting.get("skipped", "0")) == len(list(counting.iter("skipped"))) or counting is root
    keys = [(test.attrib["classname"], test.attrib["name"]) for test in tests]
    assert len(set(keys)) == len(keys) > 0
    return tests


def test_a_clean_report_has_a_test_that_passes() -> None:
    (test,) = cases_of([])
    assert (test.attrib["classname"], test.attrib["name"]) == ("itsm lint", "nothing fails")
    assert test.findtext("system-out") == "60 records: 0 errors, 0 warnings, 0 waived"
    (test,) = cases_of([], as_of="2026-03-10T09:00:00+01:00")
    assert str(test.findtext("system-out")).startswith("as of 2026-03-10T09:00:00+01:00, 60 records")


def test_what_a_rule_finds_in_a_file_is_one_test() -> None:
    second = replace(ERROR, place=Place(FILE, 9, 28), message="ci:y does not exist")
    (test,) = cases_of([ERROR, second])
    assert test.attrib == {
        "classname": "dangling-link",
        "name": f"{FILE}: dangling-link",
        "file": FILE,
        "line": "6",
        "time": "0",
    }
    failure = test.find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "dangling-link", "message": "ci:x does not exist (and 1 more)"}
    assert failure.text == (
        f"{FILE}:6:28 error dangling-link ci:x does not exist\n{FILE}:9:28 error dangling-link ci:y does not exist"
    )


def test_moved_lines_do_not_make_another_test() -> None:
    (before,), (after,) = (cases_of([one]) for one in (ERROR, replace(ERROR, place=Place(FILE, 99, 1), message="m")))
    assert [before.attrib[name] for name in ("classname", "name")] == [
        after.attrib[name] for name in ("classname", "name")
    ]


def test_warnings_fail_in_strict_only() -> None:
    summary = {**CLEAN, "warnings": 1}
    warning, passed = cases_of([WARNING], summary)
    assert str(warning.findtext("system-out")).endswith("warning ownerless-ci nobody owns it")
    assert passed.attrib["name"] == "nothing fails"
    (failed,) = cases_of([WARNING], summary, strict=True)
    assert failed.find("failure") is not None
    assert [test.find("failure") is not None for test in cases_of([ERROR, WARNING])] == [True, False]


def test_what_is_waived_is_skipped_in_strict_too() -> None:
    for strict in (False, True):
        waived, _ = cases_of([WAIVED], {**CLEAN, "waived": 1}, strict=strict)
        skipped = waived.find("skipped")
        assert skipped is not None
        assert "waived until 2026-05-31T00:00:00Z, approved by person:bob: In May." in skipped.attrib["message"]


def test_other_ends_are_told() -> None:
    (test,) = cases_of([replace(ERROR, related=(Related(Place("records/a.yaml", 3, 1), "may be meant"),))])
    assert str(test.findtext("failure")).endswith("\n  see records/a.yaml:3:1 (may be meant)")


def test_what_xml_refuses_is_replaced() -> None:
    name = os.fsdecode(b"records/\x01\xff<&\n'\".yaml")
    words = 'a\x00b\x1b[31m\ud800 \ufffe ]]> <b c="d">\r\n& \u2028 \U0001f600'
    (test,) = cases_of([Finding(Place(name, 1, 1), "stray-file", words, "error", "", "")])
    assert test.attrib["file"] == r"""records/\x01\xff<&\n'".yaml"""
    failure = test.find("failure")
    assert failure is not None
    assert failure.attrib["message"] == 'a\ufffdb\ufffd[31m\ufffd \ufffd ]]> <b c="d">\r\n& \u2028 \U0001f600'


names = st.binary(min_size=1).map(lambda name: os.fsdecode(name.replace(b"\0", b"_")))
severities: st.SearchStrategy[Severity] = st.sampled_from(["error", "warning"])


@settings(max_examples=60)
@given(
    findings=st.lists(
        st.builds(
            Finding,
            st.builds(Place, names, st.integers(0), st.integers(0)),
            st.sampled_from(["dangling-link", "ownerless-ci"]),
            st.text(),
            severities,
            st.text(),
            st.text(),
            st.none() | st.builds(Waiver, rule=st.text(), reason=st.text(), until=st.text()),
        ),
        max_size=8,
    ),
    strict=st.booleans(),
)
def test_whatever_is_found_is_xml(findings: list[Finding], *, strict: bool) -> None:
    tests = cases_of(findings, strict=strict)
    counted = [one for one in findings if one.waiver is None and (strict or one.severity == "error")]
    assert any(test.find("failure") is not None for test in tests) == bool(counted)
