"""Real tables go through the import whole: a bank's tickets, a catalogue of services, a network."""

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from itsm_as_code.interchange.table.import_table import TableResult, import_table
from itsm_as_code.interchange.table.shipped import find_map
from itsm_as_code.model.finding import Finding
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.worktree import WorktreeSource

DATA = Path(__file__).parents[3] / "shared" / "data"
RABOBANK = DATA / "bpi2014-rabobank"
GITLAB = DATA / "gitlab-service-catalog"
NETBOX = DATA / "netbox-demo"
MAPS = Path(__file__).parent / "maps"

Imported = tuple[TableResult, Snapshot, Path]


def of_rule(snapshot: Snapshot, rule: str) -> list[Finding]:
    return [finding for finding in lint(snapshot) if finding.rule == rule]


@pytest.fixture(scope="module")
def rabobank(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    if not RABOBANK.is_dir():
        pytest.skip("the data is not here")
    into = tmp_path_factory.mktemp("rabobank")
    result = import_table(rabobank_files(), find_map("bpi-challenge-2014"), into)
    return result, load(WorktreeSource(into)), into


def rabobank_files() -> list[str]:
    return [str(RABOBANK / "incidents.csv"), str(RABOBANK / "incident_activity.csv.gz")]


def test_the_banks_counts_are_those_of_the_source(rabobank: Imported) -> None:
    result, snapshot, _ = rabobank
    assert {kind: len(snapshot.of(kind)) for kind in ("incident", "ci", "service")} == {
        "incident": 1500,
        "ci": 422,
        "service": 133,
    }
    # One more, for whoever owns the services: the tables do not say.
    assert len(snapshot.of("team")) == 135 + 1
    assert all(record.valid and record.state == "closed" and record.is_history for record in snapshot.of("incident"))
    roles = Counter(item["role"] for record in snapshot.of("incident") for item in record.mappings("cis"))
    assert roles == {"affected": 1500, "cause": 1500 - 36}
    served = Counter(ci for record in snapshot.of("service") for ci in record.strings("depends_on"))
    # Eight CIs are named as causes only, in rows without a service beside them.
    assert len(served) == 422 - 8
    assert sum(1 for number in served.values() if number > 1) == 2
    categories = Counter(record.fields["category"] for record in snapshot.of("incident"))
    assert categories == {"incident": 1164, "request-for-information": 336}
    assert len({record.fields.get("x-knowledge-article") for record in snapshot.of("incident")} - {None}) == 492
    assert result.remarks.skipped == []


def test_every_activity_of_the_bank_is_an_entry_or_told(rabobank: Imported) -> None:
    result, snapshot, _ = rabobank
    with gzip.open(RABOBANK / "incident_activity.csv.gz", "rt", encoding="utf-8") as file:
        log = Counter(row["incident_activity_type"] for row in csv.DictReader(file))
    assert result.rows["activities"].read == result.rows["activities"].used == sum(log.values()) == 17030
    dropped = Counter(remark.reason for remark in result.remarks.folded if remark.file == "incident_activity.csv.gz")
    assigned_again = dropped.pop("is assigned to whom it was assigned already")
    opened_again = dropped["was opened already"]
    entries = [entry for record in snapshot.of("incident") for entry in record.timeline]
    logged = [entry for entry in entries if entry["by"] != "person:service-manager-import"]
    types = Counter(entry["type"] for entry in logged)
    assert types["created"] + opened_again == log["Open"]
    assert types["assigned"] + assigned_again == log["Assignment"] + log["Reassignment"]
    notes = Counter(entry["text"] for entry in entries if "text" in entry)
    moves = {"Open", "Assignment", "Reassignment", "Closed", "Reopen", "Resolved", "Pending vendor"}
    assert notes == {name: number for name, number in log.items() if name not in moves}
    # One activity may be two moves: a ticket that was closed at once is resolved and closed.
    steps = sum(log[name] for name in ("Closed", "Reopen", "Resolved", "Pending vendor"))
    told = dropped.total() - opened_again
    assert told == 112 + 44 + 3 + 5
    assert types["transition"] >= steps - told


def test_a_reopened_ticket_was_resolved_and_reopened(rabobank: Imported) -> None:
    _, snapshot, _ = rabobank
    record = snapshot.records["INC-0000048"]
    moves = [(entry["at"], entry["to"]) for entry in record.timeline if entry["type"] == "transition"]
    assert moves == [
        ("2013-02-06T15:23:11+01:00", "resolved"),
        ("2013-10-17T12:22:44+02:00", "in-progress"),
        ("2013-10-17T14:00:26+02:00", "resolved"),
        ("2013-10-17T14:00:31+02:00", "closed"),
    ]
    reopened = [record for record in snapshot.of("incident") if "x-reopened-at" in record.fields]
    assert len(reopened) == 79
    stories = [[entry["to"] for entry in one.timeline if entry["type"] == "transition"] for one in reopened]
    assert all(story[-1] == "closed" and story.count("closed") == 1 for story in stories)
    told = [story for story in stories if story.count("resolved") > 1 and "in-progress" in story]
    # The log lacks the reopening of four.
    assert len(told) == 79 - 4


def test_a_ticket_without_a_time_of_resolution_is_resolved_when_it_is_closed(rabobank: Imported) -> None:
    _, snapshot, _ = rabobank
    with (RABOBANK / "incidents.csv").open(encoding="utf-8") as file:
        without = [row["incident_id"] for row in csv.DictReader(file) if not row["resolved_time"]]
    assert len(without) == 51
    records = {record.mappings("external")[0]["id"]: record for record in snapshot.of("incident")}
    for number in without:
        moves = [(entry["to"], entry["at"]) for entry in records[number].timeline if entry["type"] == "transition"]
        assert [to for to, _ in moves[-2:]] == ["resolved", "closed"]


def test_every_change_that_the_bank_names_is_missing_and_told(rabobank: Imported) -> None:
    _, snapshot, _ = rabobank
    dangling = of_rule(snapshot, "dangling-link")
    assert len(dangling) == 34 - 2
    assert len({finding.message.split()[0] for finding in dangling}) == 14
    errors = {finding.rule for finding in lint(snapshot) if finding.severity == "error"}
    assert errors == {"dangling-link"}


def test_the_banks_second_import_changes_nothing(rabobank: Imported) -> None:
    first, _, into = rabobank
    second = import_table(rabobank_files(), find_map("bpi-challenge-2014"), into)
    assert second.written == []
    assert second.unchanged == first.written
    assert second.remarks == first.remarks


@pytest.mark.skipif(not GITLAB.is_dir(), reason="the data is not here")
def test_a_catalogue_of_services(tmp_path: Path) -> None:
    files = [str(GITLAB / "service-catalog.yml"), str(GITLAB / "teams.yml")]
    result = import_table(files, MAPS / "gitlab-service-catalog.yaml", tmp_path)
    snapshot = load(WorktreeSource(tmp_path))
    assert (len(snapshot.of("service")), len(snapshot.of("team"))) == (104, 86)
    assert all(record.valid for record in snapshot.records.values())
    wanted = {"postgres": 10, "prometheus": 2, "elasticsearch": 2, "haproxy": 1}
    named = Counter(finding.message.split()[0].partition(":")[2] for finding in of_rule(snapshot, "dangling-link"))
    assert named == wanted
    nulls = [remark for remark in result.remarks.ignored if remark.column == "technical.dependencies"]
    assert len(nulls) == 24
    linked = sum(len(record.strings("depends_on")) for record in snapshot.of("service"))
    assert linked + len(nulls) == 74


@pytest.mark.skipif(not NETBOX.is_dir(), reason="the data is not here")
def test_a_network(tmp_path: Path) -> None:
    result = import_table([str(NETBOX / "netbox-demo-v3.6.json.gz")], MAPS / "netbox.yaml", tmp_path)
    snapshot = load(WorktreeSource(tmp_path))
    classes = Counter(str(record.fields["class"]) for record in snapshot.of("ci"))
    assert {name: classes[name] for name in ("vm", "cluster", "rack", "facility", "network")} == {
        "vm": 180,
        "cluster": 32,
        "rack": 42,
        "facility": 24,
        "network": 29,
    }
    assert len(snapshot.of("ci")) == 180 + 32 + 42 + 24 + 29 + 72
    assert len(snapshot.of("person")) == 3
    assert list(snapshot.of("asset")) == []
    types = Counter(item["type"] for record in snapshot.of("ci") for item in record.mappings("relations"))
    assert types["runs_on"] == 180
    assert types["powered_by"] > 0
    assert {finding.rule for finding in lint(snapshot) if finding.severity == "error"} == set()
    assert result.remarks.skipped == []
