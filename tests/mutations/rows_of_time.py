"""Mutations of times, lifecycles and waivers, and those that only the time turns into findings."""

from tests.mutations.table import Append, Edit, Row

WAIVER = "service:depot-picking"


def _waiver(rule: str, until: str = "until: 2027-01-01T00:00:00+01:00, ") -> str:
    return (
        "timeline:\n  - {at: 2026-03-01T09:00:00+01:00, by: person:anneke-vos, type: exception, "
        f"rule: {rule}, reason: Until summer., {until}approved_by: person:katrin-aydin}}\n"
    )


ROWS = (
    Row(
        "naive-time",
        "an entry without its offset",
        Edit("INC-20260310-k8nz", "08:51:00+01:00", "08:51:00"),
        at="2026-03-10T08:51",
    ),
    Row(
        "naive-time",
        "a freeze without an offset",
        Edit("freeze:harvest-2026", "end: 2026-10-02T18:00:00+02:00", "end: 2026-10-02T18:00:00"),
        at="2026-10-02T18",
    ),
    Row(
        "end-before-start",
        "a window that ends before it begins",
        Edit("CHG-20260305-y6bq", "T15:00:00+01:00}", "T12:00:00+01:00}"),
        at="2026-03-23T12",
    ),
    Row(
        "end-before-start",
        "a contract that ends before it begins",
        Edit("contract:fax-line", 'end: "2025-06-30"', 'end: "2005-06-30"'),
        at='"2005',
    ),
    Row(
        "end-before-start",
        "a freeze of the wrong year",
        Edit("freeze:easter-2026", "end: 2026-04-06", "end: 2025-04-06"),
        at="2025-04-06",
    ),
    Row(
        "end-before-start",
        "a waiver that ends in the year before",
        Edit(WAIVER, "until: 2027-", "until: 2025-"),
        at="2025-",
    ),
    Row(
        "correction-of-nothing",
        "a correction of another minute",
        Edit("CHG-20260202-bk7e", "of: 2026-02-02T14:02", "of: 2026-02-02T14:03"),
        at="2026-02-02T14:03",
    ),
    Row(
        "resolved-before-opened",
        "resolved in the year before",
        Edit("INC-20260304-c9te", "2026-03-04T17:53", "2025-03-04T17:53"),
    ),
    Row(
        "timeline-out-of-order",
        "a note of the evening before",
        Edit("CHG-20260309-v5ca", "- at: 2026-03-09T16:45", "- at: 2026-03-08T16:45"),
        at="2026-03-08",
    ),
    Row(
        "timeline-out-of-order",
        "an entry moved by its offset",
        Edit(
            "INC-20260310-m0sf",
            "2026-03-10T07:50:00+01:00, by: person:jonas-brandt, type: ack",
            "2026-03-10T07:50:00+02:00, by: person:jonas-brandt, type: ack",
        ),
    ),
    Row("unknown-time-zone", "a town without a zone", Edit("freeze:harvest-2026", "Europe/Berlin", "Europe/Münster")),
    Row(
        "started-after-opened",
        "noticed before it began",
        Edit("INC-20260310-d3fy", "started_at: 2026-03-10T06:40", "started_at: 2026-03-10T07:40"),
        at="2026-03-10T07:40",
    ),
    Row(
        "actor-inactive",
        "a note by somebody who has left",
        Edit(
            "PRB-20251223-x5kp",
            "2025-12-23T09:00:00+01:00, by: person:leila-haddad",
            "2025-12-23T09:00:00+01:00, by: person:henrik-maas",
        ),
        at="person:henrik-maas",
    ),
    Row(
        "illegal-transition",
        "a step was left out",
        Edit(
            "PRB-20251223-x5kp",
            "  - {at: 2026-01-07T10:40:00+01:00, by: person:leila-haddad, type: transition, to: assess}\n",
            "",
        ),
        at="root-cause-analysis}",
    ),
    Row(
        "illegal-transition",
        "a state that does not exist",
        Edit("asset:UPS-0001", "to: in-stock}", "to: in-stok}"),
        at="in-stok",
    ),
    Row(
        "missing-created",
        "the first entry is lost",
        Edit("INC-20260309-z5tm", "  - {at: 2026-03-09T12:10:00+01:00, by: person:jonas-brandt, type: created}\n", ""),
        at="{at: 2026-03-09T12:10",
    ),
    Row(
        "missing-created",
        "created twice",
        Edit(
            "INC-20260304-c9te",
            "timeline:\n",
            "timeline:\n  - {at: 2026-03-04T17:49:00+01:00, by: person:sofie-lund, type: created}\n",
        ),
        at="{at: 2026-03-04T17:49:00+01:00, by: person:sofie-lund, type: created}\n  - {at: 2026-03-04T17:53",
    ),
    Row(
        "missing-for-state",
        "nobody carries it out",
        Edit("CHG-20260306-f1yk", "implementer: person:leila-haddad\n", ""),
        at="state: scheduled",
    ),
    Row(
        "missing-for-state",
        "work without a team",
        Edit("INC-20260310-d3fy", "assignment: {team: team:infrastructure, person: person:jonas-brandt}\n", ""),
        at="state: in-progress",
    ),
    Row(
        "missing-for-state",
        "signed, but from when",
        Edit(
            "contract:server-support",
            'term: {start: "2024-03-01", end: "2027-02-28", renewal: manual, notice: P30D}\n',
            "",
        ),
        at="state: active",
    ),
    Row(
        "timeline-broken-chain",
        "a state was moved by hand",
        Edit("PRB-20260310-w8xj", "state: new", "state: assess"),
        at="assess\n",
    ),
    Row("timeline-broken-chain", "a state is lost", Edit("CHG-20260309-v5ca", "state: assess\n", ""), at="title"),
    Row(
        "timeline-broken-chain",
        "a transition from another state",
        Edit("CHG-20260309-v5ca", "to: assess,", "from: authorize, to: assess,"),
        at="authorize, to",
    ),
    Row(
        "unused-waiver",
        "a waiver of a rule that does not exist",
        Append(
            "service:cold-chain",
            _waiver("orphan-cis"),
        ),
        at="orphan-cis",
    ),
    Row(
        "waiver-expired",
        "a waiver that ended in winter",
        Edit(WAIVER, "until: 2027-02-28", "until: 2026-02-28"),
        at="2026-02-28",
    ),
    Row(
        "contract-expired",
        "a lease that ended",
        Edit("contract:copier-lease", 'end: "2026-06-30"', 'end: "2026-02-28"'),
        at='"2026-02-28"',
    ),
    Row(
        "end-of-support",
        "a database machine out of support",
        Edit("ci:db-02", 'end_of_support: "2029', 'end_of_support: "2026'),
        at='"2026-01-31"',
    ),
    Row(
        "licence-expired-in-use",
        "the office suite was not renewed",
        Edit("licence:office-suite", 'end: "2027-01-14"', 'end: "2026-01-14"'),
        at='"2026-01-14"',
    ),
    Row(
        "renewal-due",
        "the office suite ends in April",
        Edit("licence:office-suite", 'end: "2027-01-14"', 'end: "2026-04-14"'),
        at='"2026-04-14"',
    ),
    Row(
        "renewal-due",
        "notice of text messages is due",
        Edit("contract:kurzwelle", 'end: "2026-08-31"', 'end: "2026-06-15"'),
        at='"2026-06-15"',
    ),
    Row(
        "review-action-overdue",
        "an action that was not done in time",
        Edit("INC-20260304-w4rm", 'due: "2026-03-20"', 'due: "2026-03-08"'),
        at='"2026-03-08"',
    ),
    Row(
        "review-action-overdue",
        "an action that was not finished after all",
        Edit("CHG-20260202-bk7e", 'due: "2026-02-06", state: done', 'due: "2026-02-06", state: in-progress'),
        at='"2026-02-06"',
    ),
    Row(
        "review-overdue",
        "an accepted risk that nobody looked at",
        Edit("PRB-20251113-r3kd", 'review_on: "2026-09-01"', 'review_on: "2026-03-01"'),
        at='"2026-03-01"',
    ),
    Row(
        "review-overdue",
        "a template that nobody looked at",
        Edit("change-template:deploy-shop-release", 'review_on: "2026-09-01"', 'review_on: "2026-03-09"'),
        at='"2026-03-09"',
    ),
    Row(
        "warranty-expired",
        "the spare laptop is out of warranty",
        Edit("asset:LT-0017", 'end: "2026-04-24"', 'end: "2026-02-24"'),
        at='"2026-02-24"',
    ),
    Row(
        "end-before-start",
        "somebody left before coming",
        Edit("person:henrik-maas", 'from: "2017', 'from: "2027'),
        at='"2025-11-30"',
    ),
    Row(
        "actor-inactive",
        "a note by somebody who comes later",
        Edit("REQ-20260302-v4rs", "by: person:piet-de-groot", "by: person:nele-brinkmann"),
        at="person:nele-brinkmann\n    type",
    ),
    Row(
        "unbounded-waiver",
        "a waiver for ever",
        Append("ci:sms-gateway", _waiver("ownerless-ci", until="")),
        at="{at: 2026",
    ),
    Row(
        "unused-waiver",
        "a waiver of what is not there",
        Append("ci:sms-gateway", _waiver("ownerless-ci")),
        at="ownerless-ci",
    ),
    Row(
        "maintenance-overrun",
        "a release that takes too long",
        Edit(
            "CHG-20260309-s3ha",
            "2026-03-10T08:45:00+01:00, end: 2026-03-10T09:30",
            "2026-03-10T08:05:00+01:00, end: 2026-03-10T08:50",
        ),
        at="2026-03-10T08:50",
    ),
    Row(
        "stale-incident",
        "nobody writes for months",
        Edit(
            "INC-20260310-k8nz",
            "2026-03-10T08:51:00+01:00, by: person:mirjam-otten",
            "2026-01-10T08:51:00+01:00, by: person:deniz-kaya",
        ),
        at="2026-01-10T08:51",
    ),
    Row(
        "major-update-overdue",
        "a promise that is not kept",
        Edit(
            "INC-20260310-d3fy",
            "assignment:",
            "major: {state: declared, manager: person:anneke-vos, update_every: PT15M}\nassignment:",
        ),
        at="PT15M",
    ),
)
