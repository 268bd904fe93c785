"""A set of fields with too few in it.

The schema of the kind asks for at least so many fields here. An empty `{}` says less than no field at all.

Fill in what is known, or leave the whole out.

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
    "contact": {"description": "How to reach the caretaker.", "type": "object", "minProperties": 1}
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
contact: {}  # <- fault
```

Right:

```yaml
# records/rooms/server-room.yaml
title: Server room
contact: {extension: 204}
```
"""

SEVERITY = "error"
