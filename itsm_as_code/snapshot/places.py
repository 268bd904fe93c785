"""Looks up the places of field paths, each file's values gone through once."""

from typing import TYPE_CHECKING, cast

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
        file, inside = record.where(path)
        locator = self._locators.get(file)
        if locator is None:
            locator = self._locators[file] = _locator(record, path, file)
        return Place(file, *locator.mark(inside, at_key=at_key))


def _locator(record: Record, path: FieldPath, file: str) -> "Locator":
    if file == record.file:
        return record.marks.locate(record.own_fields)
    entry = record.entry_files[cast("int", path[1])]
    return entry.marks.locate(entry.fields)


def state_key(record: Record) -> Place | None:
    """Return where the record writes its state, which is what asks for a field; None where it writes none."""
    if "state" not in record.fields:
        return None
    return Place(record.file, *record.marks.locate(record.own_fields).mark(("state",), at_key=True))
