"""Writing: only what changed, nothing of others', nowhere it must not."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.site.write import MANIFEST, Built, publish
from tests.site.builds import FILES, NOW, snapshot


def write(out: Path, files: Mapping[str, str | bytes] = FILES) -> tuple[Built, ...]:
    return publish(snapshot(files), out, ["public", "internal"], NOW, [])


def without(path: str) -> Mapping[str, str | bytes]:
    return {name: text for name, text in FILES.items() if name != path}


def test_both_sites_are_written_with_their_manifests(tmp_path: Path) -> None:
    public, internal = write(tmp_path / "out")
    assert (public.audience, public.folder, public.unchanged, public.deleted) == (
        "public",
        tmp_path / "out/public",
        0,
        0,
    )
    assert public.pages == public.written > 5
    assert internal.written > public.written
    for built in (public, internal):
        files = {path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*") if path.is_file()}
        manifest = json.loads((built.folder / MANIFEST).read_text())["files"]
        assert files == {MANIFEST, *manifest}
        assert built.pages == len(manifest)


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    for built in write(tmp_path):
        assert (built.written, built.unchanged, built.deleted) == (0, built.pages, 0)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


def test_a_changed_record_rewrites_the_pages_that_show_it_alone(tmp_path: Path) -> None:
    write(tmp_path)
    text = str(FILES["records/people/ann.yaml"])
    _, internal = write(tmp_path, {**FILES, "records/people/ann.yaml": text + "description: New here.\n"})
    assert internal.written == 1
    assert "New here." in (tmp_path / "internal/people/ann.html").read_text()


def test_pages_of_a_record_that_is_gone_are_deleted(tmp_path: Path) -> None:
    write(tmp_path)
    gone = "changes/CHG-20260309-bbbb.html"
    assert (tmp_path / "internal" / gone).exists()
    public, internal = write(tmp_path, without("records/changes/2026/CHG-20260309-bbbb.yaml"))
    assert not (tmp_path / "internal" / gone).exists()
    assert (public.deleted, internal.deleted) == (1, 1)


def test_what_others_put_there_or_changed_stays(tmp_path: Path) -> None:
    write(tmp_path)
    foreign = tmp_path / "internal/notes.html"
    changed = tmp_path / "internal/changes/CHG-20260309-bbbb.html"
    outside = tmp_path / "outside.html"
    for file in (foreign, changed, outside):
        file.write_text("mine")
    manifest = tmp_path / "internal" / MANIFEST
    listed = json.loads(manifest.read_text())
    checksum = "2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806"  # of "mine"
    listed["files"] |= {"../outside.html": checksum, str(outside): checksum}
    manifest.write_text(json.dumps(listed))
    write(tmp_path, without("records/changes/2026/CHG-20260309-bbbb.yaml"))
    assert [file.read_text() for file in (foreign, changed, outside)] == ["mine"] * 3


def test_a_build_that_was_cut_off_can_be_repeated(tmp_path: Path) -> None:
    broken = {"stub.html.j2": "", "home.html.j2": "", "status.html.j2": "{{ nothing }}"}
    with pytest.raises(ItsmError, match=r"status\.html\.j2"):
        publish(snapshot(), tmp_path, ["internal"], NOW, [], broken)
    assert (tmp_path / "internal/index.html").read_text() == ""
    write(tmp_path)
    assert "Acme" in (tmp_path / "internal/index.html").read_text()
    assert not list(tmp_path.rglob(".itsm-*"))


@pytest.mark.parametrize("name", ["itsm.yaml", ".git"])
def test_never_into_the_records(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    (tmp_path / "records").mkdir()
    for place in ("records", "records/site", "records/../records/cis/site"):
        with pytest.raises(ItsmError, match="where records stand"):
            write(tmp_path / place)
    assert not list((tmp_path / "records").iterdir())


def test_never_over_a_file_or_into_a_folder_of_others(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for place in ("file", "file/site"):
        with pytest.raises(ItsmError, match="is a file"):
            write(tmp_path / place)
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text("mine")
    with pytest.raises(ItsmError, match="was not written by an earlier build"):
        write(tmp_path)
    assert (tmp_path / "public/index.html").read_text() == "mine"


@pytest.mark.parametrize("text", ["", "[]", '{"files": []}', "{}"])
def test_a_manifest_that_is_none_stops_the_run(tmp_path: Path, text: str) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / MANIFEST).write_text(text)
    with pytest.raises(ItsmError, match="is not the manifest of a site"):
        write(tmp_path)


def test_what_the_disk_refuses_is_said_in_one_line(tmp_path: Path) -> None:
    write(tmp_path)
    page = tmp_path / "internal/people/ann.html"
    page.unlink()
    page.mkdir()
    with pytest.raises(ItsmError, match=r"cannot write .*ann\.html"):
        write(tmp_path)
