"""The organisation's settings (`itsm.yaml`), with defaults filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from itsm_as_code.model.calendar import Calendar

Carries = Literal["yes", "no", "group"]
EntriesIn = Literal["record", "files"]


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation between CIs: its inverse's name, and how failure travels along it.

    `carries`: ``yes``, the target's failure reaches the source; ``group``, the source's failure reaches the
    target, subject to the target's redundancy; ``no``, none.
    """

    inverse: str
    carries: Carries = "no"
    sources: tuple[str, ...] = ()
    """CI classes that may state it; any where it is empty."""
    targets: tuple[str, ...] = ()
    """CI classes that it may lead to; any where it is empty."""


ForgeType = Literal["github", "gitlab", "gitea", "forgejo"]


@dataclass(frozen=True, slots=True)
class Forge:
    """Where the repository is kept and reviewed: the software, and its address where remotes do not say it.

    `url` is that of the whole forge, without a slash at the end; empty for the host of the remote.
    """

    type: ForgeType
    url: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """What `itsm.yaml` decides, over the shipped defaults."""

    organisation: str
    url: str
    contact: str
    time_zone: str
    """IANA name, e.g. ``Europe/Zurich``."""
    priority: Mapping[str, Mapping[str, int]]
    """impact → urgency → priority, 1 the most pressing."""
    risk: Mapping[str, Mapping[str, str]]
    """impact → likelihood → low, moderate or high."""
    ci_classes: Mapping[str, str]
    """class → the class it specialises (empty for a top one)."""
    relation_types: Mapping[str, RelationType]
    severities: Mapping[str, str]
    """rule → error, warning or off, where the organisation decided otherwise."""
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    timeline: Mapping[str, EntriesIn] = field(default_factory=dict)
    """kind → where commands write its entries: into the record's file, or each into a file of its own beside it."""
    recorders: tuple[str, ...] = ()
    """Addresses of the people and teams who write entries in the names of others, and others in theirs."""
    forge: Forge | None = None
    """The forge, where its kind cannot be told from the remote's host."""
