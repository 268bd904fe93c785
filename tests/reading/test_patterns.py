"""Regular expressions: what is taken, that every engine reads it alike, and that none takes for ever."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.reading.pattern_syntax import MAX_CHARACTERS
from itsm_as_code.reading.patterns import PatternError, compile_pattern
from itsm_as_code.reading.validation import SchemaValidator

MATCHES = [
    ("^[a-z][a-z0-9_-]*$", ["a", "a-1_b"], ["", "A", "1a", "a\n", "á"]),
    ("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", ["00:00", "23:59", "24:00"], ["24:01", "7:00", "07:60"]),
    ("b", ["b", "abc"], ["", "a"]),
    ("", ["", "a"], []),
    ("^$", [""], ["a", "\n"]),
    ("a|^b$|c$", ["xax", "b", "xc"], ["xb", "cx"]),
    ("^(a|)$", ["", "a"], ["aa"]),
    ("^a{2}$", ["aa"], ["a", "aaa"]),
    ("^a{2,}$", ["aa", "aaaa"], ["a"]),
    ("^a{1,3}?$", ["a", "aaa"], ["", "aaaa"]),
    ("^(?:ab){0,2}c$", ["c", "abc", "ababc"], ["abababc", "ab"]),
    ("^(a*)*$", ["", "aaa"], ["b"]),
    ("^(a+)+$", ["a", "aaa"], ["", "aab"]),
    (r"^\d+$", ["0", "42"], ["٣", "a"]),
    (r"^\w$", ["_", "a", "Z", "9"], ["é", "-"]),
    (r"^\s$", [" ", "\t", "\u2003", "\ufeff"], ["a"]),
    (r"^[^\s]\S\D\W$", ["aaa-"], ["aa1-", "aaaa"]),
    ("^.$", ["a", "\t", "😀"], ["\n", "\r", "\u2028", ""]),
    (r"^[\w.-]+@[a-z]+\.[a-z]{2,9}$", ["a.b-c@example.org"], ["a@b", "@example.org"]),
    (r"^\u00e9\x41\t$", ["éA\t"], ["eA\t"]),
    (r"^[\]\-\\^\[]+$", ["]-\\^["], ["a"]),
    ("^[-a]$|^[b-]$|^[+-]$", ["-", "a", "b", "+"], ["c"]),
    (r"^\^\$\.\*\+\?\(\)\[\]\{\}\|\/$", ["^$.*+?()[]{}|/"], [""]),
    ("^[^a-c]$", ["d", "\n"], ["a", "b"]),
]


@pytest.mark.parametrize(("pattern", "good", "bad"), MATCHES, ids=[pattern for pattern, _, _ in MATCHES])
def test_what_matches(pattern: str, good: list[str], bad: list[str]) -> None:
    matcher = compile_pattern(pattern)
    assert [text for text in good if not matcher.matches(text)] == []
    assert [text for text in bad if matcher.matches(text)] == []


REFUSED = [
    ("(", "not closed with )"),
    (")", "closes no group"),
    ("[", "not closed with ]"),
    ("[]", "has no characters"),
    ("[]a]", "has no characters"),
    ("[^]", "has no characters"),
    ("a]", "closes nothing"),
    ("a}", "closes nothing"),
    ("*", "repeats nothing"),
    ("a|+", "repeats nothing"),
    ("a**", "follows another"),
    ("a*+", "follows another"),
    ("a{2}{3}", "follows another"),
    ("^*", "cannot be repeated"),
    ("a{", "is {2}, {2,} or {2,5}"),
    ("a{x}", "begins with a number"),
    ("a{,3}", "begins with a number"),
    ("a{1,2,3}", "is {2}, {2,} or {2,5}"),
    ("a{1,x}", "is {2}, {2,} or {2,5}"),
    ("a{٣}", "begins with a number"),
    ("a{3,2}", "ends before it begins"),
    ("[z-a]", "ends before it begins"),
    (r"[a-\d]", "from one character to another"),
    (r"[\d-a]", "from one character to another"),
    ("[a-c-e]", "write \\-"),
    ("[a[b]]", "sets in sets"),
    ("[[:alpha:]]", "sets in sets"),
    ("[a&&b]", "calculate with &&"),
    ("[a~~b]", "calculate with ~~"),
    ("a\\", "single \\"),
    ("(?=a)", "look-around"),
    ("(?!a)", "look-around"),
    ("(?<=a)b", "look-around"),
    ("(?<!a)b", "look-around"),
    (r"(a)\1", "refers back"),
    (r"(?<n>a)\k<n>", "no names"),
    ("(?P<n>a)(?P=n)", "no names"),
    ("(?P=n)", "refers back"),
    ("(?i)a", "not known here"),
    ("(?>a)", "not known here"),
    (r"a\Z", "write $"),
    (r"\Aa", "write ^"),
    (r"\ba", "not known here"),
    (r"\p{L}", "not known here"),
    (r"\<a\>", "not known here"),
    (r"\u12", "hexadecimal"),
    (r"\xg0", "hexadecimal"),
    (r"\ud83d\ude00", "half a character"),
    ("a" * 201, "at most 200"),
    ("a{201}", "more than 200"),
    ("(a{15}){15}", "more than 200"),
    ("((((a{99}){99}){99}){99}){99}", "more than 200"),
    ("(){999999999999999999999999}", "more than 200"),
    ("a{99999999999999}", "more than 200"),
]


@pytest.mark.parametrize(("pattern", "words"), REFUSED, ids=[pattern[:20] for pattern, _ in REFUSED])
def test_what_is_refused_says_why_on_one_line(pattern: str, words: str) -> None:
    with pytest.raises(PatternError) as raised:
        compile_pattern(pattern)
    assert words in str(raised.value)
    assert str(raised.value).isprintable()


PARTS = [
    *("a", "b", "-", "^", "$", "(", ")", "(?:", "|", "*", "+", "?", "{2}", "{1,2}", "{0,}", ".", "[", "[^", "]", "a-b"),
    *(
        r"\d",
        r"\w",
        r"\s",
        r"\S",
        r"\W",
        r"\n",
        r"\-",
        r"\.",
        r"\/",
        r"\]",
        r"\^",
        r"\u0061",
        r"\x62",
        "&",
        "~",
        "0",
        " ",
    ),
]
patterns = st.lists(st.sampled_from(PARTS), max_size=8).map("".join)
texts = st.text(alphabet="abAB01-_^$.[] \n\ré&~", max_size=6)


@given(pattern=patterns, text=texts)
def test_every_engine_reads_what_is_taken_alike(pattern: str, text: str) -> None:
    try:
        matcher = compile_pattern(pattern)
    except PatternError:
        return
    # Python's `$` matches before a last line feed, its `.` matches a carriage return, its `\s` no byte order mark.
    if "\n" not in text and "\r" not in text:
        with_python = re.search(pattern, text, re.ASCII) is not None
        assert matcher.matches(text) == with_python
    schema = {"type": "object", "properties": {"a": {"type": "string", "pattern": pattern}}}
    quick = list(SchemaValidator(schema).faults("f", {"a": text}))
    thorough = list(SchemaValidator(schema, quick=False).faults("f", {"a": text}))
    assert (quick == []) == (thorough == []) == matcher.matches(text)


HOSTILE = [
    "^(a+)+$",
    "^(a|a)*$",
    "^(a|aa)+$",
    "^(a*)*b$",
    "^(.*)*x$",
    "a?" * 50 + "a" * 50,
    "[ab]*a[ab]{180}c",
    "(.?){99}!",
]


@pytest.mark.parametrize("pattern", HOSTILE)
def test_no_pattern_takes_for_ever(pattern: str) -> None:
    assert not compile_pattern(pattern).matches("ab" * 20_000 + "-")
    assert not compile_pattern(pattern).matches("a" * 49 + "-")


def test_what_would_take_seconds_counts_as_not_matching() -> None:
    matcher, end = compile_pattern("a[ab]{180}!"), "a" + "b" * 180 + "!"
    assert matcher.matches(end)
    assert not matcher.matches("".join("ab"[number * number % 65537 % 2] for number in range(100_000)) + end)


def test_memory_of_what_was_seen_has_an_end() -> None:
    matcher = compile_pattern("^[^x]*$")
    assert matcher.matches("".join(chr(0x4E00 + number % 20_000) for number in range(120_000)))


def test_a_pattern_may_be_as_long_as_is_said() -> None:
    assert compile_pattern("a" * MAX_CHARACTERS).matches("a" * MAX_CHARACTERS)
