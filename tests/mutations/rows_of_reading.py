"""Mutations of a file's bytes and of its YAML."""

from tests.mutations.table import Append, Edit, Row

ROWS = (
    Row("control-character", "a bell in a note", Edit("CHG-20260309-s3ha", "Now web-01.", "\x07Now web-01.")),
    Row(
        "control-character",
        "a mark that turns the direction of reading",
        Edit("contract:funkbrief", "An offer", "\u202eAn offer"),
    ),
    Row(
        "invisible-character",
        "a space without width in a note",
        Edit("CHG-20260309-s3ha", "Now web-01.", "\u200bNow web-01."),
        at="\u200bNow",
    ),
    Row(
        "not-utf8",
        "a name as an old Windows program saves it",
        Edit("ci:lt-0031", "The depot", b"Caf\xe9. The depot"),
        at=b"\xe9",
    ),
    Row("not-utf8", "a byte order mark", Edit("team:web", "name: Web", "\ufeffname: Web")),
    Row(
        "odd-line-break",
        "a line separator out of a word processor",
        Edit("ci:pdu-b", "feed B. ", "feed B.\u2028"),
        at="\u2028",
    ),
    Row(
        "odd-line-break",
        "a carriage return alone",
        Edit("ci:pdu-a", "class: power\n", "class: power\r"),
        at="\renvironment",
    ),
    Row(
        "too-large",
        "a log pasted into the notes",
        Append("INC-20260310-k8nz", "# " + "tcp reset\n# " * 100_000),
        at="title: ",
    ),
    Row(
        "too-deep",
        "sixty lists in each other",
        Append("ci:web-02", f"x-nested: {'[' * 60}{']' * 60}\n"),
        at="[" * 11 + "]",
    ),
    Row("tab-indent", "a tab before a model", Edit("ci:sw-depot", "  - {type: hosted_on", "\t- {type: hosted_on")),
    Row(
        "yaml-syntax",
        "a colon within plain text",
        Edit("KE-20260310-b5zs", "title: Kurzwelle", "title: Late: Kurzwelle"),
        at=": Kurzwelle",
    ),
    Row(
        "yaml-syntax",
        "a bracket that is never closed",
        Edit("PRB-20260305-a7nq", "incidents: [INC-20260304-w4rm]", "incidents: [INC-20260304-w4rm"),
        at="[INC-20260304-w4rm",
    ),
    Row(
        "yaml-syntax",
        "quotes that are never closed",
        Edit("team:infrastructure", "contact: ", 'contact: "'),
        at='"infra',
    ),
    Row(
        "yaml-alias", "an anchor for later use", Edit("ci:web-01", "owner: team:web", "owner: &web team:web"), at="&web"
    ),
    Row(
        "yaml-tag",
        "a type of another language",
        Edit("ci:web-02", "version: Debian", "version: !!str Debian"),
        at="!!str",
    ),
    Row("yaml-key", "a number for a field", Append("ci:pdu-b", "x-sockets:\n  1: db-01\n"), at="1: db-01"),
    Row("yaml-merge-key", "defaults are merged in", Append("ci:pdu-a", "<<: {criticality: high}\n"), at="<<"),
    Row(
        "yaml-many-documents",
        "two records in one file",
        Append("freeze:harvest-2026", "---\ntitle: Potatoes\n"),
        at="---",
    ),
    Row(
        "duplicate-key",
        "two people wrote the state",
        Append("ci:routes-01", "state: operational\n"),
        at="state: operational",
    ),
    Row(
        "duplicate-key",
        "one entry has two authors",
        Edit(
            "CHG-20260310-m2ck",
            "by: person:jonas-brandt, type",
            "by: person:jonas-brandt, by: person:leila-haddad, type",
        ),
        at="by: person:leila-haddad",
    ),
    Row(
        "implicit-type", "a contract's number loses its zeros", Edit("contract:fax-line", '"0025117734"', "0025117734")
    ),
    Row(
        "implicit-type",
        "a time of day counts in sixties",
        Edit("ci:orders-db", 'start: "05:30"', "start: 05:30"),
        at="05:30",
    ),
    Row("implicit-type", "a commit is a large number", Edit("CHG-20260306-t9wr", "91e2f30c77ab", "91e23077")),
    Row(
        "implicit-type",
        "Norway is false",
        Edit("ci:watchdog-01", "location: Rented, Falkenstein", "location: no"),
        at="no\n",
    ),
    Row(
        "implicit-type",
        "a version that is a number",
        Edit("ci:sw-depot", 'version: "7.16"', "version: 7.16"),
        at="7.16",
    ),
    Row(
        "yaml-syntax",
        "a problem that cannot be read",
        Edit("PRB-20260305-a7nq", "title: Nobody", "title: Now: Nobody"),
        at=": Nobody",
    ),
    Row(
        "yaml-syntax",
        "a fix that cannot be read",
        Edit("CHG-20260302-c5fw", "title: A disk", "title: Now: A disk"),
        at=": A disk",
    ),
    Row(
        "yaml-syntax",
        "half of a pair that cannot be read",
        Edit("ci:db-01", "title: db-01", "title: Now: db-01"),
        at=": db-01",
    ),
    Row(
        "yaml-syntax",
        "what all depends on cannot be read",
        Edit("ci:lb-02", "title: lb-02", "title: Now: lb-02"),
        at=": lb-02",
    ),
    Row(
        "yaml-syntax",
        "a service that cannot be read",
        Edit("service:member-account", "title: Member", "title: Now: Member"),
        at=": Member account\n",
    ),
)
