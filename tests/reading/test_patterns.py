"""Regular expressions: what is taken, that every engine reads it alike, and that none takes for ever."""

from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from itsm_as_code.reading import patterns
from itsm_as_code.reading.patterns import MAX_CHARACTERS, PatternError, compile_pattern
from itsm_as_code.reading.validation import SchemaValidator

MATCHES = [
    ("^[a-z][a-z0-9_-]*$", ["a", "a-1_b"], ["", "A", "1a", "á"]),
    ("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", ["00:00", "23:59", "24:00"], ["24:01", "7:00", "07:60"]),
    ("b", ["b", "abc"], ["", "a"]),
    ("", ["", "a"], []),
    ("^$", [""], ["a"]),
    ("a|^b$|c$", ["xax", "b", "xc"], ["xb", "cx"]),
    ("^(a|)$", ["", "a"], ["aa"]),
    ("^a{2}$", ["aa"], ["a", "aaa"]),
    ("^a{2,}$", ["aa", "aaaa"], ["a"]),
    ("^(?:ab){0,2}c$", ["c", "abc", "ababc"], ["abababc", "ab"]),
    ("^(a*)*$", ["", "aaa"], ["b"]),
    ("^(a+)+$", ["a", "aaa"], ["", "aab"]),
    (r"^\d+$", ["0", "42"], ["٣", "a"]),
    (r"^\w$", ["_", "a", "Z", "9"], ["é", "-"]),
    (r"^[^\s]\S\D\W$", ["aaa-"], ["aa1-", "aaaa"]),
    (r"^[\w.-]+@[a-z]+\.[a-z]{2,9}$", ["a.b-c@example.org"], ["a@b", "@example.org"]),
    (r"^\u00e9\x41\t$", ["éA\t"], ["eA\t"]),
    (r"^[\]\-\\^\[]+$", ["]-\\^["], ["a"]),
    ("^[-a]$|^[b-]$|^[+-]$", ["-", "a", "b", "+"], ["c"]),
    (r"^\^\$\.\*\+\?\(\)\[\]\{\}\|\/$", ["^$.*+?()[]{}|/"], [""]),
    ("^[^a-c]$", ["d"], ["a", "b"]),
]


@pytest.fixture(params=["linear", "timed"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have expressions matched by the one engine or by the other."""
    if request.param == "timed":
        monkeypatch.setattr(patterns, "jsonschema_rs", None)
    compile_pattern.cache_clear()
    yield
    compile_pattern.cache_clear()


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(("pattern", "good", "bad"), MATCHES, ids=[pattern for pattern, _, _ in MATCHES])
def test_what_matches(pattern: str, good: list[str], bad: list[str]) -> None:
    matches = compile_pattern(pattern)
    assert [text for text in good if not matches(text)] == []
    assert [text for text in bad if matches(text)] == []


@pytest.mark.parametrize(("pattern", "good", "bad"), MATCHES, ids=[pattern for pattern, _, _ in MATCHES])
def test_both_validators_read_it_alike(pattern: str, good: list[str], bad: list[str]) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "pattern": pattern}}}
    for quick in (True, False):
        validator = SchemaValidator(schema, quick=quick)
        accepted = [text for text in (*good, *bad) if not list(validator.faults("f", {"a": text}))]
        assert accepted == good


REFUSED = [
    ("(", "unterminated"),
    ("[", "unterminated"),
    ("*", "nothing to repeat"),
    ("a{3,2}", "min repeat greater than max"),
    ("[z-a]", "bad character range"),
    ("a\\", "bad escape"),
    ("(){999999999999999999999999}", "repetition number is too large"),
    ("a" * 1001, "at most 1,000"),
]
REFUSED_BY_ONE = [
    ("(?=a)", "look-around"),
    ("(?!a)", "look-around"),
    ("(?<=a)b", "look-around"),
    ("(?<!a)b", "look-around"),
    (r"(a)\1", "back to a group"),
    (r"(?P<n>a)(?P=n)", "back to a group"),
    ("a{100000}", "minLength"),
    ("(a{1000}){1000}", "minLength"),
    ("((((a{99}){99}){99}){99}){99}", "minLength"),
]


def refusal(pattern: str) -> str:
    with pytest.raises(PatternError) as raised:
        compile_pattern(pattern)
    assert str(raised.value).isprintable()
    return str(raised.value)


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(("pattern", "words"), REFUSED, ids=[pattern[:20] for pattern, _ in REFUSED])
def test_what_is_no_expression_says_why_on_one_line(pattern: str, words: str) -> None:
    assert words in refusal(pattern)


@pytest.mark.skipif(find_spec("jsonschema_rs") is None, reason="the other engine is stopped in time, and takes these")
@pytest.mark.parametrize(("pattern", "words"), REFUSED_BY_ONE, ids=[pattern for pattern, _ in REFUSED_BY_ONE])
def test_what_takes_more_than_linear_time_says_what_to_do(pattern: str, words: str) -> None:
    assert words in refusal(pattern)


HOSTILE = [
    "^(a+)+$",
    "^(a|a)*$",
    "^(a|aa)+$",
    "^(a*)*b$",
    "^(.*)*x$",
    "a?" * 50 + "a" * 50,
    "[ab]*a[ab]{180}c",
    "(.?){20}!",
]


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("pattern", HOSTILE)
def test_no_pattern_takes_for_ever(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_SECONDS", 0.1)
    assert not compile_pattern(pattern)("ab" * 20_000 + "-")
    assert not compile_pattern(pattern)("a" * 49 + "-")


def test_a_pattern_may_be_as_long_as_is_said() -> None:
    assert compile_pattern("a" * MAX_CHARACTERS)("a" * MAX_CHARACTERS)
