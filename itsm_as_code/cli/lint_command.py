"""`itsm lint`: what is wrong in the records."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.main import EXIT_FINDINGS
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.finding import Finding
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.reporters import github, machine, text
from itsm_as_code.rules import engine
from itsm_as_code.snapshot.snapshot import Snapshot

Report = Callable[[Sequence[Finding], Mapping[str, int], Mapping[str, bytes]], str]


def _text(findings: Sequence[Finding], summary: Mapping[str, int], texts: Mapping[str, bytes]) -> str:
    return text.report(findings, summary, texts, options.look())


FORMATS: Mapping[str, Report] = {"text": _text, "json": machine.report, "github": github.report}


@click.command(
    "lint",
    epilog="""\b
Examples:
  itsm lint                          everything
  itsm lint records/changes          only findings in these files; all records are read, so links resolve
  itsm lint --select dangling-link   one rule
  itsm lint --rev main --strict      another revision; warnings count as well
  itsm lint --format github          annotations on a pull request
""",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@options.root_option
@options.rev_option
@options.format_option(*FORMATS)
@click.option("--select", multiple=True, metavar="RULE,…", help="Report only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE,…", help="Leave these rules out.")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
def command(
    *,
    paths: tuple[Path, ...],
    root: Path | None,
    rev: str | None,
    format_: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
) -> int:
    """Say what is wrong in the records, with file, line and column. Exit 1 if there is any error.

    PATHS are relative to where you stand; one that is not there is looked for in the root of the records.
    """
    wanted, unwanted = _rules(select), _rules(ignore)
    snapshot = options.open_snapshot(root, rev)
    inside = _files(paths, root, snapshot)
    findings = [
        finding
        for finding in engine.lint(snapshot)
        if (not wanted or finding.rule in wanted) and finding.rule not in unwanted and inside(finding.place.file)
    ]
    summary = {
        "records": sum(inside(record.file) for record in snapshot.records.values()),
        "errors": sum(finding.severity == "error" for finding in findings),
        "warnings": sum(finding.severity == "warning" for finding in findings),
    }
    options.emit(FORMATS[format_](findings, summary, snapshot.texts))
    return EXIT_FINDINGS if summary["errors"] or (strict and findings) else 0


def _rules(chosen: tuple[str, ...]) -> frozenset[str]:
    names = frozenset(name for part in chosen for name in part.replace(",", " ").split())
    for name in names:
        if name not in engine.discover():
            message = f"there is no rule {name}{did_you_mean(name, engine.discover())}"
            raise ItsmError(message, "itsm explain --list names them")
    return names


def _files(paths: tuple[Path, ...], root: Path | None, snapshot: Snapshot) -> Callable[[str], bool]:
    """Return the test for a file's being among the paths, relative to where the user stands, else to the root."""
    if not paths:
        return lambda _file: True
    top = options.find_folder(root, snapshot.name)
    return _inside([_named(path, top, snapshot) for path in paths])


def _named(path: Path, top: Path, snapshot: Snapshot) -> str:
    """Return the prefix of the files that a path names; a revision may have files that the folder lacks."""
    for place in (path, top / path):
        prefix = _prefix(place, top)
        if prefix is not None and (place.exists() or any(map(_inside([prefix]), snapshot.texts))):
            return prefix
    message = f"{path} is not in {top}" if path.exists() else f"{path} does not exist"
    raise ItsmError(message)


def _inside(prefixes: Sequence[str]) -> Callable[[str], bool]:
    return lambda file: any(prefix in (".", file) or file.startswith(f"{prefix}/") for prefix in prefixes)


def _prefix(path: Path, top: Path) -> str | None:
    """Return the path as the records' files are named, None outside of them; a link at its end stays itself."""
    full = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
    return full.relative_to(top).as_posix() if full.is_relative_to(top) else None
