"""Runs the rules over a snapshot: discovers them, stamps id and severity, looks up places once."""

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import cast

from itsm_as_code import rules as package
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.finding import Fault, Finding, Severity
from itsm_as_code.model.place import FieldPath, Place, format_path
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.model.words import shortened
from itsm_as_code.rules.precedence import speaks_over
from itsm_as_code.snapshot.places import Places
from itsm_as_code.snapshot.snapshot import Snapshot

_MESSAGE = 400
"""Letters of a message that are shown; longer ones repeat a record's own text."""

Check = Callable[[Snapshot], Iterator[Fault]]


class RuleCrashError(Exception):
    """A rule raised: a bug of ours. Never swallowed, since a crashed check must not pass."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One fault that lint knows; `check` is None where the reader or the validator finds it, `doc` is its page."""

    id: str
    group: str
    severity: Severity
    doc: str
    check: Check | None

    @property
    def title(self) -> str:
        """The first line of its page."""
        return self.doc.strip().partition("\n")[0]


@cache
def discover() -> Mapping[str, Rule]:
    """Return every rule by id, sorted: one module below a group's folder is one rule, named after its file."""
    found = {}
    for group in pkgutil.iter_modules(package.__path__):
        if group.ispkg:
            folder = import_module(f"{package.__name__}.{group.name}")
            for module in pkgutil.iter_modules(folder.__path__):
                rule = _rule(group.name, import_module(f"{folder.__name__}.{module.name}"))
                found[rule.id] = rule
    return dict(sorted(found.items()))


def _rule(group: str, module: ModuleType) -> Rule:
    name = module.__name__.rpartition(".")[2].replace("_", "-")
    return Rule(name, group, module.SEVERITY, module.__doc__ or "", getattr(module, "check", None))


def lint(snapshot: Snapshot) -> tuple[Finding, ...]:
    """Return every finding of a snapshot, sorted by file, line, column and rule.

    Raises RuleCrashError, naming the rule, where a rule raises, and ItsmError where `itsm.yaml` names an unknown rule.
    """
    rules = discover()
    for name in snapshot.config.severities:
        if name not in rules:
            message = f"itsm.yaml: rules: there is no rule {name}{did_you_mean(name, rules)}"
            raise ItsmError(message, "itsm explain --list names them")
    severities = {name: snapshot.config.severities.get(name, rule.severity) for name, rule in rules.items()}
    faults = [*snapshot.faults]
    for rule in rules.values():
        if rule.check is not None and severities[rule.id] != "off":
            faults.extend(_run(rule, rule.check, snapshot))
    by_file = {record.file: record for record in (*snapshot.shadowed, *snapshot.records.values())}
    kept = [fault for fault in _without_echoes(faults) if severities[fault.rule] != "off"]
    places = Places()
    return tuple(sorted({_finding(fault, cast("Severity", severities[fault.rule]), by_file, places) for fault in kept}))


def _run(rule: Rule, check: Check, snapshot: Snapshot) -> list[Fault]:
    try:
        return [replace(fault, rule=rule.id) for fault in check(snapshot)]
    except Exception as error:
        message = f"rule {rule.id} crashed"
        raise RuleCrashError(message) from error


def _finding(fault: Fault, severity: Severity, by_file: Mapping[str, Record], places: Places) -> Finding:
    record = by_file.get(fault.file)
    place = fault.place or Place(fault.file, 1, 1)
    if fault.place is None and record is not None:
        place = places.of(record, fault.path, at_key=fault.at_key)
    message = shortened(fault.message, _MESSAGE)
    return Finding(place, fault.rule, message, severity, record.address if record else "", format_path(fault.path))


def _without_echoes(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield the faults, without those that only repeat what a more specific rule says of the same field."""
    by_field: dict[tuple[str, FieldPath], set[str]] = {}
    listed = list(faults)
    for fault in listed:
        by_field.setdefault((fault.file, fault.path), set()).add(fault.rule)
    for fault in listed:
        if not any(
            speaks_over(other, fault.rule)
            for length in range(len(fault.path) + 1)
            for other in by_field.get((fault.file, fault.path[:length]), ())
            if length == len(fault.path) or fault.path[:length]
        ):
            yield fault
