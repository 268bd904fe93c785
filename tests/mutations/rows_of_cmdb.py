"""Mutations of services and configuration items."""

from tests.mutations.table import Add, Append, Edit, Row

ROWS = (
    Row(
        "circular-dependency",
        "a server needs the printer that needs it",
        Edit(
            "ci:picking-01",
            "  - {type: copies_from",
            "  - {type: depends_on, to: ci:label-printer}\n  - {type: copies_from",
        ),
        at="ci:lt-0031",
        found_in="ci:label-printer",
    ),
    Row(
        "dependency-cycle",
        "a UPS hangs off what it feeds",
        Edit(
            "ci:ups-depot-02", "  - {type: hosted_on", "  - {type: powered_by, to: ci:sw-depot}\n  - {type: hosted_on"
        ),
        at="ci:ups-depot-02",
        found_in="ci:sw-depot",
    ),
    Row(
        "environment-crossing",
        "the database runs on a trial machine",
        Edit("ci:db-02", "environment: production", "environment: test"),
        at="ci:db-02",
        found_in="ci:orders-db",
    ),
    Row(
        "impossible-redundancy",
        "a relation that is misspelt",
        Edit("ci:wifi-depot", "over: has_member", "over: has_members"),
        at="has_members",
    ),
    Row(
        "impossible-redundancy",
        "over what carries no failure",
        Edit("ci:db-01", "over: powered_by", "over: monitored_by"),
        at="monitored_by, min_up",
    ),
    Row(
        "impossible-redundancy",
        "over what it does not need",
        Edit("service:workplace", "over: [ci:line-depot, ci:lte-depot]", "over: [ci:line-depot, ci:wifi-depot]"),
        at="ci:wifi-depot",
    ),
    Row(
        "orphan-ci",
        "a server that nobody knows",
        Add("records/cis/old-01.yaml", "title: old-01\nclass: server\nstate: operational\nowner: team:web\n"),
    ),
    Row(
        "ownerless-ci", "a compressor that nobody owns", Edit("ci:compressor-1", "owner: team:depot\n", ""), at="title"
    ),
    Row("retired-in-use", "a server on the old UPS", Edit("ci:depot-01", "ci:ups-depot-02", "ci:ups-depot-01")),
    Row(
        "retired-in-use",
        "a service that was given up is still needed",
        Edit("service:paper-invoices", "- ci:print-01", "- service:fax-orders"),
        at="service:fax-orders",
    ),
    Row(
        "service-without-ci",
        "a service that needs nothing",
        Edit("service:cold-chain", "depends_on:\n  - ci:cold-store\n", ""),
        at="title",
    ),
    Row(
        "single-point-of-failure",
        "no spare for the database any more",
        Edit("ci:orders-db", "redundancy:\n  - {over: runs_on, min_up: 1}\n", ""),
        at="ci:orders-db",
        found_in="service:order-database",
    ),
    Row(
        "stored-inverse",
        "a relation from the wrong end",
        Append("ci:web-01", "relations:\n  - {type: runs, to: ci:portal-app}\n"),
        at="runs, to",
    ),
    Row(
        "tier-inversion",
        "what matters needs what matters less",
        Edit("service:cold-chain", "  - ci:cold-store", "  - service:delivery-messages\n  - ci:cold-store"),
        at="service:delivery-messages",
    ),
    Row("unknown-class", "a class that is misspelt", Edit("ci:rack-depot", "class: rack", "class: racks"), at="racks"),
    Row(
        "unknown-class",
        "a freeze of a class that is misspelt",
        Edit("freeze:easter-2026", "classes: [database]", "classes: [databases]"),
        at="databases",
    ),
    Row(
        "unknown-class",
        "a class that is nobody's any more",
        Edit("itsm.yaml", "  wireless-network: network\n", ""),
        at="wireless-network",
        found_in="ci:wifi-depot",
    ),
    Row("unknown-relation", "a relation that is misspelt", Edit("ci:ups-depot-02", "hosted_on", "hosted_in")),
    Row(
        "unknown-relation",
        "a relation that is nobody's any more",
        Edit("itsm.yaml", '  copies_from: {inverse: copied_by, carries: "no"}\n', ""),
        at="copies_from",
        found_in="ci:picking-01",
    ),
    Row(
        "impossible-redundancy",
        "three of two below a tier 1 service",
        Edit("ci:orders-db", "min_up: 1", "min_up: 3"),
        at="3}",
    ),
    Row("impossible-redundancy", "three of two", Edit("service:workplace", "min_up: 1", "min_up: 3"), at="3}"),
    Row(
        "relation-not-allowed",
        "a machine out of thin air has a plug",
        Edit("ci:mail-01", "{type: backed_up_by", "{type: powered_by"),
        at="powered_by",
    ),
    Row(
        "relation-not-allowed",
        "an access point runs on the network",
        Edit("ci:ap-hall-1", "{type: member_of", "{type: runs_on"),
        at="ci:wifi-depot",
    ),
    Row(
        "circular-dependency",
        "two bundles in each other",
        Append("catalog-item:account", "includes: [catalog-item:new-starter]\n"),
        at="catalog-item:new-starter",
    ),
)
