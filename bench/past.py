"""Makes a repository of records with a history: generated records, and commits that edit them, the same for a seed.

    python -m bench.past FOLDER --records 10000 --commits 2000 --seed 1

The first commit brings the records of `bench.generate`. Each later one gives one to three configuration items another
owner or a note, or an incident a note in a file of its own; one record in particular is edited every 20th time. Each
tenth commit merges a branch of three. The records are as clean at the end as in the beginning.
"""

import argparse
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from bench.generate import generate
from bench.world import CROCKFORD

START = datetime.fromisoformat("2026-03-02T08:00:00+00:00")
"""When the first commit is made, after the last entry of any record; the others follow five minutes apart each."""
BUSY = "records/cis/ci-00000.yaml"
_BRANCH = 3
_EVERY = 10


@dataclass(slots=True)
class _Import:
    """A stream for `git fast-import`: marks count from 1, and `files` are what the branch has by now.

    `cis`, `incidents` and `teams` are the records of these kinds, by path.
    """

    files: dict[str, str]
    dice: Random
    cis: Sequence[str] = ()
    incidents: Sequence[str] = ()
    teams: Sequence[str] = ()
    stream: list[bytes] = field(default_factory=list)
    mark: int = 0

    def __post_init__(self) -> None:
        """Sort the records by kind."""
        self.cis, self.incidents, self.teams = (
            [path for path in self.files if path.startswith(f"records/{folder}/")]
            for folder in ("cis", "incidents", "teams")
        )

    def commit(self, subject: str, changed: Mapping[str, str], parents: Sequence[int]) -> int:
        """Add a commit to the branch and return its mark."""
        self.mark += 1
        who = f"Person {self.mark % 7} <p{self.mark % 7:05}@example.org> {int(self.moment.timestamp())} +0000"
        head = [b"commit refs/heads/main", f"mark :{self.mark}".encode()]
        head += [f"{role} {who}".encode() for role in ("author", "committer")]
        head += [_data(subject)]
        head += [f"{word} :{parent}".encode() for word, parent in zip(("from", "merge"), parents, strict=False)]
        self.stream += [*head, *(f"M 100644 inline {path}\n".encode() + _data(text) for path, text in changed.items())]
        return self.mark

    @property
    def moment(self) -> datetime:
        """When the commit with this mark is made."""
        return START + self.mark * timedelta(minutes=5)

    def edit(self) -> dict[str, str]:
        """Edit one to three records, and return what is new."""
        changed = {}
        for _ in range(self.dice.randint(1, 3)):
            path, text = self._note_in_file() if self.dice.random() < 1 / 4 else self._ci()
            changed[path] = self.files[path] = text
        return changed

    def _ci(self) -> tuple[str, str]:
        path = BUSY if self.mark % 20 == 0 else self.dice.choice(self.cis)
        text = self.files[path]
        if self.dice.random() < 1 / 2:
            owner = next(line for line in text.splitlines() if line.startswith("owner: "))
            return path, text.replace(owner, f"owner: team:team-{self.dice.randrange(len(self.teams)):04}", 1)
        head = "" if "\ntimeline:\n" in text else "timeline:\n"
        note = f'{{at: {self.moment.isoformat()}, by: team:team-0000, type: note, text: "Looked at it."}}'
        return path, f"{text}{head}  - {note}\n"

    def _note_in_file(self) -> tuple[str, str]:
        folder = self.dice.choice(self.incidents).removesuffix(".yaml") + ".d"
        name = f"{self.moment:%Y%m%dT%H%M%SZ}-{''.join(self.dice.choices(CROCKFORD, k=4))}"
        entry = f"at: {self.moment.isoformat()}\nby: person:p00000\ntype: note\ntext: Somebody asked about it again.\n"
        return f"{folder}/{name}.yaml", entry


def make_past(folder: Path, records: int, commits: int, seed: int) -> None:
    """Make a git repository of so many records and commits in `folder`, which is made; the same for the same seed."""
    with tempfile.TemporaryDirectory() as scratch:
        generate(Path(scratch), records, seed)
        paths = sorted(path for path in Path(scratch).rglob("*") if path.is_file())
        files = {path.relative_to(scratch).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    past = _Import(files, Random(seed))
    tip = past.commit("records", files, [])
    while past.mark < commits:
        tip = _merged(past, tip) if past.mark % _EVERY == 0 else past.commit("Edit records", past.edit(), [tip])
    folder.mkdir(parents=True, exist_ok=True)
    stream = b"\n".join([*past.stream, b"done", b""])
    for arguments, text in ((["init", "-q", "-b", "main"], b""), (["fast-import", "--quiet", "--done"], stream)):
        subprocess.run(["git", *arguments], cwd=folder, input=text, check=True)
    subprocess.run(["git", "reset", "--hard", "-q"], cwd=folder, check=True)


def _merged(past: _Import, tip: int) -> int:
    """Add a branch of commits and the merge that takes it in."""
    side = tip
    changed: dict[str, str] = {}
    for _ in range(_BRANCH):
        edits = past.edit()
        changed |= edits
        side = past.commit("Edit records\n\nReviewed-by: Person 3 <p00003@example.org>\n", edits, [side])
    return past.commit(f"Merge pull request #{past.mark} from person/branch\n", changed, [tip, side])


def _data(text: str) -> bytes:
    data = text.encode()
    return f"data {len(data)}\n".encode() + data


def main() -> None:
    """Make a repository as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to make it; made if it is not there")
    parser.add_argument("--records", type=int, default=1000, help="how many records, about")
    parser.add_argument("--commits", type=int, default=200, help="how many commits, about")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other records and commits")
    arguments = parser.parse_args()
    make_past(arguments.folder, arguments.records, arguments.commits, arguments.seed)


if __name__ == "__main__":
    main()
