"""The status page of the Jenkins project, a real history of six years, goes through the import whole."""

from collections import Counter
from pathlib import Path

import pytest

from itsm_as_code.interchange.cstate import import_cstate
from itsm_as_code.interchange.result import ImportResult
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.worktree import WorktreeSource
from tests.support import unpacked

DATA = Path(__file__).parents[3] / "shared" / "data" / "jenkins-status"
REVERSED = {
    "2021-09-23-puppet-outage.md",
    "2021-11-18-jenkins-io-outage.md",
    "2022-06-13-repo-slow.md",
    "2023-02-23-maintenance-aks-k8s-1-24.md",
    "2023-06-02-trusted.ci-migration-to-azure.md",
    "2023-12-06-systempool-tainted.md",
    "2024-06-05-RPU-trusted.md",
    "2026-04-29-ci-maintenance-sec-advisory.md",
}

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the data is not here")

Imported = tuple[ImportResult, Snapshot, Path, Path]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    site = tmp_path_factory.mktemp("jenkins")
    unpacked(DATA / "jenkins-status.tar.gz", site)
    (site / "config.yml").write_bytes((DATA / "config.yml").read_bytes())
    into = tmp_path_factory.mktemp("records")
    result = import_cstate(site, into)
    return result, load(WorktreeSource(into)), site, into


def test_every_file_is_accounted_for(imported: Imported) -> None:
    result, _, site, _ = imported
    files = {path.relative_to(site).as_posix() for path in (site / "content/issues").iterdir()}
    assert len(files) == 298
    assert set(result.imported) == files - {"content/issues/.gitkeep"}
    assert [remark.file for remark in result.ignored] == ["content/issues/.gitkeep"]
    assert result.skipped == ()


def test_the_counts_are_those_of_the_source(imported: Imported) -> None:
    _, snapshot, _, _ = imported
    incidents = [record for record in snapshot.records.values() if record.kind.name == "incident"]
    changes = [record for record in snapshot.records.values() if record.kind.name == "change"]
    levels = Counter(record.get("public.level") for record in incidents)
    assert levels == {"major-outage": 112, "partial-outage": 130}
    assert len(changes) == 55
    assert len(snapshot.of("service")) == 14
    years = Counter(record.file.split("/")[2] for record in (*incidents, *changes))
    assert sum(years.values()) == 297
    assert sum(1 for record in (*incidents, *changes) if "services" not in record.fields) == 5
    assert all(record.state == "closed" and record.is_history for record in (*incidents, *changes))


def test_a_second_import_changes_nothing(imported: Imported) -> None:
    first, _, site, into = imported
    second = import_cstate(site, into)
    assert second.written == ()
    assert second.unchanged == first.written
    assert second.guessed == first.guessed


def test_lint_finds_the_reversed_times_and_nothing_else_about_time(imported: Imported) -> None:
    _, snapshot, _, _ = imported
    findings = [finding for finding in lint(snapshot) if finding.rule != "dangling-link"]
    reversed_ = [finding for finding in findings if finding.rule in ("resolved-before-opened", "end-before-start")]
    assert {snapshot.records[finding.record].mappings("external")[0]["id"] for finding in reversed_} == REVERSED
    assert len(reversed_) == len(REVERSED)
    # What is left names no system at all, which a change must.
    assert {finding.rule for finding in findings if finding not in reversed_} == {"schema-any-of"}


def test_lint_finds_the_undeclared_systems_and_suggests(imported: Imported) -> None:
    _, snapshot, _, _ = imported
    dangling = [finding for finding in lint(snapshot) if finding.rule == "dangling-link"]
    assert len({finding.record for finding in dangling}) == 146
    texts = {finding.message.split(" ")[0] for finding in dangling}
    # 78 names; two pairs of them differ in capitals and hyphens alone.
    assert len(texts) == 76
    (typo,) = [finding for finding in dangling if finding.message.startswith("service:wiki.jenkins-ci.org ")][:1]
    assert "did you mean service:wiki.jenkins.io?" in typo.message
    assert all(finding.place.line > 1 for finding in dangling)


def test_the_history_is_told_in_messages_and_tickets(imported: Imported) -> None:
    _, snapshot, _, _ = imported
    incidents = snapshot.of("incident")
    told = [[entry for entry in record.timeline if entry["type"] == "communication"] for record in incidents]
    assert all(told)
    assert max(map(len, told)) >= 7
    desk = "https://github.com/jenkins-infra/helpdesk/issues/"
    held = [
        record
        for record in snapshot.records.values()
        if any(desk in link.get("url", "") for link in record.mappings("links"))
    ]
    assert len(held) == 158
