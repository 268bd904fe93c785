"""Fingerprints of findings: the same in the next run, though lines moved and other findings came or went."""

import hashlib
import os
from collections import Counter
from collections.abc import Mapping, Sequence

from itsm_as_code.model.finding import Finding

VERSION = "itsm/v1"
"""Name of the way below; another way must have another name, or every known finding would look new."""


def fingerprints(findings: Sequence[Finding], texts: Mapping[str, bytes]) -> Sequence[str]:
    """Return a fingerprint for each finding, no two alike: 32 hexadecimal digits.

    A finding is known by its rule, its record and its anchor, the field path in which items of lists are called by
    what names them (a link, a time, an id) and not by position. So it stays the same where lines move, where items
    are put before it, where the words of the message or the value of a field change, and where the file moves and
    the record stays the same. GitHub knows findings by the text of their lines alone, which its upload action adds;
    others read ours.
    What is found before there are fields (a tab, a broken bracket) is known by the text of its line instead.
    Of findings that are alike in all this the first is 1, the next 2. `findings` are in the order of their places.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    split: dict[str, Sequence[bytes]] = {}
    for finding in findings:
        identity = (finding.rule, finding.record or finding.place.file, finding.anchor, _line(finding, texts, split))
        seen[identity] += 1
        words = "\0".join((*identity, str(seen[identity])))
        found.append(hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return found


def _line(finding: Finding, texts: Mapping[str, bytes], split: dict[str, Sequence[bytes]]) -> str:
    """Return the text of the line where a finding is that no field path leads to, else nothing."""
    file = finding.place.file
    if finding.anchor or file not in texts:
        return ""
    if file not in split:
        split[file] = texts[file].split(b"\n")
    lines = split[file]
    number = finding.place.line
    return os.fsdecode(lines[number - 1].strip()) if 1 <= number <= len(lines) else ""
