"""Folders that would mislead a reader: odd names, links, pipes, depth, and what changes under its hands."""

import os
import socket
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.rules.engine import lint as find
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.worktree import WorktreeSource
from tests.hostile.runs import FILES, NEIGHBOUR, itsm, lint, write

TEAM = "name: Web team\n"
NAMES = {
    "a line end": b"a\nb.yaml",
    "a carriage return": b"a\rb.yaml",
    "a tab": b"a\tb.yaml",
    "quotes": b"a'b\"c.yaml",
    "an escape sequence": b"\x1b[31mred.yaml",
    "bytes that are not UTF-8": b"\xff\xfe.yaml",
    "a backslash": b"a\\b.yaml",
    "an option": b"--help.yaml",
    "a shell's command": b"$(id).yaml",
    "a pattern": b"[*].yaml",
    "a workflow command": b"::error::x.yaml",
    "nothing but the ending": b".yaml",
    "dots": b"...yaml",
    "a blank": b" .yaml",
    "255 bytes": b"x" * 250 + b".yaml",
    "a Cyrillic letter": "w\u0435b.yaml".encode(),
    "a composed letter": "\u00e9.yaml".encode(),
    "a letter and its accent": "e\u0301.yaml".encode(),
    "a wide letter": "\uff57eb.yaml".encode(),
    "a turn of direction": "\u202egnp.yaml".encode(),
    "a space without width": "we\u200bb.yaml".encode(),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    return tmp_path


def found_in(root: Path) -> list[tuple[str, str, str]]:
    """Return file, rule and message of what is found, without the neighbour's."""
    findings = find(load(WorktreeSource(root)))
    assert [found.rule for found in findings if found.place.file == NEIGHBOUR] == ["unknown-field"]
    return [(found.place.file, found.rule, found.message) for found in findings if found.place.file != NEIGHBOUR]


def test_files_of_any_name_are_told_and_printed(root: Path) -> None:
    for name in NAMES.values():
        Path(os.fsdecode(os.fsencode(root) + b"/records/teams/" + name)).write_text(TEAM)
    found = lint(root)
    assert len(found) == len(NAMES) + 1
    assert {rule for places in found.values() for rule, _, _ in places} == {"id-path-mismatch", "unknown-field"}
    for format_ in ("text", "github"):
        done = itsm(root, "lint", "--format", format_)
        assert (done.returncode, done.stderr) == (1, b"")
        assert all(letter.isprintable() for letter in done.stdout.decode().replace("\n", ""))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("w\u0435b", "it has U+0435 CYRILLIC SMALL LETTER IE, which looks like e; rename the file in plain letters"),
        (
            "\uff57eb",
            "it has U+FF57 FULLWIDTH LATIN SMALL LETTER W, which looks like w; rename the file in plain letters",
        ),
        ("we\u200bb", "it has U+200B ZERO WIDTH SPACE; rename the file in plain letters"),
        ("web\u0301", "it has U+0301 COMBINING ACUTE ACCENT; rename the file in plain letters"),
        ("web ", "beginning with a letter or digit; rename the file"),
    ],
)
def test_a_letter_that_only_looks_right_is_named(root: Path, name: str, words: str) -> None:
    write(root, {f"records/teams/{name}.yaml": TEAM})
    ((_, rule, message),) = found_in(root)
    assert rule == "id-path-mismatch"
    assert message.endswith(words)


def test_a_link_that_only_looks_right_names_the_letter(root: Path) -> None:
    write(root, {"records/slas/gold.yaml": "title: Gold\nowner: team:w\u0435b\n"})
    message = next(message for _, rule, message in found_in(root) if rule == "dangling-link")
    assert "(did you mean team:web?); yours has U+0435 CYRILLIC SMALL LETTER IE, which looks like e" in message


def test_of_names_that_differ_in_capitals_the_odd_one_is_told(root: Path) -> None:
    write(root, {"records/teams/WEB.yaml": TEAM, "records/TEAMS/web.yaml": TEAM})
    assert [(file, rule) for file, rule, _ in found_in(root)] == [
        ("records/TEAMS/web.yaml", "id-path-mismatch"),
        ("records/teams/WEB.yaml", "duplicate-id"),
    ]


def test_links_that_go_round_are_not_followed(root: Path) -> None:
    teams = root / "records/teams"
    for name, target in (("a.yaml", "b.yaml"), ("b.yaml", "a.yaml"), ("c.yaml", "c.yaml"), ("up", ".."), ("etc", "/")):
        (teams / name).symlink_to(target)
    assert {(file, rule) for file, rule, _ in found_in(root)} == {
        (f"records/teams/{name}", "symlink") for name in ("a.yaml", "b.yaml", "c.yaml", "up", "etc")
    }


