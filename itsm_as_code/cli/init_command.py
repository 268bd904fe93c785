"""`itsm init`: a new repository of records."""

import shlex
from pathlib import Path

import click

from itsm_as_code.cli import options
from itsm_as_code.scaffold.init import init_directory
from itsm_as_code.sources import git


@click.command(
    "init",
    epilog="""\b
Examples:
  itsm init my-records
  itsm init my-records --organisation "Seven Farms"
""",
)
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--organisation", default="", metavar="NAME", help="The organisation's name, for itsm.yaml.")
def command(directory: Path, organisation: str) -> int:
    """Make a new git repository of records that lints clean and renders."""
    here = Path.cwd()
    written = init_directory(
        directory,
        git.setting("user.name", here),
        git.setting("user.email", here),
        organisation or directory.resolve().name,
    )
    lines = [f"  {file}" for file in written]
    following = (
        f"cd {shlex.quote(str(directory))}",
        "itsm lint",
        'git add . && git commit -m "The first records"',
        "itsm setup editor",
        "itsm render build/site",
    )
    after = ["", "Next:", *(f"  {line}" for line in following)]
    options.emit("\n".join([f"{directory}: a repository of records", *lines, *after]) + "\n")
    return 0
