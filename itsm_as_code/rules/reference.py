"""The page of each rule, as its docstring holds it: read into parts, and rendered for `docs/rules/`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from itsm_as_code.model.commit import Commit, FileChange
from itsm_as_code.model.times import parse_time
from itsm_as_code.rules.catalogue import Rule

_GROUPS = {
    "files": "Files",
    "schema": "Schemas",
    "links": "Links",
    "time": "Times",
    "lifecycle": "Lifecycles",
    "incidents": "Incidents and problems",
    "changes": "Changes",
    "cmdb": "Services and configuration items",
    "assets": "Assets and licences",
    "requests": "Requests",
    "service_levels": "Service levels",
    "waivers": "Waivers",
    "step": "Steps",
    "as_of": "As of a time",
}
_FENCE = re.compile(r"^```(?P<language>yaml|json)(?P<words>[a-z ]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_PATH = re.compile(r"(?:\\ufeff)?# ((?:records|schemas)/\S+|itsm\.yaml|baseline\.json)( \(deleted\))?")
_MARK = re.compile(r"[ ]*# <- fault$")
_ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([t0]))")
_AS_OF = re.compile(r"As of: (\S+)\n\n")
_BEFORE = re.compile(r"Before:\n\n(.+?)\n\n(?=After)", re.DOTALL)
_AFTER = re.compile(r"After(?:, committed by (\S+) at (\S+))?:\n\n")
_REPEATED = re.compile(r"«([^«»]*)×(\d+)»")
_INDEX_INTRODUCTION = """\
# Rules

What `itsm lint` looks for, and at the end what `itsm check` does, whose rules depend on the time: one page a rule,
named after the fault. `itsm explain RULE` prints the same text. The rules of steps judge what an edit does;
`itsm lint --base REV` looks for them.

`error` makes them end with exit code 1; `warning` does so with `--strict` only. An organisation may decide
otherwise in `itsm.yaml`: `rules: {alias-link: "off", ownerless-ci: error}`. A single finding may be
[waived](../waivers.md).

In the examples `# <- fault` marks the lines that are named; `As of` says at which moment. Files of a wrong example
without such a line belong to the right one too and are not shown twice. `Before` and `After` are the two ends of a
step: both examples begin at the same one, and files that `After` does not show are as they were. In blocks that say
`escapes`, `\\xff` stands for a byte, `\\u2028` for a character, and `«a×1000»` for a thousand times `a`.
"""


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """One file of an example: its path, its bytes, and the lines (from 1) at which lint finds the fault.

    `words` are those beside the fence's language: `symlink`, `submodule`, `unreadable`, `conflict` say what stands
    at the path.
    """

    path: str
    data: bytes
    marked: tuple[int, ...]
    words: frozenset[str]
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page in parts.

    `wrong` and `right` are whole snapshots: the files of `wrong` without a fault are in `right` as well.
    `as_of` is the moment at which both are looked at, None for a rule that does not depend on the time.
    `before` is where the steps begin that lead to `wrong` and `right`, None for a rule that judges no steps. The
    commits of a step are those of the page, None where it names none.
    """

    title: str
    why: str
    wrong: Sequence[ExampleFile]
    right: Sequence[ExampleFile]
    as_of: datetime | None
    before: Sequence[ExampleFile] | None = None
    wrong_commits: Sequence[Commit] | None = None
    right_commits: Sequence[Commit] | None = None


def read_page(doc: str) -> Page:
    """Return the parts of a rule's docstring; raises ValueError where one is missing."""
    parts = re.fullmatch(r"(.+?)\n\n(.+?)\n\nWrong:\n\n(.+)\n\nRight:\n\n(.+)", doc.strip(), re.DOTALL)
    if parts is None:
        message = "a rule's docstring has a title, why it matters, Wrong: and Right:"
        raise ValueError(message)
    title, why, wrong_text, right_text = parts.groups()
    stated = _AS_OF.match(wrong_text)
    as_of = parse_time(stated[1]) if stated is not None else None
    if stated is not None and as_of is None:
        message = f"a rule's docstring says As of: and a time, not {stated[1]}"
        raise ValueError(message)
    start = _BEFORE.match(wrong_text)
    if start is not None:
        before = list(_files(start[1]))
        wrong, wrong_commits = _after(before, wrong_text[start.end() :])
        right, right_commits = _after(before, right_text)
        return Page(title, why, wrong, right, as_of, before, wrong_commits, right_commits)
    wrong = list(_files(wrong_text))
    right = list(_files(right_text))
    mended = {file.path for file in right}
    right += [file for file in wrong if not file.marked and file.path not in mended]
    return Page(title, why, wrong, right, as_of)


