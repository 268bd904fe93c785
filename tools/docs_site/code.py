"""Colours for code: what a reader's eye looks for in YAML, JSON and consoles, and no more."""

import html
import re

_YAML = re.compile(
    r"""(?P<c>(?:^|(?<=\s))\#[^\n]*)
      | (?P<s>"(?:[^"\\\n]|\\.)*"(?!:)|(?<=[\s\[{,])'(?:[^'\n]|'')*')
      | (?P<k>(?:^\s*(?:-\ )*|(?<=[{,]\ )|(?<=\{))"?[\w$./*^\[\]-]+"?(?=:(?:\s|$)))""",
    re.VERBOSE | re.MULTILINE,
)
_JSON = re.compile(r"""(?P<k>"(?:[^"\\\n]|\\.)*"(?=:))|(?P<s>"(?:[^"\\\n]|\\.)*")""")
_CONSOLE = re.compile(r"^\$ (?P<p>[^\n]+?)(?=  +\# |$)|(?<=  )(?P<c>\# [^\n]+)$", re.MULTILINE)
_WORDS = {"yaml": _YAML, "json": _JSON, "console": _CONSOLE}


def coloured(text: str, language: str) -> str:
    """Return code as HTML in which comments (`c`), texts (`s`), keys (`k`) and typed lines (`p`) are spans."""
    pattern = _WORDS.get(language)
    if pattern is None:
        return html.escape(text, quote=False)
    parts: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        name = match.lastgroup or ""
        start = match.start(name)
        parts.append(html.escape(text[end:start], quote=False))
        parts.append(f'<span class="{name}">{html.escape(match[name], quote=False)}</span>')
        end = match.end()
    return "".join([*parts, html.escape(text[end:], quote=False)])
