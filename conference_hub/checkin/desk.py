"""The organiser's desk for guests and badges: who is on the list, personal links, badges to print and to replace."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from conference_hub.access import listing
from conference_hub.access.commands import answer_command
from conference_hub.access.listing import GivenLink
from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.pages import link_url
from conference_hub.access.policy import allow
from conference_hub.access.revoking import revoke_links_of_guest
from conference_hub.checkin import registration, store
from conference_hub.checkin.qr import badge_svg
from conference_hub.checkin.shapes import BadgeAnswer, EndedAnswer, PersonalLinkAnswer
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.now import iso
from conference_hub.people.actions import make_personal_link
from conference_hub.people.model import Group, Mode
from conference_hub.people.store import each_guest, get_guest
from conference_hub.web.answers import streamed
from conference_hub.web.describing import COMMAND_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import CommandBody, takes

desk_bp = Blueprint("desk", __name__)

ROWS_PER_TURN = 20
BADGES_PER_TURN = 1
"""How much of a long page is made before others have a turn: a row takes a fraction of a millisecond, a code a few."""
LINK_LIFE = timedelta(days=30)
"""How long a personal link works after the conference: the follow-up sessions come then."""


@desk_bp.get("/c/<conf>/desk/")
@allow(Role.ORGANISER)
def desk(conf: str) -> ResponseReturnValue:
    """Lead to where the desk begins."""
    return redirect(url_for("desk.guests", conf=conf))


@desk_bp.get("/c/<conf>/desk/guests")
@allow(Role.ORGANISER)
def guests(conf: str) -> ResponseReturnValue:
    """Show the guest list; who is in comes by the operator stream."""
    hub = current_hub()
    with hub.database.reading() as db:
        people = list(hub.in_turns(each_guest(db, conf), ROWS_PER_TURN))
        links = listing.personal_links(db, conf, hub.now())
    return streamed(
        "checkin/guests.html",
        guests=hub.in_turns(people, ROWS_PER_TURN),
        count=len(people),
        groups=list(Group),
        modes=list(Mode),
        links={guest_id: _shown(link) for guest_id, link in links.items()},
    )


@desk_bp.get("/c/<conf>/desk/badges")
@allow(Role.ORGANISER)
def badges(conf: str) -> ResponseReturnValue:
    """Show the badges of everybody who comes to the hall, to print."""
    hub = current_hub()
    with hub.database.reading() as db:
        everybody = hub.in_turns(each_guest(db, conf), ROWS_PER_TURN)
        people = [guest for guest in everybody if not guest.mode.remote]
        tokens = store.valid_tokens(db, conf)
    drawn = ((guest, _code(tokens.get(guest.id))) for guest in people)
    return streamed("checkin/badges.html", badges=hub.in_turns(drawn, BADGES_PER_TURN), count=len(people))


@desk_bp.get("/c/<conf>/desk/badges/<guest_id>.svg")
@allow(Role.ORGANISER)
def badge(conf: str, guest_id: str) -> ResponseReturnValue:
    """Give out the QR code of one badge; raises NotFound when the guest has no valid one."""
    with current_hub().database.reading() as db:
        found = store.find_valid_badge(db, conf, guest_id)
    if found is None:
        raise NotFound(msg("쓸 수 있는 명찰이 없습니다."))
    answer = Response(badge_svg(found.token), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@desk_bp.post("/c/<conf>/desk/guests/<guest_id>/link")
@allow(Role.ORGANISER)
@answers(PersonalLinkAnswer)
def personal_link(conf: str, guest_id: str) -> ResponseReturnValue:
    """Make a personal link and show it this once; nothing of it can be looked up later."""
    hub = current_hub()
    expires_at = max(conference().ends_at, hub.now()) + LINK_LIFE
    with hub.journal.writing(conf, actor=actor()) as write:
        guest = get_guest(write.session, conf, guest_id)
        secret = make_personal_link(write, guest, expires_at)
    hub.tell_ended()
    return jsonify({"url": link_url(secret, guest.language), "expires_at": iso(expires_at)})


@desk_bp.post("/c/<conf>/desk/guests/<guest_id>/link/revoke")
@allow(Role.ORGANISER)
@answers(EndedAnswer)
def revoke_personal_link(conf: str, guest_id: str) -> ResponseReturnValue:
    """End a guest's links and sign out whoever came by one."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        get_guest(write.session, conf, guest_id)
        ended = revoke_links_of_guest(write, guest_id)
    hub.tell_ended()
    return jsonify({"ended": ended})


@desk_bp.post("/c/<conf>/desk/guests/<guest_id>/reissue")
@allow(Role.ORGANISER)
@answers(BadgeAnswer, refusals=COMMAND_CODES)
@takes(CommandBody)
def reissue(body: CommandBody, conf: str, guest_id: str) -> ResponseReturnValue:
    """Replace a badge."""
    del conf
    return answer_command(
        body,
        f"badge/{guest_id}/reissue",
        lambda write: registration.reissue_badge(write, guest_id),
    )


@desk_bp.post("/c/<conf>/desk/guests/<guest_id>/revoke")
@allow(Role.ORGANISER)
@answers(BadgeAnswer, refusals=COMMAND_CODES)
@takes(CommandBody)
def revoke(body: CommandBody, conf: str, guest_id: str) -> ResponseReturnValue:
    """Withdraw a badge."""
    del conf
    return answer_command(
        body,
        f"badge/{guest_id}/revoke",
        lambda write: registration.revoke_badge(write, guest_id),
    )


def _shown(link: GivenLink) -> dict[str, str | None]:
    """Render a personal link for the list: when it was made, last used and ends."""
    return {
        "made": iso(link.made_at) if link.made_at else None,
        "by": link.made_by,
        "used": iso(link.last_used_at) if link.last_used_at else None,
        "ends": iso(link.expires_at),
    }


def _code(token: str | None) -> Markup | None:
    return Markup(badge_svg(token)) if token else None  # noqa: S704 - made of paths by us