def _after(before: Sequence[ExampleFile], text: str) -> tuple[Sequence[ExampleFile], Sequence[Commit] | None]:
    """Return the files after a step, those that are deleted among them, and the commit that a text says it is."""
    head = _AFTER.match(text)
    if head is None:
        message = "a rule's docstring that says Before: says After: in both examples"
        raise ValueError(message)
    edited = {file.path: file for file in _files(text)}
    kept = [file for file in before if file.path not in edited]
    files = [*kept, *edited.values()]
    if head[1] is None:
        return files, None
    at = parse_time(head[2])
    if at is None:
        message = f"a rule's docstring says when something was committed, not {head[2]}"
        raise ValueError(message)
    changes = tuple(FileChange(path, "", "") for path in edited)
    return files, [Commit("1" * 40, (), head[1], head[1], at, head[1], head[1], at, "An edit", changes=changes)]


def render_page(rule: Rule) -> str:
    """Return the rule's page as Markdown."""
    group = _GROUPS.get(rule.group, rule.group)
    head = f"**{rule.title}** ({rule.severity}; [{group.lower()}](README.md))"
    return f"# {rule.id}\n\n{head}\n\n{render_body(rule)}\n"


def render_body(rule: Rule) -> str:
    """Return the rule's page below its title as Markdown: why, and the examples under headings."""
    _, _, rest = rule.doc.strip().partition("\n")
    return re.sub(r"^(Wrong|Right):$", r"## \1", rest.strip(), flags=re.MULTILINE)


def render_index(rules: Mapping[str, Rule]) -> str:
    """Return the list of all rules as Markdown, by group."""
    order = list(_GROUPS)
    listed = sorted(
        rules.values(), key=lambda rule: (order.index(rule.group) if rule.group in order else len(order), rule.group)
    )
    text = _INDEX_INTRODUCTION
    for group, members in groupby(listed, key=lambda rule: rule.group):
        text += f"\n## {_GROUPS.get(group, group)}\n\n| rule | severity | fault |\n|---|---|---|\n"
        text += "".join(f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {rule.title} |\n" for rule in members)
    return text


def render_reference(rules: Mapping[str, Rule]) -> Mapping[str, str]:
    """Return the whole reference: file name → text."""
    return {"README.md": render_index(rules), **{f"{rule.id}.md": render_page(rule) for rule in rules.values()}}


def _files(text: str) -> Iterator[ExampleFile]:
    """Yield the files of the fences of a text; each begins with a comment that is its path."""
    for fence in _FENCE.finditer(text):
        words = frozenset(fence["words"].split())
        lines: list[str] = []
        for line in reversed(fence["text"].splitlines()):
            lines.insert(0, line)
            path = _PATH.match(line)
            if path is not None:
                file = _file(path[1], lines, words, keep_path=fence["language"] == "yaml")
                yield replace(file, deleted=path[2] is not None)
                lines = []
        if lines:
            message = f"a fence of a rule's docstring begins with a file's path, not with {lines[0]}"
            raise ValueError(message)


def _file(path: str, lines: Sequence[str], words: frozenset[str], *, keep_path: bool) -> ExampleFile:
    kept = lines if keep_path else lines[1:]
    marked = tuple(number for number, line in enumerate(kept, 1) if _MARK.search(line))
    text = "".join(_MARK.sub("", line) + "\n" for line in kept)
    data = _unescape(text) if "escapes" in words else text.encode()
    return ExampleFile(path, data, marked, words)


def _unescape(text: str) -> bytes:
    """Return the bytes that a text with escapes and repetitions stands for."""
    text = _REPEATED.sub(lambda match: match[1] * int(match[2]), text)
    return _ESCAPE.sub(_escaped, text.encode())


def _escaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes.fromhex(match[1].decode())
    if match[2]:
        return chr(int(match[2], 16)).encode()
    return b"\t" if match[3] == b"t" else b"\0"
