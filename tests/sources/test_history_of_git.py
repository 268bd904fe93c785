"""Commits as git has them, whatever the user's settings, the message's bytes and the shape of the history."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.commit import Commit, FileChange
from itsm_as_code.sources.git import ask
from itsm_as_code.sources.history import read_blobs, read_commit, read_commits, read_parents, shallow_boundary
from itsm_as_code.sources.messages import take_apart
from itsm_as_code.sources.search import files_with, read_on_disk
from tests.support import GitRepo

SETTINGS = {"itsm.yaml": "format: 1\n"}
WEB = "records/teams/web.yaml"
MAIL = "records/teams/mail.yaml"


def commits(root: Path, revision: str = "HEAD", *paths: str) -> list[Commit]:
    return list(read_commits(root, revision, paths or ("records",)))


def raw_commit(repo: GitRepo, text: bytes) -> str:
    file = repo.root.parent / "commit"
    file.write_bytes(text)
    return repo.git("hash-object", "-t", "commit", "-w", "--literally", str(file)).strip()


def test_a_commit_says_who_when_and_what(git_repo: GitRepo) -> None:
    git_repo.commit(SETTINGS)
    first = git_repo.commit({WEB: "name: Web\n"}, "web: a team\n\nBecause.\n\nReviewed-by: Fay <fay@example.org>")
    git_repo.git("config", "user.name", "Ann")
    last = git_repo.commit({WEB: "name: The web\n", MAIL: "name: Mail\n"}, date="2026-03-04T03:07:00+01:00")
    newest, oldest = commits(git_repo.root)
    assert (newest.id, oldest.id, newest.parents) == (last, first, (first,))
    assert oldest.subject == "web: a team"
    assert oldest.body == "Because."
    assert oldest.trailers == (("Reviewed-by", "Fay <fay@example.org>"),)
    assert newest.author_email == "test@example.org"
    assert newest.committed_at.isoformat() == "2026-03-04T03:07:00+01:00"
    assert [change.path for change in newest.changes] == [MAIL, WEB]
    before, after = newest.changes[1].before, newest.changes[1].after
    assert oldest.changes == (FileChange(WEB, "", before),)
    assert dict(read_blobs(git_repo.root, [before, after])) == {before: b"name: Web\n", after: b"name: The web\n"}


def test_what_is_deleted_or_no_plain_file_has_no_blob(git_repo: GitRepo) -> None:
    git_repo.commit({WEB: "name: Web\n", MAIL: "name: Mail\n"})
    (git_repo.root / WEB).unlink()
    (git_repo.root / MAIL).unlink()
    (git_repo.root / MAIL).symlink_to("/etc/passwd")
    git_repo.commit({})
    newest, _ = commits(git_repo.root)
    assert [(change.path, change.after) for change in newest.changes] == [(MAIL, ""), (WEB, "")]
    assert all(change.before for change in newest.changes)


def test_settings_of_the_user_change_nothing(
    git_repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_repo.commit({WEB: "name: Web\n", "records/teams/größe ä.yaml": "name: G\n"}, "größer")
    git_repo.git("checkout", "-q", "-b", "side")
    git_repo.commit({MAIL: "name: Web\n"}, "side")
    git_repo.git("checkout", "-q", "main")
    git_repo.git("mv", WEB, "records/teams/www.yaml")
    git_repo.commit({}, "moved")
    git_repo.git("merge", "-q", "side", "-m", "merged")
    plain = commits(git_repo.root)
    hostile = tmp_path / "gitconfig"
    order = tmp_path / "no-such-order-file"
    hostile.write_text(
        "[log]\nshowSignature = true\nfollow = true\ndecorate = full\ndate = relative\nmailmap = true\n"
        f"diffMerges = off\nshowRoot = false\n[diff]\nrenames = copies\norderFile = {order}\nexternal = false\n"
        "noprefix = true\nrelative = true\nsubmodule = log\nignoreSubmodules = all\nnoSuchThing = 1\n"
        "[core]\nquotePath = true\nabbrev = 4\npager = false\n[color]\nui = always\ndiff = always\n"
        "[i18n]\nlogOutputEncoding = latin1\n[format]\npretty = oneline\n[notes]\ndisplayRef = *\n"
        "[trailer]\nseparators = '#'\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(hostile))
    (git_repo.root / ".mailmap").write_text("Somebody Else <else@example.org> <test@example.org>\n", encoding="utf-8")
    git_repo.git("notes", "add", "-m", "a note", "HEAD")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert commits(git_repo.root) == plain
    assert [commit.subject for commit in commits(git_repo.root, "HEAD", WEB)] == ["merged", "moved", "größer"]
    assert "größe ä" in plain[-1].changes[0].path


def test_replaced_objects_and_grafts_change_nothing(git_repo: GitRepo) -> None:
    first = git_repo.commit({WEB: "name: Web\n"}, "first")
    second = git_repo.commit({WEB: "name: The web\n"}, "second")
    third = git_repo.commit({WEB: "name: Everything\n"}, "third")
    told, parents = commits(git_repo.root), read_parents(git_repo.root, "HEAD")
    git_repo.git("replace", second, first)
    (git_repo.root / ".git/info").mkdir(exist_ok=True)
    (git_repo.root / ".git/info/grafts").write_text(f"{third} {first}\n", encoding="ascii")
    assert commits(git_repo.root) == told
    assert read_parents(git_repo.root, "HEAD") == parents == {third: (second,), second: (first,), first: ()}


def test_git_has_nothing_to_complain_of(git_repo: GitRepo) -> None:
    git_repo.commit({WEB: "name: Web\n"})
    assert ask(["log", "-1", "--format=%s"], git_repo.root) == (b"records\n", b"")


@pytest.mark.parametrize(
    ("message", "subject", "body"),
    [
        (b"", "", ""),
        (b"\n\n\n", "", ""),
        (b":100644 100644 a b M\n\n:000000 100644 x y A", ":100644 100644 a b M", ":000000 100644 x y A"),
        (b"two\nlines\n\nbody", "two lines", "body"),
        (b"\xff\xfe\n\n\xc3", "\ufffd\ufffd", "\ufffd"),
        (b"\x1b[31mred\r\n\r\nbody\r\n", "\x1b[31mred", "body"),
        (b"a" * 100_000, "a" * 20_000, ""),
    ],
)
def test_messages_may_hold_anything(git_repo: GitRepo, message: bytes, subject: str, body: str) -> None:
    first = git_repo.commit({WEB: "name: Web\n"}, "first")
    tree = git_repo.git("rev-parse", "HEAD^{tree}").strip()
    head = f"tree {tree}\nparent {first}\nauthor A <a@b> 1772323200 +0100\ncommitter C <c@d> 1772323200 -0330\n\n"
    odd = raw_commit(git_repo, head.encode() + message)
    told = read_commit(git_repo.root, odd)
    assert (told.subject, told.body) == (subject, body)
    assert told.committed_at.utcoffset() == -timedelta(hours=3, minutes=30)
    assert [commit.id for commit in read_commits(git_repo.root, odd, [WEB])] == [first]


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("1772323200 +0100", datetime(2026, 3, 1, tzinfo=UTC)),
        ("1772323200 +9999", datetime(2026, 3, 1, tzinfo=UTC)),
        ("0 +0000", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_odd_times_are_read(git_repo: GitRepo, raw: str, moment: datetime) -> None:
    git_repo.commit({WEB: "name: Web\n"}, "first")
    tree = git_repo.git("rev-parse", "HEAD^{tree}").strip()
    text = f"tree {tree}\nauthor A <a@b> {raw}\ncommitter C <c@d> {raw}\n\nodd\n"
    assert read_commit(git_repo.root, raw_commit(git_repo, text.encode())).committed_at == moment


@pytest.mark.parametrize("raw", ["99999999999999999999 +0000", "9999999999999 +0000", "-5 +0000", "x", ""])
def test_times_that_are_none_do_not_stop_anything(git_repo: GitRepo, raw: str) -> None:
    git_repo.commit({WEB: "name: Web\n"}, "first")
    tree = git_repo.git("rev-parse", "HEAD^{tree}").strip()
    text = f"tree {tree}\nauthor A <a@b> {raw}\ncommitter C <c@d> {raw}\n\nodd\n"
    told = read_commit(git_repo.root, raw_commit(git_repo, text.encode()))
    assert told.subject == "odd"
    assert told.committed_at.astimezone(UTC).year in (1970, 9999, 2286)


def test_messages_in_another_encoding_are_read(git_repo: GitRepo) -> None:
    git_repo.commit({WEB: "name: Web\n"}, "first")
    tree = git_repo.git("rev-parse", "HEAD^{tree}").strip()
    head = f"tree {tree}\nauthor J\xe9 <a@b> 1 +0000\ncommitter C <c@d> 1 +0000\nencoding ISO-8859-1\n\ncaf\xe9\n"
    told = read_commit(git_repo.root, raw_commit(git_repo, head.encode("latin-1")))
    assert (told.subject, told.author_name) == ("caf\xe9", "J\xe9")


def test_trailers_are_the_last_paragraph_and_nothing_else() -> None:
    text = (
        "subject\n\nSee: the wiki\nand more text\n\nReviewed-by: Fay\n  Weber\n(cherry picked from commit abc)\nX-y:z\n"
    )
    assert take_apart(text) == (
        "subject",
        "See: the wiki\nand more text",
        (("Reviewed-by", "Fay Weber"), ("X-y", "z")),
    )
    assert take_apart("Reviewed-by: a subject alone") == ("Reviewed-by: a subject alone", "", ())
    assert take_apart("subject\n\nReviewed-by: Fay\nis what I would like")[2] == ()


def merged(repo: GitRepo) -> tuple[str, str]:
    """Return a merge of two branches that edited one file each, made with a third edit, and the side's commit."""
    repo.commit({WEB: "name: Web\n", MAIL: "name: Mail\n"})
    repo.git("checkout", "-q", "-b", "side")
    side = repo.commit({MAIL: "name: Post\n"}, "side")
    repo.git("checkout", "-q", "main")
    repo.commit({WEB: "name: Web shop\n"}, "main")
    repo.git("merge", "-q", "--no-ff", "--no-commit", "side")
    return repo.commit({"records/teams/evil.yaml": "name: Evil\n", WEB: "name: Evil\n"}, "merged"), side


