"""What `itsm log`, `blame` and `history` share: where history is read, and from when to when."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from itsm_as_code.cli import options
from itsm_as_code.history.archive import Archive, open_archive
from itsm_as_code.history.finding import find_identity
from itsm_as_code.history.life import Life, read_life
from itsm_as_code.sources.branch import HEAD, is_shallow
from itsm_as_code.sources.repository import SETTINGS

rev_option: options.Decorator = click.option(
    "--rev", metavar="REV", help="History up to this git revision; by default up to HEAD, and the working tree."
)
since_option: options.Decorator = click.option(
    "--since", metavar="TIME", help="Only commits from then on: 2026-03-04, 2026-03-04 09:00, 2 weeks ago."
)
until_option: options.Decorator = click.option("--until", metavar="TIME", help="Only commits up to then.")


@dataclass(frozen=True, slots=True)
class Past:
    """An archive, the organisation's time zone, and whether the working tree counts, too."""

    archive: Archive
    zone: ZoneInfo
    on_disk: bool

    def life(self, id_: str) -> Life:
        """Return the life of the record that a name means."""
        return read_life(self.archive, find_identity(id_, self.archive, on_disk=self.on_disk), on_disk=self.on_disk)

    def moment(self, text: str | None, option: str) -> datetime | None:
        """Return the time that an option says as people say it; None where it is not given."""
        return None if text is None else options.clock(text, option, self.zone.key)


def open_past(root: Path | None, rev: str | None) -> Past:
    """Return the past that the options name; of a bare repository, named with --root, that of HEAD."""
    is_bare = rev is None and root is not None and not (root / SETTINGS).exists() and (root / "objects").is_dir()
    folder = options.find_folder(root, HEAD if is_bare else rev)
    if is_shallow(folder):
        click.echo(
            "warning: this clone is shallow and has only the end of the history; get all of it: git fetch --unshallow",
            err=True,
        )
    archive = open_archive(folder, HEAD if rev is None else rev)
    return Past(archive, ZoneInfo(archive.config.time_zone), rev is None and not is_bare)
