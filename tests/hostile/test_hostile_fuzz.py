"""The sample with files harmed at random: whatever stands in them, nothing crashes and the rest is read."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random

import pytest

from itsm_as_code.reading.document import read_document
from itsm_as_code.reporters import text
from itsm_as_code.rules.engine import check, lint
from itsm_as_code.site.render import render
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from itsm_as_code.status.audience import AUDIENCES
from tests.hostile.mutate import harmed

ROOT = Path(__file__).parents[2]
NOW = datetime.fromisoformat("2026-03-10T09:00:00+01:00")
KEPT = "records/people/zz-neighbour.yaml"
"""A file that is never harmed, and of which one thing is always told."""


def sample() -> Mapping[str, bytes]:
    names = [ROOT / "itsm.yaml", *sorted((ROOT / "records").rglob("*.yaml"))]
    return {name.relative_to(ROOT).as_posix(): name.read_bytes() for name in names} | {
        KEPT: b"name: Zoe\nnonsense: 1\n"
    }


def harm(files: Mapping[str, bytes], random: Random) -> Mapping[str, bytes]:
    """Return the files with some of them harmed."""
    records = [path for path in files if path.startswith("records/") and path != KEPT]
    chosen = random.sample(records, random.choice((1, 1, 1, 2, 5, 30)))
    return {**files, **{path: harmed(files[path], read_document(path, files[path]).value, random) for path in chosen}}


def judge(files: Mapping[str, bytes], *, pages: bool) -> None:
    """Read, lint, check and, where `pages` are wanted, render; it fails where what is kept is not told of."""
    snapshot = load(MemorySource(files))
    findings = [*lint(snapshot), *check(snapshot, NOW)]
    assert [found.rule for found in findings if found.place.file == KEPT] == ["unknown-field"]
    assert all(found.place.line >= 1 and found.place.column >= 1 for found in findings)
    printed = text.report(findings, {"records": 0, "errors": 0, "warnings": 0, "waived": 0}, snapshot.texts)
    assert printed.replace("\n", "").isprintable()
    if pages:
        for audience in AUDIENCES:
            assert [page.path for page in render(snapshot, NOW, audience, findings)]


@pytest.fixture(autouse=True)
def _each_file_is_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("itsm_as_code.snapshot.load.read_document", cache(read_document))
        yield


@pytest.mark.parametrize("seed", range(6))
def test_no_harm_done_at_random_stops_the_rest(seed: int) -> None:
    judge(harm(sample(), Random(seed)), pages=seed == 0)  # noqa: S311 - no secrets
