"""The body of a notice is taken apart into messages, oldest first, with the times that the text tells."""

import pytest

from itsm_as_code.interchange.messages import Message, read_body


def told(text: str) -> list[tuple[str, str, str]]:
    """Return role, time and text of each message."""
    messages = read_body(text).messages
    return [(each.role, each.time.text if each.time else "", each.text) for each in messages]


def test_brackets_newest_first() -> None:
    text = "\n[Final message]\nDone.\n\n[Update]  \nStill at it.\n\n[Initial Message]\nBroken.\n\nSee [docs](https://x.org).\n"
    assert told(text) == [
        ("first", "", "Broken.\n\nSee [docs](https://x.org)."),
        ("update", "", "Still at it."),
        ("last", "", "Done."),
    ]


def test_times_in_headings() -> None:
    text = (
        "**2021-06-08 07:37:00**\n\nthree\n\n**Update at 2021-06-07 16:37 UTC**\n\ntwo\n\n"
        "[Update 6th of June 2021 - 19:00 UTC]\none\n\n[Initial message - 2021-06-05 15h50 UTC]\nzero\n"
    )
    assert told(text) == [
        ("first", "2021-06-05T15:50:00Z", "zero"),
        ("update", "2021-06-06T19:00:00Z", "one"),
        ("update", "2021-06-07T16:37:00Z", "two"),
        ("update", "2021-06-08T07:37:00Z", "three"),
    ]


def test_the_form_of_cstate_itself() -> None:
    text = (
        '*Resolved* - All is\nwell. {{< track "2018-05-25 05:54:00" >}}\n\n'
        '*Monitoring* - A fix is in. {{< track "2018-05-25 04:40:00" >}}\n\n'
        '*Investigating* - We look. {{<track "2018-05-25 04:13:00">}}\n'
    )
    assert told(text) == [
        ("first", "2018-05-25T04:13:00Z", "We look."),
        ("update", "2018-05-25T04:40:00Z", "A fix is in."),
        ("last", "2018-05-25T05:54:00Z", "All is\nwell."),
    ]
    assert [each.status for each in read_body(text).messages] == ["investigating", "monitoring", "resolved"]


def test_a_track_ends_a_message_that_has_no_heading() -> None:
    text = 'second {{< track "2024-12-27T09:44:00.481Z" >}}\n\nfirst {{< track "2024-12-27T09:43:40.482Z" >}}\n'
    assert [(time, text) for _, time, text in told(text)] == [
        ("2024-12-27T09:43:40Z", "first"),
        ("2024-12-27T09:44:00Z", "second"),
    ]


def test_oldest_first_is_seen_by_the_times() -> None:
    text = "**2021-06-07 12:00 UTC**\nfirst\n**2021-06-07 13:00 UTC**\nsecond\n"
    assert [text for _, _, text in told(text)] == ["first", "second"]


def test_a_text_without_headings_is_a_preamble() -> None:
    body = read_body("\nAll of it.\n\n- [a](https://x.org)\n* **bold** word\n* *2020-11-23: slanted*\n")
    assert body.messages == ()
    assert body.preamble == "All of it.\n\n- [a](https://x.org)\n* **bold** word\n* *2020-11-23: slanted*"


def test_a_text_above_the_headings_is_a_preamble() -> None:
    body = read_body("Something broke.\n\n[edit]\n\nIt works.\n")
    assert (body.preamble, [each.text for each in body.messages]) == ("Something broke.", ["It works."])


@pytest.mark.parametrize(
    "text",
    [
        "<!-- [Final message]\nDone. -->\n\nBroken.\n",
        "Broken.\n<!-- never closed\n[Final message]\nDone.\n",
    ],
)
def test_what_is_commented_out_was_never_published(text: str) -> None:
    body = read_body(text)
    assert (body.preamble, body.messages) == ("Broken.", ())


def test_a_comment_end_left_behind_a_heading() -> None:
    assert told("[Final message] -->\nDone.\n[Initial message] -->\nBroken.\n") == [
        ("first", "", "Broken."),
        ("last", "", "Done."),
    ]


def test_headings_inside_code_are_code() -> None:
    body = read_body("```\n[Update]\n**2021-06-07 12:00 UTC**\n```\n")
    assert body.messages == ()
    assert body.preamble.startswith("```")


@pytest.mark.parametrize(
    "line", ["[docs](https://x.org)", "[1]: https://x.org", "[x] done", "**Note**", "# Update", "[]"]
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert read_body(f"{line}\ntext\n").messages == ()


def test_text_on_the_line_of_its_heading() -> None:
    assert told("[Update] Done in time.\n\nMore.\n") == [("update", "", "Done in time.\n\nMore.")]


def test_rules_between_messages_are_dropped() -> None:
    assert told(f"[Final message]\nDone.\n\n{'-' * 40}\n\n[Initial message]\nBroken.\n")[1][2] == "Done."


def test_an_empty_body() -> None:
    assert read_body("\n \n").messages == ()
    assert read_body("").preamble == ""


def test_a_message_may_be_a_heading_alone() -> None:
    assert read_body("[Final message]\n").messages == (Message("last", "Final message", ""),)
