"""Times lint, link, impact and render beside other checkers, on the same generated files, in turns, in one run.

    npm install --prefix bench --no-package-lock --ignore-scripts
    pip install -e '.[bench]'
    python -m bench.run --records 1000 10000 --rounds 3

Prints Markdown: a table for each number of records, with medians of CPU and wall seconds and the most memory, and the
targets with what was measured. Peers that are not installed are left out, and all of them above 20,000 records, where
they would take an hour. Their settings are told in bench/peers.py.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import distributions, version
from pathlib import Path

from bench.generate import NOW, generate
from bench.impact import files, fresh_network
from bench.measure import Command, Run, in_turns
from bench.peers import ITSM, peers
from bench.targets import target_table, targets
from itsm_as_code.snapshot.graph import build_graph
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

MOST_FOR_PEERS = 20_000
LEAST = 16
"""So few records that a run of lint is its start-up and little else."""


def make_repository(folder: Path, records: int) -> None:
    """Generate records into a new git repository, committed."""
    generate(folder, records, seed=1)
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "records"]):
        identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True)


def ours(site: Path) -> Mapping[str, Sequence[Command]]:
    """Return our own commands by name; the second render finds the pages of the first."""
    render = [*ITSM, "render", str(site), "--now", NOW]
    return {
        "itsm lint": [[*ITSM, "lint"]],
        "itsm lint --rev HEAD": [[*ITSM, "lint", "--rev", "HEAD"]],
        "itsm link": [[*ITSM, "link"]],
        "itsm impact ci:ci-00000": [[*ITSM, "impact", "ci:ci-00000"]],
        "itsm render, anew": [["rm", "-rf", str(site)], render],
        "itsm render, again": [render],
    }


def compare(records: int, rounds: int, *, with_peers: bool) -> Mapping[str, Run]:
    """Return what each command takes over `records` generated records."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        repository = scratch / "repository"
        make_repository(repository, records)
        wanted = dict(ours(scratch / "site"))
        if records <= LEAST:
            wanted = {"itsm lint": wanted["itsm lint"]}
        elif with_peers and records <= MOST_FOR_PEERS:
            wanted |= peers(repository, scratch)
        return in_turns(wanted, repository, rounds)


def start_up(rounds: int) -> Mapping[str, Run]:
    """Return what a Python that imports click takes, and what `itsm --version` does."""
    wanted: Mapping[str, Sequence[Command]] = {
        "import click": [[sys.executable, "-c", "import click"]],
        "itsm --version": [[*ITSM, "--version"]],
    }
    return in_turns(wanted, Path.cwd(), rounds)


def graph_seconds() -> float:
    """Return the CPU seconds of all links and the impact network of 10,000 CIs with 50,000 relations."""
    snapshot = load(MemorySource(dict(files(10_000, 50_000, 1))))
    start = time.process_time()
    build_graph(snapshot.records, snapshot.kinds, snapshot.config)
    fresh_network(snapshot)
    return time.process_time() - start


def table(records: int, runs: Mapping[str, Run]) -> Iterator[str]:
    """Yield the lines of the table of one number of records."""
    lint = runs["itsm lint"].cpu
    yield f"\n### {records:,} records\n"
    yield "| | CPU s | wall s | records a second | MiB | CPU, times lint |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, run in runs.items():
        speed = f"{records / run.cpu:,.0f}"
        yield f"| {name} | {run.cpu:.2f} | {run.wall:.2f} | {speed} | {run.memory:.0f} | {run.cpu / lint:.2f} |"


def machine() -> str:
    """Return what the numbers depend on: cores, Python, and the versions of what runs beside."""
    versions = [f"{name} {version(name)}" for name in ("check-jsonschema", "yamllint") if _is_installed(name)]
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {', '.join([*versions, 'ajv-cli 5.0.0'])}"


def _is_installed(name: str) -> bool:
    return any(True for _ in distributions(name=name))


def main() -> None:
    """Run the benchmark as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, nargs="+", default=[1000, 10_000], help="how many records")
    parser.add_argument("--rounds", type=int, default=3, help="how often each command runs")
    parser.add_argument("--starts", type=int, default=15, help="how often what takes a moment only runs")
    parser.add_argument("--without-peers", action="store_true", help="run itsm alone")
    arguments = parser.parse_args()
    print(f"Medians of {arguments.rounds} rounds on a machine with {machine()}.")
    starts = start_up(arguments.starts)
    floor = compare(LEAST, arguments.starts, with_peers=False)["itsm lint"]
    runs = {}
    for records in sorted(arguments.records):
        runs[records] = compare(records, arguments.rounds, with_peers=not arguments.without_peers)
        print("\n".join(table(records, runs[records])), flush=True)
    print("\n".join(target_table(targets(runs, floor, starts, graph_seconds()))))


if __name__ == "__main__":
    main()
