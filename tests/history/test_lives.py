"""The life of a record: edits by commit, through merges of every sort, and whose each value is."""

from collections.abc import Sequence

import pytest

from itsm_as_code.history.archive import open_archive
from itsm_as_code.history.blame import blame
from itsm_as_code.history.deeds import Deed
from itsm_as_code.history.facts import life_facts
from itsm_as_code.history.finding import find_identity
from itsm_as_code.history.life import Life, read_life
from itsm_as_code.snapshot.difference import ABSENT
from tests.support import GitRepo

WEB = "records/cis/web-01.yaml"
NOTE = "  - {at: 2026-03-0%d T09:00:00Z, by: team:web, type: note, text: %s}\n".replace(" T", "T")


def ci(*, owner: str = "team:web", role: str = "", extra: str = "", notes: Sequence[tuple[int, str]] = ()) -> str:
    timeline = "timeline:\n" + "".join(NOTE % note for note in notes) if notes else ""
    # Far enough apart for git to merge what two people edit.
    return f"title: Web\nclass: server\n\n\nowner: {owner}\n\n\nlocation: here{role}\n\n\n{extra}{timeline}"


def life(repo: GitRepo, name: str = "web-01", *, on_disk: bool = False, rev: str = "HEAD") -> Life:
    archive = open_archive(repo.root, rev)
    return read_life(archive, find_identity(name, archive), on_disk=on_disk)


def told(deeds: Sequence[Deed]) -> list[tuple[str, dict[str, tuple[object, object]]]]:
    return [
        (
            deed.commit.subject if deed.commit is not None else "",
            {edit.name: (edit.old, edit.new) for edit in deed.fields}
            | {f"+{entry['text']}": ("", "") for entry in deed.added}
            | {f"-{entry['text']}": ("", "") for entry in deed.lost},
        )
        for deed in deeds
    ]


def origins(repo: GitRepo, name: str = "web-01", *, on_disk: bool = False) -> dict[str, str]:
    read = life(repo, name, on_disk=on_disk)
    assert read.present is not None
    return {
        origin.name: origin.commit.subject if origin.commit is not None else "nobody"
        for origin in blame(read.ancestry, read.track, read.versions, read.present)
    }


@pytest.fixture
def repo(git_repo: GitRepo) -> GitRepo:
    git_repo.commit({"itsm.yaml": "format: 1\n", WEB: ci()}, "added")
    return git_repo


def branch(repo: GitRepo, name: str, start: str = "main") -> None:
    repo.git("checkout", "-q", "-b", name, start)


def test_each_commit_has_its_edits(repo: GitRepo) -> None:
    repo.commit({WEB: ci(owner="team:ops")}, "owner")
    repo.commit({"records/cis/web-02.yaml": ci()}, "another record")
    repo.commit({WEB: ci(owner="team:ops", notes=[(1, "one")])}, "note")
    assert told(life(repo).deeds) == [
        ("added", {}),
        ("owner", {"owner": ("team:web", "team:ops")}),
        ("note", {"+one": ("", "")}),
    ]
    assert origins(repo) == {
        "title": "added",
        "class": "added",
        "owner": "owner",
        "location": "added",
        "timeline[0]": "note",
    }


