"""A set of fields with too many in it.

The schema of the kind allows no more than so many fields here, for instance exactly one of several.

Keep the one that is meant.

Wrong:

```json
# schemas/room.schema.json
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Room",
  "description": "A room that our teams look after.",
  "type": "object",
  "$ref": "envelope.schema.json",
  "properties": {
    "contact": {"description": "How to reach the caretaker, in one way.", "type": "object", "maxProperties": 1}
  },
  "required": ["title"],
  "unevaluatedProperties": false,
  "patternProperties": {"^x-": true},
  "x-itsm": {"kind": "room", "plural": "rooms", "folder": "rooms", "id": "slug", "title_field": "title"}
}
```

```yaml
# records/rooms/server-room.yaml
title: Server room
contact: {extension: 204, room: 3.1a}  # <- fault
```

Right:

```yaml
# records/rooms/server-room.yaml
title: Server room
contact: {extension: 204}
```
"""

SEVERITY = "error"
