"""Compiles the values of a map, and remembers which columns of which source they read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from itsm_as_code.interchange.table.plan import Condition, Lookup, SourcePlan, Value
from itsm_as_code.interchange.table.rows import ITEM
from itsm_as_code.interchange.table.shape import RAW, Shape
from itsm_as_code.interchange.table.template import Template, parse_template
from itsm_as_code.model.finding import Fault
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.suggest import did_you_mean

_WAYS = ("from", "value", "first", "fields")
_OF_JOURNALS = frozenset({"at", "who", "label", "note"})
_FREE = "x-"


class Values:
    """What compiles values; faults are collected with their field paths in the map."""

    def __init__(
        self,
        file: str,
        sources: Mapping[str, SourcePlan],
        tables: Mapping[str, Mapping[str, Any]],
        kinds: Mapping[str, Kind],
    ) -> None:
        self._file = file
        self._sources = sources
        self._tables = tables
        self.kinds = kinds
        self.faults: list[Fault] = []
        self.columns: dict[str, set[str]] = {name: set() for name in sources}
        """Source → columns read there."""
        self.inner: dict[str, set[str]] = {name: set() for name in sources}
        """Source → names that may be those of items of lists there, and not columns."""
        self._source = ""
        self._journal = False
        self._depth = 0

    def fault(self, path: FieldPath, message: str) -> None:
        """Remember what is wrong at a path of the map."""
        self.faults.append(Fault(self._file, path, message))

    def enter(self, source: str, path: FieldPath) -> bool:
        """Say whose columns the next values read; return whether there is such a source."""
        self._source = source
        if source in self._sources:
            return True
        self.fault(path, f"there is no source {source}{did_you_mean(source, self._sources)}")
        return False

    @contextmanager
    def reading(self, source: str, path: FieldPath, *, journal: bool = False) -> Iterator[None]:
        """Read the columns of another source, or of a journal's notes, for a while."""
        before = self._source, self._journal, self._depth
        self._journal, self._depth = journal, 0
        if not journal:
            self.enter(source, path)
        try:
            yield
        finally:
            self._source, self._journal, self._depth = before

    @contextmanager
    def items(self) -> Iterator[None]:
        """Read the fields of a list's items for a while."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def template(self, text: str, path: FieldPath) -> Template:
        """Return the template that a text of the map is."""
        try:
            template = parse_template(text)
        except ValueError as error:
            self.fault(path, str(error))
            return Template((text,))
        for name in template.columns:
            self._read(name)
        return template

    def pattern(self, text: str, path: FieldPath) -> re.Pattern[str]:
        """Return the regular expression that a text of the map is."""
        try:
            return re.compile(text, re.MULTILINE)
        except re.error as error:
            self.fault(path, f"{text} is no regular expression: {error}")
            return re.compile("")

    def conditions(self, words: Mapping[str, Any]) -> tuple[Condition, ...]:
        """Return the conditions that a `when` says."""
        found = []
        for column, spec in words.items():
            self._read(column)
            if isinstance(spec, bool):
                found.append(Condition(column, present=spec))
            else:
                wanted = spec.get("not", ()) if isinstance(spec, dict) else spec
                texts = (wanted,) if isinstance(wanted, str) else tuple(wanted)
                found.append(Condition(column, texts, negated=isinstance(spec, dict)))
        return tuple(found)

    def value(self, words: Any, path: FieldPath, shape: Shape = RAW) -> Value:  # noqa: ANN401 - any YAML value
        """Return the value that the map says at a path, for a field of this shape."""
        if isinstance(words, str):
            return self._text(words, path, shape)
        if isinstance(words, list):
            items = tuple(self.value(item, (*path, number), shape.item) for number, item in enumerate(words))
            return Value(items=items)
        if not isinstance(words, dict):
            return Value(const=words)
        return self._spec(words, path, shape)

    def inside(self, steps: Sequence[str], path: FieldPath, shape: Shape) -> Shape:
        """Return the shape of a field inside another; one that is not there is a fault."""
        for number, step in enumerate(steps):
            if shape is not RAW and shape.names and step not in shape.names and not step.startswith(_FREE):
                name = ".".join(steps[: number + 1])
                self.fault(path, f"there is no field {name}{did_you_mean(step, shape.names)}")
                return RAW
            shape = shape.field(step)
        return shape

    def _text(self, text: str, path: FieldPath, shape: Shape) -> Value:
        template = self.template(text, path)
        if not template.columns:
            self._check_choice(text, path, shape)
            return Value(const="".join(part for part in template.parts if isinstance(part, str)))
        self._check_link("", path, shape)
        return Value(text=template)

    def _spec(self, words: Mapping[str, Any], path: FieldPath, shape: Shape) -> Value:
        if sum(way in words for way in _WAYS) > 1 or not any(way in words for way in (*_WAYS, "each")):
            self.fault(path, f"a value is one of {', '.join(_WAYS)}")
            return Value()
        if "each" not in words:
            return self._single(words, path, shape)
        self._read(words["each"])
        with self.items():
            return self._single(words, path, shape.item)

    def _single(self, words: Mapping[str, Any], path: FieldPath, shape: Shape) -> Value:
        """Return the value of one row or item."""
        fields = words.get("fields")
        template = self.template(words.get("from", f"{{{ITEM}}}"), path) if not {*_WAYS[1:]} & words.keys() else None
        link = words.get("link", "")
        if link and link not in self.kinds:
            self.fault((*path, "link"), f"there is no kind {link}{did_you_mean(link, self.kinds)}")
        elif template is not None and "lookup" not in words and "as" not in words:
            self._check_link(link, path, shape)
        if "as" not in words:
            self._check_choices(words, path, shape)
        return Value(
            const=words.get("value"),
            text=template,
            first=tuple(
                self.value(one, (*path, "first", number), shape) for number, one in enumerate(words.get("first", ()))
            ),
            fields={
                name: self.value(one, (*path, "fields", name), self.inside([name], (*path, "fields", name), shape))
                for name, one in fields.items()
            }
            if fields is not None
            else None,
            each=words.get("each", ""),
            split=words.get("split", ""),
            when=self.conditions(words.get("when", {})),
            match=self.pattern(words["match"], (*path, "match")) if "match" in words else None,
            lookup=self._lookup(words["lookup"], (*path, "lookup")) if "lookup" in words else None,
            map=self._table(words["map"], (*path, "map")) if "map" in words else None,
            otherwise=words.get("otherwise"),
            default=words.get("default"),
            as_=words.get("as", ""),
            link=link,
            known=words.get("known", False),
            currency=words.get("currency", ""),
        )

    def _check_link(self, link: str, path: FieldPath, shape: Shape) -> None:
        links = shape.item.links
        if links is not None and len(links) != 1 and not link:
            kinds = f"one of {', '.join(links)}" if links else "the kind"
            self.fault(path, f"the field may name several kinds of record; say which, link: {kinds}")

    def _check_choices(self, words: Mapping[str, Any], path: FieldPath, shape: Shape) -> None:
        for word in ("value", "default", "otherwise"):
            if word in words and not (word == "otherwise" and words[word] in ("skip", "keep")):
                self._check_choice(words[word], (*path, word), shape)
        table = words.get("map", {})
        for name, value in table.items() if isinstance(table, dict) else self._tables.get(table, {}).items():
            place = (*path, "map", name) if isinstance(table, dict) else (*path, "map")
            self._check_choice(value, place, shape)

    def _check_choice(self, value: Any, path: FieldPath, shape: Shape) -> None:  # noqa: ANN401 - any YAML value
        values = [str(one) for one in shape.item.values]
        if values and value is not None and str(value) not in values:
            self.fault(path, f"{value} is not one of {', '.join(values)}{did_you_mean(str(value), values)}")

    def _lookup(self, words: Mapping[str, Any], path: FieldPath) -> Lookup:
        with self.reading(words["source"], (*path, "source")):
            key = self.template(words["key"], (*path, "key"))
            return Lookup(words["source"], key, self.value(words["value"], (*path, "value")))

    def _table(self, words: Any, path: FieldPath) -> Mapping[str, Any]:  # noqa: ANN401 - a mapping or a name
        if isinstance(words, str):
            if words not in self._tables:
                self.fault(path, f"there is no table of values {words}{did_you_mean(words, self._tables)}")
            words = self._tables.get(words, {})
        return {**{name.casefold(): value for name, value in words.items()}, **words}

    def _read(self, name: str) -> None:
        if self._source in self.columns and not (self._journal and name in _OF_JOURNALS):
            (self.inner if self._depth else self.columns)[self._source].add(name)
