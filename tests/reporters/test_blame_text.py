"""Blame as text: what one commit gave is one line, however oddly the items of lists are named."""

from datetime import UTC
from typing import Any

from itsm_as_code.reporters.blame_text import blame_text
from itsm_as_code.reporters.terminal import Look


def facts(*fields: tuple[str, str, str | None]) -> dict[str, Any]:
    commits = {id_: {"commit": id_, "committed_at": "2026-03-04T09:00:00Z", "author": {"name": id_}} for id_ in "abc"}
    return {
        "record": "ci:x",
        "title": "X",
        "file": "records/cis/x.yaml",
        "formerly": ["ci:y"],
        "fields": [{"field": name, "value": value, "commit": commit} for name, value, commit in fields],
        "timeline": [],
        "commits": commits,
    }


def rows(*fields: tuple[str, str, str | None], look: Look | None = None) -> list[str]:
    lines = blame_text(facts(*fields), UTC, look or Look(0, colour=False)).splitlines()
    return [line.removeprefix("2026-03-04 09:00  ") for line in lines[5:-2]]


def test_what_one_commit_gave_is_one_line() -> None:
    assert rows(
        ("title", "X", "a"),
        ("plan.start", "1", "b"),
        ("plan.end", "2", "b"),
        ("cis[ci:a].ci", "ci:a", "a"),
        ("cis[ci:a].role", "cause", "a"),
        ("cis[ci:b].ci", "ci:b", "a"),
        ("cis[ci:b].role", "cause", "c"),
        ("tags[x]", "x", "a"),
        ("tags[y]", "y", "a"),
    ) == [
        "a   a       title: X",
        "b   b       plan: start 1, end 2",
        "a   a       cis[ci:a]: ci ci:a, role cause",
        "a   a       cis[ci:b].ci: ci:b",
        "c   c       cis[ci:b].role: cause",
        "a   a       tags: x, y",
    ]


def test_names_of_items_may_hold_anything() -> None:
    odd = [
        ("t[]]", "]", "a"),
        ("t[a]b]", "a]b", "b"),
        ("t[.]", ".", "c"),
        ("t[[x]", "[x", "a"),
        ("t[a.b[c].d]", "z", "b"),
    ]
    assert sorted(row[12:] for row in rows(*odd)) == sorted(f"{name}: {value}" for name, value, _ in odd)


def test_a_terminal_is_not_overrun() -> None:
    [row] = rows(("description", "x" * 500, "a"), look=Look(60, colour=False))
    assert len("2026-03-04 09:00  ") + len(row) == 60
    assert row.endswith("…")


def test_former_names_are_told() -> None:
    assert "before that ci:y" in blame_text(facts(("title", "X", "a")), UTC)
