"""Random histories, with branches, merges and edits in merges: what is told of them must add up."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from itsm_as_code.history.archive import open_archive
from itsm_as_code.history.blame import blame, leaves
from itsm_as_code.history.finding import find_identity
from itsm_as_code.history.life import read_life
from itsm_as_code.model.record import Record
from tests.support import GitRepo

PATH = "records/cis/web-01.yaml"
FIELDS = ("title", "owner", "location", "vendor", "model", "version")
Values = Mapping[str, str]


def text(values: Values) -> str:
    return "".join(f"{name}: {value}\n" for name, value in sorted(values.items()))


class Story:
    """A repository that grows at random; `versions` are what the record says after each commit, by subject."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self.versions: dict[str, Values] = {}
        self.parents: dict[str, tuple[str, ...]] = {}
        self.tips: list[str] = []
        self._stream: list[str] = []

    def commit(self, values: Values, parents: tuple[str, ...]) -> str:
        """Commit the record as it is to be, with these commits for parents."""
        subject = f"c{len(self.versions)}"
        # All at one time, as a script commits: nothing may depend on the clock.
        self._stream += [f"commit refs/heads/main\nmark :{len(self.versions) + 1}\ncommitter A <a@b> 1772323200 +0000"]
        self._stream += [f"data {len(subject)}\n{subject}"]
        marks = [f":{int(parent[1:]) + 1}" for parent in parents]
        self._stream += [f"{word} {mark}" for word, mark in zip(("from", "merge"), marks, strict=False)]
        for path, content in ((PATH, text(values)), ("itsm.yaml", "format: 1\n")):
            self._stream += [f"M 100644 inline {path}\ndata {len(content)}\n{content}"]
        self.versions[subject], self.parents[subject] = values, parents
        return subject

    def write(self, root: Path) -> None:
        """Import all commits into a repository."""
        stream = "\n".join([*self._stream, "done\n"])
        subprocess.run(["git", "fast-import", "--quiet", "--done"], cwd=root, input=stream.encode(), check=True)

    def edited(self, values: Values) -> Values:
        """Return the record with some fields edited, most of the time."""
        edits = {
            name: f"v{self._dice.randrange(4)}" for name in self._dice.sample(FIELDS, self._dice.choice((0, 1, 2)))
        }
        return {**values, **edits}

    def merged(self, one: str, other: str) -> Values:
        """Return a merge of two versions, now by one side's values, now by the other's, now with edits of its own."""
        mixed = {name: self.versions[self._dice.choice((one, other))][name] for name in FIELDS}
        return self.edited(mixed) if self._dice.random() < 1 / 3 else mixed

    def grow(self, commits: int) -> str:
        """Add commits, and return the last, which merges all that is left."""
        self.tips = [self.commit(dict.fromkeys(FIELDS, "v0"), ())]
        while len(self.versions) < commits:
            tip = self._dice.choice(self.tips)
            if len(self.tips) > 1 and self._dice.random() < 1 / 3:
                other = self._dice.choice([each for each in self.tips if each != tip])
                self.tips = [each for each in self.tips if each not in (tip, other)]
                self.tips.append(self.commit(self.merged(tip, other), (tip, other)))
            else:
                # Whoever begins a branch leaves the commit that it begins from as another tip.
                stays = len(self.tips) < 3 and self._dice.random() < 1 / 2
                self.tips = [each for each in self.tips if stays or each != tip]
                self.tips.append(self.commit(self.edited(self.versions[tip]), (tip,)))
        while len(self.tips) > 1:
            one, other = self.tips[:2]
            self.tips = [*self.tips[2:], self.commit(self.merged(one, other), (one, other))]
        return self.tips[0]


@pytest.fixture(params=range(20))
def story(request: pytest.FixtureRequest, git_repo: GitRepo) -> tuple[Story, str, Path]:
    told = Story(Random(request.param))  # noqa: S311 - a history that looks random, the same each time
    head = told.grow(40)
    told.write(git_repo.root)
    return told, head, git_repo.root


def test_histories_add_up(story: tuple[Story, str, Path]) -> None:
    told, head, root = story
    archive = open_archive(root, "HEAD")
    life = read_life(archive, find_identity("web-01", archive))
    by_subject = {deed.commit.subject: deed for deed in life.deeds if deed.commit is not None}
    for subject, values in told.versions.items():
        deed = by_subject.get(subject)
        edits = {edit.name: edit for edit in deed.fields} if deed is not None else {}
        sides = [told.versions[parent] for parent in told.parents[subject]]
        for name in FIELDS if sides else ():
            if all(side[name] != values[name] for side in sides):
                # What no parent has is told as this commit's, and with the value that it gave.
                assert edits[name].new == values[name], (subject, name)
            elif len(sides) == 1:
                assert name not in edits, (subject, name)
        if len(sides) > 1 and all(side == values for side in sides):
            assert deed is None
    assert life.present is not None
    for origin in blame(life.ancestry, life.track, life.versions, life.present):
        assert origin.commit is not None
        subject = origin.commit.subject
        assert told.versions[subject][origin.name] == origin.value == told.versions[head][origin.name]
        # Whoever is blamed has it from no parent, and what follows up to the head passed it on.
        assert all(told.versions[parent][origin.name] != origin.value for parent in told.parents[subject])
        assert passed_on(told, head, subject, origin.name)


def passed_on(told: Story, commit: str, origin: str, name: str) -> bool:
    """Return whether a value came from one commit to another without being anything else between."""
    if commit == origin:
        return True
    value = told.versions[commit][name]
    return any(
        told.versions[parent][name] == value and passed_on(told, parent, origin, name)
        for parent in told.parents[commit]
    )


def test_versions_are_what_was_committed(story: tuple[Story, str, Path]) -> None:
    told, _, root = story
    archive = open_archive(root, "HEAD")
    life = read_life(archive, find_identity("web-01", archive))
    subjects = {id_: commit.subject for id_, commit in life.commits.items()}
    checked = 0
    for id_ in life.ancestry.parents:
        version = life.versions.after(life.track.last(id_))
        if id_ in subjects:
            assert values_of(version) == told.versions[subjects[id_]]
            checked += 1
    assert checked > 10


def values_of(record: Record | None) -> Values:
    assert record is not None
    return leaves(record)
