"""A number that is too large.

The schema of the kind says how large the number may be. Often a digit was typed twice.

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
    "floor": {"description": "Floor, counted from the street.", "type": "integer", "maximum": 40}
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
floor: 330  # <- fault
```

Right:

```yaml
# records/rooms/server-room.yaml
title: Server room
floor: 33
```
"""

SEVERITY = "error"
