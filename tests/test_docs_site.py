"""The documentation as a site: every link leads somewhere, every page is in it, and two builds are alike."""

import posixpath
import re
import subprocess
import sys
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tools.docs_site.code import coloured
from tools.docs_site.commands import commands
from tools.docs_site.markdown import article
from tools.docs_site.site import documentation
from tools.docs_site.states import drawn

ROOT = Path(__file__).parents[1]
VOID = {"meta", "link", "br", "hr", "img", "path", "rect"}


class Page(HTMLParser):
    """What a page links to, its ids and its headings; unclosed elements are a fault."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [given[name] or "" for name in ("href", "src") if name in given]
        self.ids += [given["id"] or ""] if "id" in given else []
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def site() -> Mapping[str, str]:
    return documentation()


@pytest.fixture(scope="module")
def pages(site: Mapping[str, str]) -> Mapping[str, Page]:
    return {path: Page(text) for path, text in site.items() if path.endswith(".html")}


def test_every_link_leads_somewhere(site: Mapping[str, str], pages: Mapping[str, Page]) -> None:
    dead = []
    for path, page in pages.items():
        for link in page.links:
            way, _, anchor = link.partition("#")
            if re.match(r"(?:https?://[\w.-]+\.\w+(?:/\S*)?|data:image/svg.+)$", link):
                continue
            end = posixpath.normpath(posixpath.join(posixpath.dirname(path), way)) if way else path
            if end not in site or (anchor and anchor not in pages[end].ids):
                dead.append(f"{path}: {link}")
    assert dead == []


def test_pages_are_sound(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert page.open == [], path
        assert len(set(page.ids)) == len(page.ids), path
        assert page.levels[0] == 1, path
        assert all(b <= a + 1 for a, b in zip(page.levels, page.levels[1:], strict=False)), path


def test_every_page_is_there(pages: Mapping[str, Page]) -> None:
    wanted = {"index", "readme", "contributing", "changelog", "a-to-z"}
    for file in ROOT.glob("docs/**/*.md"):
        inner = file.relative_to(ROOT / "docs").with_suffix("")
        wanted.add(inner.with_name("index").as_posix() if inner.name == "README" else inner.as_posix())
    assert sorted(name for name in wanted if f"{name}.html" not in pages) == []


def test_the_menu_has_every_guide(pages: Mapping[str, Page]) -> None:
    guides = {f"{file.stem.lower()}.html" for file in ROOT.glob("docs/*.md") if file.name != "README.md"}
    assert guides - set(pages["index.html"].links) == set()


def test_a_file_that_is_linked_can_be_read(site: Mapping[str, str]) -> None:
    page = site["files/records/cis/lb-02.yaml.html"]
    assert '<span class="k">class</span>: load-balancer' in page
    assert "lb-02.yaml.html" in site["files/records/index.html"]


def test_every_command_has_a_page(site: Mapping[str, str]) -> None:
    for context in commands():
        page = site[f"commands/{context.command_path.replace(' ', '-').removeprefix('itsm-')}.html"]
        assert f"<h1>{context.command_path}</h1>" in page
        for parameter in context.command.params:
            if parameter.param_type_name == "option":
                assert f"{parameter.opts[0]}" in page


def test_names_are_found_from_a_to_z(site: Mapping[str, str]) -> None:
    page = site["a-to-z.html"]
    for link in ("rules/dangling-link", "kinds/ci.html#fields", "commands/import-table", "glossary", "settings"):
        assert f'href="{link}' in page


def test_two_builds_are_alike_and_what_is_old_goes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tools.docs_site", str(tmp_path / "docs")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    (tmp_path / "docs/old.html").write_text("old", encoding="utf-8")
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert str(tmp_path / "docs/index.html") in done.stdout


def test_what_somebody_else_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tools.docs_site", str(tmp_path)], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_headings_tables_and_raw_html() -> None:
    text = "# A *b*\n\n## C `d`\n\n## C d\n\n| | |\n|---|---|\n| x | <b> |\n\n[e](f.md)\n"
    made = article(text, lambda link: f"to-{link}")
    assert made.title == "A b"
    assert [(heading.level, heading.anchor) for heading in made.headings] == [(2, "c-d"), (2, "c-d-1")]
    assert "<thead>" not in made.body
    assert "&lt;b&gt;" in made.body
    assert 'href="to-f.md"' in made.body


@pytest.mark.parametrize(
    ("language", "text", "html"),
    [
        ("yaml", "- a: {b: 1, c: x:y}  # d", '<span class="k">- a</span>: {<span class="k">b</span>: 1, '),
        ("yaml", "a: <b#c>", '<span class="k">a</span>: &lt;b#c&gt;'),
        ("yaml", 'a: "# b"', '<span class="k">a</span>: <span class="s">"# b"</span>'),
        ("json", '{"a": "b: c"}', '{<span class="k">"a"</span>: <span class="s">"b: c"</span>}'),
        ("console", "$ a  # b\nc", '$ <span class="p">a</span>  <span class="c"># b</span>\nc'),
        ("text", "$ <a>", "$ &lt;a&gt;"),
    ],
)
def test_code_is_coloured(language: str, text: str, html: str) -> None:
    assert coloured(text, language).startswith(html)


def test_states_are_drawn() -> None:
    names = "".join(f'    state "{name}" as s_{name}\n' for name in "abc")
    moves = "    [*] --> s_a\n    s_a --> s_b\n    s_a --> s_c\n    s_b --> s_a\n    s_c --> [*]\n    class s_c final\n"
    svg = drawn(f"stateDiagram-v2\n{names}{moves}")
    assert 'aria-label="a to b, c; b to a; c, the end"' in svg
    assert svg.count("<rect") == 3
    assert svg.count('class="final"') == 1
    assert svg.count("z") == 3  # a tip for each move
