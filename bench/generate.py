"""Makes a repository of records that look like an organisation's: any number of them, the same for the same seed.

    python -m bench.generate FOLDER --records 10000 --seed 1

The eight kinds of which organisations have most records, with links, timelines and outages, about 25 lines a record,
and nothing for `itsm lint` to report.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

NOW = "2026-03-12T09:00:00+00:00"
"""Shortly after the last entry of any record."""

FOLDERS: Mapping[str, str] = {
    "asset": "assets",
    "change": "changes",
    "ci": "cis",
    "incident": "incidents",
    "person": "people",
    "problem": "problems",
    "service": "services",
    "team": "teams",
}
"""Folder of each kind under `records/`."""

SHARES: Mapping[str, float] = {
    "team": 0.01,
    "person": 0.04,
    "service": 0.03,
    "ci": 0.22,
    "asset": 0.10,
    "problem": 0.05,
    "change": 0.20,
    "incident": 0.35,
}

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
FIRST_DAY = datetime.fromisoformat("2023-01-02T08:00:00+00:00")
LAST_DAY = datetime.fromisoformat("2026-03-01T08:00:00+00:00")
FAULTS = (
    "answers slowly",
    "drops connections",
    "runs out of disk",
    "refuses logins",
    "restarts by itself",
    "loses mail",
)
WORKS = ("Patch", "Restart", "Move", "Resize", "Rewire", "Upgrade")
GIVEN = ("Ada", "Ben", "Chi", "Dan", "Eve", "Fay", "Gus", "Hana", "Ivo", "Jun", "Kim", "Leo")
FAMILY = ("Arden", "Baker", "Cole", "Duval", "Egger", "Frost", "Gray", "Huber", "Iwata", "Jansen")
LEVELS = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class World:
    """How many records of each kind there are, and the dice."""

    counts: Mapping[str, int]
    dice: Random

    def one(self, kind: str) -> int:
        """Return the number of a random record of a kind."""
        return self.dice.randrange(self.counts[kind])

    def moment(self) -> datetime:
        """Return a random minute of the years that the records cover."""
        minutes = int((LAST_DAY - FIRST_DAY) / timedelta(minutes=1))
        return FIRST_DAY + timedelta(minutes=self.dice.randrange(minutes))


def after(start: datetime, minutes: int) -> str:
    """Return the time so many minutes after `start`, as records write it."""
    return (start + timedelta(minutes=minutes)).isoformat()


def process_id(prefix: str, number: int, start: datetime) -> str:
    """Return an id of a process kind: the day, and a tail that no other number has."""
    digits = []
    for _ in range(4):
        number, digit = divmod(number, len(CROCKFORD))
        digits.append(CROCKFORD[digit])
    return f"{prefix}-{start:%Y%m%d}-{''.join(reversed(digits))}"


def generate(folder: Path, records: int, seed: int) -> None:
    """Write about so many records, and an `itsm.yaml`, into `folder`; the same seed gives the same bytes."""
    counts = {kind: max(2, round(records * share)) for kind, share in SHARES.items()}
    world = World(counts, Random(seed))
    settings = "format: 1\norganisation:\n  name: Generated Ltd\ntime_zone: Etc/UTC\n"
    for path, text in [("itsm.yaml", settings), *_all_records(world)]:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _all_records(world: World) -> Iterator[tuple[str, str]]:
    makers: Mapping[str, Callable[[World, int], tuple[str, str]]] = {
        "team": _team,
        "person": _person,
        "service": _service,
        "ci": _ci,
        "asset": _asset,
        "problem": _problem,
        "change": _change,
        "incident": _incident,
    }
    for kind, make in makers.items():
        for number in range(world.counts[kind]):
            id_, text = make(world, number)
            year = f"{id_[4:8]}/" if id_[3:4] == "-" and kind in {"problem", "change", "incident"} else ""
            yield f"records/{FOLDERS[kind]}/{year}{id_}.yaml", text


def _team(world: World, number: int) -> tuple[str, str]:
    people = sorted({world.one("person") for _ in range(5)})
    members = "".join(f"\n  - person:p{person:05}" for person in people)
    return (
        f"team-{number:04}",
        f"""\
name: Team {number:04}
description: Runs what is in hall {number % 7}, and answers for it by day.
visibility: internal
tags: [hall-{number % 7}]
lead: person:p{people[0]:05}
members:{members}
contact: team-{number:04}@generated.example
on_call: https://on-call.generated.example/team-{number:04}
""",
    )


def _person(world: World, number: int) -> tuple[str, str]:
    name = f"{world.dice.choice(GIVEN)} {world.dice.choice(FAMILY)}"
    manager = f"manager: person:p{world.dice.randrange(number):05}\n" if number else ""
    return (
        f"p{number:05}",
        f"""\
