r"""A character that takes no room.

Zero-width spaces and joiners, soft hyphens, byte order marks within a text, marks of direction and Unicode's tags
are seen by nobody and found by no search: `web<zero-width space>server` is not `webserver`. They come along when text
is copied out of a web page or a word processor, and can be used to hide words.

Delete the character or, where it matters, write it as an escape in double quotes (`"\u200B"`). Joiners, spaces of no
width and marks of direction are let pass beside letters of scripts that need them, and in emoji.

Wrong:

```yaml escapes
# records/people/alice.yaml
name: Alice Martin
description: Works at the service\u200b desk.  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
description: Works at the service desk 👩‍💻.
```
"""

SEVERITY = "warning"
