"""Reads the map of an import: closed, and refused with the place of the first thing wrong."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from itsm_as_code import resources
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import Place
from itsm_as_code.reading.document import Document, read_document
from itsm_as_code.reading.validation import SchemaValidator

SCHEMA = "import-map.schema.json"


class ImportMap:
    """What a map's file says, still as plain values."""

    def __init__(self, file: str, data: bytes) -> None:
        """Read the map; raise ItsmError, with file, line and column, where it is not what its schema asks for."""
        self._file = file
        self._document: Document = read_document(file, data)
        self.refuse(self._document.faults)
        schema = json.loads((resources.schemas() / SCHEMA).read_bytes())
        self.refuse(list(SchemaValidator(schema).faults(file, self._document.value)))

    @property
    def value(self) -> Mapping[str, Any]:
        """The map's fields."""
        return self._document.value

    @property
    def file(self) -> str:
        """The map's file, as it was named."""
        return self._file

    def refuse(self, faults: Sequence[Fault]) -> None:
        """Raise ItsmError that names the first of the faults with its place; nothing where there are none."""
        if not faults:
            return
        fault = faults[0]
        marks = self._document.marks
        place = fault.place or Place(self._file, *marks.mark(self.value, fault.path, at_key=fault.at_key))
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        message = f"{place}: {fault.message}{more}"
        raise ItsmError(message, "docs/import-table.md tells what a map may say")
