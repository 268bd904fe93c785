"""Which rules `itsm.yaml` may name, told without importing one of them."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from itsm_as_code import rules as package
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.suggest import nearest
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.wording import suggestion

_SHOWN = 3
"""Rules that are offered for a name that is none."""


@cache
def names() -> frozenset[str]:
    """Return the name of every rule: of each module in a group's folder, with hyphens."""
    folders = [
        str(Path(top) / group.name) for top in package.__path__ for group in pkgutil.iter_modules([top]) if group.ispkg
    ]
    return frozenset(module.name.replace("_", "-") for module in pkgutil.iter_modules(folders))


def refuse_unknown(severities: Mapping[str, str]) -> None:
    """Raise ItsmError where the organisation's settings (rule → severity) name a rule that there is not."""
    for name in severities:
        if name not in names():
            raise ItsmError(f"itsm.yaml: rules: {unknown(name)}", "itsm explain --list names them")


def unknown(name: str) -> str:
    """Return the statement that there is no rule of this name, with those whose names are like it or begin so."""
    bare = name.lower().replace("_", "-").replace(" ", "-")
    beginning = sorted(rule for rule in names() if bare and rule.startswith(f"{bare}-"))[:_SHOWN]
    near = nearest(bare, sorted(names()), most=1)
    return f"there is no rule {shortened(name)}{suggestion(beginning if len(beginning) > 1 or not near else near)}"
