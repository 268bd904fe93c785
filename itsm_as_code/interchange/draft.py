"""Drafts: records as an import would have them, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SYSTEM = "cstate"
"""What `external` calls the system that these records come from."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One record to be; `origin` is the foreign file it comes from.

    `key` is its key in `external`, by which a later import knows it again; empty for a record that is written
    only where it is missing, because people are meant to go on with it (the team, the actor).
    """

    kind: str
    id: str
    fields: Mapping[str, Any]
    origin: str
    key: str = ""
