"""Compiles a map into a plan, and says at which place it names what is not there."""

import codecs
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from itsm_as_code.errors import ItsmError
from itsm_as_code.interchange.table.compile_timeline import compile_timeline
from itsm_as_code.interchange.table.compile_value import Values
from itsm_as_code.interchange.table.identities import default_form
from itsm_as_code.interchange.table.plan import IdPlan, Plan, RecordPlan, SourcePlan, Value
from itsm_as_code.interchange.table.shape import Shape
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.reading.calendars import is_zone
from itsm_as_code.reading.import_map import ImportMap

ACTOR = "Table import"
_FORMS = ("slug", "tag", "number", "dated")
_OWN = ("external", "timeline", "kind", "id")
"""Fields that the import itself writes."""


def compile_map(map_: ImportMap, kinds: Mapping[str, Kind], zone: str = "") -> Plan:
    """Return the plan of a map for a repository of these kinds, with another time zone than its own where one is given.

    Raises ItsmError with the place of the first name that is not there (a kind, field, source, table of values).
    """
    document = map_.value
    sources = {name: _source(name, words) for name, words in document["sources"].items()}
    values = Values(map_.file, sources, document.get("maps", {}), kinds)
    for name, source in sources.items():
        for word in ("encoding", "fallback"):
            if not _is_encoding(getattr(source, word)):
                values.fault(("sources", name, word), f"{getattr(source, word)} is no encoding; write e.g. utf-8")
    if zone and not is_zone(zone):
        raise ItsmError(f"{zone} is no time zone", "write e.g. Europe/Zurich")
    zone = zone or document.get("time_zone", "UTC")
    if not is_zone(zone):
        values.fault(("time_zone",), f"{zone} is no time zone; write e.g. Europe/Zurich")
    records = [
        record
        for number, words in enumerate(document["records"])
        if (record := _record(words, ("records", number), values, document["system"])) is not None
    ]
    map_.refuse(values.faults)
    return Plan(
        title=document.get("title", ""),
        zone=ZoneInfo(zone),
        nulls=frozenset({"", *document.get("nulls", ())}),
        times=tuple(document.get("times", ())),
        decimal=document.get("decimal", "."),
        actor=document.get("actor", ACTOR),
        sources=sources,
        records=records,
        columns={name: frozenset(values.columns[name]) for name in sources},
        inner={name: frozenset(values.inner[name]) for name in sources},
    )


def texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - a text or a list of texts
    """Return one text or many as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)


def _source(name: str, words: Mapping[str, Any]) -> SourcePlan:
    return SourcePlan(
        name=name,
        files=texts(words.get("file", ())),
        format=words.get("format", ""),
        delimiter=words.get("delimiter", ""),
        encoding=words.get("encoding", "utf-8"),
        fallback=words.get("fallback", "cp1252"),
        at=texts(words.get("at", ())),
        where={column: texts(found) for column, found in words.get("where", {}).items()},
        columns={column: texts(found) for column, found in words.get("columns", {}).items()},
        unwrap=tuple(words.get("unwrap", ())),
        ignore=tuple(words.get("ignore", ())),
        optional=words.get("optional", False),
    )


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _record(words: Mapping[str, Any], path: FieldPath, values: Values, system: str) -> RecordPlan | None:
    kind = values.kinds.get(words["kind"])
    if kind is None:
        values.fault((*path, "kind"), f"there is no kind {words['kind']}{did_you_mean(words['kind'], values.kinds)}")
        return None
    source = words.get("from", "")
    if source and not values.enter(source, (*path, "from")):
        return None
    if words.get("each"):
        with values.items():
            return _record_of(words, path, values, system, kind)
    return _record_of(words, path, values, system, kind)


def _record_of(words: Mapping[str, Any], path: FieldPath, values: Values, system: str, kind: Kind) -> RecordPlan:
    source = words.get("from", "")
    shape = Shape.of(kind)
    key = values.value(words["key"], (*path, "key"))
    timeline = words.get("timeline")
    if kind.logged and timeline is None and not words.get("extend"):
        values.fault(path, f"records of kind {kind.name} have a timeline; say at least when they were opened")
    fields = _fields(words.get("fields", {}), (*path, "fields"), values, shape)
    return RecordPlan(
        kind=kind.name,
        source=source,
        key=key,
        id=_id(words.get("id"), key, (*path, "id"), values, kind),
        system=words.get("system", system),
        fields=fields,
        each=words.get("each", ""),
        optional=words.get("optional", False),
        extend=words.get("extend", False),
        external=words.get("external", True),
        url=values.value(words["url"], (*path, "url")) if "url" in words else None,
        names=tuple(values.value(name, (*path, "names", number)) for number, name in enumerate(words.get("names", ()))),
        when=values.conditions(words.get("when", {})),
        timeline=compile_timeline(timeline, (*path, "timeline"), values, kind) if timeline else None,
    )


def _id(words: Any, key: Value, path: FieldPath, values: Values, kind: Kind) -> IdPlan:  # noqa: ANN401 - a word or a mapping
    if not isinstance(words, dict):
        form = words or default_form(kind)
        _check_form(form, path, values, kind)
        return IdPlan(form, key)
    named = [name for name in _FORMS if name in words]
    if len(named) != 1 or ("day" in words) != (named == ["dated"]):
        values.fault(path, "an id is one of slug, tag, number or dated; a dated one says which: day")
        return IdPlan("slug", key)
    form = named[0]
    _check_form(form, path, values, kind)
    day = values.value(words["day"], (*path, "day")) if "day" in words else None
    return IdPlan(form, values.value(words[form], (*path, form)), day)  # type: ignore[arg-type]


def _check_form(form: str, path: FieldPath, values: Values, kind: Kind) -> None:
    fits = form in (("number", "dated") if kind.prefix else ("slug", "tag") if kind.id_form == "tag" else ("slug",))
    if not fits:
        values.fault(path, f"ids of kind {kind.name} are not of the form {form}; write {default_form(kind)}")


def _fields(words: Mapping[str, Any], path: FieldPath, values: Values, shape: Shape) -> Mapping[str, Value]:
    """Return the fields as values, those with dots in their names inside one another."""
    tree: dict[str, Any] = {}
    for name, spec in words.items():
        steps = name.split(".")
        if steps[0] in _OWN:
            values.fault((*path, name), f"{steps[0]} is written by the import; leave it out")
            continue
        where = values.inside(steps, (*path, name), shape)
        value = values.value(spec, (*path, name), where)
        node = tree
        for step in steps[:-1]:
            node = node.setdefault(step, {})
        node[steps[-1]] = value
    return {name: _grown(node) for name, node in tree.items()}


def _grown(node: Any) -> Value:  # noqa: ANN401 - a value or a mapping of them
    return node if isinstance(node, Value) else Value(fields={name: _grown(inner) for name, inner in node.items()})


def sources_of(plan: Plan) -> Sequence[str]:
    """Return the sources whose rows become records or entries, not those in which only keys are looked up."""
    named = [record.source for record in plan.records if record.source]
    named += [record.timeline.log.source for record in plan.records if record.timeline and record.timeline.log]
    return list(dict.fromkeys(named))
