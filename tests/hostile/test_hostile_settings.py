"""Settings that would break a reader: each is refused in one line with its place, or every command bears it."""

import copy
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itsm_as_code import resources
from itsm_as_code.errors import ItsmError
from itsm_as_code.reading.config import load_config
from itsm_as_code.reading.document import read_document
from itsm_as_code.reporters.impact_facts import down_facts, up_facts
from itsm_as_code.rules.catalogue import discover
from itsm_as_code.rules.engine import check, lint
from itsm_as_code.rules.known import names
from itsm_as_code.rules.reference import read_page
from itsm_as_code.site.render import render
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from tests.hostile.runs import FILES, itsm, write
from tests.support import RunItsm

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
DEFAULTS = read_document("defaults.yaml", (resources.schemas() / "defaults.yaml").read_bytes()).value
HOURS = "hours: [{days: [mon], start: '09:00', end: '17:00'}]"


def calendar(words: str) -> str:
    return f"format: 1\ncalendars: {{shop: {{{words}}}}}\n"


def classes(count: int, first: str) -> str:
    lines = [f"  c{n}: c{n - 1}\n" for n in range(1, count)]
    return f"format: 1\nci_classes:\n  c0: {first}\n{''.join(lines)}"


def matrix(cell: str) -> str:
    row = "{high: 3, medium: 3, low: 3}"
    return f"format: 1\npriority: {{high: {{high: {cell}, medium: 3, low: 3}}, medium: {row}, low: {row}}}\n"


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "aliases of aliases": ("format: 1\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchor &a"),
    "lists without end": (f"format: 1\norganisation: {'[' * 100_000}", "nested"),
    "mappings without end": (f"format: 1\norganisation: {'{a: ' * 5000}", "nested"),
    "ten megabytes": (f"format: 1\norganisation: {{name: {'x' * 10_000_000}}}\n", "larger than 1,048,576 bytes"),
    "a list": ("- 1\n", "holds a list"),
    "nothing": ("", "is empty"),
    "UTF-16": ("format: 1\n".encode("utf-16"), "UTF-16"),
    "binary": (bytes(range(256)), "binary"),
    "a tag": ("format: !!python/object:os.system 1\n", "tag"),
    "a key twice": ("format: 1\nformat: 1\n", "given twice"),
    "the wrong types": ("format: 1\npriority: x\nrules: [a]\nci_classes: []\n", "must be"),
    "another format": ("format: 2\n", "must be 1"),
    "nothing everywhere": ("format: 1\norganisation:\nrules:\n", "is empty"),
    "an unknown key": ("format: 1\norganization: {name: A}\n", "did you mean organisation?"),
    "Python's own name": ("format: 1\n__proto__: 1\n", "unknown field __proto__"),
    "a name of two lines": ('format: 1\norganisation: {name: "A\\nB"}\n', "on one line"),
    "a script for an address": ("format: 1\norganisation: {name: A, url: 'javascript:alert(1)'}\n", "web site"),
    "a path for a zone": ("format: 1\ntime_zone: ../../etc/passwd\n", "IANA name"),
    "a path inside a zone": ("format: 1\ntime_zone: Etc/../../../../etc/passwd\n", "IANA name"),
    "a folder for a zone": ("format: 1\ntime_zone: Europe\n", "is no time zone"),
    "a table for a zone": ("format: 1\ntime_zone: leapseconds\n", "is no time zone"),
    "a zone of a megabyte": (f"format: 1\ntime_zone: {'A' * 100_000}\n", "is no time zone"),
    "a zone of a calendar": (calendar(f"{HOURS}, time_zone: Europe//Zurich"), "is no time zone"),
    "a huge priority": (matrix("'99999999999999999999'"), "must be a whole number"),
    "a priority beyond": (matrix("6"), "at most 5"),
    "no number": (matrix(".nan"), "quotes"),
    "the year 0": (calendar(f"{HOURS}, holidays: [{{date: 0000-01-01, name: New}}]"), "day of the calendar"),
    "a day that is none": (calendar(f"{HOURS}, holidays: [{{date: 2026-02-30, name: New}}]"), "day of the calendar"),
    "hours that overlap": (calendar(HOURS[:-1] + ", {days: [mon], start: '16:00', end: '18:00'}]"), "overlap"),
    "hours by the thousand": (calendar(f"hours: [{HOURS[8:-1] + ', '}{(HOURS[8:-1] + ', ') * 3000}]"), "at most 200"),
    "holidays by the thousand": (
        calendar(f"{HOURS}, holidays: [{', '.join(['{date: 2026-01-01, name: New}'] * 3000)}]"),
        "at most 2000",
    ),
    "a calendar with a path": (calendar(HOURS).replace("shop", "../shop"), "is not in the right form"),
    "a class of itself": ("format: 1\nci_classes: {robot: robot}\n", "robot specialises itself"),
    "classes in a circle": ("format: 1\nci_classes: {server: robot, robot: server}\n", "specialises itself"),
    "a large circle": (classes(900, "c899"), "c0 specialises itself"),
    "classes by the thousand": (classes(2000, "null"), "at most 1000"),
    "classes of nothing": (
        "format: 1\nci_classes:\n" + "".join(f"  class-{n}: klass-{n}\n" for n in range(1000)),
        "klass-0 is not a CI class (did you mean class-0?) (and many more)",
    ),
    "rules by the thousand": ("format: 1\nrules:\n" + "".join(f"  r{n}: error\n" for n in range(2000)), "at most 1000"),
    "relations by the thousand": (
        "format: 1\nrelation_types:\n" + "".join(f"  r{n}: {{inverse: i, carries: 'yes'}}\n" for n in range(500)),
        "at most 200",
    ),
}


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_settings_are_refused_in_one_line_with_their_place(data: str | bytes, words: str) -> None:
    with pytest.raises(ItsmError) as raised:
        load_config(data.encode() if isinstance(data, str) else data)
    assert words in str(raised.value)
    assert str(raised.value).startswith("itsm.yaml:")
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 400


