"""`itsm setup editor`: what is told, printed and refused."""

import json
from pathlib import Path

import pytest

from tests.support import RunItsm

RECORD = "records/teams/web.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / RECORD).parent.mkdir(parents=True)
    (tmp_path / RECORD).write_text("name: Web team\n")
    (tmp_path / "itsm.yaml").write_text("format: 1\n")
    return tmp_path


def test_it_tells_what_it_did_and_what_to_do_with_it(root: Path, run_itsm: RunItsm) -> None:
    run = run_itsm("setup", "editor", cwd=root)
    assert (run.exit_code, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    assert lines[0].endswith("schemas, 19 written")
    assert ".vscode/settings.json: written" in lines
    assert any(line.startswith("Commit .itsm/ and .vscode/") for line in lines)
    again = run_itsm("setup", "editor", cwd=root).stdout
    assert "19 schemas, 19 unchanged\n.vscode/extensions.json: unchanged\n.vscode/settings.json: unchanged\n" in again


@pytest.mark.parametrize(
    ("editor", "start"),
    [
        ("vscode", "// .vscode/settings.json\n{"),
        ("zed", "// .zed/settings.json\n{"),
        ("helix", "[language-server.yaml-language-server.config.yaml.schemas]\n"),
        ("neovim", 'vim.lsp.config("yamlls", {\n'),
    ],
)
def test_print_writes_nothing(root: Path, run_itsm: RunItsm, editor: str, start: str) -> None:
    run = run_itsm("setup", "editor", "--editor", editor, "--print", cwd=root)
    assert run.exit_code == 0
    assert run.stdout.startswith(start)
    assert sorted(path.name for path in root.iterdir()) == ["itsm.yaml", "records"]


def test_any_other_editor_gets_the_settings_of_the_server(root: Path, run_itsm: RunItsm) -> None:
    printed = json.loads(run_itsm("setup", "editor", "--editor", "other", "--print", cwd=root).stdout)
    assert printed["yaml"]["schemas"]["./.itsm/settings.schema.json"] == "itsm.yaml"
    told = run_itsm("setup", "editor", "--editor", "other", cwd=root).stdout
    assert '"./.itsm/settings.schema.json": "itsm.yaml"' in told
    assert (root / ".itsm/settings.schema.json").is_file()


def test_settings_that_are_no_json_are_one_line(root: Path, run_itsm: RunItsm) -> None:
    (root / ".vscode").mkdir()
    (root / ".vscode/settings.json").write_text("nonsense")
    run = run_itsm("setup", "editor", cwd=root)
    assert (run.exit_code, run.stdout, run.stderr.count("\n")) == (2, "", 1)
    assert run.stderr.startswith("error: .vscode/settings.json cannot be added to: line 1, column 1: a value is wanted")


def test_a_line_for_the_language_server_does_not_disturb_lint(root: Path, run_itsm: RunItsm) -> None:
    line = "# yaml-language-server: $schema=../../.itsm/schemas/team.schema.json\n"
    (root / RECORD).write_text(f"{line}name: Web team\n")
    run = run_itsm("lint", "--strict", cwd=root)
    assert run.exit_code == 0


def test_what_is_made_for_editors_does_not_disturb_lint(root: Path, run_itsm: RunItsm) -> None:
    before = run_itsm("lint", cwd=root).stdout
    run_itsm("setup", "editor", cwd=root)
    assert run_itsm("lint", cwd=root).stdout == before
