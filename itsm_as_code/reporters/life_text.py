"""The life of a record as text: each commit with what it did, told from the beginning."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from itsm_as_code.reporters.fitting import hanging
from itsm_as_code.reporters.history_words import Facts, change_text, entry_text, person, plain, signed, value_text, when
from itsm_as_code.reporters.terminal import Look, counted

PLAIN = Look(width=0, colour=False)
_SIGNS = {"+": "green", "-": "red", "~": "yellow"}


def life_text(facts: Facts, zone: tzinfo, look: Look = PLAIN) -> str:
    """Return the life of a record, as `life_facts` of the history has it; times are those of the zone."""
    lines = heading(facts, look)
    told = facts["commits"]
    if not told:
        lines += ["", "no commit touched it in that time"]
    for commit in told:
        lines += ["", *_commit(commit, facts["record"], zone, look)]
    ends = [] if facts["is_there"] else [*hanging("", f"It is gone{_became(facts)}.", look)]
    committed = sum(commit["commit"] is not None for commit in told)
    return "\n".join([*lines, "", *ends, f"{counted(committed, 'commit')}; times of {zone}"]) + "\n"


def heading(facts: Facts, look: Look) -> list[str]:
    """Return the lines that say which record is told of."""
    lines = [f"{look.bold(plain(facts['record']))}  {plain(facts['title'])}", look.dim(facts["file"])]
    if facts["formerly"]:
        lines.append(look.dim(f"before that {', '.join(map(plain, facts['formerly']))}"))
    return lines


def _became(facts: Facts) -> str:
    return f"; it lives on as {plain(facts['became'])}" if facts["became"] else ""


def _commit(commit: Facts, record: str, zone: tzinfo, look: Look) -> Iterator[str]:
    moment, author, id_ = signed(commit, zone)
    if not author:
        yield look.bold(moment)
    else:
        # Commits of edits begin with the record that they are about.
        subject = plain(commit["subject"]).removeprefix(f"{record}: ") or "(no message)"
        painted = f"{look.bold(moment)}  {look.paint(author, 'blue')}  {look.dim(id_)}  "
        yield from hanging(f"{moment}  {author}  {id_}  ", subject, look, painted)
    if commit["did"] != "edited":
        yield f"  {commit['did']}"
    for edit in commit["fields"]:
        yield from _edit(edit, look)
    for sign, entries in (("+", commit["entries"]), ("-", commit["lost"])):
        for entry in entries:
            yield from _line(sign, entry_text(entry, look, zone), look)
    if author:
        yield from (line for told in _vouched(commit, zone) for line in hanging("  ", told, look))


def _edit(edit: Facts, look: Look) -> Sequence[str]:
    name = plain(edit["field"])
    if "old" in edit and "new" in edit:
        return _line("~", f"{name}: {change_text(edit['old'], edit['new'], look)}", look)
    sign, value = ("+", edit["new"]) if "new" in edit else ("-", edit["old"])
    if name.endswith("]") and not isinstance(value, dict | list):
        # A plain item of a list is called by its value.
        name = name.partition("[")[0]
    return _line(sign, f"{name}: {value_text(value, look)}", look)


def _line(sign: str, text: str, look: Look) -> Sequence[str]:
    return hanging(f"  {sign} ", text, look, f"  {look.paint(sign, _SIGNS[sign])} ")


def _vouched(commit: Facts, zone: tzinfo) -> Iterator[str]:
    if commit["co_authors"]:
        yield f"together with {', '.join(map(person, commit['co_authors']))}"
    told = []
    if commit["reviewers"]:
        told.append(f"reviewed by {', '.join(map(person, commit['reviewers']))}")
    if commit["pull_request"]:
        told.append(f"pull request {commit['pull_request']}")
    if commit["merged"]:
        told.append(f"merged {when(commit['merged']['committed_at'], zone)}")
    if told:
        yield ", ".join(told)
