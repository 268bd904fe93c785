"""Tables by a map: what rows become, what is told, and that a second import changes nothing."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from itsm_as_code.interchange.table.import_table import TableResult, import_table
from itsm_as_code.interchange.target import Target
from itsm_as_code.reading.document import read_document
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.worktree import WorktreeSource

HEAD = "format: 1\nsystem: desk\ntime_zone: Europe/Zurich\nsources: {rows: {}}\n"
TEAMS = """
records:
  - kind: team
    from: rows
    key: "{number}"
    id: {slug: "{name}"}
    fields: {name: "{name}"}
"""
INCIDENTS = """
records:
  - kind: incident
    from: rows
    key: "{number}"
    fields:
      title: "{title}"
      state: {from: "{state}", map: {Open: new, Working: in-progress, Done: closed}}
      impact: {from: "{impact}", map: {"1": high, "2": medium}, otherwise: low, default: low}
      urgency: low
      category: "{category}"
      services: [{from: "{services}", split: ";"}]
    timeline:
      opened: "{opened}"
      reached: {resolved: "{resolved}", closed: "{closed}"}
"""
COLUMNS = "number,title,state,impact,category,services,opened,resolved,closed\n"


class Desk:
    """A folder with a map, a table and a repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.into = folder / "records-of-ours"

    def run(self, map_: str, files: Mapping[str, str | bytes], **options: Any) -> TableResult:  # noqa: ANN401 - of all sorts
        """Import files by a map."""
        (self.folder / "map.yaml").write_text(HEAD + map_ if map_.lstrip().startswith("records") else map_)
        for name, content in files.items():
            (self.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        paths = [str(self.folder / name) for name in files]
        return import_table(paths, self.folder / "map.yaml", self.into, **options)

    def fields(self, path: str) -> Mapping[str, Any]:
        """Return the fields of a record."""
        return read_document(path, (self.into / "records" / path).read_bytes()).value


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def reasons(result: TableResult, name: str) -> set[tuple[int, str, str]]:
    return {(remark.row, remark.column, remark.reason) for remark in getattr(result.remarks, name)}


def test_a_row_becomes_a_record(desk: Desk) -> None:
    row = "IM0010023,Printer on fire,Done,1,Hard ware,print;mail,"
    row += "2024-07-01 10:00:00,2024-07-01 11:00,2024-12-02 12:00:00\n"
    result = desk.run(INCIDENTS, {"t.csv": COLUMNS + row})
    fields = desk.fields("incidents/0010/INC-0010023.yaml")
    assert fields["title"] == "Printer on fire"
    assert (fields["state"], fields["impact"], fields["category"]) == ("closed", "high", "hard-ware")
    assert fields["services"] == ["service:print", "service:mail"]
    assert fields["external"] == [{"system": "desk", "id": "IM0010023", "history": True}]
    assert [(entry["at"], entry["type"], entry.get("to")) for entry in fields["timeline"]] == [
        ("2024-07-01T10:00:00+02:00", "created", None),
        ("2024-07-01T11:00:00+02:00", "transition", "resolved"),
        ("2024-12-02T12:00:00+01:00", "transition", "closed"),
    ]
    assert result.records == {"incident": 1, "person": 1}
    assert (result.remarks.skipped, result.remarks.guessed) == ([], [])


def test_what_is_imported_is_valid(desk: Desk) -> None:
    rows = "1,Printer on fire,Done,1,,,2024-07-01 10:00:00,2024-07-01 11:00,\n2,No,Working,x,,,2024-07-01 10:00:00,,\n"
    desk.run(INCIDENTS, {"t.csv": COLUMNS + rows})
    snapshot = load(WorktreeSource(desk.into))
    assert {record.address: record.valid for record in snapshot.records.values()} == {
        "INC-1": True,
        "INC-2": True,
        "person:table-import": True,
    }
    assert {finding.rule for finding in lint(snapshot)} <= {"missing-for-state"}


def test_a_second_import_changes_nothing(desk: Desk) -> None:
    table = COLUMNS + "1,Printer on fire,Done,1,,,2024-07-01 10:00:00,2024-07-01 11:00,\n"
    first = desk.run(INCIDENTS, {"t.csv": table})
    second = desk.run(INCIDENTS, {"t.csv": table})
    assert second.written == []
    assert second.unchanged == first.written
    assert second.remarks == first.remarks


def test_a_changed_row_changes_its_record_and_edits_are_kept(desk: Desk) -> None:
    table = COLUMNS + "1,One thing,Open,1,,,2024-07-01 10:00:00,,\n2,Another,Open,1,,,2024-07-01 10:00:00,,\n"
    desk.run(INCIDENTS, {"t.csv": table})
    file = desk.into / "records/incidents/0000/INC-2.yaml"
    file.write_text(file.read_text().replace("Another", "Edited by us"))
    result = desk.run(INCIDENTS, {"t.csv": table.replace("One thing", "One matter").replace("Another", "Third")})
    assert result.updated == ["records/incidents/0000/INC-1.yaml"]
    assert [remark.reason for remark in result.remarks.kept] == ["was edited since its import"]
    assert desk.fields("incidents/0000/INC-2.yaml")["title"] == "Edited by us"


def test_what_people_wrote_is_left_alone(desk: Desk) -> None:
    file = desk.into / "records/teams/alpha.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("name: The Alphas\n")
    (desk.into / "itsm.yaml").write_text("format: 1\n")
    result = desk.run(TEAMS, {"t.csv": "number,name\n1,Alpha\n"})
    assert [remark.reason for remark in result.remarks.kept] == ["was not made by an import"]
    assert file.read_text() == "name: The Alphas\n"
    assert result.written == []


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    result = desk.run(TEAMS, {"t.csv": "number,name\n1,Alpha\n"}, dry_run=True)
    assert result.written == ["itsm.yaml", "records/teams/alpha.yaml"]
    assert not desk.into.exists()


def test_an_import_is_remembered_by_its_keys(desk: Desk) -> None:
    desk.run(TEAMS, {"t.csv": "number,name\n1,Alpha\n"})
    desk.run(TEAMS, {"t.csv": "number,name\n1,Beta\n"})
    assert [path.name for path in (desk.into / "records/teams").iterdir()] == ["alpha.yaml"]
    assert desk.fields("teams/alpha.yaml")["name"] == "Beta"


def test_two_keys_with_one_name_get_two_ids(desk: Desk) -> None:
    result = desk.run(TEAMS, {"t.csv": "number,name\n1,Desk A\n2,desk a\n3,DESK-A!\n"})
    assert result.written[1:] == [f"records/teams/{name}.yaml" for name in ("desk-a-2", "desk-a-3", "desk-a")]
    assert [remark.value for remark in result.remarks.guessed] == [
        "'2' has the id desk-a in common with '1': desk-a-2 taken",
        "'3' has the id desk-a in common with '1': desk-a-3 taken",
    ]


def test_values_that_cannot_be_said_are_told_with_row_and_column(desk: Desk) -> None:
    rows = "1,First,Sleeping,7,!!!,,2024-07-01 10:00:00,31.02.2024,\n"
    rows += "2,Second,Open,,,,yesterday,,\n,Third,Open,1,,,2024-07-01,,\n"
    result = desk.run(INCIDENTS, {"t.csv": COLUMNS + rows})
    assert reasons(result, "skipped") == {
        (2, "state", "says what the map has no word for: left out"),
        (2, "category", "holds no letter or digit of which a word can be made: left out"),
        (2, "resolved", "is no time: left out"),
        (3, "opened", "is no time: left out"),
        (3, "", "tells no time at which the incident was opened: left out"),
        (4, "number", "is empty, and is the key of an incident: left out"),
    }
    assert reasons(result, "guessed") == {
        (2, "impact", "says what the map has no word for: low taken"),
        (3, "impact", "says nothing of use: low taken"),
    }
    assert result.records == {"incident": 1, "person": 1}


def test_columns_are_told_once(desk: Desk) -> None:
    result = desk.run(TEAMS, {"t.csv": "Number,nmae,extra\n1,Alpha,x\n2,Beta,y\n"})
    told = [(remark.column, remark.reason, remark.value) for remark in result.remarks.ignored]
    assert told == [
        ("rows", "has columns that the map does not read", "nmae, extra"),
        ("rows", "lacks columns that the map reads", "name (did you mean nmae?)"),
    ]


def test_times_of_changed_clocks_are_told(desk: Desk) -> None:
    rows = "1,Gap,Open,1,,,2024-03-31 02:30:00,,\n2,Fold,Open,1,,,2024-10-27 02:30:00,,\n3,Day,Open,1,,,2024-10-28,,\n"
    result = desk.run(INCIDENTS, {"t.csv": COLUMNS + rows})
    ats = [desk.fields(f"incidents/0000/INC-{number}.yaml")["timeline"][0]["at"] for number in (1, 2, 3)]
    assert ats == ["2024-03-31T03:30:00+02:00", "2024-10-27T02:30:00+02:00", "2024-10-28T00:00:00+01:00"]
    assert reasons(result, "guessed") == {
        (2, "opened", "does not exist, since the clocks were put forward: the hour after it taken"),
        (3, "opened", "happened twice, since the clocks were put back: the first one taken"),
        (4, "opened", "has no time of day: 00:00 taken"),
    }


def test_another_time_zone_may_be_named(desk: Desk) -> None:
    desk.run(INCIDENTS, {"t.csv": COLUMNS + "1,One thing,Open,1,,,2024-07-01 10:00:00,,\n"}, zone="Asia/Tokyo")
    assert desk.fields("incidents/0000/INC-1.yaml")["timeline"][0]["at"] == "2024-07-01T10:00:00+09:00"


def test_a_long_title_stands_whole_in_the_description(desk: Desk) -> None:
    long, opened = "The printer " * 20, "2024-07-01 10:00:00"
    result = desk.run(INCIDENTS, {"t.csv": COLUMNS + f"1,{long},Open,1,,,{opened},,\n2,X,Open,1,,,{opened},,\n"})
    fields = desk.fields("incidents/0000/INC-1.yaml")
    assert len(fields["title"]) <= 120
    assert fields["title"].endswith("…")
    assert fields["description"] == long.strip()
    assert (2, "", "title has more than 120 characters: cut there") in reasons(result, "guessed")
    assert desk.fields("incidents/0000/INC-2.yaml")["title"] == "Incident X"


MERGED = """
records:
  - kind: ci
    from: rows
    key: "{ci}"
    optional: true
    fields: {title: "{ci}", class: "{class}", state: operational}
  - kind: service
    from: rows
    key: "{service}"
    fields: {title: "Service {service}", tier: {from: "{tier}"}, owner: team:x, depends_on: [{from: "{ci}", link: ci}]}
"""


def test_rows_of_one_key_become_one_record(desk: Desk) -> None:
    table = "service,ci,class,tier\nmail,web 1,server,1\nmail,db 1,database,2\nmail,web 1,server,1\nmail,,,\n"
    result = desk.run(MERGED, {"t.csv": table})
    fields = desk.fields("services/mail.yaml")
    assert fields["depends_on"] == ["ci:web-1", "ci:db-1"]
    assert fields["tier"] == 1
    assert reasons(result, "guessed") == {(3, "", "tier of a service differs from an earlier row: the first one taken")}
    assert result.records == {"ci": 2, "service": 1}
    assert result.rows["rows"].used == 4


LOOKUP = """format: 1
system: dcim
sources:
  devices: {file: "*.json", where: {model: device}}
  types: {file: "*.json", where: {model: type}}
  cables: {file: "*.json", where: {model: cable}}
records:
  - kind: ci
    from: devices
    key: "device:{pk}"
    id: {slug: {first: ["{fields.name}", "device-{pk}"]}}
    fields:
      title: {first: ["{fields.name}", "device {pk}"]}
      class: server
      model: {from: "{fields.type}", lookup: {source: types, key: "{pk}", value: "{fields.name}"}}
      attributes.tags: ["{fields.tags}"]
      relations: [{each: fields.uplinks, fields: {type: connected_to, to: "device:{id}"}}]
  - kind: ci
    from: cables
    extend: true
    key: "device:{a}"
    fields:
      relations: [{fields: {type: powered_by, to: "device:{b}"}}]
"""


def test_foreign_keys_are_followed(desk: Desk) -> None:
    objects = [
        {"model": "type", "pk": 7, "fields": {"name": "R650"}},
        {"model": "device", "pk": 1, "fields": {"name": "Web 01", "type": 7, "uplinks": [{"id": 2}, {"id": None}]}},
        {"model": "device", "pk": 2, "fields": {"name": None, "type": 8, "rack": {"id": 1}}},
        {"model": "cable", "a": 1, "b": 2},
        {"model": "cable", "a": 9, "b": 2},
        {"model": "user", "pk": 1},
    ]
    result = desk.run(LOOKUP, {"dump.json": json.dumps(objects)})
    fields = desk.fields("cis/web-01.yaml")
    assert fields["model"] == "R650"
    assert fields["relations"] == [
        {"type": "connected_to", "to": "ci:device-2"},
        {"type": "powered_by", "to": "ci:device-2"},
    ]
    assert fields["external"] == [{"system": "dcim", "id": "device:1"}]
    assert reasons(result, "skipped") == {(3, "fields.type", "names no row of types: left out")}
    told = reasons(result, "ignored")
    assert (2, "fields.uplinks", "has an item that says nothing: left out") in told
    assert (5, "", "makes no record by the map") in told
    assert (0, "model", "of rows that no source takes") in told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", "number;name\r\n1;Alpha\r\n"),
        ("t.csv", "number\tname\r1\tAlpha\r"),
        ("t.csv", "\ufeffNUMBER,Name\n1,Alpha\n"),
        ("t.csv", "number,name\n1,Alpha\n".encode("utf-16")),
        ("t.csv.gz", gzip.compress(b"number,name\n1,Alpha\n", mtime=0)),
        ("t.json", '[{"number": 1, "name": "Alpha"}]'),
        ("t.json", '{"count": 1, "items": [{"number": 1.0, "name": "Alpha"}]}'),
        ("t.jsonl", '{"number": 1, "name": "Alpha"}\n\n'),
        ("t.jsonl.gz", gzip.compress(b'{"number": 1, "name": "Alpha"}', mtime=0)),
        ("t.yaml", "- number: 1\n  name: Alpha\n"),
        ("t.yml", "teams:\n  - {number: 1, name: Alpha}\n"),
    ],
)
def test_every_format_says_the_same(desk: Desk, name: str, content: str | bytes) -> None:
    result = desk.run(TEAMS, {name: content})
    assert desk.fields("teams/alpha.yaml")["external"] == [{"system": "desk", "id": "1"}]
    assert result.remarks.skipped == []


