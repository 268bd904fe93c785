"""Plans are judged before they are written: what is new counts, what was there before does not."""

from collections.abc import Mapping

import pytest

from itsm_as_code.editing.checking import Outlook, look_ahead, refuse_errors
from itsm_as_code.editing.plan import FileEdit, Plan
from itsm_as_code.errors import ItsmError
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from tests.editing.organisation import CHANGE, FILES, INCIDENT

INC, CHG = "INC-20260304-k7qz", "CHG-20260303-m2nk"


def plan(*edits: tuple[str, str | None], records: tuple[str, ...] = (INC,), **flags: str) -> Plan:
    """Return the plan that gives files other texts."""
    files = tuple(
        FileEdit(path, FILES[path].encode() if path in FILES else None, None if text is None else text.encode())
        for path, text in edits
    )
    return Plan(files, ("done",), "", records, flags={name.replace("__", "."): flag for name, flag in flags.items()})


def outlook(of: Plan, extra: Mapping[str, str] | None = None) -> Outlook:
    source = MemorySource({**FILES, **(extra or {})})
    return look_ahead(load(source), source, of)


def refusal(of: Plan, extra: Mapping[str, str] | None = None) -> str:
    with pytest.raises(ItsmError) as error:
        refuse_errors(of, outlook(of, extra))
    return str(error.value)


def edited(old: str, new: str, path: str = INCIDENT) -> tuple[str, str]:
    assert old in FILES[path]
    return path, FILES[path].replace(old, new)


def test_a_good_edit_brings_nothing() -> None:
    found = outlook(plan(edited("urgency: low", "urgency: high")))
    assert (found.errors, found.warnings, found.elsewhere, found.disputed) == ((), (), (), ())
    assert found.head.records[INC].fields["urgency"] == "high"
    refuse_errors(plan(), found)


def test_an_error_refuses_with_its_words() -> None:
    assert refusal(plan(edited("urgency: low", "urgency: lwo"))).startswith("nothing was written: urgency: ")
    assert "urgency" in refusal(plan(edited("urgency: low\n", "")))


def test_the_flag_is_named_that_gives_what_is_missing() -> None:
    closed = plan(edited("state: new", "state: on-hold"), hold_reason="--why REASON", assignment__team="--team TEAM")
    words = refusal(closed)
    assert words.endswith(("(give --team TEAM and --why REASON)", "(give --why REASON and --team TEAM)"))
    assert not refusal(plan(edited("impact: high", "impact: hgih"), impact="--impact LEVEL")).endswith("LEVEL)")


def test_many_errors_are_counted() -> None:
    path, text = edited("urgency: low", "urgency: lwo")
    text = text.replace("impact: high", "impact: x").replace("title:", "ttl:").replace("services:", "srv:")
    assert "; and " in refusal(plan((path, text)))
    both = plan((path, text), edited("type: normal", "type: nrmal", CHANGE), records=(INC, CHG))
    assert f"{INC}: " in refusal(both) or f"{CHG}: " in refusal(both)


def test_what_was_wrong_before_is_no_obstacle() -> None:
    before = FILES[INCIDENT].replace("impact: high", "impact: hihg")
    edit = FileEdit(INCIDENT, before.encode(), before.replace("urgency: low", "urgency: high").encode())
    found = outlook(Plan((edit,), (), "", (INC,)), {INCIDENT: before})
    assert found.errors == ()


def test_another_wrong_value_is_a_new_error() -> None:
    before = FILES[INCIDENT].replace("impact: high", "impact: hihg")
    edit = FileEdit(INCIDENT, before.encode(), before.replace("hihg", "hgih").encode())
    assert len(outlook(Plan((edit,), (), "", (INC,)), {INCIDENT: before}).errors) == 1


def test_lines_that_move_do_not_make_old_errors_new() -> None:
    before = FILES[INCIDENT].replace("ci:web-01", "ci:wbe-01")
    after = before.replace("cis:\n", "cis:\n  - {ci: ci:web-02}\n").replace("# Called", "#\n# Called")
    edit = FileEdit(INCIDENT, before.encode(), after.encode())
    assert outlook(Plan((edit,), (), "", (INC,)), {INCIDENT: before}).errors == ()


def test_errors_of_others_are_told_apart() -> None:
    found = outlook(plan(("records/cis/web-01.yaml", None), records=("ci:web-01",)))
    assert [finding.record for finding in found.elsewhere] == [INC]
    assert found.errors == ()
    assert "ci:web-01" not in found.head.records


def test_waived_and_known_errors_do_not_count() -> None:
    waiver = (
        "  - {at: 2026-03-04T08:01:00+01:00, by: person:alice, type: exception, rule: dangling-link,"
        " reason: It comes tomorrow., until: 2026-03-05T00:00:00Z, approved_by: person:bob}\n"
    )
    path, text = edited("ci:web-01", "ci:web-09")
    assert len(outlook(plan((path, text))).errors) == 1
    assert outlook(plan((path, text + waiver))).errors == ()


def test_warnings_are_told_and_pass() -> None:
    found = outlook(plan(edited("owner: team:web\n", "", "records/cis/web-02.yaml"), records=("ci:web-02",)))
    assert [finding.rule for finding in found.warnings] == ["ownerless-ci"]
    refuse_errors(plan(), found)


def test_what_only_a_pull_request_refuses_is_told_too() -> None:
    path, text = edited("type: created}", "type: note, text: x}")
    found = outlook(plan((path, text)))
    assert "timeline-rewritten" in {finding.rule for finding in found.disputed}
