"""Generated incidents, problems and known errors."""

from bench.world import LEVELS, World, after

FAULTS = (
    "answers slowly",
    "drops connections",
    "runs out of disk",
    "refuses logins",
    "restarts by itself",
    "loses mail",
)


def incident(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a closed incident with an outage of 43 minutes."""
    start, by, team = world.opened["incident"][number], world.person(), world.team()
    # Each CI in its turn, so that none is forgotten and none fails so often that a problem is missed.
    ci, service = number % world.counts["ci"], world.one("service")
    public = number % 3 > 0
    links = "" if public or number % 2 else f"caused_by_change: {world.id('change', world.one('change'))}\n"
    links += "" if public or number % 5 else f"known_error: {world.id('known-error', world.one('known-error'))}\n"
    return (
        world.id("incident", number),
        f"""\
title: Machine {ci:05} {world.dice.choice(FAULTS)}
description: |
  Reported by three people within ten minutes.
  The logs show nothing before 08:00.
state: closed
visibility: {"public" if public else "internal"}
impact: {world.dice.choice(LEVELS)}
urgency: {world.dice.choice(LEVELS)}
reported_by: {world.person()}
channel: phone
category: infrastructure
services: [service:s{service:04}]
cis: [{{ci: "ci:ci-{ci:05}", role: affected}}]
assignment: {{team: "{team}", person: "{by}"}}
{links}public: {{level: degraded, message: Some requests take longer than usual.}}
resolution: {{code: fixed, notes: Restarted and watched for an hour.}}
timeline:
  - {{at: {after(start, 0)}, by: "{by}", type: created}}
  - {{at: {after(start, 2)}, by: "{by}", type: impact, services: [service:s{service:04}], level: degraded}}
  - {{at: {after(start, 5)}, by: "{by}", type: assigned, to: {team}}}
  - {{at: {after(start, 6)}, by: "{by}", type: transition, to: in-progress}}
  - at: {after(start, 20)}
    by: {by}
    type: note
    text: >-
      Memory is full again, as it was before the weekend. Restarting it; whoever has unsaved work
      has been told by telephone.
  - {{at: {after(start, 45)}, by: "{by}", type: impact, services: [service:s{service:04}], level: none}}
  - {{at: {after(start, 50)}, by: "{by}", type: transition, to: resolved}}
  - {{at: {after(start, 4000)}, by: "{by}", type: transition, to: closed}}
""",
    )


def problem(world: World, number: int) -> tuple[str, str]:
    """Return id and text of a problem whose cause is known and left in place."""
    start, by = world.opened["problem"][number], world.person()
    ci, service, team = world.one("ci"), world.one("service"), world.team()
    incidents = "".join(f"\n  - {world.id('incident', other)}" for other in world.some("incident", 3))
    return (
        world.id("problem", number),
        f"""\
title: Machine {ci:05} fails under load
description: |
  It fails on Mondays, when most people ask for it.
state: resolved
origin: reactive
impact: medium
urgency: low
incidents:{incidents}
services: [service:s{service:04}]
cis: [{{ci: "ci:ci-{ci:05}", role: cause}}]
assignment: {{team: "{team}", person: "{by}"}}
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


def known_error(world: World, number: int) -> tuple[str, str]:
    """Return id and text of the published known error of the problem of the same number."""
    start, by = world.opened["known-error"][number], world.person()
    cis = "".join(f"\n  - ci:ci-{ci:05}" for ci in world.some("ci", 2))
    return (
        world.id("known-error", number),
        f"""\
title: Machines of hall {number % 7} fill their memory on Mondays
description: Seen with all machines of this model.
state: published
owner: {world.team()}
visibility: internal
problem: {world.id("problem", number)}
symptoms: |
  Pages take more than a minute, then none comes any more.
  The memory is full; the disk is not.
workaround: |
  1. Take it out of the load balancer.
  2. Restart it. It takes about ten minutes.
  3. Put it back and watch the first hundred requests.
signatures:
  - "cache {number:05}: no memory left"
cis:{cis}
timeline:
  - {{at: {after(start, 0)}, by: "{by}", type: created}}
  - {{at: {after(start, 30)}, by: "{by}", type: transition, to: published}}
  - {{at: {after(start, 9000)}, by: "{by}", type: note, text: "Helped again, within a quarter of an hour."}}
""",
    )
