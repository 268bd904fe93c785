"""YAML's events, from libyaml where it is there: plain data, no tags resolved."""

import re
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
_SURROGATE = re.compile("[\ud800-\udfff]")


class _PurePython(yaml.SafeLoader):
    """The parser in Python, which takes escapes that name no character, or falls over them."""

    def get_event(self) -> Any:  # noqa: ANN401 - PyYAML's own signature
        try:
            event = super().get_event()  # type: ignore[no-untyped-call]
        except (ValueError, OverflowError):
            raise self._no_character(self.get_mark()) from None
        if type(event) is ScalarEvent and not event.value.isascii() and _SURROGATE.search(event.value):
            raise self._no_character(event.start_mark)
        return event

    @staticmethod
    def _no_character(mark: Any) -> YamlError:  # noqa: ANN401 - PyYAML's mark
        words = "found invalid Unicode character escape code"
        return yaml.scanner.ScannerError("while scanning a quoted scalar", mark, words, mark)


@contextmanager
def open_parser(text: str, *, pure: bool = False) -> Iterator[Any]:
    """Give a parser whose `get_event()` returns one event after the other and None at the end.

    `get_event` raises YamlError where the text is no YAML. `pure` asks for the parser in Python.
    A last line without an end is given one, as most readers of YAML 1.2 do: a block of text ends the same either way.
    """
    if not text.endswith("\n"):
        text += "\n"
    parser = _PurePython(text) if pure or not HAS_LIBYAML else CParser(text)
    try:
        yield parser
    finally:
        parser.dispose()
