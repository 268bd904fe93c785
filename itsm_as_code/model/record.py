"""Records: one file's values, with kind, id and what follows from them alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from itsm_as_code.model.kind import Kind, State
from itsm_as_code.model.marks import Marks

Visibility = Literal["public", "internal", "restricted"]


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One record as its file says it.

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
    address: str = field(init=False)
    """The typed string by which links name this record: ``ci:web-01``, ``INC-20260304-k7qz``."""
    timeline: Sequence[Mapping[str, Any]] = field(init=False)
    """Its timeline entries in file order; empty where there are none."""

    def __post_init__(self) -> None:
        """Derive what nearly every rule asks for, once."""
        object.__setattr__(self, "address", self.kind.address(self.id))
        object.__setattr__(self, "timeline", self.mappings("timeline"))

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
