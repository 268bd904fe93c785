"""What exceptions waive and what they cannot, in lint, which has no clock, and as of a time."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.finding import Finding, tally
from itsm_as_code.rules.engine import check, lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource

SHOP = "records/services/shop.yaml"
LAPTOP = "records/assets/LT-0031.yaml"
BASE = {
    "itsm.yaml": "format: 1\n",
    "records/people/ann.yaml": "name: Ann\nactive: false\n",
    "records/people/bob.yaml": "name: Bob\n",
}
UNTIL = "2026-05-31T00:00:00+02:00"


def exception(rule: str = "link-to-inactive", until: str = UNTIL, at: str = "2026-03-02T09:00:00+01:00") -> str:
    end = f", until: {until}" if until else ""
    return (
        f"{{at: {at}, by: person:bob, type: exception, rule: {rule}, reason: For now., approved_by: person:bob{end}}}"
    )


def correction(of: str, at: str = "2026-04-01T09:00:00+02:00") -> str:
    return f"{{at: {at}, by: person:bob, type: correction, of: {of}, reason: No longer needed.}}"


def timeline(*entries: str) -> str:
    return "timeline:\n" + "".join(f"  - {entry}\n" for entry in entries)


def shop(*entries: str, owner: str = "ann", more: str = "state: live\n") -> dict[str, str]:
    body = f"title: Web shop\ntier: 3\nowner: person:{owner}\n{more}"
    return {SHOP: body + (timeline(*entries) if entries else "")}


def laptop(*entries: str) -> dict[str, str]:
    body = "title: Laptop\nclass: laptop\nstate: in-stock\nwarranty: {end: 2026-02-28}\n"
    return {LAPTOP: body + (timeline(*entries) if entries else "")}


def snapshot(files: Mapping[str, str]) -> Snapshot:
    return load(MemorySource({**BASE, **files}))


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Return rule and field of the findings that are not waived."""
    return [(found.rule, found.field) for found in findings if found.waiver is None]


def linted(files: Mapping[str, str]) -> list[tuple[str, str]]:
    return told(lint(snapshot(files)))


def checked(files: Mapping[str, str], as_of: str) -> list[tuple[str, str]]:
    return told(check(snapshot(files), datetime.fromisoformat(as_of)))


def test_an_exception_waives_what_its_rule_finds_on_its_record() -> None:
    [found] = lint(snapshot(shop(exception())))
    assert (found.rule, found.severity) == ("link-to-inactive", "warning")
    assert found.waiver is not None
    assert (found.waiver.reason, found.waiver.until, found.waiver.approved_by) == ("For now.", UNTIL, "person:bob")
    assert found.waiver.position == 0


def test_it_waives_nothing_of_other_rules_and_records() -> None:
    files = shop(exception(), more="state: live\nlinks: [{type: related, to: service:nowhere}]\n")
    other = {"records/services/pay.yaml": "title: Payments\ntier: 3\nowner: person:ann\nstate: live\n"}
    assert sorted(linted({**files, **other})) == [("dangling-link", "links[0].to"), ("link-to-inactive", "owner")]


def test_a_waiver_whose_end_has_passed_waives_in_lint() -> None:
    past = exception(until="2020-01-01T00:00:00Z", at="2019-01-01T00:00:00Z")
    assert linted(shop(past)) == []


def test_a_correction_puts_right_another_entry_than_itself() -> None:
    own = "2026-04-01T09:00:00+02:00"
    assert linted(shop(correction(own), owner="bob")) == [("correction-of-nothing", "timeline[0].of")]
    assert linted(shop(correction(own), correction(own), owner="bob")) == []