def test_of_a_merge_its_own_changes_are_told(git_repo: GitRepo) -> None:
    merge, side = merged(git_repo)
    own = next(commit for commit in commits(git_repo.root) if commit.id == merge)
    assert [change.path for change in own.changes] == ["records/teams/evil.yaml", WEB]
    assert own.changes[0].before == ""
    brought = next(commit for commit in read_commits(git_repo.root, "HEAD", merges="brought") if commit.id == merge)
    assert [change.path for change in brought.changes] == ["records/teams/evil.yaml", MAIL, WEB]
    assert read_parents(git_repo.root, "HEAD")[merge][1] == side


def test_a_branch_whose_edits_were_thrown_away_is_told(git_repo: GitRepo) -> None:
    git_repo.commit({WEB: "name: Web\n"})
    git_repo.git("checkout", "-q", "-b", "side")
    side = git_repo.commit({WEB: "name: Side\n"}, "side")
    git_repo.git("checkout", "-q", "main")
    git_repo.commit({MAIL: "name: Mail\n"}, "main")
    git_repo.git("merge", "-q", "-s", "ours", "side", "-m", "merged")
    assert side in [commit.id for commit in commits(git_repo.root, "HEAD", WEB)]


def test_a_range_has_the_commits_between(git_repo: GitRepo) -> None:
    base = git_repo.commit({WEB: "name: Web\n"})
    head = git_repo.commit({WEB: "name: The web\n"})
    assert [commit.id for commit in commits(git_repo.root, f"{base}..{head}")] == [head]
    assert [commit.id for commit in commits(git_repo.root, f"{base}..")] == [head]
    with pytest.raises(ItsmError, match="nowhere is no revision"):
        commits(git_repo.root, "nowhere..HEAD")


