"""Renumbering: plans what gives a record another id, and every link to it the new address."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from itsm_as_code.editing.entry import Stamp
from itsm_as_code.editing.plan import FileEdit, Plan, nothing
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.model.reference import entry_folder, id_form_in_words, is_id, path_of
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.writing.edits import Put
from itsm_as_code.writing.ids import new_id
from itsm_as_code.writing.record import field_order
from itsm_as_code.writing.splice import splice

TRAILER = "Itsm-Renumbered-From"
"""The trailer of the commit; its value is the address that the record had."""
_SHOWN = 5


def plan_renumber(snapshot: Snapshot, record: Record, new: str, taken: Collection[str], stamp: Stamp) -> Plan:
    """Return the plan that moves a record, with its entry files, to another id, and makes all links follow.

    `new` is the id wanted; where it is empty a process record gets a free one of the same day. `taken` are ids of the
    kind that other branches have. A reference record keeps its old id as an alias, so that what people wrote elsewhere
    still leads to it. Raises ItsmError where the id is no good or taken.
    """
    ids = {*taken, *(other.id for other in snapshot.all_records if other.kind is record.kind)}
    id_ = _checked(record, new, ids) if new else _drawn(record, ids, stamp)
    if id_ == record.id:
        return nothing(f"{record.address} has this id already")
    address = record.kind.address(id_)
    edits = _Edits(snapshot)
    for link in snapshot.graph.incoming.get(record.address, ()):
        if link.text == record.address:
            edits.add(snapshot.records[link.source], link.path, address)
    if "id" in record.own_fields:
        edits.add(record, ("id",), id_)
    if not record.kind.prefix and record.id not in record.strings("aliases"):
        edits.add(record, ("aliases",), [*record.strings("aliases"), record.id])
    files = tuple(edits.files(record, path_of(record.kind, id_)))
    followers = sorted(edits.addresses - {record.address})
    said = [f"{record.address} is {address} now" + (f"; {_counted(len(followers))} follow" if followers else "")]
    mentions = list(_mentions(snapshot, record, files))
    if mentions:
        more = f" and {len(mentions) - _SHOWN} more" if len(mentions) > _SHOWN else ""
        said.append(f"texts still say {record.address}: {', '.join(mentions[:_SHOWN])}{more}")
    return Plan(
        files,
        tuple(said),
        f"{id_}: renumbered from {record.id}",
        (address, *followers),
        trailers=(f"{TRAILER}: {record.address}",),
    )


class _Edits:
    """Values that are set in many files, gathered."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._by_file: dict[str, list[Put]] = defaultdict(list)
        self._orders: dict[str, Sequence[str]] = {}
        self.addresses: set[str] = set()

    def add(self, record: Record, path: FieldPath, value: Any) -> None:  # noqa: ANN401 - any YAML value
        """Set a value of a record, in the file that holds it."""
        file, inside = record.where(path)
        self._by_file[file].append(Put(inside, value))
        self._orders[record.file] = field_order(record.kind)
        self.addresses.add(record.address)

    def files(self, record: Record, new: str) -> Iterator[FileEdit]:
        """Yield the edits by file; the record's own file will be `new`, and its entry files stand beside that."""
        # With those that cannot be read: left where they are, they would belong to nothing.
        beside = f"{entry_folder(record.file)}/"
        own = dict.fromkeys((*record.files, *(file for file in self._snapshot.texts if file.startswith(beside))))
        for file in dict.fromkeys((*own, *sorted(self._by_file))):
            before = self._snapshot.texts[file]
            edits = self._by_file.get(file, ())
            after = splice(before, edits, self._orders.get(file, ())) if edits else before
            if file in own:
                yield FileEdit(file, before, None)
                yield FileEdit(_moved(file, record, new), None, after)
            else:
                yield FileEdit(file, before, after)


def _checked(record: Record, new: str, taken: Collection[str]) -> str:
    if not is_id(record.kind, new):
        raise ItsmError(
            f"{new} is no id of {record.kind.plural}", id_form_in_words(record.kind.id_form, record.kind.prefix)
        )
    if new != record.id and new.casefold() in {id_.casefold() for id_ in taken} - {record.id.casefold()}:
        raise ItsmError(f"{record.kind.address(new)} is taken already", "choose another id")
    return new


def _drawn(record: Record, taken: Collection[str], stamp: Stamp) -> str:
    """Return a free id of the day that the old one names; of today where it is an imported number."""
    if not record.kind.prefix:
        raise ItsmError(f"ids of {record.kind.plural} are chosen by people", f"itsm renumber {record.address} NEW-ID")
    day = re.fullmatch(r".*-(\d{8})-.*", record.id)
    moment = datetime.combine(date.fromisoformat(day[1]), time(), UTC) if day else stamp.now
    return new_id(record.kind, taken, moment, stamp.random)


def _moved(file: str, record: Record, new: str) -> str:
    """Return where a file of the record stands once the record's own file is `new`."""
    return new if file == record.file else f"{entry_folder(new)}{file.removeprefix(entry_folder(record.file))}"


def _mentions(snapshot: Snapshot, record: Record, edits: Sequence[FileEdit]) -> Iterator[str]:
    """Yield the files whose texts will still name the record by its old address; they are people's own words."""
    name = re.compile(rb"(?<![\w.:-])" + re.escape(record.address.encode()) + rb"(?![\w-])")
    texts = {**snapshot.texts, **{edit.path: edit.after or b"" for edit in edits}}
    return (file for file, text in sorted(texts.items()) if name.search(text))


def _counted(number: int) -> str:
    return f"links of {number:,} record" + ("" if number == 1 else "s")