COMMANDS: Sequence[Sequence[str]] = (
    ("lint",),
    ("check",),
    ("link",),
    ("list", "team"),
    ("show", "team:web"),
    ("impact", "ci:web-01"),
    ("spof",),
    ("risk", "CHG-20260304-k7qz"),
    ("render", "site"),
    ("new", "team", "--title", "Other"),
    ("import", "table", "x.csv"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_every_command_refuses_an_unknown_rule(words: Sequence[str], tmp_path: Path, run_itsm: RunItsm) -> None:
    write(tmp_path, {**FILES, "itsm.yaml": "format: 1\nrules: {ownerles-ci: error}\n"})
    if words[0] == "import":
        words = ("import", "cstate", str(tmp_path / "status"), "--into", ".")
        write(tmp_path, {"status/config.yml": "title: Status\nsystems: []\n", "status/content/issues/.gitkeep": ""})
    run = run_itsm(*words, cwd=tmp_path)
    assert run.exit_code == 2
    assert run.stderr == (
        "error: itsm.yaml: rules: there is no rule ownerles-ci (did you mean ownerless-ci?) "
        "(itsm explain --list names them)\n"
    )


def test_rules_are_known_by_name_without_importing_them() -> None:
    assert names() == set(discover())


def test_an_endless_settings_file_ends_in_time(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "itsm.yaml": classes(40_000, "null")})
    done = itsm(tmp_path, "lint")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def _records() -> dict[str, str | bytes]:
    """Return the records of a few rules' examples, of those that settings bear on."""
    files: dict[str, str | bytes] = {}
    for rule in list(discover().values())[::4]:
        for file in read_page(rule.doc).right:
            if file.path.startswith("records/"):
                files.setdefault(file.path, file.data)
    return files


RECORDS = _records()
FULL: dict[str, Any] = {"format": 1, **copy.deepcopy(dict(DEFAULTS))}
JUNK: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**12, "", "x", "high", "yes", "group", "server", "depends_on", "UTC", "\n", "<b>"),
    *("09:00", "24:00", "2026-02-29", "9999-12-31", [], {}, [[]], {"a": {}}, ["mon"], "a" * 3000, "*", 1, 5, "off"),
)
Path_ = tuple[str | int, ...]


