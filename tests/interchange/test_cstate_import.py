"""A cState site becomes records that are valid and linked; whatever is bad is told, and stops nothing."""

from pathlib import Path

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.interchange.cstate import import_cstate
from itsm_as_code.model.record import Record
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.worktree import WorktreeSource

CONFIG = """
title: ACME Status
baseURL: https://status.example.com/
params:
  systems:
    - name: API
      description: |
        What programs talk to
      category: Core
      link: https://api.example.com
    - name: Media Proxy
      category: Core
    - name: www.example.com
"""
HEAD = "title: API down\ndate: 2024-05-01T10:00:00Z\nresolved: true\nresolvedWhen: 2024-05-01T12:00:00Z\n"
DOWN = f"---\n{HEAD}severity: down\naffected: [API]\nsection: issue\n---\n\nIt is down.\n"


def site(root: Path, pages: dict[str, str | bytes], config: str | bytes = CONFIG, name: str = "config.yml") -> Path:
    """Write a site and return its folder."""
    files = {name: config, **{f"content/issues/{page}": text for page, text in pages.items()}}
    (root / "content/issues").mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return root


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "into"


def records(into: Path, kind: str) -> list[Record]:
    return list(load(WorktreeSource(into)).of(kind))


def one(tmp_path: Path, text: str | bytes, kind: str = "incident", page: str = "2024-05-01-a.md") -> Record:
    """Import one page and return its record, which must be valid."""
    import_cstate(site(tmp_path / "site", {page: text}), tmp_path / "into")
    (record,) = records(tmp_path / "into", kind)
    return record


def rules(snapshot: Snapshot) -> list[str]:
    return [finding.rule for finding in lint(snapshot)]


def test_systems_become_services_of_one_team(tmp_path: Path, into: Path) -> None:
    import_cstate(site(tmp_path / "site", {}), into)
    snapshot = load(WorktreeSource(into))
    services = {record.id: record for record in snapshot.of("service")}
    assert list(services) == ["api", "media-proxy", "www.example.com"]
    assert services["api"].get("description") == "What programs talk to"
    assert services["api"].get("public") == {"name": "API", "group": "Core", "order": 1}
    assert services["api"].get("links") == [{"type": "website", "url": "https://api.example.com"}]
    assert services["media-proxy"].get("aliases") == ["Media Proxy"]
    assert services["www.example.com"].get("aliases") is None
    assert {record.get("owner") for record in services.values()} == {"team:acme-status"}
    assert snapshot.records["person:cstate-import"].get("bot") is True
    assert snapshot.config.organisation == "ACME Status"
    assert [finding for finding in lint(snapshot) if finding.severity == "error"] == []


def test_an_incident(tmp_path: Path) -> None:
    body = "[Final message]\nDone.\n\n[Initial message]\nBroken, see https://github.com/acme/desk/issues/7#issuecomment-1.\n"
    record = one(tmp_path, f"---\n{HEAD}severity: down\naffected: [API, API]\n---\n{body}")
    assert record.file == f"records/incidents/2024/{record.id}.yaml"
    assert record.id.startswith("INC-20240501-")
    assert record.fields["services"] == ["service:api"]
    assert (record.fields["impact"], record.get("public.level")) == ("high", "major-outage")
    assert (record.state, record.visibility, record.is_history) == ("closed", "public", True)
    assert record.get("links") == [{"type": "ticket", "url": "https://github.com/acme/desk/issues/7"}]
    assert record.get("external") == [
        {
            "system": "cstate",
            "id": "2024-05-01-a.md",
            "url": "https://status.example.com/issues/2024-05-01-a/",
            "history": True,
        }
    ]
    assert [
        (entry["at"][11:16], entry["type"], entry.get("to") or entry.get("status")) for entry in record.timeline
    ] == [
        ("10:00", "created", None),
        ("10:00", "communication", "investigating"),
        ("12:00", "communication", "resolved"),
        ("12:00", "transition", "resolved"),
        ("12:00", "transition", "closed"),
    ]


def test_a_disruption_is_a_partial_outage(tmp_path: Path) -> None:
    record = one(tmp_path, f"---\n{HEAD}severity: disrupted\naffected: [API]\n---\n")
    assert (record.fields["impact"], record.get("public.level")) == ("medium", "partial-outage")


def test_a_notice_is_a_change_with_an_expected_outage(tmp_path: Path) -> None:
    record = one(tmp_path, f"---\n{HEAD}severity: notice\naffected: [API]\n---\nWe upgrade.\n", "change")
    assert record.get("planned") == {"start": "2024-05-01T10:00:00Z", "end": "2024-05-01T12:00:00Z"}
    assert record.get("outage") == {"expected": True}
    assert (record.state, record.fields["type"], record.is_history) == ("closed", "normal", True)
    assert [entry["to"] for entry in record.timeline if entry["type"] == "transition"] == [
        "scheduled",
        "implement",
        "review",
        "closed",
    ]
    assert rules(load(WorktreeSource(tmp_path / "into"))) == []


