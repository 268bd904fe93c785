"""Takes commit messages apart: subject, body and trailers, whatever git's settings say of trailers."""

import re

_TRAILER = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:[ \t]*(.*)")
_CHERRY = "(cherry picked from commit "
_LETTERS = 20_000
"""Letters of a message that are looked at; nobody reads more, and a hostile one is endless."""


def take_apart(message: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return the subject on one line, the body, and the trailers in order.

    Trailers are the last paragraph below the subject, where all its lines are ``Name: value`` or, indented, go on with
    the value above. A paragraph that merely holds such a line is text: what it says was not meant as a trailer.
    """
    lines = [line.rstrip() for line in message[:_LETTERS].split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    end = lines.index("") if "" in lines else len(lines)
    subject, rest = " ".join(line.strip() for line in lines[:end]), lines[end:]
    start = len(rest)
    while start and rest[start - 1]:
        start -= 1
    found = _trailers(rest[start:]) if start else ()
    return subject, "\n".join(rest[:start] if found else rest).strip("\n"), found


def _trailers(lines: list[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for line in lines:
        match = _TRAILER.fullmatch(line)
        if match is not None:
            found.append((match[1], match[2].strip()))
        elif found and line[:1] in (" ", "\t"):
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif not line.startswith(_CHERRY):
            return ()
    return tuple(found)
