"""Times the commands that read history, on the status page of the Jenkins project: six years, 660 commits.

    python -m bench.jenkins --rounds 3

Needs the page's data beside this repository, as the tests do (`tests/jenkins.py` tells what is made of it).
"""

import argparse
import shlex
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.measure import Command, Run, in_turns
from tests.jenkins import DATA, rebuild

ITSM = (sys.executable, "-m", "itsm_as_code")
INCIDENT = "INC-20260611-gq78"
"""The last notice of the log: it is announced, carried out and closed by a commit each."""
WANTED: Mapping[str, Sequence[str]] = {
    "lint": ("lint",),
    "lint --at 2023-06-01": ("lint", "--at", "2023-06-01"),
    "list incident --at 2023-06-01": ("list", "incident", "--at", "2023-06-01"),
    f"log {INCIDENT}": ("log", INCIDENT),
    f"blame {INCIDENT}": ("blame", INCIDENT),
    "history --kind incident --field state": ("history", "--kind", "incident", "--field", "state"),
    "diff HEAD~1 HEAD": ("diff", "HEAD~1", "HEAD"),
    "diff HEAD~659 HEAD": ("diff", "HEAD~659", "HEAD"),
}


def timed(repo: Path, rounds: int, wanted: Mapping[str, Sequence[str]] = WANTED) -> Mapping[str, Run]:
    """Return what each command took in a repository."""
    # A shell says 0 where lint has something to report, as it has here.
    commands: Mapping[str, Sequence[Command]] = {
        name: [("sh", "-c", f"{shlex.join((*ITSM, *words))} || test $? = 1")] for name, words in wanted.items()
    }
    return in_turns(commands, repo, rounds)


def table(runs: Mapping[str, Run]) -> Sequence[str]:
    """Return what commands took, as a table of Markdown."""
    head = ["| | CPU s | wall s | MiB |", "|---|--:|--:|--:|"]
    return [
        *head,
        *(f"| `itsm {name}` | {run.cpu:.2f} | {run.wall:.2f} | {run.memory:.0f} |" for name, run in runs.items()),
    ]


def main() -> int:
    """Rebuild the history, time the commands and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how often each command runs; the median counts")
    rounds: int = parser.parse_args().rounds
    if not DATA.is_dir():
        sys.stderr.write(f"{DATA} is not here\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        commits = rebuild(Path(folder))
        print(f"{commits} commits; medians of {rounds}\n")
        print("\n".join(table(timed(Path(folder) / "repo", rounds))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
