"""Reads one YAML file: bytes to values with marks, each violation of the strict subset a fault of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.marks import Marks
from itsm_as_code.reading import bytes_check, events
from itsm_as_code.reading.builder import Builder
from itsm_as_code.reading.syntax import syntax_fault


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
    builder = Builder(file)
    with events.open_parser(text, pure=pure) as parser:
        try:
            builder.feed(parser)
        except events.YamlError as error:
            builder.stopped = True
            builder.faults.append(syntax_fault(file, text, error))
    faults += builder.faults
    root = builder.root
    if not isinstance(root, dict):
        if not builder.stopped:
            faults.append(_not_a_mapping(file, root))
        return Document(file, {}, Marks(), tuple(faults), readable=False)
    readable = not any(fault.rule != "implicit-type" for fault in faults)
    return Document(file, root, Marks(builder.keys, builder.values), tuple(faults), readable=readable)


def _not_a_mapping(file: str, root: object) -> Fault:
    found = "is empty" if root is None else "holds a list" if isinstance(root, list) else "holds a single value"
    message = f"the file {found}; it must be a mapping of fields, each on a line as `field: value`"
    return Fault.at("not-a-mapping", file, message)
