"""Pages of all sixteen kinds, made from the examples that their schemas show."""

import re
from collections.abc import Mapping

import pytest

from itsm_as_code.model.kind import Kind
from itsm_as_code.model.reference import path_of
from itsm_as_code.reading.kinds import load_kinds
from itsm_as_code.site.words import label, state_tone
from itsm_as_code.writing.record import render_record
from tests.site.builds import build

KINDS = load_kinds({})


def example(kind: Kind) -> tuple[str, str]:
    """Return path and text of a kind's first example."""
    fields = dict(kind.schema["examples"][0])
    return path_of(kind, str(fields.pop("id"))), render_record(fields, kind)


FILES: Mapping[str, str | bytes] = {
    **dict(map(example, KINDS.values())),
    "itsm.yaml": "format: 1\ntime_zone: Europe/Zurich\n",
    "records/people/dana.yaml": "name: Dana Novak\n",
    "records/teams/workplace.yaml": "name: Workplace\n",
    "records/teams/finance.yaml": "name: Finance\n",
}
PAGES = build("internal", FILES)


def text(page: str) -> str:
    """Return what a page says: its words, without elements, one space between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", PAGES[page]).split())


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_a_list_and_pages(name: str) -> None:
    kind = KINDS[name]
    path, _ = example(kind)
    record = path.removeprefix("records/").removesuffix(".yaml").split("/")
    title = kind.schema["examples"][0][kind.title_field].replace("'", "&#39;")
    assert title in PAGES[f"{kind.folder}/index.html"]
    assert title in PAGES[f"{kind.folder}/{record[-1]}.html"]
    assert kind.title in PAGES[f"about-{name}.html"]


def test_a_form_and_its_steps_are_tables() -> None:
    page = text("catalog/laptop.html")
    assert "Name Label Type Required Options model Which model? choice yes standard workstation" in page
    assert "From When line-manager none Finance Model workstation" in page
    assert "ID Title Team Needs Produces Class Licence set-up Set one up Workplace none asset laptop none" in page


def test_dates_and_blocks_of_seats_are_readable() -> None:
    assert "Start 1 Jan 2026 End 31 Dec 2026 Renewal automatic Notice 90 d" in text("licences/office-suite.html")
    assert "To Seats" in text("licences/office-suite.html")
    assert re.search(r"Seats in use [1-9]\d* computed", text("licences/office-suite.html"))
    assert "Start 1 Jan 2026 End 31 Dec 2028 Renewal manual" in text("contracts/storage-support.html")
    assert "1800.00 EUR per year" in text("contracts/storage-support.html")
    assert "Response within 15 min Resolution within 4 h" in text("slas/checkout-critical.html")
    assert "Start 18 Dec 2026, 18:00 CET (17:00 UTC) End 4 Jan 2027, 08:00 CET" in text("freezes/year-end-2026.html")


def test_answers_read_as_what_they_are() -> None:
    request = {
        **FILES,
        "records/requests/2026/REQ-20260301-v6tn.yaml": (
            "title: A laptop\nitem: catalog-item:laptop\nrequested_by: person:dana\n"
            "answers: {model: standard, needed_by: 2026-03-02, replaces: asset:LT-0031, note: person:nobody}\n"
            "timeline: [{at: 2026-03-01T09:00:00+01:00, by: person:dana, type: created}]\n"
        ),
    }
    page = build("internal", request)["requests/REQ-20260301-v6tn.html"]
    assert "2 Mar 2026" in page
    assert '<a href="../assets/LT-0031.html">Laptop of Dana</a>' in page
    assert "person:nobody" in page


def test_an_answer_does_not_tell_of_a_restricted_record() -> None:
    files = {
        **FILES,
        "records/people/dana.yaml": "name: Dana Novak\nvisibility: restricted\n",
        "records/requests/2026/REQ-20260301-v6tn.yaml": (
            "title: A laptop\nitem: catalog-item:laptop\nrequested_by: team:shop\nanswers: {buddy: person:dana}\n"
            "timeline: [{at: 2026-03-01T09:00:00+01:00, by: team:shop, type: created}]\n"
        ),
    }
    pages = build("internal", files)
    assert "person:dana" in pages["requests/REQ-20260301-v6tn.html"]
    assert "Dana Novak" not in "".join(pages.values())


def test_requests_are_in_the_menu_and_known_errors_are_no_queue() -> None:
    assert ">Requests</a>" in PAGES["index.html"]
    assert "Requests 1 (1 open)" in text("index.html")
    assert re.search(r"Known errors 1 (?!\()", text("index.html"))


@pytest.mark.parametrize(
    ("kind", "state", "tone"),
    [
        ("request", "submitted", "warn"),
        ("request", "approved", "info"),
        ("request", "fulfilled", "good"),
        ("request", "rejected", "quiet"),
        ("change-template", "approved", "good"),
        ("known-error", "published", "good"),
        ("licence", "active", "good"),
        ("contract", "draft", "quiet"),
        ("contract", "canceled", "quiet"),
        ("freeze", "active", "work"),
        ("freeze", "lifted", "quiet"),
    ],
)
def test_tones_of_the_states_of_new_kinds(kind: str, state: str, tone: str) -> None:
    assert state_tone(KINDS[kind], state) == tone


def test_abbreviations_keep_their_capitals() -> None:
    assert label("slas") == "SLAs"
    assert label("cis") == "CIs"
