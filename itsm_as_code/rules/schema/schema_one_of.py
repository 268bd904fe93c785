"""A value that fits none, or more than one, of the forms allowed.

The schema of the kind allows several forms of which exactly one must fit, and none or several do.

Keep to one of the forms; the message says what each of them asks for.

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
    "key": {
      "description": "Either a code or a badge.",
      "type": "object",
      "allOf": [{"oneOf": [{"required": ["code"]}, {"required": ["badge"]}]}]
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
key: {code: blue, badge: grey}  # <- fault
```

Right:

```yaml
# records/rooms/server-room.yaml
title: Server room
key: {badge: grey}
```
"""

SEVERITY = "error"