def test_one_that_ends_before_its_entry_is_told_until_it_is_withdrawn() -> None:
    slip = exception(until="2025-05-31T00:00:00+02:00")
    assert linted(shop(slip)) == [("end-before-start", "timeline[0].until")]
    assert checked(shop(slip), "2026-03-10T09:00:00Z") == []
    at_once = shop(exception(until="2026-03-02T09:00:00+01:00"))
    assert checked(at_once, "2026-03-10T09:00:00Z") == [("waiver-expired", "timeline[0].until")]
    withdrawn = shop(slip, correction("2026-03-02T09:00:00+01:00"))
    assert linted(withdrawn) == [("link-to-inactive", "owner")]


def test_without_an_end_it_waives_nothing() -> None:
    assert linted(shop(exception(until=""))) == [
        ("link-to-inactive", "owner"),
        ("unbounded-waiver", "timeline[0].until"),
    ]


def test_an_unbounded_waiver_beside_a_bounded_one_is_told_and_the_other_counts() -> None:
    assert linted(shop(exception(until=""), exception())) == [("unbounded-waiver", "timeline[0].until")]


def test_of_several_waivers_the_one_that_ends_last_counts() -> None:
    renewed = exception(until="2026-12-31T00:00:00+01:00", at="2026-05-30T00:00:00+02:00")
    short = exception(until="2026-06-01T00:00:00+01:00", at="2026-05-31T00:00:00+02:00")
    [found] = lint(snapshot(shop(exception(), renewed, short)))
    assert found.waiver is not None
    assert found.waiver.position == 1


def test_a_correction_withdraws_it_whatever_the_offset() -> None:
    withdrawn = shop(exception(), correction("2026-03-02T08:00:00Z"))
    assert linted(withdrawn) == [("link-to-inactive", "owner")]
    assert linted(shop(exception(), correction("2026-03-02T09:00:00Z"))) == [
        ("correction-of-nothing", "timeline[1].of")
    ]
    assert linted(shop(exception(until=""), correction("2026-03-02T09:00:00+01:00"))) == [("link-to-inactive", "owner")]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("link-to-canceled", "finds nothing here"),
        ("link-to-inactiv", "did you mean link-to-inactive?"),
        ("schema-type", "cannot be waived"),
        ("duplicate-id", "cannot be waived"),
        ("unused-waiver", "cannot be waived"),
        ("unbounded-waiver", "cannot be waived"),
        ("waiver-expired", "cannot be waived"),
    ],
)
def test_an_exception_that_waives_nothing_is_told_at_its_rule(rule: str, words: str) -> None:
    [found] = lint(snapshot(shop(exception(rule), owner="bob")))
    assert (found.rule, found.field) == ("unused-waiver", "timeline[0].rule")
    assert words in found.message


def test_unused_waivers_of_history_of_rules_that_are_off_and_of_timed_rules_are_left_alone() -> None:
    assert linted(shop(exception(), owner="bob", more="state: retired\n")) == []
    assert (
        linted({**shop(exception(), owner="bob"), "itsm.yaml": "format: 1\nrules: {link-to-inactive: 'off'}\n"}) == []
    )
    assert linted(shop(exception("warranty-expired"), owner="bob")) == []
    assert linted(shop(exception("end-of-support", until=""), owner="bob")) == [
        ("unbounded-waiver", "timeline[0].until")
    ]


def test_a_rule_that_only_repeats_another_counts_as_having_found_something() -> None:
    retired = {"records/cis/old.yaml": "title: Old one\nclass: vm\nstate: retired\n"}
    waived = {**retired, **shop(exception(), owner="bob", more="state: live\ndepends_on: [ci:old]\n")}
    assert linted(waived) == [("retired-in-use", "depends_on[0]")]


def test_a_record_that_cannot_be_trusted_waives_nothing() -> None:
    entries = (exception("schema-type"), exception("link-to-inactive"), exception("implicit-type"))
    rules = {rule for rule, _ in linted(shop(*entries, more="state: live\ntags: 7\n"))}
    assert rules == {"schema-type", "link-to-inactive"}


