"""Generated requests, the catalogue from which they are made, and what was promised about them."""

from bench.world import World, after


def request(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a closed request, for the laptop of its number."""
    start, by, team = world.opened["request"][number], world.person(), world.team()
    asset = number % world.counts["asset"]
    holder = f"person:p{asset % world.counts['person']:05}"
    return (
        world.id("request", number),
        f"""\
title: Laptop for hall {number % 7}
description: The old one is too slow.
state: closed
item: catalog-item:item-{number % world.counts["catalog-item"]:04}
requested_by: {by}
requested_for: {holder}
answers: {{model: standard, needed_by: "{start:%Y-%m-%d}", works_at: "Hall {number % 7}"}}
assignment: {{team: "{team}", person: "{by}"}}
tasks:
  - {{id: order, title: Order it, owner: "{by}"}}
  - {{id: install, title: "Install, encrypt, label", owner: "{by}"}}
outcome:
  assets: [asset:AS-{asset:05}]
timeline:
  - {{at: {after(start, 0)}, by: "{by}", type: created}}
  - {{at: {after(start, 10)}, by: "{by}", type: transition, to: awaiting-approval}}
  - {{at: {after(start, 900)}, by: "{team}", type: transition, to: approved}}
  - {{at: {after(start, 1000)}, by: "{by}", type: transition, to: in-fulfilment}}
  - {{at: {after(start, 3000)}, by: "{by}", type: task, id: order, state: done}}
  - {{at: {after(start, 9000)}, by: "{by}", type: task, id: install, state: done}}
  - {{at: {after(start, 9010)}, by: "{by}", type: transition, to: fulfilled}}
  - {{at: {after(start, 9900)}, by: {holder}, type: transition, to: closed}}
""",
    )


def catalog_item(world: World, number: int) -> tuple[str, str]:
    """Return id and text of an item of the catalogue, with its form and its steps."""
    team = world.team()
    return (
        f"item-{number:04}",
        f"""\
title: Laptop of sort {number:04}
description: With dock, charger and headset; installed and encrypted.
state: active
owner: {team}
visibility: internal
service: service:s{world.one("service"):04}
category: hardware
form:
  - {{name: model, label: "Which one?", type: choice, required: true, options: [standard, workstation]}}
  - {{name: needed_by, label: "By when?", type: date, required: true}}
  - {{name: works_at, label: "Where will it mostly be?", type: string}}
  - {{name: why, label: "What for, if a workstation?", type: text}}
approvals:
  - {{from: line-manager}}
  - {{from: {team}, when: {{model: workstation}}}}
fulfilment:
  - {{id: order, title: Order it, team: {team}}}
  - {{id: install, title: "Install it", team: {team}, needs: [order], produces: asset, class: end-user-device}}
cost: {{amount: "{900 + number % 700}.00", currency: EUR}}
""",
    )


def sla(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a promise about the incidents of a service."""
    return (
        f"incidents-{number:04}",
        f"""\
title: Incidents of a service, {number:04}
description: |
  What hall {number % 7} was promised at the yearly meeting.
  Nights do not count.
owner: {world.team()}
visibility: internal
type: sla
applies_to: incident
match: {{service: service:s{world.one("service"):04}, priority: {number % 4 + 1}}}
targets: {{response: PT1H, resolution: PT{8 + number % 32}H}}
calendar: office
pause_on: [on-hold]
retroactive: true
""",
    )
