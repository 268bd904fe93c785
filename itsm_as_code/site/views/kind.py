"""The page about a kind: what its records are, their states and their fields, as the schema says it."""

from dataclasses import dataclass

from markupsafe import Markup

from itsm_as_code.model.kind import Kind
from itsm_as_code.site.edition import Edition
from itsm_as_code.site.markdown import markdown
from itsm_as_code.site.page import list_path
from itsm_as_code.site.tones import Chip
from itsm_as_code.site.views.facts import field_facts
from itsm_as_code.site.words import spaced, state_tone


@dataclass(frozen=True, slots=True)
class StateRow:
    """One state: what it means and where it leads."""

    chip: Chip
    meaning: Markup
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: its dotted path, what it means, and the values it may have."""

    path: str
    help: Markup
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindView:
    """The page about a kind."""

    title: str
    description: Markup
    list_href: str
    list_label: str
    states: tuple[StateRow, ...]
    fields: tuple[FieldRow, ...]


def kind_view(edition: Edition, kind: Kind) -> KindView:
    """Return the view of a kind."""
    return KindView(
        title=kind.title,
        description=markdown(kind.description),
        list_href=list_path(kind.folder, 1),
        list_label=kind.plural[:1].upper() + kind.plural[1:],
        states=tuple(
            StateRow(
                Chip(spaced(state.name), state_tone(kind, state.name)),
                markdown(state.meaning),
                tuple(spaced(to) for to in state.to),
            )
            for state in kind.states.values()
        ),
        fields=tuple(
            FieldRow(path, markdown(shape.help), shape.choices)
            for path, shape in field_facts(edition.shapes[kind.name])
        ),
    )
