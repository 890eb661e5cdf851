"""The desk's pages of answers and attendance: what came back, what waits for somebody, and who took part."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.attendance.choosing import LinesByKind
from conference_hub.attendance.host_lists import Match, chosen, matched, read_list, unclear
from conference_hub.attendance.pasted import LIST_BYTES, pasted_rows
from conference_hub.core.errors import Invalid, msg
from conference_hub.followup import answer_store, answering, invitation_store, sign_up_store, store
from conference_hub.followup.answers import Tally, tally
from conference_hub.followup.attended import minutes_of
from conference_hub.followup.desk_requests import AddGuest, MeetingReport
from conference_hub.followup.model import OnlineSession, seated
from conference_hub.outbox.mailbox_store import find_reading
from conference_hub.people.store import all_guests, guests_of, holder_of
from conference_hub.web.bodies import bounded
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Nothing

followup_answers_bp = Blueprint("followup_answers", __name__, url_prefix="/c/<conf>/desk/follow-up")

ROWS_PER_TURN = 50
SHOWN = 300
"""Lines of a report that are shown of each kind before it is taken."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A session with what those who have a seat answered, and how many attended."""

    online: OnlineSession
    tally: Tally
    attended: int


@followup_answers_bp.get("/answers")
@allow(Role.ORGANISER)
def answers(conf: str) -> ResponseReturnValue:
    """Show the answers of each session, what waits for somebody, and whether the mailbox is read."""
    mailbox = current_hub().settings.mailbox
    with current_hub().database.reading() as db:
        attended = answer_store.joined_counts(db, conf)
        sessions = [
            Answered(online=online, tally=_tally(db, conf, online), attended=attended.get(online.id, 0))
            for online in store.public_sessions(db, conf)
        ]
        waiting = answer_store.strays(db, conf)
        known = [one.guest_id for one in waiting if one.guest_id]
        guests = {guest.id: guest for guest in guests_of(db, conf, known)}
        reading = find_reading(db, mailbox.name) if mailbox else None
    return render_template(
        "followup/desk_answers.html",
        sessions=sessions,
        titles={one.online.id: one.online.title for one in sessions},
        waiting=waiting,
        guests=guests,
        mailbox=mailbox,
        reading=reading,
    )


@followup_answers_bp.post("/answers/<stray_id>/assign")
@allow(Role.ORGANISER)
@takes_form(AddGuest, answers)
def assign(form: AddGuest, conf: str, stray_id: str) -> ResponseReturnValue:
    """Take an answer that waits as that of a guest."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        stray = answer_store.get_stray(write.session, conf, stray_id)
        guest_id = holder_of(write.session, conf, form.guest)
        if guest_id is None:
            raise Invalid(msg("이 이메일이나 번호의 참석자가 명단에 없습니다."), field="guest")
        counted = answering.assign(write, stray.id, guest_id)
    if counted:
        flash(_("회신을 참석자의 답으로 기록했습니다."), "good")
    else:
        flash(_("더 나중의 답이나 일정이 있어, 이 회신은 세지 않았습니다."), "warn")
    return redirect(url_for(".answers", conf=conf))


@followup_answers_bp.post("/answers/<stray_id>/discard")
@allow(Role.ORGANISER)
@takes_form(Nothing, answers)
def discard(_form: Nothing, conf: str, stray_id: str) -> ResponseReturnValue:
    """Remove an answer that waits."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        answering.discard(write, stray_id)
    return redirect(url_for(".answers", conf=conf))


@followup_answers_bp.get("/<session_id>/attendance")
@allow(Role.ORGANISER)
def attendance(conf: str, session_id: str) -> ResponseReturnValue:
    """Show who attended a session, and the form that takes the meeting's report; raises NotFound."""
    with current_hub().database.reading() as db:
        online = store.get_public_session(db, conf, session_id)
        joined = answer_store.joined(db, conf, session_id)
        guests = {guest.id: guest for guest in guests_of(db, conf, list(joined))}
        counted = _tally(db, conf, online)
    return render_template(
        "followup/desk_attendance.html",
        online=online,
        joined=[(guests[guest], one) for guest, one in joined.items()],
        tally=counted,
    )


@followup_answers_bp.post("/<session_id>/attendance")
@allow(Role.ORGANISER)
@bounded(LIST_BYTES)
@takes_form(MeetingReport, attendance)
def take_report(form: MeetingReport, conf: str, session_id: str) -> ResponseReturnValue:
    """Show what a report means; write it down once that was confirmed, and everybody is known who was said to be there.

    Raises NotFound, and Invalid (`listed`) for a report that cannot be read, or names no guest.
    """
    with current_hub().database.reading() as db:
        online = store.get_public_session(db, conf, session_id)
        found = _matches(db, conf, online, form)
    minutes = minutes_of(online, chosen(found, form.picks))
    if not form.confirmed or unclear(found, form.picks):
        return _preview(online, form, found, len(minutes))
    if not minutes:
        raise Invalid(msg("명단의 사람과 맞는 줄이 없습니다."), field="listed")
    with current_hub().journal.writing(conf, actor=actor()) as write:
        count = answering.take_minutes(write, session_id, minutes)
    flash(ngettext("%(num)d명의 참여를 기록했습니다.", "%(num)d명의 참여를 기록했습니다.", count), "good")
    return redirect(url_for(".attendance", conf=conf, session_id=session_id))


def _tally(db: Session, conf: str, online: OnlineSession) -> Tally:
    places = sign_up_store.sign_ups(db, conf, online.id)
    seats = [one.guest_id for one in places[: seated(online, places)]]
    return tally(invitation_store.of_session(db, conf, online.id), seats)


def _matches(db: Session, conf: str, online: OnlineSession, form: MeetingReport) -> list[Match]:
    zone = conference().zone
    in_turns = partial(current_hub().in_turns, every=ROWS_PER_TURN)
    day = online.starts_at.astimezone(zone).date()
    lines = read_list(pasted_rows(form.listed), zone, day, in_turns=in_turns)
    return list(in_turns(matched(lines, all_guests(db, conf), form.words)))


def _preview(
    online: OnlineSession, form: MeetingReport, found: list[Match], count: int
) -> ResponseReturnValue:
    kinds = LinesByKind.of(found)
    return render_template(
        "followup/desk_report.html",
        online=online,
        sent=form,
        count=count,
        kinds=kinds,
        people=kinds.people,
        picks=form.picks,
        unclear=unclear(found, form.picks) if form.confirmed else 0,
        most=SHOWN,
        in_turns=partial(current_hub().in_turns, every=ROWS_PER_TURN),
    )
