"""`itsm schema`: a kind's plain JSON Schema."""

from pathlib import Path

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.lookup import find_kind
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.reading.kinds import load_kinds, plain_schema
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.sources.repository import SETTINGS


@click.command(
    "schema",
    epilog="""\b
Examples:
  itsm schema incident > incident.schema.json
  itsm schema --list
""",
)
@click.argument("kind", required=False)
@click.option("--list", "list_", is_flag=True, help="Print one kind a line.")
@options.root_option
def command(kind: str | None, root: Path | None, *, list_: bool) -> None:
    """Print a kind's JSON Schema (draft 2020-12), self-contained, for editors. Knows the repository's own kinds."""
    kinds = _kinds(root)
    if list_:
        options.emit("".join(f"{name}\n" for name in kinds))
    elif kind is None:
        message = "name a kind"
        raise ItsmError(message, f"one of {', '.join(kinds)}")
    else:
        options.emit(to_json(plain_schema(find_kind(kinds, kind))))


def _kinds(root: Path | None) -> dict[str, Kind]:
    """Return the kinds of the repository we stand in, or the shipped ones outside of any."""
    if root is None:
        inside = any((folder / SETTINGS).is_file() for folder in (Path.cwd(), *Path.cwd().parents))
        if not inside:
            return load_kinds({})
    source = options.open_source(root, None)
    paths = [entry.path for entry in source.entries() if entry.type == "file" and entry.path.startswith("schemas/")]
    return load_kinds({path: data for path, data in source.read(paths) if isinstance(data, bytes)})
