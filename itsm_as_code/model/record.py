"""Records: one file's values, with kind, id and what follows from them alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from itsm_as_code.model.kind import Kind, State
from itsm_as_code.model.marks import Marks
from itsm_as_code.model.place import FieldPath

Visibility = Literal["public", "internal", "restricted"]


@dataclass(frozen=True, slots=True, eq=False)
class EntryFile:
    """A timeline entry in a file of its own, beside its record: the path, what it says, and where."""

    file: str
    fields: Mapping[str, Any]
    marks: Marks


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One record as its file says it, with the timeline entries that are files of their own folded in.

    `fields` are the values as written: mappings, lists, strings, whole numbers, booleans and None.
    `valid` says that the file was read and its schema accepts it; only then may a rule trust the types.
    `whole` says that it was read to its end without a fault; else what it does not say may stand in it all the same.
    """

    kind: Kind
    id: str
    file: str
    fields: Mapping[str, Any]
    marks: Marks
    valid: bool
    whole: bool = True
    entry_files: Mapping[int, EntryFile] = field(default_factory=dict)
    """The timeline entries that are files of their own, by position in the timeline."""
    own: Mapping[str, Any] | None = None
    """What the record's own file says, where entry files are folded into `fields`; it is what the marks belong to."""
    address: str = field(init=False)
    """The typed string by which links name this record: ``ci:web-01``, ``INC-20260304-k7qz``."""
    timeline: Sequence[Mapping[str, Any]] = field(init=False)
    """Its timeline entries in order; empty where there are none."""

    def __post_init__(self) -> None:
        """Derive what nearly every rule asks for, once."""
        object.__setattr__(self, "address", self.kind.address(self.id))
        object.__setattr__(self, "timeline", self.mappings("timeline"))

    @property
    def own_fields(self) -> Mapping[str, Any]:
        """What the record's own file says, without the timeline entries that are files of their own."""
        return self.fields if self.own is None else self.own

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that it is made of: its own first, then those of its timeline entries."""
        return (self.file, *(entry.file for entry in self.entry_files.values()))

    def where(self, path: FieldPath) -> tuple[str, FieldPath]:
        """Return the file in which a field path of the record is written, and the path within that file."""
        if not self.entry_files or len(path) < 2 or path[0] != "timeline" or not isinstance(path[1], int):  # noqa: PLR2004 - the list and the position in it
            return self.file, path
        if path[1] in self.entry_files:
            return self.entry_files[path[1]].file, path[2:]
        before = sum(position < path[1] for position in self.entry_files)
        return self.file, ("timeline", path[1] - before, *path[2:])

    @property
    def title(self) -> str:
        """Its title (a person's name, …), or its id where there is none."""
        title = self.fields.get(self.kind.title_field)
        return title if isinstance(title, str) and title else self.id

    @property
    def state(self) -> str:
        """Its state; the initial one where none is written; empty for kinds without a lifecycle."""
        state = self.fields.get("state")
        return state if isinstance(state, str) else self.kind.initial

    @property
    def lifecycle_state(self) -> State | None:
        """The kind's description of its state; None for a state the kind does not know."""
        return self.kind.states.get(self.state)

    @property
    def is_final(self) -> bool:
        """Whether work on it has ended (closed, canceled, retired)."""
        state = self.lifecycle_state
        return state is not None and state.final

    @property
    def is_history(self) -> bool:
        """Whether it was imported in a final state from elsewhere (`external` with `history: true`)."""
        return self.is_final and any(entry.get("history") is True for entry in self.mappings("external"))

    @property
    def visibility(self) -> Visibility:
        """Which site shows it; `internal` where none is written; `restricted` where it cannot be understood."""
        visibility = self.fields.get("visibility", "internal")
        if visibility in ("public", "internal", "restricted"):
            return cast("Visibility", visibility)
        return "restricted"

    def mappings(self, field: str) -> Sequence[Mapping[str, Any]]:
        """Return the mappings in a list field, in order; empty where the field is absent or malformed."""
        value = self.fields.get(field)
        return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []

    def strings(self, field: str) -> Sequence[str]:
        """Return the strings in a list field, in order; empty where the field is absent or malformed."""
        value = self.fields.get(field)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    def get(self, path: str) -> Any:  # noqa: ANN401 - any YAML value
        """Return the value at a dotted path (``assignment.team``), or None."""
        value: Any = self.fields
        for step in path.split("."):
            if not isinstance(value, dict):
                return None
            value = value.get(step)
        return value
