"""The links on a record's page: told apart, in an order, and never more than fit."""

import re
from collections.abc import Mapping

from tests.site.builds import FILES, build
from tests.site.pages import read


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", read(page).text)


def incident(day: str, title: str = "Maintenance on the shop", state: str = "in-progress") -> Mapping[str, str]:
    text = f"""\
title: {title}
state: {state}
impact: low
urgency: low
services: [service:pay]
timeline:
  - {{at: {day[:4]}-{day[4:6]}-{day[6:]}T06:00:00+01:00, by: person:ann, type: created}}
"""
    return {f"records/incidents/{day[:4]}/INC-{day}-cccc.yaml": text}


def test_processes_of_one_title_are_told_apart_and_come_newest_first() -> None:
    files = {**FILES, **incident("20260301"), **incident("20260305"), **incident("20260308", state="canceled")}
    text = plain(build("internal", files)["services/pay.html"])
    first = "Maintenance on the shop INC-20260305-cccc in progress · 5 Mar 2026"
    second = "Maintenance on the shop INC-20260301-cccc in progress · 1 Mar 2026"
    ended = "Maintenance on the shop INC-20260308-cccc canceled · 8 Mar 2026"
    assert -1 < text.find(first) < text.find(second) < text.find(ended)


def test_things_stand_in_the_order_of_their_numbers() -> None:
    cis = {
        f"records/cis/n{number}.yaml": f"title: Server {number}\nclass: vm\nstate: operational\nowner: person:ann\n"
        for number in (99, 100, 9, 10)
    }
    text = plain(build("internal", {**FILES, **cis})["people/ann.html"])
    assert "Server 9 operational Server 10 operational Server 99 operational Server 100 operational" in text


def test_what_is_left_out_is_a_link_away() -> None:
    cis = {
        f"records/cis/n{number}.yaml": f"title: Server {number}\nclass: vm\nstate: operational\nowner: person:ann\n"
        for number in range(53)
    }
    page = build("internal", {**FILES, **cis})["people/ann.html"]
    assert "Server 49" in page
    assert "Server 50" not in page
    assert 'and 3 more, among all <a href="../cis/index.html">configuration items</a>' in page


def test_digits_of_other_scripts_are_letters() -> None:
    cis = {
        f"records/cis/n{number}.yaml": f"title: {title}\nclass: vm\nstate: operational\nowner: person:ann\n"
        for number, title in enumerate(("2 servers", "² servers", "٣ servers", "servers", "1"))
    }
    assert "² servers" in build("internal", {**FILES, **cis})["people/ann.html"]
