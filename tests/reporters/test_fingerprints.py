"""Fingerprints of a sample organisation that is broken in many ways at once: all different, the same after edits."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from itsm_as_code.model.finding import Finding
from itsm_as_code.reporters.fingerprints import fingerprints
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from tests.mutations import (
    rows_of_changes,
    rows_of_cmdb,
    rows_of_fulfilment,
    rows_of_processes,
    rows_of_reading,
    rows_of_schemas,
    rows_of_time,
)
from tests.mutations.table import Edit

ROOT = Path(__file__).parents[2]
ROWS = (
    *rows_of_reading.ROWS,
    *rows_of_schemas.ROWS,
    *rows_of_processes.ROWS,
    *rows_of_changes.ROWS,
    *rows_of_cmdb.ROWS,
    *rows_of_fulfilment.ROWS,
    *rows_of_time.ROWS,
)
Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def broken() -> Files:
    """Return the sample's files, of which each is edited by at most one row of the table of mutations."""
    names = [ROOT / "itsm.yaml", *sorted((ROOT / "records").rglob("*.yaml"))]
    files = {name.relative_to(ROOT).as_posix(): name.read_bytes() for name in names}
    paths = {address: record.file for address, record in load(MemorySource(files)).records.items()}
    edited = {"itsm.yaml"}
    for row in ROWS:
        if not isinstance(row.change, Edit):
            continue
        path = paths.get(row.change.where, row.change.where)
        old, new = (text.encode() if isinstance(text, str) else text for text in (row.change.old, row.change.new))
        if path in files and path not in edited and files[path].count(old) == 1:
            files[path] = files[path].replace(old, new)
            edited.add(path)
    return files


def known(files: Files) -> dict[str, Finding]:
    snapshot = load(MemorySource(files))
    findings = lint(snapshot)
    prints = fingerprints(findings, snapshot.texts)
    assert len(set(prints)) == len(prints) == len(findings)
    return dict(zip(prints, findings, strict=True))


@pytest.fixture(scope="module")
def before(broken: Files) -> dict[str, Finding]:
    found = known(broken)
    assert len(found) > 60
    assert len({finding.rule for finding in found.values()}) > 30
    return found


def moved(text: bytes) -> bytes:
    return b"# moved\n\n" + text


def longer(text: bytes) -> bytes:
    return text + b"# the end\n"


@pytest.mark.parametrize("edit", [moved, longer])
def test_comments_change_nothing(broken: Files, before: dict[str, Finding], edit: Callable[[bytes], bytes]) -> None:
    marks = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
    edited = {path: text if text.startswith(marks) else edit(text) for path, text in broken.items()}
    after = known(edited)
    assert set(after) == set(before)
    assert {name: (found.rule, found.record) for name, found in after.items()} == {
        name: (found.rule, found.record) for name, found in before.items()
    }


def test_another_finding_leaves_the_others_as_they_are(broken: Files, before: dict[str, Finding]) -> None:
    path = "records/people/aaron-aaronson.yaml"
    after = known({**broken, path: b"name: Aaron Aaronson\nmanager: person:nobody-at-all\n"})
    (new,) = set(after) - set(before)
    assert (after[new].rule, after[new].place.file) == ("dangling-link", path)
    assert set(before) <= set(after)


def test_each_run_gives_the_same(broken: Files, before: dict[str, Finding]) -> None:
    backwards = dict(sorted(broken.items(), reverse=True))
    assert list(known(backwards)) == list(before)
