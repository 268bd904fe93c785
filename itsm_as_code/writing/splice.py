"""Splices edits into the text of a record: what an edit does not mean to change stays as it is, byte for byte."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.place import FieldPath, format_path
from itsm_as_code.reading.document import Document, read_document
from itsm_as_code.reading.events import YamlError
from itsm_as_code.reading.limits import MAX_FAULTS
from itsm_as_code.reading.nodes import BLOCK, read_nodes
from itsm_as_code.writing.edits import Append, Drop, Extend, Insert, Put, Splice, Stroke, comparable, strokes
from itsm_as_code.writing.insert import extend, insert_field, insert_items
from itsm_as_code.writing.page import Page, Patch, line_end_of, patched
from itsm_as_code.writing.remove import remove
from itsm_as_code.writing.replace import is_scalar, replace

__all__ = ["Append", "Drop", "Put", "splice"]


def splice(data: bytes, edits: Sequence[Splice], order: Sequence[str] = ()) -> bytes:
    """Return the bytes of a record's file with the edits made, one after the other.

    `order` names the fields of the record's kind in their order; it says where a new one stands. A value that the
    text has already costs no byte, but for a scalar that should be in quotes and is not: it gets them.
    What comes out is read again: it says what was meant and has no fault that was not there before.
    Raises ItsmError, without the file's name, where the text cannot be read, an edit goes through a value that is no
    list or mapping, or the outcome would not be what was meant. Raises TypeError for values that no record can hold.
    """
    document = read_document("", data)
    if not document.readable:
        raise ItsmError(_unreadable(document))
    if len(document.faults) >= MAX_FAULTS:
        # The reader stopped there: what follows is not known.
        raise ItsmError(f"the record has more than {MAX_FAULTS - 1} faults; repair some first")
    intended = dict(document.value)
    todo = list(strokes(intended, edits))
    if not intended:
        raise ItsmError("nothing would be left of the record")
    try:
        result = _carried_out(data.decode("utf-8"), todo, order).encode("utf-8")
    except (YamlError, ValueError) as error:
        raise _unsafe(edits) from error
    if result != data:
        after = read_document("", result)
        new_faults = Counter(fault.rule for fault in after.faults) - Counter(fault.rule for fault in document.faults)
        if not after.readable or new_faults or comparable(after.value) != comparable(intended):
            raise _unsafe(edits)
    return result


def _unreadable(document: Document) -> str:
    # What is harmless may come first; the last fault is never missing where a file cannot be read.
    fault = next((each for each in document.faults if each.rule != "implicit-type"), document.faults[-1])
    line = f"line {fault.place.line}: " if fault.place else ""
    return f"the record cannot be read, and so not edited: {line}{fault.message}"


def _unsafe(edits: Sequence[Splice]) -> ItsmError:
    names = list(dict.fromkeys(format_path(edit.path) or "the record" for edit in edits))
    return ItsmError(f"{' and '.join(names[:3])} cannot be edited safely; edit it by hand")


def _carried_out(text: str, todo: Sequence[Stroke], order: Sequence[str]) -> str:
    lacks_end = not text.endswith("\n")
    if lacks_end:
        text += line_end_of(text)
    batch = _Batch(_page(text))
    for stroke in todo:
        patches = _patches(batch.page, stroke, order) if batch.takes(stroke) else None
        if patches is None or not batch.fits(patches):
            batch = _Batch(_page(patched(batch.page.text, batch.patches)))
            patches = _patches(batch.page, stroke, order)
        batch.add(stroke, patches)
    text = patched(batch.page.text, batch.patches)
    if lacks_end and text[: -len(line_end_of(text))].rstrip(" \t")[-1:] not in ("\n", ""):
        text = text.removesuffix(line_end_of(text))
    return text


def _page(text: str) -> Page:
    root = read_nodes(text)
    if root is None:
        raise ValueError("the text says nothing")
    return Page(text, root)


def _patches(page: Page, stroke: Stroke, order: Sequence[str]) -> Sequence[Patch]:
    if isinstance(stroke, Drop):
        return remove(page, stroke.path)
    if isinstance(stroke, Extend):
        return extend(page, stroke.path, stroke.values, one_line=stroke.one_line)
    if isinstance(stroke, Insert):
        return insert_items(page, stroke.path, stroke.position, stroke.values, one_line=stroke.one_line)
    slot = page.slot(stroke.path)
    one_line = stroke.one_line or stroke.path == ("timeline",)
    if slot is None:
        return insert_field(page, stroke.path, stroke.value, order, one_line=one_line)
    return replace(page, slot, stroke.value, one_line=one_line)


@dataclass(slots=True)
class _Batch:
    """Steps of which none changes what the paths of the others lead to, so that one reading of the text does."""

    page: Page
    patches: list[Patch] = field(default_factory=list)
    _scalars: set[FieldPath] = field(default_factory=set)
    """Paths of scalars that are replaced by scalars."""
    _last: Drop | Insert | None = None
    """The stroke that came last, if it moves what is behind it and nothing before it."""

    def takes(self, stroke: Stroke) -> bool:
        """Return whether a stroke may join those that are there."""
        if not self.patches:
            return True
        if isinstance(stroke, Put):
            return bool(self._scalars) and self._is_scalar(stroke) and stroke.path not in self._scalars
        if not isinstance(stroke, Drop | Insert) or type(stroke) is not type(self._last) or self._last is None:
            return False
        path, at = _position(stroke)
        last_path, last_at = _position(self._last)
        holder = self.page.node(path)
        if path != last_path or holder is None or holder.style != BLOCK:
            return False
        # The first one may stand on the line of what it is in.
        if isinstance(at, int) and isinstance(last_at, int):
            return 0 < at < last_at
        return at != next(iter(holder.fields or {}), None)

    def fits(self, patches: Sequence[Patch]) -> bool:
        """Return whether patches stand before the last ones, if these move what is behind them."""
        return self._last is None or all(end <= self.patches[-1][0] for _, end, _ in patches)

    def add(self, stroke: Stroke, patches: Sequence[Patch]) -> None:
        """Put a stroke's patches to the others."""
        self.patches += patches
        if isinstance(stroke, Drop | Insert):
            self._last = stroke
        elif isinstance(stroke, Put) and self._is_scalar(stroke):
            self._scalars.add(stroke.path)

    def _is_scalar(self, stroke: Put) -> bool:
        node = self.page.node(stroke.path)
        return node is not None and node.is_scalar and is_scalar(stroke.value)


def _position(stroke: Drop | Insert) -> tuple[FieldPath, str | int]:
    """Return the path of the list or mapping that a stroke changes, and where in it."""
    return (stroke.path, stroke.position) if isinstance(stroke, Insert) else (stroke.path[:-1], stroke.path[-1])
