"""One alphabetical page of all names: commands, fields, kinds, rules, settings and the words of the glossary."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from tools.docs_site.markdown import parsed

PATH = "docs/a-to-z.md"
_Entry = tuple[str, str, str]
"""A name, what sort of thing it is, and where it is told: a link from the page."""


def a_to_z(pages: Mapping[str, str]) -> str:
    """Return the page as Markdown; `pages` has path → Markdown of all others."""
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, sort, link in _entries(pages):
        told[name][sort].append(link)
    parts = [
        "# A to Z",
        "Every command, field, kind, rule, setting and word, and where it is told. Browsers find a name on this page.",
    ]
    letter = ""
    for name in sorted(told, key=lambda name: (name.lower(), name)):
        first = name[0].upper()
        if first != letter:
            letter = first
            parts.append(f"## {letter}")
        ways = "; ".join(
            f"{sort} {', '.join(f'[{_label(link, name)}]({link})' for link in links)}"
            for sort, links in sorted(told[name].items())
        )
        parts.append(f"- **{name}**: {ways}")
    text = "\n\n".join(parts) + "\n"
    return re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", text)


def _label(link: str, name: str) -> str:
    path = link.partition("#")[0].removesuffix(".md")
    folder, _, file = path.rpartition("/")
    if folder == "commands" and name != "itsm":
        return f"itsm {name}"
    return file if folder == "kinds" else name if folder else path


def _entries(pages: Mapping[str, str]) -> Iterator[_Entry]:
    for path, text in pages.items():
        inner = path.removeprefix("docs/")
        folder, _, file = inner.rpartition("/")
        name = file.removesuffix(".md")
        if name == "README":
            continue
        if folder == "rules":
            yield name, "rule", inner
        elif folder == "commands":
            yield name.replace("-", " "), "command", inner
        elif folder == "kinds":
            yield name, "kind", inner
            fields = (field.rpartition(".")[2].removesuffix("[]") for field in _first_cells(text, "fields"))
            yield from ((field, "field of", f"{inner}#fields") for field in dict.fromkeys(fields))
        elif inner == "glossary.md":
            yield from ((word, "word in", inner) for word in _first_cells(text))
        elif inner == "settings.md":
            settings = re.findall(r"^\| `([a-z_]+)", text, re.MULTILINE)
            yield from ((setting, "in", inner) for setting in dict.fromkeys(settings))


def _first_cells(text: str, below: str = "") -> Iterator[str]:
    """Yield the first cell of each row of tables; `below`, only of those under this heading."""
    heading = ""
    tokens = parsed(text)
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[number + 1].content.lower()
        row = token.type == "tr_open" and tokens[number + 1].type == "td_open"
        if row and (not below or heading == below):
            yield re.sub(r"[*`]", "", tokens[number + 2].content)
