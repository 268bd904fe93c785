"""Audiences: who a build is for, and which records count for them."""

from collections.abc import Mapping
from typing import Literal

from itsm_as_code.model.record import Record, Visibility

Audience = Literal["public", "internal", "restricted"]

AUDIENCES: tuple[Audience, ...] = ("public", "internal", "restricted")
"""From the widest to the narrowest."""

_SEES: Mapping[Audience, frozenset[Visibility]] = {
    "public": frozenset({"public"}),
    "internal": frozenset({"public", "internal"}),
    "restricted": frozenset({"public", "internal", "restricted"}),
}


def sees(audience: Audience, record: Record) -> bool:
    """Return whether the audience may see what a record says; a record that is not valid is seen by nobody here."""
    return record.valid and record.visibility in _SEES[audience]
