"""What was typed wrongly is told in one line that names the help to read."""

import shlex
from pathlib import Path

import pytest

from tests.support import RunItsm


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("lnit", "there is no command lnit (did you mean lint?) (itsm --help)"),
        ("render", "OUT is missing (itsm render --help)"),
        (
            "lint --format jsno",
            "--format jsno: not one of text, json, github, sarif, junit (did you mean json?) (itsm lint --help)",
        ),
        ("import cstate --into", "--into needs a value after it (itsm import --help)"),
        ("schema ci extra", "got unexpected extra argument (extra) (itsm schema --help)"),
    ],
)
def test_a_usage_error_is_one_line(tmp_path: Path, run_itsm: RunItsm, typed: str, said: str) -> None:
    run = run_itsm(*shlex.split(typed), cwd=tmp_path)
    assert (run.exit_code, run.stdout) == (2, "")
    (line,) = run.stderr.splitlines()
    assert line.startswith(f"error: {said}")


def test_a_misspelt_option_is_one_line(tmp_path: Path, run_itsm: RunItsm) -> None:
    run = run_itsm("lint", "--frmat", "json", cwd=tmp_path)
    (line,) = run.stderr.splitlines()
    assert "--format" in line
    assert line.endswith(" (itsm lint --help)")
