"""Files styled by hand, of every sort, are edited so that only what is meant changes: all bytes are written out."""

import pytest

from itsm_as_code.reading.document import read_document
from itsm_as_code.writing.edits import Splice
from itsm_as_code.writing.splice import Append, Drop, Put, splice

ORDER = ("kind", "id", "title", "description", "state", "impact", "urgency", "services", "cis", "links", "timeline")
ENTRY = {"at": "2026-03-04T03:07:00+01:00", "by": "person:ana-costa", "type": "note", "text": "Seen again."}
ON_A_LINE = '{at: 2026-03-04T03:07:00+01:00, by: person:ana-costa, type: note, text: "Seen again."}'

STYLES: dict[str, tuple[str, list[Splice], str]] = {
    "comments everywhere": (
        (
            "# The first line.\n"
            "\n"
            "# about the title\n"
            "title: Old words   # said by Ana\n"
            "# about the state\n"
            "state: new # here\n"
            "services: # which\n"
            "  # the shop\n"
            "  - service:shop # A\n"
            "  # and what was: - service:old\n"
            "# the end\n"
        ),
        [
            Put(("title",), "New words"),
            Put(("state",), "closed"),
            Append(("services",), "service:mail"),
        ],
        (
            "# The first line.\n"
            "\n"
            "# about the title\n"
            "title: New words   # said by Ana\n"
            "# about the state\n"
            "state: closed # here\n"
            "services: # which\n"
            "  # the shop\n"
            "  - service:shop # A\n"
            "  # and what was: - service:old\n"
            "  - service:mail\n"
            "# the end\n"
        ),
    ),
    "single quotes stay": (
        ("title: 'It''s down'   # why\nstate: 'new'\n"),
        [Put(("title",), "It's up, \\o/"), Put(("state",), "closed")],
        ("title: 'It''s up, \\o/'   # why\nstate: 'closed'\n"),
    ),
    "single quotes that cannot hold it": (
        "title: 'It''s down' # why\n",
        [Put(("title",), "bell \x07")],
        'title: "bell \\x07" # why\n',
    ),
    "double quotes stay": (
        ('title: "Zur\\u00fcck"\nstate: "new" # x\n'),
        [Put(("title",), 'say "no"'), Put(("state",), "closed")],
        ('title: "say \\"no\\""\nstate: "closed" # x\n'),
    ),
    "plain words get quotes where a reader would take them for something else": (
        ("a: x\nb: x\nc: x\nd: x # y\n"),
        [
            Put(("a",), "no"),
            Put(("b",), "12:30"),
            Put(("c",), "0x1f"),
            Put(("d",), "a # b"),
        ],
        ('a: "no"\nb: "12:30"\nc: "0x1f"\nd: "a # b" # y\n'),
    ),
    "numbers, truth values and null lose quotes": (
        ('a: "7"\nb: \'yes\'\nc: "x"\n'),
        [
            Put(("a",), 8),
            Put(("b",), value=True),
            Put(("c",), None),
        ],
        ("a: 8\nb: true\nc: null\n"),
    ),
    "flow of one line": (
        ("services: [service:a,  service:b]   # two\nassignment: {team: team:web}\n"),
        [
            Append(("services",), "service:c"),
            Put(("assignment", "person"), "person:ana"),
            Put(("services", 0), "service:x"),
        ],
        ("services: [service:x,  service:b, service:c]   # two\nassignment: {team: team:web, person: person:ana}\n"),
    ),
    "flow of several lines with comments": (
        ("services: [\n    service:a, # one\n    service:b  # two\n  ] # both\nstate: new\n"),
        [Append(("services",), "service:c"), Drop(("services", 0))],
        ("services: [\n    service:b,  # two\n    service:c\n  ] # both\nstate: new\n"),
    ),
    "flow of several lines with a last comma": (
        ("services: [\n  service:a,\n  service:b, # two\n]\nassignment: {\n  team: team:web,\n}\n"),
        [
            Append(("services",), "service:c"),
            Put(("assignment", "person"), "person:ana"),
            Drop(("services", 1)),
        ],
        ("services: [\n  service:a,\n  service:c,\n]\nassignment: {\n  team: team:web,\n  person: person:ana,\n}\n"),
    ),
    "flow closed on its last line": (
        ("services: [service:a, # one\n           service:b]\n"),
        [Append(("services",), "service:c"), Drop(("services", 1))],
        ("services: [service:a, # one\n           service:c]\n"),
    ),
    "CRLF": (
        (
            "title: Old\r\n"
            "description: |\r\n"
            "  One\r\n"
            "  two\r\n"
            "services:\r\n"
            "- service:a # A\r\n"
            "timeline:\r\n"
            '  - {at: "x"}\r\n'
        ),
        [
            Put(("title",), "One\ntwo\n"),
            Put(("state",), "new"),
            Append(("services",), "service:b"),
            Append(("timeline",), {"at": "y", "text": "one\ntwo"}),
        ],
        (
            "title: |\r\n"
            "  One\r\n"
            "  two\r\n"
            "description: |\r\n"
            "  One\r\n"
            "  two\r\n"
            "state: new\r\n"
            "services:\r\n"
            "- service:a # A\r\n"
            "- service:b\r\n"
            "timeline:\r\n"
            '  - {at: "x"}\r\n'
            '  - at: "y"\r\n'
            "    text: |-\r\n"
            "      one\r\n"
            "      two\r\n"
        ),
    ),
    "no end of the last line": (
        ("title: Old\ntimeline:\n  - {at: x} # last"),
        [Append(("timeline",), ENTRY)],
        (f"title: Old\ntimeline:\n  - {{at: x}} # last\n  - {ON_A_LINE}"),
    ),
    "no end of the last line of a block": (
        ("title: Old\r\nnotes: |\r\n  One"),
        [Put(("state",), "new"), Append(("services",), "a")],
        ("title: Old\r\nstate: new\r\nservices:\r\n  - a\r\nnotes: |\r\n  One"),
    ),
    "a block that ends with the file": (
        ("title: Old\nnotes: |+\n  One\n  # two"),
        [Put(("code",), "fixed"), Put(("title",), "New")],
        ("title: New\nnotes: |+\n  One\n  # two\ncode: fixed"),
    ),
    "literal blocks of each chomping": (
        ("a: |  # keep me\n    one\n      two\n\nb: |-\n one\nc: |+\n  one\n\n\n# d\nd: |2\n   one\n"),
        [
            Put(("a",), "x\ny\n"),
            Put(("b",), "x\ny"),
            Put(("d",), "x\n"),
            Put(("c",), "x\ny\n"),
        ],
        ("a: |  # keep me\n    x\n    y\n\nb: |-\n x\n y\nc: |\n  x\n  y\n# d\nd: |\n   x\n"),
    ),
    "a kept block is behind what is new": (
        ("a: 1\nb: |+\n  one\n\n\ntimeline: []\n"),
        [Put(("c",), "x"), Append(("timeline",), ENTRY)],
        (f"a: 1\nb: |+\n  one\n\n\nc: x\ntimeline:\n  - {ON_A_LINE}\n"),
    ),
    "folded blocks": (
        ("title: x\ndescription: >-   # told by phone\n  Members see\n  an error.\n\n  And more.\n\nstate: new\n"),
        [Put(("description",), "word " * 30 + "end"), Put(("title",), "z")],
        (f"title: z\ndescription: >-   # told by phone\n  {'word ' * 22}word\n  {'word ' * 7}end\n\nstate: new\n"),
    ),
    "a block that becomes a word": (
        ("description: >-   # told by phone\n  Members see\n  an error.\nstate: |\n  new\n"),
        [Put(("description",), None), Put(("state",), "new")],
        ("description: null   # told by phone\nstate: new\n"),
    ),
    "plain and quoted texts of several lines": (
        ("title: one\n  two\n  three # why\nnote: \"one\n  two\"  # n\ntext: 'one\n\n  two'\nstate: new\n"),
        [
            Put(("title",), "four"),
            Put(("note",), "five"),
            Put(("text",), "one\ntwo\n"),
        ],
        ('title: four # why\nnote: "five"  # n\ntext: |\n  one\n  two\nstate: new\n'),
    ),
    "emoji and wide letters": (
        ("# 😀 漢字\ntitle: 漢字 😀 down # 😀\ncis: [{ci: ci:é, note: '😀'}] # 漢\nstate: new\n"),
        [
            Put(("title",), "😀😀"),
            Put(("cis", 0, "note"), "漢"),
            Put(("state",), "größer"),
        ],
        ("# 😀 漢字\ntitle: \"😀😀\" # 😀\ncis: [{ci: ci:é, note: '漢'}] # 漢\nstate: größer\n"),
    ),
    "a comment before the marker, and both markers": (
        ("# yaml-language-server: x\n---\n# about it\ntitle: Old\nservices:\n- a\n...\n# after\n"),
        [
            Put(("title",), "New"),
            Append(("services",), "b"),
            Put(("state",), "new"),
        ],
        ("# yaml-language-server: x\n---\n# about it\ntitle: New\nstate: new\nservices:\n- a\n- b\n...\n# after\n"),
    ),
    "lists as far in as their field": (
        ("services:\n- a   # A\n- b\n# about the state\nstate: new\ncis:\n- ci: x\n  role: y\n"),
        [
            Append(("services",), "c"),
            Append(("cis",), {"ci": "z"}),
            Drop(("services", 0)),
        ],
        ("services:\n- b\n- c\n# about the state\nstate: new\ncis:\n- ci: x\n  role: y\n- {ci: z}\n"),
    ),
    "values on the line after their name": (
        ("title:\n  Old\nstate:   # which\n  new  # here\nservices:\n  [a]\nnote:\n    'one'\n"),
        [
            Put(("title",), "New"),
            Put(("state",), "closed"),
            Append(("services",), "b"),
            Put(("note",), "one\ntwo\n"),
        ],
        ("title:\n  New\nstate:   # which\n  closed  # here\nservices:\n  [a, b]\nnote: |\n  one\n  two\n"),
    ),
    "names with question marks": (
        ("? title\n: Old # why\n? state\n: new\nimpact: low\n"),
        [
            Put(("title",), "New"),
            Drop(("state",)),
            Put(("urgency",), "low"),
        ],
        ("? title\n: New # why\nimpact: low\nurgency: low\n"),
    ),
    "names in quotes, spaces before colons, odd gaps": (
        ("\"title\" :   Old\n'state':\tnew\nimpact   : low   \n"),
        [
            Put(("title",), "New"),
            Put(("state",), "closed"),
            Put(("impact",), "high"),
        ],
        ("\"title\" :   New\n'state':\tclosed\nimpact   : high\n"),
    ),
    "four spaces": (
        ("title: x\nservices:\n    - a\nresolution:\n    code: fixed\n    parts:\n        - b\n"),
        [
            Append(("services",), "c"),
            Append(("resolution", "parts"), "d"),
            Put(("resolution", "by"), "e"),
            Append(("links",), "f"),
        ],
        (
            "title: x\n"
            "services:\n"
            "    - a\n"
            "    - c\n"
            "links:\n"
            "    - f\n"
            "resolution:\n"
            "    code: fixed\n"
            "    parts:\n"
            "        - b\n"
            "        - d\n"
            "    by: e\n"
        ),
    ),
    "blank lines between fields and items": (
        ("title: x\n\nstate: new\n\ncis:\n  - ci: a\n    role: b\n\n  - ci: c\n    role: d\n"),
        [
            Put(("impact",), "low"),
            Append(("cis",), {"ci": "e"}),
            Drop(("state",)),
        ],
        ("title: x\n\nimpact: low\n\ncis:\n  - ci: a\n    role: b\n\n  - ci: c\n    role: d\n\n  - {ci: e}\n"),
    ),
    "lists in lists": (
        ("matrix:\n  - - a\n    - b # B\n  -\n    - c\n  - []\n"),
        [
            Append(("matrix", 0), "x"),
            Append(("matrix", 1), "y"),
            Append(("matrix", 2), "z"),
            Drop(("matrix", 0, 0)),
        ],
        ('matrix:\n  - - b # B\n    - x\n  -\n    - c\n    - "y"\n  - [z]\n'),
    ),
    "the first field behind a dash": (
        ("cis:\n  - role: x # r\n    # the machine\n    ci: a\n  - role: y\n    ci: b\n"),
        [Drop(("cis", 0, "role")), Drop(("cis", 1, "role"))],
        ("cis:\n  -\n    # the machine\n    ci: a\n  - ci: b\n"),
    ),
    "nothing, written in several ways": (
        ("a:\nb: ~   # none\nc:   # none\nd: null\ne: []  # none\nf: {}\n"),
        [
            Put(("a",), "x"),
            Put(("b",), "y"),
            Put(("c", "d"), "z"),
            Append(("d",), 1),
            Append(("e",), {"at": 1}),
            Put(("f", "g"), 2),
        ],
        ('a: x\nb: "y"   # none\nc:   # none\n  d: z\nd:\n  - 1\ne:  # none\n  - {at: 1}\nf: {g: 2}\n'),
    ),
    "a root in braces": (
        "{title: Old, state: new} # all\n",
        [
            Put(("title",), "New"),
            Put(("impact",), "low"),
            Drop(("state",)),
        ],
        "{title: New, impact: low} # all\n",
    ),
    "pairs in a list": (
        "a: [b: 1, c]\n",
        [Put(("a", 0, "d"), 2), Drop(("a", 1))],
        "a: [{b: 1, d: 2}]\n",
    ),
    "tabs before comments": (
        ("title: Old\t# why\nservices: [a]\t# which\n"),
        [Put(("title",), "New"), Append(("services",), "b")],
        ("title: New\t# why\nservices: [a, b]\t# which\n"),
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_only_what_is_meant_changes(style: str) -> None:
    before, edits, after = STYLES[style]
    assert splice(before.encode(), edits, ORDER).decode() == after


@pytest.mark.parametrize("style", STYLES)
def test_what_is_there_is_put_there_without_a_change(style: str) -> None:
    _, _, after = STYLES[style]
    document = read_document("x.yaml", after.encode())
    assert document.readable
    edits = [Put((name,), value) for name, value in document.value.items()]
    assert splice(after.encode(), [*edits, Put((), document.value)], ORDER).decode() == after
