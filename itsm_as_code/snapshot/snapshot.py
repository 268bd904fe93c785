"""The snapshot: every record at one moment, frozen, with the kinds and settings in force then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from itsm_as_code.model.baseline import NO_BASELINE, Baseline
from itsm_as_code.model.config import Config
from itsm_as_code.model.finding import Fault
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.graph import Graph


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Records of one moment and what they say together.

    `records` are by address, in file order, the unreadable ones among them (`valid` false). `shadowed` are records
    whose address another file had taken. `faults` are the reader's and the validator's. `texts` are the records'
    bytes by file, to show source lines.
    """

    name: str
    kinds: Mapping[str, Kind]
    config: Config
    records: Mapping[str, Record]
    shadowed: tuple[Record, ...]
    faults: tuple[Fault, ...]
    texts: Mapping[str, bytes]
    graph: Graph
    by_kind: Mapping[str, Sequence[Record]]
    settings: Mapping[str, bytes]
    """What the records are judged and shown by, by path: `itsm.yaml`, the repository's own schemas and templates."""
    entry_files: Mapping[str, str]
    """The files that hold a timeline entry of a record, with the record's address."""
    baseline: Baseline = NO_BASELINE
    """The findings that its `baseline.json` knows."""
    shared: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Indexes that follow from the rest, by name, each made by the first who asks for it."""

    @property
    def all_records(self) -> Iterator[Record]:
        """Every record there is a file of: those that have an address, then the shadowed ones."""
        return chain(self.records.values(), self.shadowed)

    @property
    def overrides(self) -> Mapping[str, str]:
        """The repository's own templates, by name."""
        return {
            path.removeprefix("templates/"): data.decode("utf-8", "replace")
            for path, data in self.settings.items()
            if path.startswith("templates/")
        }

    def of(self, kind: str) -> Sequence[Record]:
        """Return the valid records of a kind, sorted by id."""
        return self.by_kind.get(kind, ())
