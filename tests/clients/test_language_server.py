"""Records in an editor: what `yaml-language-server` says after `itsm setup editor`, over the protocol of editors."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.language_server import LanguageServer

pytestmark = pytest.mark.clients

ROOT = Path(__file__).parents[2]
NOWHERE = "no_such_field"
PATH = "records/incidents/2026/INC-20260310-{}.yaml"

WRONG = f"""\
title: Shop is down
impact: hihg
urgency: high
services: [ci:web-01]
reported_by: Alice
started_at: 2026-03-10 08:00
major: {{state: declared, update_every: 30m}}
tags: blue
timeline:
  - {{at: 2026-03-10T08:00:00Z, by: person:sofie-lund, type: created}}
colour: blue
{NOWHERE}: 1
"""
MARKED = {
    (2, 'Value is not accepted. Valid values: "high", "medium", "low".'),
    (4, "write the address of a service (service:…)"),
    (5, "write the address of a person (person:…) or a team (team:…)"),
    (6, "write a time such as 2026-03-04T03:07:00+01:00"),
    (7, "write a duration such as PT4H, PT30M or P2D"),
    (8, 'Incorrect type. Expected "array".'),
    (11, "Property colour is not allowed."),
    (12, f"Property {NOWHERE} is not allowed."),
}

SUPPLIER = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Supplier",
    "description": "A company we buy from.",
    "type": "object",
    "$ref": "envelope.schema.json",
    "properties": {
        "contact": {
            "type": "string",
            "x-itsm-link": {"to": ["person"], "reverse": "suppliers"},
            "description": "Who of us talks to them.",
        }
    },
    "required": ["title"],
    "unevaluatedProperties": False,
    "patternProperties": {"^x-": True},
    "x-itsm": {"kind": "supplier", "plural": "suppliers", "folder": "suppliers", "id": "slug", "title_field": "title"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample organisation with a kind of its own, set up for VS Code."""
    root = tmp_path_factory.mktemp("sample organisation")
    shutil.copytree(ROOT / "records", root / "records")
    shutil.copy(ROOT / "itsm.yaml", root)
    (root / "schemas").mkdir()
    (root / "schemas/supplier.schema.json").write_text(json.dumps(SUPPLIER))
    command = [sys.executable, "-m", "itsm_as_code", "setup", "editor", "--root", str(root)]
    subprocess.run(command, check=True, capture_output=True)
    return root


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[LanguageServer]:
    settings = json.loads((folder / ".vscode/settings.json").read_text())
    with LanguageServer(folder, settings) as running:
        running.open("itsm.yaml", f"format: 1\n{NOWHERE}: 1\n")
        # From here on it has its settings: before, it would answer without schemas.
        assert running.diagnostics("itsm.yaml", NOWHERE) == [(2, f"Property {NOWHERE} is not allowed.")]
        yield running


def opened(server: LanguageServer, name: str, text: str) -> str:
    """Open an incident with this text and return its path."""
    path = PATH.format(name)
    server.open(path, text)
    return path


def test_no_record_of_the_sample_is_marked(server: LanguageServer, folder: Path) -> None:
    paths = [file.relative_to(folder).as_posix() for file in sorted(folder.glob("records/**/*.yaml"))]
    assert len(paths) > 150
    lines = {}
    for path in paths:
        text = (folder / path).read_text()
        # One field that no kind has: the server says so once it has read the schema, and says nothing else.
        lines[path] = text.count("\n") + 1
        server.open(path, f"{text}{NOWHERE}: 1\n")
    marked = {path: server.diagnostics(path, NOWHERE) for path in paths}
    assert marked == {path: [(line, f"Property {NOWHERE} is not allowed.")] for path, line in lines.items()}


def test_the_settings_of_the_sample_are_not_marked(server: LanguageServer, folder: Path) -> None:
    text = (folder / "itsm.yaml").read_text()
    server.open("sub/itsm.yaml", f"{text}{NOWHERE}: 1\n")
    assert [message for _line, message in server.diagnostics("sub/itsm.yaml", NOWHERE)] == [
        f"Property {NOWHERE} is not allowed."
    ]


