"""A password, key or token in a record.

Whoever can read the repository can read the secret, and so can everyone who ever gets a copy: deleting the line
later does not remove it from the history.

Consider the secret as known: replace it where it is used, today. Then keep the new one in a secret manager and
write here only where it is kept.

Wrong:

```yaml
# records/people/deploy-bot.yaml
name: Deployment robot
bot: true
description: |
  Logs in to the registry with password=hunter2-and-more  # <- fault
  and to the cloud with AKIAIOSFODNN7EXAMPLE.  # <- fault
```

Right:

```yaml
# records/people/deploy-bot.yaml
name: Deployment robot
bot: true
description: |
  Its credentials are kept in the vault under teams/platform/deploy-bot.
```
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import Place
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What one sort of secret looks like; a text without one of `needles`, which is quick to see, has none."""

    name: str
    needles: tuple[bytes, ...]
    pattern: re.Pattern[bytes]


# Only what nearly always is a secret: a rule that cries wolf is switched off.
_SHAPES = (
    _Shape("a private key", (b"PRIVATE KEY",), re.compile(rb"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY")),
    _Shape("an AWS access key", (b"AKIA", b"ASIA"), re.compile(rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    _Shape(
        "a GitHub token",
        (b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"github_pat_"),
        re.compile(rb"\b(?:gh[opusr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})"),
    ),
    _Shape("a GitLab token", (b"glpat-",), re.compile(rb"\bglpat-[A-Za-z0-9_-]{20}")),
    _Shape("a Slack token", (b"xox",), re.compile(rb"\bxox[abeoprs]-[A-Za-z0-9-]{10}")),
    _Shape("a signed token (JWT)", (b"eyJ",), re.compile(rb"\beyJ[A-Za-z0-9_-]{10,400}+\.eyJ[A-Za-z0-9_-]{10}")),
    _Shape(
        "a password",
        (b"=",),
        re.compile(
            rb"""\b(?:password|passwd|passphrase|pwd)=
            (?!["']?(?:[<$%{*]|\.\.\.|x{3}|changeme|redacted))   # a stand-in for one
            [^\s&;,]{6}""",
            re.IGNORECASE | re.VERBOSE,
        ),
    ),
)


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each text in a record's file, comments included, that looks like a secret."""
    for file, data in snapshot.texts.items():
        for shape in _SHAPES:
            if any(needle in data for needle in shape.needles):
                yield from _secrets(file, data, shape)


def _secrets(file: str, data: bytes, shape: _Shape) -> Iterator[Fault]:
    for match in shape.pattern.finditer(data):
        message = f"this looks like {shape.name}; replace it where it is used, and keep the new one in a secret manager"
        yield Fault(file, (), message, place=_place(file, data, match.start()))


def _place(file: str, data: bytes, index: int) -> Place:
    line_start = data.rfind(b"\n", 0, index) + 1
    column = len(data[line_start:index].decode(errors="replace")) + 1
    return Place(file, data.count(b"\n", 0, index) + 1, column)