name: {name}
description: Works in hall {number % 7}.
visibility: internal
emails: [p{number:05}@generated.example]
handles:
  github: {{login: generated-p{number:05}, id: {1000 + number}}}
{manager}active: true
from: "2019-{number % 12 + 1:02}-01"
""",
    )


def _service(world: World, number: int) -> tuple[str, str]:
    # None of the better tier needs another service, which might be of a worse one.
    needs = [f"service:s{world.dice.randrange(number):04}"] if number % 3 == 0 and number % 4 else []
    needs += [f"ci:ci-{ci:05}" for ci in sorted({world.one("ci") for _ in range(6)})]
    depends_on = "".join(f"\n  - {address}" for address in needs)
    team = world.one("team")
    return (
        f"s{number:04}",
        f"""\
title: Service {number:04}
description: |
  What hall {number % 7} needs for its daily work.
  It is asked for most on Mondays.
state: live
owner: team:team-{team:04}
visibility: {"public" if number % 2 else "internal"}
type: business
tier: {4 if number % 4 else 3}
support_team: team:team-{team:04}
hours: Monday to Friday, 08:00 to 18:00
depends_on:{depends_on}
public: {{name: Service {number:04}, group: Hall {number % 7}, order: {number}}}
runbook: https://runbooks.generated.example/s{number:04}
""",
    )


def _ci(world: World, number: int) -> tuple[str, str]:
    hardware = number % 5 == 0
    class_ = "server" if hardware else world.dice.choice(("vm", "application", "database"))
    below = world.dice.randrange(number) // 5 * 5 if number else 0
    relations = "" if hardware else f"relations:\n  - {{type: runs_on, to: ci:ci-{below:05}}}\n"
    if not hardware and number % 3 == 0:
        relations += f"  - {{type: backed_up_by, to: ci:ci-{world.dice.randrange(number):05}}}\n"
    team = world.one("team")
    return (
        f"ci-{number:05}",
        f"""\
title: {class_} {number:05}
description: |
  One of the machines and programs of hall {number % 7}.
  Restarting it takes about ten minutes.
state: operational
owner: team:team-{team:04}
visibility: internal
tags: [hall-{number % 7}, generated]
class: {class_}
environment: production
criticality: {world.dice.choice(LEVELS)}
support_team: team:team-{team:04}
location: Hall {number % 7}, row {number % 30}
vendor: Generated Machines
model: GM-{number % 40}
version: "{number % 9}.{number % 4}"
end_of_support: "2031-06-30"
{relations}timeline:
  - {{at: {after(world.moment(), 0)}, by: team:team-{team:04}, type: note, text: "Checked on site, nothing to do."}}
""",
    )


def _asset(world: World, number: int) -> tuple[str, str]:
    bought = FIRST_DAY + timedelta(days=world.dice.randrange(300))
    team = world.one("team")
    return (
        f"AS-{number:05}",
        f"""\
