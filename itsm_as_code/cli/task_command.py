"""`itsm task`: lists the tasks of a record, or says how far one is."""

from typing import Unpack

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.editing.tasks import STATES, plan_task, tasks_of
from itsm_as_code.errors import ItsmError
from itsm_as_code.reporters.terminal import table
from itsm_as_code.snapshot.wording import alternatives


@click.command(
    "task",
    epilog="""\b
Examples:
  itsm task REQ-20260302-a2tb
  itsm task REQ-20260302-a2tb 1 in-progress --as jonas-brandt
""",
)
@click.argument("id_", metavar="ID")
@click.argument("task", metavar="[TASK]", required=False)
@click.argument("state", required=False)
@editing_options
def command(*, id_: str, task: str | None, state: str | None, **chosen: Unpack[Chosen]) -> int:
    """Say how far a task is: open, in-progress, done or canceled. TASK is its number or id; without it they are listed.

    It is written into the timeline.
    """
    desk = begin(chosen)
    record = desk.find(id_)
    if task is None:
        rows = [(str(each.number), each.id, each.state, each.owner, each.title) for each in tasks_of(record)]
        options.emit(table(rows, ("#", "task", "state", "owner", "title")))
        return 0
    if state is None:
        message = f"say how far task {task} is"
        raise ItsmError(message, f"itsm task {id_} {task} {alternatives(STATES)}")
    return carry_out(desk, plan_task(desk.snapshot, record, task, state, desk.stamp()), chosen)
