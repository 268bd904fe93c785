"""The benchmark's generator: the same bytes for the same seed, and nothing for the linter to say."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from itsm_as_code.reading.kinds import load_kinds

ROOT = Path(__file__).parents[1]


def generated(folder: Path, seed: int) -> Mapping[str, bytes]:
    """Generate records into `folder`; return its files by path."""
    if not (ROOT / "bench").is_dir():
        pytest.skip("bench/ is not here")
    command = [sys.executable, "-m", "bench.generate", str(folder), "--records", "200", "--seed", str(seed)]
    subprocess.run(command, cwd=ROOT, check=True)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second, other = (generated(tmp_path / name, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert len(first) > 190
    assert first == second
    assert first != other


def test_every_shipped_kind_is_generated(tmp_path: Path) -> None:
    folders = {file.split("/")[1] for file in generated(tmp_path, 1) if file.startswith("records/")}
    assert folders == {kind.folder for kind in load_kinds({}).values()}


def test_generated_records_are_clean(tmp_path: Path) -> None:
    generated(tmp_path, 1)
    command = [sys.executable, "-m", "itsm_as_code", "lint", "--strict"]
    lint = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert lint.returncode == 0, lint.stdout + lint.stderr


def test_impact_over_a_generated_cmdb_is_timed() -> None:
    if not (ROOT / "bench").is_dir():
        pytest.skip("bench/ is not here")
    command = [sys.executable, "-m", "bench.impact", "--cis", "60", "--relations", "300", "--rounds", "1"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert printed[0].startswith("60 CIs, 300 relations; read in ")
    assert [line.split()[1] for line in printed[1:]] == ["ms"] * 5


def test_the_benchmark_prints_its_tables_and_targets() -> None:
    if not (ROOT / "bench").is_dir():
        pytest.skip("bench/ is not here")
    command = [sys.executable, "-m", "bench.run", "--records", "40", "60", "--rounds", "1", "--starts", "1"]
    done = subprocess.run([*command, "--without-peers"], cwd=ROOT, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("### ")] == ["### 40 records", "### 60 records", "### Targets"]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("| ")]
    names = [row[0] for row in rows if len(row) == 6 and row[0]]
    assert [name.partition(",")[0].split()[:2] for name in names[:6]] == [
        ["itsm", word] for word in ("lint", "lint", "link", "impact", "render", "render")
    ]
    assert all(row[3] in ("yes", "**no**", "met") for row in rows if len(row) == 4)
    assert sum(len(row) == 4 for row in rows) == 8
