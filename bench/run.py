"""Times `itsm lint`, `link` and `render`, and check-jsonschema, on the same generated files, in turns, in one run.

    python -m bench.run --records 1000 10000 --rounds 3

Prints CPU and wall seconds (medians of the rounds) and the largest resident memory of each command. check-jsonschema
validates against the schemas that `itsm schema KIND` prints, one start a kind; without it (`pip install -e '.[bench]'`)
its rows are left out.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.generate import FOLDERS, NOW, generate

ITSM = [sys.executable, "-m", "itsm_as_code"]


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took: CPU and wall seconds, and mebibytes of memory at most."""

    cpu: float
    wall: float
    memory: float


def measure(commands: Sequence[Sequence[str]], folder: Path) -> Run:
    """Run commands one after the other in `folder`; return the sums of their times and their largest memory.

    Raises RuntimeError where one fails.
    """
    cpu, memory = 0.0, 0.0
    start = time.perf_counter()
    for command in commands:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            message = f"exit code {process.returncode} from: {' '.join(command)[:200]}"
            raise RuntimeError(message)
        cpu += usage.ru_utime + usage.ru_stime
        memory = max(memory, usage.ru_maxrss / 1024)
    return Run(cpu, time.perf_counter() - start, memory)


def peer_commands(peer: str, records: Path, schemas: Path) -> list[list[str]]:
    """Return the commands by which check-jsonschema validates all records, one a kind."""
    commands = []
    for kind, folder in FOLDERS.items():
        printed = subprocess.run([*ITSM, "schema", kind], cwd=records, check=True, capture_output=True)
        schema = schemas / f"{kind}.json"
        schema.write_bytes(printed.stdout)
        files = sorted(str(file.relative_to(records)) for file in (records / "records" / folder).rglob("*.yaml"))
        commands.append([peer, "--schemafile", str(schema), *files])
    return commands


def make_repository(folder: Path, records: int) -> None:
    """Generate records into a new git repository, committed."""
    generate(folder, records, seed=1)
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "records"]):
        identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True)


def compare(records: int, rounds: int, peer: str | None) -> Mapping[str, Sequence[Run]]:
    """Return the runs of each command over `records` generated records, taken in turns."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, schemas = Path(scratch, "repository"), Path(scratch, "schemas")
        schemas.mkdir()
        make_repository(folder, records)
        commands: dict[str, list[list[str]]] = {
            "itsm lint": [[*ITSM, "lint"]],
            "itsm link": [[*ITSM, "link"]],
            "itsm render, cold": [[*ITSM, "render", f"{scratch}/site", "--now", NOW]],
            "itsm render, again": [[*ITSM, "render", f"{scratch}/site", "--now", NOW]],
        }
        if peer:
            commands["check-jsonschema"] = peer_commands(peer, folder, schemas)
        runs: dict[str, list[Run]] = defaultdict(list)
        for _ in range(rounds):
            shutil.rmtree(f"{scratch}/site", ignore_errors=True)
            for name, wanted in commands.items():
                runs[name].append(measure(wanted, folder))
        return runs


def print_table(records: int, runs: Mapping[str, Sequence[Run]]) -> None:
    """Print the medians of each command as a table, with the ratio to `itsm lint`."""
    base = statistics.median(run.cpu for run in runs["itsm lint"])
    print(f"\n{records:,} records, median of {len(runs['itsm lint'])}")
    print(f"{'':20} {'CPU s':>8} {'wall s':>8} {'MiB':>8} {'x lint':>8}")
    for name, taken in runs.items():
        cpu = statistics.median(run.cpu for run in taken)
        wall = statistics.median(run.wall for run in taken)
        memory = max(run.memory for run in taken)
        print(f"{name:20} {cpu:8.2f} {wall:8.2f} {memory:8.0f} {cpu / base:8.2f}")


def main() -> None:
    """Run the benchmark as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--records", type=int, nargs="+", default=[1000], help="how many records (several: one table each)"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each command runs")
    parser.add_argument("--peer", default=None, help="path of check-jsonschema")
    arguments = parser.parse_args()
    beside = Path(sys.executable).with_name("check-jsonschema")
    peer = arguments.peer or (str(beside) if beside.exists() else shutil.which("check-jsonschema"))
    if not peer:
        print("check-jsonschema is not installed; its rows are left out")
    for records in arguments.records:
        print_table(records, compare(records, arguments.rounds, peer))


if __name__ == "__main__":
    main()
