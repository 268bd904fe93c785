"""The history of the sample organisation: it ends in the records as they are, and no step of it is wrong."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from itsm_as_code.model.finding import Finding
from itsm_as_code.model.times import parse_time
from itsm_as_code.rules.catalogue import discover
from itsm_as_code.rules.engine import lint, lint_step
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.history import read_commits
from itsm_as_code.sources.memory import MemorySource
from tests.consoles import ROOT
from tests.support import GitRepo
from tools.sample_history import text as texts
from tools.sample_history.commits import Pull, commits
from tools.sample_history.messages import entry_words, message
from tools.sample_history.record import Earlier, Event, RecordHistory


@pytest.fixture(scope="module")
def repo(sample_repository: Path) -> GitRepo:
    return GitRepo(sample_repository)


@pytest.fixture(scope="module")
def snapshots(repo: GitRepo) -> Mapping[str, Snapshot]:
    """Return every commit's records, parents before children."""
    found: dict[str, Snapshot] = {}
    known: Snapshot | None = None
    for revision in repo.git("rev-list", "--topo-order", "--reverse", "main").split():
        known = load(MemorySource(tree(repo, revision)), known=known)
        found[revision] = known
    return found


def tree(repo: GitRepo, revision: str) -> Mapping[str, bytes]:
    entries = [line.split(None, 3) for line in repo.git("ls-tree", "-r", revision).splitlines()]
    blobs = [blob for _, _, blob, _ in entries]
    out = subprocess.run(
        ["git", "cat-file", "--batch=%(objectsize)"],
        cwd=repo.root,
        input="\n".join(blobs).encode(),
        capture_output=True,
        check=True,
    ).stdout
    files: dict[str, bytes] = {}
    for *_, path in entries:
        size, _, out = out.partition(b"\n")
        files[path], out = out[: int(size)], out[int(size) + 1 :]
    return files


def test_it_ends_in_the_records_as_they_are(repo: GitRepo) -> None:
    paths = [ROOT / "itsm.yaml", *sorted((ROOT / "records").rglob("*.yaml"))]
    now = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    assert tree(repo, "main") == now
    assert repo.git("status", "--porcelain") == ""
    assert repo.git("for-each-ref", "--format=%(refname)") == "refs/heads/main\n"


