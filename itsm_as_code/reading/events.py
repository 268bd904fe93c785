"""The stream of YAML events of a text, from libyaml where it is there; plain data, no tags resolved."""

from collections.abc import Iterator
from typing import Any

import yaml

try:
    from yaml._yaml import CParser
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    HAS_LIBYAML = False
else:
    HAS_LIBYAML = True

YamlError = yaml.MarkedYAMLError
ScalarEvent = yaml.ScalarEvent
MappingStartEvent = yaml.MappingStartEvent
SequenceStartEvent = yaml.SequenceStartEvent
CollectionEndEvent = yaml.CollectionEndEvent
AliasEvent = yaml.AliasEvent
DocumentStartEvent = yaml.DocumentStartEvent


def events(text: str, *, pure: bool = False) -> Iterator[Any]:
    """Yield the events of the text; raise YamlError where it is no YAML.

    `pure` asks for the parser in Python.
    """
    parser = yaml.SafeLoader(text) if pure or not HAS_LIBYAML else CParser(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        parser.dispose()
