"""An editor is set up: what is written, what stays, and what is refused before anything is written."""

import json
import os
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.times import parse_duration
from itsm_as_code.scaffold import editor_schemas as made
from itsm_as_code.scaffold.editors import EDITORS
from itsm_as_code.scaffold.setup_editor import Outcome, set_up_editor
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

FILES = {
    "records/people/ann.yaml": "name: Ann\n",
    "records/teams/web.yaml": "name: Web team\n",
    "records/services/shop.yaml": "title: Web shop\nowner: team:web\ntier: 1\nstate: live\n",
    "records/services/old.yaml": "title: Old shop\nowner: team:web\ntier: 1\nstate: retired\n",
    "records/services/b$d.yaml": "title: No good id\nowner: team:web\ntier: 1\n",
}
SETTINGS = ".vscode/settings.json"


@pytest.fixture
def schemas() -> made.EditorSchemas:
    return made.editor_schemas(load(MemorySource(FILES)))


def done(outcomes: object) -> dict[str, str]:
    assert isinstance(outcomes, list)
    assert all(isinstance(outcome, Outcome) for outcome in outcomes)
    return {outcome.path: outcome.done for outcome in outcomes}


def test_each_kind_has_a_schema_and_a_glob(schemas: made.EditorSchemas) -> None:
    assert schemas.globs[".itsm/schemas/incident.schema.json"] == "records/incidents/**/INC-*.yaml"
    assert schemas.globs[".itsm/schemas/service.schema.json"] == "records/services/*.yaml"
    assert schemas.globs[".itsm/schemas/timeline-entry.schema.json"] == "records/**/*.d/*.yaml"
    assert schemas.globs[".itsm/settings.schema.json"] == "itsm.yaml"
    assert set(schemas.globs) | {".itsm/links.schema.json"} == set(schemas.files)
    for text in schemas.files.values():
        schema = json.loads(text)
        Draft202012Validator.check_schema(schema)
        assert "x-itsm" not in text
        assert schema["$comment"] == made.COMMENT


