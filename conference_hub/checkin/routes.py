"""The API of check-in: the gate's search, personal links, badges replaced and withdrawn."""

from __future__ import annotations

from itertools import islice

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import SECRET_CODES, answer_command, answer_secret
from conference_hub.access.links import link_url
from conference_hub.access.middleware import actor, conference, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.access.revoking import revoke_links_of_guest
from conference_hub.checkin import actions, search
from conference_hub.checkin.person_shapes import BadgeAnswer, EndedAnswer, FoundAnswer, PersonalLinkAnswer
from conference_hub.checkin.persons import found_documents
from conference_hub.checkin.requests import GivePersonalLink, Search
from conference_hub.checkin.veiling import found_veiled, veil
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc
from conference_hub.gates.acting import check_may, device_of
from conference_hub.people import readings
from conference_hub.people.actions import LINK_LIFE, make_personal_link
from conference_hub.people.readings import GuestPage
from conference_hub.people.store import get_guest
from conference_hub.web.describing import COMMAND_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import CommandBody, Press, takes

checkin_bp = Blueprint("checkin", __name__)

MOST_FOUND = 20


@checkin_bp.get("/api/v1/c/<conf>/checkin/search")
@allow(Role.STAFF, Role.OPERATOR)
@answers(FoundAnswer)
@takes(Search)
def find_guests(query: Search, conf: str) -> ResponseReturnValue:
    """Find guests by name, initial consonants, organisation or seat (`?q=`), at most twenty; `more` when there are."""
    with current_hub().database.reading() as db:
        check_may(device_of(db, conf, viewer()), search=True)
        fitting = found_veiled(db, conf, search.find(db, conf, query.q), query.q)
        found = list(islice(fitting, MOST_FOUND + 1))
        people = found_documents(db, conf, found[:MOST_FOUND])
    readings.note(current_hub().database, conf, actor(), GuestPage.SEARCH, current_hub().now())
    return jsonify({"guests": people, "more": len(found) > MOST_FOUND})


@checkin_bp.post("/c/<conf>/desk/people/<guest_id>/link")
@allow(Role.ORGANISER)
@answers(PersonalLinkAnswer, refusals=SECRET_CODES)
@takes(GivePersonalLink)
def personal_link(body: GivePersonalLink, conf: str, guest_id: str) -> ResponseReturnValue:
    """Make a personal link and show it this once; nothing of it can be looked up later."""
    hub = current_hub()
    expires_at = max(conference().ends_at, hub.now()) + LINK_LIFE

    def make(write: Write) -> Doc:
        guest = get_guest(write.session, conf, guest_id)
        secret = make_personal_link(write, veil(write.session, conf)(guest), expires_at)
        return {"url": link_url(secret, guest.language), "expires_at": iso(expires_at)}

    answer = answer_secret(body, conf, f"guests/{guest_id}/link", make)
    hub.tell_ended()
    return answer


@checkin_bp.post("/c/<conf>/desk/people/<guest_id>/link/revoke")
@allow(Role.ORGANISER)
@answers(EndedAnswer)
@takes(Press)
def revoke_personal_link(_body: Press, conf: str, guest_id: str) -> ResponseReturnValue:
    """Revoke a guest's links and sign out the browsers that used them."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        get_guest(write.session, conf, guest_id)
        ended = revoke_links_of_guest(write, guest_id)
    hub.tell_ended()
    return jsonify({"ended": ended})


@checkin_bp.post("/c/<conf>/desk/people/<guest_id>/reissue")
@allow(Role.ORGANISER)
@answers(BadgeAnswer, refusals=COMMAND_CODES)
@takes(CommandBody)
def reissue(body: CommandBody, conf: str, guest_id: str) -> ResponseReturnValue:
    """Replace a badge."""
    return answer_command(
        body,
        conf,
        f"badge/{guest_id}/reissue",
        lambda write: actions.reissue_badge(write, guest_id),
    )


@checkin_bp.post("/c/<conf>/desk/people/<guest_id>/revoke")
@allow(Role.ORGANISER)
@answers(BadgeAnswer, refusals=COMMAND_CODES)
@takes(CommandBody)
def revoke(body: CommandBody, conf: str, guest_id: str) -> ResponseReturnValue:
    """Withdraw a badge."""
    return answer_command(
        body,
        conf,
        f"badge/{guest_id}/revoke",
        lambda write: actions.revoke_badge(write, guest_id),
    )
