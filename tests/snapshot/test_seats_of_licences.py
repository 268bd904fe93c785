"""Seats of licences: counted once, wherever they are written."""

from collections.abc import Mapping
from datetime import date

import pytest

from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.seats import number_in_use, seats_in_use
from itsm_as_code.sources.memory import MemorySource

CREATED = "timeline: [{at: 2026-03-04T03:00:00Z, by: person:ann, type: created}]\n"
REQUEST = "records/requests/2026/REQ-20260304-aaaa.yaml"
OTHER = "records/requests/2026/REQ-20260304-bbbb.yaml"


def licence(metric: str = "user", body: str = "", product: str = "Office") -> str:
    return f"title: Office suite\nproduct: {product}\nstate: active\nmetric: {metric}\nseats: 10\n{body}"


def request(outcome: str, body: str = "") -> str:
    return (
        "title: An office suite\nitem: catalog-item:office\nrequested_by: person:ann\n"
        f"outcome: {{{outcome}}}\n{body}{CREATED}"
    )


def asset(body: str = "licences: [licence:office]\n", to: str = "person:ann") -> str:
    return f"title: A laptop\nstate: in-use\nassigned_to: {to}\n{body}"


def used(files: Mapping[str, str], day: date | None = None, **metrics: str) -> dict[str, list[tuple[str, int]]]:
    """Return holder and seats by licence."""
    snapshot = load(MemorySource({"records/licences/office.yaml": licence(**metrics), **files}))
    return {
        address.removeprefix("licence:"): [(seat.holder, seat.seats) for seat in seats]
        for address, seats in seats_in_use(snapshot, day).items()
    }


SEAT = "licences: [{licence: licence:office}]"


def test_no_record_takes_no_seat() -> None:
    assert used({}) == {}


def test_blocks_take_what_they_say_and_one_where_they_say_nothing() -> None:
    blocks = "allocations: [{to: team:ops, seats: 4}, {to: person:bob}, {to: team:ops}]\n"
    assert used({}, body=blocks) == {"office": [("team:ops", 4), ("person:bob", 1), ("team:ops", 1)]}
    snapshot = load(MemorySource({"records/licences/office.yaml": licence(body=blocks)}))
    assert number_in_use(snapshot, snapshot.records["licence:office"]) == 6


@pytest.mark.parametrize("metric", ["user", "device"])
def test_a_seat_on_request_and_asset_is_one(metric: str) -> None:
    files = {REQUEST: request(f"assets: [asset:LT-1], {SEAT}"), "records/assets/LT-1.yaml": asset()}
    holder = "person:ann" if metric == "user" else "asset:LT-1"
    assert used(files, metric=metric) == {"office": [(holder, 1)]}


def test_the_machine_that_a_request_names_is_the_machine() -> None:
    seat = "licences: [{licence: licence:office, to: asset:LT-1}]"
    files = {REQUEST: request(seat), "records/assets/LT-1.yaml": asset()}
    assert used(files, metric="device") == {"office": [("asset:LT-1", 1)]}


def test_a_user_with_two_machines_has_one_seat_and_two_machines_two() -> None:
    files = {"records/assets/LT-1.yaml": asset(), "records/assets/LT-2.yaml": asset()}
    assert used(files) == {"office": [("person:ann", 1)]}
    assert used(files, metric="device") == {"office": [("asset:LT-1", 1), ("asset:LT-2", 1)]}


def test_the_machines_of_a_team_are_users_each() -> None:
    files = {f"records/assets/PC-{number}.yaml": asset(to="team:depot") for number in (1, 2)}
    assert used(files) == {"office": [("asset:PC-1", 1), ("asset:PC-2", 1)]}


def test_two_requests_of_one_person_are_one_user_and_two_devices() -> None:
    files = {REQUEST: request(SEAT), OTHER: request(SEAT)}
    assert used(files) == {"office": [("person:ann", 1)]}
    assert used(files, metric="device") == {"office": [("person:ann", 1), ("person:ann", 1)]}


def test_the_receiver_has_the_seat_unless_somebody_else_is_named() -> None:
    seat = "licences: [{licence: licence:office}, {licence: licence:office, to: person:carl}]"
    files = {REQUEST: request(seat, "requested_for: person:bob\n")}
    assert used(files) == {"office": [("person:bob", 1), ("person:carl", 1)]}