def test_it_is_the_same_every_time(repo: GitRepo, tmp_path: Path) -> None:
    other = tmp_path / "other"
    command = [sys.executable, "-m", "tools.sample_history", str(other)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert GitRepo(other).git("rev-parse", "main") == repo.git("rev-parse", "main")
    count = repo.git("rev-list", "--count", "main").strip()
    assert done.stdout == f"{count} commits; see them: git -C {other} log --graph\n"


def test_it_is_written_into_no_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    command = [sys.executable, "-m", "tools.sample_history", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, f"{tmp_path} holds something else; name another folder\n")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_it_takes_months_and_many_people(repo: GitRepo) -> None:
    log = repo.git("log", "--format=%an|%aI|%s", "main").splitlines()
    people = {line.split("|")[0] for line in log}
    times = [line.split("|")[1] for line in log]
    assert 100 <= len(log) <= 300
    assert len(people) >= 10
    assert "Watchdog" in people
    assert (min(times)[:7], max(times)) == ("2025-11", "2026-03-10T08:58:40+01:00")
    merges = [line.split("|")[2] for line in log if "|Merge " in line]
    assert len(merges) == 4
    assert all(merge.startswith("Merge pull request #") for merge in merges)


def test_commits_are_by_people_of_the_records_in_the_order_of_time(
    repo: GitRepo, snapshots: Mapping[str, Snapshot]
) -> None:
    (last,) = list(snapshots.values())[-1:]
    people = {(str(one.fields["name"]), one.strings("emails")[0]) for one in last.of("person")}
    log = repo.git("log", "--format=%an%x00%ae%x00%cI%x00%aI%x00%cI", "--first-parent", "--reverse", "main")
    lines = [line.split("\0") for line in log.splitlines()]
    assert {(name, mail) for name, mail, *_ in lines} - people == set()
    times = [parse_time(at) for *_, at in lines]
    assert [at.timestamp() for at in times if at] == sorted({at.timestamp() for at in times if at})
    trailers = repo.git("log", "--format=%(trailers:key=Reviewed-by,key=Co-authored-by,key=Approved-by,valueonly)")
    assert len(set(trailers.split("\n")) - {""}) >= 4
    assert set(trailers.split("\n")) - {""} <= {f"{name} <{mail}>" for name, mail in people}


def test_every_commit_lints_without_errors(snapshots: Mapping[str, Snapshot]) -> None:
    errors = [
        f"{revision[:7]} {found.place.file} {found.rule} {found.message}"
        for revision, snapshot in snapshots.items()
        for found in errors_of(lint(snapshot))
    ]
    assert errors == []


def errors_of(findings: Sequence[Finding]) -> Sequence[Finding]:
    return [found for found in findings if found.severity == "error" and found.waiver is None]


def test_no_step_is_one_that_rules_refuse(repo: GitRepo, snapshots: Mapping[str, Snapshot]) -> None:
    """Each commit beside its first parent: of a merge, that is what the pull request brought."""
    assert any(rule.of_steps for rule in discover().values())
    wrong: list[str] = []
    for line in repo.git("rev-list", "--parents", "main").splitlines():
        revision, *parents = line.split()
        if parents:
            brought = tuple(read_commits(repo.root, f"{parents[0]}..{revision}"))
            step = Step(snapshots[parents[0]], snapshots[revision], brought)
            wrong += [f"{revision[:7]} {found.place.file} {found.rule} {found.message}" for found in lint_step(step)]
    assert wrong == []


def test_timelines_only_grow_and_are_written_by_who_did_it_within_the_hour(
    repo: GitRepo, snapshots: Mapping[str, Snapshot]
) -> None:
    wrong: list[str] = []
    for line in repo.git("log", "--no-merges", "--format=%H|%P|%ae|%at", "main").splitlines():
        revision, parents, mail, at = line.split("|")
        if not parents:
            continue
        base, head = snapshots[parents], snapshots[revision]
        by = next(one.address for one in head.of("person") if mail in one.strings("emails"))
        for address, record in head.records.items():
            before = list(base.records[address].timeline) if address in base.records else []
            if list(record.timeline)[: len(before)] != before:
                wrong.append(f"{revision[:7]} {address} was written anew")
            for entry in list(record.timeline)[len(before) :]:
                moment = parse_time(str(entry.get("recorded_at", entry["at"])))
                assert moment is not None
                if entry["by"] != by or not 0 <= int(at) - moment.timestamp() <= 3600:
                    wrong.append(f"{revision[:7]} {address} {entry['at']} by {entry['by']}, committed by {by}")
        wrong += [f"{revision[:7]} {address} is gone" for address in base.records if address not in head.records]
    assert wrong == []


def test_reference_records_change_as_their_stories_say(repo: GitRepo) -> None:
    old = "2026-03-03T20:00:00+01:00"
    before = repo.git("rev-list", "-1", "--first-parent", f"--before={old}", "main").strip()
    snapshot = load(MemorySource(tree(repo, before)))
    assert "ci:lb-01" in snapshot.records["service:web-shop"].strings("depends_on")
    assert (snapshot.records["ci:lb-01"].state, snapshot.records["ci:lb-02"].state) == ("operational", "test")
    assert "INC-20260304-w4rm" not in snapshot.records
    assert snapshot.records["CHG-20260224-x3gb"].state == "scheduled"


# How it is made.


def test_fields_of_a_text() -> None:
    text = "# one\na: 1\n\n# two\nb: |\n  x\n\n  y\nc:\n  - 1\n  - x: 2\n    y: 3\n"
    found = texts.fields(text)
    assert list(found) == ["a", "b", "c"]
    assert "".join(found.values()) == text
    assert texts.items(found["c"]) == ("c:\n", ["  - 1\n", "  - x: 2\n    y: 3\n"])
    assert texts.items(found["b"]) == (found["b"], ())
    assert texts.items("") == ("", ())


@pytest.mark.parametrize(
    ("field", "kept"),
    [
        ("cis: [ci:a, ci:b]\n", "cis: [ci:a]\n"),
        ("cis: [ci:b]\n", ""),
        ("item: ci:b\n", ""),
        ("item: ci:a\n", "item: ci:a\n"),
        ("title: ci:b is down\n", "title: ci:b is down\n"),
        ("tags: [ab:b]\n", "tags: [ab:b]\n"),
        (
            "links:\n  - {type: x, to: INC-20260304-w4rm}\n  - {type: x, to: ci:a}\n",
            "links:\n  - {type: x, to: ci:a}\n",
        ),
        ("links:\n  - {type: x, to: INC-20260304-w4rm}\n", ""),
        ('tasks:\n  - {id: a, title: "as in INC-20260304-w4rm"}\n', None),
        ("fixes: [INC-0000417]\n", ""),
    ],
)
def test_links_to_what_is_not_there_yet_are_left_out(field: str, kept: str | None) -> None:
    assert texts.without_missing(field, {"ci:a"}) == (field if kept is None else kept)


def test_fields_written_anew_stay_where_they_are_and_new_ones_come_before_the_timeline() -> None:
    old = texts.fields("a: 1\nb: 2\ntimeline:\n  - {}\n")
    assert (
        "".join(texts.replaced(old, texts.fields("c: 3\na: 4\n")).values()) == "a: 4\nb: 2\nc: 3\ntimeline:\n  - {}\n"
    )
    assert "".join(texts.replaced({"a": "a: 1\n"}, {"b": "b: 2\n"}).values()) == "a: 1\nb: 2\n"
    last = texts.fields("timeline:\n  - {}\ndisposal: 1\n")
    assert "".join(texts.replaced(last, {}).values()) == "timeline:\n  - {}\ndisposal: 1\n"


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-04T{text}:00+01:00")


INCIDENT = """\
title: It is down
state: resolved
assignment: {team: team:web}
resolution: {code: fixed, notes: Started again.}
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:ann, type: created}
  - {at: 2026-03-04T09:10:00+01:00, by: person:bob, type: transition, to: in-progress}
  - {at: 2026-03-04T09:30:00+01:00, by: person:bob, type: transition, to: resolved}
"""


def test_a_record_grows_entry_by_entry() -> None:
    history = RecordHistory("records/incidents/2026/INC-20260304-aaaa.yaml", INCIDENT)
    first, second, last = history.events()
    assert [(event.said, event.by) for event in (first, second, last)] == [
        ("It is down", "person:ann"),
        ("new → in-progress", "person:bob"),
        ("in-progress → resolved", "person:bob"),
    ]
    everything = {history.address, "team:web"}
    assert history.version(first.at, first.entries, everything) == (
        "title: It is down\nstate: new\ntimeline:\n" + "".join(INCIDENT.splitlines(keepends=True)[5:6])
    )
    assert "assignment" in history.version(second.at, second.entries, everything)
    assert "resolution" not in history.version(second.at, second.entries, everything)
    assert history.version(last.at, last.entries, everything) == INCIDENT


def test_what_is_told_of_the_past_holds_until_its_time() -> None:
    told = [
        Earlier(at("09:05"), "person:ann", "another title", {"title": "title: Something\n"}),
        Earlier(at("09:10"), "", "", {}, ["resolution", "assignment"]),
    ]
    history = RecordHistory("records/incidents/2026/INC-20260304-aaaa.yaml", INCIDENT, told)
    events = list(history.events())
    assert [event.said for event in events][1] == "another title"
    titles = [history.version(event.at, event.entries, set()).splitlines()[0] for event in events]
    assert titles == ["title: Something", *["title: It is down"] * 3]
    nobody = RecordHistory(history.path, INCIDENT, [Earlier(at("09:20"), "", "", {})])
    with pytest.raises(ValueError, match="who changed it"):
        list(nobody.events())


def events(*told: tuple[str, str, str]) -> Sequence[Event]:
    return [Event(at(time), who, path, f"{path} {time}", 0) for time, who, path in told]


def test_what_somebody_does_within_three_quarters_of_an_hour_is_one_commit() -> None:
    done = commits(
        events(("09:00", "ann", "a"), ("09:10", "bob", "b"), ("09:40", "ann", "c"), ("09:50", "ann", "a")), []
    )
    assert [(commit.by, sorted(commit.paths)) for commit in done] == [
        ("bob", ["b"]),
        ("ann", ["a", "c"]),
        ("ann", ["a"]),
    ]


def test_two_who_write_one_file_in_turns_commit_in_turns() -> None:
    done = commits(events(("09:00", "ann", "a"), ("09:10", "bob", "a"), ("09:20", "ann", "a")), [])
    assert [commit.by for commit in done] == ["ann", "bob", "ann"]


def test_a_pull_request_is_merged_after_its_last_commit() -> None:
    pull = Pull(7, "ann/a", frozenset("a"), at("08:00"), at("10:00"), "bob")
    done = commits(
        events(("09:00", "ann", "a"), ("09:10", "ann", "b"), ("10:00", "bob", "a"), ("11:00", "ann", "a")), [pull]
    )
    assert [(commit.pull and commit.pull.number, commit.is_merge, sorted(commit.paths)) for commit in done] == [
        (7, False, ["a"]),
        (None, False, ["b"]),
        (7, False, ["a"]),
        (7, True, []),
        (None, False, ["a"]),
    ]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"type": "transition", "to": "closed"}, "new → closed"),
        ({"type": "impact", "services": ["service:a", "service:b"], "level": "none"}, "a, b: none"),
        ({"type": "note", "text": "It is the cable. Calling Ann."}, "It is the cable"),
        ({"type": "communication", "audience": "public"}, "told members"),
        ({"type": "communication", "audience": "internal"}, "told colleagues"),
        (
            {"type": "exception", "rule": "self-link", "until": "2027-01-01T00:00:00Z"},
            "self-link is waived until 2027-01-01",
        ),
        ({"type": "escalated", "to": "person:ann"}, "escalated to person:ann"),
        ({"type": "task", "id": "t1", "state": "done"}, "task t1 done"),
        ({"type": "mitigated"}, "mitigated"),
    ],
)
def test_words_of_an_entry(entry: Mapping[str, object], words: str) -> None:
    assert entry_words(entry, "new") == words


@pytest.mark.parametrize(
    ("said", "told", "wanted"),
    [
        ({"ci:a": ["is gone"]}, [], "ci:a: is gone\n\nItsm-Record: ci:a\n"),
        ({"ci:a": ["x", "a → b"], "ci:b": ["y"]}, [], "ci:a: x, a → b (and 1 more)\n\nci:a: x, a → b\nci:b: y\n"),
        ({"ci:a": ["moved"], "ci:b": ["moved"]}, ["We have moved"], "We have moved\n\nci:a: moved\nci:b: moved\n"),
        (
            {"ci:a": ["word " * 10 + "end", "another"]},
            [],
            f"ci:a: {'word ' * 10}end, another\n\nItsm-Record: ci:a\n",
        ),
        (
            {"ci:a": ["word " * 20 + "end"]},
            [],
            f"ci:a: {'word ' * 12}word…\n\n{'word ' * 20}end\n\nItsm-Record: ci:a\n",
        ),
    ],
)
def test_a_commit_says_what_was_done_to_which_record(
    said: Mapping[str, Sequence[str]], told: Sequence[str], wanted: str
) -> None:
    assert message(said, told, []) == wanted