def test_what_is_wrong_is_marked_in_its_line(server: LanguageServer) -> None:
    assert set(server.diagnostics(opened(server, "aaa1", WRONG), NOWHERE)) == MARKED


def test_a_missing_field_is_marked(server: LanguageServer) -> None:
    path = opened(server, "aaa2", f"title: Shop is down\n{NOWHERE}: 1\n")
    messages = {message for _line, message in server.diagnostics(path, NOWHERE)}
    assert {f'Missing property "{field}".' for field in ("impact", "urgency", "timeline")} < messages


def test_fields_are_completed(server: LanguageServer) -> None:
    offered = server.completions(opened(server, "aaa3", "title: Shop is down\nimp\n"), 2, 4)
    assert offered["impact"]["textEdit"]["newText"] == "impact: "
    assert "How many are hit" in offered["impact"]["documentation"]["value"]
    assert offered["timeline"]["textEdit"]["newText"] == "timeline:\n  - at: $1\n    by: $2\n    type: $3"
    assert {"id", "kind", "title"} & set(offered) == set()


def test_values_are_completed(server: LanguageServer) -> None:
    path = opened(server, "aaa4", "title: Shop is down\nimpact: \nstate: in\n")
    assert set(server.completions(path, 2, 9)) == {"high", "medium", "low"}
    states = server.completions(path, 3, 10)
    assert states["in-progress"]["documentation"]["value"] == "A team works on it."


@pytest.mark.parametrize(
    ("text", "address", "title"),
    [
        ("reported_by: |\n", "person:sofie-lund", "Sofie Lund"),
        ("reported_by: person:s|\n", "person:sofie-lund", "Sofie Lund"),
        ("services: [|]\n", "service:web-shop", "Web shop"),
        ("services:\n  - |\n", "service:web-shop", "Web shop"),
        ("cis:\n  - ci: |\n", "ci:db-01", "db-01"),
        ("timeline:\n  - {at: 2026-03-10T08:00:00Z, by: |}\n", "person:sofie-lund", "Sofie Lund"),
    ],
)
def test_links_are_completed(server: LanguageServer, text: str, address: str, title: str) -> None:
    before, after = text.split("|")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    offered = server.completions(opened(server, f"b{line}{column}", before + after), line, column)
    assert offered[address]["textEdit"]["newText"] == address
    assert offered[address]["documentation"] == title
    assert {label.partition(":")[0] for label in offered} <= {address.partition(":")[0], "team"}


def test_a_field_is_explained(server: LanguageServer) -> None:
    path = opened(server, "aaa5", "title: Shop is down\nstarted_at: 2026-03-10T08:00:00Z\nstate: new\n")
    assert "When the trouble began, as found out later" in server.hover(path, 2, 3)
    assert "* `in-progress`: A team works on it." in server.hover(path, 3, 8)


def test_a_kind_of_ones_own_is_known(server: LanguageServer) -> None:
    path = "records/suppliers/acme.yaml"
    server.open(path, f"title: Acme Hosting\ncontact: team:it\n{NOWHERE}: 1\n")
    assert set(server.diagnostics(path, NOWHERE)) == {
        (2, "write the address of a person (person:…)"),
        (3, f"Property {NOWHERE} is not allowed."),
    }


def test_an_entry_in_a_file_of_its_own_is_known(server: LanguageServer) -> None:
    path = "records/incidents/2026/INC-20260304-w4rm.d/20260310T080000Z-k7qz.yaml"
    server.open(path, f"at: 2026-03-10 08:00\nby: person:sofie-lund\ntype: note\ntext: Calm.\n{NOWHERE}: 1\n")
    found = server.diagnostics(path, NOWHERE)
    assert {line for line, _message in found} == {1, 5}
    assert (1, "write a time such as 2026-03-04T03:07:00+01:00") in found