def test_what_came_back_is_free_and_what_never_went_out_too() -> None:
    back = "returns: [{licence: licence:office, at: 2026-05-01}]\n"
    assert used({REQUEST: request(SEAT, back)}) == {}
    assert used({REQUEST: request(SEAT, back)}, date(2026, 4, 30)) == {"office": [("person:ann", 1)]}
    assert used({REQUEST: request(SEAT, back)}, date(2026, 5, 1)) == {}
    assert used({REQUEST: request(SEAT, "state: rejected\n")}) == {}


def test_retired_machines_hold_nothing() -> None:
    retired = {"records/assets/LT-1.yaml": asset().replace("in-use", "retired")}
    assert used(retired, metric="device") == {}
    seat = "licences: [{licence: licence:office, to: asset:LT-1}]"
    assert used({**retired, REQUEST: request(seat)}, metric="device") == {}


@pytest.mark.parametrize(("day", "counted"), [(None, 0), (date(2026, 1, 31), 0), (date(2026, 2, 1), 3)])
def test_a_block_with_an_end_is_counted_of_its_days_alone(day: date | None, counted: int) -> None:
    blocks = "allocations: [{to: team:ops, seats: 3, since: 2026-02-01, until: 2026-02-28}]\n"
    assert sum(seats for _, seats in used({}, day, body=blocks).get("office", [])) == counted
    assert used({}, date(2026, 3, 1), body=blocks) == {}


def test_links_by_another_name_count_for_the_record() -> None:
    files = {
        "records/licences/office.yaml": licence(body="aliases: [o365]\n"),
        "records/assets/LT-1.yaml": asset("licences: [licence:o365]\n"),
    }
    assert used(files) == {"office": [("person:ann", 1)]}


def test_concurrent_users_are_blocks_alone() -> None:
    files = {"records/assets/LT-1.yaml": asset(), REQUEST: request(SEAT)}
    assert used(files, metric="concurrent", body="allocations: [{to: team:ops, seats: 2}]\n") == {
        "office": [("team:ops", 2)]
    }


def ci(installed: str, body: str = "state: operational\n") -> str:
    return f"title: A server\nclass: server\n{body}installed: [{installed}]\n"


def test_installations_take_cores_or_one_of_a_device() -> None:
    files = {
        "records/cis/db-1.yaml": ci("{product: ' OFFICE ', cores: 8}"),
        "records/cis/db-2.yaml": ci("{product: office}"),
        "records/cis/db-3.yaml": ci("{product: office, cores: 4}", "state: retired\n"),
        "records/cis/db-4.yaml": ci("{product: office, cores: 4}", "state: planned\n"),
        "records/cis/db-5.yaml": ci("{product: Another}"),
    }
    assert used(files, metric="core") == {"office": [("ci:db-1", 8), ("ci:db-2", 1)]}
    assert used(files, metric="processor") == {"office": [("ci:db-1", 1), ("ci:db-2", 1)]}
    assert used(files) == {}


def test_an_installation_on_the_machine_that_has_the_seat_is_the_same_seat() -> None:
    files = {
        "records/assets/LT-1.yaml": asset(),
        "records/cis/lt-1.yaml": ci("{product: Office, cores: 4}", "state: operational\nasset: asset:LT-1\n"),
    }
    assert used(files, metric="device") == {"office": [("asset:LT-1", 1)]}
    assert used(files, metric="core") == {"office": [("asset:LT-1", 1), ("asset:LT-1", 3)]}
    assert used(files, metric="core", body="allocations: [{to: ci:lt-1, seats: 4}]\n") == {
        "office": [("asset:LT-1", 4)]
    }


def test_installations_fill_the_licences_of_a_product_the_last_to_end_first() -> None:
    files = {
        "records/licences/office.yaml": licence("core", "term: {start: 2025-01-01, end: 2026-12-31}\n"),
        "records/licences/open.yaml": licence("core"),
        "records/licences/over.yaml": licence("core").replace("active", "retired"),
        "records/cis/db-1.yaml": ci("{product: Office, cores: 16}"),
        "records/cis/db-2.yaml": ci("{product: Office, cores: 8}"),
    }
    assert used(files) == {"open": [("ci:db-1", 10)], "office": [("ci:db-1", 6), ("ci:db-2", 8)]}


def test_what_is_half_written_counts_for_nothing() -> None:
    files = {
        "records/licences/bad.yaml": "title: Office suite\n",
        "records/assets/LT-1.yaml": asset("licences: [licence:bad, licence:none, person:ann]\n"),
        REQUEST: request("licences: [{licence: licence:bad}, {licence: licence:none}]"),
    }
    assert used(files) == {}