def test_the_severity_of_waiver_rules_is_the_organisations() -> None:
    settings = {"itsm.yaml": "format: 1\nrules: {unbounded-waiver: warning, unused-waiver: 'off'}\n"}
    findings = lint(snapshot({**shop(exception("dangling-link"), exception(until="")), **settings}))
    assert [(found.rule, found.severity) for found in findings] == [
        ("link-to-inactive", "warning"),
        ("unbounded-waiver", "warning"),
    ]


def test_waived_findings_are_counted_apart() -> None:
    counts = tally(
        lint(snapshot(shop(exception(), more="state: live\nlinks: [{type: related, to: service:nowhere}]\n")))
    )
    assert (counts.errors, counts.warnings, counts.waived) == (1, 0, 1)


def test_check_honours_a_waiver_from_its_entry_until_its_end_to_the_second() -> None:
    files = laptop(exception("warranty-expired"))
    expired = [("warranty-expired", "warranty.end")]
    assert checked(files, "2026-03-02T08:59:59+01:00") == expired
    assert checked(files, "2026-03-02T09:00:00+01:00") == []
    assert checked(files, "2026-05-30T21:59:59Z") == []
    assert checked(files, "2026-05-30T22:00:00Z") == expired


def test_check_knows_only_corrections_made_by_then() -> None:
    at = "2026-03-02T09:00:00+01:00"
    files = laptop(exception("warranty-expired"), correction(at))
    assert checked(files, "2026-03-31T00:00:00Z") == []
    assert checked(files, "2026-04-02T00:00:00Z") == [("warranty-expired", "warranty.end")]


def test_a_waiver_of_a_lint_rule_expires_while_the_rule_still_finds_something() -> None:
    expired = [("waiver-expired", "timeline[0].until")]
    assert checked(shop(exception()), "2026-05-30T21:59:59Z") == []
    assert checked(shop(exception()), "2026-05-30T22:00:00Z") == expired
    assert checked(shop(exception(), owner="bob"), "2026-06-01T00:00:00Z") == []
    assert checked(shop(exception(), more="state: retired\n"), "2026-06-01T00:00:00Z") == []
    renewed = exception(until="2026-12-31T00:00:00+01:00", at="2026-06-02T00:00:00+02:00")
    assert checked(shop(exception(), renewed), "2026-06-01T00:00:00Z") == expired
    assert checked(shop(exception(), renewed), "2026-06-03T00:00:00Z") == []
    assert checked(shop(exception(), renewed), "2027-01-01T00:00:00Z") == [("waiver-expired", "timeline[1].until")]


@pytest.mark.parametrize(("retired_on", "told"), [("2026-03-01", True), ("2026-03-02", True), ("2026-03-03", False)])
def test_what_was_waived_of_a_record_that_was_over_ends_as_well(retired_on: str, *, told: bool) -> None:
    retired = f"{{at: {retired_on}T09:00:00+01:00, by: person:bob, type: transition, from: in-use, to: retired}}"
    waiver = exception("disposal-incomplete")
    entries = (waiver, retired) if retired_on == "2026-03-03" else (retired, waiver)
    body = "title: Laptop\nclass: laptop\nstate: retired\n" + timeline(*entries)
    assert linted({LAPTOP: body}) == []
    assert checked({LAPTOP: body}, "2026-05-30T00:00:00Z") == []
    ended = [("waiver-expired", f"timeline[{entries.index(waiver)}].until")]
    assert checked({LAPTOP: body}, "2026-06-01T00:00:00Z") == (ended if told else [])


def test_waiver_expired_can_be_switched_off_and_unknown_settings_stop_check_too() -> None:
    off = {"itsm.yaml": "format: 1\nrules: {waiver-expired: 'off'}\n"}
    assert checked({**shop(exception()), **off}, "2026-06-01T00:00:00Z") == []
    with pytest.raises(ItsmError, match="did you mean waiver-expired"):
        checked({"itsm.yaml": "format: 1\nrules: {waiver-expird: 'off'}\n"}, "2026-06-01T00:00:00Z")
