"""What `itsm lint` and `itsm check` share: which rules and files, which format, where to, and how they exit."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TypedDict

import click

from itsm_as_code.cli import options, travel
from itsm_as_code.cli.main import EXIT_FINDINGS
from itsm_as_code.cli.output import open_output
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.baseline import FILE
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
    when: travel.When
    staged: bool
    format_: str
    output: Path | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    strict: bool
    everything: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What a command found, before it is narrowed to the rules and files that were asked for."""

    snapshot: Snapshot
    findings: Sequence[Finding]
    texts: Mapping[str, bytes]
    """The bytes of the files that findings name."""
    as_of: str = ""
    """The moment at which check looked; empty for lint, which has none."""
    files: frozenset[str] | None = None
    """The files whose records the report is about; None for all."""
    gone: int = 0
    """How many findings the baseline knows that are not there any more."""
    warnings: Sequence[str] = ()
    """What people should know beside the report."""


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
    travel.when_options,
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


def judge(find: Callable[[], Judged], chosen: Chosen, *, timed: bool, of_steps: bool = False) -> int:
    """Report what `find` finds, as far as it is in the rules and files chosen, and return the exit code.

    `timed` says whether it is check, whose rules are others than those of lint; `of_steps` whether a step is judged.
    """
    wanted, unwanted = (
        chosen_rules(names, timed=timed, of_steps=of_steps) for names in (chosen["select"], chosen["ignore"])
    )
    write = open_output(chosen["output"])
    judged = find()
    inside = chosen_files(chosen["paths"], chosen["root"], judged.snapshot.name, judged.texts)
    findings = [
        finding
        for finding in judged.findings
        if (not wanted or finding.rule in wanted) and finding.rule not in unwanted and inside(finding.place.file)
    ]
    summary = _summary(judged, findings, inside)
    seen, texts = _seen(chosen, findings, judged.texts)
    write(_reporter(chosen)(seen, summary, texts, as_of=judged.as_of))
    if chosen["output"] is not None:
        click.echo(f"{chosen['output']}: {text.totals(summary, judged.as_of)}", err=True)
    for warning in _warnings(judged, timed=timed):
        click.echo(f"warning: {warning}", err=True)
    return EXIT_FINDINGS if summary["errors"] or (chosen["strict"] and summary["warnings"]) else 0


def _summary(judged: Judged, findings: Sequence[Finding], inside: Callable[[str], bool]) -> Mapping[str, int]:
    counts = tally(findings)
    looked_at = judged.files
    records = (
        record.file for record in judged.snapshot.records.values() if looked_at is None or record.file in looked_at
    )
    return {
        "records": sum(map(inside, records)),
        "errors": counts.errors,
        "warnings": counts.warnings,
        "waived": counts.waived,
        "known": counts.known,
        "gone": judged.gone,
    }


def _warnings(judged: Judged, *, timed: bool) -> Iterator[str]:
    """Yield what people should know beside the report."""
    yield from judged.warnings
    unread = sum(not record.valid for record in judged.snapshot.records.values()) if timed else 0
    if unread:
        yield f"{counted(unread, 'record')} left out for not being valid; itsm lint says why"
    if judged.gone:
        are, them = ("is", "it") if judged.gone == 1 else ("are", "them")
        gone = f"{counted(judged.gone, 'finding')} that {FILE} knows {are} gone"
        yield f"{gone}; itsm lint --write-baseline takes {them} out"


def _seen(
    chosen: Chosen, findings: Sequence[Finding], texts: Mapping[str, bytes]
) -> tuple[Sequence[Finding], Mapping[str, bytes]]:
    """Return findings and texts with paths as the readers of the format know them."""
    above = ""
    if chosen["format_"] in _SEEN_FROM_THE_TOP:
        above = place_in_git(options.find_folder(chosen["root"], chosen["when"].tip))
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


def chosen_rules(chosen: tuple[str, ...], *, timed: bool, of_steps: bool) -> frozenset[str]:
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
        if rules[name].of_steps and not of_steps and not timed:
            raise ItsmError(f"{name} judges a step", "name what to compare with: --base REV")
        if timed and not rules[name].timed:
            base = " --base REV" if rules[name].of_steps else ""
            raise ItsmError(f"{name} does not depend on the time", f"itsm lint --select {name}{base}")
    return names


def chosen_files(
    paths: tuple[Path, ...], root: Path | None, revision: str, files: Iterable[str]
) -> Callable[[str], bool]:
    """Return the test for a file's being among the paths, relative to where the user stands, else to the root."""
    if not paths:
        return lambda _file: True
    top = options.find_folder(root, revision)
    return _inside([_named(path, top, files) for path in paths])


def _named(path: Path, top: Path, files: Iterable[str]) -> str:
    """Return the prefix of the files that a path names; a revision may have files that the folder lacks."""
    for place in (path, top / path):
        prefix = _prefix(place, top)
        if prefix is not None and (place.exists() or any(map(_inside([prefix]), files))):
            return prefix
    message = f"{path} is not in {top}" if path.exists() else f"{path} does not exist"
    raise ItsmError(message, "paths are relative to where you stand, or to the root of the records")


def _inside(prefixes: Sequence[str]) -> Callable[[str], bool]:
    return lambda file: any(prefix in (".", file) or file.startswith(f"{prefix}/") for prefix in prefixes)


def _prefix(path: Path, top: Path) -> str | None:
    """Return the path as the records' files are named, None outside of them; a link at its end stays itself."""
    full = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
    return full.relative_to(top).as_posix() if full.is_relative_to(top) else None
