"""Keywords judged in linear time: what the quick validator accepts is not explained item by item."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    """Return a validator that finds the words for what `schema` refuses, though lists are long.

    `quick` compiles a schema; None where it cannot, and then every item is explained.
    """
    compiled: dict[int, Accepts | None] = {}
    definitions = schema.get("$defs", {})

    def items(validator: Any, wanted: Any, value: Any, around: Mapping[str, Any]) -> Iterator[ValidationError]:  # noqa: ANN401 - a class that `extend` makes; any schema and value
        if not isinstance(wanted, dict) or not isinstance(value, list):
            yield from Draft202012Validator.VALIDATORS["items"](validator, wanted, value, around)
            return
        if id(wanted) not in compiled:
            compiled[id(wanted)] = quick({"$defs": definitions, "allOf": [wanted]})
        accepts = compiled[id(wanted)]
        start = len(around.get("prefixItems", ()))
        for number, item in zip(count(start), value[start:], strict=False):
            if accepts is None or not accepts(item):
                yield from validator.descend(item, wanted, path=number)

    known: Mapping[str, Any] = {"items": items, "uniqueItems": _unique_items, "pattern": _pattern}
    # With a registry of its own, and an empty one, it fetches nothing that a schema refers to elsewhere.
    made = extend(Draft202012Validator, known)  # type: ignore[no-untyped-call]
    validator: Draft202012Validator = made(schema, registry=Registry())
    return validator


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
    if isinstance(value, str) and not compile_pattern(wanted).matches(value):
        yield ValidationError("the text does not match")


def _are_unique(items: Sequence[Any]) -> bool:
    seen = set()
    for item in items:
        text = json.dumps(item, sort_keys=True)
        if text in seen:
            return False
        seen.add(text)
    return True
