"""Builds values and marks from YAML's events, without recursion; what the strict subset refuses becomes a fault."""

from dataclasses import dataclass, field
from sys import intern
from typing import Any

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.marks import SHIFT, Marks, pack, unpack
from itsm_as_code.model.place import FieldPath, Place
from itsm_as_code.model.words import shortened
from itsm_as_code.reading.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from itsm_as_code.reading.limits import MAX_DEPTH, MAX_FAULTS
from itsm_as_code.reading.looseness import Span
from itsm_as_code.reading.scalars import NOT_TEXT, NUMBER_START, read_plain

_QUOTES = ("'", '"')
Event = Any  # yaml's events have no typed base with the fields that matter here


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being filled. `awaits_key` is true for a mapping between two fields."""

    container: Any
    is_mapping: bool
    awaits_key: bool
    key: str = ""
    key_mark: int = 0
    indent: int = 0
    """Spaces that a further line of a value in it must begin with: one more than its block stands at."""
    opened: int = 0
    """Mark of the outermost bracket that it stands in; 0 outside of brackets."""


@dataclass(slots=True)
class Builder:
    """Takes events and holds what they built.

    Marks are numbered as values are met. This loop runs a hundred times a record: what is rare lives in methods
    of its own.
    """

    file: str
    stopped: bool = False
    """Something was met after which nothing can be read."""
    faults: list[Fault] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    """What is quoted, in brackets or holds a lone dash, and ends on a further line."""
    _top: _Frame = field(default_factory=lambda: _Frame([], is_mapping=False, awaits_key=False))
    _below: list[_Frame] = field(default_factory=list)
    """The frames that hold the top one; the first is a list whose only item is the root."""
    _started: bool = False
    _muted_at: int = -1
    """Depth of the mapping whose present key is a duplicate; what is read for it is dropped. -1 for none."""

    @property
    def root(self) -> Any:  # noqa: ANN401 - any YAML value
        """The document's value; None where there is none."""
        bottom = self._below[0] if self._below else self._top
        return bottom.container[0] if bottom.container else None

    def feed(self, parser: Any) -> None:  # noqa: ANN401 - either of YAML's parsers
        """Take the parser's events to the end, or to where reading must stop."""
        get_event, scalar = parser.get_event, self._scalar
        while not self.stopped and (event := get_event()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                scalar(event)
            elif kind is MappingStartEvent:
                self._open(event, _Frame({}, is_mapping=True, awaits_key=True))
            elif kind is SequenceStartEvent:
                self._open(event, _Frame([], is_mapping=False, awaits_key=False))
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if self._top.opened:
                    self._close_bracket(event)
                self._top = self._below.pop()
                self._complete()
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentStartEvent:
                self._document(event)

    def _scalar(self, event: Event) -> None:
        value, start, style, top = event.value, event.start_mark, event.style, self._top
        line = start.line + 1
        mark = (line << SHIFT) + start.column + 1
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        if not style:
            if value[:1] in NUMBER_START or value in NOT_TEXT:
                value = self._plain(event)
            elif " - " in value and event.end_mark.line >= line:
                self.spans.append(Span(line, start.column + 1, event.end_mark.line + 1, 0))
        elif style in _QUOTES and not top.opened and event.end_mark.line >= line:
            self.spans.append(Span(line, start.column + 1, event.end_mark.line + 1, top.indent))
        if top.awaits_key:
            if type(value) is not str or value == "<<" or value in top.container:
                self._odd_key(event, value)
            top.key, top.key_mark, top.awaits_key = intern(event.value), mark, False
        elif top.is_mapping and self._muted_at < 0:
            # The commonest case, as `_place` and `_complete` would do it.
            self.values.append(mark)
            self.keys.append(top.key_mark)
            top.container[top.key] = value
            top.awaits_key = True
        else:
            self._place(value, mark)
            self._complete()

    def _plain(self, event: Event) -> str | int | bool | None:
        value, why = read_plain(event.value)
        if why:
            self._fault("implicit-type", event, f'put it in quotes, "{shortened(event.value)}": {why}')
        return value

    def _odd_key(self, event: Event, value: str | float | None) -> None:
        key = event.value
        if key == "<<" and not event.style:
            self._fault("yaml-merge-key", event, "merge keys (<<) are not read; write the fields out", key)
        elif not isinstance(value, str):
            message = f'field names are text; write "{shortened(key)}" in quotes if this is one'
            if self._top.opened:
                message += ", or the value before it if its comma belongs to a text"
            self._fault("yaml-key", event, message, key)
        elif key in self._top.container and self._muted_at < 0:
            first = Marks(self.keys, self.values).mark(self.root, (*self._path(), key), at_key=True)[0]
            self._fault(
                "duplicate-key", event, f"{shortened(key)} is given twice (first at line {first}); keep one", key
            )
            self._muted_at = len(self._below)

    def _place(self, value: Any, mark: int) -> None:  # noqa: ANN401 - any YAML value
        """Put a value where it belongs, with its marks."""
        top = self._top
        if self._muted_at < 0:
            self.values.append(mark)
            self.keys.append(top.key_mark if top.is_mapping else mark)
        if not top.is_mapping:
            top.container.append(value)
        elif self._muted_at != len(self._below):
            top.container[top.key] = value

    def _complete(self) -> None:
        """The value of the present key or item is whole."""
        if self._top.is_mapping:
            self._top.awaits_key = True
            if self._muted_at == len(self._below):
                self._muted_at = -1

    def _open(self, event: Event, frame: _Frame) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        if self._top.awaits_key:
            self._fault(
                "yaml-key",
                event,
                "a field name is text, not a list or mapping; text that begins with {{ must be in quotes",
            )
            self.stopped = True
        elif len(self._below) == MAX_DEPTH:
            self._fault("too-deep", event, f"values are nested more than {MAX_DEPTH} deep; take out some of the levels")
            self.stopped = True
        else:
            mark, top = pack(event.start_mark.line + 1, event.start_mark.column + 1), self._top
            if event.flow_style:
                frame.opened, frame.indent = top.opened or mark, top.indent
            else:
                frame.indent = event.start_mark.column + 1
            self._place(frame.container, mark)
            self._below.append(top)
            self._top = frame

    def _close_bracket(self, event: Event) -> None:
        top = self._top
        if not self._below[-1].opened and event.end_mark.line + 1 != top.opened >> SHIFT:
            line, column = unpack(top.opened)
            self.spans.append(Span(line, column, event.end_mark.line + 1, top.indent))

    def _alias(self, event: Event) -> None:
        message = f"alias *{shortened(event.anchor)}: write the value out, or quote it if it is meant as text"
        self._fault("yaml-alias", event, message)
        if self._top.awaits_key:
            self.stopped = True
        else:
            self._place(None, pack(event.start_mark.line + 1, event.start_mark.column + 1))
            self._complete()

    def _document(self, event: Event) -> None:
        if self._started:
            self._fault("yaml-many-documents", event, "a second document begins here (---); keep one record in a file")
            self.stopped = True
        elif event.version or event.tags:
            self._fault("yaml-tag", event, "directives (%YAML, %TAG) have no place in a record; delete the line")
        self._started = True

    def _refuse_properties(self, event: Event) -> None:
        if event.anchor is not None:
            self._fault(
                "yaml-alias",
                event,
                f"anchor &{shortened(event.anchor)}: write the value out where it is needed, or quote it if it is text",
            )
        if event.tag is not None:
            written = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._fault(
                "yaml-tag",
                event,
                f"tag {shortened(written)} has no meaning here; delete it, or quote the value if it is text",
            )

    def _path(self) -> FieldPath:
        """Return the field path of the container on top."""
        return tuple(frame.key if frame.is_mapping else len(frame.container) - 1 for frame in self._below[1:])

    def _fault(self, rule: str, event: Event, message: str, key: str = "") -> None:
        path, top = self._path(), self._top
        if self._below:
            if key:
                path = (*path, key)
            elif not top.is_mapping:
                path = (*path, len(top.container))
            elif not top.awaits_key:
                path = (*path, top.key)
        place = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        self.faults.append(Fault(self.file, path, message, place=place, rule=rule))
        self.stopped = self.stopped or len(self.faults) >= MAX_FAULTS
