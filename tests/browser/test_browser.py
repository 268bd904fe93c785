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


def faults(pages: Mapping[str, Path]) -> Mapping[str, Sequence[str]]:
    """Return what check.js says is wrong with each page, by name; pages without a fault are left out."""
    browser = os.environ.get("ITSM_BROWSER", "/usr/bin/chromium")
    request = {"browser": browser, "pages": [{"name": name, "file": str(file)} for name, file in pages.items()]}
    answer = subprocess.run(
        ["node", "check.js"], cwd=HERE, input=json.dumps(request), capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert set(found) == set(pages)
    return {name: says for name, says in found.items() if says}


def render(records: Path, out: Path) -> None:
    """Build both sites of the repository `records` in `out`."""
    command = [sys.executable, "-m", "itsm_as_code", "render", str(out), "--now", NOW]
    subprocess.run(command, cwd=records, check=True, capture_output=True)


def sample(site: Path) -> Mapping[str, Path]:
    """Return the largest and the smallest page of each sort: pages whose paths differ in record ids alone."""
    ids = {file.stem for file in (ROOT / "records").rglob("*.yaml")}
    sorts: dict[str, list[Path]] = defaultdict(list)
    for page in sorted(site.rglob("*.html")):
        steps = page.relative_to(site).with_suffix("").parts
        sorts["/".join("*" if step in ids else step for step in steps)].append(page)
    chosen: dict[str, Path] = {}
    for pages in sorts.values():
        by_size = sorted(pages, key=lambda page: page.stat().st_size)
        chosen |= {page.relative_to(site).as_posix(): page for page in (by_size[0], by_size[-1])}
    return chosen


def test_the_check_finds_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(BAD_PAGE, encoding="utf-8")
    said = "\n".join(faults({"bad": page})["bad"])
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
    pages = sample(tmp_path)
    assert {"public/index.html", "internal/index.html"} <= set(pages)
    assert faults(pages) == {}
