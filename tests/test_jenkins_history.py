"""A real history of six years, the status page of the Jenkins project: rebuilt commit by commit, and read again."""

import csv
import json
from collections.abc import Mapping, Sequence

import pytest

from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.worktree import WorktreeSource
from tests.jenkins import DATA, Touch, log, rebuild, version
from tests.support import GitRepo, RunItsm
from tools.sample_history.record import RecordHistory

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the data is not here")

LAST = "INC-20260611-gq78"
FILE = f"records/incidents/2026/{LAST}.yaml"


def touches() -> Sequence[Touch]:
    """Return the commits of the log that touched the last notice, oldest first."""
    notice = "content/issues/2026-06-11-postgres-public-db-upgrade.md"
    return [touch for touch in log() if notice in {path for _, path in touch.files}]


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    folder = tmp_path_factory.mktemp("jenkins")
    assert rebuild(folder) == 660
    return GitRepo(folder / "repo")


def test_it_ends_in_what_the_import_writes(repo: GitRepo) -> None:
    imported = repo.root.parent / "imported"
    files = sorted(path for path in imported.rglob("*") if path.is_file())
    tracked = repo.git("ls-files").split()
    assert tracked == [path.relative_to(imported).as_posix() for path in files]
    assert [path for path in files if path.read_bytes() != (repo.root / path.relative_to(imported)).read_bytes()] == []


def test_commits_are_those_of_the_log(repo: GitRepo) -> None:
    said = repo.git("log", "--reverse", "--format=%an%x00%aI%x00%s").splitlines()
    assert [line.split("\0") for line in said] == [
        [touch.author, touch.at.isoformat(), touch.subject.strip()] for touch in log()
    ]
    times = [int(at) for at in repo.git("log", "--reverse", "--format=%ct").split()]
    assert times == sorted(set(times))


def test_a_notice_comes_with_the_commit_that_added_it_and_ends_with_the_last_that_touched_it(repo: GitRepo) -> None:
    commits = repo.git("log", "--reverse", "--format=%s", "--", FILE).splitlines()
    assert commits == [touch.subject.strip() for touch in touches()]
    assert len(commits) == 2
    first = repo.git("show", f"HEAD~2:{FILE}")
    assert "state: new\n" in first
    assert "history: true" not in first
    assert "public:" in first


def test_what_comes_later_is_not_in_an_earlier_version() -> None:
    text = (
        "title: Slow\nstate: closed\nresolution: {code: fixed}\n"
        "external:\n  - system: cstate\n    id: a.md\n    history: true\n"
        "timeline:\n"
        "  - {at: 2026-03-04T09:00:00Z, by: person:a, type: created}\n"
        "  - {at: 2026-03-04T09:00:00Z, by: person:a, type: communication, audience: public}\n"
        "  - {at: 2026-03-04T10:00:00Z, by: person:a, type: transition, to: resolved}\n"
        "  - {at: 2026-03-04T10:00:00Z, by: person:a, type: transition, to: closed}\n"
    )
    history = RecordHistory("records/incidents/2026/INC-20260304-aaaa.yaml", text)
    (created, _, _, closed) = history.events()
    assert version(history, closed.at) == text
    before = version(history, created.at)
    assert before == version(history, created.at.replace(year=2025))
    assert before.splitlines()[:2] == ["title: Slow", "state: new"]
    assert before.count("at: ") == 2
    assert "resolution" not in before
    assert "history" not in before


@pytest.fixture(scope="module")
def counts(repo: GitRepo) -> Mapping[str, int]:
    """Return how many records there were at the end of each year."""
    found: dict[str, int] = {}
    for year in range(2020, 2027):
        revision = repo.git("rev-list", "-1", f"--before={year}-12-31T23:59:59Z", "main").strip()
        found[str(year)] = len(
            repo.git("ls-tree", "-r", "--name-only", revision, "records/incidents", "records/changes").split()
        )
    return found


def test_notices_come_over_the_years(counts: Mapping[str, int]) -> None:
    assert list(counts.values()) == sorted(counts.values())
    assert counts["2026"] == 297
    assert 1 <= counts["2020"] <= 4


def test_the_working_tree_is_clean_and_loads(repo: GitRepo) -> None:
    assert repo.git("status", "--porcelain") == ""
    snapshot = load(WorktreeSource(repo.root))
    kinds = [record.kind.name for record in snapshot.records.values()]
    assert kinds.count("incident") + kinds.count("change") == 297


