"""What the documentation points to is there, and the commands that it shows exist."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from itsm_as_code import resources
from itsm_as_code.cli.main import cli

ROOT = Path(__file__).parents[1]
PAGES = sorted(path for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")))
PACKAGED = {"itsm_as_code", "schemas", "templates", "maps"}
"""Folders that are missing where only the installed package is tested."""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a page, those inside paragraphs too."""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        yield token
        yield from token.children or ()


def links(text: str) -> list[str]:
    """Return what the links and pictures of a page lead to, without whole addresses."""
    ends = [str(token.attrs.get("href") or token.attrs.get("src") or "") for token in tokens(text)]
    return [end for end in ends if end and not re.match(r"[a-z]+:", end)]


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    found: set[str] = set()
    is_heading = False
    for token in tokens(text):
        if is_heading:
            words = "".join(part.content for part in token.children or ())
            slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            again = sum(re.fullmatch(rf"{re.escape(slug)}(-\d+)?", anchor) is not None for anchor in found)
            found.add(f"{slug}-{again}" if again else slug)
        is_heading = token.type == "heading_open"
    return found


def broken_links(page: Path, text: str) -> list[str]:
    """Return the links of a page that lead to no file, or to no heading of one."""
    return [link for link in links(text) if not leads_somewhere(page, link)]


def leads_somewhere(page: Path, link: str) -> bool:
    """Return whether a link of the page leads to a file of this project and, where it names one, a heading in it."""
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.is_relative_to(ROOT):
        return False
    part = target.relative_to(ROOT).parts[:1]
    if part and part[0] in PACKAGED and not (ROOT / part[0]).exists():
        return True
    if not anchor:
        return target.exists()
    return target.is_file() and anchor in anchors(target.read_text(encoding="utf-8"))


def made(line: str) -> Iterator[str]:
    """Yield the targets that a line gives to make."""
    words = line.partition(" #")[0].split()
    yield from (word for word in words[1:] if words[0] == "make" and re.fullmatch("[a-z-]+", word))


def command_lines(text: str) -> Iterator[str]:
    """Yield each `itsm …` that a page shows: in consoles, in plain blocks and within sentences."""
    for line in code_lines(text):
        # What stands after a gap, or after a comment's sign, explains the command.
        command = re.split(r"\s{2,}| #", line.strip())[0]
        # A quoted text may hold what would end a command.
        parts = re.findall(r"(?:\"[^\"]*\"|'[^']*'|(?<!&)&(?!&)|[^&|;>])+", command)
        yield from (part.strip() for part in parts if re.match(r"\s*itsm(?: |$)", part))


def code_lines(text: str) -> Iterator[str]:
    """Yield each line that a page shows as something to type, or as a piece of code within a sentence."""
    for token in tokens(text):
        if token.type == "fence" and token.info.strip() in {"yaml", "groovy"}:
            lines = re.findall(r"(?:- |run: |sh ')(itsm [^'#\n]+)", token.content)
        elif token.type == "fence" and token.info.strip() == "console":
            lines = [line.removeprefix("$ ") for line in token.content.splitlines() if line.startswith("$ ")]
        elif token.type == "code_block":
            lines = token.content.splitlines()
        else:
            lines = [token.content] if token.type == "code_inline" else []
        yield from lines


def fault(line: str) -> str:
    """Return what is wrong with a command line, as the command line itself would say it; empty for nothing."""
    words = shlex.split(line)[1:]
    command: click.Command = cli
    context = click.Context(cli, info_name="itsm")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        if name.isupper() or name == "…":
            return ""
        found = command.get_command(context, name)
        if found is None:
            return f"there is no command {name}"
        command = found
        context = click.Context(command, info_name=name, parent=context)
    try:
        given, _, _ = command.make_parser(context).parse_args(words)
        for parameter in command.get_params(context):
            value = given.get(parameter.name or "")
            if isinstance(parameter.type, click.Choice) and value:
                choices = value if isinstance(value, list | tuple) else [value]
                for choice in choices:
                    if not choice.isupper():  # FORMAT stands for any
                        parameter.type.convert(choice, parameter, context)
    except click.UsageError as error:
        return error.format_message()
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page, page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_exist(page: Path) -> None:
    told = {line: fault(line) for line in command_lines(page.read_text(encoding="utf-8"))}
    assert {line: said for line, said in told.items() if said} == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_make_knows_what_it_is_asked_for(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    asked = {target for line in code_lines(page.read_text(encoding="utf-8")) for target in made(line)}
    assert asked - targets == set()


def test_what_make_is_asked_for_is_seen() -> None:
    text = "Say `make a b C=d`, not `makes`.\n\n    make e   # f\n"
    assert [list(made(line)) for line in code_lines(text)] == [["a", "b"], [], ["e"]]


def test_commands_of_the_starter_exist() -> None:
    lines = list(command_lines((resources.templates() / "starter/README.md").read_text(encoding="utf-8")))
    assert len(lines) > 5
    assert [line for line in lines if fault(line)] == []


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    names = cli.list_commands(click.Context(cli))
    assert [name for name in names if not re.search(rf"^\| `itsm {name}\b", text, re.MULTILINE)] == []


def test_links_and_anchors_are_found() -> None:
    text = "# One, *two*\n\n# One, two\n\n[a](#one-two) [w](https://example.org/)\n\n| t |\n|---|\n| ![p](p.png) |\n"
    assert anchors(text) == {"one-two", "one-two-1"}
    assert links(text) == ["#one-two", "p.png"]


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("docs", True),
        ("README.md#where-things-are", True),
        ("#where-things-are", True),
        ("docs/none.md", False),
        ("#none", False),
        ("docs#none", False),
        ("../elsewhere.md", False),
    ],
)
def test_a_broken_link_is_seen(link: str, *, leads: bool) -> None:
    assert leads_somewhere(ROOT / "README.md", link) is leads


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("itsm lintt", "there is no command lintt"),
        ("itsm lint --stric", "--stric"),
        ("itsm lint --format xml", "'xml' is not one of"),
        ("itsm import jira x", "there is no command jira"),
        ("itsm render out --audience everybody", "'everybody' is not one of"),
        ("itsm list ci --where", "requires an argument"),
    ],
)
def test_a_wrong_command_is_seen(line: str, says: str) -> None:
    assert says in fault(line)


def test_where_commands_are_looked_for() -> None:
    text = (
        "Say `itsm lint`, not `itsm.yaml`.\n\n"
        "    itsm a x && itsm b   what it does\n\n"
        "```console\n$ itsm c | head\nitsm said\n```\n\n"
        "```yaml\nitsm: d\n  - itsm e  # f\n- run: itsm g\n```\n"
    )
    assert list(command_lines(text)) == ["itsm lint", "itsm a x", "itsm b", "itsm c", "itsm e", "itsm g"]
