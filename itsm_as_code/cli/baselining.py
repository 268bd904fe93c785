"""Writes the baseline: the first takes all that lint found, those after it only shrink."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from itsm_as_code.cli.judging import Judged
from itsm_as_code.errors import ItsmError
from itsm_as_code.filing import files
from itsm_as_code.model.baseline import FILE, Baseline
from itsm_as_code.model.finding import Finding
from itsm_as_code.reading.baseline import MAX_BYTES
from itsm_as_code.reporters.terminal import counted
from itsm_as_code.rules.baseline import baseline_of, with_known, without_gone
from itsm_as_code.writing.baseline import baseline_text


def write_baseline(folder: Path, judged: Judged) -> Judged:
    """Write the baseline of a working tree's findings, say what was done, and return how they are judged by it.

    Where there is none yet it takes all findings. Else what is gone is taken out, and nothing is added: a baseline
    that grew would let pass what it is there to catch.
    """
    before, findings = judged.snapshot.baseline, judged.findings
    if not before.written:
        after = baseline_of(findings)
        if not after.counts:
            click.echo(f"{FILE} is not written: there is nothing to know", err=True)
            return judged
        _write(folder, after)
        click.echo(f"{FILE}: {counted(after.size, 'finding')} known from now on; commit it", err=True)
        return replace(judged, findings=with_known(findings, after))
    after = without_gone(before, findings)
    if after != before:
        _write(folder, after)
        gone = counted(before.size - after.size, "finding")
        click.echo(f"{FILE}: {gone} taken out, {after.size:,} left", err=True)
    else:
        click.echo(f"{FILE} stays as it is: {counted(after.size, 'finding')} known", err=True)
    new = _new(findings)
    return replace(judged, gone=0, warnings=[*judged.warnings, *new])


def _new(findings: Sequence[Finding]) -> Sequence[str]:
    new = sum(finding.counts for finding in findings)
    if not new:
        return ()
    these = "1 new finding was" if new == 1 else f"{new:,} new findings were"
    return [f"{these} not added: {FILE} only shrinks (to take all that there is, delete it and write it again)"]


def _write(folder: Path, baseline: Baseline) -> None:
    data = baseline_text(baseline).encode()
    if len(data) > MAX_BYTES:
        message = f"{FILE} would be larger than {MAX_BYTES:,} bytes: there are {baseline.size:,} findings"
        raise ItsmError(message, "turn the rules that find most of them off in itsm.yaml first")
    try:
        files.replace(folder / FILE, data)
    except OSError as error:
        message = f"{FILE}: {error.strerror or error}"
        raise ItsmError(message) from error
