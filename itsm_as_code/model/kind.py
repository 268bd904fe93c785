"""Kinds: what one annotated JSON Schema says, ready to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

IdForm = Literal["process", "slug", "tag"]


@dataclass(frozen=True, slots=True)
class State:
    """One state of a lifecycle.

    `to` names the states it may move to, `needs` the fields (dotted) that must be there in this state,
    `final` whether work on the record has ended.
    """

    name: str
    to: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    final: bool = False
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class LinkField:
    """A field that holds links.

    `path` has ``"*"`` for the items of a list, e.g. ``("cis", "*", "ci")``. `to` are the kinds allowed, empty
    for any. `reverse` is the name of the inverse. With `named_by`, a field beside it names the link (a CI's
    relation type). `when` restricts it to mappings whose field has one of these values (a timeline's `to`). `unless`
    are texts that name no record (``line-manager``).
    """

    path: tuple[str, ...]
    to: tuple[str, ...]
    reverse: str
    named_by: str = ""
    when: tuple[str, tuple[str, ...]] | None = None
    unless: tuple[str, ...] = ()
    name: str = field(init=False)
    """The field as people name it: the path down to its list, ``cis`` or ``assignment.team``."""

    def __post_init__(self) -> None:
        """Derive the name, which every link asks for."""
        steps = self.path[: self.path.index("*")] if "*" in self.path else self.path
        object.__setattr__(self, "name", ".".join(steps))


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of record: names, folder, id form, lifecycle, links and its compiled JSON Schema."""

    name: str
    title: str
    plural: str
    description: str
    folder: str
    id_form: IdForm
    prefix: str
    """Upper-case id prefix of a process kind (``INC``); empty for the others."""
    title_field: str
    states: Mapping[str, State]
    """In lifecycle order; the first is the initial one. Empty for kinds without a lifecycle."""
    logged: bool
    """Every change of state is a `transition` entry of the timeline."""
    links: tuple[LinkField, ...]
    columns: tuple[str, ...]
    """Fields that lists of this kind show, besides id and title."""
    starter: tuple[str, ...]
    """Optional fields that a new record shows as comments."""
    schema: Mapping[str, Any]
    """Self-contained JSON Schema 2020-12 of a record, with `x-itsm…` words."""

    @property
    def initial(self) -> str:
        """The state of a record that says none; empty for a kind without a lifecycle."""
        return next(iter(self.states), "")

    def address(self, id_: str) -> str:
        """Return the typed string by which links name the record of this id."""
        return id_ if self.prefix else f"{self.name}:{id_}"
