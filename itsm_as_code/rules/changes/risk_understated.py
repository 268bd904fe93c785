"""A change that is riskier than it says.

The risk of a change follows from its estimate (impact × likelihood) and from the services that it reaches. An override
may raise it, never lower it, so one that is lower is ignored, and whoever reads it is misled. And where the change is
on its way (`authorize`, `scheduled`, `implement`) with an estimate below what the services say, those who approve it
look at the wrong number. One of high risk that states none is such a change, too.

`itsm risk` shows the risk of a change and all that contributes to it. Correct the estimate, or set `risk.override` to
the higher level and say why.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Restart the shop application
type: normal
state: authorize
reason: It leaks memory, and Easter is near.
cis: [ci:shop-app]
planned: {start: 2026-04-04T22:00:00+02:00, end: 2026-04-04T22:10:00+02:00}
outage: {expected: true}
risk: {impact: low, likelihood: low}  # <- fault
plans:
  backout:
    - {do: "Start the old version again.", minutes: 5}
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T10:00:00+02:00, by: person:alice, type: transition, to: authorize}
```

```yaml
# records/services/shop.yaml
title: Web shop
tier: 1
state: live
owner: team:operations
depends_on: [ci:shop-app]
```

```yaml
# records/cis/shop-app.yaml
title: Shop application
class: application
state: operational
owner: team:operations
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Restart the shop application
type: normal
state: authorize
reason: It leaks memory, and Easter is near.
cis: [ci:shop-app]
planned: {start: 2026-04-04T22:00:00+02:00, end: 2026-04-04T22:10:00+02:00}
outage: {expected: true}
risk:
  impact: low
  likelihood: low
  override: {level: high, reason: "Ten minutes at night, but it is the shop."}
plans:
  backout:
    - {do: "Start the old version again.", minutes: 5}
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T10:00:00+02:00, by: person:alice, type: transition, to: authorize}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.planning.risk import LEVELS, Risk, risk_of
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_ON_ITS_WAY = frozenset({"authorize", "scheduled", "implement"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each override that is ignored, and, on its way, each estimate that is too low or lacking."""
    for change in snapshot.of("change"):
        has_override = change.get("risk.override.level") is not None
        is_told = "risk" in change.fields or change.get("outage.expected") is True
        if change.is_final or not (has_override or (change.state in _ON_ITS_WAY and is_told)):
            continue
        risk = risk_of(change, snapshot, with_down=False)
        if has_override:
            if any(
                contribution.source == "override" and not contribution.counts for contribution in risk.contributions
            ):
                message = f"{change.get('risk.override.level')} is ignored: {_why(risk)}; an override may only raise"
                yield Fault(change.file, ("risk", "override", "level"), message)
        elif risk.stated is None:
            if risk.derived == LEVELS[-1]:
                yield Fault(change.file, ("state",), f"it states no risk, but {_why(risk)}; write it down in risk")
        elif LEVELS.index(risk.stated) < LEVELS.index(risk.derived):
            message = (
                f"its estimate gives {risk.stated}, but {_why(risk)}; correct the estimate, "
                f"or set risk.override to {risk.derived}"
            )
            yield Fault(change.file, ("risk",), message)


def _why(risk: Risk) -> str:
    """Return the derived level with the words of what contributes it."""
    words = next((found.words for found in risk.contributions if found.level == risk.derived and found.counts), "")
    return f"the risk is {risk.derived}, since {words}"
