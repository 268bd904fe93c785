"""Writes docs/rules/ from the rules' docstrings: `python tools/generate_rule_docs.py [FOLDER]`."""  # noqa: INP001 - a script, run by path

import sys
from pathlib import Path

from itsm_as_code.rules.engine import discover
from itsm_as_code.rules.reference import render_reference


def main(folder: Path) -> None:
    """Write every page that differs, and delete pages of rules that are gone."""
    pages = render_reference(discover())
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "docs" / "rules")
