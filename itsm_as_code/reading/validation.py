"""Validates values against one JSON Schema: accepted fast, explained slowly."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn

from itsm_as_code.model.finding import Fault
from itsm_as_code.reading.formats import compile_formats, format_fault
from itsm_as_code.reading.limits import MAX_FAULTS
from itsm_as_code.reading.patterns import pattern_options

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

    from itsm_as_code.model.place import FieldPath
    from itsm_as_code.reading.explain import Explainer

try:
    import jsonschema_rs
except ImportError:  # pragma: no cover - depends on whether its wheel is available
    jsonschema_rs = None  # type: ignore[assignment]


class SchemaValidator:
    """One schema, built once.

    Where the quick validator's wheel is there it alone says yes; whatever it does not accept goes to the
    thorough one, which alone finds words. Formats are our own checks.
    """

    def __init__(self, schema: Mapping[str, Any], *, quick: bool = True, zone: str = "UTC") -> None:
        """Build the validator; `zone` is the time zone in which times without an offset are likely to be."""
        self._schema = schema
        self._zone = zone
        self._formats = compile_formats(schema)
        self._quick = _quick(schema) if quick else None

    def faults(self, file: str, value: Mapping[str, Any]) -> Iterator[Fault]:
        """Yield what the schema does not accept, by field path; at most as much as is told of a file."""
        return islice(self._faults(file, value), MAX_FAULTS)

    def _faults(self, file: str, value: Mapping[str, Any]) -> Iterator[Fault]:
        if self._quick is None or not self._quick.is_valid(value):
            yield from self._explain(file, value)
        for path, name, text in self._formats(value, ()):
            yield format_fault(file, path, name, text, self._zone)

    @cached_property
    def _thorough(self) -> "Draft202012Validator":
        from itsm_as_code.reading.large_lists import thorough_validator  # noqa: PLC0415 - 0.17 s, needed only for words

        return thorough_validator(self._schema, _accepts if self._quick is not None else lambda _schema: None)

    @cached_property
    def _explainer(self) -> "Explainer":
        from itsm_as_code.reading.explain import Explainer  # noqa: PLC0415 - as above

        return Explainer(self._schema)

    def _explain(self, file: str, value: Mapping[str, Any]) -> Iterator[Fault]:
        said: set[tuple[FieldPath, str]] = set()
        for error in self._thorough.iter_errors(value):
            for fault in self._explainer.faults(file, error):
                if (fault.path, fault.rule) not in said:
                    said.add((fault.path, fault.rule))
                    yield fault


def _accepts(schema: Mapping[str, Any]) -> "Callable[[Any], bool] | None":
    quick = _quick(schema)
    return None if quick is None else quick.is_valid


def _not_fetched(address: str) -> NoReturn:
    """Refuse what a schema refers to elsewhere: nothing is ever fetched."""
    raise LookupError(address)


def _quick(schema: Mapping[str, Any]) -> "jsonschema_rs.Draft202012Validator | None":
    """Return the quick validator; None where its wheel is not there, or it cannot take the schema.

    Its engine for patterns is the one that takes linear time, and so leaves out what `patterns` leaves out.
    """
    if jsonschema_rs is None:
        return None
    try:
        return jsonschema_rs.Draft202012Validator(
            dict(schema), validate_formats=False, retriever=_not_fetched, pattern_options=pattern_options()
        )
    except ValueError:
        return None
