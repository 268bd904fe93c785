"""Runs the command line as a process of its own: with an end to its time and its memory."""

import json
import resource
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

SETTINGS = "format: 1\n"
NEIGHBOUR = "records/teams/web.yaml"
"""A file with a known finding, beside whatever is hostile."""
FILES: Mapping[str, str] = {
    "itsm.yaml": SETTINGS,
    NEIGHBOUR: "name: Web team\nnonsense: 1\n",
    "records/people/alice.yaml": "name: Alice Martin\n",
}
SECONDS = 60
"""So long that only what would go on for ever is stopped."""
BYTES = 1024 * 1024 * 1024
"""Memory that a run may ask for."""


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def itsm(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a folder and return what it said; it fails where the run takes too much."""
    command = [sys.executable, "-m", "itsm_as_code", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, timeout=SECONDS, check=False, preexec_fn=_limit)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def lint(root: Path, *arguments: str) -> Mapping[str, Sequence[tuple[str, int, int]]]:
    """Return what lint finds: file → rule, line and column of each finding.

    It fails where lint does not end as it should, or does not tell what is wrong in the neighbour.
    """
    done = itsm(root, "lint", "--format", "json", *arguments)
    assert done.stderr == b""
    assert done.returncode == 1
    found = defaultdict(list)
    for finding in json.loads(done.stdout)["findings"]:
        found[finding["file"]].append((finding["rule"], finding["line"], finding["column"]))
    assert ("unknown-field", 2, 1) in found[NEIGHBOUR]
    return found
