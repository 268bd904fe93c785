"""The shipped maps, each on a small export as its tool writes it."""

import json
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.interchange.table.compile import compile_map
from itsm_as_code.interchange.table.import_table import TableResult, import_table
from itsm_as_code.interchange.table.shipped import find_map, shipped_maps
from itsm_as_code.interchange.table.timelines import HEADING
from itsm_as_code.reading.document import read_document
from itsm_as_code.reading.kinds import load_kinds
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.worktree import WorktreeSource

NAMES = (
    "bpi-challenge-2014",
    "servicenow-alm-asset",
    "servicenow-change-request",
    "servicenow-cmdb-ci",
    "servicenow-incident",
    "servicenow-problem",
    "snipe-it-assets",
)
EXPORTS = Path(__file__).parent / "exports"


def run(folder: Path, map_: str, *names: str) -> TableResult:
    result = import_table([str(EXPORTS / name) for name in names], find_map(map_), folder)
    invalid = [record.address for record in load(WorktreeSource(folder)).records.values() if not record.valid]
    assert invalid == []
    return result


def fields(folder: Path, path: str) -> Mapping[str, Any]:
    return read_document(path, (folder / "records" / path).read_bytes()).value


def told(result: TableResult, name: str) -> set[tuple[int, str]]:
    return {(remark.row, f"{remark.column} {remark.reason}") for remark in getattr(result.remarks, name)}


ODD: tuple[object, ...] = (
    *("", None, "Closed", "7", "new", "1 - High", "x" * 300, "a\nb", "../../x", "=cmd", "\u202e", "\ud800", "\x07"),
    *("2024-01-15 10:23:45", "2024-01-15 10:00:00 - Me (Work notes)\nhi", "INC0010001", "CHG1", "PRB2", "😀", True),
    *(12, 1.5, ["a", "b"], {"display_value": "Z", "value": "q"}, {"a": 1}, 10**20),
)


CI_COLUMNS = (
    *("sys_id", "name", "sys_class_name", "operational_status", "install_status", "support_group", "owned_by"),
    *("busines_criticality", "ip_address", "asset_tag", "used_for", "location", "model_id", "version"),
)


