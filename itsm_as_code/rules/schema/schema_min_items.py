"""A list with too few entries.

The schema of the kind asks for at least so many entries. An empty list is often a form that was never filled in.

Add what is missing, or leave the field out where it is optional.

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
    "doors": {"description": "Names of its doors.", "type": "array", "items": {"type": "string"}, "minItems": 1}
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
doors: []  # <- fault
```

Right:

```yaml
# records/rooms/server-room.yaml
title: Server room
doors: [north]
```
"""

SEVERITY = "error"
