"""Generated CIs, assets, contracts and licences."""

from datetime import timedelta

from bench.world import FIRST_DAY, LEVELS, World, after, random_moment


def ci(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a CI; every fifth is hardware, on which those after it run."""
    hardware = number % 5 == 0
    class_ = "server" if hardware else world.dice.choice(("vm", "application", "database"))
    below = world.dice.randrange(number) // 5 * 5 if number else 0
    relations = "" if hardware else f"relations:\n  - {{type: runs_on, to: ci:ci-{below:05}}}\n"
    if not hardware and number % 3 == 0:
        relations += f"  - {{type: backed_up_by, to: ci:ci-{world.dice.randrange(number):05}}}\n"
    owner, checked = world.team(), random_moment(world.dice)
    return (
        f"ci-{number:05}",
        f"""\
title: {class_} {number:05}
description: |
  One of the machines and programs of hall {number % 7}.
  Restarting it takes about ten minutes.
state: operational
owner: {owner}
visibility: internal
tags: [hall-{number % 7}, generated]
class: {class_}
environment: production
criticality: {world.dice.choice(LEVELS)}
support_team: {owner}
location: Hall {number % 7}, row {number % 30}
vendor: Generated Machines
model: GM-{number % 40}
version: "{number % 9}.{number % 4}"
attributes:
  cores: {4 << number % 4}
  address: 10.{number // 65536}.{number // 256 % 256}.{number % 256}
installed:
  - {{product: Generated Agent {number % 5}}}
end_of_support: "2031-06-30"
{relations}timeline:
  - {{at: {after(checked, 0)}, by: {owner}, type: note, text: "Checked on site, nothing to do."}}
""",
    )


def asset(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a laptop in use by the person of its number."""
    bought = FIRST_DAY + timedelta(days=world.dice.randrange(300))
    owner = world.team()
    return (
        f"AS-{number:05}",
        f"""\
title: Laptop {number:05}
description: Bought with the yearly order.
state: in-use
owner: {owner}
visibility: internal
class: end-user-device
model: GM-Book {number % 6}
serial: SN{number:07}
assigned_to: person:p{number % world.counts["person"]:05}
location: Hall {number % 7}
purchase:
  date: "{bought:%Y-%m-%d}"
  order: PO-{number // 20:04}
  vendor: Generated Machines
  cost: {{amount: "{900 + number % 700}.00", currency: EUR}}
warranty: {{start: "{bought:%Y-%m-%d}", end: "2029-12-31"}}
depreciation: {{method: straight-line, months: 48}}
timeline:
  - {{at: {after(bought, 0)}, by: {owner}, type: created}}
  - {{at: {after(bought, 9000)}, by: {owner}, type: transition, to: in-stock}}
  - {{at: {after(bought, 9900)}, by: {owner}, type: transition, to: in-use}}
""",
    )


def contract(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a support contract for some machines and a service."""
    covers = "".join(f"\n  - ci:ci-{ci:05}" for ci in world.some("ci", 6))
    return (
        f"support-{number:04}",
        f"""\
title: Support contract {number:04}
description: |
  Spare part and technician on the next working day.
  Renewed with the yearly order.
state: active
owner: {world.team()}
visibility: internal
type: support
vendor: Generated Machines
number: GM-{number:06}
term: {{start: "2024-03-01", end: "2029-02-28", renewal: manual, notice: P30D}}
cost: {{amount: "{300 + number % 90}.00", currency: EUR, per: year}}
covers:
  - service:s{world.one("service"):04}{covers}
""",
    )


def licence(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a licence with seats enough."""
    allocations = "".join(
        f'\n  - {{to: team:team-{team:04}, seats: 5, since: "2024-01-15"}}' for team in world.some("team", 4)
    )
    return (
        f"product-{number:04}",
        f"""\
title: Product {number:04}
description: One seat a person, whatever the number of machines.
state: active
owner: {world.team()}
visibility: internal
product: Generated Product {number:04}
vendor: Generated Software
metric: user
seats: 50
purchases:
  - {{date: "2023-01-09", order: PO-2023-{number:04}, seats: 40, cost: {{amount: "1980.00", currency: EUR}}}}
  - {{date: "2025-02-03", order: PO-2025-{number:04}, seats: 10, cost: {{amount: "545.00", currency: EUR}}}}
term: {{start: "2023-01-15", end: "2029-01-14", renewal: manual, notice: P60D}}
allocations:{allocations}
over_allocation: error
key_ref: vault://licences/product-{number:04}
""",
    )
