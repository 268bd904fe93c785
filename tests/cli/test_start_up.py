"""What the command line imports before it has to: what takes long is left alone until somebody needs it."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from itsm_as_code.version import VERSION

ITSM_YAML = "format: 1\n"
TEAM = "name: Operations\n"
ASK = """\
import sys
sys.argv = ["itsm", *sys.argv[1:]]
from itsm_as_code.cli.main import main
try:
    main()
except SystemExit as end:
    print(end.code, *sorted(sys.modules), file=sys.stderr)
"""


def imported(arguments: Sequence[str], folder: Path) -> set[str]:
    """Return the modules that are there when a command has ended well."""
    command = [sys.executable, "-c", ASK, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    code, *modules = done.stderr.splitlines()[-1].split()
    assert code == "0", done.stdout + done.stderr
    return set(modules)


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_help_and_version_import_next_to_nothing(tmp_path: Path, argument: str) -> None:
    modules = imported([argument], tmp_path)
    assert "click" in modules
    slow = {"yaml", "jsonschema", "jsonschema_rs", "git", "jinja2", "markdown_it", "importlib.metadata"}
    assert modules & slow == set()


def test_lint_of_clean_records_imports_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "itsm.yaml").write_text(ITSM_YAML)
    (tmp_path / "records" / "teams").mkdir(parents=True)
    (tmp_path / "records" / "teams" / "operations.yaml").write_text(TEAM)
    modules = imported(["lint"], tmp_path)
    assert "yaml" in modules
    assert modules & {"jsonschema", "git", "jinja2", "markdown_it", "nh3", "importlib.metadata"} == set()
    # The pages, the scaffold and other tools' files belong to other commands.
    assert [name for name in modules if name.startswith(("itsm_as_code.site", "itsm_as_code.interchange"))] == []


def test_the_version_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "itsm_as_code", "--version"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == f"itsm, version {VERSION}\n"
