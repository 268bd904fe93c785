"""Broken and hostile files, and maps with slips: told in words, never a crash, nothing outside of the repository."""

import gzip
import json
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itsm_as_code.errors import ItsmError
from itsm_as_code.interchange.table import files
from itsm_as_code.interchange.table.import_table import TableResult, import_table
from itsm_as_code.interchange.table.remarks import Remarks
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.worktree import WorktreeSource

MAP = """format: 1
system: desk
sources: {rows: {}}
records:
  - kind: asset
    from: rows
    key: "{tag}"
    fields:
      title: "{name}"
      class: "{class}"
      purchase.cost: {from: "{cost}", currency: EUR}
"""


def run(folder: Path, content: str | bytes, name: str = "t.csv", map_: str = MAP) -> TableResult:
    (folder / "map.yaml").write_text(map_)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return import_table([str(folder / name)], folder / "map.yaml", folder / "into")


def said(remarks: Remarks, name: str) -> list[tuple[int, str]]:
    return [(remark.row, remark.reason) for remark in getattr(remarks, name)]


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (gzip.compress(b"tag,name\n1,x\n" * 999, mtime=0)[:60], "t.csv.gz", "is cut off: its gzip has no end"),
        (b"\x1f\x8b\x08\x00garbage garbage garbage", "t.csv.gz", "is a broken gzip file"),
        ("{", "t.json", "t.json is not JSON"),
        ("[" * 100_000, "t.json", "t.json is not JSON"),
        ('{"a": 1}', "t.json", "there is no list of objects in it; it has a"),
        ("a: [", "t.yaml", "t.yaml is not YAML: line"),
        ("[" + "9" * 5000 + "]", "t.json", "t.json is not JSON: a number has too many digits$"),
        ("*a", "t.yaml", "t.yaml is not YAML"),
        ("tag", "t.xlsx", "its name does not tell what it is"),
    ],
)
def test_a_file_that_cannot_be_read_ends_the_run_in_a_line(
    tmp_path: Path, content: str | bytes, name: str, says: str
) -> None:
    with pytest.raises(ItsmError, match=says) as caught:
        run(tmp_path, content, name)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "into" / "records").exists()


def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1 << 20)
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
    with pytest.raises(ItsmError, match="holds more than 1 MiB"):
        run(tmp_path, bomb, "t.csv.gz")


def test_odd_rows_are_told(tmp_path: Path) -> None:
    table = 'tag,name,name,\n1,"a, b",c,d\n2\n3,x,y,z,more\n\n   \n4,"=1+1",y,\n'
    result = run(tmp_path, table)
    assert said(result.remarks, "guessed")[:1] == [
        (0, "stands in the header more than once: the later one is called name 2")
    ]
    assert (3, "has fewer cells than the header: the missing ones are empty") in said(result.remarks, "guessed")
    assert said(result.remarks, "skipped") == [(4, "has more cells than the header: what stands beyond is left out")]
    assert result.records == {"asset": 4}
    assert 'title: "=1+1"' in (tmp_path / "into/records/assets/4.yaml").read_text()


def test_control_characters_and_other_encodings_are_told(tmp_path: Path) -> None:
    result = run(tmp_path, b"tag,name\n1,Caf\xe9\x00\x07\n")
    assert said(result.remarks, "guessed") == [
        (0, "is not UTF-8; read as cp1252"),
        (0, "control characters left out (2 of them)"),
    ]
    assert "Café" in (tmp_path / "into/records/assets/1.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["", "\n\n", "tag,name\n"])
def test_an_empty_table_is_told(tmp_path: Path, content: str) -> None:
    result = run(tmp_path, content)
    assert (0, "has no rows of rows") in said(result.remarks, "skipped")


def test_ids_lead_nowhere_else(tmp_path: Path) -> None:
    keys = ["../../etc/passwd", "..", "/abs", "C:\\x", "a\x00b", "~root", "é" * 300, "CON", ".git", "x" * 5000, "😀"]
    run(tmp_path, json.dumps([{"tag": key, "name": "n"} for key in keys]), "t.json")
    written = [path for path in tmp_path.rglob("*.yaml") if path.name not in ("map.yaml", "itsm.yaml")]
    assert len(written) == len(keys)
    assert {path.parent for path in written} == {tmp_path / "into/records/assets"}
    snapshot = load(WorktreeSource(tmp_path / "into"))
    assert all(record.valid for record in snapshot.records.values())
    assert len(snapshot.records) == len(keys)


def test_a_link_out_of_the_repository_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "into/records").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "into/records/assets").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ItsmError, match="leads out of"):
        run(tmp_path, "tag,name\n1,x\n")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_values_of_other_types_are_texts_or_told(tmp_path: Path) -> None:
    rows = [
        {"tag": 1, "name": True, "class": ["a", 2, None], "cost": 12.5},
        {"tag": 2.0, "name": {"x": 1}, "class": {}, "cost": [1]},
        "text",
        None,
        {"tag": 10**400, "name": float("inf"), "cost": "12.50 CHF"},
    ]
    result = run(tmp_path, json.dumps(rows), "t.json")
    assert result.records == {"asset": 3}
    assert (3, "is no object: left out") in said(result.remarks, "skipped")
    assert (2, "holds fields of its own: left out") in said(result.remarks, "skipped")
    assert 'amount: "12.5"' in (tmp_path / "into/records/assets/1.yaml").read_text()


