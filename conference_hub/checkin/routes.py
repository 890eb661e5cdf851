"""The gate: its screen, its commands and its search."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from conference_hub.access.commands import answer_command
from conference_hub.access.middleware import acting, signed_in_at, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.checkin import actions, store
from conference_hub.checkin.answers import REASONS, with_gate_title
from conference_hub.checkin.finding import find
from conference_hub.checkin.model import Presence
from conference_hub.checkin.requests import Redeem, Search, Undo
from conference_hub.checkin.shapes import FoundAnswer, ScanAnswer, UndoneAnswer
from conference_hub.conferences.store import all_conferences
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.people.masking import mask
from conference_hub.people.model import Guest, GuestId
from conference_hub.people.store import get_guest
from conference_hub.web.describing import COMMAND_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import translate_message
from conference_hub.web.requests import takes

checkin_bp = Blueprint("checkin", __name__)

MOST_FOUND = 20
KAKAO = "KAKAOTALK"
"""What KakaoTalk's in-app browser has in its User-Agent."""


@checkin_bp.get("/checkin/")
@allow(Role.STAFF)
def gate() -> ResponseReturnValue:
    """Show the scanner of a conference at which the viewer is staff (`?conf=`; a choice when there are several)."""
    asked, mine = request.args.get("conf"), viewer().conferences(Role.STAFF)
    with current_hub().database.reading() as db:
        conferences = [one for one in all_conferences(db) if one.slug in mine]
        chosen = [one for one in conferences if asked in {None, one.slug}]
        gates = store.all_gates(db, chosen[0].slug) if len(chosen) == 1 else []
    if not chosen:
        raise NotFound(msg("그런 행사가 없습니다."))
    if len(chosen) > 1:
        return render_template("checkin/choose.html", conferences=chosen)
    return render_template(
        "checkin/gate.html",
        conference=chosen[0],
        acting=acting(chosen[0].slug),
        gates=gates,
        several=len(conferences) > 1,
        in_kakao=KAKAO in request.user_agent.string,
    )


@checkin_bp.post("/api/v1/c/<conf>/checkin/redeem")
@allow(Role.STAFF, Role.OPERATOR)
@answers(ScanAnswer, refusals=COMMAND_CODES)
@takes(Redeem)
def redeem(body: Redeem, conf: str) -> ResponseReturnValue:
    """Answer a scan; a repeated `scan_id` gets the first answer. `guest` instead of `token`: staff found the name."""
    del conf
    attempt = body.attempt(signed_in_at())
    return answer_command(
        body, "checkin/redeem", lambda write: actions.redeem(write, attempt), render=_answered
    )


@checkin_bp.post("/api/v1/c/<conf>/checkin/undo")
@allow(Role.STAFF, Role.OPERATOR)
@answers(UndoneAnswer, refusals=(*COMMAND_CODES, "not_an_admission", "undone", "moved_on"))
@takes(Undo)
def undo(body: Undo, conf: str) -> ResponseReturnValue:
    """Take an admission back."""
    del conf
    return answer_command(body, "checkin/undo", lambda write: actions.undo(write, body.scan_id))


@checkin_bp.get("/api/v1/c/<conf>/checkin/search")
@allow(Role.STAFF, Role.OPERATOR)
@answers(FoundAnswer)
@takes(Search)
def search(query: Search, conf: str) -> ResponseReturnValue:
    """Find guests by name, initial consonants, organisation or seat (`?q=`), at most twenty; `more` when there are."""
    with current_hub().database.reading() as db:
        found = find(db, conf, query.q)
        people = _found_documents(db, conf, found[:MOST_FOUND])
    return jsonify({"guests": people, "more": len(found) > MOST_FOUND})


def person_documents(session: Session, conf: str, guests: Sequence[Guest]) -> list[Doc]:
    """Render guests for gate staff, who see whole names; `masked` is for what stays on the screen."""
    people = {guest.id: _person(guest) for guest in guests}
    for details in current_hub().person_details:
        for guest_id, detail in details(session, conf, list(people)).items():
            people[GuestId(guest_id)] |= detail
    return list(people.values())


def _person(guest: Guest) -> Doc:
    return {
        "guest": guest.id,
        "name": guest.shown.as_doc(),
        "masked": mask(guest.name) if guest.name else None,
        "role": guest.label.as_doc() if guest.label and guest.name else None,
        "organisation": guest.organisation,
        "group": {"id": guest.group.value, "label": guest.group.label.as_doc()},
        "mode": {"id": guest.mode.value, "label": guest.mode.label.as_doc()},
        "seat": guest.seat,
    }


def _found_documents(session: Session, conf: str, guests: Sequence[Guest]) -> list[Doc]:
    presences = store.presences_of(session, conf, [guest.id for guest in guests])
    return [
        person | {"place": _place(presences.get(person["guest"]))}
        for person in person_documents(session, conf, guests)
    ]


def _place(presence: Presence | None) -> str | None:
    return presence.place.value if presence and presence.place else None


def _answered(write: Write, stored: Doc) -> Doc:
    """Render the answer to a scan: the guest as the list knows them now, and why they may not pass."""
    gates = store.all_gates(write.session, write.conf) if "first" in stored else []
    answer = with_gate_title({name: value for name, value in stored.items() if name != "guest"}, gates)
    if "guest" in stored:
        guest = get_guest(write.session, write.conf, stored["guest"])
        answer["person"] = person_documents(write.session, write.conf, [guest])[0]
    reason = REASONS.get(answer["verdict"])
    return answer | {"reason": translate_message(reason, {})} if reason else answer
