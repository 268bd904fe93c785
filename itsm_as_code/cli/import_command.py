"""`itsm import`: another tool's data as records."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.main import EXIT_FINDINGS
from itsm_as_code.interchange.cstate import import_cstate
from itsm_as_code.interchange.result import ImportResult, Remark
from itsm_as_code.model.place import printable
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.reporters.terminal import counted


@click.group(
    "import",
    epilog="""\b
Examples:
  itsm import cstate ~/status-site --into my-records
""",
)
def command() -> None:
    """Turn another tool's data into records."""


@command.command(
    "cstate",
    epilog="""\b
Examples:
  itsm import cstate ~/status-site --into my-records && itsm lint --root my-records
  itsm import cstate ~/status-site --into my-records --format json
""",
)
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--into", required=True, type=click.Path(path_type=Path, file_okay=False), help="Repository of records.")
@options.format_option("text", "json")
def cstate(site: Path, into: Path, format_: str) -> int:
    """Read a cState status site: incidents, maintenance notices, systems. Exit 1 if a file was skipped.

    Run again, it changes nothing; records that people edited since are left alone and listed.
    """
    result = import_cstate(site, into)
    if format_ == "json":
        options.emit(to_json(asdict(result)))
    else:
        options.emit(_text(result, into))
    return EXIT_FINDINGS if result.skipped else 0


def _text(result: ImportResult, into: Path) -> str:
    lines = [
        *_remarks("skipped", result.skipped),
        *_remarks("not read", result.ignored),
        *_remarks("kept as edited", result.kept),
        *_remarks("guessed", result.guessed),
    ]
    counts = [
        f"{counted(len(result.imported), 'file')} read",
        f"{counted(len(result.written), 'file')} written",
        f"{len(result.updated):,} updated",
        f"{len(result.unchanged):,} unchanged",
        f"{len(result.kept):,} kept as edited",
        f"{len(result.guessed):,} guesses",
        f"{counted(len(result.skipped), 'file')} skipped",
    ]
    lines += [", ".join(counts), f"Next: itsm lint --root {into}"]
    return "\n".join(lines) + "\n"


def _remarks(word: str, remarks: Sequence[Remark]) -> list[str]:
    return [f"{word}: {printable(remark.file)}: {remark.reason}" for remark in remarks]
