"""A value that fits none of the forms allowed.

The schema of the kind allows several forms, and the value has none of them.

Choose one of the forms; the message says what each of them asks for.

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
    "floor": {
      "description": "A number, or the word roof.",
      "allOf": [{"anyOf": [{"type": "integer"}, {"const": "roof"}]}]
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
floor: attic  # <- fault
```

Right:

```yaml
# records/rooms/server-room.yaml
title: Server room
floor: roof
```
"""

SEVERITY = "error"
