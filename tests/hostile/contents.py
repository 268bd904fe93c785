"""What files may hold to break a reader: each case with the rule that must name it, at a size for tests and a true one.

The tests read all cases from one repository; `bench.hostile` reads each alone and at its true size.
"""

from collections.abc import Callable
from dataclasses import dataclass

HEAD = "title: Web server\nclass: server\nowner: team:web\n"
"""A record of a CI with nothing wrong in it."""
ENTRY = "  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: note, text: Looked at it}\n"
_ROOM = 1024 * 1024 - 300
"""Bytes that are left of the largest file which is read."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file: `content` makes it of a size; `rule` is what lint must say of it, empty for nothing."""

    name: str
    rule: str
    content: Callable[[int], str | bytes]
    test_size: int = 1
    true_size: int = 1

    def data(self, size: int) -> bytes:
        """Return the file's bytes."""
        content = self.content(size)
        return content.encode() if isinstance(content, str) else content


def _after_head(name: str, rule: str, text: str | bytes) -> Hostile:
    return Hostile(name, rule, lambda _size: HEAD.encode() + (text.encode() if isinstance(text, str) else text))


def _bomb(depth: int) -> str:
    lines = [f"x-{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, depth)]
    return "".join([HEAD, "x-0: &a0 [lol]\n", *lines])


def _each(line: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: HEAD + "".join(map(line, range(size)))


def _list(field: str, line: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: f"{HEAD}{field}:\n" + "".join(map(line, range(size)))


def _in_all(encoding: str, mark: bytes = b"") -> Hostile:
    name = f"{encoding} {'with' if mark else 'without'} a mark"
    return Hostile(name, "not-utf8", lambda _size: mark + HEAD.encode(encoding))


LARGE = (
    Hostile("aliases of aliases", "yaml-alias", _bomb, 10, 100),
    Hostile("aliases", "yaml-alias", lambda n: f"{HEAD}x-a: &a b\nx-b:\n" + "  - *a\n" * n, 200, 100_000),
    Hostile("anchors", "yaml-alias", _list("x-b", lambda n: f"  - &a{n} x\n"), 200, 60_000),
    Hostile("merge keys", "yaml-merge-key", _list("x-c", lambda _: "  - {<<: {a: b}}\n"), 200, 50_000),
    Hostile("directives", "yaml-tag", lambda n: "".join(f"%TAG !e{i}! tag:x\n" for i in range(n)), 200, 50_000),
    Hostile("documents", "yaml-many-documents", lambda n: "---\na: b\n" * n, 10, 100_000),
    Hostile("a scalar beyond all limits", "too-large", lambda n: f"{HEAD}description: {'x' * n}\n", 2**20, 10_000_000),
    Hostile("a scalar", "", lambda n: f"{HEAD}description: {'x' * n}\n", 10_000, _ROOM),
    Hostile("a long title", "schema-max-length", lambda n: HEAD.replace("Web", "x" * n), 10_000, _ROOM),
    Hostile("a long field name", "yaml-syntax", lambda n: f"{HEAD}{'x' * n}: 1\n", 10_000, _ROOM),
    Hostile("a quote never closed", "yaml-syntax", lambda n: f'{HEAD}description: "' + "x\n " * n, 1000, _ROOM // 3),
    Hostile("blank lines", "", lambda n: HEAD + "\n" * n, 10_000, _ROOM),
    Hostile("comments", "", lambda n: HEAD + "#\n" * n, 10_000, _ROOM // 2),
    Hostile("flow lists in each other", "too-deep", lambda n: f"{HEAD}x-a: {'[' * n}", 5000, 100_000),
    Hostile("flow mappings in each other", "too-deep", lambda n: f"{HEAD}x-a: {'{a: ' * n}", 5000, 100_000),
    Hostile("block lists in each other", "too-deep", lambda n: f"{HEAD}x-a:\n  {'- ' * n}x\n", 5000, 100_000),
    Hostile("block mappings in each other", "too-deep", _each(lambda n: f"{' ' * n}x-a:\n"), 200, 1400),
    Hostile("a mapping for a key, and so on", "yaml-key", lambda n: f"{HEAD}x-a:\n  {'? ' * n}x\n", 5000, 100_000),
    Hostile("a million keys", "too-large", _each(lambda n: f"x-{n}: 1\n"), 100_000, 1_000_000),
    Hostile("keys", "", _each(lambda n: f"x-{n}: 1\n"), 1000, 85_000),
    Hostile("unknown fields", "unknown-field", _each(lambda n: f"unknown{n}: {n}\n"), 300, 20_000),
    Hostile("fields that are nearly known", "unknown-field", _each(lambda n: f"descriptio{n}: x\n"), 300, 20_000),
    Hostile("one key again and again", "duplicate-key", lambda n: HEAD + "x-a: 1\n" * n, 300, 100_000),
    Hostile("items", "", _list("aliases", lambda n: f"  - a{n}\n"), 1000, 90_000),
    Hostile("the same item again and again", "schema-unique-items", _list("tags", lambda _: "  - t\n"), 1000, 170_000),
    Hostile("items of two types", "schema-type", _list("tags", lambda n: f"  - {n or 't'}\n"), 1000, 100_000),
    Hostile("short lines", "", _list("x-a", lambda _: "  -\n"), 1000, 250_000),
    Hostile("a timeline beyond all limits", "too-large", _list("timeline", lambda _: ENTRY), 13_000, 100_000),
    Hostile(
        "a slip beside a timeline",
        "schema-enum",
        lambda n: f"{HEAD}state: opperational\ntimeline:\n{ENTRY * n}",
        500,
        12_000,
    ),
    Hostile("entries that are empty", "schema-required", _list("timeline", lambda _: "  - {}\n"), 300, 100_000),
    Hostile(
        "links to nothing",
        "dangling-link",
        _list("relations", lambda n: f"  - {{type: depends_on, to: 'ci:nothing-{n}'}}\n"),
        200,
        10_000,
    ),
    Hostile("digits", "implicit-type", lambda n: f"{HEAD}x-a: {'9' * n}\n", 5000, _ROOM),
    Hostile("digits in a field's name", "yaml-key", lambda n: f"{HEAD}x-a: {{{'9' * n}: 1}}\n", 15, 15),
    Hostile("a number in base 60", "implicit-type", lambda n: f"{HEAD}x-a: 1{':1' * n}\n", 5000, _ROOM // 2),
    Hostile("nearly a number", "", lambda n: f"{HEAD}x-a: 1{'_' * n}x\n", 5000, _ROOM),
    Hostile("nearly a time", "", lambda n: f"{HEAD}x-a: 2026-01-01 {' ' * n}x\n", 5000, _ROOM),
    Hostile("a fraction of a second", "schema-format", lambda n: _moment(f"07.{'1' * n}"), 5000, _ROOM),
    Hostile("bells", "control-character", lambda n: f"{HEAD}description: {chr(7) * n}\n", 1000, _ROOM),
    Hostile("line separators", "odd-line-break", lambda n: f"{HEAD}x-a: {chr(0x2028) * n}\n", 1000, _ROOM // 3),
    Hostile("line ends of an old Mac", "odd-line-break", lambda n: "title: x\r" * n, 1000, _ROOM // 9),
    Hostile("accents on one letter", "", lambda n: f"{HEAD}x-a: a{chr(0x301) * n}\n", 1000, _ROOM // 2),
    Hostile("zero bytes", "not-utf8", lambda n: b"\0" * n, 1000, _ROOM),
    Hostile("all bytes", "not-utf8", lambda n: bytes(range(256)) * n, 4, 4000),
    Hostile("nearly passwords", "", lambda n: f"{HEAD}description: {'password=' * n}\n", 1000, 100_000),
    Hostile("nearly tokens", "", lambda n: f"{HEAD}description: {'eyJ' * n}\n", 1000, 300_000),
    Hostile(
        "passwords",
        "secret-in-record",
        lambda n: f"{HEAD}description: |\n" + "  password=hunter2-and-more\n" * n,
        200,
        30_000,
    ),
)
"""Much of something."""


def _moment(end: str) -> str:
    return f"{HEAD}timeline:\n{ENTRY}".replace("03:07:00", f"03:07:{end}")


ODD = (
    _in_all("utf-16-le"),
    _in_all("utf-16-be"),
    _in_all("utf-32-le"),
    _in_all("utf-32-be"),
    _in_all("utf-16-le", b"\xff\xfe"),
    _in_all("utf-16-be", b"\xfe\xff"),
    _in_all("utf-32-le", b"\xff\xfe\0\0"),
    _in_all("utf-32-be", b"\0\0\xfe\xff"),
    _in_all("utf-8", b"\xef\xbb\xbf"),
    Hostile("half of UTF-16", "not-utf8", lambda _: HEAD.encode("utf-16")[:-1]),
    Hostile("nothing but marks", "not-utf8", lambda _: b"\xef\xbb\xbf" * 2),
    Hostile("a picture", "not-utf8", lambda _: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    Hostile("a program", "not-utf8", lambda _: b"\x7fELF\2\1\1\0\xff"),
    Hostile("nothing", "not-a-mapping", lambda _: b""),
    Hostile("blanks", "not-a-mapping", lambda _: b"  \n\n"),
    Hostile("the start of a document", "not-a-mapping", lambda _: b"---\n"),
    Hostile("a list", "not-a-mapping", lambda _: b"- a\n"),
    Hostile("markers of a conflict", "yaml-syntax", lambda _: f"<<<<<<< HEAD\n{HEAD}=======\n>>>>>>> x\n"),
    _after_head("half a pair, as bytes", "not-utf8", b"x-a: \xed\xa0\x80\n"),
    _after_head("half a pair, as escape", "yaml-syntax", 'x-a: "\\ud800"\n'),
    _after_head("beyond Unicode", "yaml-syntax", 'x-a: "\\UFFFFFFFF"\n'),
    _after_head("a letter written too long", "not-utf8", b"x-a: \xc0\xaf\n"),
    _after_head("a letter cut off", "not-utf8", b"x-a: \xe2\x82"),
    _after_head("a zero byte", "control-character", "x-a: a\0b\n"),
    _after_head("a zero byte, as escape", "", 'x-a: "a\\0b"\n'),
    _after_head("next line", "odd-line-break", "x-a: a\x85b\n"),
    _after_head("line separator", "odd-line-break", "x-a: a\u2028b\n"),
    _after_head("paragraph separator", "odd-line-break", "x-a: a\u2029b\n"),
    _after_head("form feed", "control-character", "x-a: a\x0cb\n"),
    _after_head("the direction is turned", "control-character", "x-a: a\u202eb\n"),
    _after_head("the direction is set apart", "control-character", "x-a: a\u2066b\n"),
    *(
        _after_head(f"U+{ord(letter):04X}", "invisible-character", f"x-a: a{letter}b\n")
        for letter in "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u3164\ufeff\U000e0041"
    ),
    _after_head("joiners with a use", "", "x-a: 👩\u200d💻 \u0633\u200c\u0647 🏴\U000e0067\U000e0062\U000e007f\n"),
    Hostile("a Cyrillic letter in a link", "dangling-link", lambda _: HEAD.replace("team:web", "team:w\u0435b")),
    _after_head("a Cyrillic letter in a field", "unknown-field", "descripti\u043en: x\n"),
    _after_head("an alias of itself", "yaml-alias", "x-a: &a [*a]\n"),
    _after_head("an alias of nothing", "yaml-alias", "x-a: *a\n"),
    _after_head("an alias for a key", "yaml-alias", "*a : b\n"),
    _after_head("null for a key", "yaml-key", "null: b\n"),
    _after_head("nothing for a key", "unknown-field", '"": b\n'),
    _after_head("a list for a key", "yaml-key", "[a]: b\n"),
    _after_head("a mapping for a key", "yaml-key", "{a: b}: c\n"),
    _after_head("a number for a key", "yaml-key", "1: b\n"),
    _after_head("true for a key", "yaml-key", "true: b\n"),
    _after_head("lines in a key", "unknown-field", '"a\\nb": c\n'),
    _after_head("an escape sequence in a key", "unknown-field", '"\\e[31mred": c\n'),
    _after_head("a number without end", "implicit-type", "x-a: 1e999999\n"),
    _after_head("infinity", "implicit-type", "x-a: [.inf, -.inf, .nan]\n"),
    _after_head("code", "yaml-tag", "x-a: !!python/object/apply:os.system [id]\n"),
    Hostile("a day that is none", "schema-format", lambda _: _moment("00").replace("2026-03-04", "2026-02-30")),
    Hostile("the year 0", "schema-format", lambda _: _moment("00").replace("2026", "0000")),
    Hostile("a month that is none", "schema-format", lambda _: _moment("00").replace("2026-03-04", "9999-99-31")),
)
"""Something odd, and a little of it."""
