"""Writes docs/rules/ from the rules, docs/kinds/ from the schemas: `python tools/generate_reference.py [--check]`."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from itsm_as_code.reading.kinds import load_kinds, shipped_envelope
from itsm_as_code.reporters.kind_reference import kind_reference
from itsm_as_code.rules.catalogue import discover
from itsm_as_code.rules.reference import render_reference

DOCS = Path(__file__).parents[1] / "docs"


def wanted_pages() -> Mapping[str, Mapping[str, str]]:
    """Return folder → file name → text of all generated pages."""
    return {"rules": render_reference(discover()), "kinds": kind_reference(load_kinds({}), shipped_envelope())}


def stale_pages(folder: Path, wanted: Mapping[str, str]) -> dict[str, str | None]:
    """Return what must be written for each file that differs from what is wanted; None, it must go."""
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return {
        name: wanted.get(name) for name in sorted(wanted.keys() | there.keys()) if wanted.get(name) != there.get(name)
    }


def main() -> int:
    """Write the pages that differ, or with `--check` only name them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is not up to date")
    check = parser.parse_args().check
    found = False
    for folder, wanted in wanted_pages().items():
        for name, text in stale_pages(DOCS / folder, wanted).items():
            found = True
            file = DOCS / folder / name
            if check:
                sys.stderr.write(f"docs/{folder}/{name} is not what the code says; run `make reference`\n")
            elif text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
    return 1 if found and check else 0


if __name__ == "__main__":
    sys.exit(main())
