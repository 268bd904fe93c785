"""Changes of fields as a table: names and values of any length."""

from datetime import UTC
from typing import Any

from itsm_as_code.reporters.history_table import history_csv, history_table
from itsm_as_code.reporters.terminal import Look

ROW: dict[str, Any] = {
    "commit": "0123456789",
    "committed_at": "2026-03-04T09:00:00Z",
    "author": {"name": "Ann", "email": "ann@example.org"},
    "subject": "x",
    "reviewers": [],
    "pull_request": None,
    "record": "ci:web-01",
    "field": "plans.implementation[a sentence that says what is to be done first]",
    "old": "here",
}


def test_a_terminal_is_given_part_of_a_long_name() -> None:
    plain, narrow = (history_table([ROW], UTC, look) for look in (Look(0, colour=False), Look(80, colour=False)))
    assert plain.splitlines()[1] == f"2026-03-04 09:00  Ann  01234567  ci:web-01  {ROW['field']}  - here"
    assert narrow.splitlines()[1].endswith("plans.implementation[a sentence that sa…  - here")


def test_a_cell_is_one_line_and_no_formula() -> None:
    told = history_csv([{**ROW, "field": "title", "old": "@SUM(1)\n2", "new": ["-1", "b"]}])
    assert told.splitlines()[1].endswith("ci:web-01,title,'@SUM(1) 2,\"'-1, b\"")