def test_paths_are_literal_and_below_the_root(git_repo: GitRepo) -> None:
    git_repo.commit({f"ops/{WEB}": "name: Web\n", WEB: "name: Other\n", "ops/records/teams/*.yaml": "name: Star\n"})
    [commit] = commits(git_repo.root / "ops")
    assert [change.path for change in commit.changes] == ["records/teams/*.yaml", WEB]
    assert len(commits(git_repo.root / "ops", "HEAD", "records/teams/*.yaml")) == 1
    git_repo.commit({f"ops/{WEB}": "name: The web\n"})
    assert len(commits(git_repo.root / "ops", "HEAD", "records/teams/*.yaml")) == 1
    assert files_with("THE WEB", git_repo.root / "ops", "HEAD") == [WEB]
    assert files_with("nowhere", git_repo.root / "ops", "HEAD") == []


def test_a_shallow_clone_knows_where_it_ends(git_repo: GitRepo, tmp_path: Path) -> None:
    git_repo.commit({WEB: "name: Web\n"})
    last = git_repo.commit({WEB: "name: The web\n"})
    assert shallow_boundary(git_repo.root) == frozenset()
    git_repo.git("clone", "-q", "--depth", "1", f"file://{git_repo.root}", str(tmp_path / "clone"))
    assert shallow_boundary(tmp_path / "clone") == {last}
    assert read_parents(tmp_path / "clone", "HEAD") == {last: ()}
    # As git tells it, everything came with the last commit.
    assert [change.before for change in commits(tmp_path / "clone")[0].changes] == [""]


def test_without_a_commit_there_is_one_line(git_repo: GitRepo) -> None:
    with pytest.raises(ItsmError, match="nothing is committed here yet"):
        commits(git_repo.root)


def test_files_on_disk_are_those_git_would_take(git_repo: GitRepo) -> None:
    git_repo.commit({WEB: "name: Web\n", ".gitignore": "*.tmp.yaml\n"})
    folder = "records/teams/web.d"
    git_repo.write({WEB: "name: Now\n", f"{folder}/a.yaml": "at: x\n", f"{folder}/b.tmp.yaml": "at: y\n"})
    assert read_on_disk(git_repo.root, [WEB, folder]) == {WEB: b"name: Now\n", f"{folder}/a.yaml": b"at: x\n"}
    (git_repo.root / WEB).unlink()
    assert read_on_disk(git_repo.root, [WEB]) == {}
    (git_repo.root / WEB).symlink_to(os.devnull)
    assert read_on_disk(git_repo.root, [WEB]) is None


def test_sha256_repositories_are_read(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "sha256")
    repo.root.mkdir()
    repo.git("init", "-q", "-b", "main", "--object-format=sha256")
    repo.commit({WEB: "name: Web\n"})
    head = repo.commit({WEB: "name: The web\n"})
    newest, _ = commits(repo.root)
    assert (len(head), newest.id) == (64, head)
    assert dict(read_blobs(repo.root, [newest.changes[0].before]))[newest.changes[0].before] == b"name: Web\n"
