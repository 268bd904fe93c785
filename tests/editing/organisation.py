"""A small organisation whose records tests edit, spelled by many hands."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from random import Random

from itsm_as_code.editing.entry import Stamp
from itsm_as_code.editing.plan import Plan
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource

ZONE = timezone(timedelta(hours=1))
NOW = datetime(2026, 3, 4, 9, 0, tzinfo=ZONE)
INCIDENT = "records/incidents/2026/INC-20260304-k7qz.yaml"
CHANGE = "records/changes/2026/CHG-20260303-m2nk.yaml"
FILES: Mapping[str, str] = {
    "itsm.yaml": "format: 1\ntime_zone: Europe/Berlin\n",
    "records/people/alice.yaml": "name: Alice Ames\nemails: [alice@example.org]\naliases: [al]\n",
    "records/people/bob.yaml": "name: Bob Burr\n",
    "records/people/carol.yaml": "name: Carol Cole\n",
    "records/teams/web.yaml": "name: Web\nmembers: [person:alice, person:bob]\n",
    "records/teams/dba.yaml": "name: Databases\nmembers: [person:bob]\n",
    "records/services/shop.yaml": "title: Web shop\nowner: team:web\ntier: 2\nstate: live\naliases: [webshop]\n",
    "records/cis/web-01.yaml": (
        "# Bought used.\ntitle: 'web-01'   # the old one\nclass: vm\nowner: team:web\nstate: operational\n"
    ),
    "records/cis/web-02.yaml": "title: web-02\nclass: vm\nowner: team:web\nstate: operational\n",
    INCIDENT: (
        "# Called in by phone.\n"
        'title: "Checkout is slow"\n'
        "state: new\n"
        "impact: high # for now\n"
        "urgency: low\n"
        "\n"
        "services: [service:shop]   # the only one\n"
        "cis:\n"
        "  # from the alert\n"
        "  - {ci: ci:web-01, role: suspected}\n"
        "timeline:\n"
        "  - {at: 2026-03-04T08:00:00+01:00, by: person:alice, type: created}\n"
    ),
    CHANGE: (
        "title: New kernel\ntype: normal\nreason: A hole in the old one.\nimplementer: person:alice\n"
        "cis: [ci:web-02]\nrisk: {impact: low, likelihood: low}\n"
        "timeline:\n"
        "  - {at: 2026-03-03T08:00:00+01:00, by: person:alice, type: created}\n"
    ),
}


def snapshot(extra: Mapping[str, str] | None = None) -> Snapshot:
    """Return the organisation, with other files laid over its own."""
    return load(MemorySource({**FILES, **(extra or {})}))


def record(address: str, extra: Mapping[str, str] | None = None) -> tuple[Snapshot, Record]:
    """Return the organisation and one of its records."""
    held = snapshot(extra)
    return held, held.records[address]


def stamp(at: datetime = NOW, *, by: str = "person:alice") -> Stamp:
    """Return the stamp of what is written at nine, with names of entry files that are the same in every run."""
    return Stamp(at, by, NOW, Random(7))  # noqa: S311 - no secrets


def after(plan: Plan, path: str) -> str:
    """Return the text that a plan gives a file."""
    return next(edit.after or b"" for edit in plan.edits if edit.path == path).decode()


def lines(plan: Plan) -> list[str]:
    """Return the lines that a plan takes out (``-``) and puts in (``+``), of all files in turn."""
    found = []
    for edit in plan.edits:
        old, new = ((data or b"").decode().splitlines() for data in (edit.before, edit.after))
        found += [f"-{line}" for line in old if line not in new] + [f"+{line}" for line in new if line not in old]
    return found
