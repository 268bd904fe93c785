"""Generated changes, the templates of standard ones, and freezes."""

from bench.world import World, after

WORKS = ("Patch", "Restart", "Move", "Resize", "Rewire", "Upgrade")
STANDARD = 5
"""One change of so many is made from a template."""


def change(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a closed change; every fifth is a standard one."""
    start, by, team = world.opened["change"][number], world.person(), world.team()
    ci, service = world.one("ci"), world.one("service")
    type_ = "normal"
    if number % STANDARD == 0:
        template = number // STANDARD % world.counts["change-template"]
        type_ = f"standard\ntemplate: change-template:template-{template:04}"
    fixes = f"fixes: [{world.id('incident', world.one('incident'))}]\n" if number % 7 == 1 else ""
    return (
        world.id("change", number),
        f"""\
title: {world.dice.choice(WORKS)} machine {ci:05}
description: Part of the yearly round through hall {ci % 7}.
state: closed
visibility: {"public" if number % 3 and not fixes else "internal"}
type: {type_}
reason: The vendor supports the present version until the end of the quarter only.
requested_by: {by}
implementer: {by}
assignment: {{team: "{team}"}}
services: [service:s{service:04}]
cis: [ci:ci-{ci:05}]
environment: production
{fixes}planned: {{start: {after(start, 4000)}, end: {after(start, 4120)}}}
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


def change_template(world: World, number: int) -> tuple[str, str]:
    """Return id and text of an approved template, with a change that was made like it."""
    by, start = world.person(), world.opened["change"][number]
    return (
        f"template-{number:04}",
        f"""\
title: Standard work {number:04}
description: |
  Done the same way for years.
  Nobody notices it.
state: approved
owner: {world.team()}
visibility: internal
version: {number % 3 + 1}
defaults:
  title: Standard work {number:04}
  reason: The vendor supports the present version until the end of the quarter only.
  risk: {{impact: low, likelihood: low}}
  plans:
    implementation:
      - {{do: Stop it and start the new version, minutes: 20}}
    backout:
      - {{do: Start the old version again, minutes: 20}}
locked: [plans.implementation, plans.backout, risk]
allowed: {{hours: office, max_duration: PT3H}}
evidence: [{world.id("change", number % world.counts["change"])}]
review_on: "2031-09-01"
timeline:
  - {{at: {after(start, 0)}, by: "{by}", type: created}}
  - {{at: {after(start, 1500)}, by: "{by}", type: transition, to: approved, reason: "Twenty times without a fault."}}
""",
    )


def freeze(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a freeze of some services at the end of a year."""
    services = "".join(f"\n    - service:s{service:04}" for service in world.some("service", 5))
    team = world.team()
    return (
        f"year-end-{number:04}",
        f"""\
title: Year end of hall {number % 7}, {2023 + number % 4}
description: |
  Stocktaking and the yearly accounts.
  Half of the people are away.
state: active
owner: {team}
visibility: internal
level: {"hard" if number % 2 else "soft"}
start: {2023 + number % 4}-12-22T18:00:00+00:00
end: {2024 + number % 4}-01-04T06:00:00+00:00
timezone: Etc/UTC
scope:
  tiers: [3]
  environments: [production]
  services:{services}
allow: [standard, emergency]
lift: {{from: {team}}}
reason: Whatever breaks now waits until January for somebody who can mend it.
""",
    )