title: Laptop {number:05}
description: Bought with the yearly order.
state: in-use
owner: team:team-{team:04}
visibility: internal
class: end-user-device
model: GM-Book {number % 6}
serial: SN{number:07}
assigned_to: person:p{world.one("person"):05}
location: Hall {number % 7}
purchase:
  date: "{bought:%Y-%m-%d}"
  order: PO-{number // 20:04}
  vendor: Generated Machines
  cost: {{amount: "{900 + number % 700}.00", currency: EUR}}
warranty: {{start: "{bought:%Y-%m-%d}", end: "2029-12-31"}}
timeline:
  - {{at: {after(bought, 0)}, by: team:team-{team:04}, type: created}}
  - {{at: {after(bought, 9000)}, by: team:team-{team:04}, type: transition, to: in-stock}}
  - {{at: {after(bought, 9900)}, by: team:team-{team:04}, type: transition, to: in-use}}
""",
    )


def _problem(world: World, number: int) -> tuple[str, str]:
    start, by = world.moment(), f"person:p{world.one('person'):05}"
    ci, service, team = world.one("ci"), world.one("service"), world.one("team")
    return (
        process_id("PRB", number, start),
        f"""\
title: Machine {ci:05} fails under load
description: |
  It fails on Mondays, when most people ask for it.
state: resolved
origin: proactive
impact: medium
urgency: low
services: [service:s{service:04}]
cis: [{{ci: "ci:ci-{ci:05}", role: cause}}]
assignment: {{team: "team:team-{team:04}", person: "{by}"}}
root_cause:
  statement: A cache without a limit fills the memory in about six hours.
  method: 5-whys
workaround: Restart it on Sunday evening.
resolution: {{code: risk-accepted, accepted_by: "{by}", review_on: "2031-01-15", notes: A restart a week costs less.}}
timeline:
  - {{at: {after(start, 0)}, by: "{by}", type: created}}
  - {{at: {after(start, 60)}, by: "{by}", type: transition, to: assess}}
  - {{at: {after(start, 90)}, by: "{by}", type: transition, to: root-cause-analysis}}
  - {{at: {after(start, 2000)}, by: "{by}", type: note, text: "Found it: the cache never forgets."}}
  - {{at: {after(start, 3000)}, by: "{by}", type: transition, to: fix-in-progress}}
  - {{at: {after(start, 9000)}, by: "{by}", type: transition, to: resolved}}
""",
    )


def _change(world: World, number: int) -> tuple[str, str]:
    start, by = world.moment(), f"person:p{world.one('person'):05}"
    ci, service, team = world.one("ci"), world.one("service"), world.one("team")
    return (
        process_id("CHG", number, start),
        f"""\
title: {world.dice.choice(WORKS)} machine {ci:05}
description: Part of the yearly round through hall {ci % 7}.
state: closed
visibility: {"public" if number % 3 else "internal"}
type: normal
reason: The vendor supports the present version until the end of the quarter only.
requested_by: {by}
implementer: {by}
assignment: {{team: "team:team-{team:04}"}}
services: [service:s{service:04}]
cis: [ci:ci-{ci:05}]
planned: {{start: {after(start, 4000)}, end: {after(start, 4120)}}}
outage: {{expected: true, services: [service:s{service:04}], message: "The service is away for a few minutes."}}
risk: {{impact: low, likelihood: low}}
plans:
  implementation: [{{do: Stop it and start the new version, minutes: 20}}]
  backout: [{{do: Start the old version again, minutes: 20}}]
  test: Tried on the spare machine.
  verification: The dashboard is green.
result: {{code: successful, notes: As planned.}}
timeline:
  - {{at: {after(start, 0)}, by: "{by}", type: created}}
  - {{at: {after(start, 600)}, by: "{by}", type: transition, to: scheduled}}
  - {{at: {after(start, 4001)}, by: "{by}", type: transition, to: implement}}
  - {{at: {after(start, 4060)}, by: "{by}", type: transition, to: review}}
  - {{at: {after(start, 7000)}, by: "{by}", type: transition, to: closed}}
""",
    )


def _incident(world: World, number: int) -> tuple[str, str]:
    start, by = world.moment(), f"person:p{world.one('person'):05}"
    # Each CI in its turn, so that none is forgotten and none fails so often that a problem is missed.
    ci, service, team = number % world.counts["ci"], world.one("service"), world.one("team")
    return (
        process_id("INC", number, start),
        f"""\
title: Machine {ci:05} {world.dice.choice(FAULTS)}
description: |
  Reported by three people within ten minutes.
  The logs show nothing before 08:00.
state: closed
visibility: {"public" if number % 3 else "internal"}
impact: {world.dice.choice(LEVELS)}
urgency: {world.dice.choice(LEVELS)}
category: infrastructure
services: [service:s{service:04}]
cis: [{{ci: "ci:ci-{ci:05}", role: affected}}]
assignment: {{team: "team:team-{team:04}", person: "{by}"}}
public: {{level: degraded, message: Some requests take longer than usual.}}
resolution: {{code: fixed, notes: Restarted and watched for an hour.}}
timeline:
  - {{at: {after(start, 0)}, by: "{by}", type: created}}
  - {{at: {after(start, 2)}, by: "{by}", type: impact, services: [service:s{service:04}], level: degraded}}
  - {{at: {after(start, 5)}, by: "{by}", type: assigned, to: team:team-{team:04}}}
  - {{at: {after(start, 6)}, by: "{by}", type: transition, to: in-progress}}
  - {{at: {after(start, 20)}, by: "{by}", type: note, text: "Memory is full; restarting."}}
  - {{at: {after(start, 45)}, by: "{by}", type: impact, services: [service:s{service:04}], level: none}}
  - {{at: {after(start, 50)}, by: "{by}", type: transition, to: resolved}}
  - {{at: {after(start, 4000)}, by: "{by}", type: transition, to: closed}}
""",
    )


def main() -> None:
    """Generate as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to write; made if it is not there")
    parser.add_argument("--records", type=int, default=1000, help="how many records, about")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other records")
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.records, arguments.seed)


if __name__ == "__main__":
    main()
