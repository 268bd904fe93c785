"""The stories of the sample organisation: what a page shows of a record is in it, and what a command says is said.

A fence that begins with ``$ itsm …`` is run on the sample at the time of its stories; `--update-golden` writes what
is said now into the page. One that begins with ``$ sed -i 's/…/…/' FILE && itsm …`` is run on a copy of the sample in
which that one text is another. A fence of YAML that begins with ``# records/….yaml`` shows lines of that file; a line
``# …`` stands for lines left out.
"""

import re
import shlex
import shutil
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest

from tests.support import RunItsm

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "docs" / "sample.md", *sorted((ROOT / "docs" / "stories").glob("*.md"))]
TOURS = [ROOT / "README.md", ROOT / "docs" / "impact.md"]
"""Other pages that show what commands say of the sample."""
NOT_RUN = ("itsm lint records/incidents", "itsm render build/site --now", "itsm new incident --title")
"""How commands of the tour begin that speak of a copy with slips, or write files."""
NOW = "1773129600"
"""2026-03-10T09:00:00+01:00, as SOURCE_DATE_EPOCH."""

EDIT = r"sed -i 's/(?P<old>[^/\n]+)/(?P<new>[^/\n]*)/' (?P<edited>records/\S+) && "
COMMAND = re.compile(
    rf"^```console\n\$ (?P<line>(?:{EDIT})?(?P<command>itsm [^\n]+))\n(?P<said>.*?)^```$", re.MULTILINE | re.DOTALL
)
EXCERPT = re.compile(
    r"^```yaml\n# (?P<file>(?:records/[^\n]+|itsm)\.yaml)\n(?P<lines>.*?)^```$", re.MULTILINE | re.DOTALL
)
LEFT_OUT = "# …"


def in_order(shown: Sequence[str], lines: Sequence[str]) -> bool:
    """Return whether the blocks of `shown`, parted where lines are left out, are in `lines` one after the other."""
    position = 0
    for text in "\n".join(shown).split(LEFT_OUT):
        block = [line for line in text.split("\n") if line.strip()]
        ends = [
            start + len(block)
            for start in range(position, len(lines) - len(block) + 1)
            if list(lines[start : start + len(block)]) == block
        ]
        if not ends:
            return False
        position = ends[0]
    return True


def edited(root: Path, found: re.Match[str]) -> Path:
    """Make a copy of the sample in which a fence's one text is another, which must change it."""
    shutil.copytree(ROOT / "records", root / "records")
    shutil.copy(ROOT / "itsm.yaml", root)
    file = root / found["edited"]
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    # For sed these are letters like any other.
    pattern = re.sub(r"([+?(){}|])", r"\\\1", found["old"])
    changed = [re.sub(pattern, found["new"], line, count=1) for line in lines]
    assert changed != lines, found["line"]
    file.write_text("".join(changed), encoding="utf-8")
    return root


@pytest.mark.parametrize("page", [*PAGES, *TOURS], ids=lambda path: path.name)
def test_a_page_shows_what_the_commands_say(
    page: Path, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    copies = (tmp_path / str(number) for number in count())

    def say(found: re.Match[str]) -> str:
        if page.name == "README.md" and found["command"].startswith(NOT_RUN):
            return found[0]
        root = edited(next(copies), found) if found["edited"] else ROOT
        run = run_itsm(*shlex.split(found["command"])[1:], cwd=root)
        assert run.exit_code in (0, 1), run.stderr
        said = "".join(f"{line.rstrip()}\n" for line in (run.stdout + run.stderr).splitlines())
        return f"```console\n$ {found['line']}\n{said}```"

    text = page.read_text(encoding="utf-8")
    now = COMMAND.sub(say, text)
    if request.config.getoption("--update-golden"):
        page.write_text(now, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == now


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_shows_records_as_they_are(page: Path) -> None:
    wrong = [
        excerpt["lines"]
        for excerpt in EXCERPT.finditer(page.read_text(encoding="utf-8"))
        if not in_order(
            excerpt["lines"].splitlines(), (ROOT / excerpt["file"]).read_text(encoding="utf-8").splitlines()
        )
    ]
    assert wrong == []


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda path: path.name)
def test_a_story_shows_records_and_what_is_said_of_them(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert EXCERPT.search(text)
    assert COMMAND.search(text)
    assert text.count("```console\n$ ") == len(COMMAND.findall(text))
    assert f"](stories/{page.name})" in PAGES[0].read_text(encoding="utf-8")


def test_there_are_about_a_dozen_stories() -> None:
    assert 12 <= len(PAGES) - 1 <= 15


@pytest.mark.parametrize(
    ("shown", "holds"),
    [
        (["b: 2", "c: 3"], True),
        (["a: 1", LEFT_OUT, "d: 4"], True),
        ([LEFT_OUT, "d: 4"], True),
        (["a: 1", "d: 4"], False),
        (["d: 4", LEFT_OUT, "a: 1"], False),
        (["b: 22"], False),
    ],
)
def test_an_excerpt_that_is_none_is_seen(shown: list[str], *, holds: bool) -> None:
    assert in_order(shown, ["a: 1", "b: 2", "c: 3", "d: 4"]) is holds
