"""Plans on disk: all files or none, nothing that changed meanwhile, nothing behind a link."""

import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from itsm_as_code.editing.apply import apply
from itsm_as_code.editing.plan import FileEdit
from itsm_as_code.errors import ItsmError
from itsm_as_code.filing import files

ONE, TWO, NEW = "records/teams/one.yaml", "records/teams/two.yaml", "records/incidents/2026/INC-1.d/a.yaml"
ALL = (
    FileEdit(ONE, b"name: One\n", b"name: First\n"),
    FileEdit(NEW, None, b"at: now\n"),
    FileEdit(TWO, b"name: Two\n", None),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in ((ONE, b"name: One\n"), (TWO, b"name: Two\n")):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
    return tmp_path


def tree(root: Path) -> dict[str, bytes | None]:
    """Return every file with its bytes, and every folder."""
    found = sorted(root.rglob("*"))
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in found}


def refused(root: Path, edits: Sequence[FileEdit]) -> str:
    """Return why the edits are refused; nothing must have changed."""
    before = tree(root)
    with pytest.raises(ItsmError) as error:
        apply(root, edits)
    assert tree(root) == before
    return str(error.value)


def test_files_are_edited_made_and_taken_away(root: Path) -> None:
    apply(root, ALL)
    assert {path: text for path, text in tree(root).items() if text is not None} == {
        ONE: b"name: First\n",
        NEW: b"at: now\n",
    }


def test_the_last_file_of_a_folder_takes_the_folder_with_it(root: Path) -> None:
    apply(root, ALL[1:2])
    apply(root, [FileEdit(NEW, b"at: now\n", None)])
    assert not (root / NEW).parent.exists()


def test_a_file_that_stays_as_it_is_is_not_touched(root: Path) -> None:
    (root / ONE).chmod(0o400)
    before = (root / ONE).stat()
    apply(root, [FileEdit(ONE, b"name: One\n", b"name: One\n")])
    assert (root / ONE).stat() == before


def test_a_file_keeps_its_mode(root: Path) -> None:
    (root / ONE).chmod(0o640)
    apply(root, ALL[:1])
    assert stat.S_IMODE((root / ONE).stat().st_mode) == 0o640


def test_a_file_that_changed_meanwhile_is_noticed(root: Path) -> None:
    (root / TWO).write_bytes(b"name: Zwei\n")
    assert refused(root, ALL) == f"{TWO} changed meanwhile (nothing was written; give the command again)"


def test_a_file_that_went_or_came_meanwhile_is_noticed(root: Path) -> None:
    (root / TWO).unlink()
    assert refused(root, ALL).startswith(f"{TWO} is gone meanwhile")
    (root / NEW).parent.mkdir(parents=True)
    (root / NEW).write_bytes(b"")
    assert refused(root, ALL[:2]).startswith(f"{NEW} was made meanwhile")


def test_a_file_that_changes_while_others_are_written_is_noticed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def meddle(path: Path, target: Path) -> Path:
        (root / TWO).write_bytes(b"name: Zwei\n")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", meddle)
    with pytest.raises(ItsmError, match=f"{TWO} changed meanwhile"):
        apply(root, ALL)
    assert (root / ONE).read_bytes() == b"name: One\n"
    assert (root / TWO).read_bytes() == b"name: Zwei\n"
    assert not (root / NEW).parent.parent.exists()


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_was_done_before_a_failure_is_put_back(
    root: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    (root / ONE).chmod(0o600)
    before = tree(root)

    def fail(_path: Path, _missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - pathlib's signature
        raise failure

    two = (root / TWO).read_bytes()
    with monkeypatch.context() as patch:
        unlink = Path.unlink
        patch.setattr(Path, "unlink", lambda path, **words: fail(path) if path == root / TWO else unlink(path, **words))
        with pytest.raises((ItsmError, KeyboardInterrupt)) as error:
            apply(root, ALL)
    if isinstance(failure, OSError):
        assert str(error.value) == f"{TWO} cannot be written: no space left on device (nothing was written)"
    assert tree(root) == before
    assert two == b"name: Two\n"
    assert stat.S_IMODE((root / ONE).stat().st_mode) == 0o600


def test_a_file_that_cannot_be_put_back_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_words: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(files, "put_new", fail)
    monkeypatch.setattr(files, "replace", fail)
    with pytest.raises(ItsmError, match=f"{ONE} was written and cannot be put back: input/output error"):
        apply(root, ALL)


def test_a_folder_in_which_nothing_may_be_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root, as which tests may run, is kept out of no folder.
    def keep_out(**_words: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("itsm_as_code.filing.files.tempfile.NamedTemporaryFile", keep_out)
    assert refused(root, ALL) == f"{ONE} cannot be written: permission denied (nothing was written)"


def test_a_file_where_a_folder_is_wanted(root: Path) -> None:
    (root / "records/incidents").write_bytes(b"")
    assert refused(root, ALL) == f"{NEW} cannot be written: not a directory (nothing was written)"


def test_nothing_is_written_through_a_link(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / "records/incidents").symlink_to(outside)
    words = "is a symbolic link, or lies behind one; it is not edited"
    assert words in refused(root, ALL)
    assert list(outside.iterdir()) == []
    (root / ONE).rename(outside / "one.yaml")
    (root / ONE).symlink_to(outside / "one.yaml")
    assert words in refused(root, ALL[:1])
    assert (outside / "one.yaml").read_bytes() == b"name: One\n"


def test_a_root_behind_a_link_is_the_root(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    link = tmp_path_factory.mktemp("links") / "records"
    link.symlink_to(root)
    apply(link, ALL[:1])
    assert (root / ONE).read_bytes() == b"name: First\n"


def test_a_folder_in_the_place_of_a_file(root: Path) -> None:
    (root / ONE).unlink()
    (root / ONE).mkdir()
    assert refused(root, ALL) == f"{ONE} cannot be read: is a directory (nothing was written)"


def test_a_file_that_somebody_else_makes_at_the_last_moment_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_new = files.put_new

    def overtaken(temporary: Path, file: Path) -> None:
        file.write_bytes(b"theirs\n")
        put_new(temporary, file)

    monkeypatch.setattr(files, "put_new", overtaken)
    with pytest.raises(ItsmError, match=f"{NEW} was made meanwhile"):
        apply(root, ALL)
    assert (root / NEW).read_bytes() == b"theirs\n"
    assert (root / ONE).read_bytes() == b"name: One\n"
