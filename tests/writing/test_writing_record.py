"""The canonical spelling of a record: order of fields, blocks, entries on one line each."""

from itsm_as_code.model.kind import Kind
from itsm_as_code.writing.record import render_record

THING = Kind(
    name="thing",
    title="Thing",
    plural="things",
    description="",
    folder="things",
    id_form="process",
    prefix="THG",
    title_field="title",
    states={},
    logged=True,
    links=(),
    columns=(),
    starter=(),
    schema={
        "$defs": {"entry": {"type": "object", "properties": {"at": {}, "by": {}, "type": {}, "text": {}}}},
        "properties": {
            "description": {"type": "string"},
            "title": {"type": "string"},
            "timeline": {"type": "array", "items": {"$ref": "#/$defs/entry"}},
            "impact": {"type": "string"},
            "parts": {"type": "array", "items": {"properties": {"name": {}, "size": {}}}},
        },
    },
)


def test_a_whole_record() -> None:
    text = render_record(
        {
            "timeline": [
                {"type": "created", "by": "person:alice", "at": "2026-03-04T03:07:00+01:00"},
                {
                    "type": "note",
                    "text": "Looks like: the disk",
                    "by": "person:alice",
                    "at": "2026-03-04T03:09:00+01:00",
                },
                {"type": "note", "text": "one\n\ntwo\n", "by": "person:alice", "at": "2026-03-04T03:10:00+01:00"},
            ],
            "x-cost": [1, True, None, [], {}],
            "parts": [{"size": 3, "name": "a"}, {"name": "no"}],
            "impact": "high",
            "title": "Disk full",
            "description": "# Title\n\ntext\n",
        },
        THING,
        {"urgency": ["urgency: how soon", ""]},
    )
    assert text == (
        "title: Disk full\n"
        "description: |\n  # Title\n\n  text\n"
        "impact: high\n"
        'parts:\n  - name: a\n    size: 3\n  - name: "no"\n'
        "x-cost:\n  - 1\n  - true\n  - null\n  - []\n  - {}\n"
        "# urgency: how soon\n#\n"
        "timeline:\n"
        "  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}\n"
        '  - {at: 2026-03-04T03:09:00+01:00, by: person:alice, type: note, text: "Looks like: the disk"}\n'
        "  - at: 2026-03-04T03:10:00+01:00\n    by: person:alice\n    type: note\n    text: |\n      one\n\n      two\n"
    )
