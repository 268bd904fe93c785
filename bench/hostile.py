"""Lints files that would break a reader, each alone and at its true size, and prints what each takes.

    python -m bench.hostile
    python -m bench.hostile --only timeline --empty 1000

A case stands beside a record with a known finding; where that is not told, or lint does not end with 0 or 1, the row
says so. Seconds are of CPU, start-up included; the first row is what lint takes without anything hostile.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.hostile.contents import LARGE, ODD, Hostile
from tests.hostile.runs import FILES, NEIGHBOUR, write

Files = Callable[[], Mapping[str, str | bytes]]
FILE = "records/cis/web-01.yaml"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run of lint took and said: bytes read, CPU seconds, mebibytes at most, findings, whether all is well."""

    size: int
    cpu: float
    memory: float
    findings: int
    well: bool


def lint(folder: Path) -> Taken:
    """Run lint in a folder and measure it."""
    command = [sys.executable, "-m", "itsm_as_code", "lint", "--format", "json"]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode(errors="replace").splitlines()
    well = process.returncode in (0, 1) and any(NEIGHBOUR in line for line in said)
    findings = sum(line.startswith('      "rule": ') for line in said)
    size = sum(file.stat().st_size for file in (folder / "records").rglob("*.yaml"))
    return Taken(size, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, findings, well)


def measure(files: Files) -> Taken:
    """Lint files in a folder of their own."""
    with tempfile.TemporaryDirectory() as scratch:
        _write_elsewhere(Path(scratch), files)
        return lint(Path(scratch))


def _write_elsewhere(folder: Path, files: Files) -> None:
    """Make and write files in a process of its own: what it takes would count for the next one that we start."""
    writer = os.fork()
    if writer == 0:
        write(folder, {**FILES, **files()})
        os._exit(0)
    os.waitpid(writer, 0)


def print_row(name: str, taken: Taken) -> None:
    """Print one line of the table."""
    odd = "" if taken.well else "  LOST"
    print(f"{name:34} {taken.size:12,} {taken.cpu:7.2f} {taken.memory:6.0f} {taken.findings:9,}{odd}", flush=True)


def print_cases(title: str, cases: Sequence[Hostile], only: str) -> None:
    """Print a table of cases, those whose name holds `only`."""
    print(f"\n{title:34} {'bytes':>12} {'CPU s':>7} {'MiB':>6} {'findings':>9}")
    for case in cases:
        if only in case.name:
            print_row(case.name, measure(partial(_alone, case)))


def main() -> None:
    """Print the tables as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="cases whose name holds this")
    parser.add_argument("--empty", type=int, default=100_000, help="how many empty files (0: leave this out)")
    parser.add_argument("--odd", action="store_true", help="also the cases that are small")
    arguments = parser.parse_args()
    print_row("nothing hostile", measure(dict))
    print_cases("one file with much of", LARGE, arguments.only)
    if arguments.odd:
        print_cases("one file with", ODD, arguments.only)
    if arguments.empty:
        print_row(f"{arguments.empty:,} empty files", measure(partial(_empty, arguments.empty)))


def _alone(case: Hostile) -> Mapping[str, str | bytes]:
    return {FILE: case.data(case.true_size)}


def _empty(count: int) -> Mapping[str, str | bytes]:
    return {f"records/cis/empty-{number}.yaml": b"" for number in range(count)}


if __name__ == "__main__":
    main()
