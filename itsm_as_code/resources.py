"""The only module that knows where shipped schemas, templates and import maps are."""

from functools import cache
from pathlib import Path


@cache
def _data() -> Path:
    """Return the folder that holds `schemas/`, `templates/` and `maps/`, in the wheel or in the checkout."""
    package = Path(__file__).parent
    inside = package / "_data"
    return inside if inside.is_dir() else package.parent


def schemas() -> Path:
    """Return the folder of the shipped JSON Schemas and `defaults.yaml`."""
    return _data() / "schemas"


def templates() -> Path:
    """Return the folder of the shipped templates."""
    return _data() / "templates"


def maps() -> Path:
    """Return the folder of the shipped maps for `itsm import table`."""
    return _data() / "maps"
