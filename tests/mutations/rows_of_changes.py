"""Mutations of changes and their templates."""

from tests.mutations.table import Edit, Row

RELEASE = "change-template:deploy-shop-release"

ROWS = (
    Row(
        "backout-exceeds-window",
        "half an hour is lost",
        Edit("CHG-20260305-y6bq", "T15:00:00+01:00}", "T14:30:00+01:00}"),
        at="backout:",
    ),
    Row(
        "backout-missing",
        "no way back",
        Edit("CHG-20260305-y6bq", '  backout:\n    - {do: "Drive by the wall map, as today", minutes: 10}\n', ""),
        at="authorize\ntype",
    ),
    Row(
        "emergency-unjustified",
        "an emergency of what",
        Edit("CHG-20260304-p7zj", "fixes: [INC-20260304-w4rm]\n", ""),
        at="emergency",
    ),
    Row(
        "emergency-unjustified",
        "a wish becomes an emergency",
        Edit("CHG-20260310-m2ck", "type: normal", "type: emergency"),
        at="emergency",
    ),
    Row(
        "locked-without-default",
        "a field is locked that nobody filled in",
        Edit(
            "change-template:exchange-handheld",
            "locked: [plans.implementation]",
            "locked: [plans.implementation, plans.test]",
        ),
        at="plans.test",
    ),
    Row(
        "outage-outside-window",
        "the outage goes on after the work",
        Edit("CHG-20260306-f1yk", "end: 2026-03-15T06:25", "end: 2026-03-15T07:25"),
        at="2026-03-15T07:25",
    ),
    Row(
        "outside-maintenance-window",
        "the work goes on after the window",
        Edit("CHG-20260306-f1yk", "end: 2026-03-15T07:00", "end: 2026-03-15T08:30"),
        at="ci:orders-db, ci:db-01",
    ),
    Row(
        "pir-missing",
        "an emergency that nobody looked back at",
        Edit("CHG-20251222-w3ge", "pir:\n", "x-pir:\n"),
        at="closed\ntype",
    ),
    Row(
        "pir-missing",
        "issues that nobody looked back at",
        Edit("CHG-20260224-x3gb", "pir:\n", "x-pir:\n"),
        at="closed\ntype",
    ),
    Row(
        "risk-understated",
        "an override lowers the risk",
        Edit("CHG-20260306-f1yk", "override: {level: high", "override: {level: low"),
        at="low, reason",
    ),
    Row(
        "risk-understated",
        "an override is taken back",
        Edit(
            "CHG-20260306-f1yk",
            "  override: {level: high, reason: Everything that takes orders stands still for these minutes.}\n",
            "",
        ),
        at="risk:",
    ),
    Row(
        "standard-without-template",
        "a standard of nobody's",
        Edit("CHG-20260309-s3ha", "template: change-template:deploy-shop-release\n", ""),
        at="standard\n",
    ),
    Row(
        "standard-without-template",
        "a normal change from a template",
        Edit("CHG-20260305-y6bq", "type: normal", f"type: normal\ntemplate: {RELEASE}"),
        at=RELEASE,
    ),
    Row(
        "template-drift",
        "a step takes longer than the template says",
        Edit("CHG-20260309-s3ha", 'web-02 first", minutes: 10', 'web-02 first", minutes: 15'),
        at="15}",
    ),
    Row(
        "template-drift",
        "a step of its own",
        Edit("CHG-20260309-s3ha", '    - {do: "The same with web-01", minutes: 10}\n', ""),
        at="implementation:",
    ),
    Row(
        "template-drift",
        "the template changes under the change",
        Edit(RELEASE, "the test card, cancel it again", "the test card, and cancel it"),
        at='"Order a box',
        found_in="CHG-20260309-s3ha",
    ),
    Row(
        "template-not-approved",
        "the template's approval is taken back",
        Edit(RELEASE, "state: approved", "state: draft"),
        at=RELEASE,
        found_in="CHG-20260309-s3ha",
    ),
    Row(
        "template-out-of-scope",
        "a release that takes longer than allowed",
        Edit("CHG-20260309-s3ha", "end: 2026-03-10T09:30", "end: 2026-03-10T10:00"),
        at="2026-03-10T10:00",
    ),
    Row(
        "template-out-of-scope",
        "a service that the template does not know",
        Edit(
            "CHG-20260309-s3ha",
            "services: [service:member-account]",
            "services: [service:member-account, service:workplace]",
        ),
        at="service:workplace",
    ),
    Row(
        "template-out-of-scope",
        "a database with a release",
        Edit("CHG-20260309-s3ha", "cis: [ci:shop-app]", "cis: [ci:shop-app, ci:sms-gateway]"),
        at="ci:sms-gateway",
    ),
    Row(
        "touches-major-incident",
        "work on what a major incident is about",
        Edit(
            "INC-20260310-m0sf",
            "recurrence_of:",
            "major: {state: declared, manager: person:anneke-vos}\nrecurrence_of:",
        ),
        at="service:delivery-messages",
        found_in="CHG-20260305-y6bq",
    ),
    Row(
        "touches-retired-ci",
        "a machine that is gone",
        Edit("CHG-20260310-m2ck", "cis: [ci:sms-gateway]", "cis: [ci:sms-gateway, ci:lb-01]"),
        at="ci:lb-01",
    ),
    Row(
        "unauthorised-without-review",
        "nobody looked back at what nobody allowed",
        Edit("CHG-20260223-q7vn", "pir:\n", "x-pir:\n"),
        at="closed\ntype",
    ),
    Row(
        "window-missing",
        "to be authorised, but for when",
        Edit("CHG-20260305-y6bq", "planned: {start: 2026-03-23T13:00:00+01:00, end: 2026-03-23T15:00:00+01:00}\n", ""),
        at="state: authorize",
    ),
    Row(
        "window-too-long",
        "a window of ten days",
        Edit("CHG-20260305-y6bq", "start: 2026-03-23T13", "start: 2026-03-13T13"),
        at="2026-03-23T15",
    ),
    Row(
        "template-out-of-scope",
        "no releases on Tuesdays any more",
        Edit("itsm.yaml", "days: [mon, tue, fri]", "days: [mon, fri]"),
        at="planned:",
        found_in="CHG-20260309-s3ha",
    ),
    Row(
        "evidence-not-successful",
        "a release that was backed out",
        Edit(RELEASE, "evidence: [CHG-20251124-g5pm, ", "evidence: [CHG-20260202-bk7e, "),
        at="CHG-20260202-bk7e",
    ),
    Row(
        "evidence-not-successful",
        "a release that is not over",
        Edit(RELEASE, "CHG-20260306-t9wr]", "CHG-20260309-s3ha]"),
    ),
    Row(
        "standard-without-template",
        "a release is made a normal change",
        Edit("CHG-20260309-s3ha", "type: standard", "type: normal"),
        at=RELEASE,
    ),
    Row(
        "template-not-approved",
        "a template that is a draft",
        Edit("CHG-20260309-s3ha", RELEASE, "change-template:exchange-handheld"),
    ),
    Row(
        "template-out-of-scope",
        "a machine with a release",
        Edit("CHG-20260309-s3ha", "[ci:shop-app]", "[ci:shop-app, ci:web-01]"),
        at="ci:web-01",
    ),
)
