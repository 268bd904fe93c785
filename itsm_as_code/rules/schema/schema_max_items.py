"""A list with too many entries.

The schema of the kind allows no more than so many entries.

Remove some, or split the record.

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
    "doors": {"description": "Names of its doors.", "type": "array", "items": {"type": "string"}, "maxItems": 2}
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
doors: [north, south, roof]  # <- fault
```

Right:

```yaml
# records/rooms/server-room.yaml
title: Server room
doors: [north, south]
```
"""

SEVERITY = "error"
