"""A merge leaves this file undecided.

Both sides changed the same lines, both added a file of one name (an id that was drawn twice), or one side deleted what
the other edited. Git cannot decide that, and a pull request in conflict is not checked by most servers at all. Told by
`itsm lint --merge-with REV`, before anybody merges.

The message says what both sides did and what to do. Conflicts in timelines of incidents do not happen where each entry
is a file of its own, as `itsm note` writes them.

Wrong:

```yaml conflict
# records/people/alice.yaml  # <- fault
name: Alice Martin
emails: [alice@example.org]
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
emails: [alice@example.org]
```
"""

SEVERITY = "error"
