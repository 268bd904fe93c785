"""Rules that compare a timeline with the commits that brought it: who made an entry, and when it was written down."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.commit import Commit, FileChange
from itsm_as_code.model.finding import Finding
from itsm_as_code.rules.engine import lint_step
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.memory import MemorySource
from tests.rules.test_rules_of_processes import incident

INCIDENT = "records/incidents/2026/INC-20260304-aaaa.yaml"
FOLDER = INCIDENT.removesuffix(".yaml") + ".d/"
PEOPLE = {
    "records/people/alice.yaml": "name: Alice\nemails: [alice@example.org, Alice@home.example]\naliases: [al]\n",
    "records/people/bruno.yaml": "name: Bruno\nemails: [bruno@example.org]\n",
    "records/people/watchdog.yaml": "name: Watchdog\nbot: true\n",
    "records/teams/ops.yaml": "name: Operations\nmembers: [person:alice]\n",
}
SETTINGS = {"itsm.yaml": "format: 1\n"}
AT = "2026-03-04T03:20:00Z"


def note(by: str = "person:alice", at: str = AT, more: str = "") -> str:
    return f"{{at: '{at}', {more}by: '{by}', type: note, text: It is the database.}}"


def commit(
    email: str = "alice@example.org",
    at: str = "2026-03-04T03:25:00+00:00",
    *paths: str,
    parents: int = 1,
    trailers: Sequence[tuple[str, str]] = (),
) -> Commit:
    moment = datetime.fromisoformat(at)
    return Commit(
        id=f"{email} {at}",
        parents=("0" * 40,) * parents,
        author_name="Somebody",
        author_email=email,
        authored_at=moment,
        committer_name="Forge",
        committer_email="noreply@forge.example",
        committed_at=moment,
        subject="An edit",
        trailers=tuple(trailers),
        changes=tuple(FileChange(path, "", "1") for path in paths or (INCIDENT,)),
    )


def found(
    commits: Sequence[Commit] | None,
    after: Mapping[str, str],
    before: Mapping[str, str] = {INCIDENT: incident()},
    settings: Mapping[str, str] = SETTINGS,
    people: Mapping[str, str] = PEOPLE,
) -> Sequence[Finding]:
    base, head = ({**people, **settings, **files} for files in (before, {**before, **after}))
    return lint_step(Step(load(MemorySource(base)), load(MemorySource(head)), commits))


def told(commits: Sequence[Commit] | None, *entries: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.field) for finding in found(commits, {INCIDENT: incident("", *entries)})]


MISMATCH = [("actor-mismatch", "timeline[1].by")]
LATE = [("record-late", "timeline[1].at")]


@pytest.mark.parametrize(
    ("by", "email", "expected"),
    [
        ("person:alice", "alice@example.org", []),
        ("person:alice", "ALICE@HOME.example", []),
        ("person:al", "alice@example.org", []),
        ("team:ops", "alice@example.org", []),
        ("person:alice", "bruno@example.org", MISMATCH),
        ("team:ops", "bruno@example.org", MISMATCH),
        ("person:alice", "carla@example.org", MISMATCH),
        ("person:nobody", "alice@example.org", []),
    ],
)
def test_an_entry_is_by_its_author(by: str, email: str, expected: list[tuple[str, str]]) -> None:
    assert told([commit(email)], note(by)) == expected


def test_a_co_author_counts_and_a_reviewer_does_not() -> None:
    trailers = [("co-authored-by", "Alice <alice@example.org>")]
    assert told([commit("bruno@example.org", trailers=trailers)], note()) == []
    trailers = [("Reviewed-by", "Alice <alice@example.org>")]
    assert told([commit("bruno@example.org", trailers=trailers)], note()) == MISMATCH


def test_nothing_is_said_where_nobody_knows() -> None:
    assert told(None, note(), note(at="2026-03-05T03:20:00Z")) == []
    assert told([], note()) == []
    assert told([commit("bruno@example.org", "2026-03-09T00:00:00Z", "records/cis/a.yaml")], note()) == []
    people = {path: text.replace("emails", "tags") for path, text in PEOPLE.items()}
    people["records/people/alice.yaml"] = "name: Alice\n"
    people["records/people/bruno.yaml"] = "name: Bruno\n"
    assert found([commit()], {INCIDENT: incident("", note("person:bruno"))}, people=people) == ()


def test_an_address_that_nobody_has_is_told_once() -> None:
    others = {INCIDENT.replace("aaaa", f"bbb{number}"): incident("", note()) for number in range(3)}
    findings = found([commit("carla@example.org", "2026-03-04T03:25:00Z", *others)], others)
    assert [finding.message for finding in findings] == [
        "nobody has the address carla@example.org, from which this was committed; add it to the emails of a person"
    ]


@pytest.mark.parametrize(
    ("recorders", "by", "email", "is_told"),
    [
        ("person:bruno", "person:alice", "bruno@example.org", False),
        ("person:watchdog", "person:watchdog", "ci@example.org", False),
        ("person:watchdog", "person:alice", "ci@example.org", True),
        ("team:ops", "person:bruno", "alice@example.org", False),
        ("team:ops", "team:ops", "bruno@example.org", False),
        ("team:ops", "person:alice", "bruno@example.org", True),
    ],
)
def test_recorders_write_for_others_and_others_for_them(recorders: str, by: str, email: str, is_told: bool) -> None:  # noqa: FBT001 - a case
    settings = {"itsm.yaml": f"format: 1\nrecorders: [{recorders}]\n"}
    findings = found([commit(email)], {INCIDENT: incident("", note(by))}, settings=settings)
    assert [finding.rule for finding in findings] == ["actor-mismatch"] * is_told


def test_no_step_makes_its_own_recorders() -> None:
    settings = {"itsm.yaml": "format: 1\nrecorders: [person:bruno]\n"}
    joined = {"records/teams/ops.yaml": "name: Operations\nmembers: [person:alice, person:bruno]\n"}
    commits = [commit("bruno@example.org", AT, INCIDENT)]
    after = {INCIDENT: incident("", note())}
    assert [finding.rule for finding in found(commits, {**after, **settings})] == ["actor-mismatch"]
    listed = {"itsm.yaml": "format: 1\nrecorders: [team:ops]\n"}
    assert [finding.rule for finding in found(commits, {**after, **joined}, settings=listed)] == ["actor-mismatch"]


def test_of_several_authors_of_a_file_each_may_have_written_it() -> None:
    both = [commit(), commit("bruno@example.org")]
    assert told(both, note(), note("person:bruno")) == []
    assert told(both, note("person:watchdog")) == MISMATCH


def test_an_entry_file_is_of_those_who_touched_that_file() -> None:
    file = f"{FOLDER}20260304T032000Z-aaaa.yaml"
    entry = {file: f"at: '{AT}'\nby: person:alice\ntype: note\ntext: It is the database.\n"}
    (finding,) = found([commit(), commit("bruno@example.org", AT, file)], entry)
    assert (finding.rule, finding.place.file, finding.place.line) == ("actor-mismatch", file, 2)
    assert found([commit("alice@example.org", AT, file), commit("bruno@example.org")], entry) == ()


def test_an_entry_that_was_folded_in_is_of_those_who_wrote_it_down() -> None:
    folded = [
        commit("alice@example.org", AT, f"{FOLDER}20260304T032000Z-aaaa.yaml"),
        commit("bruno@example.org", "2026-03-09T09:00:00+00:00", INCIDENT, f"{FOLDER}20260304T032000Z-aaaa.yaml"),
    ]
    assert told(folded, note()) == []


def test_a_merge_counts_only_for_what_it_brought_itself() -> None:
    merge = commit("bruno@example.org", parents=2)
    assert told([commit(), merge], note()) == []
    assert told([commit(), merge], note("person:bruno")) == MISMATCH
    assert told([merge], note("person:bruno")) == []


def test_entries_that_were_there_or_were_rewritten_are_nobody_s() -> None:
    before = {INCIDENT: incident("", note("person:bruno"))}
    after = {INCIDENT: incident("description: More.\n", note("person:bruno").replace("database", "network"))}
    assert [finding.rule for finding in found([commit()], after, before)] == ["timeline-rewritten"]


def test_history_that_was_imported_is_left_alone() -> None:
    old = note("person:bruno", "2019-03-04T03:20:00Z")
    closed = (
        "state: canceled\nexternal: [{system: old, id: '7', history: true}]\n",
        old,
        f"{{at: '{AT}', by: person:bruno, type: transition, to: canceled}}",
    )
    assert found([commit()], {INCIDENT: incident(*closed)}, before={}) == ()
    known = incident("external: [{system: old, id: '7'}]\n")
    assert "record-late" not in {
        each.rule for each in found([commit()], {INCIDENT: incident(*closed)}, {INCIDENT: known})
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-04T04:20:00+00:00", []),
        ("2026-03-04T04:20:01+00:00", LATE),
        ("2026-03-04T05:15:00+01:00", []),
        ("2026-03-04T03:15:00+00:00", []),
        ("2026-03-04T03:14:59+00:00", LATE),
        ("2026-03-04T03:20:00+01:00", LATE),
    ],
)
def test_an_entry_is_written_down_within_the_hour_and_not_before(written: str, expected: list[tuple[str, str]]) -> None:
    assert told([commit(at=written)], note()) == expected


def test_an_entry_that_says_when_it_was_recorded_is_not_late() -> None:
    recorded = note(more="recorded_at: '2026-03-04T08:00:00Z', ")
    assert told([commit(at="2026-03-04T08:00:00+00:00")], recorded) == []
    (finding,) = found([commit(at="2026-03-04T07:00:00+00:00")], {INCIDENT: incident("", recorded)})
    assert (finding.rule, finding.field) == ("record-late", "timeline[1].recorded_at")
    assert finding.message.endswith("correct the time")


def test_the_first_late_entry_of_a_record_is_told() -> None:
    second = note(at="2026-03-04T03:30:00Z")
    assert told([commit(at="2026-03-04T08:00:00+00:00")], note(), second) == LATE
    # One of the commits was in time, and nobody knows which of them brought it.
    assert told([commit(at="2026-03-04T03:30:00+00:00"), commit(at="2026-03-04T08:00:00+00:00")], note()) == []


def test_what_comes_from_another_system_was_written_down_there() -> None:
    body = "external: [{system: old, id: '7'}]\n"
    late = [commit(at="2026-03-09T00:00:00+00:00")]
    assert found(late, {INCIDENT: incident(body, note())}, before={}) == ()
    known = found(late, {INCIDENT: incident(body, note())}, before={INCIDENT: incident(body)})
    assert [finding.rule for finding in known] == ["record-late"]


@pytest.mark.parametrize("written", ["[bruno]", "['ci:web-01']", "['person:']", "person:bruno"])
def test_a_recorder_is_a_person_or_a_team(written: str) -> None:
    with pytest.raises(ItsmError, match=r"^itsm\.yaml:2:\d+: .*(person|list)"):
        load(MemorySource({"itsm.yaml": f"format: 1\nrecorders: {written}\n"}))
