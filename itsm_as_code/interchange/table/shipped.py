"""Shipped maps: the ones that come with the program, by name."""

from collections.abc import Mapping
from pathlib import Path

from itsm_as_code import resources
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.reading.import_map import ImportMap

_SUFFIX = ".yaml"


def shipped_maps() -> Mapping[str, ImportMap]:
    """Return the shipped maps by name."""
    files = sorted(resources.maps().glob(f"*{_SUFFIX}"))
    return {file.name.removesuffix(_SUFFIX): ImportMap(file.name, file.read_bytes()) for file in files}


def find_map(text: str) -> Path:
    """Return the file of the map that a person named: one of their own, or a shipped one by its name.

    Raises ItsmError where there is neither.
    """
    own = Path(text)
    if own.exists():
        return own
    shipped = resources.maps() / f"{text}{_SUFFIX}"
    if "/" not in text and "\\" not in text and shipped.is_file():
        return shipped
    names = [file.name.removesuffix(_SUFFIX) for file in resources.maps().glob(f"*{_SUFFIX}")]
    raise ItsmError(
        f"there is no map {text}{did_you_mean(text.removesuffix(_SUFFIX), names)}",
        "give a file, or one of those that itsm import table --list-maps names",
    )
