"""Whatever both ends of a step say, its rules answer, the same for any order of files, and nothing for no step."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itsm_as_code.model.commit import Commit, FileChange
from itsm_as_code.rules.engine import lint_both, lint_step
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.memory import MemorySource
from tests.rules.test_rules_never_crash import damaged

ROOT = Path(__file__).parents[2]


def sample() -> dict[str, bytes]:
    names = [ROOT / "itsm.yaml", *sorted((ROOT / "records").rglob("*.yaml"))]
    return {name.relative_to(ROOT).as_posix(): name.read_bytes() for name in names}


@settings(max_examples=50, deadline=None)
@given(damaged(), damaged(), st.datetimes(timezones=st.just(UTC)), st.randoms(use_true_random=False))
def test_any_step_has_an_answer_and_the_order_of_files_does_not_matter(
    before: dict[str, str], after: dict[str, str], at: datetime, random: Random
) -> None:
    changes = tuple(FileChange(path, "", "1") for path in after)
    commits = [Commit("1" * 40, (), "A", "alice@example.org", at, "A", "alice@example.org", at, "S", changes=changes)]

    def shuffled(files: dict[str, str]) -> MemorySource:
        names = list(files)
        random.shuffle(names)
        return MemorySource({name: files[name] for name in names})

    findings = lint_both(Step(load(MemorySource(before)), load(MemorySource(after)), commits))
    assert list(findings) == sorted(findings)
    assert all(finding.message and finding.place.line >= 1 for finding in findings)
    assert {finding.place.file for finding in findings} <= {*before, *after, "baseline.json"}
    assert lint_both(Step(load(shuffled(before)), load(shuffled(after)), commits)) == findings


@settings(max_examples=30, deadline=None)
@given(damaged(), st.data())
def test_an_edit_of_a_page_has_an_answer(before: dict[str, str], data: st.DataObject) -> None:
    after = dict(before)
    path = data.draw(st.sampled_from(sorted(path for path in before if path.startswith("records/"))))
    lines = before[path].split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    after[path] = "\n".join(lines[:number] + lines[number + 1 :])
    findings = lint_step(Step(load(MemorySource(before)), load(MemorySource(after))))
    assert {finding.place.file for finding in findings} <= {path}


@given(damaged())
@settings(max_examples=50, deadline=None)
def test_a_step_to_itself_has_no_findings(files: dict[str, str]) -> None:
    here, again = load(MemorySource(files)), load(MemorySource(files))
    assert lint_step(Step(here, here, [])) == ()
    assert lint_step(Step(here, again, [])) == ()


def test_a_step_of_the_sample_to_itself_and_from_nothing_has_no_findings() -> None:
    here, again = load(MemorySource(sample())), load(MemorySource(sample()))
    nothing = load(MemorySource({"itsm.yaml": "format: 1\n"}))
    assert lint_step(Step(here, again)) == ()
    assert lint_step(Step(nothing, here)) == ()


@pytest.mark.parametrize("folder", ["incidents", "changes", "requests", "problems", "known-errors", "cis", "freezes"])
def test_a_sample_that_loses_a_kind_is_told_of_each_that_is_not_retired(folder: str) -> None:
    files = sample()
    here = load(MemorySource(files))
    left = load(MemorySource({name: data for name, data in files.items() if f"/{folder}/" not in name}))
    gone = [record for record in here.records.values() if record.kind.folder == folder]
    told = {finding.place.file for finding in lint_step(Step(here, left))}
    assert {record.file for record in gone if record.kind.logged or not record.is_final} <= told
    assert told <= {record.file for record in gone}
