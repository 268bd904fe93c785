"""Fixtures: goldens, a sealed git repository, and the command line run in this process."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support import GitRepo, Run, RunItsm
from tools.sample_history.repository import make

# Machines are noisy: how long an example takes says nothing.
settings.register_profile("steady", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("steady")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Rewrite the goldens from what the program says now.")


@pytest.fixture(autouse=True)
def _sealed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the machine's git settings, clock variable or colours."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.delenv("GIT_DIR", raising=False)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return what compares a text with tests/golden/<name>; `--update-golden` rewrites it."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        assert file.exists(), f"no golden {name}; make it with --update-golden"
        assert text == file.read_bytes().decode()

    return compare


@pytest.fixture
def git_repo(tmp_path: Path) -> GitRepo:
    """An empty, sealed git repository."""
    root = tmp_path / "repo"
    root.mkdir()
    repo = GitRepo(root)
    repo.git("init", "-q", "-b", "main")
    return repo


@pytest.fixture(scope="session")
def sample_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample organisation as a git repository with its history of four months; whoever writes copies it first."""
    root = tmp_path_factory.mktemp("sample") / "records"
    make(root)
    return root


@pytest.fixture
def run_itsm(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> RunItsm:
    """Return what runs `itsm` in this process."""
    from itsm_as_code.cli.main import main  # noqa: PLC0415 - only where a test runs the command line

    def run(*arguments: str, cwd: Path | None = None) -> Run:
        monkeypatch.setattr(sys, "argv", ["itsm", *arguments])
        if cwd is not None:
            monkeypatch.chdir(cwd)
        capfd.readouterr()
        with pytest.raises(SystemExit) as exit_:
            main()
        captured = capfd.readouterr()
        code = exit_.value.code
        return Run(code if isinstance(code, int) else 1, captured.out, captured.err)

    return run
