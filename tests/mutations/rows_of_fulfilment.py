"""Mutations of assets, licences, requests and agreements."""

from tests.mutations.table import Append, Edit, Row

ROWS = (
    Row(
        "asset-ci-disagree",
        "another model than the asset's",
        Edit("ci:ups-depot-02", "model: 5PX 2200i RT2U G2", "model: 9PX 3000i"),
        at="9PX",
    ),
    Row(
        "asset-ci-disagree",
        "its asset is on the heap of scrap",
        Edit("ci:ups-depot-02", "asset: asset:UPS-0002", "asset: asset:UPS-0001"),
        at="asset:UPS-0001",
    ),
    Row(
        "assigned-to-leaver",
        "a laptop of somebody who has left",
        Edit("asset:LT-0020", "assigned_to: person:sofie-lund", "assigned_to: person:henrik-maas"),
        at="person:henrik-maas",
    ),
    Row(
        "assigned-to-unknown",
        "a laptop of somebody nobody knows",
        Edit("asset:LT-0020", "assigned_to: person:sofie-lund", "assigned_to: person:sofie-lunt"),
        at="person:sofie-lunt",
    ),
    Row(
        "disposal-incomplete",
        "it is gone, but where to",
        Edit("asset:UPS-0001", 'disposal: {date: "2026-02-13", method: recycled}\n', ""),
        at="retired\nowner",
    ),
    Row(
        "disposal-incomplete",
        "it is gone, and in stock",
        Append("asset:SRV-0003", 'disposal: {date: "2026-03-09", method: recycled}\n'),
        at="disposal:",
    ),
    Row(
        "duplicate-serial", "a number copied from the other handheld", Edit("asset:HH-0013", "23241D90F2", "22105D8C07")
    ),
    Row(
        "in-use-unassigned",
        "in use, but by whom",
        Edit("asset:LT-0033", "state: on-order", "state: in-use"),
        at="in-use",
    ),
    Row(
        "mixed-currency",
        "a purchase in dollars",
        Edit("licence:office-suite", 'amount: "545.00", currency: EUR', 'amount: "545.00", currency: USD'),
        at="USD",
    ),
    Row(
        "over-allocated",
        "fewer seats than are in use",
        Edit("licence:office-suite", "seats: 25", "seats: 22"),
        at="22\n",
        severity="error",
    ),
    Row(
        "over-allocated",
        "a block that is too large",
        Edit("licence:office-suite", "seats: 7,", "seats: 17,"),
        at="25\n",
        severity="error",
    ),
    Row(
        "seat-of-leaver",
        "a seat that never came back",
        Edit(
            "REQ-0000417",
            ', until: "2025-11-30"}\nreturns:\n'
            '  - {asset: asset:LT-0017, at: "2025-11-28"}\n  - {licence: licence:office-suite, at: "2025-11-30"}\n',
            ', to: person:henrik-maas}\nreturns:\n  - {asset: asset:LT-0017, at: "2025-11-28"}\n',
        ),
        at="25\n",
        found_in="licence:office-suite",
    ),
    Row(
        "duplicate-question",
        "two questions of one name",
        Edit("catalog-item:guest-wifi", "name: day", "name: name"),
        at='name, label: "Which day',
    ),
    Row(
        "fulfilled-with-open-tasks",
        "a step that is not finished",
        Edit("REQ-20260212-n3fb", "id: build, state: done", "id: build, state: in-progress"),
        at="build, title",
    ),
    Row(
        "invalid-answers",
        "a model that is not offered",
        Edit("REQ-20260302-g9fx", "model: standard", "model: tablet"),
        at="tablet",
    ),
    Row("invalid-answers", "a number in words", Edit("REQ-20260302-k6hd", "keys: 1", "keys: one"), at="one}"),
    Row(
        "invalid-answers", "Norway's answer", Edit("REQ-20260302-v4rs", "own_device: false", "own_device: no"), at="no}"
    ),
    Row(
        "invalid-answers",
        "a question that is not asked",
        Edit("REQ-20260302-a2tb", "desk: ", "colour: green, desk: "),
        at="colour",
    ),
    Row(
        "invalid-answers",
        "an answer that is missing",
        Edit("REQ-20260302-a2tb", 'first_day: "2026-04-01", ', ""),
        at="answers:",
    ),
    Row(
        "invalid-answers",
        "the same groups as nobody",
        Edit("REQ-20260302-k6hd", "like: person:deniz-kaya", "like: person:denis-kaya"),
        at="person:denis-kaya",
    ),
    Row(
        "outcome-mismatch",
        "another thing than was asked for",
        Edit("REQ-20260212-n3fb", "cis: [ci:routes-01]", "cis: [ci:sms-gateway]"),
        at="ci:sms-gateway",
    ),
    Row(
        "outcome-missing",
        "what was handed out is not written",
        Edit("REQ-20260212-n3fb", "  cis: [ci:routes-01]\n", ""),
        at="outcome:",
    ),
    Row(
        "retired-item",
        "asked for what is not offered any more",
        Edit("catalog-item:new-starter", "state: active", "state: retired"),
        at="catalog-item:new-starter",
        found_in="REQ-20260302-a2tb",
    ),
    Row(
        "self-approved",
        "approved by whoever asked",
        Edit("REQ-20260302-k6hd", "by: person:mirjam-otten", "by: person:deniz-kaya"),
        at="person:deniz-kaya\n    type: transition",
    ),
    Row(
        "stock-out",
        "a step hands out what nobody has",
        Edit("catalog-item:laptop", "class: laptop", "class: server"),
        at="catalog-item:laptop",
        found_in="REQ-20260302-g9fx",
    ),
    Row(
        "unknown-calendar",
        "a calendar that is misspelt",
        Edit("sla:laptop", "calendar: business-hours", "calendar: busines-hours"),
        at="busines-hours",
    ),
    Row(
        "unknown-calendar",
        "a calendar that is nobody's any more",
        Edit("itsm.yaml", "  on-call:\n", "  stand-by:\n"),
        at="on-call",
        found_in="sla:incident-p1",
    ),
    Row(
        "unknown-state",
        "a state in which the clock shall stand still is misspelt",
        Edit("sla:laptop", "pause_on: [on-hold,", "pause_on: [onhold,"),
        at="onhold",
    ),
    Row(
        "circular-dependency",
        "a part of a bundle that includes the bundle",
        Append("catalog-item:laptop", "includes: [catalog-item:new-starter]\n"),
        at="catalog-item:new-starter",
    ),
    Row(
        "impossible-order",
        "a step that does not exist",
        Edit("catalog-item:account", "needs: [create]", "needs: [creat]"),
        at="creat]",
    ),
    Row(
        "impossible-order",
        "two steps wait for each other",
        Edit(
            "catalog-item:account",
            "its groups, team: team:infrastructure}",
            "its groups, team: team:infrastructure, needs: [tell]}",
        ),
        at="tell]",
    ),
    Row(
        "impossible-condition",
        "an answer that nobody can give",
        Edit("catalog-item:laptop", "when: {model: workstation}", "when: {model: big}"),
        at="big}",
    ),
    Row(
        "impossible-condition",
        "a question that nobody asks",
        Edit("catalog-item:laptop", "when: {model: workstation}", "when: {modell: workstation}"),
        at="modell",
    ),
    Row(
        "unknown-state",
        "the clock stops in a state that requests do not have",
        Edit("sla:laptop", "pause_on: [on-hold", "pause_on: [waiting"),
        at="waiting,",
    ),
    Row(
        "unknown-state",
        "an agreement on other records keeps its states",
        Edit("sla:depot-picking", "applies_to: incident", "applies_to: change"),
        at="on-hold",
    ),
)
