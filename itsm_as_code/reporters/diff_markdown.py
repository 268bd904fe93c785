"""A step as Markdown, fit for a comment on a pull request: what matters first, the rest folded, texts made harmless."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from itsm_as_code.model.kind import Kind
from itsm_as_code.model.words import shortened
from itsm_as_code.reporters.diff_facts import Facts, is_empty
from itsm_as_code.reporters.diff_groups import groups
from itsm_as_code.reporters.diff_text import between, follows, judged, summed, totals

LIMIT = 65_000
"""Characters of a comment; GitHub takes 65,536."""
_HEAD = 15_000
"""Characters of what is not folded away."""
_DRAWN = "What depends on what, before and after"
_FIRST = 12
"""Records that the summary tells."""
_SAYS = 4
"""Things that the summary tells of one record."""
_TITLE = 120
_LONG = 300
"""Letters of one thing that is told."""
_FOLLOWS = 20
"""Consequences that the summary tells."""
_PLAIN = frozenset(" ,;()/%+=?'\"“”…→")
_LAST = 80
"""Characters of the line that says what is left out."""
_HIDDEN = "&#8203;"
_MATTERS = frozenset({"incident", "change", "service", "ci", "problem", "freeze"})


def diff_markdown(facts: Facts, kinds: Mapping[str, Kind], drawing: str = "", *, everything: bool = False) -> str:
    """Return a step as Markdown of at most `LIMIT` characters; `drawing` is a Mermaid source, empty for none.

    What is too much is left out from the end, and it is said how much.
    """
    ends = harmless(between(facts))
    if is_empty(facts):
        return f"**{ends}**: nothing differs\n"
    lines = [f"**{ends}**: {totals(facts)}", "", *_first(facts)]
    for title, told in (("What follows", follows(facts)), ("Judged otherwise from now on", judged(facts))):
        lines += _section(title, list(told))
    text = _cut(lines, _HEAD).rstrip("\n") + "\n"
    if drawing:
        text += f"\n<details><summary>{_DRAWN}</summary>\n\n```mermaid\n{drawing}```\n\n</details>\n"
    if not facts["records"]:
        return text
    return text + _folded(list(_details(facts, kinds, everything=everything)), LIMIT - len(text))


def harmless(text: str) -> str:
    """Return text of a record for Markdown: no markup, no link, and nobody is notified by it.

    Character references are never markup. Behind `@` and `#` stands a letter without width, since forges look for
    names and numbers of issues in what is rendered.
    """
    return "".join(_letter(text, position) for position in range(len(text)))


def _letter(text: str, position: int) -> str:
    letter = text[position]
    # A line that begins with a dash, or with a number and a full stop, would be an item of a list.
    begins = not position or text[:position].isdecimal()
    if letter.isalnum() or (letter in _PLAIN and (not begins or (letter == " " and position))):
        return letter
    if letter in ".:-" and not begins and not _begins_link(text, position):
        return letter
    if letter in "@#":
        return f"&#{ord(letter)};{_HIDDEN}"
    return f"&#{ord(letter)};" if letter.isprintable() else " "


def _begins_link(text: str, position: int) -> bool:
    """Return whether the letter is the colon of ``https://`` or the stop of ``www.``, which would become links."""
    before, after = text[max(position - 6, 0) : position].lower(), text[position + 1 : position + 3]
    if text[position] == ":":
        return after == "//" or before.endswith(("mailto", "xmpp"))
    return before.endswith("www")


def _first(facts: Facts) -> Iterator[str]:
    """Yield the records that matter most, a line each."""
    entries = [entry for entry in facts["records"] if entry["kind"] in _MATTERS]
    for entry in entries[:_FIRST]:
        said = [_words(each) for each in entry["says"][:_SAYS]]
        if len(entry["says"]) > _SAYS:
            said.append(f"{len(entry['says']) - _SAYS:,} more")
        yield f"- {_named(entry)}: {'; '.join(said)}"
    rest = len(facts["records"]) - len(entries[:_FIRST])
    if rest and entries:
        yield f"- and {rest:,} more, below"
    if entries:
        yield ""


def _named(entry: Facts) -> str:
    name = f"**{harmless(entry['id'])}**"
    same = entry["title"] == entry["id"].rpartition(":")[2]
    return name if same else f"{name} {harmless(shortened(entry['title'], _TITLE))}"


def _words(said: Facts) -> str:
    return harmless(shortened(said["words"], _LONG))


def _section(title: str, sentences: Sequence[str]) -> Iterator[str]:
    if not sentences:
        return
    yield from (f"**{title}**", "")
    shown = len(sentences) if len(sentences) <= _FOLLOWS + 1 else _FOLLOWS
    yield from (f"- {harmless(sentence)}" for sentence in sentences[:shown])
    if shown < len(sentences):
        yield f"- and {len(sentences) - shown:,} more; `itsm diff` tells them"
    yield ""


def _details(facts: Facts, kinds: Mapping[str, Kind], *, everything: bool) -> Iterator[str]:
    """Yield all records, kind by kind; a line for each sentence, so that it can be cut anywhere."""
    for group in groups(facts, kinds, everything=everything):
        yield f"\n**{harmless(group.title)}**\n"
        for entry in group.records:
            said = [_words(each) for each in entry["says"]]
            if len(said) == 1:
                yield f"- {_named(entry)}: {said[0]}"
            else:
                yield f"- {_named(entry)}"
                yield from (f"  - {words}" for words in said)
        yield from (f"- {harmless(summed(words, entries))}" for words, entries in group.sums)


def _folded(lines: Sequence[str], room: int) -> str:
    """Return lines folded away, as many as there is room for."""
    start, end = "\n<details><summary>Record by record</summary>\n", "\n</details>\n"
    return f"{start}{_cut(lines, room - len(start) - len(end))}{end}"


def _cut(lines: Sequence[str], room: int) -> str:
    """Return as many lines as there is room for, and a last one that says how many are left out."""
    sizes = list(accumulate(len(line) + 1 for line in lines))
    if not sizes or sizes[-1] <= room:
        return "".join(f"{line}\n" for line in lines)
    shown = sum(size <= room - _LAST for size in sizes)
    rest = f"- and {len(lines) - shown:,} more lines; `itsm diff` tells them"
    return "".join(f"{line}\n" for line in (*lines[:shown], "", rest))
