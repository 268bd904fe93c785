"""YAML's events, from libyaml where it is there: plain data, no tags resolved."""

from collections.abc import Iterator
from contextlib import contextmanager
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
MappingEndEvent = yaml.MappingEndEvent
SequenceStartEvent = yaml.SequenceStartEvent
SequenceEndEvent = yaml.SequenceEndEvent
AliasEvent = yaml.AliasEvent
DocumentStartEvent = yaml.DocumentStartEvent


@contextmanager
def open_parser(text: str, *, pure: bool = False) -> Iterator[Any]:
    """Give a parser whose `get_event()` returns one event after the other and None at the end.

    `get_event` raises YamlError where the text is no YAML. `pure` asks for the parser in Python.
    A last line without an end is given one, as most readers of YAML 1.2 do: a block of text ends the same either way.
    """
    if not text.endswith("\n"):
        text += "\n"
    parser = yaml.SafeLoader(text) if pure or not HAS_LIBYAML else CParser(text)
    try:
        yield parser
    finally:
        parser.dispose()
