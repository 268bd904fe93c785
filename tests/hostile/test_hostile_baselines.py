"""A `baseline.json` that would break a reader, or mislead one: each is refused in one line with its place."""

import copy
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code import resources
from itsm_as_code.errors import ItsmError
from itsm_as_code.reading.baseline import MAX_BYTES, read_baseline
from itsm_as_code.sources.source import most_of
from tests.hostile.runs import FILES, write
from tests.support import RunItsm

ENTRY = {"file": "records/teams/web.yaml", "rule": "dangling-link", "field": "members[person:zoe]", "message": "No."}
SCHEMA = jsonschema.Draft202012Validator(json.loads((resources.schemas() / "baseline.schema.json").read_bytes()))


def with_entry(**changes: object) -> str:
    entry = {name: value for name, value in {**ENTRY, **changes}.items() if value is not None}
    return f'{{"format": 1, "known": [\n{json.dumps(ENTRY)},\n  {json.dumps(entry)}\n]}}'


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "nothing": ("", "baseline.json:1:1: this is not JSON"),
    "half of it": ('{"format": 1,\n "known": [', "baseline.json:2:"),
    "half of a line": ("{\n", "baseline.json:2:1: this is not JSON"),
    "YAML": ("format: 1\nknown: []\n", "baseline.json:1:1: this is not JSON"),
    "a list": ("[]", "baseline.json:1:1: an object is wanted"),
    "nobody": ("null", "baseline.json:1:1: an object is wanted"),
    "a number": ("7", "baseline.json:1:1: an object is wanted"),
    "no format": ('{"known": []}', 'it must say "format": 1'),
    "another format": ('{"known": [],\n "format": 2}', 'baseline.json:2:2: it must say "format": 1'),
    "true for one": ('{"format": true, "known": []}', 'it must say "format": 1'),
    "no list": ('{"format": 1}', "known must be a list"),
    "a mapping for a list": ('{"format": 1, "known": {}}', "known must be a list"),
    "a key twice": ('{"format": 1, "known": [], "known": []}', "known is given twice"),
    "an unknown key": ('{"format": 1, "known": [], "all": true}', "baseline.json:1:28: unknown field all"),
    "a text for an entry": ('{"format": 1, "known": [\n"all"]}', "baseline.json:2:1: an entry is an object"),
    "an entry without rule": (with_entry(rule=None), "baseline.json:3:3: rule must be a text"),
    "an empty file": (with_entry(file=""), "baseline.json:3:3: file is empty"),
    "a number for a field": (with_entry(field=7), "baseline.json:3:3: field must be a text"),
    "an unknown word": (with_entry(line=7), "baseline.json:3:3: unknown field line"),
    "no findings": (with_entry(count=0), "count must be a whole number from 1 to 1,000,000"),
    "findings without end": (with_entry(count=10**30), "count must be a whole number"),
    "half a finding": (with_entry(count=1.5), "count must be a whole number"),
    "true findings": (with_entry(count=True), "count must be a whole number"),
    "a number of five thousand digits": (f'{{"format": {"1" * 5000}}}', "a number without end"),
    "lists without end": ("[" * 200_000, "nested too deeply"),
    "objects without end": ('{"a":' * 200_000, "nested too deeply"),
    "not a number": ('{"format": NaN, "known": []}', 'it must say "format": 1'),
    "UTF-16": ('{"format": 1}'.encode("utf-16"), "baseline.json:1:1: this line is not UTF-8"),
    "a mark of bytes": ("\ufeff{}", "baseline.json"),
    "binary": (bytes(range(256)), "baseline.json:"),
    "a conflict": (
        '{"format": 1, "known": [\n<<<<<<< HEAD\n=======\n>>>>>>> main\n]}',
        "baseline.json:2:1: a merge conflict stands here (keep the lines of both sides",
    ),
    "seventeen megabytes": (b" " * (MAX_BYTES + 1), "is larger than 16,777,216 bytes"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_one_line_with_its_place(name: str, tmp_path: Path, run_itsm: RunItsm) -> None:
    data, words = REFUSED[name]
    write(tmp_path, {**FILES, "baseline.json": data})
    run = run_itsm("lint", "--root", str(tmp_path))
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith("error: baseline.json")
    assert words in run.stderr
    assert run.stderr.count("\n") == 1
    assert len(run.stderr) < 400


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file(kind: str, tmp_path: Path, run_itsm: RunItsm) -> None:
    write(tmp_path, FILES)
    file = tmp_path / "baseline.json"
    if kind == "link":
        file.symlink_to("/etc/passwd")
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.mkdir()
        (file / "x").write_bytes(b"x")
    run = run_itsm("lint", "--root", str(tmp_path))
    assert run.exit_code == (1 if kind == "folder" else 2)
    assert "Traceback" not in run.stderr
    assert run.stderr.count("\n") == (kind != "folder")


def test_a_long_one_is_read_to_its_end() -> None:
    assert most_of("baseline.json") > MAX_BYTES > most_of("records/people/alice.yaml")
    entries = [{**ENTRY, "message": f"No. {number}"} for number in range(20_000)]
    text = json.dumps({"format": 1, "known": entries})
    assert len(text) > most_of("records/people/alice.yaml")
    assert read_baseline(text.encode()).size == 20_000


def test_an_entry_that_stands_there_twice_counts_once() -> None:
    entries = [ENTRY, {**ENTRY, "count": 3}, ENTRY]
    assert read_baseline(json.dumps({"format": 1, "known": entries}).encode()).size == 3


VALUE = st.one_of(st.none(), st.booleans(), st.integers(-2, 2_000_000), st.text(max_size=3), st.just([]), st.just({}))


@given(st.lists(st.tuples(st.sampled_from(["", *ENTRY, "count", "known", "format", "more"]), VALUE), max_size=3))
def test_what_is_read_is_as_published(changes: list[tuple[str, Any]]) -> None:
    document: dict[str, Any] = {"format": 1, "known": [copy.deepcopy(ENTRY)]}
    for name, value in changes:
        if name in ("known", "format", "more"):
            document[name] = value
        elif isinstance(document["known"], list) and document["known"]:
            document["known"][0][name or "count"] = value
    data = json.dumps(document).encode()
    try:
        read_baseline(data)
    except ItsmError:
        assert not SCHEMA.is_valid(document)
    else:
        assert SCHEMA.is_valid(document)