def test_every_reference_leads_somewhere(schemas: made.EditorSchemas) -> None:
    links = json.loads(schemas.files[".itsm/links.schema.json"])["$defs"]
    for path, text in schemas.files.items():
        named = {part.split('"')[0] for part in text.split('"../links.schema.json#/$defs/')[1:]}
        assert named <= set(links), path
        local = {part.split('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]}
        assert local <= set(json.loads(text)["$defs"]), path


def test_links_offer_the_records_that_are_in_use(schemas: made.EditorSchemas) -> None:
    links = json.loads(schemas.files[".itsm/links.schema.json"])["$defs"]
    shop = {"label": "service:shop", "body": "service:shop", "description": "Web shop"}
    assert links["service"]["defaultSnippets"] == [shop]
    assert [offer["label"] for offer in links["person_or_team"]["defaultSnippets"]] == ["person:ann", "team:web"]
    assert "defaultSnippets" not in links["incident"]
    assert links["incident"]["patternErrorMessage"] == "write the address of an incident (INC-…)"
    assert links["team_or_person_but_line-manager"]["patternErrorMessage"].endswith(", or line-manager")


def test_a_crowd_is_not_offered() -> None:
    crowd = {f"records/people/p{number}.yaml": "name: P\n" for number in range(made._MOST + 1)}  # noqa: SLF001 - the limit
    schemas = made.editor_schemas(load(MemorySource(crowd)))
    assert schemas.crowded == ["person"]
    assert "person:p1" not in schemas.files[".itsm/links.schema.json"]


def own_kind(**properties: object) -> dict[str, str]:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Supplier",
        "description": "A company we buy from.",
        "type": "object",
        "$ref": "envelope.schema.json",
        "properties": properties,
        "required": ["title"],
        "unevaluatedProperties": False,
        "patternProperties": {"^x-": True},
        "x-itsm": {
            "kind": "supplier",
            "plural": "suppliers",
            "folder": "suppliers",
            "id": "slug",
            "title_field": "title",
        },
    }
    return {"schemas/supplier.schema.json": json.dumps(schema)}


def test_words_of_a_link_may_be_any_text() -> None:
    link = {"to": ["person"], "reverse": "suppliers", "unless": ["#/a b~%", "$1", "nobody"]}
    field = {"type": "string", "x-itsm-link": link, "description": "Who talks to them."}
    schemas = made.editor_schemas(load(MemorySource({**FILES, **own_kind(contact=field)})))
    links = json.loads(schemas.files[".itsm/links.schema.json"])["$defs"]
    (name,) = [name for name in links if name.startswith("person_but_")]
    assert re.fullmatch("[a-z0-9_]+", name)
    assert [offer["label"] for offer in links[name]["defaultSnippets"]] == ["person:ann", "nobody"]
    assert f'"../links.schema.json#/$defs/{name}"' in schemas.files[".itsm/schemas/supplier.schema.json"]


@pytest.mark.parametrize("text", ["PT4H", "P2D", "P1W", "P1DT2H3M4S", "P", "PT", "4h", "P1Y", "PT1.5H", "P1DT", ""])
def test_durations_are_those_that_lint_accepts(text: str) -> None:
    schema = {"type": "string", "pattern": made._PATTERNS["duration"]}  # noqa: SLF001 - what the server is told
    assert Draft202012Validator(schema).is_valid(text) == (parse_duration(text) is not None)


def test_vs_code_is_set_up_and_set_up_again(tmp_path: Path, schemas: made.EditorSchemas) -> None:
    first = done(set_up_editor(tmp_path, EDITORS["vscode"], schemas))
    assert set(first.values()) == {"written"}
    settings = json.loads((tmp_path / SETTINGS).read_text())
    assert settings == {"yaml.schemas": {f"./{path}": glob for path, glob in schemas.globs.items()}}
    assert all((tmp_path / path).is_file() for path in settings["yaml.schemas"])
    assert json.loads((tmp_path / ".vscode/extensions.json").read_text()) == {"recommendations": ["redhat.vscode-yaml"]}
    assert set(done(set_up_editor(tmp_path, EDITORS["vscode"], schemas)).values()) == {"unchanged"}
    assert list(tmp_path.rglob(".itsm-*")) == []


def test_zed_is_set_up(tmp_path: Path, schemas: made.EditorSchemas) -> None:
    set_up_editor(tmp_path, EDITORS["zed"], schemas)
    settings = json.loads((tmp_path / ".zed/settings.json").read_text())
    server = settings["lsp"]["yaml-language-server"]["settings"]
    assert server["yaml"]["schemas"]["./.itsm/schemas/ci.schema.json"] == "records/cis/*.yaml"


@pytest.mark.parametrize("name", ["helix", "neovim", "other"])
def test_other_editors_get_the_schemas_alone(tmp_path: Path, schemas: made.EditorSchemas, name: str) -> None:
    assert set(done(set_up_editor(tmp_path, EDITORS[name], schemas))) == set(schemas.files)
    assert EDITORS[name].text(schemas.globs).count("./.itsm/") == len(schemas.globs)


def test_what_others_have_in_the_settings_stays(tmp_path: Path, schemas: made.EditorSchemas) -> None:
    before = (
        '{\r\n\t// ours\r\n\t"editor.rulers": [100,],\r\n\t"yaml.schemas": {\r\n'
        '\t\t"https://x.example/a.json": "a/**",\r\n'
        '\t\t".itsm/schemas/gone.schema.json": "records/gone/**",\r\n'
        '\t\t"./.itsm/schemas/ci.schema.json": "elsewhere/**"\r\n\t}\r\n}\r\n'
    )
    (tmp_path / ".vscode").mkdir()
    (tmp_path / SETTINGS).write_bytes(before.encode())
    (tmp_path / SETTINGS).chmod(0o640)
    assert done(set_up_editor(tmp_path, EDITORS["vscode"], schemas))[SETTINGS] == "changed"
    after = (tmp_path / SETTINGS).read_bytes().decode()
    assert after.startswith(
        '{\r\n\t// ours\r\n\t"editor.rulers": [100,],\r\n\t"yaml.schemas": {\r\n\t\t"https://x.example'
    )
    assert "gone" not in after
    assert "elsewhere" not in after
    assert "\n" not in after.replace("\r\n", "")
    assert (tmp_path / SETTINGS).stat().st_mode & 0o777 == 0o640


def test_schemas_of_kinds_that_are_gone_are_deleted_and_those_of_others_left(
    tmp_path: Path, schemas: made.EditorSchemas
) -> None:
    folder = tmp_path / ".itsm/schemas"
    folder.mkdir(parents=True)
    (folder / "gone.schema.json").write_text(json.dumps({"$comment": made.COMMENT}))
    (folder / "mine.schema.json").write_text("{}")
    outcomes = done(set_up_editor(tmp_path, EDITORS["vscode"], schemas))
    assert outcomes[".itsm/schemas/gone.schema.json"] == "deleted"
    assert [file.name for file in folder.iterdir() if file.stem.partition(".")[0] in ("gone", "mine")] == [
        "mine.schema.json"
    ]


HOSTILE = {
    "not JSON": (b"{ nonsense", "line 1, column 3: a key in double quotes is wanted"),
    "a list": (b"[]", "it holds no object"),
    "a text for schemas": (b'{"yaml.schemas": "x"}', "yaml.schemas is no object"),
    "twice": (b'{"yaml.schemas": {}, "yaml.schemas": {}}', "it has yaml.schemas twice"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), "is not UTF-8 at byte 0"),
    "deep": (b"[" * 200_000, "nested too deeply"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_settings_that_cannot_be_read_are_left_alone(tmp_path: Path, schemas: made.EditorSchemas, name: str) -> None:
    data, words = HOSTILE[name]
    (tmp_path / ".vscode").mkdir()
    (tmp_path / SETTINGS).write_bytes(data)
    with pytest.raises(ItsmError, match=r"settings\.json") as error:
        set_up_editor(tmp_path, EDITORS["vscode"], schemas)
    assert words in error.value.message
    assert "--print" in error.value.hint
    assert (tmp_path / SETTINGS).read_bytes() == data
    assert not (tmp_path / ".itsm").exists()


@pytest.mark.parametrize("name", [SETTINGS, ".vscode", ".itsm", ".itsm/schemas/ci.schema.json"])
def test_nothing_is_written_through_a_link(tmp_path: Path, schemas: made.EditorSchemas, name: str) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / name).parent.mkdir(parents=True)
    outside.mkdir()
    (root / name).symlink_to(outside / "file.json" if name.endswith(".json") else outside)
    with pytest.raises(ItsmError, match="symbolic link"):
        set_up_editor(root, EDITORS["vscode"], schemas)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", [".vscode", ".itsm"])
def test_a_file_in_place_of_a_folder_is_one_line(tmp_path: Path, schemas: made.EditorSchemas, name: str) -> None:
    (tmp_path / name).write_text("")
    with pytest.raises(ItsmError, match=rf"^\{name} is no folder \(or add by hand"):
        set_up_editor(tmp_path, EDITORS["vscode"], schemas)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_in_place_of_a_file_is_one_line(tmp_path: Path, schemas: made.EditorSchemas) -> None:
    (tmp_path / SETTINGS).mkdir(parents=True)
    with pytest.raises(ItsmError, match="no file"):
        set_up_editor(tmp_path, EDITORS["vscode"], schemas)


def test_locked_settings_are_left_alone(
    tmp_path: Path, schemas: made.EditorSchemas, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".vscode").mkdir()
    (tmp_path / SETTINGS).write_text("{}")
    # Whoever may write everywhere, as in many containers, would not notice the file's own rights.
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "settings.json")
    with pytest.raises(ItsmError, match="read-only"):
        set_up_editor(tmp_path, EDITORS["vscode"], schemas)
    assert (tmp_path / SETTINGS).read_text() == "{}"
