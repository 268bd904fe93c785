"""The history of the Jenkins project's status page as a git repository of records, commit by commit.

The data tells who touched which notice when, in 660 commits, and what each notice says in the end; of what it said
in between it keeps nothing. So a notice's last version, which is the import's, comes with the last commit that touched
it. An earlier one has what its own times allow: entries of its timeline that are not later than the commit, and the
state that follows. A commit that brings nothing by that measure is kept, empty.
"""

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.support import unpacked
from tools.sample_history import text as texts
from tools.sample_history.record import RecordHistory

DATA = Path(__file__).parents[2] / "shared" / "data" / "jenkins-status"


@dataclass(frozen=True, slots=True)
class Touch:
    """One commit of the log, oldest first: what it did to which files."""

    at: datetime
    author: str
    subject: str
    files: Sequence[tuple[str, str]]


def rebuild(folder: Path, data: Path = DATA) -> int:
    """Make a git repository of the page's records in an empty folder; return the number of its commits."""
    site = folder / "site"
    unpacked(data / "jenkins-status.tar.gz", site)
    (site / "config.yml").write_bytes((data / "config.yml").read_bytes())
    imported = folder / "imported"
    command = [sys.executable, "-m", "itsm_as_code", "import", "cstate", str(site), "--into", str(imported)]
    subprocess.run(command, capture_output=True, check=True)
    repo = folder / "repo"
    repo.mkdir()
    _git(repo, "init", "--quiet", "--initial-branch=main", "--template=")
    _git(repo, "fast-import", "--quiet", "--date-format=raw", "--done", stdin=b"".join(_stream(imported, log(data))))
    _git(repo, "reset", "--quiet", "--hard", "main")
    return int(_git(repo, "rev-list", "--count", "main"))


def log(data: Path = DATA) -> Sequence[Touch]:
    """Return the commits of the page, oldest first."""
    with gzip.open(data / "git-log.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [
        Touch(
            datetime.fromisoformat(row["date"]),
            row["author"],
            row["subject"],
            [(status, path) for status, path, *_ in row["files"]],
        )
        for row in reversed(rows)
    ]


def _stream(imported: Path, touches: Sequence[Touch]) -> Iterator[bytes]:
    paths = [path.relative_to(imported).as_posix() for path in sorted(imported.rglob("*.yaml"))]
    records = {path: RecordHistory(path, (imported / path).read_text(encoding="utf-8")) for path in paths}
    by_notice = {
        f"content/issues/{history.values['external'][0]['id']}": history
        for history in records.values()
        if history.folder in {"incidents", "changes"}
    }
    last = {path: touch for touch in touches for status, path in touch.files if status != "D"}
    others = {path: history.text for path, history in records.items() if history not in by_notice.values()}
    present: dict[str, str] = {}
    committed = 0
    for number, touch in enumerate(touches, start=1):
        committed = max(int(touch.at.timestamp()), committed + 1)
        changes = dict(_changes(touch, by_notice, last))
        if number == 1:
            changes |= others
        who = f"{touch.author} <{re.sub(r'[^a-z0-9]+', '.', touch.author.lower())}@status.invalid>"
        yield f"commit refs/heads/main\nmark :{number}\n".encode()
        yield f"author {who} {int(touch.at.timestamp())} {touch.at:%z}\n".encode()
        yield f"committer {who} {committed} {touch.at:%z}\n".encode() + _data(touch.subject + "\n")
        for path, text in sorted(changes.items()):
            if text is None and present.pop(path, None) is not None:
                yield f"D {path}\n".encode()
            elif text is not None and present.get(path) != text:
                present[path] = text
                yield f"M 100644 inline {path}\n".encode() + _data(text)
        yield b"\n"
    yield b"done\n"


def _changes(
    touch: Touch, by_notice: Mapping[str, RecordHistory], last: Mapping[str, Touch]
) -> Iterator[tuple[str, str | None]]:
    """Yield the records that a commit touches, with what they say after it; None where the notice is gone."""
    for status, notice in touch.files:
        history = by_notice.get(notice)
        if history is not None:
            text = history.text if last[notice] is touch else version(history, touch.at)
            yield history.path, None if status == "D" else text


def version(history: RecordHistory, at: datetime) -> str:
    """Return what a record can have said at a time: what it announces, and the entries until then."""
    entries = history.entries
    announced = sum(entry["at"] == entries[0]["at"] and entry.get("to") != "implement" for entry in entries)
    count = next((number for number, entry in enumerate(entries) if _moment(entry["at"]) > at), len(entries))
    if count == 0:
        states = [number for number, entry in enumerate(entries) if entry.get("to") in {"implement", "resolved"}]
        count = min([announced, *states])
    exists = _Everything()
    fields = texts.fields(history.version(at, count, exists))
    if entries[count - 1].get("to") != "closed":
        # Only what is over is history.
        fields["external"] = fields["external"].replace("    history: true\n", "")
    return "".join(fields.values())


class _Everything:
    """Where links that lead nowhere stay, as they stand in the data."""

    def __contains__(self, _address: object) -> bool:
        return True


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _data(text: str) -> bytes:
    data = text.encode()
    return b"data %d\n%b\n" % (len(data), data)


def _git(folder: Path, *arguments: str, stdin: bytes | None = None) -> str:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**plain, **settings}, input=stdin, capture_output=True, check=True
    )
    return done.stdout.decode()
