"""Phrases that messages share: alternatives and suggestions."""

from collections.abc import Sequence

from itsm_as_code.model.kind import Kind, State
from itsm_as_code.model.suggest import nearest
from itsm_as_code.model.words import with_article


def alternatives(words: Sequence[str], *, last: str = "or") -> str:
    """Return the words as people list them: ``a``, ``a or b``, ``a, b or c``; empty for none."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no joining
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def suggestion(words: Sequence[str]) -> str:
    """Return `` (did you mean a or b?)``, to be put after a statement; empty where nothing is near."""
    return f" (did you mean {alternatives(words)}?)" if words else ""


def not_to_follow(kind: Kind, start: str, to: str) -> str:
    """Return why a state may not follow another in the kind's lifecycle, and what may; empty where it may.

    A state from which nobody knows the way is followed by any.
    """
    if to not in kind.states:
        near = (
            suggestion(nearest(to, list(kind.states)))
            or f"; its states are {alternatives(list(kind.states), last='and')}"
        )
        return f"{with_article(kind.name)} has no state {to}{near}"
    before = kind.states.get(start)
    if before is None or to in before.to:
        return ""
    return f"{to} cannot follow {start}; {what_follows(before)}"


def what_follows(state: State) -> str:
    """Return which states may follow a state, as the advice of a message."""
    allowed = f"only {alternatives(state.to)} may" if state.to else "nothing can"
    return f"after {state.name} {allowed} follow"
