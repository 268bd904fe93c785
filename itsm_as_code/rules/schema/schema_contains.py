"""A list that lacks an entry it must have.

The schema of the kind asks that at least one entry of the list is of a certain form, or no more than so many.

Add the entry that the field's description asks for.

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
    "doors": {
      "description": "Names of its doors, the exit among them.",
      "type": "array",
      "allOf": [{"contains": {"const": "exit"}}]
    }
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
doors: [north]  # <- fault
```

Right:

```yaml
# records/rooms/server-room.yaml
title: Server room
doors: [north, exit]
```
"""

SEVERITY = "error"
