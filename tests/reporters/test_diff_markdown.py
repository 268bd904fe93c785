"""A step as text and as Markdown: summed up, folded, harmless, and never too long."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from itsm_as_code.reporters.diff_drawing import diff_drawing
from itsm_as_code.reporters.diff_facts import diff_facts
from itsm_as_code.reporters.diff_markdown import LIMIT, diff_markdown, harmless
from itsm_as_code.reporters.diff_text import diff_text
from itsm_as_code.reporters.impact_text import PLAIN
from itsm_as_code.reporters.terminal import Look
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.memory import MemorySource

Files = Mapping[str, str]
HOSTILE = [
    "<script>alert(1)</script>",
    "</details><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "https://evil.example www.evil.example mailto:a@evil.example ftp://evil.example",
    "@octocat and @org/team, fixes #1, org/repo#2",
    "`code` ```mermaid *bold* _it_ __it__ ~~gone~~ **",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "| a | b |",
    "---",
    "&lt;b&gt; &#60;b&#62; \\<b\\>",
    "<!-- comment",
    "graph TD; end; click n0 href",
    '"]; n9 --> n0; %% x',
    "a\u202eb\u0007c",
    ":smile: $x^2$ [[wiki]] [^1]",
]
PAGE = MarkdownIt("gfm-like", {"linkify": False})
CI = "title: {0}\nstate: operational\nclass: vm\nowner: team:web\nrelations: [{1}]\n"
ASSET = "title: Laptop\nstate: in-use\nclass: laptop\nassigned_to: person:{0}\n"


def _step(base: Files, head: Files) -> Step:
    return Step(load(MemorySource(base)), load(MemorySource(head)))


def _markdown(step: Step) -> str:
    return diff_markdown(diff_facts(step), {**step.base.kinds, **step.head.kinds}, diff_drawing(step))


def _text(step: Step, look: Look = PLAIN) -> str:
    return diff_text(diff_facts(step), {**step.base.kinds, **step.head.kinds}, look)


def _quoted(title: str) -> str:
    return '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _as_read(text: str) -> str:
    """Return what a page shows of inline Markdown, which must have made no element of it."""
    tokens = PAGE.parseInline(text)[0].children or []
    assert {token.type for token in tokens} <= {"text", "text_special"}, text
    return "".join(token.content for token in tokens).replace("\u200b", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_records_is_text(text: str) -> None:
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    assert _as_read(harmless(text)) == shown
    rendered = PAGE.render(harmless(text))
    assert re.findall("<[^>]*>", rendered) == ["<p>", "</p>"]
    assert not re.search(r"://|www\.|@|#(?!\d+;)", harmless(text))


@given(st.text(max_size=60))
def test_any_text_is_text(text: str) -> None:
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    made = harmless(text)
    assert re.findall("<[^>]*>", PAGE.render(f"- x: {made}")) == [
        "<ul>",
        "<li>",
        "</li>",
        "</ul>",
    ]
    assert _as_read(f"x{made}x") == f"x{shown}x".replace("\u200b", "")


@pytest.mark.parametrize("title", [title for title in HOSTILE if "\a" not in title])
def test_a_hostile_title_changes_nothing_but_its_own_words(title: str) -> None:
    def told(name: str) -> str:
        base = {"records/cis/a.yaml": CI.format(name, ""), "records/cis/b.yaml": CI.format("b", "")}
        head = {**base, "records/cis/a.yaml": CI.format(name, "{type: runs_on, to: ci:b}")}
        return _markdown(_step(base, head))

    plain, hostile = told("Router"), told(_quoted(title))
    elements = [re.findall(r"<[^>]*>", PAGE.render(text)) for text in (plain, hostile)]
    assert elements[0] == elements[1]
    assert len(plain.splitlines()) == len(hostile.splitlines())
    drawn = hostile.partition("```mermaid\n")[2].partition("```")[0]
    label = re.search(r'n0\["(.*)<br/>', drawn)
    assert label is not None
    assert not set(label[1]) & set('"<>[]{}|`&')


def test_a_comment_is_never_too_long_and_says_what_is_left_out() -> None:
    title = _quoted("<&@#|" * 23)
    base = {f"records/cis/c{number}.yaml": CI.format(title, "") for number in range(1500)}
    head = {
        f"records/cis/c{number}.yaml": CI.format(
            title,
            ", ".join(f"{{type: depends_on, to: ci:c{other}}}" for other in range(number - 3, number) if other >= 0),
        )
        + f"version: v{number}\n"
        for number in range(1500)
    }
    step = _step(base, head)
    facts = diff_facts(step)
    text = diff_markdown(facts, step.head.kinds, diff_drawing(step), everything=True)
    assert len(text) <= LIMIT
    assert len(diff_drawing(step)) < 50_000
    assert re.search(r"- and [\d,]+ more lines; `itsm diff` tells them\n\n</details>\n$", text)
    assert text.count("<details>") == text.count("</details>") == 2
    assert text.count("```") == 2


def test_the_drawing_tells_new_from_gone_without_colours() -> None:
    base = {
        "records/services/shop.yaml": "title: Shop\nstate: live\ntier: 1\ndepends_on: [ci:a]\n",
        "records/cis/a.yaml": CI.format("a", "{type: runs_on, to: ci:b}"),
        "records/cis/b.yaml": CI.format("b", ""),
        "records/cis/far.yaml": CI.format("far", ""),
    }
    head = {
        "records/services/shop.yaml": base["records/services/shop.yaml"],
        "records/cis/a.yaml": CI.format("a", "{type: runs_on, to: ci:c}"),
        "records/cis/c.yaml": CI.format("c", ""),
        "records/cis/far.yaml": base["records/cis/far.yaml"],
    }
    assert diff_drawing(_step(base, head)) == (
        "graph TD\n"
        '  n0["ci:a"]\n'
        '  n1["ci:b<br/>deleted"]:::gone\n'
        '  n2["ci:c<br/>added"]:::new\n'
        '  n3["Shop<br/>service:shop"]\n'
        '  n0 -.->|"runs_on, gone"| n1\n'
        '  n0 ==>|"runs_on, new"| n2\n'
        '  n3 -->|"depends_on"| n0\n'
        "  linkStyle 1 stroke:#1a7f37\n"
        "  classDef new stroke:#1a7f37,stroke-width:3px\n"
        "  linkStyle 0 stroke:#cf222e\n"
        "  classDef gone stroke:#cf222e,stroke-width:3px\n"
    )
    assert diff_drawing(_step(base, base)) == ""


def test_a_ci_with_a_new_id_is_drawn_as_itself() -> None:
    base = {
        "records/cis/a.yaml": CI.format("a", "{type: runs_on, to: ci:b}"),
        "records/cis/b.yaml": CI.format("Host", ""),
    }
    head = {path.replace("/b.", "/z."): text.replace("ci:b", "ci:z") for path, text in base.items()}
    assert diff_drawing(_step(base, head)) == ""
    head["records/cis/c.yaml"] = CI.format("c", "{type: runs_on, to: ci:z}")
    drawn = diff_drawing(_step(base, head))
    assert '["Host<br/>ci:z"]\n' in drawn
    assert "gone" not in drawn.partition("linkStyle")[0]


def test_alike_edits_are_summed_up() -> None:
    people = {"records/people/ann.yaml": "name: Ann\n", "records/people/bob.yaml": "name: Bob\n"}
    base = {f"records/assets/LT-{number:04}.yaml": ASSET.format("ann") for number in range(14)}
    head = {path: ASSET.format("bob") for path in base}
    step = _step(people | base, people | head)
    assert _text(step) == (
        "memory → memory\n\nassets\n"
        "  14 assets assigned (asset:LT-0000, asset:LT-0001, asset:LT-0002, asset:LT-0003, asset:LT-0004, "
        "asset:LT-0005 and 8 more)\n\n14 records changed\n"
    )
    everything = _text(step, Look(0, colour=False, everything=True))
    assert everything.count("assigned to person:bob (was person:ann)") == 14
    assert "- 14 assets assigned" in _markdown(step)


def test_what_people_look_for_is_told_by_itself_unless_it_is_too_much() -> None:
    def incidents(number: int, more: str) -> dict[str, str]:
        text = f"title: Down\nstate: new\nimpact: high\nurgency: low\n{more}timeline: []\n"
        return {f"records/incidents/2026/INC-20260304-aa{letter}.yaml": text for letter in _letters(number)}

    for more, limit in (("", 3), ("visibility: public\n", 20)):
        few, many = (_text(_step({}, incidents(number, more))) for number in (limit, limit + 1))
        assert few.count(": opened") == limit
        assert f"  {limit + 1} incidents opened (INC-20260304-aa" in many
        assert many.count(": opened") == 0
    major = _text(_step({}, incidents(30, "visibility: public\nmajor: {state: declared}\n")))
    assert major.count(": opened") == 30


def _letters(number: int) -> list[str]:
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    return [f"{first}{second}" for first in letters for second in letters][:number]


def test_links_to_one_name_that_break_are_told_once() -> None:
    base = {f"records/cis/c{number}.yaml": CI.format(f"c{number}", "") for number in range(3)}
    head = {path: text.replace("[]", "[{type: runs_on, to: ci:gone}]") for path, text in base.items()}
    assert (
        "\n  link broken: ci:c0 relations[0].to names ci:gone, which does not exist (records/cis/c0.yaml:5:33), "
        "as do 2 other links\n"
    ) in _text(_step(base, head))


def test_on_a_narrow_terminal_lines_are_broken_between_words() -> None:
    base = {"records/cis/a.yaml": CI.format("a", "")}
    head = {"records/cis/a.yaml": CI.format("a", "") + "location: Hosting centre, zone A, rack 14, behind the door\n"}
    lines = _text(_step(base, head), Look(40, colour=False)).splitlines()
    assert max(map(len, lines)) <= 40
    titled = "The second of the two web servers that the shop runs on: the right one"
    base = {"records/cis/a.yaml": CI.format(f'"{titled}"', "")}
    head = {"records/cis/a.yaml": CI.format(f'"{titled}"', "") + "location: Here\n"}
    lines = _text(_step(base, head), Look(40, colour=False)).splitlines()
    assert max(map(len, lines)) <= 40
    assert titled in " ".join(" ".join(lines).split())


def test_control_characters_never_reach_a_terminal() -> None:
    base = {"records/cis/a.yaml": CI.format('"a\\e[31m"', "")}
    head = {"records/cis/a.yaml": CI.format('"a\\e[31m"', "") + 'location: "x\\e[2J"\n'}
    assert "\x1b" not in _text(_step(base, head))
    assert "\x1b" not in _markdown(_step(base, head))


def test_nothing_differs() -> None:
    step = _step({"records/cis/a.yaml": CI.format("a", "")}, {"records/cis/a.yaml": CI.format("a", "")})
    assert _text(step) == "memory → memory: nothing differs\n"
    assert _markdown(step) == "**memory → memory**: nothing differs\n"
    facts = diff_facts(step)
    assert facts["records"] == []
    assert facts["summary"] == {"added": 0, "changed": 0, "removed": 0}


@settings(max_examples=20)
@given(seed=st.integers(0, 1000), kept=st.sets(st.integers(0, 7)), other=st.sets(st.integers(0, 7)))
def test_the_order_of_files_never_matters_and_a_step_to_itself_says_nothing(
    seed: int, kept: set[int], other: set[int]
) -> None:
    class Shuffled(MemorySource):
        def entries(self) -> Any:  # noqa: ANN401 - whatever the source gives
            return sorted(super().entries(), key=lambda entry: hash((seed, entry.path)))

    base, head = (
        {
            f"records/cis/c{number}.yaml": CI.format(f"Box {number}", f"{{type: runs_on, to: ci:c{number + 1}}}")
            for number in numbers
        }
        for numbers in (kept, other)
    )
    plain, shuffled = (Step(load(source(base)), load(source(head))) for source in (MemorySource, Shuffled))
    assert diff_facts(plain) == diff_facts(shuffled)
    assert _markdown(plain) == _markdown(shuffled)
    again = Step(load(MemorySource(base)), load(Shuffled(base)))
    assert _text(again) == "memory → memory: nothing differs\n"
