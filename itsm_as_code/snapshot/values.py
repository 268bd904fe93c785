"""Values as people type them: text made a value of the type that the schema wants, links and times among them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.moments import NoMomentError, parse_moment
from itsm_as_code.model.times import parse_date, parse_time, time_text
from itsm_as_code.snapshot.naming import target
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.writing.shape import Schema, items, properties, resolved
from itsm_as_code.writing.typed import as_in_record, json_types, typed


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what people type for a field, against a snapshot and a clock (aware)."""

    snapshot: Snapshot
    now: datetime

    def value(self, text: str, schema: Schema, root: Schema) -> Any:  # noqa: ANN401 - any YAML value
        """Return the text as a value of the schema; a list may be written as in a record, or be its one item.

        Raises ItsmError where it is none, and where it links to a record that there is not.
        """
        schema = resolved(schema, root)
        if "array" not in json_types(schema):
            return self._linked(self._single(text, schema, root), schema, root)
        if text.lstrip().startswith("["):
            return self._linked(as_in_record(text, list), schema, root)
        if "string" in json_types(schema):
            return typed(text, schema, root)
        return [self.item(text, schema, root)]

    def item(self, text: str, schema: Schema, root: Schema) -> Any:  # noqa: ANN401 - any YAML value
        """Return the text as one item of a list of this schema.

        Of a mapping that needs one field, that field's value alone will do: ``ci:web-01`` for ``{ci: ci:web-01}``.
        """
        inner = resolved(items(schema, root), root)
        needed = inner.get("required", ())
        if json_types(inner) == ["object"] and len(needed) == 1 and not text.lstrip().startswith("{"):
            field = properties(inner, root).get(needed[0], {})
            return {needed[0]: self.value(text, field, root)}
        return self._linked(self._single(text, inner, root), inner, root)

    def _single(self, text: str, schema: Schema, root: Schema) -> Any:  # noqa: ANN401 - any YAML value
        form = schema.get("format")
        if form == "date-time" and parse_time(text) is None:
            return time_text(self._moment(text))
        if form == "date" and parse_date(text) is None:
            return self._moment(text).date().isoformat()
        return typed(text, schema, root)

    def _moment(self, text: str) -> datetime:
        try:
            return parse_moment(text, self.now, ZoneInfo(self.snapshot.config.time_zone))
        except NoMomentError as error:
            raise ItsmError(error.message, error.hint) from error

    def _linked(self, value: Any, schema: Schema, root: Schema) -> Any:  # noqa: ANN401 - any YAML value
        """Return the value with the records that its links name called by their addresses."""
        schema = resolved(schema, root)
        if isinstance(value, dict):
            fields = properties(schema, root)
            return {name: self._linked(inner, fields.get(name, {}), root) for name, inner in value.items()}
        if isinstance(value, list):
            inner_schema = items(schema, root)
            return [self._linked(inner, inner_schema, root) for inner in value]
        link = schema.get("x-itsm-link")
        if not isinstance(value, str) or not isinstance(link, dict) or value in link.get("unless", ()):
            return value
        return target(self.snapshot, value, tuple(link.get("to", ())))