def places(value: object, path: Path_ = ()) -> list[Path_]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, below in inner for found in places(below, (*path, key)))]


@st.composite
def changed(draw: st.DrawFn) -> bytes:
    """Draw settings in which a value is another one, is gone or stands elsewhere, or some bytes are others."""
    document = copy.deepcopy(FULL)
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from([path for path in places(document) if path]))
        parent: Any = document
        for step in path[:-1]:
            parent = parent[step]
        if draw(st.booleans()):
            parent[path[-1]] = copy.deepcopy(draw(st.sampled_from(JUNK)))
        elif isinstance(parent, dict):
            name = draw(st.sampled_from(["server", "depends_on", "mon", "x", "", "\n", "always"]))
            parent[name] = parent.pop(path[-1])
    data = json.dumps(document, indent=1).encode()
    if draw(st.integers(0, 3)) == 0:
        at = draw(st.integers(0, len(data) - 1))
        data = data[:at] + draw(st.binary(max_size=3)) + data[at + draw(st.integers(0, 20)) :]
    return data


def use(data: bytes) -> None:
    """Do with a repository of these settings what commands do."""
    snapshot = load(MemorySource({**RECORDS, "itsm.yaml": data}))
    findings = lint(snapshot)
    check(snapshot, NOW)
    for part in (*snapshot.of("service")[:2], *snapshot.of("ci")[:2]):
        down_facts(snapshot, part, None)
        up_facts(snapshot, part, None)
    for _page in render(snapshot, NOW, "public", findings):
        pass


@settings(max_examples=40)
@given(data=changed())
def test_whatever_the_settings_are_they_are_refused_or_borne(data: bytes) -> None:
    try:
        use(data)
    except ItsmError as error:
        assert str(error).startswith("itsm.yaml:")  # noqa: PT017 - either of the two is right
        assert "\n" not in str(error)  # noqa: PT017 - as above


@st.composite
def odd(draw: st.DrawFn) -> bytes:
    """Draw settings that are right and that nobody has: other trees of classes, relations that carry otherwise."""
    order = draw(st.permutations(list(DEFAULTS["ci_classes"])))
    relations = list(DEFAULTS["relation_types"])
    document: dict[str, Any] = {"format": 1, "ci_classes": {}, "relation_types": {}, "rules": {}}
    for above, class_ in pairwise([None, *order]):
        document["ci_classes"][class_] = draw(st.sampled_from([above, None]))
    for name in relations:
        carries = draw(st.sampled_from(["yes", "no", "group"]))
        document["relation_types"][name] = {"inverse": draw(st.sampled_from(relations)), "carries": carries}
    for name in draw(st.lists(st.sampled_from(sorted(names())), max_size=40)):
        document["rules"][name] = draw(st.sampled_from(["error", "warning", "off"]))
    document["time_zone"] = draw(st.sampled_from(["Pacific/Kiritimati", "Etc/GMT+12", "Australia/Lord_Howe"]))
    days = [{"date": day, "name": "Day"} for day in ("0001-01-01", "9999-12-31", "2026-03-10")]
    hours = [{"days": ["mon"], "start": "00:00", "end": draw(st.sampled_from(["00:01", "24:00"]))}]
    for name in ("always", "business-hours"):
        document["calendars"] = {name: {"time_zone": "Pacific/Apia", "hours": hours, "holidays": days}}
    return json.dumps(document).encode()


@settings(max_examples=15)
@given(data=odd())
def test_settings_that_nobody_has_are_borne(data: bytes) -> None:
    use(data)
