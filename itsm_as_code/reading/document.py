"""Reads one YAML file: bytes to values with marks, each violation of the strict subset a fault of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.marks import Marks
from itsm_as_code.reading import bytes_check, events
from itsm_as_code.reading.builder import Builder
from itsm_as_code.reading.limits import MAX_FAULTS
from itsm_as_code.reading.looseness import loose_faults


@dataclass(frozen=True, slots=True)
class Content:
    """What one file's YAML says, be it a mapping, a list or a single value, as far as it was read.

    `stopped` says that reading ended before the file did; `faults` are in file order.
    """

    value: Any
    marks: Marks
    faults: tuple[Fault, ...]
    stopped: bool


_HARMLESS = frozenset({"implicit-type", "invisible-character"})
"""Rules of faults that do not keep a value from being read as it is meant."""


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
    content = read_content(file, data, pure=pure)
    faults = content.faults
    if not isinstance(content.value, dict):
        if not content.stopped:
            faults = (*faults, _not_a_mapping(file, content.value))
        return Document(file, {}, Marks(), faults, readable=False)
    readable = all(fault.rule in _HARMLESS for fault in faults)
    return Document(file, content.value, content.marks, faults, readable=readable)


def read_content(file: str, data: bytes, *, pure: bool = False) -> Content:
    """Return what a file's YAML says, whatever is at its root; `pure` as for `read_document`."""
    text, faults = bytes_check.decode(file, data)
    if text is None:
        return Content(None, Marks(), tuple(faults), stopped=True)
    if text.count("\n%") > MAX_FAULTS:
        # libyaml compares each of them with all before it.
        message = "there are more than a hundred directives (%TAG) here; they have no place in a record: delete them"
        faults.append(Fault.at("yaml-tag", file, message))
        return Content(None, Marks(), tuple(faults), stopped=True)
    builder = Builder(file)
    with events.open_parser(text, pure=pure) as parser:
        try:
            builder.feed(parser)
        except events.YamlError as error:
            from itsm_as_code.reading.syntax import syntax_fault  # noqa: PLC0415 - only a text that is no YAML needs it

            builder.stopped = True
            builder.faults.append(syntax_fault(file, text, error))
    faults += builder.faults
    if not builder.stopped:
        # An item's mark is that of its value: what differs is a field.
        names = (key for key, value in zip(builder.keys, builder.values, strict=True) if key != value)
        faults += islice(loose_faults(file, text, builder.spans, names, pure=pure), MAX_FAULTS)
    return Content(builder.root, Marks(builder.keys, builder.values), tuple(faults), builder.stopped)


def _not_a_mapping(file: str, root: object) -> Fault:
    found = "is empty" if root is None else "holds a list" if isinstance(root, list) else "holds a single value"
    message = f"the file {found}; it must be a mapping of fields, each on a line as `field: value`"
    return Fault.at("not-a-mapping", file, message)
