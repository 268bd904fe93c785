"""What `itsm lint` and `itsm check` share: which rules and files, which format, where to, and how they exit."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TypedDict

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.main import EXIT_FINDINGS
from itsm_as_code.cli.output import open_output
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.finding import Finding, tally
from itsm_as_code.reporters import text
from itsm_as_code.reporters.terminal import counted
from itsm_as_code.rules.catalogue import discover
from itsm_as_code.rules.known import unknown
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.repository import place_in_git


class Chosen(TypedDict):
    """What the options of `judging_options` say."""

    paths: tuple[Path, ...]
    root: Path | None
    rev: str | None
    staged: bool
    format_: str
    output: Path | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    strict: bool
    everything: bool


FORMATS: Mapping[str, str] = {
    "text": "text",
    "json": "machine",
    "github": "github",
    "sarif": "sarif",
    "junit": "junit",
}
"""Format → its module in `reporters`, which is imported when it is asked for."""
_SEEN_FROM_THE_TOP = frozenset({"github", "sarif", "junit"})
"""Formats for servers, which know files by their paths from the top of the git repository."""

_OPTIONS: Sequence[options.Decorator] = (
    click.argument("paths", nargs=-1, type=click.Path(path_type=Path)),
    options.root_option,
    options.rev_option,
    options.staged_option,
    options.format_option(*FORMATS),
    click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write there; only the totals are shown.",
    ),
    click.option("--select", multiple=True, metavar="RULE,…", help="Report only these rules."),
    click.option("--ignore", multiple=True, metavar="RULE,…", help="Leave these rules out."),
    click.option("--strict", is_flag=True, help="Exit 1 for warnings too."),
    options.all_option,
)


def judging_options(command: Callable[..., object]) -> Callable[..., object]:
    """Give a command the arguments and options that both have."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def judge(find: Callable[[Snapshot], Sequence[Finding]], chosen: Chosen, as_of: str = "") -> int:
    """Report what `find` finds in the snapshot and files chosen, and return the exit code.

    `as_of` is the moment at which it looks; empty for lint, which has none.
    """
    wanted, unwanted = (_rules(names, timed=bool(as_of)) for names in (chosen["select"], chosen["ignore"]))
    write = open_output(chosen["output"])
    snapshot = options.open_snapshot(chosen["root"], chosen["rev"], staged=chosen["staged"])
    inside = _files(chosen["paths"], chosen["root"], snapshot)
    findings = [
        finding
        for finding in find(snapshot)
        if (not wanted or finding.rule in wanted) and finding.rule not in unwanted and inside(finding.place.file)
    ]
    records = sum(inside(record.file) for record in snapshot.records.values())
    counts = tally(findings)
    summary = {"records": records, "errors": counts.errors, "warnings": counts.warnings, "waived": counts.waived}
    seen, texts = _seen(chosen, findings, snapshot.texts)
    write(_reporter(chosen)(seen, summary, texts, as_of=as_of))
    if chosen["output"] is not None:
        click.echo(f"{chosen['output']}: {text.totals(summary, as_of)}", err=True)
    unread = sum(not record.valid for record in snapshot.records.values()) if as_of else 0
    if unread:
        click.echo(f"warning: {counted(unread, 'record')} left out for not being valid; itsm lint says why", err=True)
    return EXIT_FINDINGS if counts.errors or (chosen["strict"] and counts.warnings) else 0


def _seen(
    chosen: Chosen, findings: Sequence[Finding], texts: Mapping[str, bytes]
) -> tuple[Sequence[Finding], Mapping[str, bytes]]:
    """Return findings and texts with paths as the readers of the format know them."""
    above = ""
    if chosen["format_"] in _SEEN_FROM_THE_TOP:
        above = place_in_git(options.find_folder(chosen["root"], chosen["rev"]))
    if not above:
        return findings, texts
    return [finding.below(above) for finding in findings], {above + file: text for file, text in texts.items()}


def _reporter(chosen: Chosen) -> Callable[..., str]:
    """Return what writes the format chosen: findings, summary and texts in, a report out."""
    format_ = chosen["format_"]
    report = import_module(f"itsm_as_code.reporters.{FORMATS[format_]}").report
    if format_ == "text" and chosen["output"] is None:
        return partial(report, look=options.look(everything=chosen["everything"]))
    return partial(report, strict=chosen["strict"]) if format_ == "junit" else partial(report)


def _rules(chosen: tuple[str, ...], *, timed: bool) -> frozenset[str]:
    """Return the rules that were named; those of the other command would never be found and are refused."""
    rules = discover()
    names = frozenset(name for part in chosen for name in part.replace(",", " ").split())
    if chosen and not names:
        message = "--select and --ignore name a rule, or several with commas between"
        raise ItsmError(message, "itsm explain --list names them")
    for name in names:
        if name not in rules:
            raise ItsmError(unknown(name), "itsm explain --list names them")
        if rules[name].timed and not timed:
            raise ItsmError(f"{name} depends on the time, which lint does not know", f"itsm check --select {name}")
        if timed and not rules[name].timed:
            raise ItsmError(f"{name} does not depend on the time", f"itsm lint --select {name}")
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
    raise ItsmError(message, "paths are relative to where you stand, or to the root of the records")


def _inside(prefixes: Sequence[str]) -> Callable[[str], bool]:
    return lambda file: any(prefix in (".", file) or file.startswith(f"{prefix}/") for prefix in prefixes)


def _prefix(path: Path, top: Path) -> str | None:
    """Return the path as the records' files are named, None outside of them; a link at its end stays itself."""
    full = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
    return full.relative_to(top).as_posix() if full.is_relative_to(top) else None
