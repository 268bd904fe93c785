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

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import Place
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

# Only what is a secret nearly always: a rule that cries wolf is switched off.
_SECRETS = {
    "private_key": (r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----", "a private key"),
    "aws": (r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", "an AWS access key"),
    "github": (r"\b(?:gh[opusr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})", "a GitHub token"),
    "gitlab": (r"\bglpat-[A-Za-z0-9_-]{20}", "a GitLab token"),
    "slack": (r"\bxox[abeoprs]-[A-Za-z0-9-]{10}", "a Slack token"),
    "jwt": (r"\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10}", "a signed token (JWT)"),
    "password": (
        r"(?i:\b(?:password|passwd|passphrase|pwd)=)(?![\"']?(?:[<$%{*]|\.\.\.|(?i:x{3}|changeme|redacted)))[^\s&;,]{6}",
        "a password",
    ),
}
_ANY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, (pattern, _) in _SECRETS.items()).encode())


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each text in a file, comments included, that looks like a secret."""
    for file, data in snapshot.texts.items():
        for match in _ANY.finditer(data):
            what = _SECRETS[str(match.lastgroup)][1]
            message = f"this looks like {what}; replace it where it is used, and keep the new one in a secret manager"
            yield Fault(file, (), message, place=_place(file, data, match.start()))


def _place(file: str, data: bytes, index: int) -> Place:
    line_start = data.rfind(b"\n", 0, index) + 1
    column = len(data[line_start:index].decode(errors="replace")) + 1
    return Place(file, data.count(b"\n", 0, index) + 1, column)
