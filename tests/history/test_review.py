"""Pull requests and people out of messages, as forges write them."""

from datetime import UTC, datetime

import pytest

from itsm_as_code.history.review import REVIEWED, TOGETHER, named, pull_request
from itsm_as_code.model.commit import Commit

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def commit(subject: str, body: str = "", trailers: tuple[tuple[str, str], ...] = ()) -> Commit:
    return Commit("1", (), "A", "a@b", NOON, "A", "a@b", NOON, subject, body, trailers)


@pytest.mark.parametrize(
    ("subject", "body", "number"),
    [
        ("Merge pull request #12 from ann/branch", "Title", "#12"),
        ("Merge pull request 'Title (#3)' (#12) from ann/branch into main", "", "#12"),
        ("Title of it (#12)", "", "#12"),
        ("Title of it (!12)", "", "!12"),
        ("Merged in feature/x (pull request #12)", "", "#12"),
        ("Merged PR 12: Title", "", "#12"),
        ("Merge branch 'x' into 'main'", "Title\n\nSee merge request group/sub-group/project!12", "!12"),
        ("Merge branch 'x'", "", ""),
        ("Title (#12) and more", "", ""),
        ("INC-20260304-k7qz: see #12", "Closes #12", ""),
    ],
)
def test_the_pull_request_is_found(subject: str, body: str, number: str) -> None:
    assert pull_request(commit(subject, body)) == number


def test_people_are_told_once_and_a_sign_off_is_no_review() -> None:
    trailers = (
        ("Reviewed-by", "Fay <fay@example.org>"),
        ("APPROVED-BY", "Cem"),
        ("Signed-off-by", "Bo"),
        ("Reviewed-by", "Fay <fay@example.org>"),
        ("Acked-by", ""),
        ("Co-authored-by", "Dan"),
    )
    told = commit("x", trailers=trailers)
    assert named(told, REVIEWED) == ["Fay <fay@example.org>", "Cem"]
    assert named(told, TOGETHER) == ["Dan"]
