"""Fixtures: goldens, a sealed git repository, and the command line run in this process."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import settings

from itsm_as_code.reading.document import Document, read_document
from tests.support import GitRepo, Run, RunItsm
from tools.sample_history.repository import make

# Machines are noisy: how long an example takes says nothing.
settings.register_profile("steady", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("steady")

_SHORT = 20_000
"""Bytes of a file that is worth remembering."""
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Rewrite the goldens from what the program says now.")


@pytest.fixture(scope="session", autouse=True)
def _sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees the machine's git settings, home, clock variable or colours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        patch.delenv("GIT_DIR", raising=False)
        patch.setenv("COLUMNS", "100")
        yield


@pytest.fixture(scope="session", autouse=True)
def _the_same_file_is_read_once() -> Iterator[None]:
    """Reading is a function of path and bytes, and nobody alters what was read: the sample is read for many tests."""
    remembered = lru_cache(maxsize=2000)(read_document)

    def read(file: str, data: bytes) -> Document:
        return remembered(file, data) if len(data) < _SHORT else read_document(file, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("itsm_as_code.snapshot.load.read_document", read)
        yield


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
