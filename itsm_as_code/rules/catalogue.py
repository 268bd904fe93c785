"""The rules there are: discovers them, one module each, and says of each what it is."""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from types import ModuleType

from itsm_as_code import rules as package
from itsm_as_code.model.finding import Fault, Severity
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step

AS_OF = "as_of"
"""The group of the rules that depend on the time; their `check` takes the moment, too."""

STEP = "step"
"""The group of the rules that judge a step; their `check_step` takes it."""

# What these find says that nobody knows which record it is, or that a waiver is wrong.
_NEVER_WAIVED = frozenset({"duplicate-id", "id-path-mismatch", "unbounded-waiver", "unused-waiver", "waiver-expired"})

Check = Callable[[Snapshot], Iterator[Fault]]
CheckAt = Callable[[Snapshot, datetime], Iterator[Fault]]
CheckStep = Callable[[Step], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One fault that is looked for; `doc` is its page.

    `check` is that of a rule which is a function of the snapshot alone, `check_at` that of one which depends on the
    time, `check_step` that of one which judges a step. All are None where the reader, the validator or the engine
    itself finds it.
    """

    id: str
    group: str
    severity: Severity
    doc: str
    check: Check | None
    check_at: CheckAt | None = None
    check_step: CheckStep | None = None

    @property
    def title(self) -> str:
        """The first line of its page."""
        return self.doc.strip().partition("\n")[0]

    @property
    def timed(self) -> bool:
        """Whether it depends on the time: `itsm check` looks for it, and not `itsm lint`."""
        return self.group == AS_OF

    @property
    def of_steps(self) -> bool:
        """Whether it judges a step: `itsm lint --base` looks for it, and not `itsm lint` alone."""
        return self.group == STEP

    @property
    def waivable(self) -> bool:
        """Whether an exception may waive what it finds: not where the record cannot be read or trusted."""
        return any((self.check, self.check_at, self.check_step)) and self.id not in _NEVER_WAIVED


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
    check, timed = getattr(module, "check", None), group == AS_OF
    return Rule(
        name,
        group,
        module.SEVERITY,
        module.__doc__ or "",
        None if timed else check,
        check if timed else None,
        getattr(module, "check_step", None),
    )
