"""Front matter in YAML, TOML and JSON, in whatever bytes people leave it."""

import pytest

from itsm_as_code.interchange.front_matter import MAX_BYTES, UnreadableError, decode, read_page


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A b\nresolved: true\ndate: 2022-04-20T16:45:00-00:00\naffected: [x, no]\n---\nBody\n",
        '+++\ntitle = "A b"\nresolved = true\ndate = "2022-04-20T16:45:00-00:00"\naffected = ["x", "no"]\n+++\nBody\n',
        '{"title": "A b", "resolved": true, "date": "2022-04-20T16:45:00-00:00", "affected": ["x", "no"]}\nBody\n',
    ],
)
def test_three_languages(text: str) -> None:
    page = read_page(text)
    assert page.settings == {
        "title": "A b",
        "resolved": "true",
        "date": "2022-04-20T16:45:00-00:00",
        "affected": ["x", "no"],
    }
    assert page.body.strip() == "Body"


def test_values_of_toml_become_text() -> None:
    page = read_page("+++\ndate = 2022-04-20T16:45:00Z\nday = 2022-04-20\nn = 1.10\nt = {a = false}\n+++\n")
    assert page.settings == {"date": "2022-04-20T16:45:00+00:00", "day": "2022-04-20", "n": "1.1", "t": {"a": "false"}}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Just text\n", "no front matter"),
        ("", "no front matter"),
        ("---\ntitle: A\n", "no closing ---"),
        ("---\ntitle: [A\n---\n", "broken YAML"),
        ("---\n- a\n---\n", "not a mapping"),
        ("+++\ntitle\n+++\n", "broken TOML"),
        ('{"title": \n', "broken JSON"),
        ("---\n" + "[" * 5000 + "\n---\n", "broken YAML"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as error:
        read_page(text)
    assert "\n" not in str(error.value)


def test_bytes_that_people_leave() -> None:
    assert decode(b"\xef\xbb\xbf---\r\na: b\r\n---\r\n") == ("---\na: b\n---\n", "")
    text, guess = decode("title: Zürich, Büro".encode("cp1252"))
    assert text == "title: Zürich, Büro"
    assert "not UTF-8" in guess


@pytest.mark.parametrize("content", [b"a\0b", b"x" * (MAX_BYTES + 1)])
def test_what_is_no_text(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(content)
