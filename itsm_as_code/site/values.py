"""Values of a record, of any shape, as plain data that a template can print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from markupsafe import Markup

from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_date, parse_duration, parse_time
from itsm_as_code.site.edition import Anchor, Edition
from itsm_as_code.site.markdown import is_web_link, markdown
from itsm_as_code.site.moments import Moment, day_words, duration_words
from itsm_as_code.site.shapes import Shape
from itsm_as_code.site.words import spaced

_PROSE = frozenset({"description", "notes", "text", "message", "statement", "workaround", "summary", "reason"})
_UNITS = {"minutes": "min", "months": "months"}
_WORDS = frozenset({"text", "anchor", "broken"})
_PLAIN = frozenset({*_WORDS, "time", "url", "nothing"})
_MAX_COLUMNS = 7

Form = Literal["text", "prose", "anchor", "broken", "url", "time", "words", "list", "pairs", "table", "nothing"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value to print. `form` says which of the other fields hold it."""

    form: Form
    text: str = ""
    html: Markup = field(default_factory=Markup)
    anchor: Anchor | None = None
    moment: Moment | None = None
    items: tuple["Value", ...] = ()
    labels: tuple[str, ...] = ()
    """pairs: the label of each item; table: the headers."""
    rows: tuple[tuple["Value", ...], ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether it wants a section of its own and not a line in a table."""
        if self.form in {"prose", "table"}:
            return True
        return self.form in {"list", "pairs"} and any(item.is_long or item.form == "pairs" for item in self.items)


@dataclass(frozen=True, slots=True, eq=False)
class ValueReader:
    """Reads the values of one record for one page."""

    edition: Edition
    root: str
    targets: Mapping[FieldPath, str | None]
    """Field path of each link → the address it resolves to, None where it is broken."""

    def value(self, value: object, path: FieldPath, shape: Shape) -> Value:  # noqa: PLR0911 - one line a type
        """Return the value at a path, as its type, its shape and the links say."""
        if value is None or value in ("", [], {}):
            return Value("nothing")
        if isinstance(value, bool):
            return Value("text", "yes" if value else "no")
        if isinstance(value, int):
            unit = _UNITS.get(str(path[-1]) if path else "")
            return Value("text", f"{value} {unit}" if unit else str(value))
        if isinstance(value, str):
            return self._string(value, path, shape)
        if isinstance(value, list):
            return self._list(value, path, shape.item or Shape())
        if isinstance(value, dict):
            return self._mapping(value, path, shape)
        return Value("text", str(value))

    def _string(self, text: str, path: FieldPath, shape: Shape) -> Value:  # noqa: PLR0911 - one line a form
        if path in self.targets:
            target = self.targets[path]
            if target is None:
                return Value("broken", text)
            return Value("anchor", anchor=self.edition.anchor(target, self.root))
        if not shape.help and text in self.edition.snapshot.records:
            # In a field that the schema does not describe: an answer to a form, an attribute.
            return Value("anchor", anchor=self.edition.anchor(text, self.root))
        if (moment := parse_time(text)) is not None:
            return Value("time", moment=self.edition.clock.moment(moment))
        if (shape.format == "date" or not shape.help) and (day := parse_date(text)) is not None:
            return Value("time", moment=Moment(text, day_words(day), ""))
        if shape.format == "duration" and (length := parse_duration(text)) is not None:
            return Value("text", duration_words(length))
        if is_web_link(text) and " " not in text:
            return Value("url", text)
        if shape.markdown or (not shape.format and not shape.choices and _field(path) in _PROSE):
            return Value("prose", html=markdown(text))
        return Value("text", spaced(text) if shape.choices else text)

    def _list(self, values: Sequence[Any], path: FieldPath, item: Shape) -> Value:
        if all(isinstance(value, dict) for value in values):
            table = self._table(values, path, item)
            if table is not None:
                return table
        items = tuple(self.value(value, (*path, i), item) for i, value in enumerate(values))
        return Value("words" if all(each.form in _WORDS for each in items) else "list", items=items)

    def _table(self, rows: Sequence[Mapping[str, Any]], path: FieldPath, item: Shape) -> Value | None:
        """Return mappings of a few plain fields as a table; None where they are richer than that."""
        names = ordered(dict.fromkeys(name for row in rows for name in row), item)
        if len(names) > _MAX_COLUMNS:
            return None
        cells = tuple(
            tuple(self.value(row.get(name), (*path, i, name), item.inside(name)) for name in names)
            for i, row in enumerate(rows)
        )
        if not all(_fits_a_cell(cell) for row in cells for cell in row):
            return None
        return Value("table", labels=tuple(item.label(name) for name in names), rows=cells)

    def _mapping(self, value: Mapping[str, Any], path: FieldPath, shape: Shape) -> Value:
        if value.keys() == {"amount", "currency"}:
            return Value("text", f"{value['amount']} {value['currency']}")
        if value.keys() == {"amount", "currency", "per"}:
            per = "once" if value["per"] == "once" else f"per {value['per']}"
            return Value("text", f"{value['amount']} {value['currency']} {per}")
        names = ordered(value, shape)
        items = tuple(self.value(value[name], (*path, name), shape.inside(name)) for name in names)
        return Value("pairs", items=items, labels=tuple(shape.label(name) for name in names))


def ordered(names: Mapping[str, Any], shape: Shape) -> Sequence[str]:
    """Return the field names in the schema's order; those it does not know follow as written."""
    return [name for name in shape.fields if name in names] + [name for name in names if name not in shape.fields]


def _fits_a_cell(value: Value) -> bool:
    """Return whether a value is short enough for a cell of a table: plain, prose, words, or pairs of what is plain."""
    if value.form == "pairs":
        return all(item.form in _PLAIN for item in value.items)
    return value.form in _PLAIN or value.form in {"prose", "words"}


def value_reader(edition: Edition, record: Record, root: str) -> ValueReader:
    """Return the reader of a record's values for a page whose way to the build's folder is `root`."""
    links = edition.snapshot.graph.outgoing.get(record.address, ())
    return ValueReader(edition, root, {link.path: link.target for link in links})


def _field(path: FieldPath) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")
