"""`itsm propose`, with real repositories and a bare one as remote."""

import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import GitRepo, RunItsm

SERVICE = "records/services/shop.yaml"
INCIDENT = "records/incidents/2026/INC-20260304-k7qz.yaml"
ENTRY = "records/incidents/2026/INC-20260304-k7qz.d/20260304T020700Z-k7qz.yaml"
NEW = (
    "title: Slow\nimpact: low\nurgency: low\ntimeline: [{at: 2026-03-04T02:07:00Z, by: person:alice, type: created}]\n"
)
NOTE = "{at: 2026-03-04T02:07:00Z, by: person:alice, type: note, text: Hm.}\n"
SHOP = "title: Shop\ntype: business\ntier: 1\nowner: person:alice\nstate: live\n"
SHOPS = SHOP.replace("Shop", "Shops")
BRANCH = "itsm/INC-20260304-k7qz"


@pytest.fixture
def repo(git_repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    """A repository of records whose remote `origin` is bare, and said to be on a forge."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772589600")
    for name, value in {"user.name": "Alice", "user.email": "alice@example.org", "user.useConfigOnly": "true"}.items():
        git_repo.git("config", name, value)
    git_repo.git("init", "-q", "--bare", "-b", "main", str(tmp_path / "origin.git"))
    git_repo.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    git_repo.commit(
        {
            "itsm.yaml": "format: 1\n",
            "records/people/alice.yaml": "name: Alice\nemails: [alice@example.org]\n",
            SERVICE: SHOP,
        }
    )
    git_repo.git("push", "-q", "-u", "origin", "main")
    return git_repo


@pytest.fixture
def origin(repo: GitRepo, tmp_path: Path) -> GitRepo:
    assert repo
    return GitRepo(tmp_path / "origin.git")


def files(repo: GitRepo, revision: str) -> list[str]:
    return repo.git("show", "--name-only", "--format=", revision).split()


def here(repo: GitRepo) -> str:
    return repo.git("rev-parse", "--abbrev-ref", "HEAD").strip()


def test_a_record_is_proposed_and_what_follows_goes_to_the_same_branch(
    repo: GitRepo, origin: GitRepo, run_itsm: RunItsm
) -> None:
    repo.write({INCIDENT: NEW, SERVICE: SHOPS, "notes.txt": "mine\n"})
    repo.git("add", "notes.txt")
    run = run_itsm("propose", "INC-20260304-k7qz", cwd=repo.root)
    assert (run.exit_code, run.stderr) == (0, "")
    id_ = repo.git("rev-parse", "--short", "HEAD").strip()
    assert run.stdout == (
        f"INC-20260304-k7qz: Slow\n  {INCIDENT}\n  committed as {id_} on branch {BRANCH}\npushed to origin\n"
        "no link, since the forge is not known; itsm.yaml may say it: forge: {type: gitlab, url: https://…}\n"
        f"you are on branch {BRANCH} now; git switch main goes back\n"
    )
    assert files(origin, BRANCH) == [INCIDENT]
    assert repo.git("log", "-1", "--format=%B%cI").strip() == (
        "INC-20260304-k7qz: Slow\n\nItsm-Record: INC-20260304-k7qz\n2026-03-04T02:00:00+00:00"
    )
    assert repo.git("status", "--porcelain") == f"A  notes.txt\n M {SERVICE}\n"

    repo.write({ENTRY: NOTE, INCIDENT: NEW.replace("Slow", "Slower")})
    run = run_itsm("propose", "INC-20260304-k7qz", cwd=repo.root)
    assert run.exit_code == 0
    assert run.stdout.startswith("INC-20260304-k7qz: title, note\n")
    assert "you are" not in run.stdout
    assert origin.git("log", "--format=%s", f"main..{BRANCH}").splitlines() == [
        "INC-20260304-k7qz: title, note",
        "INC-20260304-k7qz: Slow",
    ]
    again = run_itsm("propose", "INC-20260304-k7qz", cwd=repo.root)
    assert again.exit_code == 2
    assert again.stderr.startswith(
        "error: nothing to propose: no edit of INC-20260304-k7qz is uncommitted, and itsm/INC"
    )


def test_another_record_gets_a_branch_that_begins_where_the_first_began(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.write({INCIDENT: NEW})
    run_itsm("propose", "INC-20260304-k7qz", cwd=repo.root)
    repo.write({SERVICE: SHOPS})
    run = run_itsm("propose", "service:shop", cwd=repo.root)
    assert "committed as" in run.stdout
    assert here(repo) == "itsm/service-shop"
    assert repo.git("log", "--format=%s", "main..").splitlines() == ["shop: title"]
    assert not (repo.root / INCIDENT).exists()


def test_all_edits_go_together(repo: GitRepo, origin: GitRepo, run_itsm: RunItsm) -> None:
    repo.write({INCIDENT: NEW, ENTRY: NOTE, SERVICE: "title: Shops\n", "README.md": "mine\n"})
    (repo.root / "records/people/alice.yaml").unlink()
    assert run_itsm("propose", cwd=repo.root).exit_code == 0
    branch = here(repo)
    assert branch.startswith("itsm/")
    assert branch.endswith("-and-2-more")
    assert sorted(files(origin, branch)) == sorted([INCIDENT, ENTRY, SERVICE, "records/people/alice.yaml"])
    assert repo.git("log", "-1", "--format=%(trailers:key=Itsm-Record,valueonly,separator=%x20)").split() == [
        "person:alice",
        "service:shop",
        "INC-20260304-k7qz",
    ]
    # On a branch of ours all that is edited later is added, whatever it is.
    repo.write({SERVICE: "title: Shopping\n"})
    assert run_itsm("propose", cwd=repo.root).exit_code == 0
    assert here(repo) == branch


def test_there_and_back(repo: GitRepo, origin: GitRepo, run_itsm: RunItsm) -> None:
    repo.write({INCIDENT: NEW, "notes.txt": "mine\n"})
    run = run_itsm("propose", "--back", cwd=repo.root)
    assert run.stdout.endswith(f"you are back on main, without the edits; git switch {BRANCH} goes to them\n")
    assert here(repo) == "main"
    assert repo.git("status", "--porcelain") == "?? notes.txt\n"
    assert files(origin, BRANCH) == [INCIDENT]


def test_a_branch_of_the_name_that_is_somebody_elses_is_left_alone(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.git("branch", "-q", BRANCH)
    repo.git("switch", "-q", BRANCH)
    theirs = repo.commit({"theirs.txt": "x\n"})
    repo.git("switch", "-q", "main")
    # Another one that a colleague pushed from elsewhere.
    repo.git("push", "-q", "origin", f"{BRANCH}:refs/heads/{BRANCH}-2")
    repo.write({INCIDENT: NEW})
    assert run_itsm("propose", cwd=repo.root).exit_code == 0
    assert here(repo) == f"{BRANCH}-3"
    assert repo.git("rev-parse", BRANCH).strip() == theirs


def test_a_branch_of_ours_is_added_to_and_one_that_is_merged_begins_anew(
    repo: GitRepo, origin: GitRepo, run_itsm: RunItsm
) -> None:
    repo.write({SERVICE: SHOPS})
    run_itsm("propose", "--back", cwd=repo.root)
    repo.write({"records/services/shop.d/20260304T020700Z-k7qz.yaml": NOTE})
    assert run_itsm("propose", "service:shop", "--back", cwd=repo.root).exit_code == 0
    assert len(origin.git("log", "--format=%s", "main..itsm/service-shop").splitlines()) == 2
    repo.git("merge", "-q", "itsm/service-shop")
    repo.commit({"other.txt": "x\n"})
    repo.write({SERVICE: SHOP.replace("Shop", "Shopping")})
    assert run_itsm("propose", "service:shop", cwd=repo.root).exit_code == 0
    assert here(repo) == "itsm/service-shop"
    assert len(repo.git("log", "--format=%s", "main..").splitlines()) == 1


def test_edits_that_a_branch_of_ours_has_otherwise_stay_where_they_are(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.write({SERVICE: SHOPS})
    run_itsm("propose", "--back", cwd=repo.root)
    repo.write({SERVICE: SHOP.replace("Shop", "Shopping")})
    run = run_itsm("propose", "service:shop", cwd=repo.root)
    assert run.exit_code == 2
    assert run.stderr == (
        "error: git cannot go to branch itsm/service-shop: Your local changes to the following files would be "
        f"overwritten by checkout: {SERVICE} (git stash, git switch to that branch, git stash pop, and try again)\n"
    )
    assert here(repo) == "main"
    assert (repo.root / SERVICE).read_text().startswith("title: Shopping\n")


def test_a_hook_that_refuses_leaves_all_as_it_was(repo: GitRepo, run_itsm: RunItsm) -> None:
    file = repo.root / ".git" / "hooks" / "pre-commit"
    file.parent.mkdir(exist_ok=True)
    file.write_text("#!/bin/sh\necho 'no good'\nexit 1\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    repo.write({INCIDENT: NEW})
    run = run_itsm("propose", cwd=repo.root)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr == (
        "no good\nerror: not committed: a hook of the repository refused (the files stay edited; see what was said "
        "above, and try again)\n"
    )
    assert here(repo) == "main"
    assert repo.git("branch", "--format=%(refname:short)") == "main\n"
    assert repo.git("status", "--porcelain", "-uall") == f"?? {INCIDENT}\n"


def test_a_push_that_fails_keeps_the_commit_and_may_be_tried_again(
    repo: GitRepo, origin: GitRepo, run_itsm: RunItsm
) -> None:
    hook = origin.root / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'closed on Sundays' >&2\nexit 1\n")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    repo.write({INCIDENT: NEW})
    run = run_itsm("propose", cwd=repo.root)
    assert run.exit_code == 2
    assert run.stderr == (
        f"error: {BRANCH} was not pushed to origin: pre-receive hook declined: closed on Sundays "
        "(the commit is on the branch; try again with itsm propose)\n"
    )
    assert files(repo, BRANCH) == [INCIDENT]
    hook.unlink()
    run = run_itsm("propose", cwd=repo.root)
    assert (run.exit_code, run.stdout.splitlines()[0]) == (0, "pushed to origin")
    assert files(origin, BRANCH) == [INCIDENT]


def test_a_hook_that_refuses_to_push_is_heard(repo: GitRepo, run_itsm: RunItsm) -> None:
    hook = repo.root / ".git" / "hooks" / "pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'not on Fridays'\nexit 1\n")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    repo.write({INCIDENT: NEW})
    run = run_itsm("propose", cwd=repo.root)
    assert run.stderr.startswith(f"error: {BRANCH} was not pushed to origin: not on Fridays (the commit is on the")
    hook.write_text("#!/bin/sh\nexit 1\n")
    run = run_itsm("propose", cwd=repo.root)
    assert run.stderr.startswith(f"error: {BRANCH} was not pushed to origin: a hook refused (the commit is on the")


def test_a_remote_that_is_not_there_is_a_line_without_the_password(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.git("remote", "set-url", "origin", "http://alice:s3cret@127.0.0.1:9/seven/records.git")
    repo.write({INCIDENT: NEW})
    run = run_itsm("propose", cwd=repo.root)
    assert run.exit_code == 2
    assert run.stderr.startswith(
        f"error: {BRANCH} was not pushed to origin: unable to access 'http://127.0.0.1:9/seven/records.git/': "
    )
    assert "s3cret" not in run.stdout + run.stderr


def test_a_remote_with_other_commits_is_told(repo: GitRepo, origin: GitRepo, run_itsm: RunItsm, tmp_path: Path) -> None:
    repo.write({INCIDENT: NEW})
    run_itsm("propose", cwd=repo.root)
    repo.git("clone", "-q", str(origin.root), str(tmp_path / "other"))
    other = GitRepo(tmp_path / "other")
    other.git("switch", "-q", BRANCH)
    other.commit({"x.txt": "x\n"})
    other.git("push", "-q")
    repo.write({ENTRY: NOTE})
    run = run_itsm("propose", cwd=repo.root)
    assert run.stderr.startswith(f"error: {BRANCH} was not pushed to origin: the remote has other commits on it (")


def test_the_link_leads_to_the_forge(repo: GitRepo, origin: GitRepo, run_itsm: RunItsm) -> None:
    repo.git("remote", "add", "forge", "git@git.example.org:seven/records.git")
    repo.git("config", "remote.forge.pushurl", str(origin.root))
    repo.commit({"itsm.yaml": "format: 1\nforge: {type: gitlab, url: https://git.example.org}\n"})
    repo.write({INCIDENT: NEW})
    run = run_itsm("propose", "--remote", "forge", cwd=repo.root)
    assert run.exit_code == 0
    assert (
        "new pull request: https://git.example.org/seven/records/-/merge_requests/new?merge_request%5Bsource_branch%5D="
        "itsm%2FINC-20260304-k7qz&merge_request%5Btarget_branch%5D=main\n"
    ) in run.stdout


def test_without_a_remote_it_is_committed_alone_where_that_is_wanted(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.git("remote", "remove", "origin")
    repo.write({INCIDENT: NEW})
    run = run_itsm("propose", cwd=repo.root)
    assert run.stderr == ("error: this repository has no remote to push to (git remote add origin URL, or --no-push)\n")
    run = run_itsm("propose", "--no-push", "-m", "INC: slow", cwd=repo.root)
    assert run.stdout.splitlines()[0] == "INC: slow"
    assert run.stdout.splitlines()[-1] == f"you are on branch {BRANCH} now; git switch main goes back"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "nothing to propose: no edit is uncommitted (edit something first, or git push)"),
        (["service:shop"], "nothing to propose: no edit of service:shop is uncommitted (edit something first"),
        (["service:shup"], "there is no record service:shup (did you mean service:shop?)"),
        (["--remote", "https://alice:s3cret@git.example.org/x"], "there is no remote https://git.example.org/x ("),
        (["--remote", "upstream"], "there is no remote upstream (git remote lists their names)"),
    ],
)
def test_what_cannot_be_proposed(repo: GitRepo, run_itsm: RunItsm, arguments: Sequence[str], words: str) -> None:
    run = run_itsm("propose", *arguments, cwd=repo.root)
    assert run.exit_code == 2
    assert run.stderr.startswith(f"error: {words}")


def test_from_a_detached_head_and_for_a_base_that_is_not_there(repo: GitRepo, run_itsm: RunItsm) -> None:
    repo.git("checkout", "-q", "--detach")
    repo.write({INCIDENT: NEW})
    run = run_itsm("propose", "--base", "release", cwd=repo.root)
    assert run.stderr.startswith("error: there is no branch release (")
    run = run_itsm("propose", cwd=repo.root)
    assert run.stdout.endswith(f"you are on branch {BRANCH} now\n")


def test_before_the_first_commit_there_is_nothing_to_branch_from(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    git_repo.git("config", "user.name", "Alice")
    git_repo.git("config", "user.email", "alice@example.org")
    git_repo.write({"itsm.yaml": "format: 1\n", INCIDENT: NEW})
    run = run_itsm("propose", "--no-push", cwd=git_repo.root)
    assert run.stderr.startswith("error: there is no commit yet, and so nothing to propose edits of (")
