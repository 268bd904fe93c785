"""A value that is excluded.

The schema of the kind says what the value must not be.

Write another value; the field's description says which are meant.

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
    "colour": {
      "description": "Colour of the door; red is kept for exits.",
      "type": "string",
      "allOf": [{"not": {"const": "red"}}]
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
colour: red  # <- fault
```

Right:

```yaml
# records/rooms/server-room.yaml
title: Server room
colour: green
```
"""

SEVERITY = "error"
