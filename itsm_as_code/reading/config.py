"""Reads `itsm.yaml`: closed, over the shipped defaults."""

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from itsm_as_code import resources
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.config import Config, RelationType
from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import Place
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.reading.calendars import calendar_faults, is_zone, no_zone, read_calendar
from itsm_as_code.reading.document import Document, read_document
from itsm_as_code.reading.validation import SchemaValidator

FILE = "itsm.yaml"
_LEVELS = ("low", "medium", "high")
_RISKS = ("low", "moderate", "high")


def load_config(data: bytes) -> Config:
    """Return the settings that `itsm.yaml` says.

    Raises ItsmError that names the first thing wrong with its place.
    """
    defaults = read_document("defaults.yaml", (resources.schemas() / "defaults.yaml").read_bytes()).value
    document = read_document(FILE, data)
    _refuse(document, list(document.faults))
    schema = json.loads((resources.schemas() / "itsm.schema.json").read_bytes())
    _refuse(document, list(SchemaValidator(schema).faults(FILE, document.value)))
    _refuse(document, list(calendar_faults(document.value.get("calendars", {}))))
    config = _merge(defaults, document.value)
    _refuse(
        document, [*_zone_faults(config), *_matrix_faults(config), *_class_faults(config), *_relation_faults(config)]
    )
    return config


def _refuse(document: Document, faults: list[Fault]) -> None:
    if not faults:
        return
    fault = faults[0]
    place = fault.place or Place(FILE, *document.marks.mark(document.value, fault.path, at_key=fault.at_key))
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
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
        calendars={name: read_calendar(words, zone) for name, words in calendars.items()},
    )


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


def _class_faults(config: Config) -> list[Fault]:
    faults = []
    for name, parent in config.ci_classes.items():
        if parent and parent not in config.ci_classes:
            hint = did_you_mean(parent, config.ci_classes)
            faults.append(Fault(FILE, ("ci_classes", name), f"{shortened(parent)} is not a CI class{hint}"))
        seen = {name}
        above = parent
        while above and above not in seen:
            seen.add(above)
            above = config.ci_classes.get(above, "")
        if above:
            faults.append(Fault(FILE, ("ci_classes", name), f"{name} specialises itself"))
    return faults


def _relation_faults(config: Config) -> Iterator[Fault]:
    for name, relation in config.relation_types.items():
        for word, classes in (("from", relation.sources), ("to", relation.targets)):
            for number, class_ in enumerate(classes):
                if class_ not in config.ci_classes:
                    hint = did_you_mean(class_, config.ci_classes)
                    yield Fault(FILE, ("relation_types", name, word, number), f"{class_} is not a CI class{hint}")