def test_a_list_of_names_makes_no_quadratic_work(desk: Desk) -> None:
    rows = "".join(f"{number},Same name\n" for number in range(300))
    result = desk.run(TEAMS, {"t.csv": "number,name\n" + rows})
    assert len(result.written) == 301


def test_an_interrupted_import_leaves_whole_files_and_can_go_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    table = "number,name\n" + "".join(f"{number},Team {number}\n" for number in range(9))
    write, written = Target.write, list[str]()

    def stop_at_five(target: Target, path: str, text: str) -> None:
        if len(written) == 5:
            raise KeyboardInterrupt
        written.append(path)
        write(target, path, text)

    monkeypatch.setattr(Target, "write", stop_at_five)
    with pytest.raises(KeyboardInterrupt):
        desk.run(TEAMS, {"t.csv": table})
    monkeypatch.undo()
    there = [path.relative_to(desk.into).as_posix() for path in desk.into.rglob("*") if path.is_file()]
    assert sorted(there) == sorted(written)
    result = desk.run(TEAMS, {"t.csv": table})
    assert result.unchanged == sorted(written)
    assert len(result.written) == 10 - 5
    assert result.updated == []


DATED = """format: 1
system: desk
decimal: ","
times: ["%d.%m.%Y", epoch]
sources: {rows: {}}
records:
  - kind: request
    from: rows
    key: "{number}"
    id: {dated: "{number}", day: "{day}"}
    fields:
      title: "{number} wants"
      item: "{item}"
      requested_by: {from: "{who}", link: person}
    timeline:
      opened: "{day}"
      entries: [{type: note, at: "{day}", text: "{note}"}]
  - kind: licence
    from: rows
    key: "{item}"
    optional: true
    fields:
      title: "{item}"
      product: "{item}"
      metric: device
      seats: "{seats}"
      purchases: [{fields: {date: "{day}", cost: {from: "{cost}", currency: EUR}}}]
"""


