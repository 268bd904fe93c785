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


def test_the_benchmark_times_every_command() -> None:
    bench = pytest.importorskip("bench.run")
    runs = bench.compare(20, 1, with_peers=False)
    rows = [line.split("|")[1:-1] for line in bench.table(20, runs) if line.startswith("| itsm")]
    assert [row[0].strip().partition(",")[0] for row in rows] == [
        "itsm lint", "itsm lint --rev HEAD", "itsm link", "itsm impact ci:ci-00000", "itsm render", "itsm render"
    ]  # fmt: skip
    assert all(float(row[1]) > 0 and float(row[4]) > 1 for row in rows)


def test_targets_say_what_was_met() -> None:
    run, of = pytest.importorskip("bench.measure").Run, pytest.importorskip("bench.targets")
    few = {"itsm lint": run(1.5, 1.5, 44), "itsm lint --rev HEAD": run(2.4, 2.4, 44)}
    many = {
        "itsm lint": run(10.5, 9, 240),
        "itsm lint --rev HEAD": run(10.5, 9, 240),
        "check-jsonschema": run(84, 80, 40),
    }
    starts = {"itsm --version": run(0.3, 0.3, 20), "import click": run(0.25, 0.2, 18)}
    found = list(of.targets({1000: few, 10_000: many}, run(0.5, 0.5, 40), starts, 0.6))
    assert [round(target.measured, 2) for target in found] == [1.6, 4.1, 0.12, 1.0, 20.48, 1.0, 1.2, 0.6]
    assert [line.split("|")[-2].strip() for line in of.target_table(found) if line.startswith("| ")][1:] == [
        "**no**",
        *["yes"] * 7,
    ]


def test_a_generated_past_is_clean_and_the_same_for_a_seed(tmp_path: Path) -> None:
    if not (ROOT / "bench").is_dir():
        pytest.skip("bench/ is not here")
    heads = set()
    for name in ("a", "b"):
        command = [sys.executable, "-m", "bench.past", str(tmp_path / name), "--records", "200", "--commits", "40"]
        subprocess.run(command, cwd=ROOT, check=True)
        told = subprocess.run(["git", "rev-parse", "HEAD"], cwd=tmp_path / name, capture_output=True, check=True)
        heads.add(told.stdout)
    assert len(heads) == 1
    command = [sys.executable, "-m", "itsm_as_code", "lint", "--strict", "--rev", "HEAD"]
    lint = subprocess.run(command, cwd=tmp_path / "a", capture_output=True, text=True, check=False)
    assert lint.returncode == 0, lint.stdout + lint.stderr
    log = subprocess.run([*command[:3], "log", "ci-00000"], cwd=tmp_path / "a", capture_output=True, check=True)
    assert log.stdout
