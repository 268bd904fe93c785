"""Consoles that documentation shows, typed again in a copy of the sample organisation."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from random import Random

import pytest

from tests.support import RunItsm

ROOT = Path(__file__).parents[1]
NOW = "1773129600"
"""2026-03-10T09:00:00+01:00, the moment of the sample's stories, as SOURCE_DATE_EPOCH."""
LEFT_OUT = "…"
"""A line that stands for lines left out."""

CONSOLE = re.compile(r"^```console\n(?P<lines>.*?)^```$", re.MULTILINE | re.DOTALL)
CLOCK = re.compile(r'^\[clock\]: # "(?P<time>[^"\n]+)"$', re.MULTILINE)
"""When a page's consoles from there on are typed. A link's definition: nobody sees it who reads the page."""
_SED = re.compile(r"sed -i 's/(?P<old>[^/\n]+)/(?P<new>[^/\n]*)/' (?P<file>\S+)")
_QUOTED = re.compile(r"\"[^\"$]*\"|'[^']*'")
"""What a shell takes as it stands."""
_SAFE = ("itsm", "git", "cat", "cp", "mkdir", "echo", "head", "ls")
"""What a shell may be given; all else must be `cd`, or `sed` as the tests know it."""


@dataclass(frozen=True)
class Typed:
    """A line that a console shows after its `$`, and what stands below it."""

    line: str
    said: str

    @property
    def command(self) -> str:
        """What is typed, without the comment behind it."""
        return re.split(r"\s{2,}# ", self.line)[0].rstrip()


def typed(lines: str) -> Sequence[Typed]:
    """Return what is typed in a console."""
    parts = re.split(r"^\$ ([^\n]*)\n", lines, flags=re.MULTILINE)
    assert parts[0] == "", f"a console begins with what is typed: {lines}"
    return [Typed(line, said) for line, said in zip(parts[1::2], parts[2::2], strict=True)]


def shows(said: str, shown: str) -> bool:
    """Return whether `shown` is what was said, but for lines left out."""
    if LEFT_OUT not in shown.split("\n"):
        return said == shown
    pattern = "".join(".*" if line == f"{LEFT_OUT}\n" else re.escape(line) for line in shown.splitlines(keepends=True))
    return re.fullmatch(pattern, said, re.DOTALL) is not None


class Desk:
    """Somebody at a keyboard, in a copy of the sample organisation that is a git repository."""

    def __init__(self, scratch: Path, sample: Path, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch) -> None:
        self._sample = sample
        self._numbers = (scratch / f"desk-{number}" for number in count())
        self._run_itsm = run_itsm
        self._random = Random(7)  # noqa: S311 - ids that are the same every time
        bin_ = scratch / "bin"
        bin_.mkdir()
        (bin_ / "itsm").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m itsm_as_code "$@"\n', encoding="utf-8")
        (bin_ / "itsm").chmod(0o755)
        monkeypatch.setenv("PATH", f"{bin_}{os.pathsep}{os.environ['PATH']}")
        self._monkeypatch = monkeypatch
        self.set_clock(int(NOW))
        monkeypatch.setattr("itsm_as_code.cli.editing.SystemRandom", lambda: self._random)
        user = scratch / "gitconfig"
        user.write_text("[user]\n\tname = Leila Haddad\n\temail = leila.haddad@seven-farms.example\n", encoding="utf-8")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(user))
        self.elsewhere = scratch / "elsewhere"
        self.elsewhere.mkdir()
        self.cwd = self.sample()

    def sample(self) -> Path:
        """Return a fresh copy of the sample organisation."""
        return shutil.copytree(self._sample, next(self._numbers))

    def set_clock(self, seconds: int) -> None:
        """Let it be that many seconds after 1970, for `itsm` and for `git`."""
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))
        for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
            self._monkeypatch.setenv(name, f"{seconds} +0100")

    def type(self, line: str) -> tuple[int, str]:
        """Run a line as a shell would; return the exit code, and what is said, first on standard output.

        Whoever begins a repository of records, or imports into one, stands outside of the sample.
        """
        if line.startswith(("itsm init ", "itsm import ")):
            self.cwd = self.elsewhere
        said = ""
        for part in re.split(r"\s*&&\s*", line):
            code, text = self._do(part)
            said += text
            if code:
                return code, said
        return 0, said

    def _do(self, part: str) -> tuple[int, str]:
        first, _, rest = part.partition(" ")
        if first == "cd":
            self.cwd = self.cwd / rest
            return 0, ""
        if first == "sed":
            self._edit(part)
            return 0, ""
        assert first in _SAFE, f"{first} is not run by tests"
        if first == "itsm" and not re.search(r"[|><;~$]", _QUOTED.sub("", part)):
            run = self._run_itsm(*shlex.split(part)[1:], cwd=self.cwd)
            code, text = run.exit_code, run.stdout + run.stderr
        else:
            done = subprocess.run(["bash", "-c", part], cwd=self.cwd, capture_output=True, text=True, check=False)
            code, text = done.returncode, done.stdout + done.stderr
        assert "Traceback" not in text, text
        return code, "".join(f"{line.rstrip()}\n" for line in text.splitlines())

    def _edit(self, part: str) -> None:
        """Change a text by sed's `s`, which must change something; other programs of that name differ in `-i`."""
        found = _SED.fullmatch(part)
        assert found, f"only sed -i 's/old/new/' FILE is known: {part}"
        file = self.cwd / found["file"]
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        # For sed these are letters like any other.
        pattern = re.sub(r"([+?(){}|])", r"\\\1", found["old"])
        changed = [re.sub(pattern, found["new"], line, count=1) for line in lines]
        assert changed != lines, part
        file.write_text("".join(changed), encoding="utf-8")


def told_again(text: str, desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield each console of a page as it stands, and as it is said now: the same where nothing differs.

    A page is one session: what a console writes is there for the next one. One that begins with `sed` shows what would
    be, in a copy of its own. A page may say when its consoles are typed.
    """
    session = desk.cwd
    clocks = {found.end(): datetime.fromisoformat(found["time"]) for found in CLOCK.finditer(text)}
    for console in CONSOLE.finditer(text):
        clock = [time for end, time in clocks.items() if end < console.start()][-1:]
        desk.set_clock(int(clock[0].timestamp()) if clock else int(NOW))
        steps = typed(console["lines"])
        supposes = steps[0].line.startswith("sed ")
        desk.cwd = desk.sample() if supposes else session
        now = ""
        for step in steps:
            _, said = desk.type(step.command)
            now += f"$ {step.line}\n{step.said if shows(said, step.said) else said}"
        if not supposes:
            session = desk.cwd
        yield console["lines"], now
