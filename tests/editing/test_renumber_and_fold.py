"""Another id for a record, with its files and all links to it; and entry files that are folded into their record."""

import re
from collections.abc import Mapping

import pytest

from itsm_as_code.editing.fold import plan_fold
from itsm_as_code.editing.plan import Plan
from itsm_as_code.editing.renumber import plan_renumber
from itsm_as_code.errors import ItsmError
from itsm_as_code.rules.engine import lint, lint_step
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.branches import ids_on_branches
from itsm_as_code.sources.memory import MemorySource, OverlaySource
from tests.editing.organisation import CHANGE, FILES, INCIDENT, after, lines, record, stamp
from tests.support import GitRepo, RunItsm

ENTRY = f"{INCIDENT.removesuffix('.yaml')}.d/20260304T073000Z-0000.yaml"
NOTE = "at: 2026-03-04T08:30:00+01:00\nby: person:bob\ntype: note\ntext: Looking.\n"
LATE = (
    "at: 2026-03-04T08:10:00+01:00\nby: person:bob\ntype: note\nrecorded_at: 2026-03-04T09:20:00+01:00\ntext: Late.\n"
)


def done(plan: Plan, extra: Mapping[str, str]) -> Snapshot:
    """Return the organisation after the plan."""
    source = MemorySource({**FILES, **extra})
    return load(OverlaySource(source, {edit.path: edit.after for edit in plan.edits}))


def renumbered(address: str, new: str, extra: Mapping[str, str] | None = None) -> Plan:
    held, found = record(address, extra)
    return plan_renumber(held, found, new, (), stamp())


def test_a_process_record_gets_a_free_id_of_the_same_day_and_takes_its_entries_along() -> None:
    plan = renumbered("INC-20260304-k7qz", "", {ENTRY: NOTE})
    address = plan.records[0]
    assert re.fullmatch(r"INC-20260304-[0-9a-hjkmnp-tv-z]{4}", address)
    paths = {edit.path: (edit.before is None, edit.after is None) for edit in plan.edits}
    assert paths == {
        INCIDENT: (False, True),
        INCIDENT.replace("INC-20260304-k7qz", address): (True, False),
        ENTRY: (False, True),
        ENTRY.replace("INC-20260304-k7qz", address): (True, False),
    }
    assert after(plan, INCIDENT.replace("INC-20260304-k7qz", address)) == FILES[INCIDENT]
    assert plan.trailers == ("Itsm-Renumbered-From: INC-20260304-k7qz",)
    assert lint(done(plan, {ENTRY: NOTE})) == lint(load(MemorySource({**FILES, ENTRY: NOTE})))


@pytest.mark.parametrize("text", ["", "- no mapping\n", "<<<<<<< HEAD\nat: x\n"])
def test_an_entry_that_cannot_be_read_is_not_left_without_its_record(text: str) -> None:
    plan = renumbered("INC-20260304-k7qz", "INC-20260304-zzzz", {ENTRY: text})
    moved = ENTRY.replace("k7qz.d", "zzzz.d")
    assert {edit.path: edit.after for edit in plan.edits if ".d/" in edit.path} == {ENTRY: None, moved: text.encode()}
    assert "orphan-entry" not in {finding.rule for finding in lint(done(plan, {ENTRY: text}))}


def test_links_follow_wherever_they_stand_and_only_they_change() -> None:
    entry = {ENTRY: NOTE.replace("type: note\ntext: Looking.", "type: impact\nservices: [service:shop]\nlevel: none")}
    plan = renumbered("service:shop", "web-shop", entry)
    assert lines(plan) == [
        *("-" + line for line in FILES["records/services/shop.yaml"].splitlines()),
        *(
            "+" + line
            for line in FILES["records/services/shop.yaml"].replace("[webshop]", "[webshop, shop]").splitlines()
        ),
        "-services: [service:shop]",
        "+services: [service:web-shop]",
        "-services: [service:shop]   # the only one",
        "+services: [service:web-shop]   # the only one",
    ]
    assert plan.said == ("service:shop is service:web-shop now; links of 1 record follow",)
    assert [finding.rule for finding in lint(done(plan, entry)) if finding.severity == "error"] == []


def test_texts_are_peoples_own_words_and_are_listed() -> None:
    plan = renumbered(
        "ci:web-02", "web-03", {"records/teams/dba.yaml": "name: Databases\ncontact: ask ci:web-02, not ci:web-020\n"}
    )
    assert plan.said[1] == "texts still say ci:web-02: records/teams/dba.yaml"
    assert "[ci:web-03]" in after(plan, CHANGE)


def test_an_id_that_the_file_states_changes_as_well() -> None:
    plan = renumbered(
        "ci:web-01",
        "web-03",
        {"records/cis/web-01.yaml": "id: web-01  # so it is\n" + FILES["records/cis/web-01.yaml"]},
    )
    assert after(plan, "records/cis/web-03.yaml").startswith("id: web-03  # so it is\n# Bought used.\n")


