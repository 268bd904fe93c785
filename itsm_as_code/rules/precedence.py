"""The one table that says which rule speaks where two would name one fault of one field."""

from collections.abc import Mapping

_READING = frozenset({"duplicate-key", "yaml-alias", "yaml-tag", "yaml-merge-key", "yaml-key"})

SPEAKS_OVER: Mapping[str, tuple[str, ...]] = {
    # The schema knows what the field wants; the reader only that its spelling is doubtful.
    "naive-time": ("implicit-type", "schema-format"),
    "schema-type": (
        "implicit-type",
        "schema-enum",
        "schema-const",
        "schema-pattern",
        "schema-min-length",
        "schema-any-of",
        "schema-one-of",
    ),
    "schema-enum": ("implicit-type",),
    "schema-format": ("implicit-type", "schema-pattern"),
    "schema-pattern": ("implicit-type",),
    "schema-min-length": ("implicit-type",),
    "schema-max-length": ("implicit-type",),
    "unknown-field": ("implicit-type",),
    "malformed-link": ("dangling-link", "wrong-kind-link"),
    "wrong-kind-link": ("dangling-link",),
    "self-link": ("parent-cycle", "dependency-cycle", "circular-dependency"),
    "resolved-before-opened": ("timeline-out-of-order",),
    "duplicate-id": ("id-path-mismatch",),
    "touches-retired-ci": ("link-to-inactive",),
    "retired-in-use": ("link-to-inactive",),
    "assigned-to-unknown": ("dangling-link",),
    "assigned-to-leaver": ("link-to-inactive",),
    "asset-ci-disagree": ("link-to-inactive", "link-to-canceled", "in-use-unassigned"),
    "retired-item": ("link-to-inactive", "link-to-canceled"),
    "illegal-transition": ("timeline-broken-chain", "illegal-step"),
    "illegal-step": ("timeline-broken-chain",),
    # As with the schema: the form knows what the answer should be.
    "invalid-answers": ("implicit-type",),
    "impossible-condition": ("implicit-type",),
    "missing-created": ("timeline-out-of-order",),
    "closed-without-resolution": ("missing-for-state",),
    "hold-without-reason": ("missing-for-state",),
    "window-missing": ("missing-for-state",),
    "template-not-approved": ("link-to-inactive",),
    "standard-without-template": ("link-to-inactive",),
    "unauthorised-without-review": ("pir-missing",),
    "published-known-error-without-workaround": ("missing-for-state",),
}
"""Rule → the rules that are silent where it speaks of the same field or of one that holds it."""


def speaks_over(rule: str, other: str) -> bool:
    """Return whether `other` is silent where `rule` speaks: what the reader says comes first, then the table."""
    if rule == other:
        return False
    return other in SPEAKS_OVER.get(rule, ()) or (rule in _READING and other not in _READING)
