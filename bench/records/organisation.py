"""Generated teams, people and services."""

from bench.world import World

GIVEN = ("Ada", "Ben", "Chi", "Dan", "Eve", "Fay", "Gus", "Hana", "Ivo", "Jun", "Kim", "Leo")
FAMILY = ("Arden", "Baker", "Cole", "Duval", "Egger", "Frost", "Gray", "Huber", "Iwata", "Jansen")


def team(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a team."""
    people = world.some("person", 8)
    members = "".join(f"\n  - person:p{person:05}" for person in people)
    return (
        f"team-{number:04}",
        f"""\
name: Team {number:04}
description: |
  Runs what is in hall {number % 7}, and answers for it by day.
  By night the one who is on call does.
visibility: internal
tags: [hall-{number % 7}]
lead: person:p{people[0]:05}
members:{members}
contact: team-{number:04}@generated.example
on_call: https://on-call.generated.example/team-{number:04}
""",
    )


def person(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a person; each but the first has a manager who came before."""
    name = f"{world.dice.choice(GIVEN)} {world.dice.choice(FAMILY)}"
    manager = f"manager: person:p{world.dice.randrange(number):05}\n" if number else ""
    return (
        f"p{number:05}",
        f"""\
name: {name}
description: Works in hall {number % 7}.
visibility: internal
emails:
  - p{number:05}@generated.example
  - {name.lower().replace(" ", ".")}.{number}@generated.example
handles:
  github: {{login: generated-p{number:05}, id: {1000 + number}}}
{manager}active: true
from: "2019-{number % 12 + 1:02}-01"
""",
    )


def service(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a service, which depends on CIs and perhaps on a service that came before."""
    # None of the better tier needs another service, which might be of a worse one.
    needs = [f"service:s{world.dice.randrange(number):04}"] if number % 3 == 0 and number % 4 else []
    needs += [f"ci:ci-{ci:05}" for ci in world.some("ci", 6)]
    depends_on = "".join(f"\n  - {address}" for address in needs)
    owner = world.team()
    return (
        f"s{number:04}",
        f"""\
title: Service {number:04}
description: |
  What hall {number % 7} needs for its daily work.
  It is asked for most on Mondays.
state: live
owner: {owner}
visibility: {"public" if number % 2 else "internal"}
type: business
tier: {4 if number % 4 else 3}
support_team: {owner}
hours: Monday to Friday, 08:00 to 18:00
depends_on:{depends_on}
public: {{name: Service {number:04}, group: Hall {number % 7}, order: {number}}}
runbook: https://runbooks.generated.example/s{number:04}
""",
    )
