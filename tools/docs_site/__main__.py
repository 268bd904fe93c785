"""Renders the documentation as a static site: `python -m tools.docs_site OUT`."""

import argparse
import sys
from pathlib import Path

from tools.docs_site.site import documentation

MARK = ".docs-site"
"""An empty file that says that a folder is ours: what else is in it may be taken away."""


def main() -> int:
    """Write the files that differ, take away what an earlier run left, and say which file to open."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="the folder to write; it may hold an earlier run and nothing else")
    out: Path = parser.parse_args().out
    if out.exists() and not (out / MARK).is_file() and (not out.is_dir() or any(out.iterdir())):
        sys.stderr.write(f"{out} holds something else; name another folder\n")
        return 2
    site = {MARK: "", **documentation()}
    for file in [file for file in out.rglob("*") if file.is_file() and file.relative_to(out).as_posix() not in site]:
        file.unlink()
    for path, text in site.items():
        file = out / path
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f".{file.name}.new")
        new.write_text(text, encoding="utf-8")
        new.replace(file)
    sys.stdout.write(f"{len(site) - 1} files\nOpen in a browser:\n  {out / 'index.html'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
