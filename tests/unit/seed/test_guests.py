"""The guest list: how many there are, who of them receives, where they attend."""

from __future__ import annotations

from collections import Counter

from tests.unit.seed.announced import CASES, COMMENDATIONS
from tests.unit.seed.records import Record, awards_of


def test_people_are_counted_as_announced(seed: Record) -> None:
    groups = Counter(guest["group"] for guest in seed["people"]["guests"])
    assert groups == {"recipient": 87, "official": 25, "guest_of_honour": 2, "staff": 7}


def test_all_recipients_and_nobody_else_receive_and_two_of_them_twice(seed: Record) -> None:
    receiving = Counter(award["guest"] for award in seed["awards"]["awards"])
    guests = {guest["id"]: guest for guest in seed["people"]["guests"]}
    assert set(receiving) == {g["id"] for g in guests.values() if g["group"] == "recipient"}
    assert {guests[g]["name"]: n for g, n in receiving.items() if n > 1} == {"서시연": 2, "김희정": 2}


def test_individual_award_goes_to_the_guest_of_that_name_and_office(seed: Record) -> None:
    guests = {guest["id"]: guest for guest in seed["people"]["guests"]}
    for award in seed["awards"]["awards"]:
        if award["kind"] == "individual":
            guest = guests[award["guest"]]
            assert (guest["name"], guest["organisation"]) == (award["recipient"], award["organisation"])


def test_organisations_are_represented_by_unnamed_people_but_for_the_two(seed: Record) -> None:
    guests = {guest["id"]: guest for guest in seed["people"]["guests"]}
    names = Counter(
        guests[a["guest"]]["name"] for a in awards_of(seed, "commend-") if a["kind"] == "organisation"
    )
    assert names == {None: 17, "서시연": 1, "김희정": 1}


def test_only_published_names_stand_in_the_guest_list(seed: Record) -> None:
    published = {name for name, _ in COMMENDATIONS if name} | {case[1] for case in CASES} | {"안경덕"}
    assert {g["name"] for g in seed["people"]["guests"] if g["name"]} == published
    assert all(guest["name"] or guest["label"] for guest in seed["people"]["guests"])


def test_recipients_attend_where_they_are_called(seed: Record) -> None:
    guests = {guest["id"]: guest for guest in seed["people"]["guests"]}
    modes = {"hall": "onsite", "metaverse": "metaverse"}
    for award in seed["awards"]["awards"]:
        assert guests[award["guest"]]["mode"] == modes[award["lane"]]


def test_new_officials_follow_on_zoom(seed: Record) -> None:
    assert {g["mode"] for g in seed["people"]["guests"] if g["group"] == "official"} == {"zoom"}


def test_seats_are_given_once_and_only_on_site(seed: Record) -> None:
    seated = [guest for guest in seed["people"]["guests"] if guest["seat"]]
    assert len({guest["seat"] for guest in seated}) == len(seated)
    assert {guest["mode"] for guest in seated} == {"onsite"}
    onsite = [g for g in seed["people"]["guests"] if g["mode"] == "onsite" and g["group"] != "staff"]
    assert all(guest["seat"] for guest in onsite)
