"""Impact in words: why one record failed with another, and what is left of a group."""

from itsm_as_code.snapshot.impact import Fall, Impact
from itsm_as_code.snapshot.network import Group, Need, Network

_NAMED = 3
"""Members of a group of which is told why they are not up."""


def need_in_words(network: Network, need: Need) -> str:
    """Return a dependency as a sentence: ``shop-app runs_on web-01``."""
    return f"{network.records[need.source].id} {need.relation} {network.records[need.target].id}"


def group_in_words(network: Network, impact: Impact, group: Group) -> str:
    """Return what is left of a group: ``orders-db has 0 of 2 up over runs_on, needs 1 (db-01 is in maintenance)``."""
    words = (
        f"{network.records[group.owner].id} has {impact.up(group)} of {len(group.members)} up over {group.over}, "
        f"needs {group.least}"
    )
    idle = [network.records[member] for member in group.members if member in group.idle]
    listed = [f"{member.id} is {_state(member.state)}" for member in idle[:_NAMED]]
    if len(idle) > _NAMED:
        listed.append(f"{len(idle) - _NAMED:,} more are not up")
    return f"{words} ({', '.join(listed)})" if listed else words


def reason(network: Network, impact: Impact, fall: Fall) -> str:
    """Return why a record failed in the last step; empty for a start."""
    if fall.group is not None:
        return group_in_words(network, impact, fall.group)
    return need_in_words(network, fall.need) if fall.need is not None else ""


def _state(state: str) -> str:
    return f"in {state}" if state in ("maintenance", "build", "test") else state