def test_lines_that_are_no_json_are_told(tmp_path: Path) -> None:
    result = run(tmp_path, '{"tag": 1, "name": "x"}\n{oops\n[1]\n{"tag": 2, "name": "y"}\n', "t.jsonl")
    assert said(result.remarks, "skipped")[:2] == [(2, "is no JSON: left out"), (3, "is no object: left out")]
    assert result.records == {"asset": 2}


def test_what_turns_the_direction_of_reading_is_escaped(tmp_path: Path) -> None:
    run(tmp_path, '[{"tag": 1, "name": "in\u202evoice"}, {"tag": 2, "name": "half \\ud800"}]', "t.json")
    assert 'title: "in\\u202evoice"' in (tmp_path / "into/records/assets/1.yaml").read_text()
    snapshot = load(WorktreeSource(tmp_path / "into"))
    assert [record.valid for record in snapshot.records.values()] == [True, True]
    assert snapshot.faults == ()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=400), st.text(alphabet='tagnme,;"\n\r\t\x00=é1', max_size=200)))
def test_no_file_makes_it_crash(tmp_path: Path, content: bytes | str) -> None:
    try:
        result = run(tmp_path, b"tag,name\n" + content if isinstance(content, bytes) else content)
    except ItsmError:
        return
    assert result.rows["rows"].used <= result.rows["rows"].read


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("kind: aset", "kind: asset", r"map.yaml:5:11: there is no kind aset \(did you mean asset\?\)"),
        ("from: rowz", "from: rows", r"map.yaml:6:11: there is no source rowz \(did you mean rows\?\)"),
        ("purchase.cots:", "purchase.cost:", r"map.yaml:11:7: .*no field purchase.cots \(did you mean cost\?\)"),
        ("titel:", "title:", r"there is no field titel \(did you mean title\?\)"),
        ('key: "{tag"', 'key: "{tag}"', "a brace that is not closed"),
        ("feilds:", "fields:", r"map.yaml:8:5: unknown field feilds \(did you mean fields\?\)"),
        ("curency: EUR", "currency: EUR", r"unknown field curency \(did you mean currency\?\)"),
        ("format: 2", "format: 1", "map.yaml:1:9"),
        ("system: desk\ntime_zone: Mars/Base", "system: desk", "map.yaml:3:12: Mars/Base is no time zone"),
        ("sources: {rows: {encoding: utf-9}}", "sources: {rows: {}}", "utf-9 is no encoding"),
        ("id: number\n    fields:", "fields:", "ids of kind asset are not of the form number; write tag"),
        ("state: in-usse\n      class:", "class:", r"in-usse is not one of .* \(did you mean in-use\?\)"),
        ('owner: "{o}"\n      class:', "class:", "the field may name several kinds of record; say which, link: one of"),
        ('class: {from: "{c}", match: "("}\n      x-a:', "class:", "is no regular expression"),
        ('class: {from: "{c}", map: words}\n      x-a:', "class:", "there is no table of values words"),
        ('class: {split: ","}\n      x-a:', "class:", "a value is one of from, value, first, fields"),
        ("external: x\n      class:", "class:", "external is written by the import; leave it out"),
    ],
)
def test_slips_in_a_map_are_told_with_their_place(tmp_path: Path, wrong: str, right: str, says: str) -> None:
    assert right in MAP
    with pytest.raises(ItsmError, match=says) as caught:
        run(tmp_path, "tag,name\n1,x\n", map_=MAP.replace(right, wrong, 1))
    assert "\n" not in str(caught.value)


def test_a_logged_record_needs_a_timeline(tmp_path: Path) -> None:
    map_ = MAP.replace("kind: asset", "kind: incident").partition("    fields:")[0]
    with pytest.raises(ItsmError, match="records of kind incident have a timeline"):
        run(tmp_path, "tag\n1\n", map_=map_)


def test_files_and_sources_must_fit(tmp_path: Path) -> None:
    map_ = MAP.replace("{rows: {}}", '{rows: {file: "rows*"}, more: {file: "more*"}}')
    with pytest.raises(ItsmError, match="the map has no source for a file of this name"):
        run(tmp_path, "tag\n1\n", "t.csv", map_)
    with pytest.raises(ItsmError, match="no file is given for the map's source more"):
        run(tmp_path, "tag\n1\n", "rows.csv", map_)
    (tmp_path / "any.txt").write_text("tag\n")
    result = import_table(
        [str(tmp_path / "rows.csv"), f"more={tmp_path / 'any.txt'}"], tmp_path / "map.yaml", tmp_path / "into"
    )
    assert result.records == {"asset": 1}