def test_an_announcement_expects_no_outage(tmp_path: Path) -> None:
    record = one(tmp_path, f"---\n{HEAD}informational: true\naffected: [API]\n---\nWe move.\n", "change")
    assert record.get("outage") == {"expected": False}


def test_an_incident_that_is_not_over(tmp_path: Path) -> None:
    text = "---\ntitle: API down\ndate: 2024-05-01T10:00:00Z\nresolved: false\nseverity: down\naffected: [API]\n---\n"
    record = one(tmp_path, text)
    assert (record.state, record.is_history) == ("in-progress", False)
    assert rules(load(WorktreeSource(tmp_path / "into"))) == []


@pytest.mark.parametrize(("end", "state"), [("resolvedWhen: 2024-05-01T12:00:00Z\n", "scheduled"), ("", "new")])
def test_maintenance_that_is_not_over(tmp_path: Path, end: str, state: str) -> None:
    text = (
        f"---\ntitle: Move\ndate: 2024-05-01T10:00:00Z\nresolved: false\n{end}severity: notice\naffected: [API]\n---\n"
    )
    record = one(tmp_path, text, "change")
    assert (record.state, record.get("outage.expected"), record.is_history) == (state, True, False)
    assert [rule for rule in rules(load(WorktreeSource(tmp_path / "into"))) if rule != "backout-missing"] == []


def test_maintenance_announced_before_it_began(tmp_path: Path) -> None:
    body = "[Initial message - 2024-04-20 08:00 UTC]\nSoon.\n"
    record = one(tmp_path, f"---\n{HEAD}severity: notice\naffected: [API]\n---\n{body}", "change")
    assert [(entry["at"][:10], entry["type"]) for entry in record.timeline][:2] == [
        ("2024-04-20", "created"),
        ("2024-04-20", "communication"),
    ]
    assert rules(load(WorktreeSource(tmp_path / "into"))) == []


@pytest.mark.parametrize(("severity", "rule"), [("down", "resolved-before-opened"), ("notice", "end-before-start")])
def test_a_reversed_time_is_kept_and_found_at_its_place(tmp_path: Path, severity: str, rule: str) -> None:
    head = HEAD.replace("resolvedWhen: 2024-05-01", "resolvedWhen: 2024-04-01")
    text = f"---\n{head}severity: {severity}\naffected: [API]\n---\n[Final message]\nb\n[Initial message]\na\n"
    record = one(tmp_path, text, "incident" if severity == "down" else "change")
    (finding,) = lint(load(WorktreeSource(tmp_path / "into")))
    assert (finding.rule, finding.record) == (rule, record.address)
    line = (tmp_path / "into" / finding.place.file).read_text().splitlines()[finding.place.line - 1]
    assert line[finding.place.column - 1 :].startswith("2024-04-01T12:00:00Z")


def test_an_undeclared_system_stays_a_dangling_link(tmp_path: Path, into: Path) -> None:
    text = f"---\n{HEAD}severity: down\naffected: [APY, 'www..example.com', media proxy]\n---\n"
    result = import_cstate(site(tmp_path / "site", {"a.md": text}), into)
    snapshot = load(WorktreeSource(into))
    (incident,) = snapshot.of("incident")
    assert incident.fields["services"] == ["service:apy", "service:www..example.com", "service:media-proxy"]
    findings = [finding for finding in lint(snapshot) if finding.rule == "dangling-link"]
    assert [finding.field for finding in findings] == ["services[0]", "services[1]"]
    assert "did you mean service:www.example.com?" in findings[1].message
    assert any("'media proxy' taken as the declared system 'Media Proxy'" in guess.reason for guess in result.guessed)


def test_systems_named_in_one_text_become_links_of_their_own(tmp_path: Path) -> None:
    record = one(tmp_path, f"---\n{HEAD}severity: down\naffected: API, Media Proxy\n---\n")
    assert record.fields["services"] == ["service:api", "service:media-proxy"]


def test_a_second_import_changes_nothing(tmp_path: Path, into: Path) -> None:
    source = site(tmp_path / "site", {"a.md": DOWN, "b.md": DOWN.replace("down", "notice")})
    first = import_cstate(source, into)
    assert "itsm.yaml" in first.written
    before = {path: path.stat().st_mtime_ns for path in into.rglob("*.yaml")}
    second = import_cstate(source, into)
    assert (second.written, second.updated, second.kept) == ((), (), ())
    assert second.unchanged == first.written
    assert {path: path.stat().st_mtime_ns for path in into.rglob("*.yaml")} == before
    assert not list(into.rglob(".itsm-*"))


