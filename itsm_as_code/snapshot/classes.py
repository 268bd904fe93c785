"""Classes of CIs: what a class specialises."""

from collections.abc import Mapping

from itsm_as_code.model.config import Config


def lineages(config: Config) -> Mapping[str, frozenset[str]]:
    """Return each configured class with itself and all that it specialises: ``server`` → ``{server, hardware}``.

    A circle of classes, which the settings' own check refuses, ends where it closes.
    """
    return {name: _lineage(name, config.ci_classes) for name in config.ci_classes}


def _lineage(name: str, parents: Mapping[str, str]) -> frozenset[str]:
    found: set[str] = set()
    while name and name not in found:
        found.add(name)
        name = parents.get(name, "")
    return frozenset(found)
