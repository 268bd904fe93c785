"""Waivers: that somebody looked at what a rule finds on a record, and let it pass for a time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiver:
    """An `exception` entry of a record's timeline; texts are as written, empty where nothing is.

    `rule` is the rule it waives, `until` the time at which it ends, `approved_by` the address of who agreed.
    `position` counts the timeline's entries from 0.
    """

    rule: str
    reason: str
    until: str = ""
    approved_by: str = ""
    position: int = 0
