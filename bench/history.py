"""Times what reads git's history, on a generated repository with one: lint, log, blame, history and diff, in turns.

    python -m bench.history --records 10000 --commits 2000 --rounds 5

Prints Markdown: a table with medians of CPU and wall seconds and the most memory, and the targets with what was
measured. What two loads take is measured in one process, as diff does it.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.measure import Command, Run, in_turns
from bench.past import BUSY, make_past
from bench.peers import ITSM
from bench.targets import Target, target_table

LOAD_BOTH = """
import sys
from pathlib import Path
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.revision import RevisionSource
for revision in sys.argv[1:]:
    load(RevisionSource(Path.cwd(), revision))
"""


def commands(repository: Path) -> Mapping[str, Sequence[Command]]:
    """Return what is timed, by name; the record told of is the one with the most commits, and an incident's entry."""
    first = _git(repository, "rev-list", "--max-parents=0", "HEAD")
    busy = Path(BUSY).stem
    noted = next((repository / "records/incidents").glob("*/*.d")).stem
    return {
        "itsm lint": [[*ITSM, "lint"]],
        "itsm lint --rev HEAD": [[*ITSM, "lint", "--rev", "HEAD"]],
        "itsm log, of an incident": [[*ITSM, "log", noted]],
        "itsm log, of the busiest record": [[*ITSM, "log", busy]],
        "itsm blame, of the busiest record": [[*ITSM, "blame", busy]],
        "itsm history --kind ci --field owner": [[*ITSM, "history", "--kind", "ci", "--field", "owner"]],
        "itsm history": [[*ITSM, "history"]],
        "loading first and last commit": [[sys.executable, "-c", LOAD_BOTH, first, "HEAD"]],
        "itsm diff, of first and last commit": [[*ITSM, "diff", first, "HEAD"]],
    }


def table(runs: Mapping[str, Run]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "\n| | CPU s | wall s | MiB |"
    yield "|---|--:|--:|--:|"
    for name, run in runs.items():
        yield f"| {name} | {run.cpu:.2f} | {run.wall:.2f} | {run.memory:.0f} |"


def targets(runs: Mapping[str, Run]) -> Iterator[Target]:
    """Yield the targets with what was measured."""
    ratio = runs["itsm lint --rev HEAD"].cpu / runs["itsm lint"].cpu
    yield Target("lint from a revision, CPU against the working tree", 1.3, ratio)
    for name in ("an incident", "the busiest record"):
        yield Target(f"log of {name}, wall", 1, runs[f"itsm log, of {name}"].wall, " s")
    ratio = runs["itsm diff, of first and last commit"].cpu / runs["loading first and last commit"].cpu
    yield Target("diff of first and last commit, CPU against loading both", 1.2, ratio)


def _git(repository: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=repository, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def main() -> None:
    """Run the benchmark as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000, help="how many records, about")
    parser.add_argument("--commits", type=int, default=2000, help="how many commits, about")
    parser.add_argument("--rounds", type=int, default=3, help="how often each command runs")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        repository = Path(scratch) / "repository"
        make_past(repository, arguments.records, arguments.commits, seed=1)
        runs = in_turns(commands(repository), repository, arguments.rounds)
    print("\n".join(table(runs)))
    print("\n".join(target_table(targets(runs))))


if __name__ == "__main__":
    main()
