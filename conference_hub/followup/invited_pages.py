"""A guest's own page of a session, opened by the secret that their invitation carries: answer, join, withdraw.

Opening it changes nothing and shows no link to the meeting: programs that scan mails open what they find.
"""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access.middleware import enter_by_secret
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotFound, msg
from conference_hub.followup import actions, answering, invitation_store, sign_up_store, store
from conference_hub.followup.answers import said
from conference_hub.followup.invitations import Answer, Invitation
from conference_hub.followup.joining import Closed, Open, OpensLater, door
from conference_hub.followup.requests import ChangePlace, GiveAnswer
from conference_hub.people.store import get_guest
from conference_hub.web.answers import let_forms_lead_on
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import GUEST_POST, limiter
from conference_hub.web.requests import Nothing

invited_pages_bp = Blueprint("invited_pages", __name__)

INVITED = Actor.system("invitation")
"""As whom somebody acts who has nothing but the secret of an invitation."""


def invited() -> str:
    """Name the invitation of the running request."""
    return f"invited/{(request.view_args or {}).get('token')}"


@invited_pages_bp.get("/invited/<token>")
@allow(Role.PUBLIC)
def page(token: str) -> ResponseReturnValue:
    """Show the session, what the guest said, and what they can do; raises NotFound."""
    now = current_hub().now()
    with current_hub().database.reading() as db:
        mine = _entered(db, token)
        online = store.get_public_session(db, mine.conf, mine.session_id)
        series = store.all_series(db, mine.conf)
        guest = get_guest(db, mine.conf, mine.guest_id)
        standing = sign_up_store.standing_of_guest(db, mine.conf, mine.guest_id, online.id).get(online.id)
        seat = standing == sign_up_store.SEAT
    found = door(online, now)
    if seat and isinstance(found, Open):
        let_forms_lead_on()
    answer = make_response(
        render_template(
            "followup/invited.html",
            session=online,
            series=series.get(online.series_id) if online.series_id else None,
            guest=guest,
            seat=seat,
            waiting=standing or None,
            said=said(mine) if seat else None,
            answers=list(Answer),
            over=now >= online.ends_at,
            now=now,
            opens_at=found.at if isinstance(found, OpensLater) else None,
            open=isinstance(found, Open),
            no_link=found is Closed.NO_LINK,
            base=url_for(".page", token=token),
        )
    )
    return _private(answer)


@invited_pages_bp.post("/invited/<token>/answer")
@limiter.limit(GUEST_POST, key_func=invited)
@allow(Role.PUBLIC)
@takes_form(GiveAnswer, page)
def answer(form: GiveAnswer, token: str) -> ResponseReturnValue:
    """Write down whether the guest comes."""
    mine = _found(token)
    with current_hub().journal.writing(mine.conf, actor=INVITED) as write:
        answering.answer(write, mine.session_id, mine.guest_id, form.answer)
    flash(_("답을 기록했습니다. 세션이 끝날 때까지 바꿀 수 있습니다."), "good")
    return redirect(url_for(".page", token=token))


@invited_pages_bp.post("/invited/<token>/place")
@limiter.limit(GUEST_POST, key_func=invited)
@allow(Role.PUBLIC)
@takes_form(ChangePlace, page)
def change_place(form: ChangePlace, token: str) -> ResponseReturnValue:
    """Withdraw, or sign up again."""
    mine = _found(token)
    change = actions.sign_up if form.action == "take" else actions.withdraw
    with current_hub().journal.writing(mine.conf, actor=INVITED) as write:
        change(current_hub(), write, mine.session_id, mine.guest_id)
    return redirect(url_for(".page", token=token))


@invited_pages_bp.post("/invited/<token>/join")
@limiter.limit(GUEST_POST, key_func=invited)
@allow(Role.PUBLIC)
@takes_form(Nothing, page)
def join(_form: Nothing, token: str) -> ResponseReturnValue:
    """Let the guest into the session: write down that they attend, and lead on to the meeting."""
    mine = _found(token)
    with current_hub().journal.writing(mine.conf, actor=INVITED) as write:
        url = answering.join(write, mine.session_id, mine.guest_id)
    return _private(make_response(redirect(url, 303)))


def _found(token: str) -> Invitation:
    with current_hub().database.reading() as db:
        return _entered(db, token)


def _entered(db: Session, token: str) -> Invitation:
    """Return the invitation with this secret, and answer as its conference; raises NotFound."""
    mine = invitation_store.find_by_token(db, token)
    if mine is None:
        raise NotFound(msg("이 초대 링크는 쓸 수 없습니다. 가장 최근에 받은 메일의 링크로 다시 열어 주세요."))
    enter_by_secret(db, mine.conf)
    return mine


def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
