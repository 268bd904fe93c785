"""Values: what a map says a field is, worked out for one row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from itsm_as_code.interchange.table.cells import Cells, scalar_text
from itsm_as_code.interchange.table.convert import PLAIN, UnfitError, clipped, to_money
from itsm_as_code.interchange.table.identities import Identities
from itsm_as_code.interchange.table.moments import Clock, Moment
from itsm_as_code.interchange.table.plan import Lookup, Value
from itsm_as_code.interchange.table.remarks import RowRemark
from itsm_as_code.interchange.table.rows import Row
from itsm_as_code.interchange.table.shape import RAW, Shape
from itsm_as_code.interchange.table.sources import Table
from itsm_as_code.interchange.table.template import Template
from itsm_as_code.reading.formats import FORMATS

SKIP, KEEP = "skip", "keep"
"""What a map may say about a text that its table of values lacks: leave it out, or keep it as it is."""

_LIST_WANTS = frozenset({"list"})


@dataclass(slots=True)
class Evaluator(Cells):
    """Works out values; what cannot be said, or had to be guessed, goes into the remarks."""

    tables: Mapping[str, Table]
    identities: Identities
    clock: Clock
    _indexes: dict[tuple[str, Template], Mapping[str, Row]] = field(default_factory=dict)

    def value(self, value: Value, row: Row, shape: Shape) -> Any:  # noqa: ANN401 - any YAML value
        """Return the value for a row; None where there is none."""
        if value.each:
            inner = self._each(value, row, shape.item)
            return inner if shape.want in _LIST_WANTS or shape is RAW else _first(inner or ())
        if value.when and not self.holds(value.when, row):
            return None
        found = self._single(value, row, shape)
        if found is not None and shape.want in _LIST_WANTS and not isinstance(found, list):
            return [found]
        return found

    def text(self, value: Value, row: Row) -> str | None:
        """Return the value as bare text, for keys, names and comparisons."""
        found = self.value(value, row, RAW)
        if isinstance(found, list):
            return ", ".join(map(str, found))
        return found if found is None or isinstance(found, str) else str(found)

    def moment(self, value: Value, row: Row) -> Moment | None:
        """Return the value as an instant; None where it is none, which is told."""
        text = self.text(value, row)
        return None if text is None else self._moment(text, value, row)

    def _each(self, value: Value, row: Row, shape: Shape) -> list[Any] | None:
        """Return the value for each item of a list in the row."""
        found: list[Any] = []
        for item in row.items(value.each):
            if self.holds(value.when, item):
                told = len(self.remarks.skipped)
                found.append(self._single(value, item, shape))
                if found[-1] is None and told == len(self.remarks.skipped):
                    reason = "has an item that says nothing: left out"
                    self.remarks.ignored.append(RowRemark(row.file, reason, row.number, value.each))
        return _listed(found)

    def _single(self, value: Value, row: Row, shape: Shape) -> Any:  # noqa: ANN401 - any YAML value
        found: Any = None
        if value.const is not None:
            return value.const
        if value.first:
            found = self._chosen(value.first, row, shape)
        elif value.items is not None:
            inner = shape.item
            found = _listed(
                self._each(item, row, inner) if item.each else self.value(item, row, inner) for item in value.items
            )
        elif value.fields is not None:
            found = self._object(value.fields, row, shape)
        elif value.text is not None:
            found = self._from_text(value, value.text, row, shape)
        if found is None and value.default is not None:
            self.guess(row, _columns(value), f"says nothing of use: {value.default} taken", "")
            return value.default
        return found

    def _chosen(self, choices: Sequence[Value], row: Row, shape: Shape) -> Any:  # noqa: ANN401 - any YAML value
        """Return the first choice that says something; only of the last one it is told why it does not."""
        skipped, guessed = self.remarks.skipped, self.remarks.guessed
        for choice in choices[:-1]:
            before = len(skipped), len(guessed)
            found = self.value(choice, row, shape)
            if found is not None:
                return found
            del skipped[before[0] :], guessed[before[1] :]
        return self.value(choices[-1], row, shape)

    def _object(self, fields: Mapping[str, Value], row: Row, shape: Shape) -> Mapping[str, Any] | None:
        """Return a mapping; None where no column says anything of it, or too little."""
        found = {name: self.value(value, row, shape.field(name)) for name, value in fields.items()}
        told = [name for name, value in fields.items() if value.const is None]
        if told and all(found[name] is None for name in told):
            return None
        found = {name: value for name, value in found.items() if value is not None}
        for name in shape.required:
            if name not in found:
                columns = ", ".join(_columns(value) for value in fields.values() if value.const is None)
                self.skip(row, columns, f"says too little without {name}: left out", "")
                return None
        if shape.either and not any(name in found for name in shape.either):
            columns = ", ".join(_columns(value) for value in fields.values() if value.const is None)
            self.skip(row, columns, f"says too little without {' or '.join(shape.either)}: left out", "")
            return None
        return found

    def _from_text(self, value: Value, template: Template, row: Row, shape: Shape) -> Any:  # noqa: ANN401 - any YAML value
        inner = shape.item
        cell = row.cell(template.alone) if template.alone and shape.want in _LIST_WANTS else None
        if isinstance(cell, list) or value.split:
            if isinstance(cell, list):
                pieces = [scalar_text(item) for item in cell]
            else:
                pieces = [piece.strip() for piece in (self.fill(template, row) or "").split(value.split)]
            return _listed(self._finished(value, piece, row, inner) for piece in pieces if piece not in self.plan.nulls)
        text = self.fill(template, row)
        return None if text is None else self._finished(value, text, row, inner)

    def _finished(self, value: Value, text: str, row: Row, shape: Shape) -> Any:  # noqa: ANN401 - any YAML value
        """Return what a text becomes: a part of it, looked up, mapped and converted."""
        if value.match is not None:
            match = value.match.search(text)
            if match is None:
                self.skip(row, _columns(value), "is not of the form that the map expects: left out", text)
                return None
            text = match[1] if value.match.groups else match[0]
        if value.lookup is not None:
            found = self._looked_up(value, value.lookup, text, row)
            if found is None:
                return None
            text = found
        if value.map is not None:
            mapped = self._mapped(value, value.map, text, row)
            if not isinstance(mapped, str):
                return mapped
            text = mapped
        try:
            return self._converted(value, text, row, shape)
        except UnfitError as error:
            self.skip(row, _columns(value), str(error), text)
            return None

    def _looked_up(self, value: Value, lookup: Lookup, text: str, row: Row) -> str | None:
        key = (lookup.source, lookup.key)
        if key not in self._indexes:
            index: dict[str, Row] = {}
            for other in self.tables[lookup.source].rows:
                name = self.fill(lookup.key, other)
                if name is not None:
                    index.setdefault(name, other)
            self._indexes[key] = index
        found = self._indexes[key].get(text)
        if found is None:
            self.skip(row, _columns(value), f"names no row of {lookup.source}: left out", text)
            return None
        return self.text(lookup.value, found)

    def _mapped(self, value: Value, table: Mapping[str, Any], text: str, row: Row) -> Any:  # noqa: ANN401 - any YAML value
        if text in table:
            return table[text]
        if text.casefold() in table:
            return table[text.casefold()]
        if value.otherwise == KEEP:
            return text
        if value.otherwise in (None, SKIP):
            self.skip(row, _columns(value), "says what the map has no word for: left out", text)
            return None
        self.guess(row, _columns(value), f"says what the map has no word for: {value.otherwise} taken", text)
        return value.otherwise

    def _converted(self, value: Value, text: str, row: Row, shape: Shape) -> Any:  # noqa: ANN401, PLR0911 - a table of cases
        want = value.as_ or ("link" if value.link else "money" if value.currency else shape.want)
        if want in PLAIN:
            return PLAIN[want](text)
        if want == "time":
            moment = self._moment(text, value, row)
            return moment and moment.text
        if want == "date":
            return self._day(text)
        if want == "link":
            return self._address(value, text, shape)
        if want == "money":
            return to_money(text, value.currency, self.plan.decimal)
        if want == "enum":
            return _allowed(text, shape.values)
        if want in FORMATS and not FORMATS[want][0](text):
            raise UnfitError(f"is not {FORMATS[want][1]}: left out")
        if want == "line":
            return self._line(value, text, row, shape.most)
        return text

    def _moment(self, text: str, value: Value, row: Row) -> Moment | None:
        moment = self.clock.moment(text)
        if moment is None:
            self.skip(row, _columns(value), "is no time: left out", text)
        elif moment.guessed:
            self.guess(row, _columns(value), moment.guessed, text)
        return moment

    def _day(self, text: str) -> str:
        day = self.clock.day(text)
        if day is None:
            raise UnfitError("is no date: left out")
        return day.isoformat()

    def _address(self, value: Value, text: str, shape: Shape) -> str:
        kind = value.link or (shape.links or ("",))[0]
        if value.known and not self.identities.knows(kind, text):
            raise UnfitError(f"means no {kind} of these tables: left out")
        address = self.identities.address(kind, text)
        if not address:
            raise UnfitError(f"cannot be the id of any {kind}: left out")
        return address

    def _line(self, value: Value, text: str, row: Row, most: int) -> str:
        line = clipped(text, most)
        if line.endswith("…") and not text.endswith("…"):
            self.guess(row, _columns(value), f"has more than {most} characters: cut there", text)
        return line


def _columns(value: Value) -> str:
    """Return the columns that a value is read from, for people."""
    names = [*(value.text.columns if value.text else ())]
    names += [name for choice in value.first for name in filter(None, [_columns(choice)])]
    return ", ".join(dict.fromkeys(names)) or value.each


def _allowed(text: str, values: Sequence[Any]) -> Any:  # noqa: ANN401 - any YAML value
    """Return the allowed value that a text means, whatever its case and gaps."""
    for wanted in (text, text.casefold(), "-".join(text.casefold().split())):
        for value in values:
            if wanted == str(value):
                return value
    raise UnfitError(f"is not one of {', '.join(map(str, values))}: left out")


def _first(values: Iterable[Any]) -> Any:  # noqa: ANN401 - any YAML value
    return next((value for value in values if value is not None), None)


def _listed(values: Iterable[Any]) -> list[Any] | None:
    """Return the values that are there, each once and with lists among them laid out; None for none."""
    found: list[Any] = []
    for value in values:
        for item in value if isinstance(value, list) else [value]:
            if item is not None and item not in found:
                found.append(item)
    return found or None
