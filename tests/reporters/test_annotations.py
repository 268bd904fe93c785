"""GitHub annotations: no more than GitHub shows, the gravest and the most different first, the rest in the log."""

from dataclasses import replace

from itsm_as_code.model.finding import Finding
from itsm_as_code.model.place import Place
from itsm_as_code.model.waiver import Waiver
from itsm_as_code.reporters import github

ERROR = Finding(Place("records/a.yaml", 1, 1), "dangling-link", "m", "error", "", "")
WARNING = replace(ERROR, rule="ownerless-ci", severity="warning")
WAIVED = replace(ERROR, waiver=Waiver("dangling-link", "why", "2026-05-31T00:00:00Z"))


def lines_of(findings: list[Finding]) -> list[str]:
    waived = sum(finding.waiver is not None for finding in findings)
    errors = sum(finding.waiver is None and finding.severity == "error" for finding in findings)
    counts = {"records": 9, "errors": errors, "warnings": len(findings) - errors - waived, "waived": waived}
    return github.report(findings, counts, {}).splitlines()


def many(finding: Finding, number: int) -> list[Finding]:
    return [replace(finding, place=replace(finding.place, line=line)) for line in range(1, number + 1)]


def test_ten_of_each_sort_are_annotations_and_the_rest_is_in_the_log() -> None:
    lines = lines_of([*many(WAIVED, 20), *many(WARNING, 11), *many(ERROR, 30)])
    commands = [line.split(" ")[0] for line in lines if line.startswith("::")]
    assert commands == [
        *["::error"] * 10, *["::warning"] * 10, *["::notice"] * 9, "::group::32", "::endgroup::", "::notice",
    ]  # fmt: skip
    start = lines.index("::group::32 findings without annotation")
    plain = lines[start + 1 : lines.index("::endgroup::")]
    assert len(plain) == 32
    assert plain[0] == "records/a.yaml:10:1 waived dangling-link m (waived until 2026-05-31T00:00:00Z: why)"
    assert plain[-1] == "records/a.yaml:30:1 error dangling-link m"
    assert lines[-1] == (
        "::notice title=itsm lint::9 records: 30 errors, 11 warnings, 20 waived; "
        "32 of them are in the log of this step only: dangling-link 31, ownerless-ci 1"
    )


def test_ten_have_no_log() -> None:
    lines = lines_of(many(ERROR, 10))
    assert len(lines) == 11
    assert lines[-1] == "::notice title=itsm lint::9 records: 10 errors, 0 warnings"


def test_each_rule_is_seen_before_one_is_seen_again() -> None:
    last = replace(ERROR, place=Place("records/z.yaml", 1, 1), rule="duplicate-id")
    annotated = lines_of([*many(ERROR, 30), last])[:10]
    assert [line.count("title=duplicate-id") for line in annotated] == [0] * 9 + [1]


def test_the_last_line_counts_some_rules() -> None:
    findings = [finding for number in range(8) for finding in many(replace(ERROR, rule=f"rule-{number}"), 9 + number)]
    assert lines_of(findings)[-1].endswith(
        "only: rule-7 15, rule-6 14, rule-5 13, rule-4 12, rule-3 11 and 3 more rules"
    )


def test_lines_of_the_log_are_no_commands() -> None:
    odd = replace(ERROR, place=Place("::stop-commands::x", 1, 1), message="\n::error::a ##[error]b\x1b[31m")
    lines = lines_of([*many(ERROR, 10), odd, replace(odd, place=Place("records/b.yaml", 1, 1))])
    plain = lines[lines.index("::group::2 findings without annotation") + 1 : lines.index("::endgroup::")]
    assert plain == [
        "- ::stop-commands::x:1:1 error dangling-link  ::error::a ## [error]b [31m",
        "records/b.yaml:1:1 error dangling-link  ::error::a ## [error]b [31m",
    ]
