"""What consoles of the documentation show is what is said: every line that they show is typed again.

`--update-golden` writes what is said now into the page; a console that leaves lines out is written whole then.
"""

import csv
import gzip
import json
import re
import shutil
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from itsm_as_code import resources
from tests.consoles import CONSOLE, ROOT, Desk, shows, told_again, typed
from tests.support import RunItsm
from tools.docs_site.commands import commands, examples

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]
WITH_CONSOLES = [page for page in PAGES if CONSOLE.search(page.read_text(encoding="utf-8"))]
JSON = re.compile(r"^```json\n(.*?)^```", re.DOTALL | re.MULTILINE)
EXPORTS = ROOT / "tests" / "interchange" / "exports"
STATUS_SITE = {
    "config.yml": """\
title: Seven Farms Status
baseURL: https://status.seven-farms.example/
params:
  systems:
    - name: Web shop
      category: Shopping
    - name: Farm portal
      category: Farms
""",
    "content/issues/2024-05-01-shop.md": """\
---
title: Web shop cannot be reached
date: 2024-05-01 10:00:00
resolved: true
resolvedWhen: 2024-05-01 11:20:00
severity: down
affected: [Web shop]
section: issue
---

*Investigating* - Nobody can order. {{< track "2024-05-01 10:05:00" >}}
""",
    "content/issues/2024-06-13-maintenance.md": """\
---
title: Maintenance of the farm portal
date: 2024-06-13T20:00:00Z
resolved: true
resolvedWhen: 2024-06-13T19:30:00Z
severity: notice
affected: [Farm portall]
section: issue
---

The portal gets a new database.
""",
    "content/issues/2024-07-02-network.md": """\
---
title: Work on the network
date: 2024-07-02T20:00:00Z
resolved: true
resolvedWhen: 2024-07-02T21:00:00Z
severity: notice
section: issue
---

Nothing should be felt.
""",
    "content/issues/.gitkeep": "",
}


