"""The import of a cState status site: its systems, incidents and maintenance notices as records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from itsm_as_code.errors import ItsmError
from itsm_as_code.interchange.draft import Draft
from itsm_as_code.interchange.foreign_ids import foreign_id
from itsm_as_code.interchange.front_matter import UnreadableError, decode, read_bytes, read_page
from itsm_as_code.interchange.notice import read_notice
from itsm_as_code.interchange.pages import SECTION, SYSTEM, find_pages
from itsm_as_code.interchange.placing import place
from itsm_as_code.interchange.result import ImportResult, Remark
from itsm_as_code.interchange.site_config import SiteConfig, read_config
from itsm_as_code.interchange.story import record_fields
from itsm_as_code.interchange.systems import read_catalogue, settings_fields
from itsm_as_code.interchange.target import Target
from itsm_as_code.writing.block import block_lines

_SETTINGS = "itsm.yaml"


def import_cstate(site_dir: Path, into: Path) -> ImportResult:
    """Read a cState site into the repository of records at `into`, which may be empty or not exist yet.

    A bad file stops nothing: what was skipped or guessed is in the result. A second import of the same site
    changes nothing; pages that changed meanwhile change their records, unless people edited those. Raises
    ItsmError where `site_dir` is no cState site or the repository cannot be read or written.
    """
    config, skipped, guessed = read_config(site_dir)
    section = find_pages(site_dir, config.language, config.languages)
    try:
        into.mkdir(parents=True, exist_ok=True)
        run = _Import(site_dir, config, Target(into), skipped=[*skipped, *section.skipped], guessed=[*guessed])
        run.settings()
        run.stories(section.notices)
    except OSError as error:
        raise ItsmError(f"{error.filename or into} cannot be written: {error.strerror}") from error
    return run.result(section.ignored)


@dataclass(slots=True)
class _Import:
    """One import under way, with what has happened so far."""

    site: Path
    config: SiteConfig
    target: Target
    skipped: list[Remark]
    guessed: list[Remark]
    written: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[Remark] = field(default_factory=list)
    imported: list[str] = field(default_factory=list)

    def settings(self) -> None:
        """Write `itsm.yaml` where there is none."""
        if self.target.holds(_SETTINGS):
            self.unchanged.append(_SETTINGS)
        else:
            self.target.write(_SETTINGS, "\n".join(block_lines(settings_fields(self.config))) + "\n")
            self.written.append(_SETTINGS)

    def stories(self, files: Sequence[str]) -> None:
        """Write the records of the settings and of the pages."""
        catalogue = read_catalogue(self.config, self.target.known(SYSTEM, "service"))
        self.guessed += catalogue.guesses
        for draft in catalogue.drafts:
            self._put(draft)
        taken = {kind: self.target.taken(kind) for kind in ("incident", "change")}
        for file in files:
            try:
                text, guess = decode(read_bytes(self.site / file))
                notice = read_notice(file, read_page(text))
            except UnreadableError as error:
                self.skipped.append(Remark(file, str(error)))
                continue
            kind = "change" if notice.is_maintenance else "incident"
            fields, guesses = record_fields(notice, catalogue, self.config.url)
            self.guessed += [Remark(file, reason) for reason in (guess, *notice.guesses, *guesses) if reason]
            key = file.removeprefix(f"{SECTION}/")
            prefix = self.target.kinds[kind].prefix
            id_ = self.target.known(SYSTEM, kind).get(key) or foreign_id(prefix, notice.date.moment, key, taken[kind])
            taken[kind].add(id_)
            self._put(Draft(kind, id_, fields, file))
            self.imported.append(file)

    def _put(self, draft: Draft) -> None:
        """Write a draft where it is missing or stands as an earlier import left it; leave alone what people wrote."""
        path, outcome = place(self.target, draft)
        if outcome == "unchanged":
            self.unchanged.append(path)
        elif outcome == "edited":
            self.kept.append(Remark(draft.origin, f"{path} was edited since its import: left as it is"))
        elif outcome == "foreign":
            self.skipped.append(Remark(draft.origin, f"{path} is there and was not made by an import: left as it is"))
        else:
            self.written.append(path)
            self.updated += [path] if outcome == "updated" else []

    def result(self, ignored: Iterable[Remark]) -> ImportResult:
        """Return the outcome."""
        return ImportResult(
            written=tuple(sorted(self.written)),
            updated=tuple(sorted(self.updated)),
            unchanged=tuple(sorted(self.unchanged)),
            kept=tuple(sorted(self.kept)),
            imported=tuple(sorted(self.imported)),
            skipped=tuple(sorted(self.skipped)),
            ignored=tuple(sorted(ignored)),
            guessed=tuple(sorted(self.guessed)),
        )