def test_a_benchmark_reads_it(repo: GitRepo) -> None:
    bench = pytest.importorskip("bench.jenkins")
    rows = bench.table(bench.timed(repo.root, 1, {"lint": ("lint",)}))
    assert rows[2].startswith("| `itsm lint` | ")
    assert len(rows) == 3


def test_log_tells_the_life_of_a_notice(repo: GitRepo, run_itsm: RunItsm) -> None:
    told = json.loads(run_itsm("log", LAST, "--format", "json", cwd=repo.root).stdout)
    text = run_itsm("log", LAST, cwd=repo.root)
    assert text.exit_code == 0
    for touch in touches():
        assert f"  {touch.author}  " in text.stdout
        assert touch.subject.strip() in text.stdout
    assert "\n2 commits" in text.stdout
    assert "~ state: new → closed" in text.stdout
    assert LAST in json.dumps(told)


def test_blame_names_who_closed_it(repo: GitRepo, run_itsm: RunItsm) -> None:
    lines = run_itsm("blame", LAST, cwd=repo.root).stdout.splitlines()
    (state,) = [line for line in lines if line.endswith("state: closed")]
    assert state.startswith(f"2026-06-11 07:34  {touches()[-1].author}")


def test_history_has_every_notice_that_was_ever_closed(repo: GitRepo, run_itsm: RunItsm) -> None:
    said = run_itsm("history", "--kind", "incident", "--field", "state", "--format", "csv", cwd=repo.root).stdout
    closed = {row["record"] for row in csv.DictReader(said.splitlines()) if "closed" in row["new"]}
    assert len(closed) == 242


@pytest.mark.parametrize("year", range(2021, 2027))
def test_at_a_time_there_is_what_had_been_written_until_then(
    repo: GitRepo, counts: Mapping[str, int], run_itsm: RunItsm, year: int
) -> None:
    rows = []
    for kind in ("incident", "change"):
        run = run_itsm("list", kind, "--at", f"{year}-12-31T23:59:59Z", "--format", "json", cwd=repo.root)
        rows += json.loads(run.stdout)
    assert len(rows) == counts[str(year)]


def test_at_a_time_before_its_end_an_incident_is_open(repo: GitRepo, run_itsm: RunItsm) -> None:
    states = {
        time: [row["state"] for row in json.loads(run.stdout) if row["id"] == LAST]
        for time in ("2026-06-10T09:00Z", "2026-06-11T07:20Z", "2026-06-11T08:00Z")
        for run in [run_itsm("list", "incident", "--at", time, "--format", "json", cwd=repo.root)]
    }
    assert list(states.values()) == [[], ["new"], ["closed"]]


def test_no_notice_is_written_anew_and_none_goes(repo: GitRepo, run_itsm: RunItsm) -> None:
    """Between the ends of two years the log's own measure of a step: what is gone, moved or no longer said."""
    run = run_itsm("lint", "--base", "HEAD~300", "--format", "json", cwd=repo.root)
    rules = {finding["rule"] for finding in json.loads(run.stdout)["findings"]}
    assert rules & {"record-deleted", "id-changed", "timeline-rewritten"} == set()


def test_diff_tells_what_the_last_commit_brought(repo: GitRepo, run_itsm: RunItsm) -> None:
    said = run_itsm("diff", "HEAD~1", "HEAD", cwd=repo.root)
    assert said.exit_code == 0
    assert f"{LAST} PostgreSQL Database upgrade\n    resolved after 30 min, now closed" in said.stdout
    assert said.stdout.endswith("\n1 record changed\n")


def test_diff_of_the_first_and_the_last_commit_counts_what_six_years_brought(repo: GitRepo, run_itsm: RunItsm) -> None:
    first = repo.git("rev-list", "--max-parents=0", "main").strip()
    at_first = repo.git("ls-tree", "-r", "--name-only", first, "records/incidents", "records/changes").split()
    said = run_itsm("diff", first, "main", cwd=repo.root).stdout
    assert f"{297 - len(at_first)} records added" in said.splitlines()[-1]
    assert run_itsm("diff", "main", "main", cwd=repo.root).stdout.splitlines()[-1].endswith("nothing differs")
