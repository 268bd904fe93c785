"""What records are tied to, in words: what they depend on, who owns them, who has them, who works on them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from itsm_as_code.model.record import Record
from itsm_as_code.reporters.diff_left import Left, Said
from itsm_as_code.reporters.diff_words import listed, number_of, spaced
from itsm_as_code.snapshot.difference import ABSENT, FieldEdit

_PARTS = ("ci:", "service:")


def relations(left: Left) -> Iterator[Said]:
    """Tell what a CI or service needs now, and no longer: each relation by its name."""
    more: dict[str, list[str]] = defaultdict(list)
    fewer: dict[str, list[str]] = defaultdict(list)
    named = left.take_within("relations")
    if left.record.kind.name == "service":
        named = [*named, *left.take_within("depends_on")]
    for edit in named:
        for value, found in ((edit.new, more), (edit.old, fewer)):
            for item in value if isinstance(value, list) and len(edit.path) == 1 else (value,):
                relation, target = _relation(edit, item, left.record)
                if target:
                    found[relation].append(_short(target))
    # A list that was put in another order is there as a whole, before and after.
    more, fewer = _without(more, fewer), _without(fewer, more)
    for relation, targets in more.items():
        also = "also " if relation in _relations(left.edit.base) else ""
        yield Said("with more dependencies", f"now {also}{spaced(relation)} {listed(targets)}")
    for relation, targets in fewer.items():
        yield Said("with fewer dependencies", f"no longer {spaced(relation)} {listed(targets)}")
    if named and not more and not fewer:
        yield Said("with other relations", "relations reordered or described otherwise")


def _without(here: Mapping[str, list[str]], there: Mapping[str, list[str]]) -> dict[str, list[str]]:
    left = {name: [item for item in items if item not in there.get(name, ())] for name, items in here.items()}
    return {name: items for name, items in left.items() if items}


def _relation(edit: FieldEdit, value: object, head: Record) -> tuple[str, str]:
    """Return relation and target that one side of an edit states; two empty words where it states none."""
    if edit.path[0] == "depends_on":
        return "depends on", value if isinstance(value, str) else ""
    if isinstance(value, dict):
        return str(value.get("type", "is related to")), str(value.get("to", ""))
    if isinstance(value, str) and edit.path[2:] == ("type",):
        item = head.fields["relations"][edit.path[1]]
        return value, str(item.get("to", ""))
    return "", ""


def _relations(record: Record | None) -> frozenset[str]:
    """Return the relations that a record stated."""
    if record is None:
        return frozenset()
    names = {str(item.get("type")) for item in record.mappings("relations")}
    return frozenset(names | ({"depends on"} if record.strings("depends_on") else set()))


def _short(address: str) -> str:
    """Return the id of a service or CI, and any other address whole."""
    return address.partition(":")[2] if address.startswith(_PARTS) else address


def redundancy(left: Left) -> Iterator[Said]:
    """Tell how many members of a group must be up now."""
    if not left.take_within("redundancy"):
        return
    old, new = (
        [_group(entry) for entry in record.mappings("redundancy")] if record is not None else []
        for record in (left.edit.base, left.record)
    )
    added, gone = [group for group in new if group not in old], [group for group in old if group not in new]
    words = [f"now needs {least} of {over}" for over, least in added]
    words += [f"no redundancy over {over} any more" for over, _ in gone if over not in dict(added)]
    yield Said("with other redundancy", listed(words) or "redundancy reworded")


def _group(entry: object) -> tuple[str, str]:
    over, least = (entry.get("over"), entry.get("min_up")) if isinstance(entry, dict) else (None, None)
    named = (
        listed([_short(str(member)) for member in over]) if isinstance(over, list) else f"what it {spaced(str(over))}"
    )
    return named, f"at least {least}"


def assignment(left: Left) -> Iterator[Said]:
    """Tell who works on a record now, or who has an asset."""
    entries = left.take_entries("assigned")
    told = [
        edit
        for edit in (left.take("assignment.team"), left.take("assignment.person"), left.take("assigned_to"))
        if edit
    ]
    whole = left.take("assignment")
    if whole is not None and isinstance(whole.new, dict):
        given = [str(name) for name in (whole.new.get("team"), whole.new.get("person")) if name]
        yield Said("assigned", f"assigned to {listed(given)}" if given else "assignment changed")
    given = [str(edit.new) for edit in told if edit.new is not ABSENT]
    taken = [str(edit.old) for edit in told if edit.new is ABSENT]
    were = [str(edit.old) for edit in told if edit.old is not ABSENT and edit.new is not ABSENT]
    if given:
        yield Said("assigned", f"assigned to {listed(given)}" + (f" (was {listed(were)})" if were else ""))
    elif taken or (whole is not None and whole.new is ABSENT):
        yield Said("no longer assigned", f"no longer assigned to {listed(taken)}" if taken else "no longer assigned")
    elif entries and whole is None:
        yield Said("assigned", f"assigned to {entries[-1].get('to')}")


def owners(left: Left) -> Iterator[Said]:
    """Tell who answers for a record now."""
    for name, words in (("owner", "owner"), ("support_team", "support team")):
        edit = left.take(name)
        if edit is not None and edit.new is ABSENT:
            yield Said(f"without {words}", f"no {words} any more (was {edit.old})")
        elif edit is not None:
            arrow = f"{edit.old} → {edit.new}" if edit.old is not ABSENT else str(edit.new)
            yield Said(f"with another {words}", f"{words}: {arrow}")


def links(left: Left) -> Iterator[Said]:
    """Tell which records a record is linked with now, and no longer."""
    more: list[str] = []
    fewer: list[str] = []
    named = left.take_within("links")
    for edit in named:
        for value, found in ((edit.new, more), (edit.old, fewer)):
            items = value if isinstance(value, list) else [value]
            ends = [item.get("to") or item.get("url") for item in items if isinstance(item, dict)]
            found += [str(end) for end in ends if end]
    more, fewer = [end for end in more if end not in fewer], [end for end in fewer if end not in more]
    if more:
        yield Said("linked", f"linked with {_few(more)}")
    if fewer:
        yield Said("no longer linked", f"no longer linked with {_few(fewer)}")
    if named and not more and not fewer:
        yield Said("linked otherwise", "links reordered or named otherwise")


def members(left: Left) -> Iterator[Said]:
    """Tell which items were added to lists of plain values, and which were taken out, list by list."""
    more: dict[str, list[str]] = defaultdict(list)
    fewer: dict[str, list[str]] = defaultdict(list)
    for edit in left.fields:
        if ABSENT not in (edit.old, edit.new) or not all(isinstance(step, str) for step in edit.path[:-1]):
            continue
        value, found = (edit.new, more) if edit.old is ABSENT else (edit.old, fewer)
        if isinstance(edit.path[-1], int):
            left.take(edit.name)
            found[" ".join(spaced(str(step)) for step in edit.path[:-1])].append(_item(edit, value))
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            left.take(edit.name)
            found[" ".join(spaced(str(step)) for step in edit.path)] += value
    for found, sort, verb in ((more, "more", "added to"), (fewer, "fewer", "taken out of")):
        for name, items in found.items():
            yield Said(f"with {sort} {name}", f"{_few(items)} {verb} {name}")


def _item(edit: FieldEdit, value: object) -> str:
    named = edit.name.rpartition("[")[2].removesuffix("]")
    return " ".join((named if isinstance(value, dict | list) else str(value)).split()) or "an entry"


def _few(words: list[str]) -> str:
    shown = 5
    return (
        listed(words)
        if len(words) <= shown + 1
        else f"{', '.join(words[:shown])} and {number_of(len(words) - shown, 'other')}"
    )