def test_a_page_that_changed_changes_its_record_even_if_its_date_does(tmp_path: Path, into: Path) -> None:
    import_cstate(site(tmp_path / "site", {"a.md": DOWN}), into)
    (before,) = records(into, "incident")
    result = import_cstate(site(tmp_path / "site", {"a.md": DOWN.replace("2024-05-01T10", "2024-04-30T10")}), into)
    (after,) = records(into, "incident")
    assert after.id == before.id
    assert result.updated == result.written == (after.file,)


def test_what_people_edited_is_kept_and_said(tmp_path: Path, into: Path) -> None:
    source = site(tmp_path / "site", {"a.md": DOWN})
    import_cstate(source, into)
    (record,) = records(into, "incident")
    file = into / record.file
    edited = file.read_text().replace("API down", "The API was down")
    file.write_text(edited)
    site(tmp_path / "site", {"a.md": DOWN.replace("It is down.", "It is down!")})
    result = import_cstate(source, into)
    assert file.read_text() == edited
    assert [remark.file for remark in result.kept] == ["content/issues/a.md"]
    assert (result.skipped, result.written) == ((), ())


def test_line_ends_that_git_changed_are_no_edit(tmp_path: Path, into: Path) -> None:
    source = site(tmp_path / "site", {"a.md": DOWN})
    import_cstate(source, into)
    (record,) = records(into, "incident")
    file = into / record.file
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert import_cstate(source, into).kept == ()


def test_a_record_of_somebody_else_is_never_overwritten(tmp_path: Path, into: Path) -> None:
    mine = into / "records/services/api.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("title: My API\nowner: team:me\ntier: 1\n")
    result = import_cstate(site(tmp_path / "site", {"a.md": DOWN}), into)
    assert mine.read_text().startswith("title: My API")
    assert [str(remark) for remark in result.skipped] == [
        "config.yml: records/services/api.yaml is there and was not made by an import: left as it is"
    ]
    assert result.imported == ("content/issues/a.md",)


def test_settings_that_are_there_stay(tmp_path: Path, into: Path) -> None:
    into.mkdir()
    (into / "itsm.yaml").write_text("format: 1\norganisation: {name: Mine}\n")
    import_cstate(site(tmp_path / "site", {}), into)
    assert (into / "itsm.yaml").read_text() == "format: 1\norganisation: {name: Mine}\n"


def test_the_id_of_a_page_does_not_depend_on_other_pages(tmp_path: Path) -> None:
    alone = import_cstate(site(tmp_path / "one", {"m.md": DOWN}), tmp_path / "into1")
    pages: dict[str, str | bytes] = {f"{letter}.md": DOWN for letter in "abcmxyz"}
    many = import_cstate(site(tmp_path / "two", pages), tmp_path / "into2")
    assert next(path for path in alone.written if "incidents" in path) in many.written


