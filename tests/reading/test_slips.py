"""What people write by mistake, and how each slip is told: a golden that a newcomer must understand."""

import random
from collections.abc import Callable

import pytest

from itsm_as_code.model.finding import Fault
from itsm_as_code.reading.document import read_document
from tests.reading.slips import SLIPS

LIBYAML_WORDS = (
    *("while parsing", "while scanning", "did not find", "could not find", "expected <", "not allowed in this context"),
    *(
        "block mapping",
        "block collection",
        "flow mapping",
        "flow sequence",
        "block sequence",
        "plain scalar",
        "<block end>",
    ),
    *(
        "block end",
        "but found",
        "but got",
        "token",
        "found unexpected",
        "found character",
        "hexdecimal",
        "document start",
    ),
)
SHOWN = 60


def faults(text: str, *, pure: bool = False) -> list[Fault]:
    return list(read_document("record.yaml", text.encode(), pure=pure).faults)


def told(fault: Fault) -> str:
    assert fault.place
    return f"{fault.place.line}:{fault.place.column} {fault.message} [{fault.rule}]"


def shown(name: str) -> str:
    """Return a slip as the golden has it: the lines around each finding, an arrow below its place, and the words."""
    text = SLIPS[name]
    quick = faults(text)
    parts = [f"# {name}"]
    lines = text.split("\n")
    places = [(fault.place.line, fault.place.column) for fault in quick if fault.place]
    last = max([4, *(line for line, _ in places)])
    for number, line in enumerate(lines[:-1], 1):
        if number > last or (number > 3 and all(abs(number - at) > 1 for at, _ in places)):
            continue
        parts.append(f"{number:4} | {line.replace(chr(9), '→')[:SHOWN]}")
        parts += [f"     | {' ' * (column - 1)}^" for at, column in places if at == number]
    parts += [f"  {told(fault)}" for fault in quick] or ["  nothing is found"]
    parts += [
        f"  parser in Python: {words}" for words in map(told, faults(text, pure=True)) if words not in map(told, quick)
    ]
    return "\n".join(parts)


def test_how_slips_are_told(golden: Callable[[str, str], None]) -> None:
    golden("slips.txt", "\n\n".join(map(shown, SLIPS)) + "\n")


@pytest.mark.parametrize("name", SLIPS)
def test_places_lie_in_the_text(name: str) -> None:
    lines = SLIPS[name].split("\n")
    for pure in (False, True):
        for fault in faults(SLIPS[name], pure=pure):
            assert fault.place
            assert fault.place.line <= len(lines)
            assert fault.place.column <= len(lines[fault.place.line - 1]) + 1


@pytest.mark.parametrize("seed", range(2))
def test_no_message_has_a_parsers_words(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - slips that look random, no secrets
    for name, text in SLIPS.items():
        slipped = text
        for _ in range(2):
            at = chance.randrange(len(slipped))
            slipped = (
                slipped[:at]
                + chance.choice(["", "", " ", "\t", '"', "'", ":", "- ", "[", "}", "\n"])
                + slipped[at + 1 :]
            )
            for pure in (False, True):
                for fault in faults(slipped, pure=pure):
                    assert not [words for words in LIBYAML_WORDS if words in fault.message], (
                        name,
                        slipped,
                        fault.message,
                    )
