"""The stream of YAML events of a text, from libyaml where it is there; plain data, no tags resolved."""

import sys
from collections.abc import Iterator
from typing import Any

import yaml

try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    _Parser = None

YamlError = yaml.MarkedYAMLError
ScalarEvent = yaml.ScalarEvent
MappingStartEvent = yaml.MappingStartEvent
SequenceStartEvent = yaml.SequenceStartEvent
CollectionEndEvent = yaml.CollectionEndEvent
AliasEvent = yaml.AliasEvent
DocumentStartEvent = yaml.DocumentStartEvent

HAS_LIBYAML = _Parser is not None


def warn_without_libyaml() -> None:
    """Say on standard error that reading will be slow, where PyYAML was built without libyaml."""
    if not HAS_LIBYAML:
        sys.stderr.write("warning: PyYAML was built without libyaml; results are the same, reading takes ten times as long\n")


def events(text: str, *, pure: bool = False) -> Iterator[Any]:
    """Yield the events of the text; raise YamlError where it is no YAML.

    `pure` asks for the parser in Python.
    """
    parser = yaml.SafeLoader(text) if pure or _Parser is None else _Parser(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        parser.dispose()
