"""What `itsm lint --fix` does before it reports: repairs what has one right answer."""

from collections.abc import Sequence

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.editing import shown
from itsm_as_code.cli.judging import Chosen, chosen_files, chosen_rules
from itsm_as_code.cli.main import EXIT_FINDINGS
from itsm_as_code.editing.apply import apply
from itsm_as_code.editing.fixes import plan_fixes
from itsm_as_code.editing.plan import Plan
from itsm_as_code.model.finding import Finding


def fix(chosen: Chosen) -> None:
    """Repair the working tree, and say on standard error what was done: the report is of what is left."""
    plan = _plan(chosen)
    apply(options.find_folder(chosen["root"]), plan.edits)
    _tell(plan.said)


def show_fixes(chosen: Chosen) -> int:
    """Print what a repair would change as a unified diff; return the exit code, 1 where there is something."""
    plan = _plan(chosen)
    options.emit(shown(plan.edits))
    _tell([f"would be done: {line}" for line in plan.said])
    return EXIT_FINDINGS if plan.edits else 0


def _plan(chosen: Chosen) -> Plan:
    wanted, unwanted = (
        chosen_rules(names, timed=False, of_steps=False) for names in (chosen["select"], chosen["ignore"])
    )
    source = options.open_source(chosen["root"], None)
    snapshot = options.read_snapshot(source)
    inside = chosen_files(chosen["paths"], chosen["root"], snapshot.name, snapshot.texts)

    def is_chosen(finding: Finding) -> bool:
        return (not wanted or finding.rule in wanted) and finding.rule not in unwanted and inside(finding.place.file)

    return plan_fixes(snapshot, source, is_chosen)


def _tell(lines: Sequence[str]) -> None:
    for line in lines:
        click.echo(line, err=True)
