"""Looks up the places of field paths, each file's values gone through once."""

from typing import TYPE_CHECKING

from itsm_as_code.model.place import FieldPath, Place
from itsm_as_code.model.record import Record

if TYPE_CHECKING:
    from itsm_as_code.model.marks import Locator


class Places:
    """Answers where a field path of a record stands, however often it is asked."""

    def __init__(self) -> None:
        self._locators: dict[str, Locator] = {}

    def of(self, record: Record, path: FieldPath, *, at_key: bool = False) -> Place:
        """Return the place of the value at `path` of the record, or of its key; see `Locator.mark`."""
        locator = self._locators.get(record.file)
        if locator is None:
            locator = self._locators[record.file] = record.marks.locate(record.fields)
        return Place(record.file, *locator.mark(path, at_key=at_key))


def state_key(record: Record) -> Place | None:
    """Return where the record writes its state, which is what asks for a field; None where it writes none."""
    if "state" not in record.fields:
        return None
    return Place(record.file, *record.marks.locate(record.fields).mark(("state",), at_key=True))
