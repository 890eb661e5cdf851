"""A device that sends what it kept never holds up the operator: commands are answered between two of its scans."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin.guest_actions import register_guests
from conference_hub.checkin.store import valid_tokens
from conference_hub.core.actor import Actor
from conference_hub.core.now import iso
from conference_hub.people.model import GroupId, Guest, GuestId, Mode
from conference_hub.web.hub import Hub, go_on
from tests.integration.checkin.gate import topics
from tests.integration.checkin.test_batch import send
from tests.integration.conftest import SignIn
from tests.integration.gates.test_devices import invited, paired
from tests.model_day import CONF

RUN = f"/api/v1/c/{CONF}/run"
BATCHES, IN_A_BATCH = 2, 100
EVERY = 40
"""After how many scans the operator presses."""
FACTS = {"start": "LaneStarted", "hold": "LaneHeld", "resume": "LaneResumed"}


def crowd(hub: Hub) -> list[str]:
    """Add as many guests as are scanned, and return the codes of their badges."""
    ids = [f"crowd-{number}" for number in range(BATCHES * IN_A_BATCH)]
    guests = [
        Guest(
            id=GuestId(one),
            name=one,
            label=None,
            organisation=None,
            group=GroupId("attendee"),
            mode=Mode.ONSITE,
        )
        for one in ids
    ]
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        register_guests(write, guests)
    with hub.database.reading() as db:
        tokens = valid_tokens(db, CONF)
    return [tokens[GuestId(one)] for one in ids]


def test_commands_are_answered_between_two_scans_of_a_flush(
    seeded: Hub, app: Flask, desk: FlaskClient, sign_in: SignIn
) -> None:
    desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
    device, operator = app.test_client(), sign_in(Role.OPERATOR)
    paired(device, invited(desk))
    at, tokens = iso(seeded.now()), crowd(seeded)
    scans = [
        {"scan_id": f"kept-{number}", "gate": "main", "token": token, "at": at, "acted": "admitted"}
        for number, token in enumerate(tokens)
    ]
    commands = ["start", "hold", "resume", "hold", "resume"]
    turns, statuses = 0, list[int]()

    def press() -> None:
        nonlocal turns
        turns += 1
        if turns % EVERY == 0:
            command = commands[turns // EVERY - 1]
            body = {"command_id": f"press-{turns}", "seen": 10**9, "lane": "hall"}
            statuses.append(operator.post(f"{RUN}/{command}", json=body).status_code)

    known = len(topics(seeded))
    seeded.pause = press
    for first in range(0, len(scans), IN_A_BATCH):
        send(device, *scans[first : first + IN_A_BATCH])
    seeded.pause = go_on

    told = topics(seeded)[known:]
    pressed = [place for place, topic in enumerate(told) if topic in FACTS.values()]
    before = [told[:place].count("GuestAdmitted") for place in pressed]
    assert (statuses, told.count("GuestAdmitted")) == ([200] * len(commands), len(scans))
    assert [told[place] for place in pressed] == [FACTS[command] for command in commands]
    assert all(count % IN_A_BATCH for count in before), before
