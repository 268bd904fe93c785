"""`itsm schema`: a kind's plain JSON Schema or its page, or the JSON Schema of a catalogue item's form."""

from pathlib import Path

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.lookup import find_kind, find_record
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.words import with_article
from itsm_as_code.reading.kinds import load_kinds, plain, plain_schema, shipped_envelope
from itsm_as_code.reporters.kind_page import Reference, kind_page
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.snapshot.form import compile_form
from itsm_as_code.sources.repository import SETTINGS


@click.command(
    "schema",
    epilog="""\b
Examples:
  itsm schema incident > incident.schema.json
  itsm schema request --format markdown
  itsm schema catalog-item:laptop
  itsm schema --list
""",
)
@click.argument("kind", required=False)
@click.option("--list", "list_", is_flag=True, help="Print one kind a line.")
@options.format_option("json", "markdown")
@options.root_option
def command(kind: str | None, format_: str, root: Path | None, *, list_: bool) -> None:
    """Print a kind's JSON Schema (draft 2020-12), self-contained, for editors; or its page, as people read it.

    KIND may be one of the repository's own, or a catalogue item (catalog-item:laptop): then the schema is that of the
    answers to its form, for portals.
    """
    if kind is not None and ":" in kind:
        options.emit(_form(kind, format_, root))
        return
    kinds = _kinds(root)
    if list_:
        options.emit("".join(f"{name}\n" for name in kinds))
    elif kind is None:
        message = "name a kind"
        raise ItsmError(message, f"one of {', '.join(kinds)}")
    elif format_ == "markdown":
        reference = Reference(kinds, tuple(shipped_envelope()["properties"]))
        options.emit(kind_page(find_kind(kinds, kind), reference))
    else:
        options.emit(to_json(plain_schema(find_kind(kinds, kind), kinds)))


def _form(text: str, format_: str, root: Path | None) -> str:
    """Return the schema of the form of the catalogue item of this address."""
    snapshot = options.open_snapshot(root, None)
    item = find_record(snapshot, text)
    if item.kind.name != "catalog-item":
        raise ItsmError(f"{item.address} is {with_article(item.kind.name)}", "only a catalogue item has a form")
    if not item.valid:
        raise ItsmError(f"{item.address} has errors", f"itsm lint tells them; the file is {item.file}")
    if format_ != "json":
        raise ItsmError("a form is printed as JSON Schema only", "leave --format out")
    return to_json(plain(compile_form(item), snapshot.kinds))


def _kinds(root: Path | None) -> dict[str, Kind]:
    """Return the kinds of the repository we stand in, or the shipped ones outside of any."""
    if root is None:
        inside = any((folder / SETTINGS).is_file() for folder in (Path.cwd(), *Path.cwd().parents))
        if not inside:
            return load_kinds({})
    source = options.open_source(root, None)
    paths = [entry.path for entry in source.entries() if entry.type == "file" and entry.path.startswith("schemas/")]
    return load_kinds({path: data for path, data in source.read(paths) if isinstance(data, bytes)})
