"""What an import did: files written, and everything it skipped or had to guess, with reasons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """A foreign file (as its site names it) and a sentence about it."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The outcome of one import; all paths with ``/``, sorted.

    Every file of the foreign site's notices stands in `imported`, `skipped` or `ignored`.
    """

    written: tuple[str, ...] = ()
    """Files that are new or whose bytes changed, from the target's root."""
    updated: tuple[str, ...] = ()
    """Those of `written` that were there before, made by an earlier import."""
    unchanged: tuple[str, ...] = ()
    """Files that already held what the import says."""
    kept: tuple[Remark, ...] = ()
    """Foreign files whose records people have edited since an earlier import, and which were left as they are."""
    imported: tuple[str, ...] = ()
    """Foreign files that could be read."""
    skipped: tuple[Remark, ...] = ()
    """Foreign files that did not become what they should have, and why."""
    ignored: tuple[Remark, ...] = ()
    """Foreign files that are no records and need not be (place holders, section pages, pictures)."""
    guessed: tuple[Remark, ...] = ()
    """What a foreign file does not say, and what was taken for it."""
