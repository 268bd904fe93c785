"""Runs the rules over a snapshot: stamps id, severity and waiver, looks up places once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import cast

from itsm_as_code.model.finding import Fault, Finding, Related, Severity
from itsm_as_code.model.place import FieldPath, Place, format_path
from itsm_as_code.model.record import Record
from itsm_as_code.model.waiver import Waiver
from itsm_as_code.model.words import shortened
from itsm_as_code.rules import waiving
from itsm_as_code.rules.baseline import with_known
from itsm_as_code.rules.catalogue import Rule, discover
from itsm_as_code.rules.known import refuse_unknown
from itsm_as_code.rules.precedence import speaks_over
from itsm_as_code.snapshot.anchors import Anchors
from itsm_as_code.snapshot.places import Places
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step

_MESSAGE = 400
"""Letters of a message that are shown; longer ones repeat a record's own text."""
_GRAVITY = ("off", "warning", "error")
_OTHERS = 20
"""Other ends of a fault that are shown; a circle may have thousands."""


class RuleCrashError(Exception):
    """A rule raised: a bug of ours. Never swallowed, since a crashed check must not pass."""


def lint(snapshot: Snapshot, base: Snapshot | None = None) -> tuple[Finding, ...]:
    """Return every finding of a snapshot, waived and known ones too, sorted by file, line, column and rule.

    Where `base` is given, the snapshot is the head of a step: of severities the graver one counts, and only what both
    baselines know is known, so that no step turns off what judges it. Where base has no baseline, head's is its first.
    Raises RuleCrashError, naming the rule, where a rule raises, and ItsmError where `itsm.yaml` names an unknown rule.
    """
    rules = discover()
    judges = [snapshot] if base is None else [base, snapshot]
    severities = _severities(rules, *judges)
    faults = [*snapshot.faults]
    for rule in rules.values():
        if rule.check is not None and severities[rule.id] != "off":
            faults.extend(_run(rule.id, partial(rule.check, snapshot)))
    off = {rule for rule, severity in severities.items() if severity == "off"}
    found = {(fault.file, fault.rule) for fault in faults}
    faults.extend(waiving.unused(snapshot, rules, off, found))
    findings = _findings(judges, faults, severities, waiving.in_force(snapshot, rules))
    baseline = snapshot.baseline
    if base is not None and base.baseline.written:
        baseline = baseline.within(base.baseline)
    return tuple(with_known(findings, baseline))


def lint_step(step: Step) -> tuple[Finding, ...]:
    """Return what the rules that judge steps find, sorted and raising as `lint` does.

    Waivers are those of base; of severities the graver one counts, so that no step turns off what judges it.
    """
    rules = discover()
    severities = _severities(rules, step.base, step.head)
    faults: list[Fault] = []
    for rule in rules.values():
        if rule.check_step is not None and severities[rule.id] != "off":
            faults.extend(_run(rule.id, partial(rule.check_step, step)))
    return _findings([step.base, step.head], faults, severities, waiving.in_force(step.base, rules))


def lint_both(step: Step) -> tuple[Finding, ...]:
    """Return what is wrong in the head of a step and what is wrong with the step, sorted and raising as `lint` does."""
    findings = (*lint(step.head, step.base), *lint_step(step))
    speaking: dict[tuple[str, str], set[str]] = {}
    for finding in findings:
        if finding.counts:
            speaking.setdefault((finding.place.file, finding.field), set()).add(finding.rule)
    told = (
        finding
        for finding in findings
        if not any(speaks_over(other, finding.rule) for other in speaking.get((finding.place.file, finding.field), ()))
    )
    return tuple(sorted(told, key=_order))


def check(snapshot: Snapshot, as_of: datetime) -> tuple[Finding, ...]:
    """Return what the rules that depend on the time find at `as_of` (aware), sorted and raising as `lint` does.

    A waiver counts only while its end is after `as_of`.
    """
    rules = discover()
    severities = _severities(rules, snapshot)
    faults: list[Fault] = []
    for rule in rules.values():
        if rule.check_at is not None and severities[rule.id] != "off":
            faults.extend(_run(rule.id, partial(rule.check_at, snapshot, as_of)))
    if waiving.any_ended(snapshot, as_of):
        found = {(finding.place.file, finding.rule) for finding in lint(snapshot)}
        faults.extend(waiving.expired(snapshot, rules, found, as_of))
    return _findings([snapshot], faults, severities, waiving.in_force(snapshot, rules, as_of))


def _severities(rules: Mapping[str, Rule], *snapshots: Snapshot) -> Mapping[str, str]:
    """Return the severity of each rule, or ``off``, as the organisation decided: of both ends of a step the graver."""
    for snapshot in snapshots:
        refuse_unknown(snapshot.config.severities)
    return {
        name: max((held.config.severities.get(name, rule.severity) for held in snapshots), key=_GRAVITY.index)
        for name, rule in rules.items()
    }


def _run(rule: str, ask: Callable[[], Iterator[Fault]]) -> list[Fault]:
    try:
        return [replace(fault, rule=rule) for fault in ask()]
    except Exception as error:
        message = f"rule {rule} crashed"
        raise RuleCrashError(message) from error


def _findings(
    snapshots: Sequence[Snapshot],
    faults: Iterable[Fault],
    severities: Mapping[str, str],
    waivers: Mapping[waiving.FileAndRule, Waiver],
) -> tuple[Finding, ...]:
    """Return the findings that the faults are, sorted: without echoes and rules that are off, with their waivers.

    A fault's file is looked for in the last of the snapshots that has it.
    """
    by_file = {record.file: record for held in snapshots for record in (*held.shadowed, *held.records.values())}
    entry_files = {file: address for snapshot in snapshots for file, address in snapshot.entry_files.items()}
    decided = {name for snapshot in snapshots for name in snapshot.config.severities}
    places, anchors = Places(), Anchors()
    found = set()
    for fault in _without_echoes(faults):
        if severities[fault.rule] == "off":
            continue
        record = by_file.get(fault.file)
        address = record.address if record else entry_files.get(fault.file, "")
        severity = None if fault.rule in decided else fault.severity
        found.add(
            Finding(
                fault.place or _place(places, record, fault.file, fault.path, at_key=fault.at_key),
                fault.rule,
                shortened(fault.message, _MESSAGE),
                cast("Severity", severity or severities[fault.rule]),
                address,
                format_path(fault.path),
                waivers.get((fault.file, fault.rule)),
                tuple(
                    Related(_place(places, by_file.get(other.file), other.file, other.path), shortened(other.message))
                    for other in fault.others[:_OTHERS]
                ),
                anchors.of(record, fault.path) if record else format_path(fault.path),
            )
        )
    return tuple(sorted(found, key=_order))


def _order(finding: Finding) -> tuple[object, ...]:
    """Return what findings are sorted by, as they compare themselves; tuples do it ten times as fast."""
    place = finding.place
    return (
        place.file,
        place.line,
        place.column,
        finding.rule,
        finding.message,
        finding.severity,
        finding.record,
        finding.field,
    )


def _place(places: Places, record: Record | None, file: str, path: FieldPath, *, at_key: bool = False) -> Place:
    """Return where a field path of a file stands; of a file that is no record, its beginning."""
    return Place(file, 1, 1) if record is None else places.of(record, path, at_key=at_key)


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
