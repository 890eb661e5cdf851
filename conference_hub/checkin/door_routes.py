"""The API of the door beside scans: walk-ins, companions, new badges, seats; nothing for a device that only scans."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.middleware import actor, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.checkin import actions, door_actions
from conference_hub.checkin.door_requests import CompanionsQuery, NewBadge, NewSeat, Overruled, WalkIn
from conference_hub.checkin.person_shapes import AtDoorAnswer, CompanionsAnswer
from conference_hub.checkin.persons import companion_documents, counting_at, person_documents
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.gates.acting import check_may, device_of
from conference_hub.people import readings
from conference_hub.people.readings import GuestPage
from conference_hub.people.store import get_guest
from conference_hub.web.describing import COMMAND_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import CommandBody, takes

door_bp = Blueprint("door", __name__)


@door_bp.post("/api/v1/c/<conf>/door/walk-in")
@allow(Role.STAFF, Role.OPERATOR)
@answers(AtDoorAnswer, refusals=(*COMMAND_CODES, *Overruled))
@takes(WalkIn)
def walk_in(body: WalkIn, conf: str) -> ResponseReturnValue:
    """Put somebody on the list who stands at the door, with a badge; they are not let in by it."""

    def register(write: Write) -> str:
        hub = current_hub()
        notice = hub.privacy_notice(write.session, conf)
        return door_actions.register_walk_in(write, body, capacity=hub.capacity, notice=notice).id

    return _answered(body, conf, "door/walk-in", register)


@door_bp.post("/api/v1/c/<conf>/door/badge")
@allow(Role.STAFF, Role.OPERATOR)
@answers(AtDoorAnswer, refusals=COMMAND_CODES)
@takes(NewBadge)
def new_badge(body: NewBadge, conf: str) -> ResponseReturnValue:
    """Give a guest a new badge; the one before opens no gate any more."""

    def issue(write: Write) -> str:
        actions.reissue_badge(write, body.guest)
        return body.guest

    return _answered(body, conf, "door/badge", issue)


@door_bp.post("/api/v1/c/<conf>/door/seat")
@allow(Role.STAFF, Role.OPERATOR)
@answers(AtDoorAnswer, refusals=(*COMMAND_CODES, "seat_taken", "changed_since"))
@takes(NewSeat)
def new_seat(body: NewSeat, conf: str) -> ResponseReturnValue:
    """Give a guest another seat, which nobody else has."""

    def seat(write: Write) -> str:
        followed = current_hub().guests_changed
        return door_actions.seat(write, body.guest, body.seat, seen=body.before, followed=followed).id

    return _answered(body, conf, "door/seat", seat)


@door_bp.get("/api/v1/c/<conf>/door/companions/<guest_id>")
@allow(Role.STAFF, Role.OPERATOR)
@answers(CompanionsAnswer)
@takes(CompanionsQuery)
def companions(query: CompanionsQuery, conf: str, guest_id: str) -> ResponseReturnValue:
    """Give a guest, their party, and the guests of the hall from the same organisation.

    `inside` are those in the hall; with `gate`, where people are only counted, those who were counted there.
    """
    at = current_hub().now()
    with current_hub().database.reading() as db:
        check_may(device_of(db, conf, viewer()), search=True)
        guest = get_guest(db, conf, guest_id)
        counting = counting_at(db, conf, query.gate, at) if query.gate else None
        found = companion_documents(db, conf, guest, door_actions.companions_of(db, conf, guest), counting)
    readings.note(current_hub().database, conf, actor(), GuestPage.COMPANIONS, at, guest_id)
    return jsonify({"guests": found})


def _answered(body: CommandBody, conf: str, action: str, run: Callable[[Write], str]) -> ResponseReturnValue:
    """Answer a command about the guest whose id `run` returns; what is known of them is not stored with the answer.

    Raises Forbidden for a device that only scans.
    """

    def person(write: Write, stored: Doc) -> Doc:
        guest = get_guest(write.session, write.conf, str(stored["guest"]))
        return {**stored, "person": person_documents(write.session, write.conf, [guest])[0]}

    def act(write: Write) -> Doc:
        check_may(device_of(write.session, conf, viewer()), register=True)
        return {"guest": run(write)}

    return answer_command(body, conf, action, act, render=person)
