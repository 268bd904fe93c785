"""Reads `itsm.yaml`: closed, over the shipped defaults."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice, pairwise
from typing import Any

from itsm_as_code import resources
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.config import Config, Forge, RelationType
from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import Place
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.model.words import shortened
from itsm_as_code.reading.calendars import calendar_faults, is_zone, no_zone, read_calendar
from itsm_as_code.reading.document import Document, read_document
from itsm_as_code.reading.validation import SchemaValidator

FILE = "itsm.yaml"
_COUNTED = 10
"""Faults of one sort that are counted; a hostile file has thousands, and each is compared with what is known."""
_LEVELS = ("low", "medium", "high")
_RISKS = ("low", "moderate", "high")


def load_config(data: bytes) -> Config:
    """Return the settings that `itsm.yaml` says.

    Raises ItsmError that names the first thing wrong with its place.
    """
    document = read_document(FILE, data)
    _refuse(document, document.faults)
    _refuse(document, _validator().faults(FILE, document.value))
    _refuse(document, calendar_faults(document.value.get("calendars", {})))
    config = _merge(_defaults(), document.value)
    for find in (_zone_faults, _matrix_faults, _class_faults, _relation_faults):
        _refuse(document, find(config))
    return config


@cache
def _defaults() -> Mapping[str, Any]:
    """Return the shipped settings, over which an organisation writes its own."""
    return read_document("defaults.yaml", (resources.schemas() / "defaults.yaml").read_bytes()).value


@cache
def _validator() -> SchemaValidator:
    return SchemaValidator(json.loads((resources.schemas() / "itsm.schema.json").read_bytes()))


def _refuse(document: Document, faults: Iterable[Fault]) -> None:
    """Raise ItsmError for the first fault; the others are counted, as far as that is quick."""
    found = list(islice(faults, _COUNTED + 1))
    if not found:
        return
    fault = found[0]
    place = fault.place or Place(FILE, *document.marks.mark(document.value, fault.path, at_key=fault.at_key))
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    more = " (and many more)" if len(found) > _COUNTED else more
    message = f"{place}: {fault.message}{more}"
    raise ItsmError(message)


def _merge(defaults: Mapping[str, Any], own: Mapping[str, Any]) -> Config:
    organisation = {**defaults.get("organisation", {}), **own.get("organisation", {})}
    relations = {**defaults["relation_types"], **own.get("relation_types", {})}
    classes = {**defaults["ci_classes"], **own.get("ci_classes", {})}
    calendars = {**defaults["calendars"], **own.get("calendars", {})}
    zone = own.get("time_zone", defaults["time_zone"])
    return Config(
        organisation=organisation["name"],
        url=organisation.get("url", ""),
        contact=organisation.get("contact", ""),
        time_zone=zone,
        priority=own.get("priority", defaults["priority"]),
        risk=own.get("risk", defaults["risk"]),
        ci_classes={name: parent or "" for name, parent in classes.items()},
        relation_types={
            name: RelationType(
                words["inverse"], words.get("carries", "no"), tuple(words.get("from", ())), tuple(words.get("to", ()))
            )
            for name, words in relations.items()
        },
        severities=own.get("rules", {}),
        timeline={**defaults["timeline"], **own.get("timeline", {})},
        recorders=tuple(own.get("recorders", ())),
        forge=_forge(own.get("forge")),
        calendars={name: read_calendar(words, zone) for name, words in calendars.items()},
    )


def _forge(words: Mapping[str, Any] | None) -> Forge | None:
    return None if words is None else Forge(words["type"], words.get("url", "").rstrip("/"))


def _zone_faults(config: Config) -> list[Fault]:
    if not is_zone(config.time_zone):
        return [Fault(FILE, ("time_zone",), no_zone(config.time_zone))]
    return []


def _matrix_faults(config: Config) -> list[Fault]:
    """A matrix must be monotone: more impact or urgency never makes a thing less pressing."""
    faults = []
    tables = (
        (
            "priority",
            {row: {column: -value for column, value in cells.items()} for row, cells in config.priority.items()},
            _LEVELS,
        ),
        (
            "risk",
            {
                row: {column: _RISKS.index(value) for column, value in cells.items()}
                for row, cells in config.risk.items()
            },
            _LEVELS,
        ),
    )
    for name, table, levels in tables:
        for lower, higher in pairwise(levels):
            for level in levels:
                if table[higher][level] < table[lower][level]:
                    faults.append(
                        Fault(
                            FILE,
                            (name, higher, level),
                            f"{name} of {higher} × {level} is below that of {lower} × {level}",
                        )
                    )
                if table[level][higher] < table[level][lower]:
                    faults.append(
                        Fault(
                            FILE,
                            (name, level, higher),
                            f"{name} of {level} × {higher} is below that of {level} × {lower}",
                        )
                    )
    return faults


def _class_faults(config: Config) -> Iterator[Fault]:
    for name, parent in config.ci_classes.items():
        if parent and parent not in config.ci_classes:
            hint = did_you_mean(parent, config.ci_classes)
            yield Fault(FILE, ("ci_classes", name), f"{shortened(parent)} is not a CI class{hint}")
        seen = {name}
        above = parent
        while above and above not in seen:
            seen.add(above)
            above = config.ci_classes.get(above, "")
        if above:
            yield Fault(FILE, ("ci_classes", name), f"{name} specialises itself")


def _relation_faults(config: Config) -> Iterator[Fault]:
    for name, relation in config.relation_types.items():
        for word, classes in (("from", relation.sources), ("to", relation.targets)):
            for number, class_ in enumerate(classes):
                if class_ not in config.ci_classes:
                    hint = did_you_mean(class_, config.ci_classes)
                    yield Fault(FILE, ("relation_types", name, word, number), f"{class_} is not a CI class{hint}")
