"""Small parts: Markdown, times, labels, paths of pages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.site.frame import document_title
from itsm_as_code.site.markdown import is_web_link, markdown, rendered
from itsm_as_code.site.moments import Moment, clock, duration_words, span_words
from itsm_as_code.site.page import record_path, root_of
from itsm_as_code.site.words import label, plural, shortened, state_tone
from tests.site.builds import snapshot
from tests.site.pages import read

LETTERS = st.text(st.sampled_from("ab .,:;()'\"/@1-+=?!%äß€*_`[]<>#|~&\\\n\t{}"), max_size=40)


@given(LETTERS)
def test_plain_text_needs_no_parser(text: str) -> None:
    assert markdown(text) == rendered(text)


@given(LETTERS)
def test_markdown_is_balanced_and_has_nothing_but_text(text: str) -> None:
    seen = read(rendered(text))
    assert not seen.faults
    assert {name for _, name, _ in seen.attributes} <= {"href", "rel", "class", "start", "scope"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("# Big", '<p class="heading">Big</p>'),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("[x](https://a.example)", '<p><a href="https://a.example" rel="noopener nofollow">x</a></p>'),
        ("[](https://a.example)", '<p><a href="https://a.example" rel="noopener nofollow">https://a.example</a></p>'),
        ("![x](https://a.example)", '<p><a href="https://a.example" rel="noopener nofollow">x</a></p>'),
        (
            "[![x](https://b.example)](https://a.example)",
            '<p><a href="https://a.example" rel="noopener nofollow">x</a></p>',
        ),
        ("<mailto:a@b.example>", '<p><a href="mailto:a@b.example" rel="noopener nofollow">mailto:a@b.example</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](//a.example)", "<p>[x](//a.example)</p>"),
        ("[x](../secret.html)", "<p>[x](../secret.html)</p>"),
        ("", ""),
        ("\n", ""),
    ],
)
def test_markdown(text: str, html: str) -> None:
    assert markdown(text) == html


def test_web_links() -> None:
    assert is_web_link("HTTPS://a.example/x?y=z")
    for text in ("ftp://a.example", "/x", "javascript:x", "https://a.example/\u0000", " https://a.example"):
        assert not is_web_link(text)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=59), "under 1 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=3, minutes=12), "3 h 12 min"),
        (timedelta(hours=4), "4 h"),
        (timedelta(days=2, hours=3, minutes=5), "2 d 3 h"),
        (timedelta(days=30), "30 d"),
    ],
)
def test_durations(length: timedelta, words: str) -> None:
    assert duration_words(length) == words


def test_moments_in_the_zone_and_in_utc() -> None:
    at = datetime(2026, 3, 4, 23, 7, 5, 999, tzinfo=UTC)
    berlin = clock("Europe/Berlin")
    assert berlin.moment(at) == Moment("2026-03-04T23:07:05Z", "5 Mar 2026, 00:07 CET", "4 Mar, 23:07 UTC")
    assert berlin.until(at, at - timedelta(minutes=6)).local == "00:07 CET"
    assert berlin.until(at, at - timedelta(days=2)).local == "5 Mar 2026, 00:07 CET"
    assert clock("UTC").moment(at) == Moment("2026-03-04T23:07:05Z", "4 Mar 2026, 23:07 UTC", "")
    assert clock("Nowhere/Land").moment(at).local == "4 Mar 2026, 23:07 UTC"
    assert clock("../../etc/passwd").moment(at).utc == ""
    assert clock("America/Sao_Paulo").moment(at).local == "4 Mar 2026, 20:07 UTC-03"


def test_the_ends_of_the_calendar() -> None:
    for year, month, day, zone in ((1, 1, 1, "America/New_York"), (9999, 12, 31, "Asia/Tokyo")):
        at = datetime(year, month, day, 23 if year > 1 else 0, 30, tzinfo=UTC)
        assert clock(zone).moment(at).iso.startswith(f"{year:04d}-")
    assert span_words(None, None) == ""
    assert span_words(datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)) == ""


def test_labels() -> None:
    assert label("started_at") == "Started at"
    assert label("cis") == "CIs"
    assert label("assignment.team") == "Assignment team"
    assert [plural(noun, 2) for noun in ("server", "facility", "switch", "class", "key")] == [
        "servers",
        "facilities",
        "switches",
        "classes",
        "keys",
    ]
    assert plural("server", 1) == "server"
    assert shortened("abcdef", 4) == "abc…"


def test_tones_of_states() -> None:
    kinds = snapshot({}).kinds
    assert state_tone(kinds["incident"], "resolved") == "good"
    assert state_tone(kinds["incident"], "closed") == "quiet"
    assert state_tone(kinds["change"], "assess") == "info"
    assert state_tone(kinds["ci"], "unheard-of") == "quiet"


@pytest.mark.parametrize("title", ["x" * 200, '"' * 200, "&" * 70, "short"])
def test_document_titles_fit(title: str) -> None:
    assert 0 < len(escape(document_title(title, "Acme"))) <= 70


def test_pages_of_records() -> None:
    web = snapshot().records["ci:web-01"]
    assert record_path(web) == "cis/web-01.html"
    assert record_path(web, "components") == "components/web-01.html"
    for id_ in ("..", "a/b", "a..b", "-x", "ä", "a b", "x" * 200, ""):
        assert record_path(replace(web, id=id_)) is None
    assert record_path(web, "a/b") is None
    assert (root_of("index.html"), root_of("a/b/c.html")) == ("", "../../")
