"""Writes the history of the sample organisation into a git repository, the same to the last byte every time."""

import os
import subprocess
from pathlib import Path

from tools.sample_history.story import story
from tools.sample_history.stream import stream

ROOT = Path(__file__).parents[2]


def make(folder: Path, root: Path = ROOT) -> int:
    """Make a git repository in an empty folder, `main` checked out, and return the number of its commits."""
    history = stream(story(root))
    folder.mkdir(parents=True, exist_ok=True)
    _git(folder, "init", "--quiet", "--initial-branch=main", "--template=", "--object-format=sha1")
    _git(folder, "fast-import", "--quiet", "--date-format=raw", "--done", stdin=history)
    _git(folder, "reset", "--quiet", "--hard", "main")
    return int(_git(folder, "rev-list", "--count", "HEAD"))


def _git(folder: Path, *arguments: str, stdin: bytes | None = None) -> str:
    """Run git away from the settings of whoever runs this."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-c", "core.autocrlf=false", *arguments]
    done = subprocess.run(command, cwd=folder, env={**plain, **settings}, input=stdin, capture_output=True, check=True)  # noqa: S603 - our own words
    return done.stdout.decode()
