"""Writes docs/kinds/ from the schemas: `python tools/generate_kind_docs.py [--check] [FOLDER]`."""

import argparse
import sys
from pathlib import Path

from itsm_as_code.reading.kinds import load_kinds, shipped_envelope
from itsm_as_code.reporters.kind_reference import kind_reference

FOLDER = Path(__file__).parents[1] / "docs" / "kinds"


def stale_pages(folder: Path) -> dict[str, str | None]:
    """Return what must be written for each file that differs from what the schemas say; None, it must go."""
    wanted = kind_reference(load_kinds({}), shipped_envelope())
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return {
        name: wanted.get(name) for name in sorted(wanted.keys() | there.keys()) if wanted.get(name) != there.get(name)
    }


def main() -> int:
    """Write the pages that differ, or with `--check` only name them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a page is not what the schemas say"
    )
    arguments = parser.parse_args()
    stale = stale_pages(arguments.folder)
    if arguments.check:
        for name in stale:
            sys.stderr.write(f"{arguments.folder / name} is not what the schemas say; run `make docs`\n")
        return 1 if stale else 0
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name, text in stale.items():
        if text is None:
            (arguments.folder / name).unlink()
        else:
            (arguments.folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
