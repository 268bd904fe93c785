"""A number that is too small.

The schema of the kind says how small the number may be.

Correct the number; the message names the limit.

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
    "seats": {"description": "How many people may sit in it.", "type": "integer", "minimum": 1}
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
seats: 0  # <- fault
```

Right:

```yaml
# records/rooms/server-room.yaml
title: Server room
seats: 2
```
"""

SEVERITY = "error"