def test_dated_ids_amounts_and_entries_of_the_row(desk: Desk) -> None:
    table = 'number,day,item,who,note,seats,cost\nR1,01.02.2024,Office,Al,hello,3,"1.299,00"\n'
    table += "R2,1706745600,Office,Al,,x,12 USD\nR3,13.13.2024,,,,,\n"
    result = desk.run(DATED, {"t.csv": table})
    first, second = sorted((desk.into / "records/requests/2024").iterdir())
    assert first.name.startswith("REQ-20240201-")
    fields = desk.fields(f"requests/2024/{first.name}")
    assert (fields["item"], fields["requested_by"]) == ("catalog-item:office", "person:al")
    types = [
        [entry["type"] for entry in desk.fields(f"requests/2024/{file.name}")["timeline"]] for file in (first, second)
    ]
    assert sorted(types) == [["created"], ["created", "note"]]
    assert desk.fields("licences/office.yaml")["purchases"] == [
        {"date": "2024-02-01", "cost": {"amount": "1299.00", "currency": "EUR"}},
        {"date": "2024-02-01", "cost": {"amount": "12", "currency": "USD"}},
    ]
    assert reasons(result, "guessed") == {(2, "day", "has no time of day: 00:00 taken")}
    assert reasons(result, "skipped") == {
        (3, "seats", "is no whole number: left out"),
        (4, "day", "is no time: left out"),
        (4, "", "has no day for the id of a request: left out"),
    }
    assert reasons(result, "ignored") == set()
    assert desk.run(DATED, {"t.csv": table}).written == []


