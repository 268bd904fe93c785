"""Mutations of where a file stands and what it is."""

from tests.mutations.table import Add, Append, Copy, Delete, Edit, Lock, Rename, Row

P1 = "sla:incident-p1"
"""An agreement that no record links to: where it goes leaves no link behind."""

ROWS = (
    Row(
        "duplicate-id",
        "the copy of an asset differs in capitals only",
        Copy("asset:LT-0032", "records/assets/lt-0032.yaml"),
        at="title: Laptop for the accounts",
    ),
    Row(
        "duplicate-id",
        "the copy of an agreement in capitals, which are no id of one",
        Copy(P1, "records/slas/INCIDENT-P1.yaml"),
        at="title: ",
    ),
    Row(
        "duplicate-id",
        "an incident was copied into last year's folder",
        Copy("INC-20260310-k8nz", "records/incidents/2025/INC-20260310-k8nz.yaml"),
        at="title: Scanner",
    ),
    Row(
        "duplicate-id",
        "a freeze stands in a folder of its own, too",
        Copy("freeze:easter-2026", "records/freezes/2026/easter-2026.yaml"),
        at="title: Easter",
    ),
    Row(
        "id-path-mismatch",
        "a request was moved into last year's folder",
        Rename("REQ-20260310-q8zy", "records/requests/2025/REQ-20260310-q8zy.yaml"),
        at="title: Seat",
    ),
    Row("id-path-mismatch", "no kind has this folder", Rename(P1, "records/sla/incident-p1.yaml"), at="title: "),
    Row("id-path-mismatch", "a record in no folder", Rename(P1, "records/incident-p1.yaml"), at="title: "),
    Row("id-path-mismatch", "a file's name is no id", Rename(P1, "records/slas/Incident P1.yaml"), at="title: "),
    Row("id-path-mismatch", "the id of another CI", Append("ci:compressor-1", "id: compressor-2\n"), at="compressor-2"),
    Row("id-path-mismatch", "the kind of another folder", Append("ci:pdu-a", "kind: asset\n"), at="asset\n"),
    Row("misnamed-file", "a record ends in .yml", Rename(P1, "records/slas/incident-p1.yml"), at="title: "),
    Row(
        "misnamed-file",
        "a team that many records name",
        Rename("team:infrastructure", "records/teams/infrastructure.yml"),
        at="name: ",
    ),
    Row("misnamed-file", "a record ends in .YAML", Rename(P1, "records/slas/incident-p1.YAML"), at="title: "),
    Row("stray-file", "a spreadsheet beside the assets", Add("records/assets/inventory.xlsx", b"PK\x03\x04"), at=b"PK"),
    Row("stray-file", "what a merge left behind", Copy("ci:web-01", "records/cis/web-01.yaml.orig"), at="title: "),
    Row("submodule", "the records of another firm", Add("records/hosting-centre", "", "submodule")),
    Row("symlink", "a shortcut to a record", Add("records/cis/lb.yaml", "lb-02.yaml", "symlink"), at="lb-02"),
    Row("not-a-mapping", "an empty file", Add("records/cis/web-03.yaml")),
    Row("not-a-mapping", "a list of names", Add("records/teams/vans.yaml", "- Deniz\n- Mirjam\n"), at="- Deniz"),
    Row(
        "secret-in-record",
        "a password in a note",
        Edit("INC-20260310-d3fy", "Hangs by its cable, switched off.", "passphrase=Kohlrabi7Winter! opens the case."),
    ),
    Row(
        "secret-in-record",
        "a token in a description",
        Edit("person:watchdog", "Probes every", "glpat-4tJx9kQm2wPz7vRb8nLs reads every"),
    ),
    Row(
        "key-in-clear",
        "the key where the licence is",
        Edit("licence:label-designer", "Draws the labels", "Activate with 7BKQ2-XD9MV-4TTGH-PW36R-H8NYJ"),
        at="7BKQ2",
    ),
    Row(
        "key-in-clear",
        "the key in a comment on the asset",
        Append("asset:LT-0020", "# Office key: 9QX4-77TB-M2PD-K8WA\n"),
        at="key: 9QX4",
    ),
    Row(
        "dangling-link",
        "the record of a provider is deleted",
        Delete("contract:funkbrief"),
        at="contract:funkbrief",
        found_in="CHG-20260310-m2ck",
    ),
    Row("unreadable-file", "a file that belongs to somebody else", Lock("ci:web-01")),
    Row(
        "orphan-entry",
        "a note on an incident of another day",
        Add(
            "records/incidents/2026/INC-20260309-k8nz.d/20260310T080000Z-k7qz.yaml",
            "at: 2026-03-10T09:00:00+01:00\nby: person:mirjam-otten\ntype: note\ntext: It is back.\n",
        ),
        at="at: ",
    ),
    Row(
        "merge-conflict",
        "both sides of a merge write down a new colleague",
        Add("records/people/lena-vogt.yaml", "name: Lena Vogt\n", "conflict"),
        at="name: ",
    ),
)
