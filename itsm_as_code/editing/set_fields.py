"""Sets fields of a record: plans what `itsm set` writes, and what other edits set besides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from itsm_as_code.editing.draft import Draft
from itsm_as_code.editing.entry import Stamp, edit_record
from itsm_as_code.editing.plan import Plan, nothing
from itsm_as_code.editing.setting import Setting, item_names, locate, parse_setting
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.values import Reader
from itsm_as_code.writing.shape import Schema, items, resolved
from itsm_as_code.writing.typed import NotTypedError, json_types

_SUBJECT = 72
"""Letters of a commit's first line, as git's own tools like it."""
_VALUE = 40


def plan_set(snapshot: Snapshot, record: Record, settings: Sequence[str], stamp: Stamp) -> Plan:
    """Return the plan that makes these settings in a record.

    Raises ItsmError where one is no setting, names a field that there is not or that is not set by hand, or gives a
    value that does not fit or links to nothing.
    """
    draft = Draft(record.own_fields)
    done = set_fields(snapshot, record, draft, settings, stamp)
    if not done:
        return nothing(f"{record.address} is so already")
    edits = edit_record(snapshot, record, draft.splices(), (), stamp)
    told = "; ".join(done)
    subject = f"{record.id}: {told}"
    if len(subject) > _SUBJECT:
        names = dict.fromkeys(str(parse_setting(setting).steps[0]) for setting in settings)
        subject = f"{record.id}: {', '.join(names)} set"
    return Plan(edits, (f"{record.address}: {told}",), subject, (record.address,), "\n".join(done))


def set_fields(
    snapshot: Snapshot, record: Record, draft: Draft, settings: Iterable[str], stamp: Stamp
) -> Sequence[str]:
    """Make settings in the draft of a record, and return what each of them did, in words; nothing for no effect."""
    setter = _Setter(record, draft, Reader(snapshot, stamp.now))
    done = []
    for text in settings:
        setting = parse_setting(text)
        _refuse_reserved(record, setting)
        try:
            done.append(setter.make(setting))
        except NotTypedError as error:
            hint = f"or set its fields: {setting.field}.field=value" if error.wants_fields else error.hint
            raise ItsmError(f"{shortened(text)}: {error.message}", hint) from error
    return [each for each in done if each]


def _refuse_reserved(record: Record, setting: Setting) -> None:
    """Refuse the fields that no setting may touch, and say which command does."""
    name = setting.steps[0]
    if len(setting.steps) == 1 and name == "state":
        raise ItsmError(
            "a state is not set", f"move the record: itsm transition {record.address} {setting.text or 'STATE'}"
        )
    if name == "timeline":
        raise ItsmError("a timeline is added to and never edited", f"add a note: itsm note {record.address} TEXT")
    if name == "kind":
        raise ItsmError("a record's kind follows from its folder", "make a new one: itsm new KIND")
    if name == "id":
        raise ItsmError("an id is not set, since links name it", f"itsm renumber {record.address} moves links too")


@dataclass(frozen=True, slots=True)
class _Setter:
    """Makes settings in the draft of a record; each method returns what it did in words, empty for no effect."""

    record: Record
    draft: Draft
    reader: Reader

    def make(self, setting: Setting) -> str:
        """Make one setting."""
        path, schema = locate(self.record, self.draft, setting)
        before = self.draft.at(path)
        if setting.operator == "=":
            return self._put(setting, path, schema)
        types = json_types(schema)
        if (types and "array" not in types) or (before is not None and not isinstance(before, list)):
            message = f"{setting.field} is no list; {setting.operator} is for lists"
            raise ItsmError(message, f"write {setting.field}=VALUE")
        return (self._add if setting.operator == "+=" else self._remove)(setting, path, schema)

    def _put(self, setting: Setting, path: FieldPath, schema: Schema) -> str:
        before = self.draft.at(path)
        if not setting.text:
            self.draft.drop(path)
            return f"{setting.field} {_told(before)} dropped" if before is not None else ""
        value = self.reader.value(setting.text, schema, self.record.kind.schema)
        if type(value) is type(before) and value == before:
            return ""
        self.draft.put(path, value)
        return f"{setting.field} {f'{_told(before)} → ' if before is not None else 'is '}{_told(value)}"

    def _add(self, setting: Setting, path: FieldPath, schema: Schema) -> str:
        """Add an item to a list that has none like it."""
        item = self.reader.item(setting.text, schema, self.record.kind.schema)
        key = self._key(item, schema)
        for position, held in self.draft.items(path):
            if held == item:
                return ""
            if key and isinstance(held, dict) and held.get(key) == item[key]:
                if len(item) == 1:
                    return ""
                name = item_names(self.record, self.draft, path).get(position, str(position))
                hint = f"edit it: {setting.field}[{name}].FIELD=VALUE"
                raise ItsmError(f"{setting.field} has {shortened(str(item[key]))} already", hint)
        self.draft.add(path, item)
        return f"{setting.field} + {_told(item)}"

    def _remove(self, setting: Setting, path: FieldPath, schema: Schema) -> str:
        """Take out of a list the items that a text names or is; what is not in it is not there already."""
        names = item_names(self.record, self.draft, path)
        wanted = setting.text.strip()
        found = [position for position, name in names.items() if wanted in (name, name.partition(":")[2])]
        if not found:
            hint = did_you_mean(wanted, names.values())
            if hint and wanted not in self.reader.snapshot.records:
                raise ItsmError(f"{setting.field} has no {shortened(wanted)}{hint}")
            item = self.reader.item(setting.text, schema, self.record.kind.schema)
            found = [position for position, held in self.draft.items(path) if held == item]
        told = [self.draft.at((*path, position)) for position in found]
        for position in found:
            self.draft.drop((*path, position))
        return "; ".join(f"{setting.field} - {_told(item)}" for item in told)

    def _key(self, item: Any, schema: Schema) -> str:  # noqa: ANN401 - any YAML value
        """Return the one field that items of a list need and are told apart by; empty where there is none."""
        inner = resolved(items(schema, self.record.kind.schema), self.record.kind.schema)
        needed = inner.get("required", ())
        return str(needed[0]) if isinstance(item, dict) and len(needed) == 1 and needed[0] in item else ""


def _told(value: Any) -> str:  # noqa: ANN401 - any YAML value
    """Return a value in a few letters."""
    if isinstance(value, dict):
        return shortened("{" + ", ".join(f"{key}: {_told(inner)}" for key, inner in value.items()) + "}", _VALUE)
    if isinstance(value, list):
        return shortened("[" + ", ".join(map(_told, value)) + "]", _VALUE)
    text = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
    return shortened(text, _VALUE)
