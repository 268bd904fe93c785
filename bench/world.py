"""What the makers of generated records share: how many there are of each kind, the dice, ids and times."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

PREFIXES: Mapping[str, str] = {
    "change": "CHG",
    "incident": "INC",
    "known-error": "KE",
    "problem": "PRB",
    "request": "REQ",
}
"""Prefix of each kind whose ids hold a day."""

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
FIRST_DAY = datetime.fromisoformat("2023-01-02T08:00:00+00:00")
LAST_DAY = datetime.fromisoformat("2026-03-01T08:00:00+00:00")
LEVELS = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class World:
    """How many records of each kind there are, when those of the dated kinds were opened, and the dice."""

    counts: Mapping[str, int]
    opened: Mapping[str, tuple[datetime, ...]]
    dice: Random

    def one(self, kind: str) -> int:
        """Return the number of a random record of a kind."""
        return self.dice.randrange(self.counts[kind])

    def some(self, kind: str, count: int) -> list[int]:
        """Return the numbers of at most so many different records of a kind, in order."""
        return sorted({self.one(kind) for _ in range(count)})

    def person(self) -> str:
        """Return the address of a random person."""
        return f"person:p{self.one('person'):05}"

    def team(self) -> str:
        """Return the address of a random team."""
        return f"team:team-{self.one('team'):04}"

    def id(self, kind: str, number: int) -> str:
        """Return the id of a record of a dated kind: the day, and a tail that no other number has."""
        digits, rest = [], number
        for _ in range(4):
            rest, digit = divmod(rest, len(CROCKFORD))
            digits.append(CROCKFORD[digit])
        return f"{PREFIXES[kind]}-{self.opened[kind][number]:%Y%m%d}-{''.join(reversed(digits))}"


def make_world(counts: Mapping[str, int], seed: int) -> World:
    """Return a world of so many records of each kind; the same seed gives the same."""
    dice = Random(seed)
    opened = {kind: tuple(random_moment(dice) for _ in range(counts[kind])) for kind in PREFIXES}
    # A known error is of the problem of the same number, and a little younger.
    opened["known-error"] = tuple(start + timedelta(days=3) for start in opened["problem"][: counts["known-error"]])
    return World(counts, opened, dice)


def random_moment(dice: Random) -> datetime:
    """Return a random minute of the years that the records cover."""
    minutes = int((LAST_DAY - FIRST_DAY) / timedelta(minutes=1))
    return FIRST_DAY + timedelta(minutes=dice.randrange(minutes))


def after(start: datetime, minutes: int) -> str:
    """Return the time so many minutes after `start`, as records write it."""
    return (start + timedelta(minutes=minutes)).isoformat()
