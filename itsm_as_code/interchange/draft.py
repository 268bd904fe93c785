"""Drafts: records as an import would have them, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Draft:
    """One record to be; `origin` is the foreign file, or its row, that it comes from."""

    kind: str
    id: str
    fields: Mapping[str, Any]
    origin: str
