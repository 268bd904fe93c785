"""What a new record takes over from records that it follows from: a problem from incidents, a change from a problem."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.record import Record
from itsm_as_code.model.words import with_article
from itsm_as_code.snapshot.wording import alternatives

_LEVELS = ("high", "medium", "low")

Fields = Mapping[str, Any]


def _problem(incidents: Sequence[Record]) -> Fields:
    return {
        "title": incidents[0].title,
        "origin": "reactive",
        "incidents": [incident.address for incident in incidents],
        "impact": _worst(incidents, "impact"),
        "urgency": _worst(incidents, "urgency"),
        "services": _united(incidents, "services"),
        "cis": [{"ci": ci, "role": role} for ci, role in _cis(incidents).items()],
        "assignment": incidents[0].fields.get("assignment"),
    }


def _known_error(problems: Sequence[Record]) -> Fields:
    problem = problems[0]
    return {
        "title": problem.title,
        "problem": problem.address,
        "symptoms": problem.fields.get("description"),
        "workaround": problem.fields.get("workaround"),
        "cis": list(_cis(problems)),
    }


def _repair(sources: Sequence[Record]) -> Fields:
    first = sources[0]
    return {
        "title": first.title,
        "type": "normal",
        "reason": first.get("root_cause.statement") or first.fields.get("description") or first.title,
        "fixes": [source.address for source in sources],
        "services": _united(sources, "services"),
        "cis": list(_cis(sources)),
        "assignment": first.fields.get("assignment"),
    }


def _from_template(templates: Sequence[Record]) -> Fields:
    return {"template": templates[0].address}


def _request(items: Sequence[Record]) -> Fields:
    return {"title": items[0].title, "item": items[0].address}


_CARRIED: Mapping[tuple[str, str], Callable[[Sequence[Record]], Fields]] = {
    ("problem", "incident"): _problem,
    ("known-error", "problem"): _known_error,
    ("change", "problem"): _repair,
    ("change", "incident"): _repair,
    ("change", "change-template"): _from_template,
    ("request", "catalog-item"): _request,
}
"""(kind of the new record, kind of those it follows from) → the fields that it takes over, some of them empty."""
_ONE = frozenset({("known-error", "problem"), ("change", "change-template"), ("request", "catalog-item")})
"""Where it follows from one record only."""


def carried_over(kind: Kind, sources: Sequence[Record]) -> dict[str, Any]:
    """Return the fields that a new record of a kind takes over from these, its link to them among them.

    Raises ItsmError where no such record follows from theirs, or from several.
    """
    if not sources:
        return {}
    names = list(dict.fromkeys(source.kind.name for source in sources))
    known = [name for target, name in _CARRIED if target == kind.name]
    for name in names:
        if name not in known:
            follows = f"it follows from {with_article(alternatives(known))}" if known else "give its fields with --set"
            raise ItsmError(f"no {kind.title.lower()} is made from {with_article(name)}", follows)
    if len(names) > 1:
        raise ItsmError(f"--from names records of different kinds: {', '.join(names)}", "name those of one kind")
    key = (kind.name, names[0])
    if len(sources) > 1 and key in _ONE:
        raise ItsmError(f"{with_article(kind.title.lower())} is made from one {names[0]}", "give --from once")
    broken = next((source for source in sources if not source.valid), None)
    if broken is not None:
        raise ItsmError(f"{broken.address} is not valid", f"itsm lint {broken.file} says why")
    taken = _CARRIED[key](sources)
    return {name: deepcopy(value) for name, value in taken.items() if value not in (None, "", [], {})}


def _worst(records: Sequence[Record], field: str) -> str | None:
    found = [value for record in records if (value := record.fields.get(field)) in _LEVELS]
    return min(found, key=_LEVELS.index) if found else None


def _united(records: Sequence[Record], field: str) -> Sequence[str]:
    return list(dict.fromkeys(value for record in records for value in record.strings(field)))


def _cis(records: Sequence[Record]) -> Mapping[str, str]:
    """Return the configuration items that suffer or are to blame, each with its part in the first record with it."""
    found: dict[str, str] = {}
    for record in records:
        for item in record.mappings("cis"):
            if item.get("role") != "not-impacted":
                found.setdefault(str(item.get("ci")), str(item.get("role", "affected")))
    return found