def test_records_behind_a_link_are_one_finding(tmp_path: Path) -> None:
    write(tmp_path, {"itsm.yaml": "format: 1\n", f"elsewhere/{NEIGHBOUR}": TEAM})
    (tmp_path / "records").symlink_to("elsewhere/records")
    snapshot = load(WorktreeSource(tmp_path))
    assert [(fault.file, fault.rule) for fault in snapshot.faults] == [("records", "symlink")]


def test_schemas_behind_a_link_are_refused_unseen(root: Path) -> None:
    (root / "schemas").symlink_to("/")
    with pytest.raises(ItsmError, match="schemas is a symlink"):
        load(WorktreeSource(root))


def test_what_is_no_file_is_told(root: Path) -> None:
    teams = root / "records/teams"
    os.mkfifo(teams / "pipe.yaml")
    (teams / "folder.yaml").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(teams)  # the path of a socket may have no more than a hundred letters
        try:
            listener.bind("socket.yaml")
        finally:
            os.chdir(here)
        assert found_in(root) == [
            (f"records/teams/{name}.yaml", "unreadable-file", message)
            for name, message in (
                (
                    "pipe",
                    "the file cannot be read: it is a pipe or a device, not a file; make it readable, or delete it",
                ),
                ("socket", "the file cannot be read: it is a socket, not a file; make it readable, or delete it"),
            )
        ]


def test_folders_are_read_however_deep(root: Path) -> None:
    here = Path.cwd()
    os.chdir(root / "records/teams")
    try:
        for _ in range(1100):
            Path("d").mkdir()
            os.chdir("d")
        Path("deep.yaml").write_text(TEAM)
        os.chdir(root / "records/teams")
        for _ in range(50):
            name = "d" * 100
            Path(name).mkdir()
            os.chdir(name)
    finally:
        os.chdir(here)
    rules = [(rule, message.partition("; ")[0]) for _, rule, message in found_in(root)]
    # Neither shutil nor pytest, which tidies up later, can delete folders as deep as this.
    subprocess.run(["rm", "-rf", root / "records/teams"], check=True)
    assert rules[-1] == ("unreadable-file", "the folder cannot be listed: file name too long")
    assert rules[0] == ("id-path-mismatch", "deep belongs in records/teams/deep.yaml")


def test_a_folder_that_cannot_be_listed_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, {"records/slas/gold.yaml": "title: Gold\n"})
    listing = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("records/slas"):
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found_in(root) == [
        (
            "records/slas",
            "unreadable-file",
            "the folder cannot be listed: permission denied; its records are missing until it can",
        )
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_what_is_forbidden_is_told(root: Path) -> None:
    write(root, {"records/slas/gold.yaml": "title: Gold\n", "records/teams/own.yaml": TEAM})
    (root / "records/slas").chmod(0)
    (root / "records/teams/own.yaml").chmod(0)
    try:
        assert [(file, rule) for file, rule, _ in found_in(root)] == [
            ("records/slas", "unreadable-file"),
            ("records/teams/own.yaml", "unreadable-file"),
        ]
    finally:
        (root / "records/slas").chmod(0o755)


class _Meddled(WorktreeSource):
    """A work tree that somebody changes between its being listed and its being read."""

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes | str]]:
        """Change the files, then read."""
        listed = list(paths)
        teams = self._root / "records/teams"
        if "records/teams/gone.yaml" in listed:
            (teams / "gone.yaml").unlink()
            (teams / "linked.yaml").unlink()
            (teams / "linked.yaml").symlink_to("web.yaml")
            (teams / "folder.yaml").unlink()
            (teams / "folder.yaml").mkdir()
            with (teams / "grown.yaml").open("a") as file:
                file.write("# more\n" * 200_000)
        yield from super().read(listed)


def test_what_changes_meanwhile_is_told_or_left_out(root: Path) -> None:
    write(root, {f"records/teams/{name}.yaml": TEAM for name in ("gone", "linked", "folder", "grown")})
    snapshot = load(_Meddled(root))
    assert {record.id for record in snapshot.records.values() if record.file.startswith("records/teams")} == {
        "web",
        "linked",
        "folder",
        "grown",
    }
    assert [(fault.file, fault.rule, fault.message.partition("; ")[0]) for fault in snapshot.faults] == [
        ("records/teams/folder.yaml", "unreadable-file", "the file cannot be read: a folder stands in its place"),
        ("records/teams/grown.yaml", "too-large", "the file is larger than 1,048,576 bytes and not read"),
        (
            "records/teams/linked.yaml",
            "unreadable-file",
            "the file cannot be read: a symbolic link stands in its place",
        ),
        (NEIGHBOUR, "unknown-field", "unknown field nonsense"),
    ]


def test_empty_files_are_told_one_by_one(root: Path) -> None:
    write(root, {f"records/cis/empty-{number:04}.yaml": "" for number in range(500)})
    found = lint(root)
    del found[NEIGHBOUR]  # type: ignore[attr-defined]
    assert len(found) == 500
    assert {place for places in found.values() for place in places} == {("not-a-mapping", 1, 1)}