@pytest.mark.parametrize(
    ("address", "new", "words"),
    [
        ("ci:web-01", "", "ids of cis are chosen by people|ids of configuration items are chosen by people"),
        ("ci:web-01", "WEB 1", "WEB 1 is no id of"),
        ("ci:web-01", "web-02", "ci:web-02 is taken already"),
        ("INC-20260304-k7qz", "CHG-20260304-k7qz", "is no id of incidents"),
    ],
)
def test_what_is_no_good_id_is_refused(address: str, new: str, words: str) -> None:
    with pytest.raises(ItsmError, match=words):
        renumbered(address, new)


def test_ids_of_other_branches_are_taken() -> None:
    held, found = record("ci:web-01")
    with pytest.raises(ItsmError, match="ci:web-09 is taken already"):
        plan_renumber(held, found, "web-09", {"web-09", "web-01"}, stamp())


def test_the_same_id_is_nothing_to_do() -> None:
    assert renumbered("ci:web-01", "web-01").edits == ()


def test_entries_are_folded_in_as_they_were_written_and_no_entry_changes() -> None:
    extra = {ENTRY: NOTE, ENTRY.replace("0000", "1111"): LATE}
    own = (
        FILES[INCIDENT] + "  # at last\n  - {at: 2026-03-04T08:50:00+01:00, by: person:bob, type: note, text: Found.}\n"
    )
    held, found = record("INC-20260304-k7qz", {INCIDENT: own, **extra})
    plan = plan_fold(held, found)
    head = done(plan, {INCIDENT: own, **extra})
    assert after(plan, INCIDENT) == (
        FILES[INCIDENT]
        + "  - {at: 2026-03-04T08:30:00+01:00, by: person:bob, type: note, text: Looking.}\n"
        + "  # at last\n"
        + "  - {at: 2026-03-04T08:50:00+01:00, by: person:bob, type: note, text: Found.}\n"
        + "  - {at: 2026-03-04T08:10:00+01:00, by: person:bob, type: note, recorded_at: 2026-03-04T09:20:00+01:00"
        + ", text: Late.}\n"
    )
    assert [edit.path for edit in plan.edits if edit.after is None] == sorted(
        extra, key=lambda path: "1111" not in path
    )
    assert lint(head) == lint(held)
    assert dict(Step(held, head).edits) == {}
    assert lint_step(Step(held, head)) == ()


def test_nothing_to_fold_is_nothing_to_do() -> None:
    assert plan_fold(*record("INC-20260304-k7qz")).said == (
        "nothing to do: INC-20260304-k7qz has no timeline entries in files of their own",
    )


def test_ids_are_looked_for_on_every_branch(git_repo: GitRepo) -> None:
    git_repo.commit({"ops/itsm.yaml": "format: 1\n", "ops/records/cis/web-01.yaml": "title: web-01\n"})
    git_repo.git("checkout", "-q", "-b", "side")
    git_repo.commit({"ops/records/cis/web-02.yaml": "title: web-02\n", "records/cis/elsewhere.yaml": "title: x\n"})
    git_repo.git("update-ref", "refs/remotes/origin/theirs", "HEAD")
    git_repo.git("branch", "-q", "-M", "side", "mine")
    git_repo.git("checkout", "-q", "main")
    assert ids_on_branches(git_repo.root / "ops", "records/cis") == {"web-01", "web-02"}
    assert ids_on_branches(git_repo.root / "ops", "records/teams") == frozenset()


def test_where_there_is_no_branch_no_id_is_taken(git_repo: GitRepo, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert ids_on_branches(git_repo.root, "records/cis") == frozenset()
    assert ids_on_branches(tmp_path_factory.mktemp("plain"), "records/cis") == frozenset()


def test_two_records_that_drew_one_id_are_told_apart_again(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    git_repo.commit({path: text for path, text in FILES.items() if path != INCIDENT})
    git_repo.git("checkout", "-q", "-b", "mine")
    git_repo.commit({INCIDENT: FILES[INCIDENT]})
    git_repo.git("checkout", "-q", "main")
    git_repo.commit({INCIDENT: FILES[INCIDENT].replace("Checkout is slow", "Search finds nothing")})
    git_repo.git("checkout", "-q", "mine")
    git_repo.git("config", "user.email", "alice@example.org")
    git_repo.git("config", "user.name", "Alice")
    run = run_itsm("renumber", "INC-20260304-k7qz", "--commit", cwd=git_repo.root)
    assert run.exit_code == 0, run.stderr
    git_repo.git("merge", "-q", "main")
    titles = run_itsm("list", "incidents", "--format", "csv", cwd=git_repo.root).stdout
    assert "Checkout is slow" in titles
    assert "Search finds nothing" in titles
    assert "Itsm-Renumbered-From: INC-20260304-k7qz" in git_repo.git("log", "-3", "--format=%B")