@pytest.fixture
def desk(sample_repository: Path, tmp_path: Path, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return somebody at a keyboard, with exports of other tools at hand and a status site at home."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, text in STATUS_SITE.items():
        file = tmp_path / "status-site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (tmp_path / ".config/fish/completions").mkdir(parents=True)
    desk = Desk(tmp_path, sample_repository, run_itsm, monkeypatch)
    shutil.copy(EXPORTS / "incident.csv", desk.elsewhere)
    shutil.copy(EXPORTS / "snipe-it.csv", desk.elsewhere / "assets.csv")
    tables = (ROOT / "docs/import-table.md").read_text(encoding="utf-8")
    tickets, log = re.findall(r"^```csv\n(.*?)^```", tables, re.DOTALL | re.MULTILINE)
    (map_,) = re.findall(r"^```yaml\n(format: 1\n.*?)^```", tables, re.DOTALL | re.MULTILINE)
    rows = list(csv.DictReader(tickets.splitlines()))
    (desk.elsewhere / "export.json").write_text(json.dumps(rows), encoding="utf-8")
    (desk.elsewhere / "history.csv.gz").write_bytes(gzip.compress(log.encode()))
    (desk.elsewhere / "my-map.yaml").write_text(map_, encoding="utf-8")
    return desk


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_part(shown: Any, said: Any) -> bool:  # noqa: ANN401 - JSON
    """Return whether all that is shown is said too, items of lists in their order."""
    if isinstance(shown, dict):
        return isinstance(said, dict) and all(key in said and is_part(shown[key], said[key]) for key in shown)
    if isinstance(shown, list):
        rest = iter(said)
        return isinstance(said, list) and all(any(is_part(item, each) for each in rest) for item in shown)
    return bool(shown == said)


@pytest.mark.parametrize("page", WITH_CONSOLES, ids=name)
def test_a_console_shows_what_is_said(page: Path, desk: Desk, request: pytest.FixtureRequest) -> None:
    """A block of JSON below a console that writes a file of JSON is part of that."""
    text = now = page.read_text(encoding="utf-8")
    excerpts = iter(JSON.findall(text) if re.search(r"^\$ .*> \S+\.json$", text, re.MULTILINE) else ())
    for shown, said in told_again(text, desk):
        now = now.replace(f"```console\n{shown}```", f"```console\n{said}```")
        written = re.search(r"> (\S+\.json)$", shown.rstrip("\n"))
        if written:
            whole = json.loads((desk.cwd / written[1]).read_text(encoding="utf-8"))
            assert is_part(json.loads(next(excerpts)), whole), shown
    assert list(excerpts) == []
    if request.config.getoption("--update-golden"):
        page.write_text(now, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == now


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_stand_in_consoles(page: Path) -> None:
    blocks = MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8"))
    elsewhere = [
        line
        for block in blocks
        if block.type in {"fence", "code_block"} and block.info.strip() != "console"
        for line in block.content.splitlines()
        if re.match(r"\s*(?:\$ )?itsm ", line)
    ]
    assert elsewhere == []


def helps() -> Iterator[tuple[str, str]]:
    for context in commands():
        for line, _ in examples(context.command):
            yield context.command_path, line


@pytest.mark.parametrize(("command", "line"), list(helps()))
def test_an_example_of_a_help_works(command: str, line: str, desk: Desk) -> None:
    # Imports tell of bad rows in the exports that the tests have, and check of what is overdue by then.
    codes = {0, 1} if command.startswith(("itsm check", "itsm import")) else {0}
    code, said = desk.type(line)
    assert code in codes, said


def test_every_help_has_examples() -> None:
    with_examples = {command for command, _ in helps()}
    assert {context.command_path for context in commands()} == with_examples


def test_what_the_starter_tells_works(desk: Desk) -> None:
    desk.type("itsm init my-records && cd my-records")
    text = (desk.cwd / "README.md").read_text(encoding="utf-8")
    assert text == string.Template(
        (resources.templates() / "starter/README.md").read_text(encoding="utf-8")
    ).safe_substitute(organisation_text="my-records", person_id="leila-haddad")
    lines = [re.split(r"\s{2,}(?=\S)", line.strip())[0] for line in re.findall(r"^    (itsm .*)$", text, re.MULTILINE)]
    assert len(lines) > 4
    for line in lines:
        # Where an ID is to be filled in, the command is there at least.
        code, said = desk.type(f"{' '.join(line.split()[:2])} --help" if "ID" in line.split() else line)
        assert (code, "error:" in said) == (0, False), f"{line}: {said}"


@pytest.mark.parametrize(
    ("said", "shown", "agree"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\n", "a\n", False),
        ("a\nb\nc\n", "a\n…\n", True),
        ("a\nb\nc\n", "a\n…\nc\n", True),
        ("a\nb\nc\n", "b\n…\n", False),
        ("a…\n", "a…\n", True),
        ("ab\n", "a…\n", False),
    ],
)
def test_lines_may_be_left_out(said: str, shown: str, *, agree: bool) -> None:
    assert shows(said, shown) is agree


def test_what_is_typed() -> None:
    steps = typed("$ itsm a  # why\nb\nc\n$ itsm d\n")
    assert [(step.line, step.command, step.said) for step in steps] == [
        ("itsm a  # why", "itsm a", "b\nc\n"),
        ("itsm d", "itsm d", ""),
    ]


@pytest.mark.parametrize(
    ("shown", "part"),
    [
        ({"a": 1}, True),
        ({"a": 2}, False),
        ({"d": None}, False),
        ({"b": [{"c": 2}]}, True),
        ({"b": [{"c": 2}, {"c": 1}]}, False),
        ({"b": {}}, False),
    ],
)
def test_what_is_part_of_json(shown: Any, *, part: bool) -> None:  # noqa: ANN401 - JSON
    assert is_part(shown, {"a": 1, "b": [{"c": 1}, {"c": 2}]}) is part


def test_a_wrong_console_is_seen(desk: Desk) -> None:
    page = "```console\n$ itsm explain self-link\nnonsense\n```\n\n```console\n$ echo a && ls records\na\n…\n```\n"
    (wrong, now), (right, same) = told_again(page, desk)
    assert "self-link" in now
    assert "nonsense" in wrong
    assert right == same


def test_only_what_is_safe_is_run(desk: Desk) -> None:
    with pytest.raises(AssertionError, match="rm is not run by tests"):
        desk.type("rm -rf records")
