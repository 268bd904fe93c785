"""Tasks of a record: how far they are, and plans what `itsm task` writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itsm_as_code.editing.choices import choose
from itsm_as_code.editing.entry import Stamp, edit_record, entry
from itsm_as_code.editing.plan import Plan, nothing
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.fulfilment import task_states
from itsm_as_code.snapshot.snapshot import Snapshot

STATES = ("open", "in-progress", "done", "canceled")
_SHORT: Mapping[str, str] = {
    "started": "in-progress",
    "begun": "in-progress",
    "wip": "in-progress",
    "finished": "done",
    "closed": "done",
    "complete": "done",
    "completed": "done",
    "cancelled": "canceled",
    "skipped": "canceled",
    "reopened": "open",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One task: its number, from 1, its id, title and owner, and how far it is."""

    number: int
    id: str
    title: str
    owner: str
    state: str


def tasks_of(record: Record) -> Sequence[Task]:
    """Return a record's tasks in order. Raises ItsmError where it has none."""
    states = task_states(record)
    tasks = [
        Task(number, id_, str(task.get("title", "")), str(task.get("owner", "")), states.get(id_, "open"))
        for number, task in enumerate(record.mappings("tasks"), 1)
        for id_ in (str(task.get("id", "")),)
    ]
    if not tasks:
        has = "tasks" in record.kind.schema.get("properties", {})
        hint = f"add one: itsm set {record.address} 'tasks+={{id: t1, title: …}}'" if has else ""
        message = f"{record.address} has no tasks" if has else f"{record.kind.plural} have no tasks"
        raise ItsmError(message, hint)
    return tasks


def plan_task(snapshot: Snapshot, record: Record, named: str, text: str, stamp: Stamp) -> Plan:
    """Return the plan that says how far a task is, which its number or id names.

    Raises ItsmError where there is no such task or state.
    """
    tasks = tasks_of(record)
    found = next((task for task in tasks if named in (str(task.number), task.id)), None)
    found = found or next((task for task in tasks if named.lower() == task.id.lower()), None)
    if found is None:
        hint = did_you_mean(named, [task.id for task in tasks])
        message = f"{record.address} has no task {shortened(named)}{hint}"
        raise ItsmError(message, "" if hint else f"itsm task {record.address} lists them")
    state = choose(text, STATES, "state of a task", _SHORT)
    if found.state == state:
        return nothing(f"task {found.id} is {state} already")
    edits = edit_record(snapshot, record, (), (entry(stamp, "task", id=found.id, state=state),), stamp)
    left = sum(task.state in ("open", "in-progress") for task in tasks if task.id != found.id)
    left += state in ("open", "in-progress")
    said = f"{record.address}: task {found.id} ({shortened(found.title)}): {found.state} → {state}"
    rest = f"{left} of {len(tasks)} left" if left else "no task is left"
    return Plan(edits, (said, rest), f"{record.id}: task {found.id} {state}", (record.address,), found.title)
