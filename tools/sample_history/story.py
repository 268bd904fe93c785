"""Reads what is told of the past of the sample organisation, besides what its records tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tools.sample_history import text as texts
from tools.sample_history.commits import Pull
from tools.sample_history.record import Earlier, Event, RecordHistory

PAST = Path(__file__).parent / "past.yaml"

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """All files of the sample organisation with their past, by path; and when and by whom the first of them came."""

    files: Mapping[str, RecordHistory]
    pulls: Sequence[Pull]
    begins: datetime
    by: str
    why: str


def story(root: Path) -> Story:
    """Return the past of `itsm.yaml` and `records/` in a folder."""
    told: Told = texts.loaded(PAST.read_text(encoding="utf-8"))
    files = [root / "itsm.yaml", *sorted((root / "records").rglob("*.yaml"))]
    present = {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in files}
    unknown = {_path(name) for name in told["files"]} - set(present)
    if unknown:
        raise ValueError(f"past.yaml tells of files that are not there: {', '.join(sorted(unknown))}")
    past = {_path(name): what for name, what in told["files"].items()}
    histories = {path: _history(path, text, past.get(path, {}), told["items"]) for path, text in present.items()}
    first = told["begins"]
    pulls = [_pull(one) for one in told["pulls"]]
    return Story(histories, pulls, datetime.fromisoformat(first["at"]), _person(first["by"]), first["why"])


def _path(name: str) -> str:
    return "itsm.yaml" if name == "itsm" else f"records/{name}.yaml"


def _person(name: str) -> str:
    return f"person:{name}" if name else ""


def _history(path: str, text: str, told: Told, lists: Sequence[Told]) -> RecordHistory:
    earlier = [_earlier(one) for one in told.get("earlier", ())]
    begins = None
    if "begins" in told:
        first = told["begins"]
        begins = Event(datetime.fromisoformat(first["at"]), _person(first["by"]), path, first["why"], 0, is_told=True)
    lacking = []
    for one in lists:
        until = datetime.fromisoformat(one["until"])
        parts = [part for field in texts.fields(text).values() for part in texts.items(field)[1]]
        if any(one["containing"] in part for part in parts) and not (begins and begins.at >= until):
            lacking.append((until, one["containing"]))
            earlier.append(Earlier(until, _person(one["by"]), one["why"], {}))
    return RecordHistory(path, text, earlier, begins, lacking)


def _earlier(told: Told) -> Earlier:
    return Earlier(
        until=datetime.fromisoformat(told["until"]),
        by=_person(told.get("by", "")),
        why=told.get("why", ""),
        fields=texts.fields(told["fields"]) if "fields" in told else {},
        without=told.get("without", ()),
        trailers=[("Co-authored-by", _person(name)) for name in told.get("with", ())]
        + [("Reviewed-by", _person(name)) for name in told.get("reviewed_by", ())],
    )


def _pull(told: Told) -> Pull:
    return Pull(
        number=int(told["number"]),
        branch=told["branch"],
        paths=frozenset(map(_path, told["files"])),
        opened=datetime.fromisoformat(told["opened"]),
        merged=datetime.fromisoformat(told["merged"]),
        by=_person(told["by"]),
        reviewed=[_person(name) for name in told.get("reviewed_by", ())],
    )
