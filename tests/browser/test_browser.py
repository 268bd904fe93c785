"""The pages as a browser has them: valid, accessible, readable on a phone, quiet on the network, and inert."""

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NOW = "2026-03-10T09:00:00+01:00"

BAD_PAGE = """<!DOCTYPE html>
<html><head><title>Bad</title></head>
<body><div style="width: 900px">wide</div><img src="missing.png"><script>alert("hello")</script></body></html>
"""

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> <svg onload=alert(3)> [go](javascript:alert(4)) "
    '[data](data:text/html,hello) ![](http://127.0.0.1:9/x.png) {{ 7 * 7 }} {% raw %} "></title></style><b>'
)
HOSTILE_TITLE = "\"'><img src=x onerror=alert(5)>{{ 7 * 7 }}</title><script>alert(6)</script>"
HOSTILE_RECORDS = {
    "itsm.yaml": "format: 1\norganisation: {name: TITLE}\ntime_zone: Etc/UTC\n",
    "records/teams/web.yaml": "name: TITLE\ndescription: TEXT\nmembers: [person:ann]\n",
    "records/people/ann.yaml": "name: TITLE\ndescription: TEXT\n",
    "records/cis/web-01.yaml": "title: TITLE\ndescription: TEXT\nclass: vm\nowner: team:web\nlocation: TEXT\n",
    "records/services/shop.yaml": """\
title: TITLE
description: TEXT
owner: team:web
tier: 1
visibility: public
depends_on: [ci:web-01]
public: {name: TITLE, group: TITLE, order: 1}
""",
    "records/incidents/2026/INC-20260309-0000.yaml": """\
title: TITLE
description: TEXT
state: in-progress
impact: high
urgency: high
visibility: public
services: [service:shop]
cis: [{ci: ci:web-01, role: affected}]
assignment: {team: team:web}
public: {level: major-outage, message: TEXT}
timeline:
  - {at: 2026-03-09T08:00:00Z, by: person:ann, type: created}
  - {at: 2026-03-09T08:01:00Z, by: person:ann, type: transition, to: in-progress, reason: TEXT}
  - {at: 2026-03-09T08:02:00Z, by: person:ann, type: communication, audience: public, status: identified, text: TEXT}
  - {at: 2026-03-09T08:03:00Z, by: person:ann, type: note, text: TEXT}
""",
}


def faults(pages: Mapping[str, Path]) -> Sequence[str]:
    """Return what check.js says is wrong with the pages, each with the page's name."""
    browser = os.environ.get("ITSM_BROWSER", "/usr/bin/chromium")
    request = {"browser": browser, "pages": [{"name": name, "file": str(file)} for name, file in pages.items()]}
    answer = subprocess.run(
        ["node", "check.js"], cwd=HERE, input=json.dumps(request), capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert set(found) == set(pages)
    return [f"{name} {fault}" for name, says in found.items() for fault in says]


def render(records: Path, out: Path) -> None:
    """Build both sites of the repository `records` in `out`."""
    command = [sys.executable, "-m", "itsm_as_code", "render", str(out), "--now", NOW]
    subprocess.run(command, cwd=records, check=True, capture_output=True)


def sample(site: Path, records: Path) -> Mapping[str, Path]:
    """Return the largest and the smallest page of each sort; a sort's paths differ in a record's id or kind."""
    ids = {file.stem for file in records.rglob("*.yaml")}
    sorts: dict[str, list[Path]] = defaultdict(list)
    for page in sorted(site.rglob("*.html")):
        steps = page.relative_to(site).with_suffix("").parts
        names = ("*" if step in ids else re.sub("^about-.*", "about-*", step) for step in steps)
        sorts["/".join(names)].append(page)
    chosen: dict[str, Path] = {}
    for pages in sorts.values():
        by_size = sorted(pages, key=lambda page: page.stat().st_size)
        chosen |= {page.relative_to(site).as_posix(): page for page in (by_size[0], by_size[-1])}
    return chosen


def test_the_check_finds_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(BAD_PAGE, encoding="utf-8")
    said = "\n".join(faults({"bad": page}))
    for fault in (
        "html .*no-inline-style",
        "320px is 9.. px wide",
        "not loaded: .*missing.png",
        "dialog: hello",
        "dark 1280px axe html-has-lang",
    ):
        assert re.search(fault, said), f"{fault} not in:\n{said}"


def test_sample_organisation(tmp_path: Path) -> None:
    render(ROOT, tmp_path)
    pages = sample(tmp_path, ROOT / "records")
    assert {"public/index.html", "internal/index.html"} <= set(pages)
    assert "\n".join(faults(pages)) == ""


def test_documentation(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "tools.docs_site", str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    names = ("index", "kinds/request", "commands/new", "impact")
    assert "\n".join(faults({name: tmp_path / f"{name}.html" for name in names})) == ""


def test_hostile_records_do_nothing(tmp_path: Path) -> None:
    for path, text in HOSTILE_RECORDS.items():
        file = tmp_path / "repository" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            text.replace("TITLE", json.dumps(HOSTILE_TITLE)).replace("TEXT", json.dumps(HOSTILE)), encoding="utf-8"
        )
    render(tmp_path / "repository", tmp_path / "site")
    pages = sample(tmp_path / "site", tmp_path / "repository" / "records")
    assert len(pages) > 8
    assert "\n".join(faults(pages)) == ""
