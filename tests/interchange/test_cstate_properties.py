"""Whatever stands on a page, it is refused with a reason or becomes a record that the schema accepts."""

from collections.abc import Mapping
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from itsm_as_code.interchange.front_matter import Page, UnreadableError, decode, read_page
from itsm_as_code.interchange.notice import read_notice
from itsm_as_code.interchange.site_config import SiteConfig, System, read_systems
from itsm_as_code.interchange.stamp import is_pristine, stamped
from itsm_as_code.interchange.story import record_fields
from itsm_as_code.interchange.systems import read_catalogue
from itsm_as_code.model.kind import Kind
from itsm_as_code.reading.document import read_document
from itsm_as_code.reading.validation import SchemaValidator
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

_TIMES = st.sampled_from(
    ["2024-05-01T10:00:00Z", "2024-05-01 9:00:00", "2024-05-02", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "soon"]
)
_TEXTS = st.one_of(st.text(max_size=60), st.text(alphabet="ab\n []*-{}<>\"'`:#.2024 UpdateFinal%", max_size=120))
_SETTINGS = st.fixed_dictionaries(
    {"date": _TIMES},
    optional={
        "title": _TEXTS,
        "resolved": st.sampled_from(["true", "false", "?"]),
        "resolvedWhen": _TIMES,
        "severity": st.one_of(st.sampled_from(["down", "disrupted", "notice"]), _TEXTS),
        "informational": st.sampled_from(["true", "false"]),
        "affected": st.one_of(_TEXTS, st.lists(st.one_of(_TEXTS, st.none()), max_size=4)),
    },
)


@cache
def _kinds() -> Mapping[str, tuple[Kind, SchemaValidator]]:
    kinds = load(MemorySource({})).kinds
    return {name: (kinds[name], SchemaValidator(kinds[name].schema)) for name in ("incident", "change", "service")}


def _accepted(kind: str, fields: Mapping[str, object], *, but_for: tuple[str, ...] = ()) -> None:
    made, validator = _kinds()[kind]
    text = stamped(fields, made)
    assert is_pristine(text)
    document = read_document("record.yaml", text.encode())
    assert document.faults == ()
    faults = [fault for fault in validator.faults("record.yaml", document.value) if fault.rule not in but_for]
    assert faults == []


@settings(max_examples=200, deadline=None)
@given(values=_SETTINGS, body=_TEXTS, name=st.text(alphabet="ab-2024.é %", min_size=1, max_size=20))
def test_any_page_becomes_a_valid_record(values: Mapping[str, object], body: str, name: str) -> None:
    catalogue = read_catalogue(SiteConfig(systems=(System("A b", "", "", ""),)), {})
    try:
        notice = read_notice(f"content/issues/{name}.md", Page(values, body))
    except UnreadableError:
        assert values["date"] == "soon"
        return
    fields, _ = record_fields(notice, catalogue, "https://status.example.com")
    # A change must name a service, and a page need not.
    _accepted("change" if notice.is_maintenance else "incident", fields, but_for=("schema-any-of",))


@settings(max_examples=100, deadline=None)
@given(systems=st.lists(st.fixed_dictionaries({"name": _TEXTS, "description": _TEXTS, "link": _TEXTS}), max_size=4))
def test_any_system_becomes_a_valid_service(systems: list[Mapping[str, str]]) -> None:
    declared, skipped = read_systems("config.yml", {"systems": systems})
    assert len(declared) + len(skipped) == len(systems)
    catalogue = read_catalogue(SiteConfig(systems=tuple(declared)), {})
    services = [draft for draft in catalogue.drafts if draft.kind == "service"]
    assert len({draft.id for draft in services}) == len(declared)
    for draft in services:
        _accepted("service", draft.fields)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.binary(max_size=60).map(lambda data: b"---\n" + data + b"\n---\n" + data)))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    said = ""
    try:
        read_page(decode(data)[0])
    except UnreadableError as error:
        said = str(error)
    assert "\n" not in said