def test_the_shipped_maps() -> None:
    assert tuple(shipped_maps()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_map_names_only_what_is_there(name: str) -> None:
    plan = compile_map(shipped_maps()[name], load_kinds({}))
    assert plan.title
    assert plan.records


def test_a_map_is_found_by_name_or_path(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("")
    assert find_map(str(own)) == own
    assert find_map("snipe-it-assets").name == "snipe-it-assets.yaml"
    with pytest.raises(ItsmError, match=r"there is no map snipe-it-asset \(did you mean snipe-it-assets\?\)"):
        find_map("snipe-it-asset")
    with pytest.raises(ItsmError, match="there is no map"):
        find_map("../maps/snipe-it-assets")


def test_servicenow_incidents(tmp_path: Path) -> None:
    result = run(tmp_path, "servicenow-incident", "incident.csv")
    closed = fields(tmp_path, "incidents/0010/INC-0010001.yaml")
    assert (closed["state"], closed["impact"], closed["channel"]) == ("closed", "high", "phone")
    assert closed["resolution"] == {"code": "fixed", "notes": "Restarted"}
    assert closed["links"] == [{"type": "problem", "to": "PRB-0040001"}, {"type": "change", "to": "CHG-0030001"}]
    assert [(entry["type"], entry["by"], entry.get("text", entry.get("to"))) for entry in closed["timeline"]] == [
        ("created", "person:abel-tuter", None),
        ("note", "person:don-goodliffe", "Looking at it."),
        ("note", "person:beth-anglin", "Restarted the service."),
        ("transition", "person:servicenow-import", "resolved"),
        ("transition", "person:servicenow-import", "closed"),
    ]
    assert fields(tmp_path, "people/don-goodliffe.yaml")["name"] == "Don Goodliffe"
    held = fields(tmp_path, "incidents/0010/INC-0010002.yaml")
    assert (held["state"], held["parent"], held["caused_by_change"]) == ("on-hold", "INC-0010001", "CHG-0030002")
    assert told(result, "skipped") == {
        (4, "opened_at, sys_created_on is no time: left out"),
        (4, " tells no time at which the incident was opened: left out"),
    }


def journal(cell: str) -> list[tuple[str | None, str | None]]:
    return [(found["who"], found["label"]) for found in HEADING.finditer(cell)]


def test_the_lines_above_notes() -> None:
    assert journal("2026-03-04 10:00:00 - Alice Meier (Work notes)\nhi") == [("Alice Meier", "Work notes")]
    assert journal("04.03.2026 10:00 - Ben  Li (ext) (Comments) \nhi") == [("Ben  Li (ext)", "Comments")]
    assert journal("2026-03-04 10:00 pm - Ann\r\n2026-03-04 10:00 -\n2026-03-04 10:00 - \n") == [("Ann", None)]
    # These took hours when each gap was looked at from each of its spaces.
    begun = "2026-03-04 10:00:00 - "
    assert journal(begun + " " * 1_000_000 + "x") == [("x", None)]
    assert len(journal(begun + "a " * 500_000 + "(" * 500_000)) == 1
    assert len(journal(begun + "a (b" * 250_000)) == 1


def test_days_with_dots(tmp_path: Path) -> None:
    header = "Number;Opened;Short description;State;Work notes\n"
    table = header + 'INC7;04.03.2026 03:07;A thing;New;"04.03.2026 04:00:00 - Ann (Work notes)\nSeen"\n'
    (tmp_path / "export.csv").write_text(table)
    result = import_table([str(tmp_path / "export.csv")], find_map("servicenow-incident"), tmp_path / "into")
    assert result.remarks.skipped == []
    assert fields(tmp_path / "into", "incidents/0000/INC-7.yaml")["timeline"] == [
        {"at": "2026-03-04T03:07:00Z", "by": "person:servicenow-import", "type": "created"},
        {"at": "2026-03-04T04:00:00Z", "by": "person:ann", "type": "note", "text": "Seen"},
    ]


def test_servicenow_changes(tmp_path: Path) -> None:
    result = run(tmp_path, "servicenow-change-request", "change_request.json")
    change = fields(tmp_path, "changes/0030/CHG-0030001.yaml")
    assert change["planned"] == {"start": "2024-01-16T22:00:00Z", "end": "2024-01-16T23:00:00Z"}
    assert change["result"] == {"code": "successful", "notes": "ok"}
    assert [entry.get("to") for entry in change["timeline"]] == [None, "scheduled", "implement", "review", "closed"]
    assert told(result, "skipped") == {(2, "start_date, end_date says too little without end: left out")}


def test_servicenow_problems(tmp_path: Path) -> None:
    run(tmp_path, "servicenow-problem", "problem.csv")
    problem = fields(tmp_path, "problems/0040/PRB-0040001.yaml")
    assert (problem["state"], problem["incidents"]) == ("closed", ["INC-0010001"])
    assert problem["root_cause"] == {"statement": "A leak"}
    assert fields(tmp_path, "problems/0040/PRB-0040002.yaml")["state"] == "fix-in-progress"


def test_servicenow_cis_with_their_relations(tmp_path: Path) -> None:
    result = run(tmp_path, "servicenow-cmdb-ci", "cmdb_ci.csv", "cmdb_rel_ci.csv")
    ci = fields(tmp_path, "cis/mailserverus.yaml")
    assert (ci["class"], ci["criticality"], ci["asset"]) == ("server", "critical", "asset:P1000001")
    assert ci["relations"] == [{"type": "runs_on", "to": "ci:esx1"}]
    assert fields(tmp_path, "cis/mailserverus-2.yaml")["class"] == "server"
    assert fields(tmp_path, "services/email.yaml")["depends_on"] == ["ci:mailserverus"]
    assert (4, " makes no record by the map") in told(result, "ignored")


def test_servicenow_assets(tmp_path: Path) -> None:
    result = run(tmp_path, "servicenow-alm-asset", "alm_asset.csv")
    asset = fields(tmp_path, "assets/P1000001.yaml")
    assert asset["purchase"]["cost"] == {"amount": "1799.99", "currency": "USD"}
    assert (asset["state"], asset["assigned_to"]) == ("in-use", "person:beth-anglin")
    assert told(result, "skipped") == {
        (3, "purchase_date is no date: left out"),
        (3, "cost is no amount of money: left out"),
    }


def test_snipe_it_assets(tmp_path: Path) -> None:
    run(tmp_path, "snipe-it-assets", "snipe-it.csv")
    asset = fields(tmp_path, "assets/00042.yaml")
    assert (asset["state"], asset["assigned_to"], asset["model"]) == ("in-use", "person:ameier", "MacBook Pro (A2141)")
    assert fields(tmp_path, "people/ameier.yaml")["name"] == "Alice Meier"
    assert fields(tmp_path, "assets/00043.yaml")["state"] == "on-order"
    assert "assigned_to" not in fields(tmp_path, "assets/00044.yaml")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", NAMES[1:])
def test_whatever_an_export_says_records_are_valid_and_stay(tmp_path: Path, name: str, seed: int) -> None:
    random = Random(f"{name} {seed}")  # noqa: S311 - odd cells, no secrets
    (columns,) = (
        compile_map(shipped_maps()[name], load_kinds({})).columns.values() if "cmdb" not in name else (CI_COLUMNS,)
    )
    rows = [{column: random.choice(ODD) for column in sorted(columns)} for _ in range(30)]
    (tmp_path / "cmdb_ci.json").write_text(json.dumps(rows))
    files, map_, into = [str(tmp_path / "cmdb_ci.json")], find_map(name), tmp_path / "ours"
    import_table(files, map_, into)
    # A change that touches nothing is as the export has it, and lint says so.
    rules = {fault.rule for fault in load(WorktreeSource(into)).faults}
    assert rules <= {"schema-any-of"}
    assert import_table(files, map_, into).written == []
