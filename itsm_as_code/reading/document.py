"""Reads one YAML file: bytes to values with marks, each violation of the strict subset a fault of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.marks import Marks, pack
from itsm_as_code.model.place import FieldPath, Place
from itsm_as_code.reading import bytes_check, events
from itsm_as_code.reading.scalars import read_plain
from itsm_as_code.reading.syntax import syntax_fault

MAX_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says.

    `value` is the mapping at its root, empty where the file could not be read. `readable` says that the value
    is all of the file's; `faults` are in file order.
    """

    file: str
    value: Mapping[str, Any]
    marks: Marks
    faults: tuple[Fault, ...]
    readable: bool


def read_document(file: str, data: bytes, *, pure: bool = False) -> Document:
    """Return the values, marks and faults of a file; `pure` asks for YAML's parser in Python."""
    text, faults = bytes_check.decode(file, data)
    if text is None:
        return Document(file, {}, Marks(), tuple(faults), readable=False)
    builder = _Builder(file)
    try:
        for event in events.events(text, pure=pure):
            if not builder.take(event):
                break
    except events.YamlError as error:
        builder.broken = True
        builder.faults.append(syntax_fault(file, text, error))
    faults += builder.faults
    if not isinstance(builder.root, dict):
        if not builder.broken:
            faults.append(_not_a_mapping(file, builder.root))
        return Document(file, {}, Marks(), tuple(faults), readable=False)
    readable = not any(fault.rule != "implicit-type" for fault in faults)
    return Document(file, builder.root, Marks(builder.keys, builder.values), tuple(faults), readable=readable)


def _not_a_mapping(file: str, root: object) -> Fault:
    found = "is empty" if root is None else "holds a list" if isinstance(root, list) else "holds a single value"
    message = f"the file {found}; a record is a mapping of fields, each on a line as `field: value`"
    return Fault.at("not-a-mapping", file, message)


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being filled; `key` is the pending key, None while a key is awaited."""

    container: Any
    is_mapping: bool
    key: str | None = None
    key_mark: int = 0


@dataclass(slots=True)
class _Builder:
    """Builds values from events, without recursion; marks are numbered as values are met."""

    file: str
    root: Any = None
    broken: bool = False
    faults: list[Fault] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    _stack: list[_Frame] = field(default_factory=list)
    _started: bool = False
    _muted_at: int = -1
    """Depth of the mapping whose present key is a duplicate; what is read for it is dropped. -1 for none."""

    def take(self, event: Any) -> bool:  # noqa: ANN401 - yaml's events have no common typed base
        """Use one event; return False where reading must stop."""
        kind = type(event)
        if kind is events.ScalarEvent:
            self._scalar(event)
        elif kind is events.MappingStartEvent:
            return self._open(event, {})
        elif kind is events.SequenceStartEvent:
            return self._open(event, [])
        elif issubclass(kind, events.CollectionEndEvent):
            self._stack.pop()
            self._placed()
        elif kind is events.AliasEvent:
            self._fault(
                "yaml-alias", event, f"alias *{event.anchor}: write the value out, or quote it if it is meant as text"
            )
            self._place(None, self._mark(event))
        elif kind is events.DocumentStartEvent:
            return self._document(event)
        return True

    def _document(self, event: Any) -> bool:  # noqa: ANN401 - as above
        if self._started:
            self._fault("yaml-many-documents", event, "a second document begins here (---); keep one record in a file")
            self.broken = True
            return False
        self._started = True
        if event.version or event.tags:
            self._fault("yaml-tag", event, "directives (%YAML, %TAG) have no place in a record; delete the line")
        return True

    def _scalar(self, event: Any) -> None:  # noqa: ANN401 - as above
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        value: str | int | bool | None = event.value
        if event.style is None or event.style == "":
            value, why = read_plain(event.value)
            if why:
                self._fault("implicit-type", event, f'put {event.value} in quotes ("{event.value}"): {why}')
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.is_mapping and frame.key is None:
            self._key(frame, event, value)
        else:
            self._place(value, self._mark(event))

    def _key(self, frame: _Frame, event: Any, value: str | float | None) -> None:  # noqa: ANN401 - as above
        key = event.value
        if key == "<<" and not event.style:
            self._fault("yaml-merge-key", event, "merge keys (<<) are not read; write the fields out")
        elif not isinstance(value, str):
            self._fault("yaml-key", event, f'field names are text; write "{key}" in quotes if this is one')
        elif key in frame.container and self._muted_at < 0:
            first = Marks(self.keys, self.values).mark(self.root, (*self._path(), key), at_key=True)[0]
            self._fault("duplicate-key", event, f"{key} is given twice (first at line {first}); keep one", key)
            self._muted_at = len(self._stack)
        frame.key = key
        frame.key_mark = self._mark(event)

    def _open(self, event: Any, container: dict[str, Any] | list[Any]) -> bool:  # noqa: ANN401 - as above
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.is_mapping and frame.key is None:
            self._fault("yaml-key", event, "a field name must be text, not a list or mapping")
            self.broken = True
            return False
        if len(self._stack) == MAX_DEPTH:
            self._fault("too-deep", event, f"values are nested more than {MAX_DEPTH} deep")
            self.broken = True
            return False
        self._place(container, self._mark(event), opened=True)
        self._stack.append(_Frame(container, isinstance(container, dict)))
        return True

    def _place(self, value: Any, mark: int, *, opened: bool = False) -> None:  # noqa: ANN401 - any YAML value
        """Put a value where it belongs, with its marks."""
        muted = self._muted_at >= 0
        frame = self._stack[-1] if self._stack else None
        if not muted:
            self.values.append(mark)
            self.keys.append(frame.key_mark if frame is not None and frame.is_mapping else mark)
        if frame is None:
            self.root = value
        elif not frame.is_mapping:
            frame.container.append(value)
        elif not (muted and len(self._stack) == self._muted_at):
            frame.container[frame.key] = value
        if not opened:
            self._placed()

    def _placed(self) -> None:
        """A value is complete: its mapping awaits the next key."""
        if self._stack:
            self._stack[-1].key = None
            if self._muted_at == len(self._stack):
                self._muted_at = -1

    def _path(self) -> FieldPath:
        """Return the field path of the container on top."""
        return tuple(
            frame.key if frame.is_mapping and frame.key is not None else len(frame.container) - 1
            for frame in self._stack[:-1]
        )

    def _refuse_properties(self, event: Any) -> None:  # noqa: ANN401 - as above
        if event.anchor is not None:
            self._fault("yaml-alias", event, f"anchor &{event.anchor}: write the value out where it is needed")
        if event.tag is not None:
            self._fault("yaml-tag", event, f"tag {event.tag} has no meaning here; delete it")

    def _mark(self, event: Any) -> int:  # noqa: ANN401 - as above
        start = event.start_mark
        return pack(start.line + 1, start.column + 1)

    def _fault(self, rule: str, event: Any, message: str, key: str = "") -> None:  # noqa: ANN401 - as above
        path = self._path()
        if self._stack:
            frame = self._stack[-1]
            if key:
                path = (*path, key)
            elif not frame.is_mapping:
                path = (*path, len(frame.container))
            elif frame.key is not None:
                path = (*path, frame.key)
        place = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        self.faults.append(Fault(self.file, path, message, place=place, rule=rule))
