"""Keywords judged in linear time: what the quick validator accepts is not explained item by item."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend
from referencing import Registry

from itsm_as_code.reading.patterns import compile_pattern

Accepts = Callable[[Any], bool]
"""Whether a schema accepts a value; a quick answer."""


def thorough_validator(
    schema: Mapping[str, Any], quick: Callable[[Mapping[str, Any]], Accepts | None]
) -> Draft202012Validator:
    """Return a validator that finds the words for what `schema` refuses, though lists and mappings are long.

    `quick` compiles a schema; None where it cannot, and then every item is explained.
    """
    many = _Many(schema.get("$defs", {}), quick)
    known: Mapping[str, Any] = {
        "items": many.items,
        "additionalProperties": many.others,
        "propertyNames": many.names,
        "uniqueItems": _unique_items,
        "pattern": _pattern,
    }
    # With a registry of its own, and an empty one, it fetches nothing that a schema refers to elsewhere.
    made = extend(Draft202012Validator, known)  # type: ignore[no-untyped-call]
    validator: Draft202012Validator = made(schema, registry=Registry())
    return validator


class _Many:
    """The keywords that judge many values by one schema, which is compiled once."""

    def __init__(self, definitions: object, quick: Callable[[Mapping[str, Any]], Accepts | None]) -> None:
        self._definitions = definitions
        self._quick = quick
        self._compiled: dict[int, Accepts | None] = {}

    def items(self, validator: Any, wanted: Any, value: Any, around: Mapping[str, Any]) -> Iterator[ValidationError]:  # noqa: ANN401 - a class that `extend` makes; any schema and value
        if not isinstance(wanted, dict) or not isinstance(value, list):
            yield from Draft202012Validator.VALIDATORS["items"](validator, wanted, value, around)
            return
        start = len(around.get("prefixItems", ()))
        for number, item in self._refused(wanted, zip(count(start), value[start:], strict=False)):
            yield from validator.descend(item, wanted, path=number)

    def others(self, validator: Any, wanted: Any, value: Any, around: Mapping[str, Any]) -> Iterator[ValidationError]:  # noqa: ANN401 - as above
        if not isinstance(wanted, dict) or not isinstance(value, dict) or "patternProperties" in around:
            yield from Draft202012Validator.VALIDATORS["additionalProperties"](validator, wanted, value, around)
            return
        known = around.get("properties", {})
        for name, inner in self._refused(wanted, (pair for pair in value.items() if pair[0] not in known)):
            yield from validator.descend(inner, wanted, path=name)

    def names(self, validator: Any, wanted: Any, value: Any, around: Mapping[str, Any]) -> Iterator[ValidationError]:  # noqa: ANN401 - as above
        if not isinstance(wanted, dict) or not isinstance(value, dict):
            yield from Draft202012Validator.VALIDATORS["propertyNames"](validator, wanted, value, around)
            return
        for name, _ in self._refused(wanted, ((name, name) for name in value)):
            yield from validator.descend(name, wanted)

    def _refused(self, wanted: Mapping[str, Any], inner: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
        """Yield the values, with their places, that the schema does not accept, or nobody knows quickly."""
        if id(wanted) not in self._compiled:
            self._compiled[id(wanted)] = self._quick({"$defs": self._definitions, "allOf": [wanted]})
        accepts = self._compiled[id(wanted)]
        return ((place, value) for place, value in inner if accepts is None or not accepts(value))


def _unique_items(
    _validator: Any,  # noqa: ANN401 - a class that `extend` makes
    wanted: Any,  # noqa: ANN401 - any schema
    value: Any,  # noqa: ANN401 - any value
    _around: Mapping[str, Any],
) -> Iterator[ValidationError]:
    if wanted and isinstance(value, list) and not _are_unique(value):
        yield ValidationError("the list has non-unique elements")


def _pattern(
    _validator: Any,  # noqa: ANN401 - a class that `extend` makes
    wanted: str,
    value: Any,  # noqa: ANN401 - any value
    _around: Mapping[str, Any],
) -> Iterator[ValidationError]:
    if isinstance(value, str) and not compile_pattern(wanted)(value):
        yield ValidationError("the text does not match")


def _are_unique(items: Sequence[Any]) -> bool:
    seen = set()
    for item in items:
        text = json.dumps(item, sort_keys=True)
        if text in seen:
            return False
        seen.add(text)
    return True
