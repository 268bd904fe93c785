"""Says what a conflict of a merge is about, field by field, and what to do."""

from collections.abc import Mapping, Sequence
from typing import Any

from itsm_as_code.model.baseline import FILE as BASELINE
from itsm_as_code.model.reference import RECORDS, owner_of_entry
from itsm_as_code.model.words import shortened
from itsm_as_code.reading.document import read_document
from itsm_as_code.sources.merge import Conflict

_TIMELINE = "timeline"
_FIELDS = 3
"""Fields that are named; a file that was written anew on both sides differs in all."""


def words_of(conflict: Conflict) -> str:
    """Return what both sides did to a file, and what to do before they are merged."""
    theirs = shortened(conflict.theirs_name)
    if conflict.path == BASELINE and conflict.ours is not None and conflict.theirs is not None:
        did = "add" if conflict.base is None else "edit"
        return f"both sides {did} it; merge {theirs} here, keep the lines of both, then itsm lint --write-baseline"
    if conflict.ours is None and conflict.theirs is None:
        return f"both sides rename it; merge {theirs} here and decide for one name"
    if conflict.base is None:
        return _both_added(conflict, theirs)
    if conflict.ours is None:
        return f"it is deleted here and edited in {theirs}; merge {theirs} here and keep it, or delete it there as well"
    if conflict.theirs is None:
        return f"it is edited here and deleted in {theirs}; merge {theirs} here and keep it, or delete it here as well"
    return _both_edited(conflict, conflict.base, conflict.ours, conflict.theirs)


def _both_added(conflict: Conflict, theirs: str) -> str:
    if conflict.ours is None or conflict.theirs is None:
        if "~" not in conflict.path.rpartition("/")[2]:
            side = f"in {theirs}" if conflict.ours is None else "here"
            return f"both sides rename a file, {side} to this; merge {theirs} here and decide for one name"
        # Git gives the file the name of its side for it.
        return f"a file on one side is a folder on the other; merge {theirs} here and give one of them another name"
    if not conflict.path.startswith(f"{RECORDS}/"):
        return f"both sides add it; merge {theirs} here and make one of the two"
    if owner_of_entry(conflict.path):
        return "both sides add a timeline entry of this name; give this one another name"
    id_ = shortened(conflict.path.rpartition("/")[2].removesuffix(".yaml"))
    return (
        f"{theirs} adds another record of this id: {id_} was drawn twice; itsm renumber {id_} moves this one and its "
        "links, or keep one file if both are the same"
    )


def _both_edited(conflict: Conflict, base: bytes, ours: bytes, theirs: bytes) -> str:
    theirs_name = shortened(conflict.theirs_name)
    was, here, there = (read_document(conflict.path, data).value for data in (base, ours, theirs))
    names = [
        name for name in dict.fromkeys((*here, *there, *was)) if _clash(was.get(name), here.get(name), there.get(name))
    ]
    fields = [name for name in names if name != _TIMELINE]
    told = [_field(name, here, there, theirs_name) for name in fields[:_FIELDS]]
    if len(fields) > _FIELDS:
        told.append(f"{len(fields) - _FIELDS} more")
    what = f"change {' and '.join(told)}" if told else ""
    if _TIMELINE in names:
        grown = all(_grew(was.get(_TIMELINE), side.get(_TIMELINE)) for side in (here, there))
        timeline = "add to its timeline" if grown else "edit its timeline"
        what = f"{what} and {timeline}" if what else timeline
    if not what:
        what = "edit lines that stand together"
    todo = [f"merge {theirs_name} here"]
    if _TIMELINE in names:
        todo.append("keep the entries of both in the order of their times")
    if fields:
        todo.append("decide for one value" + (" of each" if len(fields) > 1 else ""))
    if not names:
        todo.append("keep both")
    return f"both sides {what}; {', '.join(todo[:-1])} and {todo[-1]}"


def _clash(was: Any, here: Any, there: Any) -> bool:  # noqa: ANN401 - any YAML value
    return was not in (here, there) and bool(here != there)


def _grew(was: Any, now: Any) -> bool:  # noqa: ANN401 - any YAML value
    """Return whether entries were added to a list and none was edited or taken away."""
    before: Sequence[Any] = was if isinstance(was, list) else []
    return isinstance(now, list) and all(entry in now for entry in before)


def _field(name: str, here: Mapping[str, Any], there: Mapping[str, Any], theirs: str) -> str:
    shown = shortened(name)
    values = [side.get(name) for side in (here, there)]
    if all(isinstance(value, str | int | bool) for value in values):
        ours, other = (shortened(str(value)) for value in values)
        return f"{shown} ({ours} here, {other} in {theirs})"
    return shown
