"""Makes a git repository of the sample organisation as it came to be: `python -m tools.sample_history DIR`."""

import argparse
import sys
from pathlib import Path

from tools.sample_history.repository import make


def main() -> int:
    """Write the repository, and say how long its history is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dir", type=Path, help="the folder to make; it may exist if it is empty")
    folder: Path = parser.parse_args().dir
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        sys.stderr.write(f"{folder} holds something else; name another folder\n")
        return 2
    sys.stdout.write(f"{make(folder)} commits; see them: git -C {folder} log --graph\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