def test_every_bad_file_is_told_and_none_stops_the_rest(tmp_path: Path, into: Path) -> None:
    pages: dict[str, str | bytes] = {
        "2024-01-01-no-date.md": "---\ntitle: A b c\nseverity: down\naffected: [API]\n---\n",
        "2024-01-02-bad-date.md": "---\ntitle: A b c\ndate: yesterday\nseverity: down\naffected: [API]\n---\n",
        "bad-date.md": "---\ntitle: A b c\ndate: yesterday\n---\n",
        "broken.md": "---\ntitle: [A\n---\n",
        "bundle/index.md": DOWN,
        "bundle/picture.png": b"\x89PNG",
        "crlf.md": b"\xef\xbb\xbf" + DOWN.replace("\n", "\r\n").encode(),
        "draft.md": DOWN.replace("severity", "draft: true\nseverity"),
        "empty.md": "",
        "good.md": DOWN,
        "good.de.md": DOWN,
        "huge.md": DOWN + "x" * (1 << 20),
        "latin1.md": DOWN.replace("It is down.", "Es fällt aus.").encode("latin-1"),
        "no-systems.md": f"---\n{HEAD}severity: down\n---\n",
        "nul.md": DOWN + "\0",
        "odd-severity.md": DOWN.replace("severity: down", "severity: apocalyptic"),
        "page.adoc": "= Title\n",
        "toml.md": '+++\ntitle = "A b c"\ndate = 2024-05-01T10:00:00Z\nresolved = true\nseverity = "down"\n+++\nText\n',
        "_index.md": "---\ntitle: Issues\n---\n",
        ".gitkeep": "",
    }
    source = site(tmp_path / "site", pages)
    (source / "content/issues/link.md").symlink_to(source / "content/issues/good.md")
    (source / "content/issues/folder").symlink_to(source / "content")
    result = import_cstate(source, into)
    told = {remark.file.removeprefix("content/issues/") for remark in (*result.skipped, *result.ignored)}
    imported = {file.removeprefix("content/issues/") for file in result.imported}
    assert told | imported == {*pages, "link.md", "folder"}
    assert not told & imported
    assert {remark.file.removeprefix("content/issues/"): remark.reason for remark in result.skipped} == {
        "bad-date.md": "has a date that cannot be read: 'yesterday'",
        "broken.md": "has broken YAML: line 2: expected ',' or ']', but got '<stream end>'",
        "draft.md": "is a draft, which the site does not show",
        "empty.md": "has no front matter",
        "folder": "is a symbolic link; not followed",
        "good.de.md": "is a translation; the original is imported",
        "huge.md": "is larger than 1024 KiB",
        "link.md": "is a symbolic link; not followed",
        "nul.md": "is not text: it holds a NUL byte",
        "page.adoc": "is no Markdown page (.adoc)",
    }
    guessed = {remark.file.removeprefix("content/issues/") for remark in result.guessed}
    assert {
        "2024-01-01-no-date.md",
        "2024-01-02-bad-date.md",
        "latin1.md",
        "odd-severity.md",
        "no-systems.md",
    } <= guessed
    assert len(records(into, "incident")) == len(imported)
    snapshot = load(WorktreeSource(into))
    assert list(snapshot.faults) == []
    texts = {entry["text"] for record in snapshot.of("incident") for entry in record.timeline if "text" in entry}
    assert "Es fällt aus." in texts
    assert import_cstate(source, into).written == ()


@pytest.mark.parametrize(
    "page",
    ["---\ntitle: {title}\n{rest}---\n", '---\ntitle: "{title}"\n{rest}---\n'],
)
@pytest.mark.parametrize("title", ["x", "X " * 100, "{{ evil }} <script>"])
def test_any_title_makes_a_valid_record(tmp_path: Path, page: str, title: str) -> None:
    rest = HEAD.partition("\n")[2] + "severity: down\naffected: [API]\n"
    quoted = page.replace("{title}", title).replace("{rest}", rest)
    if quoted.startswith("---\ntitle: {{"):
        return
    record = one(tmp_path, quoted)
    assert 3 <= len(record.title) <= 120
    assert record.title.removeprefix("Notice ") == title or record.get("description") == title.strip()


def test_other_settings_files(tmp_path: Path, into: Path) -> None:
    system = "[[params.systems]]\n"
    toml = f'title = "T"\nbaseURL = "/"\n{system}name = "API"\n{system}name = "API"\n{system}'
    result = import_cstate(site(tmp_path / "site", {"a.md": DOWN}, toml, "hugo.toml"), into)
    assert [record.id for record in records(into, "service")] == ["api"]
    assert [remark.reason for remark in result.skipped] == [
        "system 'API' is declared twice; the first is taken",
        "system 3 has no name",
    ]


@pytest.mark.parametrize("config", ["title: [\n", b"\xff\xfe\0", "- a\n"])
def test_settings_that_cannot_be_read(tmp_path: Path, into: Path, config: str | bytes) -> None:
    result = import_cstate(site(tmp_path / "site", {"a.md": DOWN}, config), into)
    assert [remark.file for remark in result.skipped] == ["config.yml"]
    assert result.imported == ("content/issues/a.md",)


def test_a_site_without_settings(tmp_path: Path, into: Path) -> None:
    source = site(tmp_path / "site", {"a.md": DOWN})
    (source / "config.yml").unlink()
    result = import_cstate(source, into)
    assert result.skipped == ()
    assert "config.yml" in {remark.file for remark in result.guessed}
    assert len(records(into, "incident")) == 1


def test_what_is_no_site_is_one_line(tmp_path: Path, into: Path) -> None:
    with pytest.raises(ItsmError, match="content/issues"):
        import_cstate(tmp_path, into)
    assert not into.exists()


def test_a_target_that_is_a_file_is_one_line(tmp_path: Path, into: Path) -> None:
    into.write_text("")
    with pytest.raises(ItsmError):
        import_cstate(site(tmp_path / "site", {}), into)


def test_nothing_is_written_through_a_link(tmp_path: Path, into: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    into.mkdir()
    (into / "records").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ItsmError, match="symbolic link"):
        import_cstate(site(tmp_path / "site", {"a.md": DOWN}), into)
    assert not any((tmp_path / "elsewhere").iterdir())
