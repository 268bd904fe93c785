"""Schemas of a repository that would break a reader: each is refused in one line, or does no harm."""

import http.server
import json
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from referencing.exceptions import Unresolvable

from itsm_as_code.errors import ItsmError
from itsm_as_code.reading.kinds import load_kinds, plain_schema
from itsm_as_code.reading.validation import SchemaValidator
from tests.hostile.runs import FILES, itsm, write

FILE = "schemas/vehicle.schema.json"
KIND: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Vehicle",
    "description": "A van or a car of the fleet.",
    "type": "object",
    "$ref": "envelope.schema.json",
    "properties": {"plate": {"type": "string", "description": "Number plate."}},
    "required": ["title", "plate"],
    "patternProperties": {"^x-": True},
    "unevaluatedProperties": False,
    "x-itsm": {"kind": "vehicle", "plural": "vehicles", "folder": "vehicles", "id": "slug", "title_field": "title"},
}


def kind(**words: object) -> bytes:
    return json.dumps({**KIND, **words}).encode()


def field(**words: object) -> bytes:
    """Return the kind with one more field."""
    return kind(properties={**KIND["properties"], "extra": {"description": "Extra.", **words}})


def ours(**words: object) -> bytes:
    """Return the kind with other words of ours."""
    return kind(**{"x-itsm": {**KIND["x-itsm"], **words}})


def shapes(defs: Mapping[str, object]) -> bytes:
    """Return the kind with shapes, the first of which a field refers to."""
    extra = {"description": "Extra.", "$ref": f"#/$defs/{next(iter(defs))}"}
    return kind(properties={**KIND["properties"], "extra": extra}, **{"$defs": defs})


def raw(words: str) -> bytes:
    """Return the kind with words that Python's JSON would not write in its field."""
    return kind().replace(b'"Number plate."', f'"Number plate.", {words}'.encode())


def link(**words: object) -> bytes:
    return field(type="string", **{"x-itsm-link": {"to": [], "reverse": "vehicles", **words}})


def chain(count: int) -> dict[str, Any]:
    return {f"a{n}": {"$ref": f"#/$defs/a{n + 1}"} for n in range(count)} | {f"a{count}": {"type": "string"}}


def doubled(count: int) -> dict[str, Any]:
    """Return shapes of which each names the next one twice: written out they are two to the power of their count."""
    return {
        f"a{n}": {
            "type": "object",
            "properties": {side: {"$ref": f"#/$defs/a{n + 1}", "description": "Next."} for side in ("left", "right")},
        }
        for n in range(count)
    } | {f"a{count}": {"type": "string"}}


