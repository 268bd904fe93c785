"""The stories of the sample organisation: what a page shows of a record is in it.

A fence of YAML that begins with ``# records/….yaml`` shows lines of that file; a line
``# …`` stands for lines left out.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.consoles import CONSOLE, ROOT

PAGES = [ROOT / "docs" / "sample.md", *sorted((ROOT / "docs" / "stories").glob("*.md"))]
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


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs" / "waivers.md"], ids=lambda path: path.name)
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
    assert CONSOLE.search(text)
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
