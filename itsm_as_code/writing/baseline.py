"""Writes `baseline.json`: sorted, an entry a line, so that diffs and merges read well."""

import json

from itsm_as_code.model.baseline import Baseline, Known


def baseline_text(baseline: Baseline) -> str:
    """Return the file's text; the same baseline gives the same text."""
    entries = ",\n".join(f"    {_entry(known, count)}" for known, count in sorted(baseline.counts.items()))
    listed = f"[\n{entries}\n  ]" if entries else "[]"
    return f'{{\n  "format": 1,\n  "known": {listed}\n}}\n'


def _entry(known: Known, count: int) -> str:
    stated: dict[str, str | int] = {
        "file": known.file,
        "rule": known.rule,
        "field": known.field,
        "message": known.message,
        **({"count": count} if count > 1 else {}),
    }
    return json.dumps(stated, ensure_ascii=False)
