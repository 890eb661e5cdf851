"""What the streams say about check-in."""

from __future__ import annotations

from datetime import UTC, datetime

from conference_hub.checkin.documents import (
    GUEST_STREAMS,
    PRESENCE_STREAMS,
    gate_document,
    guest_document,
    presence_document,
)
from conference_hub.checkin.model import Moment, Place, Presence, Whereabouts
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.gates.model import Gate, GateId
from conference_hub.people.model import GroupId, Guest, GuestId, Mode

GUEST = Guest(
    id=GuestId("guest-001"),
    name="석용주",
    label=None,
    organisation="천안고용센터",
    group=GroupId("recipient"),
    mode=Mode.METAVERSE,
    seat="D-05",
    email="guest-001@example.com",
)


def test_counts_by_place_and_by_mode() -> None:
    guests = {
        Whereabouts(mode=Mode.ONSITE, place=Place.HALL, came=True): 40,
        Whereabouts(mode=Mode.ONSITE, place=None, came=True): 3,
        Whereabouts(mode=Mode.ONSITE, place=None, came=False): 30,
        Whereabouts(mode=Mode.METAVERSE, place=Place.REMOTE, came=True): 20,
        Whereabouts(mode=Mode.METAVERSE, place=Place.HALL, came=True): 1,
        Whereabouts(mode=Mode.METAVERSE, place=None, came=False): 2,
    }

    assert presence_document(guests) == {
        "expected": 96,
        "inside": 41,
        "remote": 20,
        "admitted": 64,
        "by_mode": {
            "onsite": {"expected": 73, "here": 40},
            "metaverse": {"expected": 23, "here": 21},
            "zoom": {"expected": 0, "here": 0},
            "online": {"expected": 0, "here": 0},
        },
    }


def test_a_gate_counts_everything_but_admissions_and_departures_as_refusals() -> None:
    gate = Gate(id=GateId("main"), title=Text(ko="정문", en="Main entrance"), position=1)
    verdicts = {"admitted": 7, "left": 2, "already_inside": 3, "unknown_badge": 1}

    assert gate_document(gate, verdicts, None) == {
        "id": "main",
        "title": {"ko": "정문", "en": "Main entrance"},
        "position": 1,
        "point": "hall",
        "groups": [],
        "modes": [],
        "admitted": 7,
        "left": 2,
        "refused": 4,
        "counted": None,
    }


def test_a_guest_who_joined_remotely_has_no_name_in_the_document() -> None:
    at = datetime(2021, 12, 2, 0, 10, tzinfo=UTC)
    presence = Presence(guest_id=GUEST.id, place=Place.REMOTE, since=at, first=Moment(at=at, gate_id=None))

    assert guest_document(GUEST, presence, badge=True) == {
        "id": "guest-001",
        "group": "recipient",
        "mode": "metaverse",
        "seat": "D-05",
        "inside": False,
        "remote_connected": True,
        "since": "2021-12-02T00:10:00.000Z",
        "first": {"at": "2021-12-02T00:10:00.000Z", "gate": None},
        "badge": True,
    }


def test_document_of_a_guest_who_never_came() -> None:
    assert guest_document(GUEST, None, badge=False) == {
        "id": "guest-001",
        "group": "recipient",
        "mode": "metaverse",
        "seat": "D-05",
        "inside": False,
        "remote_connected": False,
        "since": None,
        "first": None,
        "badge": False,
    }


def test_public_stream_has_no_check_in_documents() -> None:
    assert Stream.PUBLIC not in PRESENCE_STREAMS | GUEST_STREAMS
