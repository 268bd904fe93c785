"""Files that would break a reader: each is told by its rule, and all the others with it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.hostile.contents import LARGE, ODD, Hostile
from tests.hostile.runs import FILES, NEIGHBOUR, itsm, lint, write

CASES = {f"records/cis/case-{number:03}.yaml": case for number, case in enumerate((*LARGE, *ODD))}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    write(root, {**FILES, **{path: case.data(case.test_size) for path, case in CASES.items()}})
    return root


@pytest.fixture(scope="module")
def found(repository: Path) -> Mapping[str, Sequence[tuple[str, int, int]]]:
    return lint(repository)


@pytest.mark.parametrize(("path", "case"), [pytest.param(*item, id=item[1].name) for item in CASES.items()])
def test_a_hostile_file_is_told_by_its_rule(
    path: str, case: Hostile, found: Mapping[str, Sequence[tuple[str, int, int]]]
) -> None:
    rules = {rule for rule, _line, _column in found.get(path, ())}
    assert case.rule in rules if case.rule else not rules
    assert all(line >= 1 and column >= 1 for _rule, line, column in found.get(path, ()))


@pytest.mark.parametrize("format_", ["text", "github"])
def test_every_format_can_print_what_is_found(format_: str, repository: Path) -> None:
    done = itsm(repository, "lint", "--format", format_)
    assert (done.returncode, done.stderr) == (1, b"")
    assert f"{NEIGHBOUR}:2:1" in done.stdout.decode() or f"file={NEIGHBOUR},line=2" in done.stdout.decode()
    assert all(letter.isprintable() for letter in done.stdout.decode().replace("\n", ""))


COMMANDS = {
    "check": ["check", "--now", "2026-03-10T09:00:00Z"],
    "link": ["link"],
    "show": ["show", "team:web"],
    "impact": ["impact", "team:web"],
    "render": ["render", "site", "--now", "2026-03-10T09:00:00Z"],
}


@pytest.mark.parametrize("words", [pytest.param(words, id=name) for name, words in COMMANDS.items()])
def test_every_command_that_reads_ends_well(words: Sequence[str], repository: Path) -> None:
    done = itsm(repository, *words)
    assert done.returncode in (0, 1, 2), done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 1
