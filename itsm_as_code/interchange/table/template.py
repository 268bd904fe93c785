"""Templates: texts with columns in them, ``{ci_type} {ci_name}``."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_PART = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}]+)\}|(?P<brace>[{}])")


@dataclass(frozen=True, slots=True)
class Column:
    """A column in a template; `optional` (``{name?}``) is an empty text where the column says nothing."""

    name: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """Texts and columns in order."""

    parts: tuple[str | Column, ...]
    alone: str = ""
    """The column that is all of the template; empty where there is more, or less."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns; none for a constant text."""
        return tuple(part.name for part in self.parts if isinstance(part, Column))

    def fill(self, text_of: Callable[[str], str | None]) -> str | None:
        """Return the text with its columns filled in; None where a column that it needs says nothing."""
        said: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                said.append(part)
                continue
            text = text_of(part.name)
            if text is None and not part.optional:
                return None
            said.append(text or "")
        return "".join(said).strip()


def parse_template(text: str) -> Template:
    """Return the template that a text is; ``{{`` and ``}}`` are braces. Raises ValueError for a brace left open."""
    parts: list[str | Column] = []
    literal, end = "", 0
    for match in _PART.finditer(text):
        literal += text[end : match.start()]
        end = match.end()
        if match["brace"]:
            message = f"{text} has a brace that is not closed; write {{{{ for a brace"
            raise ValueError(message)
        if match["name"] is None:
            literal += match[0][0]
            continue
        parts += [literal] if literal else []
        literal = ""
        parts.append(Column(match["name"].removesuffix("?"), optional=match["name"].endswith("?")))
    literal += text[end:]
    if literal or not parts:
        return Template((*parts, literal))
    only = parts[0] if len(parts) == 1 else ""
    return Template(tuple(parts), only.name if isinstance(only, Column) and not only.optional else "")
