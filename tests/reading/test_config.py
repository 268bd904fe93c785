"""Settings: defaults, the repository's own, and what is refused with its place."""

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.reading.config import load_config

WITHOUT = load_config(b"format: 1\n")


def test_defaults_are_complete() -> None:
    assert WITHOUT.priority["high"]["high"] == 1
    assert WITHOUT.priority["low"]["low"] == 5
    assert WITHOUT.relation_types["runs_on"].inverse == "runs"
    assert WITHOUT.relation_types["part_of"].carries == "group"
    assert WITHOUT.ci_classes["vm"] == "virtual"


def test_own_classes_and_relations_add_to_the_defaults() -> None:
    config = load_config(
        b"format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\n"
        b"ci_classes: {robot: hardware}\nrelation_types: {feeds: {inverse: fed_by, carries: 'yes'}}\n"
        b"rules: {ownerless-ci: 'off'}\n"
    )
    assert config.organisation == "ACME"
    assert config.ci_classes["robot"] == "hardware"
    assert config.ci_classes["vm"] == "virtual"
    assert config.relation_types["feeds"].inverse == "fed_by"
    assert config.severities == {"ownerless-ci": "off"}


BAD = {
    "unknown field": (b"format: 1\ntimezone: UTC\n", "itsm.yaml:2:1: unknown field timezone (did you mean time_zone?)"),
    "no zone": (b"format: 1\ntime_zone: Mars/Olympus\n", "itsm.yaml:2:12: Mars/Olympus is no time zone"),
    "zone outside": (b"format: 1\ntime_zone: ../../etc/passwd\n", "itsm.yaml:2:12"),
    "not YAML": (b"format: [\n", "itsm.yaml:"),
    "other format": (b"format: 2\n", "itsm.yaml:1:9"),
    "incomplete matrix": (b"format: 1\npriority: {high: {high: 1, medium: 2, low: 3}}\n", "itsm.yaml:2:1: "),
    "matrix not monotone": (
        (
            b"format: 1\npriority:\n  high: {high: 1, medium: 2, low: 3}\n"
            b"  medium: {high: 2, medium: 3, low: 4}\n  low: {high: 1, medium: 4, low: 5}\n"
        ),
        "itsm.yaml:4:18: priority of medium \u00d7 high is below that of low \u00d7 high",
    ),
    "class of no class": (
        b"format: 1\nci_classes: {robot: hardwear}\n",
        "itsm.yaml:2:21: hardwear is not a CI class (did you mean hardware?)",
    ),
    "class of itself": (b"format: 1\nci_classes: {a: b, b: a}\n", "a specialises itself"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_one_line_with_its_place(name: str) -> None:
    data, words = BAD[name]
    with pytest.raises(ItsmError) as raised:
        load_config(data)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)
