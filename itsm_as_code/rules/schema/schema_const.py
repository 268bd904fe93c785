"""A value other than the only one allowed.

The schema of the kind allows exactly one value here.

Write that value, or leave the field out.

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
    "locked": {"description": "Every room of ours is locked.", "const": true}
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
locked: false  # <- fault
```

Right:

```yaml
# records/rooms/server-room.yaml
title: Server room
locked: true
```
"""

SEVERITY = "error"
