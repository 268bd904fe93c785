"""A new repository lints clean, belongs to git, and refuses to overwrite another."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.reading.document import read_document
from itsm_as_code.rules.engine import lint
from itsm_as_code.scaffold.init import init_directory
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.worktree import WorktreeSource


@pytest.mark.parametrize(
    ("person", "email", "organisation"),
    [
        ("", "", ""),
        ("Alice Meier", "alice@example.com", "ACME: tools"),
        ("no", "not an address", "true"),
        ("日本", "x@y", "$organisation \\ \"'"),
    ],
)
def test_a_new_repository_lints_clean(tmp_path: Path, person: str, email: str, organisation: str) -> None:
    root = tmp_path / "new" / "records of ours"
    written = init_directory(root, person, email, organisation)
    snapshot = load(WorktreeSource(root))
    assert lint(snapshot) == ()
    assert sorted(record.kind.name for record in snapshot.records.values()) == ["ci", "person", "service", "team"]
    assert {path for path in written if path.startswith("records/")} == {
        record.file for record in snapshot.records.values()
    }
    assert organisation in ("", snapshot.config.organisation)
    assert all((root / path).is_file() for path in written)


def test_what_its_comments_offer_is_accepted(tmp_path: Path) -> None:
    offered = re.compile(r"^( *)# ( *[\w-]+:(?: .*)?)$", re.MULTILINE)
    for file in init_directory(tmp_path / "new"):
        if file.endswith(".yaml"):
            path = tmp_path / "new" / file
            path.write_text(offered.sub(r"\1\2", path.read_text()))
    text = (tmp_path / "new/itsm.yaml").read_text()
    assert "\n  contact: " in text
    assert "\nrules:\n  " in text
    assert lint(load(WorktreeSource(tmp_path / "new"))) == ()


def test_who_makes_it_is_its_first_person(tmp_path: Path) -> None:
    init_directory(tmp_path / "new", "Alice Meier", "alice@example.com")
    person = load(WorktreeSource(tmp_path / "new")).records["person:alice-meier"]
    assert person.fields == {"name": "Alice Meier", "emails": ["alice@example.com"]}


def test_git_keeps_it(tmp_path: Path) -> None:
    init_directory(tmp_path / "new")
    branch = subprocess.run(
        ["git", "symbolic-ref", "HEAD"],
        cwd=tmp_path / "new", capture_output=True, check=True,
    )  # fmt: skip
    assert branch.stdout == b"refs/heads/main\n"


def test_the_workflow_is_yaml_with_pinned_actions_and_no_rights(tmp_path: Path) -> None:
    init_directory(tmp_path / "new")
    data = (tmp_path / "new/.github/workflows/itsm.yml").read_bytes()
    document = read_document("itsm.yml", data)
    assert document.value["permissions"] == {}
    uses = re.findall(r"uses: (\S+)", data.decode())
    assert uses
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action) for action in uses)
    assert "itsm lint" in data.decode()
    assert "itsm render" in data.decode()


def test_the_workflow_checks_every_night_and_never_a_pull_request(tmp_path: Path) -> None:
    init_directory(tmp_path / "new")
    document = read_document("itsm.yml", (tmp_path / "new/.github/workflows/itsm.yml").read_bytes()).value
    assert document["on"]["schedule"] == [{"cron": "17 3 * * *"}]
    jobs = document["jobs"]
    assert jobs["check"]["if"] == "github.event_name == 'schedule'"
    assert jobs["check"]["steps"][-1]["run"] == "itsm check --format github"
    assert jobs["lint-and-render"]["if"] == "github.event_name != 'schedule'"
    installs = [step for job in jobs.values() for step in job["steps"] if step.get("name") == "Install itsm"]
    assert installs == [installs[0], installs[0]]


def install(root: Path, source: str) -> subprocess.CompletedProcess[str]:
    """Run the workflow's step that installs itsm, with a `python` that only says how it was called."""
    document = read_document("itsm.yml", (root / ".github/workflows/itsm.yml").read_bytes())
    assert document.value["env"] == {"ITSM_SOURCE": ""}
    steps = document.value["jobs"]["lint-and-render"]["steps"]
    (script,) = [step["run"] for step in steps if step.get("name") == "Install itsm"]
    python = root / "bin/python"
    python.parent.mkdir(exist_ok=True)
    python.write_text("#!/bin/sh\nprintf '[%s]' \"$@\"\n")
    python.chmod(0o755)
    return subprocess.run(
        ["bash", "-e", "-c", script],
        env={"PATH": f"{python.parent}:{os.environ['PATH']}", "ITSM_SOURCE": source},
        capture_output=True, check=False, text=True,
    )  # fmt: skip


def test_the_workflow_says_that_its_source_is_not_set(tmp_path: Path) -> None:
    init_directory(tmp_path / "new")
    done = install(tmp_path / "new", "")
    assert done.returncode == 1
    assert re.fullmatch(
        r"::error file=\.github/workflows/itsm\.yml,title=[^:,]+::ITSM_SOURCE is empty.*\n", done.stdout
    )


@pytest.mark.parametrize("source", ["git+https://git.example/o/r@" + "0" * 40, "tools/a b-1-py3-none-any.whl"])
def test_the_workflow_installs_from_what_was_set(tmp_path: Path, source: str) -> None:
    init_directory(tmp_path / "new")
    done = install(tmp_path / "new", source)
    assert (done.returncode, done.stdout) == (0, f"[-m][pip][install][{source}]")


def test_nothing_of_the_starter_expects_a_published_package(tmp_path: Path) -> None:
    root = tmp_path / "new"
    texts = [(root / file).read_text() for file in init_directory(root)]
    assert [text for text in texts if "install itsm-as-code" in text] == []
    assert any("ITSM_SOURCE" in text and "First steps" in text for text in texts)


def test_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine\n")
    assert "README.md" not in init_directory(tmp_path)
    assert (tmp_path / "README.md").read_text() == "mine\n"


@pytest.mark.parametrize("name", ["itsm.yaml", "records"])
def test_it_refuses_a_folder_with_records(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(ItsmError, match=name) as error:
        init_directory(tmp_path)
    assert error.value.hint
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_it_refuses_a_folder_within_another_repository_of_records(tmp_path: Path) -> None:
    init_directory(tmp_path / "outer")
    with pytest.raises(ItsmError, match="lies in the repository of records"):
        init_directory(tmp_path / "outer/records/inner")
    assert not (tmp_path / "outer/records/inner").exists()


def test_without_git_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "no programs"))
    with pytest.raises(ItsmError, match="git is not installed"):
        init_directory(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_way_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ItsmError):
        init_directory(tmp_path / "file")
