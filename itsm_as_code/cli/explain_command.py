"""`itsm explain`: why a rule exists, with a wrong and a right example."""

import click

from itsm_as_code.cli import options
from itsm_as_code.errors import ItsmError
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.reporters.terminal import table
from itsm_as_code.rules.catalogue import Rule, discover
from itsm_as_code.rules.known import unknown


@click.command(
    "explain",
    epilog="""\b
Examples:
  itsm explain dangling-link
  itsm explain --list
  itsm explain --list --format json
""",
)
@click.argument("rule", required=False)
@click.option("--list", "list_", is_flag=True, help="List every rule.")
@options.format_option("text", "json")
def command(rule: str | None, format_: str, *, list_: bool) -> None:
    """Say why a rule exists, with a wrong and a right example."""
    rules = discover()
    if list_ or rule is None:
        if rule is not None:
            message = "name a rule or give --list, not both"
            raise ItsmError(message)
        if not list_:
            message = "name a rule"
            raise ItsmError(message, "itsm explain --list names them")
        options.emit(
            to_json([_facts(each) for each in rules.values()]) if format_ == "json" else _table(list(rules.values()))
        )
        return
    found = rules.get(rule) or rules.get(rule.lower().replace("_", "-"))
    if found is None:
        raise ItsmError(unknown(rule), "itsm explain --list names them")
    options.emit(
        to_json(_facts(found)) if format_ == "json" else f"{found.id} ({found.severity})\n\n{found.doc.strip()}\n"
    )


def _facts(rule: Rule) -> dict[str, str]:
    return {
        "rule": rule.id,
        "group": rule.group,
        "severity": rule.severity,
        "title": rule.title,
        "doc": rule.doc.strip(),
    }


def _table(rules: list[Rule]) -> str:
    return table(
        [(rule.id, rule.severity, rule.title) for rule in sorted(rules, key=lambda rule: (rule.group, rule.id))],
        ("RULE", "SEVERITY", "FAULT"),
    )
