"""A password, key or token in a record.

Whoever can read the repository can read the secret, and so can everyone who ever gets a copy: deleting the line
later does not remove it from the history.

Consider the secret as known: replace it where it is used, today. Then keep the new one in a secret manager and
write here only where it is kept.

Found are private keys; access keys of AWS; tokens of GitHub, GitLab and Slack; signed tokens (JWT); what follows
`password=` or `password:` (also `passwd`, `passphrase`, `pwd`) and looks made up: a digit beside letters, or capital
and small letters with a sign between them; and a password of that sort in an address, before the `@`. At most one
is told of a line, and a hundred of a file.

Not looked for are passwords of words alone (`password=see-the-vault` tells where it is kept), stand-ins
(`<password>`, `$PASSWORD`), paths (`password: vault/team-1`), passwords in running text, keys and
tokens of other makers, and anything encoded. What this rule does not name may still be a secret.

Wrong:

```yaml
# records/people/deploy-bot.yaml
name: Deployment robot
bot: true
description: |
  Logs in to the registry with password=hunter2-and-more  # <- fault
  and to the cloud with AKIAIOSFODNN7EXAMPLE;  # <- fault
  fetches from https://deploy:s3cret-pw9@git.example.org/.  # <- fault
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
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import Place
from itsm_as_code.reading.limits import MAX_FAULTS
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What one sort of secret looks like.

    A text without one of `needles`, in small letters and quick to see, has none.
    """

    name: str
    needles: tuple[bytes, ...]
    pattern: re.Pattern[bytes]


def _made_up(letter: bytes) -> bytes:
    """Return the pattern that what follows looks made up; `letter` is one letter of a password there.

    Only the first 64 are looked at, so that a long line of passwords is not read again for each of them.
    """
    few = b"%b{0,64}?" % letter
    digit = b"(?=%b[0-9])(?=%b[A-Za-z])" % (few, few)
    sign = b"(?=%b[a-z])(?=%b[A-Z])(?=%b[A-Za-z0-9][!#$%%^*+?~=]+[A-Za-z0-9])" % (few, few, few)
    return b"(?:%b|%b)" % (digit, sign)


_STAND_IN = rb"""(?!(?i:[<$%{*]|\.\.\.|x{3}|changeme|redacted))"""
_LETTER = rb"""[^\s&;,"'`]"""
_IN_ADDRESS = rb"""[^\s/:@"'`<>]"""

# Only what nearly always is a secret: a rule that cries wolf is switched off.
_SHAPES = (
    _Shape("a private key", (b"private key",), re.compile(rb"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY")),
    _Shape("an AWS access key", (b"akia", b"asia"), re.compile(rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    _Shape(
        "a GitHub token",
        (b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"github_pat_"),
        re.compile(rb"\b(?:gh[opusr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})"),
    ),
    _Shape("a GitLab token", (b"glpat-",), re.compile(rb"\bglpat-[A-Za-z0-9_-]{20}")),
    _Shape("a Slack token", (b"xox",), re.compile(rb"\bxox[abeoprs]-[A-Za-z0-9-]{10}")),
    _Shape("a signed token (JWT)", (b"eyj",), re.compile(rb"\beyJ[A-Za-z0-9_-]{10,400}+\.eyJ[A-Za-z0-9_-]{10}")),
    _Shape(
        "a password",
        (b"passw", b"passphrase", b"pwd"),
        re.compile(
            rb"(?<![A-Za-z0-9])(?i:password|passwd|passphrase|pwd)[\"']?"
            + rb"(?:=|:[ \t]{0,8}(?=[\"'`]?%b{8}))[\"'`]?" % _LETTER
            + _STAND_IN
            + rb"(?![a-z_-]{1,64}[:/])"  # where it is kept
            + _made_up(_LETTER)
            + rb"%b{6}" % _LETTER
        ),
    ),
    _Shape(
        "a password in an address",
        (b"://",),
        re.compile(
            rb"://%b{0,64}:" % _IN_ADDRESS
            + _STAND_IN
            + _made_up(_IN_ADDRESS)
            + rb"%b{6,128}@[A-Za-z0-9\[]" % _IN_ADDRESS
        ),
    ),
)


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each line of a record's file, comments included, in which something looks like a secret."""
    for file, data in snapshot.texts.items():
        lowered = data.lower()
        shapes = [shape for shape in _SHAPES if any(needle in lowered for needle in shape.needles)]
        if shapes:
            yield from _secrets(file, data, shapes)


def _secrets(file: str, data: bytes, shapes: Sequence[_Shape]) -> Iterator[Fault]:
    ends = [match.start() for match in re.finditer(b"\n", data)]
    first: dict[int, tuple[int, str]] = {}
    for shape in shapes:
        for match in shape.pattern.finditer(data):
            line, found = bisect_left(ends, match.start()), (match.start(), shape.name)
            first[line] = min(first.get(line, found), found)
    for line, (index, name) in sorted(first.items())[:MAX_FAULTS]:
        message = f"this looks like {name}; replace it where it is used, and keep the new one in a secret manager"
        start = ends[line - 1] + 1 if line else 0
        column = len(data[start:index].decode(errors="replace")) + 1
        yield Fault(file, (), message, place=Place(file, line + 1, column))
