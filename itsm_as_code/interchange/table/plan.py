"""Plans: what a map says, compiled and checked: sources, records, values, timelines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from zoneinfo import ZoneInfo

from itsm_as_code.interchange.table.template import Template

Otherwise = Literal["skip", "keep"]
IdForm = Literal["slug", "tag", "number", "dated"]


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """One table: which files hold it, and how they are read."""

    name: str
    files: tuple[str, ...]
    """Patterns of file names (``incidents*.csv*``); any file where it is empty."""
    format: str = ""
    delimiter: str = ""
    encoding: str = "utf-8"
    fallback: str = "cp1252"
    at: tuple[str, ...] = ()
    """Where in a JSON or YAML document the list is; the first that is there counts. Empty: the document."""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Column → other names that files have for it."""
    unwrap: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    """Patterns of columns that are left out on purpose."""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """What a column must say: one of `texts`, or anything (`present`) or nothing; `negated` turns it round."""

    column: str
    texts: tuple[str, ...] = ()
    present: bool | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """A foreign key followed: the row of `source` whose `key` is the text, and there `value`."""

    source: str
    key: Template
    value: "Value"


@dataclass(frozen=True, slots=True)
class Value:
    """How a value comes out of a row. Exactly one of `const`, `text`, `first`, `items` and `fields` is used."""

    const: Any = None
    text: Template | None = None
    first: tuple["Value", ...] = ()
    items: tuple["Value", ...] | None = None
    fields: Mapping[str, "Value"] | None = None
    each: str = ""
    split: str = ""
    when: tuple[Condition, ...] = ()
    match: re.Pattern[str] | None = None
    lookup: Lookup | None = None
    map: Mapping[str, Any] | None = None
    otherwise: Any = None
    """Of a text that `map` lacks: None, it is left out and told; ``("keep",)``; else the value taken."""
    default: Any = None
    as_: str = ""
    link: str = ""
    known: bool = False
    """A link is made only to a record that the tables have."""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class IdPlan:
    """How an id is made: of which text, in which form, and of a dated one on which day."""

    form: IdForm
    text: Value
    day: Value | None = None


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """One timeline entry: its type, when, by whom, and its other fields."""

    type: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    at: Value | None = None
    by: Value | None = None
    when: tuple[Condition, ...] = ()
    drop: str = ""
    """Why a row of a log becomes no entry."""


@dataclass(frozen=True, slots=True)
class LogPlan:
    """An event log: rows of `source` that belong to a record by `key`, each one an entry by what `event` says."""

    source: str
    key: Value
    at: Value
    event: Template
    events: Mapping[str, EntryPlan]
    otherwise: EntryPlan
    by: Value | None = None
    order: tuple[Template, ...] = ()


@dataclass(frozen=True, slots=True)
class JournalPlan:
    """A cell that holds many notes, each below a line with its time and author."""

    text: Template
    entry: EntryPlan
    heading: re.Pattern[str]
    by: Value | None = None


@dataclass(frozen=True, slots=True)
class TimelinePlan:
    """How a record's timeline comes about."""

    opened: Value | None = None
    by: Value | None = None
    reached: Mapping[str, Value] = field(default_factory=dict)
    """State → when it was reached, for what no log tells."""
    way: tuple[str, ...] = ()
    """States in the order in which a record usually passes them."""
    entries: tuple[EntryPlan, ...] = ()
    log: LogPlan | None = None
    journals: tuple[JournalPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordPlan:
    """Records of one kind out of the rows of one source (or one record that the map itself tells)."""

    kind: str
    source: str
    key: Value
    id: IdPlan
    system: str
    fields: Mapping[str, Value]
    each: str = ""
    optional: bool = False
    """A row without a key makes no such record, and that is no fault."""
    extend: bool = False
    """Rows only add to records that other rows make."""
    external: bool = True
    url: Value | None = None
    names: tuple[Value, ...] = ()
    """Other texts by which links of the files mean the record."""
    when: tuple[Condition, ...] = ()
    timeline: TimelinePlan | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole map."""

    title: str
    zone: ZoneInfo
    nulls: frozenset[str]
    times: tuple[str, ...]
    decimal: str
    actor: str
    """Name of the person record that stands for whoever did what the files do not say."""
    sources: Mapping[str, SourcePlan]
    records: Sequence[RecordPlan]
    columns: Mapping[str, frozenset[str]]
    """Source → the columns that the map reads there."""
    inner: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Source → names that the map reads in items of lists there, or in the row around them."""
