"""The pages of both sites: sound HTML, working links, inert records, and what each reader must see."""

import json
import posixpath
import re
from datetime import datetime
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.status.audience import AUDIENCES, Audience
from tests.site.builds import FILES, build, finding, snapshot
from tests.site.pages import html, read

HOSTILE_TITLE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}</title></svg>{% raw %}'
HOSTILE_TEXT = (
    "[go](javascript:alert(3)) [d](data:text/html,x) ![i](http://x.example/i.png) <svg onload=alert(4)> "
) + HOSTILE_TITLE
TITLES = ("The shop is slow", "Web shop", "New disks for the shop", "Ann Example", "Web team", "web-01")
TEXTS = ("A disk is full.", "It is web-01.", "The shop is closed for an hour.", "The old ones are full.")

NINTH_KIND = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Vehicle", "description": "A van.", "type": "object", "$ref": "envelope.schema.json",
  "properties": {
    "plate": {"type": "string", "description": "The number plate."},
    "driver": {
      "type": "string", "description": "Who drives it.", "x-itsm-link": {"to": ["person"], "reverse": "drives"}
    }
  },
  "required": ["title"], "unevaluatedProperties": false, "patternProperties": {"^x-": true},
  "x-itsm": {"kind": "vehicle", "plural": "vehicles", "folder": "vehicles", "id": "slug", "title_field": "title",
    "lifecycle": {"states": {
      "road": {"to": ["scrap"], "meaning": "Drives."}, "scrap": {"to": [], "final": true, "meaning": "Gone."}
    }},
    "columns": ["state", "plate", "driver"]}
}"""


def plain(page: str) -> str:
    """Return a page's text with single spaces."""
    return re.sub(r"\s+", " ", read(page).text)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_pages_are_complete_and_their_links_lead_somewhere(audience: Audience) -> None:
    pages = build(audience, findings=(finding("records/cis/web-01.yaml", "ci:web-01", "odd"),))
    for path, seen in html(pages).items():
        assert not seen.faults, path
        assert pages[path].startswith("<!DOCTYPE html>\n<html lang="), path
        assert seen.tags.count("h1") == 1, path
        assert not {"script", "style", "iframe", "img"} & set(seen.tags), path
        assert not seen.values("style"), path
        ids = seen.values("id")
        assert len(ids) == len(set(ids)), path
        for href in seen.values("href"):
            parts = urlsplit(href)
            if parts.scheme:
                assert parts.scheme in {"http", "https", "mailto", "data"}, (path, href)
            elif parts.path:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path))
                assert target in pages, (path, href)
            else:
                assert parts.fragment in ids, (path, href)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_headings_are_in_order(audience: Audience) -> None:
    for path, seen in html(build(audience)).items():
        levels = [int(tag[1]) for tag in seen.tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_hostile_records_are_inert(audience: Audience) -> None:
    files = dict(FILES)
    for path, text in FILES.items():
        poisoned = str(text)
        for word, poison in (*((word, HOSTILE_TITLE) for word in TITLES), *((word, HOSTILE_TEXT) for word in TEXTS)):
            for field in ("title", "name", "text", "message", "reason"):
                poisoned = poisoned.replace(f"{field}: {word}", f"{field}: {json.dumps(poison)}")
        if path.startswith("records/"):
            files[path] = poisoned
    assert all(record.valid for record in snapshot(files).records.values()), snapshot(files).faults
    pages = build(audience, files)
    assert sum("<script>alert(1)" in seen.text for seen in html(pages).values()) > 2
    for path, seen in html(pages).items():
        assert not seen.faults, path
        assert not {"script", "img", "style"} & set(seen.tags), path
        assert not [name for _, name, _ in seen.attributes if name.startswith("on")], path
        assert not [href for href in seen.values("href") if href.lower().startswith(("javascript:", "data:text"))], path
        assert "49" not in re.findall(r"\b\d+\b", seen.text), path


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_same_input_gives_the_same_bytes(audience: Audience) -> None:
    shuffled = dict(reversed(list(FILES.items())))
    assert build(audience) == build(audience, shuffled)


def test_public_status_page_says_what_is_broken_and_what_is_coming() -> None:
    text = plain(build("public")["index.html"])
    assert "Degraded: Shop" in text
    assert "The shop is slow" in text
    assert "Since 10 Mar 2026, 06:00 CET (05:00 UTC), for 4 h" in text
    assert "Pages take half a minute." in text
    assert "Next update was due 10 Mar 2026, 06:40 CET" in text
    assert "New disks for the shop" in text
    assert "12 Mar 2026, 22:00 CET (21:00 UTC) to 23:30 CET (22:30 UTC), 1 h 30 min" in text
    assert text.count("No incidents.") == 14
    assert "Ann" not in text


def test_public_pages_change_with_the_clock_alone() -> None:
    before = plain(build("public", now=datetime.fromisoformat("2026-03-10T05:59:00+01:00"))["index.html"])
    assert "All systems operational" in before
    during = plain(build("public", now=datetime.fromisoformat("2026-03-12T22:30:00+01:00"))["index.html"])
    assert "Maintenance in progress" in during


def test_component_page_lists_its_incidents() -> None:
    text = plain(build("public")["components/shop.html"])
    assert "Degraded" in text
    assert "The shop is slow" in text
    assert "components/pay.html" not in build("public")


def test_home_page_says_what_is_broken_coming_and_recent() -> None:
    text = plain(build("internal", findings=(finding("itsm.yaml", "", "odd"),))["index.html"])
    assert "Degraded: Web shop" in text
    assert "1 open incident" in text
    assert "P2" in text
    assert "New disks for the shop" in text
    assert "1 error, 0 warnings" in text
    assert "10 Mar 2026, 06:12 CET · Note" in text


def test_one_service_is_counted_as_one() -> None:
    one = {path: text for path, text in FILES.items() if path != "records/services/shop.yaml"}
    assert "1 service in use" in plain(build("internal", one)["status.html"])
    assert "2 services in use" in plain(build("internal")["status.html"])


def test_record_page_shows_facts_links_and_timeline() -> None:
    page = build("internal")["incidents/INC-20260310-aaaa.html"]
    text = plain(page)
    assert "Priority P2 computed" in text
    assert '<a href="../services/shop.html">Web shop</a>' in page
    assert "Newest first." in text
    assert text.index("It is web-01.") < text.index("A disk is full.") < text.index("State new to in progress")
    assert "records/incidents/2026/INC-20260310-aaaa.yaml" in text
    ci = build("internal")["cis/web-01.html"]
    assert '<a href="https://wiki.acme.example/web-01" rel="noopener nofollow">' in ci
    assert "Incidents" in plain(ci)
    assert "The shop is slow" in plain(ci)


def test_graph_is_drawn_and_told() -> None:
    page = build("internal")["cis/web-01.html"]
    text = plain(page)
    assert '<svg class="graph"' in page
    assert "<title>Web shop (service:shop)</title>" in page
    assert "Web shop service · degraded used by directly" in text
    assert "host-01 hypervisor · operational runs on directly" in text
    assert '<svg class="graph"' not in build("internal")["teams/web.html"]


def test_lists_have_at_most_200_rows_a_page() -> None:
    cis = {
        f"records/cis/ci-{number:03d}.yaml": "title: A machine\nclass: vm\nowner: team:web\n" for number in range(401)
    }
    pages = build("internal", {**FILES, **cis})
    assert {path for path in pages if path.startswith("cis/page-")} == {"cis/page-2.html", "cis/page-3.html"}
    assert read(pages["cis/index.html"]).tags.count("tr") == 201
    assert read(pages["cis/page-3.html"]).tags.count("tr") == 4
    assert 'href="page-3.html" aria-current="page"' in pages["cis/page-3.html"]
    assert "201 to 400 of 403" in plain(pages["cis/page-2.html"])


def test_a_record_named_like_a_list_page_has_a_page_of_its_own() -> None:
    files = {
        **FILES,
        "records/cis/index.yaml": "title: The index server\nclass: vm\nowner: team:web\n",
        "records/cis/page-2.yaml": "title: The second page\nclass: vm\nowner: team:web\n",
    }
    pages = build("internal", files)
    assert "The index server" in pages["cis/_index.html"]
    assert "The second page" in pages["cis/_page-2.html"]
    assert 'href="../cis/_index.html"' in pages["cis/index.html"]


def test_a_ninth_kind_is_rendered() -> None:
    files = {
        **FILES,
        "schemas/vehicle.schema.json": NINTH_KIND,
        "records/vehicles/van-1.yaml": "title: The blue van\nplate: MS-SF 12\ndriver: person:ann\n",
    }
    pages = build("internal", files)
    assert "MS-SF 12" in plain(pages["vehicles/van-1.html"])
    assert "The blue van" in plain(pages["vehicles/index.html"])
    assert "Drives The blue van" in plain(pages["people/ann.html"])
    assert "Vehicles" in plain(pages["index.html"])
    assert "The number plate." in plain(pages["about-vehicle.html"])


def test_findings_are_listed_by_file() -> None:
    files = ("records/cis/web-01.yaml", "ci:web-01")
    pages = build("internal", findings=(finding(*files, "first thing"), finding(*files, "second thing", "warning")))
    text = plain(pages["findings.html"])
    assert "1 error, 1 warning" in text
    assert "some-rule first thing 1:1 · title" in text
    assert "second thing" in plain(pages["cis/web-01.html"])
    assert "Nothing to report." in build("internal")["findings.html"]


def test_own_templates_replace_shipped_ones() -> None:
    own = {
        "stub.html.j2": "gone",
        "home.html.j2": "<p>{{ frame.site }}: {{ 6 * 7 }}</p>",
        "style.css": "p {}",
        "x.txt": "",
    }
    pages = build("internal", templates=own)
    assert pages["index.html"] == "<p>Acme: 42</p>"
    assert pages["style.css"] == "p {}"
    assert "The shop is slow" in pages["incidents/INC-20260310-aaaa.html"]


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{% if %}", r"templates/home\.html\.j2:1: "),
        ("{{ view.nothing }}", r"templates/home\.html\.j2: .*nothing"),
        ("{{ view.__class__.__mro__ }}", r"templates/home\.html\.j2: .*unsafe"),
        ("{% import 'parts.html.j2' as parts %}{{ parts._body_stream }}", r"templates/home\.html\.j2: .*unsafe"),
        ("{% import 'parts.html.j2' as parts %}{{ parts.chip.__call__ }}", r"templates/home\.html\.j2: .*unsafe"),
        ("{% import 'parts.html.j2' as parts %}{{ parts.nothing(1) }}", r"templates/home\.html\.j2: .*nothing"),
        ("{{ ''.format.__globals__ }}", r"templates/home\.html\.j2: .*unsafe"),
        ("{{ frame.menu.append(1) }}", r"templates/home\.html\.j2: .*append"),
        ("{% extends 'nowhere.html.j2' %}", r"nowhere\.html\.j2"),
        ("{{ 1 // 0 }}", r"templates/home\.html\.j2: "),
        ("{{ range(9999999) | list }}", r"templates/home\.html\.j2: "),
    ],
)
def test_a_template_that_does_not_work_stops_the_run_in_one_line(template: str, says: str) -> None:
    with pytest.raises(ItsmError, match=says):
        build("internal", templates={"home.html.j2": template})


def test_an_empty_repository_has_a_site() -> None:
    pages = build("public", {})
    assert "All systems operational" not in pages["index.html"]
    assert "No services are shown here yet</h1>" in pages["index.html"]
    assert "None so far" in build("internal", {})["incidents/index.html"]
