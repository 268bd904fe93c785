"""Messages: the updates that people write, newest first, into the body of one status notice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from itsm_as_code.interchange.times import ForeignTime, find_time, read_time

Role = Literal["first", "update", "last"]

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("initial", "open", "opening", "opened", "began", "just", "investigating", "scheduled"), "first"),
    **dict.fromkeys(("update", "updated", "edit", "edited", "identified", "monitoring", "progress", "in"), "update"),
    **dict.fromkeys(("final", "close", "closing", "closed", "end", "resolved", "resolution", "completed"), "last"),
}
_STATUS = ("investigating", "identified", "monitoring", "resolved")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BRACKETS = re.compile(r"\s{0,3}\[(?P<label>[^\]\[]{1,80})\](?![(\[:])\s*(?:-->)?(?P<rest>.*)")
_BOLD = re.compile(r"\s{0,3}\*\*(?P<label>[^*]{1,80}?):?(?:\*\*:?\s*(?:-\s+)?(?P<rest>.*)|\s*)")
_ITALIC = re.compile(r"\s{0,3}[*_](?P<label>[^*_]{1,40})[*_]\s*[-:\u2013\u2014](?P<rest>.*)")
_TRACK = re.compile(r"\{\{[<%]\s*track\s+[\"'`](?P<time>[^\"'`]*)[\"'`]\s*[>%]\}\}")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_RULE = re.compile(r"(?:^|\n)[ \t]*-{4,}[ \t]*$")


@dataclass(frozen=True, slots=True)
class Message:
    """One update: its place in the story, its time where the text tells it, and its Markdown text."""

    role: Role
    label: str
    text: str
    time: ForeignTime | None = None

    @property
    def status(self) -> str:
        """The word of status pages that the label says, or that its place in the story implies; else empty."""
        word = self.label.split(" ")[0].lower() if self.label else ""
        if word in _STATUS:
            return word
        return {"first": "investigating", "last": "resolved", "update": ""}[self.role]


@dataclass(frozen=True, slots=True)
class Body:
    """A notice's body: a text without a heading, and the messages under headings, oldest first."""

    preamble: str
    messages: tuple[Message, ...]


def read_body(text: str) -> Body:
    """Return the body taken apart; HTML comments, which readers of the page never saw, are left out."""
    parts = [_with_track(part) for part in _split(_COMMENT.sub("", text))]
    preamble = parts[0].text if parts and not parts[0].label and parts[0].time is None else ""
    messages = [part for part in (parts[1:] if preamble else parts) if part.text or part.label]
    if _newest_first(messages):
        messages.reverse()
    return Body(preamble, tuple(messages))


def _split(text: str) -> Iterator[Message]:
    """Yield the messages in the order of the text; one without a label is text above the first heading."""
    current, lines, fenced, ended = Message("first", "", ""), list[str](), False, False
    for line in text.split("\n"):
        heading = None if fenced else _heading(line)
        if heading is not None or (ended and line.strip()):
            yield replace(current, text="\n".join(lines))
            current, lines = heading or Message("update", "", ""), [heading.text if heading else line]
        else:
            lines.append(line)
        if _FENCE.match(line):
            fenced = not fenced
        ended = _TRACK.search(line) is not None or (ended and not line.strip())
    yield replace(current, text="\n".join(lines))


def _heading(line: str) -> Message | None:
    """Return the message that a line opens, its text being the rest of the line; None for any other line."""
    for pattern in (_BRACKETS, _BOLD, _ITALIC):
        match = pattern.fullmatch(line)
        if match is None:
            continue
        label = match["label"].strip()
        role = _role(label)
        time = find_time(label)
        if role is not None or (time is not None and read_time(label) is not None):
            return Message(role or "update", label, (match["rest"] or "").strip(), time)
    return None


def _role(label: str) -> Role | None:
    words = re.findall(r"[a-z]+", label.lower())
    return _ROLES.get(words[0]) if words else None


def _with_track(message: Message) -> Message:
    """Return the message with cState's `track` shortcode taken out of its text and read as its time."""
    match = _TRACK.search(message.text)
    time = message.time or (read_time(match["time"]) if match else None)
    text = _TRACK.sub("", message.text)
    text = "\n".join(line.rstrip() if line.isspace() else line for line in text.strip("\n").split("\n"))
    return replace(message, text=_RULE.sub("", text.rstrip()).strip("\n").rstrip(), time=time)


def _newest_first(messages: Sequence[Message]) -> bool:
    times = [message.time.moment for message in messages if message.time is not None]
    if len(times) > 1 and times[0] != times[-1]:
        return times[0] > times[-1]
    if not messages:
        return False
    one_role = len({message.role for message in messages}) == 1
    return one_role or messages[0].role == "last" or messages[-1].role == "first"
