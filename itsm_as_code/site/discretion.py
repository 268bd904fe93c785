"""Discretion: findings as those may read them who must not learn what a withheld record says."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from itsm_as_code.model.finding import Finding
from itsm_as_code.model.waiver import Waiver
from itsm_as_code.snapshot.snapshot import Snapshot

_ITSELF = "Withheld: the record is restricted."
_CONCERNS = "Withheld: concerns a restricted record."
_RULE = "withheld"
_UNTOLD = Waiver(rule="", reason="")
_WORD = re.compile(r"[^\s,;(){}\[\]'\"`]+")
_ENDS = ".:?!"


def discreet(
    findings: Sequence[Finding], snapshot: Snapshot, withheld: AbstractSet[str], files: AbstractSet[str]
) -> Sequence[Finding]:
    """Return the findings in their order, without what would tell of the withheld records.

    `withheld` are addresses, `files` the files of which nothing may be quoted. A rule's name tells as much as its
    message (``link-to-canceled``), so both go, as does what a waiver says; place, severity and being waived stay.
    """
    if not withheld and not files:
        return findings
    names = frozenset(name.lower() for name in _names(snapshot, withheld)) | {file.lower() for file in files}
    phrases = tuple(name for name in names if _WORD.fullmatch(name) is None)
    return [_told(found, files, names, phrases) for found in findings]


def _names(snapshot: Snapshot, withheld: AbstractSet[str]) -> Iterator[str]:
    """Yield what a message may call a withheld record, and the names that withheld records alone link to in vain."""
    yield from withheld
    for record in snapshot.all_records:
        if record.address in withheld:
            for alias in filter(None, record.strings("aliases")):
                yield from (alias, record.kind.address(alias))
    broken = snapshot.graph.broken
    known = {link.text for link in broken if link.source not in withheld}
    yield from (link.text for link in broken if link.text and link.text not in known)


def _told(found: Finding, files: AbstractSet[str], names: AbstractSet[str], phrases: Sequence[str]) -> Finding:
    waiver = _UNTOLD if found.waiver is not None else None
    if found.place.file in files:
        return replace(found, rule=_RULE, message=_ITSELF, field="", waiver=waiver)
    said = (found.message, found.waiver.reason, found.waiver.approved_by) if found.waiver else (found.message,)
    message = "\n".join(said).lower()
    words = {word.strip(_ENDS) for word in _WORD.findall(message)}
    if not names.isdisjoint(words) or any(phrase in message for phrase in phrases):
        return replace(found, rule=_RULE, message=_CONCERNS, waiver=waiver)
    return found
