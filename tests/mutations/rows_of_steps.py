"""Mutations that are edits no step may make: the sample before, and after them."""

from tests.mutations.table import Add, Append, Delete, Edit, Rename, Row

ROWS = (
    Row(
        "illegal-step",
        "what was lifted freezes again",
        Edit("freeze:stocktaking-2026", "state: lifted", "state: active"),
        at="active\n",
    ),
    Row("illegal-step", "what was struck is planned again", Edit("ci:lb-03", "canceled", "planned"), at="planned"),
    Row(
        "illegal-step", "an incident is new again", Edit("INC-20260305-7hkd", "state: closed", "state: new"), at="new\n"
    ),
    Row(
        "timeline-rewritten",
        "a note says something else",
        Edit("CHG-20260309-s3ha", "web-02 is done and back in. Now web-01.", "Both are done."),
        at='"Both are done."',
    ),
    Row(
        "timeline-rewritten",
        "a task was done earlier",
        Edit("CHG-20260309-s3ha", "2026-03-09T17:10:00+01:00, by", "2026-03-09T16:55:00+01:00, by"),
        at="2026-03-09T16:55",
    ),
    Row(
        "timeline-rewritten",
        "a note is gone",
        Edit(
            "CHG-20260309-s3ha",
            "  - {at: 2026-03-10T08:58:00+01:00, by: person:tomasz-zielinski, type: note,"
            ' text: "web-02 is done and back in. Now web-01."}\n',
            "",
        ),
        at="timeline:",
    ),
    Row(
        "closed-record-edited",
        "it was more urgent than it was",
        Edit("INC-20260305-7hkd", "urgency: high", "urgency: low"),
        at="low",
    ),
    Row(
        "closed-record-edited",
        "the result of a change is embellished",
        Edit("CHG-20260306-t9wr", "Error rate 0.08 %", "Error rate 0.00 %"),
        at="Error rate 0.00 %",
    ),
    Row(
        "closed-record-edited",
        "a note on a closed change",
        Append(
            "CHG-20260306-t9wr",
            "  - {at: 2026-03-10T08:00:00+01:00, by: person:tomasz-zielinski, type: note, text: Well done.}\n",
        ),
        at="{at: 2026-03-10T08:00",
    ),
    Row(
        "closed-record-edited",
        "a file beside a closed incident",
        Add(
            "records/incidents/2026/INC-20260305-7hkd.d/20260310T070000Z-k7qz.yaml",
            "at: 2026-03-10T08:00:00+01:00\nby: person:anneke-vos\ntype: acknowledged\n",
        ),
        at="at: ",
    ),
    Row(
        "closed-record-edited",
        "shredded disks are worth more",
        Edit("asset:DSK-0007", 'amount: "418.00"', 'amount: "148.00"'),
        at='"148.00"',
    ),
    Row("record-deleted", "an incident of today", Delete("INC-20260310-k8nz")),
    Row("record-deleted", "a change that was closed", Delete("CHG-20260304-p7zj")),
    Row("record-deleted", "a certificate service that is still planned", Delete("ci:cert-service")),
    Row("record-deleted", "a freeze in force", Delete("freeze:easter-2026")),
    Row(
        "id-changed",
        "an incident of another day",
        Rename("INC-20260310-k8nz", "records/incidents/2026/INC-20260309-k8nz.yaml"),
        at="title: ",
    ),
    Row(
        "id-changed",
        "a service by a better name",
        Rename("service:farm-portal", "records/services/farmers.yaml"),
        at="title: ",
    ),
    Row("freeze-shortened", "a day less", Edit("freeze:easter-2026", "2026-04-06T23:59", "2026-04-05T23:59")),
    Row(
        "freeze-shortened",
        "for normal changes, too",
        Edit("freeze:easter-2026", "[emergency]", "[emergency, normal]"),
        at="normal",
    ),
    Row(
        "freeze-shortened",
        "without the databases",
        Edit("freeze:easter-2026", "  classes: [database]\n", ""),
        at="scope:",
    ),
)
"""Each is judged as a step from the sample; lint and the rules of steps together find this one thing."""
