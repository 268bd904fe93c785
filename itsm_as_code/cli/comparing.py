"""What `itsm lint` compares the records with: the base of a step, and the branch that they are to be merged with."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from itsm_as_code.cli import options, travel
from itsm_as_code.cli.judging import Chosen, Judged
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.baseline import Baseline
from itsm_as_code.model.commit import Commit
from itsm_as_code.model.finding import Finding
from itsm_as_code.rules import engine
from itsm_as_code.rules.baseline import without_gone
from itsm_as_code.rules.novelty import brought_or_touched, touched_files
from itsm_as_code.snapshot.conflicts import words_of
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.ancestors import common_ancestor
from itsm_as_code.sources.branch import HEAD
from itsm_as_code.sources.history import read_commits
from itsm_as_code.sources.merge import merged
from itsm_as_code.sources.pending import uncommitted
from itsm_as_code.sources.revision import RevisionSource, resolve


@dataclass(frozen=True, slots=True)
class Against:
    """What the options say; None where one is not given."""

    base: str | None = None
    changed_since: str | None = None
    merge_with: str | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    """What is judged: a snapshot, the commit it is or stems from, and how many of its files are in none."""

    folder: Path
    snapshot: Snapshot
    tip: str
    pending: int
    merge_with: str | None

    def step_from(self, revision: str) -> Step:
        """Return the step from where the head parted from a revision."""
        heads = (self.tip,) if self.merge_with is None else (self.tip, self.merge_with)
        ancestor = common_ancestor(self.folder, revision, *heads)
        try:
            base = options.read_snapshot(RevisionSource(self.folder, ancestor), self.snapshot)
        except ItsmError as error:
            message = f"{revision} (at {ancestor[:10]}): {error.message}"
            raise ItsmError(
                message, error.hint or "what judges a step must be right; merge its repair first"
            ) from error
        return Step(base, self.snapshot, self._commits(ancestor))

    def _commits(self, ancestor: str) -> Sequence[Commit] | None:
        """Return the commits of the step, oldest first; None where some of its edits are in none that we know."""
        if self.pending or (self.merge_with is not None and resolve(self.folder, self.merge_with) != ancestor):
            return None
        return [*read_commits(self.folder, f"{ancestor}..{self.tip}")][::-1]


def lint(chosen: Chosen, against: Against) -> Judged:
    """Return what is wrong in the records chosen, and with the step from what they are compared with."""
    head = _open_head(chosen, against)
    snapshot, texts = head.snapshot, dict(head.snapshot.texts)
    warnings = []
    if head.merge_with is not None and head.pending:
        these = "1 file is" if head.pending == 1 else f"{head.pending:,} files are"
        warnings.append(f"{these} not committed and so no part of the merge")
    step = None
    if against.base is not None:
        step = head.step_from(against.base)
        findings = engine.lint_both(step)
    else:
        findings = engine.lint(snapshot)
    gone = _gone(snapshot.baseline, findings)
    files = None
    if against.changed_since is not None:
        since = step if step is not None and against.changed_since == against.base else None
        since = since or head.step_from(against.changed_since)
        findings = tuple(brought_or_touched(since, engine.lint(since.base), findings))
        files = touched_files(since) | {finding.place.file for finding in findings}
    if step is not None:
        texts = {**step.base.texts, **texts}
    return Judged(snapshot, findings, texts, files=files, gone=gone, warnings=warnings)


def _gone(baseline: Baseline, findings: Sequence[Finding]) -> int:
    return baseline.size - without_gone(baseline, findings).size if baseline.counts else 0


def _open_head(chosen: Chosen, against: Against) -> _Head:
    folder = options.find_folder(chosen["root"], chosen["when"].tip)
    if against.merge_with is None:
        snapshot, _ = travel.open_at(chosen["root"], chosen["when"], staged=chosen["staged"])
        is_compared = against.base is not None or against.changed_since is not None
        if chosen["when"].tip is not None:
            # A snapshot is named after the revision that it was read from.
            return _Head(folder, snapshot, snapshot.name, 0, None)
        return _Head(folder, snapshot, HEAD, uncommitted(folder) if is_compared else 0, None)
    tip = _tip(chosen)
    with merged(folder, tip, against.merge_with, words_of) as source:
        snapshot = options.read_snapshot(source)
    return _Head(folder, snapshot, tip, uncommitted(folder) if tip == HEAD else 0, against.merge_with)


def _tip(chosen: Chosen) -> str:
    """Return the revision that is merged with another: what is checked out, if none was named."""
    when = chosen["when"]
    if when.at is not None:
        return travel.source_at(chosen["root"], when.tip, when.at)[0].name
    return when.tip or HEAD
