"""docs/settings.md: it tells every setting, its examples load, and its tables are what ships."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from itsm_as_code import resources
from itsm_as_code.reading.config import load_config

PAGE = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
LEVELS = {"high", "medium", "low"}


def names(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of all fields that a schema knows."""
    if "$ref" in schema:
        schema = {**root["$defs"][schema["$ref"].rpartition("/")[2]], **schema}
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from names(inner, root)
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield from names(schema[word], root)


def test_every_setting_is_told() -> None:
    schema = json.loads((resources.schemas() / "itsm.schema.json").read_bytes())
    told = {word for name in re.findall(r"`([a-z_.]+)`", PAGE) for word in name.split(".")}
    assert set(names(schema, schema)) - LEVELS - told == set()


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_loads(number: int) -> None:
    load_config(EXAMPLES[number].encode())


def test_the_whole_example_says_every_setting() -> None:
    schema = json.loads((resources.schemas() / "itsm.schema.json").read_bytes())
    assert [name for name in schema["properties"] if not re.search(rf"^{name}:", EXAMPLES[0], re.MULTILINE)] == []


def test_the_table_of_relation_types_is_what_ships() -> None:
    shipped = {
        (name, type_.inverse, type_.carries, type_.sources, type_.targets)
        for name, type_ in load_config(b"format: 1\n").relation_types.items()
    }
    table = PAGE.partition("The shipped ones:")[2].partition("A type of the same name")[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("| `")]
    told = {
        (name[0], inverse[0], carries[0], sources, targets)
        for row in rows
        for name, inverse, carries, sources, targets in [tuple(tuple(re.findall(r"[a-z_]+", cell)) for cell in row)]
    }
    assert told == shipped


def test_the_calendar_that_a_new_repository_shows_loads() -> None:
    starter = (resources.templates() / "starter" / "itsm.yaml").read_text(encoding="utf-8")
    shown = re.search(r"^# calendars:\n(?:#   .*\n)+", starter, re.MULTILINE)
    assert shown is not None
    text = "format: 1\n" + re.sub(r"^# ", "", shown[0], flags=re.MULTILINE)
    assert load_config(text.encode()).calendars["business-hours"].holidays
