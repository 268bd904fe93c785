"""Whatever is typed as a setting is made, or refused in one line; what is made is what the file says then."""

from hypothesis import example, given
from hypothesis import strategies as st

from itsm_as_code.editing.set_fields import plan_set
from itsm_as_code.errors import ItsmError
from itsm_as_code.reading.document import read_document
from tests.editing.organisation import record, stamp

ADDRESSES = ["INC-20260304-k7qz", "CHG-20260303-m2nk", "ci:web-01", "person:alice", "team:web", "service:shop"]
RECORDS = {address: record(address) for address in ADDRESSES}
FIELDS = [
    "title",
    "name",
    "impact",
    "services",
    "cis",
    "cis[0]",
    "cis[ci:web-01]",
    "cis[web-01].role",
    "cis[9].ci",
    "assignment",
    "assignment.team",
    "risk.impact",
    "planned.start",
    "plans.implementation",
    "links",
    "tags",
    "external",
    "handles.github.id",
    "emails",
    "members",
    "depends_on",
    "redundancy",
    "attributes.ram",
    "x-free",
    "x-free.inner",
    "public",
    "review.actions",
    "outage.expected",
    "end_of_support",
    "tier",
    "description",
    "timeline",
]
TEXTS = (
    """
    |high|web|ci:web-01|[ci:web-01, ci:web-02]|{ci: web-02}|{type: x, to: web}|[|{|]: x|no|1|true|2026-03-04|10m ago
    |yes\nno|a: b # c|'|"|&a *a|!!str x|\u2028|é\x00|[1, [2, {a: b}]]|{a: {b: c}}|- x|null|~|0123|1e9
    |{over: has_member, min_up: 1}
""".strip()
    .replace("\n    |", "|")
    .split("|")
)
SETTINGS = st.builds(
    "{}{}{}".format,
    st.sampled_from(FIELDS) | st.text(max_size=9),
    st.sampled_from(["=", "+=", "-="]),
    st.sampled_from(TEXTS),
)


@given(st.sampled_from(ADDRESSES), st.lists(SETTINGS | st.text(max_size=20), min_size=1, max_size=3))
@example("ci:web-01", ["x-free=a", "x-free.inner=b"])
@example("INC-20260304-k7qz", ["cis-=web-01", "cis+=web-02", "cis[ci:web-02].role=cause"])
def test_a_setting_is_made_or_refused(address: str, settings: list[str]) -> None:
    snapshot, held = RECORDS[address]
    try:
        plan = plan_set(snapshot, held, settings, stamp())
    except ItsmError:
        return
    assert plan.said
    for edit in plan.edits:
        document = read_document(edit.path, edit.after or b"")
        assert edit.path == held.file
        assert document.readable
        assert document.value != held.own_fields
