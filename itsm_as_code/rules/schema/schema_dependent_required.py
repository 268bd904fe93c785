"""A field that another field asks for is missing.

The schema of the kind says that whoever writes the one field must write the other as well; one without the other
means nothing.

Add the field that the message names, or remove the one that asks for it.

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
    "alarm": {
      "description": "The alarm, and who keeps its code.",
      "type": "object",
      "dependentRequired": {"model": ["code_kept_by"]}
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
alarm: {model: A-100}  # <- fault
```

Right:

```yaml
# records/rooms/server-room.yaml
title: Server room
alarm: {model: A-100, code_kept_by: caretaker}
```
"""

SEVERITY = "error"