EACH = """
records:
  - kind: person
    from: rows
    each: people
    key: "{mail}"
    id: {slug: "{name}"}
    fields: {name: "{name}", emails: ["{mail}"], x-team: "{team}"}
  - kind: team
    from: rows
    key: "{team}"
    fields: {name: "{team}", members: [{each: people, from: "{mail}", link: person}]}
"""


def test_items_of_a_list_become_records_and_links(desk: Desk) -> None:
    people = [{"name": "Al", "mail": "al@x.org"}, {"name": "Al", "mail": "al2@x.org"}, {"name": "No"}]
    result = desk.run(EACH, {"t.json": json.dumps([{"team": "A", "people": people}, {"team": "B", "people": []}])})
    assert desk.fields("teams/a.yaml")["members"] == ["person:al", "person:al-2"]
    assert desk.fields("people/al-2.yaml")["x-team"] == "A"
    assert reasons(result, "skipped") == {(1, "mail", "is empty, and is the key of a person: left out")}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", 'number,name,text\r\n1,Alpha,"one\r\ntwo"\r\n'),
        ("t.json", '[{"number": 1, "name": "Alpha", "text": "one\\r\\ntwo"}]'),
        ("t.yaml", '- {number: 1, name: Alpha, text: "one\\rtwo"}'),
    ],
)
def test_line_ends_inside_of_cells_are_plain(desk: Desk, name: str, content: str) -> None:
    map_ = TEAMS.replace('fields: {name: "{name}"}', 'fields: {name: "{name}", description: "{text}"}')
    desk.run(map_, {name: content})
    assert desk.fields("teams/alpha.yaml")["description"] == "one\ntwo"
