"""Edits from the command line: judged before they are written, told in a line, and never more than was meant."""

import io
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

import click
import pytest

from itsm_as_code.editing.checking import Outlook
from itsm_as_code.editing.plan import Plan
from tests.editing.organisation import CHANGE, FILES, INCIDENT
from tests.support import GitRepo, Run, RunItsm

INC, CHG = "INC-20260304-k7qz", "CHG-20260303-m2nk"
FOLDER = INCIDENT.removesuffix(".yaml") + ".d"
CLOCK = "1772611200"
"""2026-03-04T09:00:00+01:00."""


@pytest.fixture
def org(git_repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    """Return the small organisation in git, at nine, with Alice at the keyboard."""
    git_repo.commit(dict(FILES))
    git_repo.git("config", "user.email", "Alice@Example.org")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", CLOCK)
    monkeypatch.setenv("NO_COLOR", "1")
    return git_repo


def tree(root: Path) -> Mapping[str, bytes]:
    """Return every file but git's own, with its bytes."""
    files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.relative_to(root).parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def diff(org: GitRepo) -> list[str]:
    """Return the lines that differ from what is committed, new files among them."""
    org.git("add", "-A", "-N")
    found = org.git("diff", "-U0").splitlines()
    return [line for line in found if line[:1] in ("+", "-") and not line.startswith(("+++", "---"))]


def refused(org: GitRepo, run: Run, words: str) -> None:
    """Assert that a command was refused in one line, and wrote nothing."""
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith("error: ")
    assert words in run.stderr
    assert run.stderr.count("\n") == 1
    assert org.git("status", "--porcelain") == ""


def test_from_new_to_closed(org: GitRepo, run_itsm: RunItsm) -> None:
    for words in (
        ("assign", INC, "alice"),
        ("transition", INC, "in-progress"),
        ("note", INC, "Pool", "of", "connections", "is", "small."),
        ("set", INC, "cis[web-01].role=cause", "category=database"),
        ("transition", INC, "resolved", "--set", "resolution.code=fixed", "--reason", "Pool is larger."),
        ("transition", INC, "closed"),
    ):
        run = run_itsm(*words, cwd=org.root)
        assert (run.exit_code, run.stderr) == (0, ""), words
    assert run_itsm("lint", "--strict", cwd=org.root).stderr == ""
    text = (org.root / INCIDENT).read_text()
    assert text.startswith('# Called in by phone.\ntitle: "Checkout is slow"\nstate: closed\n')
    assert "impact: high # for now\n" in text
    assert "  # from the alert\n  - {ci: ci:web-01, role: cause}\n" in text
    assert len(list((org.root / FOLDER).iterdir())) == 2


def test_what_was_done_is_told_with_its_files(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("set", INC, "urgency=high", cwd=org.root / "records/people")
    assert run.stdout == f"{INC}: urgency low → high\n  {INCIDENT}\n"
    assert diff(org) == ["-urgency: low", "+urgency: high"]


def test_twice_is_once(org: GitRepo, run_itsm: RunItsm) -> None:
    for words in (("assign", INC, "web"), ("transition", INC, "canceled"), ("set", INC, "tags+=vip")):
        assert run_itsm(*words, cwd=org.root).exit_code == 0
        before = tree(org.root)
        again = run_itsm(*words, cwd=org.root)
        assert again.exit_code == 0
        assert again.stdout.startswith("nothing to do: ")
        assert tree(org.root) == before


def test_a_dry_run_shows_the_diff_and_writes_nothing(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("set", CHG, "reason=Two holes.", "--dry-run", "--commit", cwd=org.root)
    assert run.exit_code == 0
    assert run.stdout.startswith(f"--- a/{CHANGE}\n+++ b/{CHANGE}\n@@ -1,6 +1,6 @@\n")
    assert "-reason: A hole in the old one.\n+reason: Two holes.\n" in run.stdout
    assert run.stderr == f"would be done: {CHG}: reason A hole in the old one. → Two holes.\nnothing was written\n"
    assert org.git("status", "--porcelain") == ""
    (org.root / "edit.patch").write_text(run.stdout)
    org.git("apply", "edit.patch")
    assert (org.root / CHANGE).read_text() == FILES[CHANGE].replace("A hole in the old one.", "Two holes.")


def test_a_dry_run_of_a_new_file_can_be_applied(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("note", INC, "Called.", "--dry-run", cwd=org.root)
    (org.root / "edit.patch").write_text(run.stdout)
    org.git("apply", "edit.patch")
    (file,) = (org.root / FOLDER).iterdir()
    assert file.read_text() == "at: 2026-03-04T09:00:00+01:00\nby: person:alice\ntype: note\ntext: Called.\n"


REFUSED = [
    (("note", "INC-20260304-k7qx", "x"), "there is no record INC-20260304-k7qx (did you mean INC-20260304-k7qz"),
    (("note", INC, " "), "the note is empty"),
    (("note", INC), "the text of the note is missing"),
    (("note", INC, "x", "--public"), "is internal, so the public site would not show the note"),
    (("note", INC, "x", "--as", "alcie"), "--as: there is no person or team alcie "),
    (("note", INC, "x", "--at", "10:30"), "--at 10:30 is still to come"),
    (("note", INC, "x", "--at", "noon"), "--at noon is not a time"),
    (("assign", INC, "wbe"), "there is no team or person wbe (did you mean team:web?)"),
    (("set", INC), "FIELD=VALUE is missing"),
    (("set", INC, "urgency=hihg"), "urgency=hihg: not one of high, medium, low (did you mean high?)"),
    (("set", INC, "impact="), "nothing was written: "),
    (("set", INC, "title=x"), "nothing was written: "),
    (("set", CHG, "cis="), "nothing was written: "),
    (("transition", INC, "resolved"), f"{INC} cannot become resolved: assignment.team and resolution.code are missing"),
    (("transition", INC, "closed"), f"{INC} cannot go from new to closed"),
    (("transition", CHG, "scheduled"), f"{CHG} cannot become scheduled: planned is missing (give --set planned="),
    (("transition", INC, "canceled", "--at", "2026-03-03"), "is too early"),
]


@pytest.mark.parametrize(
    ("words", "said"), REFUSED, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_what_is_refused_leaves_everything_as_it_was(
    org: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    refused(org, run_itsm(*words, cwd=org.root), said)


def test_faults_that_were_there_before_do_not_stop_an_edit(org: GitRepo, run_itsm: RunItsm) -> None:
    org.commit({INCIDENT: FILES[INCIDENT].replace("impact: high", "impact: hihg")})
    assert run_itsm("lint", cwd=org.root).exit_code == 1
    assert run_itsm("note", INC, "Called.", cwd=org.root).exit_code == 0
    run = run_itsm("set", INC, "urgency=medium", cwd=org.root)
    assert (run.exit_code, run.stderr) == (0, "")
    assert run_itsm("set", INC, "impact=high", cwd=org.root).exit_code == 0
    assert run_itsm("lint", cwd=org.root).exit_code == 0


def test_a_record_that_cannot_be_read_is_not_edited(org: GitRepo, run_itsm: RunItsm) -> None:
    org.commit({INCIDENT: FILES[INCIDENT] + "  - {at: [\n"})
    run = run_itsm("note", INC, "Called.", cwd=org.root)
    refused(org, run, f"{INCIDENT} cannot be read whole, and so not be edited (itsm lint {INCIDENT} says why)")


def test_new_warnings_and_errors_elsewhere_are_told(org: GitRepo, run_itsm: RunItsm) -> None:
    org.write({"records/services/shop.yaml": FILES["records/services/shop.yaml"] + "depends_on: [ci:web-01]\n"})
    assert run_itsm("transition", "ci:web-01", "retiring", cwd=org.root).exit_code == 0
    run = run_itsm("transition", "ci:web-01", "retired", cwd=org.root)
    assert run.exit_code == 0
    assert "warning: this makes an error of another record: service:shop: ci:web-01 is retired" in run.stderr
    run = run_itsm("set", "ci:web-02", "owner=", cwd=org.root)
    assert run.exit_code == 0
    assert run.stderr.startswith("warning: ci:web-02: ")
    assert run.stderr.endswith(" (ownerless-ci)\n")


def test_who_is_not_known_cannot_write_into_a_timeline(org: GitRepo, run_itsm: RunItsm) -> None:
    org.git("config", "user.email", "mallory@example.org")
    run = run_itsm("note", INC, "x", cwd=org.root)
    refused(org, run, "no person has mallory@example.org, git's user.email (say who you are: --as PERSON")
    assert run_itsm("note", INC, "x", "--as", "bob", cwd=org.root).exit_code == 0
    assert run_itsm("set", INC, "urgency=high", cwd=org.root).exit_code == 0
    assert run_itsm("transition", "ci:web-01", "maintenance", cwd=org.root).exit_code == 0
    assert run_itsm("set", INC, "urgency=low", "--as", "nobody", cwd=org.root).exit_code == 2


def test_git_is_not_needed(tmp_path: Path, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", CLOCK)
    GitRepo(tmp_path).write(dict(FILES))
    assert run_itsm("note", INC, "x", "--as", "alice", cwd=tmp_path).exit_code == 0
    assert run_itsm("set", CHG, "reason=Two holes.", cwd=tmp_path).exit_code == 0
    before = tree(tmp_path)
    run = run_itsm("set", CHG, "reason=Three holes.", "--commit", cwd=tmp_path)
    assert run.exit_code == 2
    assert tree(tmp_path) == before


def test_a_file_that_changes_meanwhile_is_noticed(
    org: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meddle(_plan: Plan, _outlook: Outlook) -> None:
        (org.root / CHANGE).write_text(FILES[CHANGE] + "# by hand\n")

    monkeypatch.setattr("itsm_as_code.cli.editing.refuse_errors", meddle)
    run = run_itsm("set", CHG, "reason=Two holes.", cwd=org.root)
    assert run.exit_code == 2
    assert f"{CHANGE} changed meanwhile (nothing was written; give the command again)" in run.stderr
    assert (org.root / CHANGE).read_text() == FILES[CHANGE] + "# by hand\n"


def test_an_interruption_between_two_files_leaves_neither(
    org: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_words: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("itsm_as_code.filing.files.put_new", interrupt)
    run = run_itsm("assign", INC, "web", cwd=org.root)
    assert (run.exit_code, run.stderr.strip()) == (130, "error: interrupted")
    assert org.git("status", "--porcelain") == ""
    assert not (org.root / FOLDER).exists()


def test_line_ends_and_modes_stay(org: GitRepo, run_itsm: RunItsm) -> None:
    file = org.root / CHANGE
    file.write_bytes(FILES[CHANGE].replace("\n", "\r\n").encode())
    file.chmod(0o600)
    assert run_itsm("note", CHG, "One.\nTwo.", cwd=org.root).exit_code == 0
    assert run_itsm("transition", CHG, "canceled", cwd=org.root).exit_code == 0
    data = file.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_note_from_standard_input(org: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Zwei Zeilen,\nmit Ü und \xff.\n".encode("latin-1"))))
    assert run_itsm("note", CHG, "-", cwd=org.root).exit_code == 0
    assert "Zwei Zeilen,\n" in (org.root / CHANGE).read_text()


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("written", "code"), [("Called.\n\n# ------ the note ends here ------\n# INC\n", 0), ("\n", 2), (None, 2)]
)
def test_a_note_from_an_editor(
    org: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch, written: str | None, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", _Terminal(io.BytesIO()))
    shown = []

    def edit(text: str, **_words: object) -> str | None:
        shown.append(text)
        return written

    monkeypatch.setattr(click, "edit", edit)
    run = run_itsm("note", CHG, cwd=org.root)
    assert run.exit_code == code
    assert shown == [f"\n\n# ------ the note ends here ------\n# {CHG}  New kernel\n"]
    assert ("Called." in (org.root / CHANGE).read_text()) == (code == 0)


def test_a_diff_has_colours_only_on_a_terminal(
    org: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[" not in run_itsm("set", CHG, "reason=Two.", "--dry-run", cwd=org.root).stdout
    monkeypatch.setattr("itsm_as_code.cli.options._is_terminal", lambda _stream: True)
    shown = run_itsm("set", CHG, "reason=Two.", "--dry-run", cwd=org.root).stdout
    assert "\x1b[31m-reason: A hole in the old one.\x1b[0m\n\x1b[32m+reason: Two.\x1b[0m\n" in shown
    assert shown.startswith(f"\x1b[1m--- a/{CHANGE}\x1b[0m\n")


def test_an_edit_can_be_committed_and_nothing_else(org: GitRepo, run_itsm: RunItsm) -> None:
    org.write({"records/people/carol.yaml": "name: Carol C. Cole\n", "notes.txt": "x"})
    org.git("config", "user.name", "Alice")
    run = run_itsm("transition", CHG, "canceled", "--reason", "Not needed.", "--commit", cwd=org.root)
    assert run.exit_code == 0, run.stderr
    assert f"{CHG}: new → canceled\n  {CHANGE}\n  committed as " in run.stdout
    assert org.git("log", "-1", "--format=%s|%an").strip() == f"{CHG}: new → canceled|Alice"
    assert org.git("log", "-1", "--format=%(trailers:key=Itsm-Record)").strip() == f"Itsm-Record: {CHG}"
    assert org.git("show", "--name-only", "--format=", "HEAD").split() == [CHANGE]
    assert org.git("status", "--porcelain").splitlines() == [" M records/people/carol.yaml", "?? notes.txt"]


def test_a_file_that_git_would_ignore_is_not_written(org: GitRepo, run_itsm: RunItsm) -> None:
    org.commit({".gitignore": "*.o\n*.d\n"})
    run = run_itsm("note", INC, "Called.", cwd=org.root)
    refused(org, run, ".yaml (.gitignore:2: *.d) (take the line out, or add one below it: !records/**/*.d/)")
    assert not (org.root / FOLDER).exists()
    org.commit({".gitignore": "*.o\n*.d\n!records/**/*.d/\n"})
    assert run_itsm("note", INC, "Called.", cwd=org.root).exit_code == 0
    assert "Called." in run_itsm("show", INC, cwd=org.root).stdout
    assert diff(org) == ["+at: 2026-03-04T09:00:00+01:00", "+by: person:alice", "+type: note", "+text: Called."]


def test_a_note_that_is_refused_is_not_lost(org: GitRepo, run_itsm: RunItsm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Terminal(io.BytesIO()))
    monkeypatch.setattr(click, "edit", lambda *_words, **_more: "A long story.\n")
    run = run_itsm("note", INC, "--public", cwd=org.root)
    assert run.exit_code == 2
    assert run.stderr.startswith("A long story.\n")
    assert "error: " in run.stderr
