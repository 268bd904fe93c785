"""`itsm schema`: a kind's page, and a catalogue item's form for portals."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.support import RunItsm

FILES = {
    "itsm.yaml": "format: 1\n",
    "records/catalog/laptop.yaml": (
        "title: Laptop\nowner: team:it\naliases: [Notebook]\n"
        "form: [{name: model, label: Which?, type: choice, required: true, options: [small, large]}]\n"
    ),
    "records/catalog/broken.yaml": "title: Broken\nowner: team:it\nform: 7\n",
    "records/teams/it.yaml": "name: Workplace\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def test_the_page_of_a_kind(run_itsm: RunItsm) -> None:
    run = run_itsm("schema", "REQ", "--format", "markdown", cwd=Path("/"))
    assert run.exit_code == 0
    assert run.stdout.startswith("# Request\n\nSomebody asks for something")


@pytest.mark.parametrize("name", ["catalog-item:laptop", "catalog-item:notebook"])
def test_the_form_of_a_catalogue_item(root: Path, run_itsm: RunItsm, name: str) -> None:
    validator = Draft202012Validator(json.loads(run_itsm("schema", name, cwd=root).stdout))
    assert validator.is_valid({"model": "small"})
    assert not validator.is_valid({"model": "medium"})
    assert not validator.is_valid({"model": "small", "colour": "red"})


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["team:it"], "team:it is a team (only a catalogue item has a form)"),
        (["catalog-item:latpop"], "there is no record catalog-item:latpop (did you mean catalog-item:laptop"),
        (["catalog-item:broken"], "catalog-item:broken has errors (itsm lint tells them"),
        (["catalog-item:laptop", "--format", "markdown"], "a form is printed as JSON Schema only"),
    ],
)
def test_what_has_no_form_is_one_line(root: Path, run_itsm: RunItsm, arguments: list[str], words: str) -> None:
    run = run_itsm("schema", *arguments, cwd=root)
    assert run.exit_code == 2
    assert run.stderr.startswith(f"error: {words}")
    assert run.stderr.count("\n") == 1
