"""What a step did to one record, in the language of service management, else in the words of its schema."""

from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo

from itsm_as_code.model.config import Config
from itsm_as_code.model.place import printable
from itsm_as_code.model.words import shortened
from itsm_as_code.reporters.diff_course import ending, levels, major, states, tasks, timeline, window
from itsm_as_code.reporters.diff_left import Left, Said
from itsm_as_code.reporters.diff_wiring import assignment, links, members, owners, redundancy, relations
from itsm_as_code.reporters.diff_words import field_name, is_told, item_name, listed, spaced, value_words
from itsm_as_code.snapshot.derive import priority
from itsm_as_code.snapshot.difference import ABSENT, FieldEdit, RecordEdit

_WORDS = 200
"""Letters of a sentence about one field."""


def sentences(edit: RecordEdit, config: Config, zone: tzinfo, was: str = "") -> Sequence[Said]:
    """Return what a step did to a record, the weightiest first; never nothing.

    `was` is the address that the record had before, where it has a new one; `edit` then goes from the one to the
    other. Times are told in the zone.
    """
    if edit.is_removed:
        return [Said("deleted", "deleted")]
    if edit.is_added:
        return [_opened(edit, config)]
    left = Left(edit, zone)
    said = [Said("renumbered", f"renumbered from {was}")] if was else []
    if not edit.is_sure:
        # What seems to be gone may stand in the part that was not read.
        return [*said, Said("not read to the end", "cannot be read to its end before or after; itsm lint says why")]
    for teller in _TELLERS:
        said += teller(left)
    said += _moved(edit, was)
    return said or [Said("with links written otherwise", "links written otherwise, to the same records")]


def _opened(edit: RecordEdit, config: Config) -> Said:
    record = edit.record
    word = "opened" if record.kind.prefix else "added"
    rank = priority(record, config)
    facts = [f"priority {rank}"] if rank is not None else []
    facts += [str(record.fields[name]) for name in ("class", "type") if isinstance(record.fields.get(name), str)][:1]
    ended = ending(record)
    if record.kind.states and record.state != record.kind.initial and not ended:
        facts.append(f"now {spaced(record.state)}")
    words = word + (f" ({', '.join(facts)})" if facts else "")
    return Said(word, f"{words}; {ended}" if ended else words)


def _moved(edit: RecordEdit, was: str) -> Iterator[Said]:
    if edit.is_moved and not was and edit.base is not None:
        yield Said(
            "kept in another file", f"kept in {printable(edit.record.file)} now, not {printable(edit.base.file)}"
        )


def _titled(left: Left) -> Iterator[Said]:
    edit = left.take(left.record.kind.title_field)
    if edit is not None and edit.old is not ABSENT and edit.new is not ABSENT:
        yield Said("renamed", f"renamed from “{shortened(str(edit.old))}”")


def _seen_by(left: Left) -> Iterator[Said]:
    edit = left.take("visibility")
    if edit is not None:
        seen = left.record.visibility
        yield Said(f"now {seen}", f"now {seen}" + (f" (was {edit.old})" if edit.old is not ABSENT else ""))


def _fields(left: Left) -> Iterator[Said]:
    """Tell whatever is left, field by field, in the schema's words."""
    left.take("id")
    rewritten = []
    for edit in left.fields:
        left.take(edit.name)
        field, words = _field(edit, left.zone)
        if words == f"{field} rewritten":
            rewritten.append(field)
        else:
            yield Said(f"with another {field}", shortened(words, _WORDS))
    if rewritten:
        yield Said(f"with another {listed(rewritten)}", f"{listed(rewritten)} rewritten")


def _field(edit: FieldEdit, zone: tzinfo) -> tuple[str, str]:
    """Return what a field is called, and what became of it."""
    name = field_name(edit) or "content"
    item = item_name(edit)
    called = f"{item[2]} of {item[1]} in {item[0]}" if item is not None and item[2] else name
    if item is not None and not item[2]:
        called = f"{item[1]} in {item[0]}"
    if edit.new is ABSENT:
        was = f" (was {value_words(edit.old, zone)})" if is_told(edit.old) else ""
        return name, f"{called} taken out{was}"
    if edit.old is ABSENT:
        return name, f"{called}: {value_words(edit.new, zone)}" if is_told(edit.new) else f"{called} written"
    if is_told(edit.old) and is_told(edit.new):
        return name, f"{called}: {value_words(edit.old, zone)} → {value_words(edit.new, zone)}"
    same = isinstance(edit.old, list) and isinstance(edit.new, list)
    return name, f"{called} {'reordered' if same else 'rewritten'}"


_TELLERS: Sequence[Callable[[Left], Iterator[Said]]] = (
    major,
    states,
    levels,
    window,
    relations,
    redundancy,
    assignment,
    owners,
    _seen_by,
    _titled,
    tasks,
    links,
    members,
    _fields,
    timeline,
)
