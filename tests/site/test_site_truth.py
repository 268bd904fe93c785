"""What the status pages say is true: levels, times and words agree with the records, at any moment."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from tests.site.builds import FILES, build, snapshot
from tests.site.test_site_pages import plain

SHOP = {path: text for path, text in FILES.items() if "incidents" not in path and "changes" not in path}
FILE = "records/incidents/2026/INC-20260310-aaaa.yaml"
PAGE = "incidents/INC-20260310-aaaa.html"
CHANGE = "records/changes/2026/CHG-20260309-bbbb.yaml"
WORK = "maintenance/CHG-20260309-bbbb.html"
HEAD = "title: Nobody can pay\nvisibility: public\nimpact: high\nurgency: high\nassignment: {team: team:web}\n"
LATER = datetime.fromisoformat("2026-03-10T21:00:00+01:00")


def entry(time: str, type_: str, more: str = "") -> str:
    return f"  - {{at: 2026-03-10T{time}:00+01:00, by: person:ann, type: {type_}{more}}}\n"


def spoken(time: str, status: str) -> str:
    return entry(time, "communication", f", audience: public, status: {status}, text: We say {status}.")


def incident(state: str, *entries: str, more: str = "", level: str = "major-outage") -> Mapping[str, str | bytes]:
    done = "resolution: {code: fixed}\n" if state in {"resolved", "closed"} else ""
    public = f"services: [service:shop]\npublic: {{level: {level}}}\n"
    files = {**SHOP, FILE: f"{HEAD}state: {state}\n{done}{public}{more}timeline:\n{''.join(entries)}"}
    assert snapshot(files).records["INC-20260310-aaaa"].valid, snapshot(files).faults
    return files


def test_cards_and_history_tell_a_level_that_no_service_explains() -> None:
    gone = {
        path: str(text).replace("service:shop", "service:pay")
        for path, text in incident("new", entry("06:00", "created")).items()
    }
    page = build("public", gone)["index.html"]
    assert "Major outage: see the open incident" in plain(page)
    assert '<section class="hero bad"' in page
    assert plain(page).count("Major outage") == 3
    assert "every service is up" not in page
    over = incident("resolved", entry("06:00", "created"), entry("08:00", "transition", ", to: resolved"))
    gone = {path: str(text).replace("service:shop", "service:pay") for path, text in over.items()}
    pages = build("public", gone)
    assert "Resolved Major outage" in plain(pages["index.html"])
    assert "Impact 10 Mar 2026, 06:00 CET (05:00 UTC) to 08:00 CET (07:00 UTC), 2 h" in plain(pages[PAGE])


def test_a_typo_is_told_in_general_outside_and_with_links_inside() -> None:
    files = incident("new", entry("06:00", "created"))
    broken = {**files, FILE: str(files[FILE]).replace("impact: high", "impact: hihg")}
    page = build("public", broken)["index.html"]
    assert "No known outage; some reports could not be read" in plain(page)
    assert '<section class="hero quiet"' in page
    assert "INC-20260310-aaaa" not in page
    for path in ("index.html", "status.html"):
        inside = build("internal", broken)[path]
        assert "Cannot be read and so does not count here: Nobody can pay; see the findings." in plain(inside)
        assert '<a href="incidents/INC-20260310-aaaa.html">' in inside
        assert "All systems operational" not in inside


def test_an_unread_public_service_is_unknown() -> None:
    files = {
        **SHOP,
        "records/services/shop.yaml": str(SHOP["records/services/shop.yaml"]).replace("tier: 1", "tier: x"),
    }
    pages = build("public", files)
    assert "Shop Unknown" in plain(pages["index.html"])
    assert "Unknown" in plain(pages["components/shop.html"])


def test_nothing_known_is_quiet() -> None:
    page = build("public", {})["index.html"]
    assert '<section class="hero quiet"' in page
    assert "No services are shown here yet" in page


def test_a_start_in_the_future_does_not_hide_an_open_incident() -> None:
    files = incident("new", entry("06:00", "created"), more="started_at: 2027-03-10T06:00:00+01:00\n")
    pages = build("public", files)
    assert "Major outage: Shop" in plain(pages["index.html"])
    for path in ("index.html", PAGE, "incidents/index.html"):
        assert "Resolved" not in pages[path]
        assert "2027" not in pages[path]


def test_before_its_first_entry_an_incident_has_no_page() -> None:
    pages = build("public", incident("new", entry("06:00", "created")), now=datetime.fromisoformat("2026-03-10T05:00Z"))
    assert PAGE in pages
    pages = build("public", incident("new", entry("06:00", "created")), now=datetime.fromisoformat("2026-03-10T04:00Z"))
    assert PAGE not in pages
    assert "Nobody can pay" not in "".join(pages.values())


@pytest.mark.parametrize(
    ("entries", "word"),
    [
        ([spoken("07:00", "resolved")], "Monitoring"),
        ([spoken("07:00", "identified")], "Identified"),
        (
            [
                spoken("07:00", "identified"),
                entry("08:00", "transition", ", to: resolved"),
                spoken("08:00", "resolved"),
                entry("09:00", "transition", ", to: in-progress"),
            ],
            "Investigating",
        ),
        (
            [
                entry("08:00", "transition", ", to: resolved"),
                entry("08:30", "transition", ", to: in-progress"),
                spoken("09:00", "identified"),
            ],
            "Identified",
        ),
    ],
)
def test_an_open_incident_is_never_called_resolved(entries: list[str], word: str) -> None:
    page = build("public", incident("in-progress", entry("06:00", "created"), *entries))[PAGE]
    head = page[page.index('<header class="head">') : page.index("</header>", page.index('<header class="head">'))]
    assert word in head
    assert "Resolved" not in head
    assert "chip good" not in page


def test_a_canceled_incident_was_no_outage() -> None:
    text = (entry("06:00", "created"), entry("08:00", "transition", ", to: canceled"))
    for page in (build("public", incident("canceled", *text))[path] for path in ("index.html", PAGE)):
        assert "Canceled" in page
        assert "Major outage" not in page
    assert "Major outage" not in build("internal", incident("canceled", *text))["status.html"]


def test_figures_are_of_the_impact_and_the_end_is_called_what_it_is() -> None:
    entries = (
        entry("17:30", "created"),
        entry("18:54", "impact", ", services: [service:shop], level: none"),
        entry("19:42", "transition", ", to: resolved"),
    )
    pages = build("public", incident("resolved", *entries), now=LATER)
    text = plain(pages[PAGE])
    assert "Impact 10 Mar 2026, 17:30 CET (16:30 UTC) to 18:54 CET (17:54 UTC), 1 h 24 min" in text
    assert "Incident closed 10 Mar 2026, 19:42 CET" in text
    assert "2 h 12 min" not in text
    assert "17:30 CET · 1 h 24 min" in plain(pages["incidents/index.html"])
    assert "Impact 1 h 24 min, from 10 Mar 2026, 17:30 CET to 18:54 CET" in plain(
        build("internal", incident("resolved", *entries), now=LATER)[PAGE]
    )


def test_without_a_level_the_time_it_was_open_is_told() -> None:
    entries = (entry("17:30", "created"), entry("19:42", "transition", ", to: resolved"))
    text = plain(build("public", incident("resolved", *entries, level="none"), now=LATER)[PAGE])
    assert "Impact" not in text
    assert "Open for 2 h 12 min" in text


def test_maintenance_begins_and_ends_only_while_it_is_ahead() -> None:
    planned = plain(build("public")[WORK])
    assert "Begins 12 Mar 2026, 22:00 CET" in planned
    over = plain(build("public", now=datetime.fromisoformat("2026-03-14T09:00:00+01:00"))[WORK])
    assert "Begins" not in over
    assert "Announced window 12 Mar 2026, 22:00 CET (21:00 UTC) to 23:30 CET (22:30 UTC), 1 h 30 min" in over
    done = str(FILES[CHANGE]).replace("state: scheduled", "state: review\nresult: {code: successful}")
    for time, state in (("22:10", "implement"), ("22:40", "review")):
        done += f"  - {{at: 2026-03-12T{time}:00+01:00, by: person:ann, type: transition, to: {state}}}\n"
    pages = build("public", {**FILES, CHANGE: done}, now=datetime.fromisoformat("2026-03-14T09:00:00+01:00"))
    assert "Work done 12 Mar 2026, 22:10 CET (21:10 UTC) to 22:40 CET (21:40 UTC), 30 min" in plain(pages[WORK])
    assert "22:10 CET · 30 min" in plain(pages["maintenance/index.html"])


def test_the_first_update_is_due_from_the_start_on() -> None:
    more = "major: {state: declared, manager: person:ann, update_every: PT30M}\n"
    page = build("public", incident("new", entry("06:00", "created"), more=more))[PAGE]
    assert "Next update was due 10 Mar 2026, 06:30 CET" in plain(page)


def test_an_earlier_moment_shows_the_state_of_then() -> None:
    entries = (
        entry("06:00", "created"),
        entry("07:00", "transition", ", to: in-progress"),
        entry("08:00", "transition", ", to: resolved"),
    )
    files = incident("resolved", *entries)
    for time, word in (("06:30", "new"), ("07:30", "in progress")):
        pages = build("internal", files, now=datetime.fromisoformat(f"2026-03-10T{time}:00+01:00"))
        for path in ("index.html", "status.html"):
            text = plain(pages[path])
            assert f"INC-20260310-aaaa P1 {word} Major outage" in text, path
            assert "resolved" not in text.lower(), path


def test_figures_agree_with_the_minutes_shown_and_leave_out_what_was_not_felt() -> None:
    start = entry("17:30", "created").replace("17:30:00", "17:30:40")
    none, degraded = (f", services: [service:shop], level: {level}" for level in ("none", "degraded"))
    over = entry("19:42", "transition", ", to: resolved")
    once = incident("resolved", start, entry("18:54", "impact", none), over)
    assert "18:54 CET (17:54 UTC), 1 h 24 min" in plain(build("public", once, now=LATER)[PAGE])
    twice = (entry("17:50", "impact", none), entry("18:30", "impact", degraded), entry("18:54", "impact", none))
    pages = build("public", incident("resolved", entry("17:30", "created"), *twice, over), now=LATER)
    assert "18:54 CET (17:54 UTC), 44 min in all" in plain(pages[PAGE])
