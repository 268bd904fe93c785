"""The page of a record: what its facts and its timeline say, and what they leave to other places."""

import re

from tests.site.builds import FILES, build
from tests.site.pages import read

CHANGE = "records/changes/2026/CHG-20260309-bbbb.yaml"


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", read(page).text)


def test_a_task_entry_says_which_task_and_how_far_it_is() -> None:
    change = f"""{FILES[CHANGE]!s}\
  - {{at: 2026-03-09T08:00:00+01:00, by: person:ann, type: task, id: t1, state: in-progress}}
  - {{at: 2026-03-09T09:00:00+01:00, by: person:ann, type: task, id: t9, state: done}}
tasks:
  - {{id: t1, title: Buy the disks}}
"""
    text = plain(build("internal", {**FILES, CHANGE: change})["changes/CHG-20260309-bbbb.html"])
    assert "Task Buy the disks In progress" in text
    assert "Task t9 Done" in text
    assert "State: " not in text


def test_relations_that_say_nothing_more_stand_among_the_links_only() -> None:
    page = build("internal")["cis/web-01.html"]
    assert "runs_on" not in page
    assert "Runs on host-01 operational" in plain(page)
    assert "Relations" not in plain(page)


def test_what_an_import_notes_for_itself_is_no_fact() -> None:
    noted = f"{FILES['records/cis/host-01.yaml']!s}x-import: sha256-0123456789abcdef\nx-rack: R7\n"
    text = plain(build("internal", {**FILES, "records/cis/host-01.yaml": noted})["cis/host-01.html"])
    assert "sha256" not in text
    assert "X rack R7" in text


def test_a_wide_graph_begins_with_the_record_itself() -> None:
    pages = build("internal")
    assert '<span class="start c0"></span>\n<svg' in pages["services/shop.html"]
    assert '<span class="start c1"></span>\n<svg' in pages["services/pay.html"]
    assert '<span class="start c2"></span>\n<svg' in pages["cis/host-01.html"]
    for column, x in enumerate((8, 260, 512)):
        name = f".start.c{column}" if column else ".start"
        assert re.search(rf"^{re.escape(name)} {{.*\bleft: {x}px;", pages["style.css"], re.MULTILINE)
        graph = pages[("services/shop.html", "services/pay.html", "cis/host-01.html")[column]]
        assert re.search(rf'class="\w+ here" transform="translate\({x} ', graph)


def test_contributing_factors_are_a_list_of_paragraphs() -> None:
    file = "records/incidents/2026/INC-20260310-aaaa.yaml"
    more = """\
review:
  held_at: 2026-03-10T08:00:00+01:00
  summary: A full disk.
  contributing_factors: [Nobody watched the disk., The alert went astray.]
"""
    page = build("internal", {**FILES, file: f"{FILES[file]!s}{more}"})["incidents/INC-20260310-aaaa.html"]
    item = '<li><div class="prose"><p>{}</p></div></li>'
    assert item.format("Nobody watched the disk.") + item.format("The alert went astray.") in page.replace("\n", "")
