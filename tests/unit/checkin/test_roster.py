"""What a device knows without a network: digests, rules and people without their names, for as long as it may."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

from conference_hub.checkin import roster
from conference_hub.checkin.former import digest
from conference_hub.checkin.roster import OpenPoint
from conference_hub.core.text import Text
from conference_hub.gates.blue import Blue
from conference_hub.gates.model import DOORS, Gate, GateId, Window
from conference_hub.people.model import Group, GroupId, Guest, GuestId, Mode

NINE = datetime(2021, 12, 2, 9, tzinfo=UTC)


def open_from(opens: float, closes: float) -> OpenPoint:
    """Return the doors, open so many hours after nine."""
    window = Window(opens_at=NINE + timedelta(hours=opens), closes_at=NINE + timedelta(hours=closes))
    return OpenPoint(point=DOORS, windows=[window])


def test_badge_stands_for_its_token_by_the_salt_of_one_device() -> None:
    expected = hashlib.sha256(f"salt{hashlib.sha256(b'TOKEN').hexdigest()}".encode()).hexdigest()[:32]

    assert roster.badge_digest("salt", digest("TOKEN")) == expected
    assert roster.badge_digest("other", digest("TOKEN")) != expected


def test_roster_lasts_to_the_end_of_the_day_and_never_longer_than_twelve_hours() -> None:
    assert roster.expires_at([open_from(-1, 9)], NINE) == NINE + timedelta(hours=9)
    assert roster.expires_at([open_from(-1, 3), open_from(4, 8)], NINE) == NINE + timedelta(hours=8)
    assert roster.expires_at([open_from(-1, 30)], NINE) == NINE + timedelta(hours=12)
    assert roster.expires_at([open_from(-9, -1), open_from(20, 30)], NINE) == NINE + timedelta(hours=12)
    assert roster.expires_at([], NINE) == NINE + timedelta(hours=12)


def test_person_has_no_whole_name_and_no_word_about_why_to_look_at_them() -> None:
    vip = Group(id=GroupId("vip"), title=Text(ko="내빈", en="Guests of honour"), position=1)
    guest = Guest(
        id=GuestId("g1"),
        name="김민수",
        label=None,
        organisation="기관",
        mode=Mode.ONSITE,
        number="0001",
        seat="A-1",
        group=vip.id,
        look="확인",
    )

    assert roster.person_document(guest, vip) == {
        "guest": "g1",
        "masked": "김*수",
        "label": None,
        "group": {"id": "vip", "label": {"ko": "내빈", "en": "Guests of honour"}},
        "mode": "onsite",
        "seat": "A-1",
        "look": True,
    }


def test_parties_are_places_of_people_and_who_comes_alone_is_in_none() -> None:
    ada, ben, cho, dan, eva = (GuestId(name) for name in ("ada", "ben", "cho", "dan", "eva"))
    places = {eva: 0, cho: 1, ada: 2, dan: 3, ben: 4}

    assert roster.parties_document([[ada, ben], [cho], [dan, eva]], places) == [[0, 3], [2, 4]]


def test_parties_of_thousands_add_few_bytes_to_a_roster() -> None:
    guests = [GuestId(f"g{number}") for number in range(5_000)]
    places = {guest: place for place, guest in enumerate(roster.shuffled(guests))}

    parties = roster.parties_document([guests[first : first + 4] for first in range(0, 5_000, 4)], places)

    assert len(parties) == 1_250
    assert len(json.dumps(parties, separators=(",", ":"))) < 6 * len(guests)


def test_rules_name_whom_a_gate_is_for_and_when_its_point_is_open() -> None:
    gate = Gate(
        id=GateId("main"),
        title=Text.of("정문"),
        position=1,
        groups=frozenset({GroupId("b"), GroupId("a")}),
        modes=frozenset({Mode.ONSITE}),
    )

    rules = roster.rules_document([gate], [open_from(0, 9)], blue=Blue.HOLD, timezone="Asia/Seoul")

    assert rules == {
        "blue": "hold",
        "timezone": "Asia/Seoul",
        "gates": [{"id": "main", "point": "hall", "groups": ["a", "b"], "modes": ["onsite"]}],
        "points": [
            {
                "id": "hall",
                "kind": "door",
                "exits": True,
                "reentry": "after_exit",
                "daily": False,
                "windows": [
                    {"opens_at": "2021-12-02T09:00:00.000Z", "closes_at": "2021-12-02T18:00:00.000Z"}
                ],
            }
        ],
    }


def test_shuffled_list_has_the_same_items() -> None:
    assert sorted(roster.shuffled(range(100))) == list(range(100))