def test_a_clean_merge_did_nothing_itself(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.commit({WEB: ci(owner="team:ops")}, "side")
    repo.git("checkout", "-q", "main")
    repo.commit({WEB: ci(role="abouts")}, "main")
    repo.git("merge", "-q", "--no-ff", "side", "-m", "merged")
    assert told(life(repo).deeds)[1:] in (
        [("main", {"location": ("here", "hereabouts")}), ("side", {"owner": ("team:web", "team:ops")})],
        [("side", {"owner": ("team:web", "team:ops")}), ("main", {"location": ("here", "hereabouts")})],
    )
    assert origins(repo)["owner"] == "side"
    assert origins(repo)["location"] == "main"


def test_what_a_merge_slips_in_is_its_own(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.commit({WEB: ci(owner="team:ops")}, "side")
    repo.git("checkout", "-q", "main")
    repo.commit({"other": ""}, "main")
    repo.git("merge", "-q", "--no-ff", "--no-commit", "side")
    repo.commit({WEB: ci(owner="team:ops", extra="vendor: Evil\n", notes=[(1, "evil")])}, "merged")
    assert told(life(repo).deeds)[-1] == ("merged", {"vendor": (ABSENT, "Evil"), "+evil": ("", "")})
    assert origins(repo)["vendor"] == "merged"
    assert origins(repo)["owner"] == "side"
    assert origins(repo)["timeline[0]"] == "merged"


def test_what_a_merge_throws_away_is_its_own(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.commit({WEB: ci(owner="team:ops", notes=[(1, "one")])}, "side")
    repo.git("checkout", "-q", "main")
    repo.commit({"other": ""}, "main")
    repo.git("merge", "-q", "-s", "ours", "side", "-m", "merged")
    assert told(life(repo).deeds)[-1] == ("merged", {"owner": ("team:ops", "team:web"), "-one": ("", "")})
    assert origins(repo)["owner"] == "added"


def test_a_merge_that_throws_away_what_the_branch_had_is_told(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.commit({WEB: ci(role="abouts")}, "side")
    repo.git("checkout", "-q", "main")
    repo.commit({WEB: ci(owner="team:ops")}, "main")
    repo.git("merge", "-q", "--no-commit", "side")
    repo.commit({WEB: ci(role="abouts")}, "merged")
    assert told(life(repo).deeds)[-1] == ("merged", {"owner": ("team:ops", "team:web")})


def test_a_conflict_is_decided_by_the_merge(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.commit({WEB: ci(owner="team:ops")}, "side")
    repo.git("checkout", "-q", "main")
    repo.commit({WEB: ci(owner="team:desk")}, "main")
    repo.git("merge", "-q", "-s", "ours", "--no-commit", "side")
    repo.commit({WEB: ci(owner="team:both")}, "merged")
    assert told(life(repo).deeds)[-1] == ("merged", {"owner": ("team:desk", "team:both")})


def test_a_branch_that_takes_in_main_did_nothing_by_that(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.commit({"other": ""}, "side")
    repo.git("checkout", "-q", "main")
    repo.commit({WEB: ci(owner="team:ops")}, "main")
    repo.git("checkout", "-q", "side")
    repo.git("merge", "-q", "--no-ff", "main", "-m", "main into side")
    repo.commit({WEB: ci(owner="team:ops", role="abouts")}, "side again")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "side", "-m", "merged")
    assert [subject for subject, _ in told(life(repo).deeds)] == ["added", "main", "side again"]
    assert origins(repo)["owner"] == "main"
    assert origins(repo)["location"] == "side again"


def test_a_branch_of_a_branch_that_is_thrown_away_is_told(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.commit({WEB: ci(owner="team:ops")}, "side")
    branch(repo, "deeper", "side")
    repo.commit({"other": ""}, "deeper")
    repo.git("checkout", "-q", "main")
    repo.commit({"more": ""}, "main")
    repo.git("merge", "-q", "-s", "ours", "deeper", "-m", "merged")
    repo.git("merge", "-q", "-s", "ours", "side", "-m", "again")
    assert told(life(repo).deeds)[-1] == ("merged", {"owner": ("team:ops", "team:web")})


def test_a_deletion_on_one_branch_is_no_deed_of_the_merge(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.git("rm", "-q", WEB)
    repo.commit({}, "removed")
    repo.git("checkout", "-q", "main")
    repo.commit({"other": ""}, "main")
    repo.git("merge", "-q", "--no-ff", "side", "-m", "merged")
    read = life(repo)
    assert [subject for subject, _ in told(read.deeds)] == ["added", "removed"]
    assert read.present is None


def test_a_record_that_only_a_merge_deletes_is_told(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.commit({WEB: ci(owner="team:ops")}, "side")
    repo.git("checkout", "-q", "main")
    repo.commit({"other": ""}, "main")
    repo.git("merge", "-q", "--no-commit", "side")
    repo.git("rm", "-q", "-f", WEB)
    repo.commit({}, "merged")
    [*_, last] = life(repo).deeds
    assert (last.commit is not None and last.commit.subject, last.head) == ("merged", None)


def test_a_record_that_a_merge_brings_back_is_told(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.git("rm", "-q", WEB)
    repo.commit({}, "removed")
    repo.git("checkout", "-q", "main")
    repo.commit({"other": ""}, "main")
    repo.git("merge", "-q", "-s", "ours", "side", "-m", "merged")
    [*_, last] = life(repo).deeds
    assert (last.commit is not None and last.commit.subject, last.base) == ("merged", None)
    assert last.head is not None


def test_a_merge_of_many_branches_is_judged_against_all(repo: GitRepo) -> None:
    for number, text in enumerate((ci(owner="team:ops"), ci(role="abouts"))):
        branch(repo, f"side{number}")
        repo.commit({WEB: text}, f"side{number}")
        repo.git("checkout", "-q", "main")
    branch(repo, "side2")
    repo.commit({"other": ""}, "side2")
    repo.git("checkout", "-q", "main")
    repo.commit({"more": ""}, "main")
    repo.git("merge", "-q", "--no-ff", "side0", "side1", "side2", "-m", "merged")
    assert sorted(subject for subject, _ in told(life(repo).deeds)) == ["added", "side0", "side1"]
    assert (origins(repo)["owner"], origins(repo)["location"]) == ("side0", "side1")


def test_the_merge_that_brought_a_commit_is_known(repo: GitRepo) -> None:
    branch(repo, "side")
    side = repo.commit({WEB: ci(owner="team:ops")}, "side")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "side", "-m", "Merge pull request #12 from ann/side")
    read = life(repo)
    assert read.commits[read.ancestry.merged_by[side]].subject == "Merge pull request #12 from ann/side"


def test_histories_without_a_common_start_may_be_merged(repo: GitRepo) -> None:
    repo.git("checkout", "-q", "--orphan", "other")
    repo.commit({WEB: ci(owner="team:ops")}, "again")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "-s", "ours", "--allow-unrelated-histories", "other", "-m", "merged")
    assert told(life(repo).deeds)[-1] == ("merged", {"owner": ("team:ops", "team:web")})


def test_a_record_is_followed_to_what_it_was_called_before(repo: GitRepo) -> None:
    repo.commit({WEB: ci(owner="team:ops")}, "owner")
    repo.git("mv", WEB, "records/cis/web-09.yaml")
    repo.commit({}, "renumbered")
    repo.commit({"records/cis/web-09.yaml": ci(owner="team:ops", role="abouts")}, "location")
    read = life(repo, "web-09")
    assert [who.address for who in read.identities] == ["ci:web-09", "ci:web-01"]
    assert [subject for subject, _ in told(read.deeds)] == ["added", "owner", "renumbered", "location"]
    assert origins(repo, "web-09") == {
        "title": "added",
        "class": "added",
        "owner": "owner",
        "location": "location",
    }
    old = life(repo, "web-01")
    assert (old.present, old.became and old.became.address) == (None, "ci:web-09")


def test_a_record_whose_file_moved_was_never_called_otherwise(repo: GitRepo) -> None:
    (repo.root / "records/cis/east").mkdir()
    repo.git("mv", WEB, "records/cis/east/web-01.yaml")
    repo.commit({}, "moved")
    facts = life_facts(life(repo))
    assert (facts["record"], facts["file"], facts["formerly"]) == ("ci:web-01", "records/cis/east/web-01.yaml", [])
    assert [commit["did"] for commit in facts["commits"]] == ["added", "moved"]


@pytest.mark.parametrize("trailer", ["\n\nItsm-Renumbered-From: ci:web-01", ""])
def test_a_new_id_is_known_by_the_trailer_or_the_title(repo: GitRepo, trailer: str) -> None:
    title = "title: Something else\n" if trailer else ""
    repo.git("rm", "-q", WEB)
    repo.commit(
        {"records/cis/a.yaml": f"{title or 'title: Web'}\nclass: server\nx-note: new\n"}, f"renumbered{trailer}"
    )
    assert [who.address for who in life(repo, "a").identities] == ["ci:a", "ci:web-01"]


def test_another_record_is_not_taken_for_the_one_before(repo: GitRepo) -> None:
    repo.git("rm", "-q", WEB)
    repo.commit({"records/cis/a.yaml": "title: Mail\nclass: server\n"}, "replaced")
    assert [who.address for who in life(repo, "a").identities] == ["ci:a"]
    assert life(repo).became is None


def test_a_version_that_cannot_be_read_is_told_and_passed_over(repo: GitRepo) -> None:
    repo.commit({WEB: "title: [\n"}, "broken")
    repo.commit({WEB: ci(owner="team:ops")}, "mended")
    assert [
        (deed.unread, subject) for deed, (subject, _) in zip(life(repo).deeds, told(life(repo).deeds), strict=True)
    ] == [
        (False, "added"),
        (True, "broken"),
        (False, "mended"),
    ]
    assert told(life(repo).deeds)[-1] == ("mended", {"owner": ("team:web", "team:ops")})
    assert origins(repo)["title"] == "added"
    assert origins(repo)["owner"] == "mended"


def test_entries_in_files_of_their_own_belong_to_the_record(repo: GitRepo) -> None:
    repo.commit({WEB: ci(notes=[(1, "one"), (3, "three")])}, "own")
    entry = "at: 2026-03-02T09:00:00Z\nby: team:web\ntype: note\ntext: two\n"
    repo.commit({"records/cis/web-01.d/20260302T090000Z-k7qz.yaml": entry}, "file")
    assert told(life(repo).deeds)[-1] == ("file", {"+two": ("", "")})
    assert [origins(repo)[f"timeline[{position}]"] for position in range(3)] == ["own", "file", "own"]
    folded = ci(notes=[(1, "one"), (2, "two"), (3, "three")])
    repo.git("rm", "-q", "-r", "records/cis/web-01.d")
    repo.commit({WEB: folded}, "folded")
    assert [subject for subject, _ in told(life(repo).deeds)] == ["added", "own", "file"]
    assert origins(repo)["timeline[1]"] == "file"


def test_what_is_not_committed_comes_last(repo: GitRepo) -> None:
    repo.write({WEB: ci(owner="team:ops")})
    assert told(life(repo, on_disk=True).deeds)[-1] == ("", {"owner": ("team:web", "team:ops")})
    assert told(life(repo).deeds) == [("added", {})]
    assert origins(repo, on_disk=True)["owner"] == "nobody"
    (repo.root / WEB).unlink()
    assert life(repo, on_disk=True).deeds[-1].head is None
    repo.write({WEB: "title: [\n"})
    assert life(repo, on_disk=True).deeds[-1].unread
    assert life(repo, on_disk=True).present is not None


def test_true_is_not_one(repo: GitRepo) -> None:
    repo.commit({WEB: ci(extra="x-flag: true\n")}, "true")
    repo.commit({WEB: ci(extra="x-flag: 1\n")}, "one")
    assert told(life(repo).deeds)[-1] == ("one", {"x-flag": (True, 1)})
    assert origins(repo)["x-flag"] == "one"


def test_a_value_set_again_after_it_was_another_is_of_the_last_who_set_it(repo: GitRepo) -> None:
    repo.commit({WEB: ci(owner="team:ops")}, "there")
    repo.commit({WEB: ci()}, "and back")
    assert origins(repo)["owner"] == "and back"


def test_a_record_that_only_a_merge_adds_is_told(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.commit({"other": ""}, "side")
    repo.git("checkout", "-q", "main")
    repo.commit({"more": ""}, "main")
    repo.git("merge", "-q", "--no-commit", "side")
    repo.commit({"records/cis/web-02.yaml": ci()}, "merged")
    [only] = life(repo, "web-02").deeds
    assert (only.commit is not None and only.commit.subject, only.base) == ("merged", None)
    assert origins(repo, "web-02")["owner"] == "merged"


def test_what_a_merge_changes_in_a_record_that_a_branch_added_is_its_own(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.commit({"records/cis/web-02.yaml": ci()}, "side")
    repo.git("checkout", "-q", "main")
    repo.commit({"more": ""}, "main")
    repo.git("merge", "-q", "--no-commit", "side")
    repo.commit({"records/cis/web-02.yaml": ci(owner="team:evil")}, "merged")
    assert told(life(repo, "web-02").deeds) == [("side", {}), ("merged", {"owner": ("team:web", "team:evil")})]


def test_an_addition_that_a_merge_throws_away_is_told(repo: GitRepo) -> None:
    branch(repo, "side")
    repo.commit({"records/cis/web-02.yaml": ci()}, "side")
    repo.git("checkout", "-q", "main")
    repo.commit({"more": ""}, "main")
    repo.git("merge", "-q", "-s", "ours", "side", "-m", "merged")
    [_, last] = life(repo, "web-02").deeds
    assert (last.commit is not None and last.commit.subject, last.head) == ("merged", None)
    assert life(repo, "web-02").present is None


def test_one_record_added_on_both_sides_is_nobodys_merge(repo: GitRepo) -> None:
    for side in ("one", "two"):
        branch(repo, side)
        repo.commit({"records/cis/web-02.yaml": ci(), side: ""}, side)
    repo.git("checkout", "-q", "main")
    for side in ("one", "two"):
        repo.git("merge", "-q", "--no-ff", side, "-m", f"merged {side}")
    assert sorted(subject for subject, _ in told(life(repo, "web-02").deeds)) == ["one", "two"]
