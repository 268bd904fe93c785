"""Finds what parses and yet is no good: what YAML 1.2 refuses or reads otherwise than libyaml, and traps."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.marks import unpack
from itsm_as_code.reading import events

ODD_SPACE = re.compile("[\u00a0\u2000-\u200b\u202f\u3000\ufeff]")
"""What looks like a space, or like nothing, and is none to YAML."""
_TIGHT_COMMENT = re.compile(r"[\]}\"',\[{|>+\-0-9]#")
_TIGHT_QUESTION = re.compile(r"[\[{,\s]\?\S")
_ODD_INDENT = re.compile(rf"^ *(?:- +)*{ODD_SPACE.pattern}", re.MULTILINE)
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*#")


@dataclass(frozen=True, slots=True)
class Span:
    """Quoted text, what stands in brackets, or plain text with a lone dash, that ends on another line than it begins.

    Lines and columns count from 1. `indent` is the number of spaces that each of its further lines must begin with.
    """

    line: int
    column: int
    last_line: int
    indent: int


def loose_faults(file: str, text: str, spans: Sequence[Span], names: Iterable[int], *, pure: bool) -> Iterator[Fault]:
    """Yield a fault for each place of a well-formed text at which the parser is too lenient.

    `names` are the marks of field names; it is read only where a special space may indent one. `pure` says which
    parser took the text: the other one might not.
    """
    odd = not text.isascii() and bool(_ODD_INDENT.search(text))
    if spans or odd:
        lines = text.split("\n")
        for span in spans:
            opener = lines[span.line - 1][span.column - 1]
            yield from (_unindented if opener in "\"'[{" else _swallowed)(file, lines, span)
        if odd:
            yield from _oddly_indented(file, lines, names)
    # All of this is rare: what the text does not hold need not be looked for token by token.
    if ("#" in text and _TIGHT_COMMENT.search(text)) or ("?" in text and _TIGHT_QUESTION.search(text)):
        yield from _tight_tokens(file, text, pure=pure)


def _unindented(file: str, lines: Sequence[str], span: Span) -> Iterator[Fault]:
    opener = lines[span.line - 1][span.column - 1]
    quoted = opener in "\"'"
    for number in range(span.line + 1, span.last_line + 1):
        line = lines[number - 1]
        content = line.lstrip(" \t\r")
        if not content or len(line) - len(line.lstrip(" ")) >= span.indent:
            continue
        if not quoted and content[0] == "#":
            continue
        if line.lstrip(" ").startswith("\t"):
            message = "a tab indents this line; YAML wants spaces"
            yield Fault.at("tab-indent", file, message, number, line.index("\t") + 1)
        elif quoted:
            message = f"the quote {opener} is not closed on this line, and line {number} is not indented as its text; "
            message += "close the quote, or indent the lines that belong to it"
            yield Fault.at("yaml-syntax", file, message, span.line, span.column)
        elif content[0] in "]}":
            # Most people write the last bracket below its key, and most readers take it.
            continue
        else:
            message = f"this line belongs to the {opener} of line {span.line}; indent it, or close the bracket above"
            yield Fault.at("yaml-syntax", file, message, number, len(line) - len(content) + 1)
        return


def _swallowed(file: str, lines: Sequence[str], span: Span) -> Iterator[Fault]:
    for number in range(span.line + 1, span.last_line + 1):
        line = lines[number - 1]
        if line.lstrip(" ").startswith("- "):
            message = (
                f"this is no list item: it goes on the text of line {span.line}; align it with the items, or begin "
            )
            message += "the list below a field without a value"
            yield Fault.at("yaml-syntax", file, message, number, len(line) - len(line.lstrip(" ")) + 1)
            return


def special_space(character: str) -> str:
    """Return what is wrong with a space of another sort before a field's name."""
    return f"a special space (U+{ord(character):04X}) stands here; indent with plain spaces"


def _oddly_indented(file: str, lines: Sequence[str], names: Iterable[int]) -> Iterator[Fault]:
    for line, column in map(unpack, names):
        character = lines[line - 1][column - 1 : column]
        if ODD_SPACE.match(character):
            yield Fault.at("yaml-syntax", file, special_space(character), line, column)


def _tight_tokens(file: str, text: str, *, pure: bool) -> Iterator[Fault]:
    with events.open_parser(text, pure=pure) as parser:
        while (token := parser.get_token()) is not None:
            start, end = token.start_mark.index, token.end_mark.index
            if text.startswith(("|", ">"), start, end):
                header = _BLOCK_HEADER.match(text, start)
                comment = header.end() - 1 if header else -1
            else:
                comment = end if end > start and text.startswith("#", end) else -1
            if comment >= 0:
                message = "a comment needs a space before its #; put the value in quotes if the # belongs to it"
                yield _fault_at(file, text, comment, message)
            elif text[start:end] == "?" and text[end : end + 1].strip():
                yield _fault_at(file, text, start, "a value or field name in brackets that begins with ? needs quotes")


def _fault_at(file: str, text: str, index: int, message: str) -> Fault:
    return Fault.at("yaml-syntax", file, message, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
