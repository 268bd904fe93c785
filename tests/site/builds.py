"""Sites built in memory for tests: pages by path, from the texts of records."""

from collections.abc import Mapping
from datetime import UTC, datetime

from itsm_as_code.model.finding import Finding, Severity
from itsm_as_code.model.place import Place
from itsm_as_code.site.render import render
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource
from itsm_as_code.status.audience import Audience

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

FILES: Mapping[str, str | bytes] = {
    "itsm.yaml": "format: 1\norganisation: {name: Acme, contact: help@acme.example}\ntime_zone: Europe/Berlin\n",
    "records/teams/web.yaml": "name: Web team\nmembers: [person:ann]\n",
    "records/people/ann.yaml": "name: Ann Example\n",
    "records/services/shop.yaml": """\
title: Web shop
state: live
owner: team:web
visibility: public
tier: 1
depends_on: [ci:web-01, service:pay]
public: {name: Shop, group: Ordering, order: 1}
""",
    "records/services/pay.yaml": "title: Payments\nstate: live\nowner: team:web\ntier: 1\n",
    "records/cis/web-01.yaml": """\
title: web-01
state: operational
class: vm
owner: team:web
description: "A *virtual* machine, see <https://wiki.acme.example/web-01>."
attributes: {cores: 8}
relations: [{type: runs_on, to: ci:host-01}]
""",
    "records/cis/host-01.yaml": "title: host-01\nstate: operational\nclass: hypervisor\nowner: team:web\n",
    "records/incidents/2026/INC-20260310-aaaa.yaml": """\
title: The shop is slow
state: in-progress
visibility: public
impact: high
urgency: medium
services: [service:shop]
cis: [{ci: ci:web-01, role: cause}]
assignment: {team: team:web}
major: {state: declared, update_every: PT30M}
public: {level: degraded, message: "Pages take **half a minute**."}
timeline:
  - {at: 2026-03-10T06:00:00+01:00, by: person:ann, type: created}
  - {at: 2026-03-10T06:05:00+01:00, by: person:ann, type: transition, to: in-progress}
  - at: 2026-03-10T06:10:00+01:00
    by: person:ann
    type: communication
    audience: public
    status: identified
    text: A disk is full.
  - {at: 2026-03-10T06:12:00+01:00, by: person:ann, type: note, text: It is web-01.}
""",
    "records/changes/2026/CHG-20260309-bbbb.yaml": """\
title: New disks for the shop
state: scheduled
visibility: public
type: normal
reason: The old ones are full.
services: [service:shop]
implementer: person:ann
planned: {start: 2026-03-12T22:00:00+01:00, end: 2026-03-12T23:30:00+01:00}
outage: {expected: true, message: The shop is closed for an hour.}
timeline:
  - {at: 2026-03-09T06:00:00+01:00, by: person:ann, type: created}
  - {at: 2026-03-09T07:00:00+01:00, by: person:ann, type: transition, to: scheduled}
""",
}


def snapshot(files: Mapping[str, str | bytes] = FILES) -> Snapshot:
    """Return the snapshot of some files."""
    return load(MemorySource(files))


def build(
    audience: Audience,
    files: Mapping[str, str | bytes] = FILES,
    *,
    now: datetime = NOW,
    findings: tuple[Finding, ...] = (),
    templates: Mapping[str, str] | None = None,
) -> Mapping[str, str]:
    """Return the pages of a site by path."""
    pages = list(render(snapshot(files), now, audience, findings, templates))
    held = {page.path: page.content.decode() for page in pages}
    assert len(held) == len(pages), "two pages have one path"
    return held


def finding(file: str, record: str, message: str, severity: Severity = "error") -> Finding:
    """Return a finding on the first line of a file."""
    return Finding(Place(file, 1, 1), "some-rule", message, severity, record, "title")
