"""What records say reaches a terminal as text, never as commands to it."""

import pytest

from tests.support import GitRepo, RunItsm

RECORD = "records/incidents/2026/INC-20260304-k7qz.yaml"
INCIDENT = """\
title: "Checkout \\x1b[31mis slow"
description: "One\\x1b]0;title\\x07\\nTwo\\x9b2J"
impact: high
urgency: low
timeline:
  - {at: 2026-03-04T08:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T08:10:00+01:00, by: person:alice, type: note, text: "\\x1b[2Jgone \\x07"}
"""
FILES = {"itsm.yaml": "format: 1\n", "records/people/alice.yaml": "name: Alice\n", RECORD: INCIDENT}


@pytest.mark.parametrize(
    "command",
    [
        "show INC-20260304-k7qz",
        "list incidents",
        "link INC-20260304-k7qz",
        "link person:alice",
        "log INC-20260304-k7qz",
        "blame INC-20260304-k7qz",
        "history --record INC-20260304-k7qz",
        "diff HEAD~1 HEAD",
        "lint",
    ],
)
def test_no_control_character_comes_through(git_repo: GitRepo, run_itsm: RunItsm, command: str) -> None:
    git_repo.commit({"itsm.yaml": "format: 1\n"}, "\x1b[31mred")
    git_repo.commit(FILES, "records \x1b[2J")
    run = run_itsm(*command.split(), cwd=git_repo.root)
    assert run.exit_code == 0, run.stderr
    said = run.stdout + run.stderr
    assert "Alice" in said or "alice" in said or "records" in said or "Checkout" in said
    assert [letter for letter in said if not letter.isprintable() and letter != "\n"] == []