def chosen(count: int) -> dict[str, Any]:
    """Return shapes that a validator would try both ways, at each of them."""
    both = {f"a{n}": {"allOf": [{"anyOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 2}]} for n in range(count)}
    return both | {f"a{count}": {"type": "string"}}


REFUSED: dict[str, tuple[bytes, str]] = {
    # What it refers to.
    "reference over http": (field(**{"$ref": "http://127.0.0.1:1/x.json"}), "$ref names a shape of this file"),
    "reference to a file": (field(**{"$ref": "file:///etc/passwd"}), "$ref names a shape of this file"),
    "reference beside it": (field(**{"$ref": "../itsm.yaml"}), "$ref names a shape of this file"),
    "reference by name": (field(**{"$ref": "urn:x"}), "$ref names a shape of this file"),
    "reference with a line end": (field(**{"$ref": "#/$defs/a\n"}), "$ref names a shape of this file"),
    "reference that is true": (field(**{"$ref": True}), "$ref"),
    "dynamic reference": (field(**{"$dynamicRef": "#x"}), "unknown field $dynamicRef"),
    "recursive reference": (field(**{"$recursiveRef": "#"}), "unknown field $recursiveRef"),
    "anchor": (field(**{"$anchor": "x"}), "unknown field $anchor"),
    "address inside": (field(**{"$id": "http://127.0.0.1:1/"}), "unknown field $id"),
    "draft inside": (field(**{"$schema": "http://127.0.0.1:1/"}), "unknown field $schema"),
    "another draft": (kind(**{"$schema": "http://json-schema.org/draft-07/schema#"}), "$schema"),
    "long chain": (shapes(chain(3000)), "more than 40 deep"),
    "chain of forty": (shapes(chain(40)), "more than 40 deep"),
    "two to the power of 18": (shapes(doubled(18)), "shapes; at most 3,000"),
    "two to the power of 50": (shapes(doubled(50)), "more than 40 deep"),
    "choices of choices": (shapes(chosen(12)), "shapes; at most 3,000"),
    "circle through allOf": (
        shapes({"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"allOf": [{"$ref": "#/$defs/a"}]}}),
        "leads back to itself",
    ),
    "circle through fields": (
        shapes({"a": {"type": "object", "properties": {"b": {"$ref": "#/$defs/a", "description": "B."}}}}),
        "leads back to itself",
    ),
    "circle that nobody uses": (
        kind(**{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}),
        "leads back to itself",
    ),
    # How large it is.
    "a hundred thousand objects deep": (b'{"a":' * 40_000, "more than 60 deep"),
    "a hundred thousand lists deep": (b"[" * 200_000, "more than 60 deep"),
    "closed, and deep": (b'{"a":' * 900 + b"1" + b"}" * 900, "more than 60 deep"),
    "a value deep": (field(const=json.loads("[" * 100 + "]" * 100)), "more than 60 deep"),
    "ten megabytes": (b'{"a":"' + b"x" * 10_000_000 + b'"}', "at most 262,144 are read"),
    "a million values": (field(enum=list(range(1_000_000))), "at most 262,144 are read"),
    "a number of 6000 digits": (raw('"minimum": ' + "9" * 6000), "a number is too large"),
    "an endless number": (raw('"minimum": 1e999'), "a number is too large"),
    "a large length": (raw('"minLength": 100000000000000000000'), "a number is too large"),
    # What is no JSON, or no schema.
    "not a number": (raw('"const": NaN'), "NaN is no number of JSON"),
    "minus infinity": (raw('"const": -Infinity'), "-Infinity is no number of JSON"),
    "a key twice": (raw('"type": "string"'), "type is given twice"),
    "half a character": (raw('"title": "\\ud800"'), "U+D800"),
    "half a character as a key": (raw('"\\udfff": 1'), "U+DFFF"),
    "an escape sequence": (kind(title="\x1b[31mred"), "U+001B"),
    "text that turns round": (kind(title="\u202egnp"), "U+202E"),
    "negative length": (raw('"minLength": -1'), "minLength"),
    "multiples of nothing": (field(multipleOf=0), "unknown field multipleOf"),
    "fields in a list": (kind(properties=[1]), "properties"),
    "required as a text": (kind(required="title"), "required"),
    "any type": (field(type="any"), "any is not one of"),
    "no type at all": (field(type=[]), "type"),
    "unknown format": (field(format="unknown"), "unknown is not one of"),
    "schemas that depend": (field(dependentSchemas={}), "unknown field dependentSchemas"),
    "what was not evaluated": (field(unevaluatedProperties=False), "unknown field unevaluatedProperties"),
    # Regular expressions.
    "look-ahead": (field(pattern="^(?=a)"), "look-around can take for ever"),
    "look-behind": (field(pattern="(?<!a)b"), "look-around can take for ever"),
    "back-reference": (field(pattern="(a)\\1"), "back to a group"),
    "a million letters by two counts": (field(pattern="(a{1000}){1000}"), "minLength"),
    "a large count": (field(pattern="x{1,100000}"), "minLength"),
    "a long pattern": (field(pattern="a" * 100_000), "pattern"),
    "many patterns": (
        kind(
            properties={
                **KIND["properties"],
                **{f"p{n}": {"description": "P.", "pattern": "^a"} for n in range(101)},
            }
        ),
        "at most 100 are taken",
    ),
    "a pattern of names": (field(type="object", propertyNames={"pattern": "(?=a)"}), "look-around"),
    # Words of ours.
    "folder above": (ours(folder="../.."), "x-itsm.folder"),
    "folder of the machine": (ours(folder="/etc"), "x-itsm.folder"),
    "git's folder": (ours(folder=".git"), "x-itsm.folder"),
    "folder with a line end": (ours(folder="vehicles\n"), "x-itsm.folder"),
    "prefix that is a pattern": (ours(id="process", prefix="A.*"), "x-itsm.prefix"),
    "kind named as Python's own": (ours(kind="__proto__"), "x-itsm.kind"),
    "kind with a slash": (ours(kind="a/b"), "x-itsm.kind"),
    "title of two lines": (kind(title="One\nTwo"), "on one line"),
    "title of nothing": (kind(title=" "), "on one line"),
    "title without end": (kind(title="V" * 61), "on one line"),
    "unknown column": (ours(columns=["colour"]), "there is no field colour"),
    "unknown title": (ours(title_field="colour"), "there is no field"),
    "named by nothing": (link(named_by="plat"), "there is no field plat beside it (did you mean plate?)"),
    "link when nothing is so": (link(when={"plat": ["a"]}), "there is no field plat beside it (did you mean plate?)"),
    "link when never": (link(when={"visibility": ["publik"]}), "never publik (did you mean public?)"),
    "link unless a record": (link(unless=["team:web"]), "a word has no colon"),
}


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_a_schema_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(ItsmError) as raised:
        load_kinds({FILE: data})
    assert words in str(raised.value)
    assert str(raised.value).startswith(f"{FILE}: ")
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 500


TAKEN: dict[str, bytes] = {
    "an address of its own": kind(**{"$id": "http://127.0.0.1:1/vehicle.json"}),
    "an odd address": kind(**{"$id": "::::"}),
    "a reference as a value": field(const={"$ref": "http://127.0.0.1:1/"}),
    "a reference in an example": kind(examples=[{"title": "Van", "plate": "x", "$ref": "http://127.0.0.1:1/"}]),
    "a pattern in an example": kind(examples=[{"pattern": "("}]),
    "fields called as keywords": kind(
        properties={
            **KIND["properties"],
            **{name: {"type": "string", "description": "Odd."} for name in ("pattern", "items", "enum", "const")},
        }
    ),
    "ten thousand values": field(enum=[f"v{n}" for n in range(10_000)]),
    "a thousand states": ours(lifecycle={"states": {f"s{n}": {"to": [f"s{n}"], "meaning": "S."} for n in range(1000)}}),
    "a pattern that would go back for ever": field(type="string", pattern="^(a+)+$"),
    "markup for a title": kind(title="<script>alert(1)</script>"),
    "nothing twice in a list": field(type="array", uniqueItems=True),
}


@pytest.mark.parametrize("data", TAKEN.values(), ids=TAKEN)
@pytest.mark.parametrize("quick", [True, False])
def test_a_schema_is_taken_and_does_no_harm(data: bytes, *, quick: bool) -> None:
    kinds = load_kinds({FILE: data})
    validator = SchemaValidator(kinds["vehicle"].schema, quick=quick)
    for extra in ("a" * 20_000 + "!", [{"a": number} for number in range(20_000)]):
        assert list(validator.faults("f", {"title": "Some van", "plate": "x", "extra": extra, "wrong": 1}))
    assert plain_schema(kinds["vehicle"], kinds)


@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize("words", ["$ref", "$dynamicRef", "$schema"])
def test_nothing_is_ever_fetched(words: str, tmp_path: Path, *, quick: bool) -> None:
    asked: list[str] = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    secret = tmp_path / "secret.json"
    os.mkfifo(secret)  # Whoever opens it to read waits for ever.
    with http.server.HTTPServer(("127.0.0.1", 0), Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        web = f"http://127.0.0.1:{server.server_address[1]}/x.json"
        for address in (web, f"{web}#/$defs/a", secret.as_uri()):
            schema = {"type": "object", "properties": {"a": {words: address}}}
            try:
                list(SchemaValidator(schema, quick=quick).faults("f", {"a": 1}))
            except (LookupError, Unresolvable):
                continue
        server.shutdown()
    assert asked == []


def _odd_places(root: Path) -> Iterator[tuple[str, str]]:
    """Make one thing after another in place of a schema, and yield its path and what is said of it."""
    place = root / FILE
    for make, words in (
        (lambda: place.symlink_to("/dev/zero"), "symlink"),
        (lambda: place.symlink_to(root.parent), "symlink"),
        (lambda: os.mkfifo(place), "not a file"),
        (lambda: place.write_bytes(b""), "not JSON"),
        (lambda: place.write_bytes(b"\xff\xfe{"), "not UTF-8"),
        (lambda: place.write_bytes(kind().replace(b"\n", b"") + b"{}"), "not JSON"),
    ):
        make()
        yield FILE, words
        place.unlink()


def test_what_stands_in_place_of_a_schema(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "schemas").mkdir()
    for path, words in _odd_places(tmp_path):
        done = itsm(tmp_path, "lint")
        assert (done.returncode, done.stdout) == (2, b"")
        (line,) = done.stderr.decode().splitlines()
        assert path in line
        assert words in line


def test_what_is_beside_the_schemas_is_let_alone(tmp_path: Path) -> None:
    beside: dict[str, str | bytes] = {
        "schemas/incident.schema.json/README.md": "# A folder",
        "schemas/notes.txt": b"\xff",
        "schemas/vehicle.schema.json.bak": "{",
        "schemas/a\nb.json": "{",
    }
    write(tmp_path, {**FILES, **beside})
    done = itsm(tmp_path, "lint")
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_schema_with_an_odd_name_is_one_line(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "schemas/a\nb.schema.json": kind()})
    done = itsm(tmp_path, "lint")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_kind_is_described_once() -> None:
    with pytest.raises(ItsmError, match=r"schemas/a/vehicle.schema.json describes vehicle already"):
        load_kinds({"schemas/a/vehicle.schema.json": kind(), "schemas/b/vehicle.schema.json": kind()})


def test_there_are_not_thousands_of_kinds() -> None:
    letters = [f"k{number:03}" for number in range(201)]
    own = {f"schemas/{name}.schema.json": ours(kind=name, folder=name) for name in letters}
    with pytest.raises(ItsmError, match="more than 200 schemas"):
        load_kinds(own)


def test_a_pattern_that_goes_back_for_ever_does_not_hold_up_lint(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        FILE: field(type="string", pattern="^(a|a|aa)+$"),
        "records/vehicles/van.yaml": f"title: Van\nplate: x\nextra: {'a' * 50_000}!\n",
    }
    write(tmp_path, {**FILES, **files})
    done = itsm(tmp_path, "lint")
    assert done.returncode == 1
    assert b"records/vehicles/van.yaml:3:8" in done.stdout


def test_markup_in_a_kind_is_text_on_the_site(tmp_path: Path) -> None:
    words = "<img src=x onerror=alert(1)>"
    files: dict[str, str | bytes] = {
        FILE: kind(title=words, description=words),
        "records/vehicles/van.yaml": "title: Van\nplate: x\n",
    }
    write(tmp_path, {**FILES, **files, "records/teams/web.yaml": "name: Web team\n"})
    done = itsm(tmp_path, "render", "site", "--now", "2026-03-10T09:00:00Z")
    assert done.returncode == 0, done.stderr
    pages = [page.read_text() for page in (tmp_path / "site").rglob("*.html")]
    assert any("van" in page for page in pages)
    assert not any("<img src=x" in page for page in pages)
