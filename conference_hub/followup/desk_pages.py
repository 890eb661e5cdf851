"""The desk's pages of online sessions: the list, the form of one, and who signed up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.sighted import mark_of, require_same
from conference_hub.followup import (
    actions,
    ledger,
    model,
    notice_store,
    notices,
    preparing,
    sign_up_store,
    store,
)
from conference_hub.followup.asking import ask_whether_to_tell, switched, when_told
from conference_hub.followup.desk_requests import (
    AddGuest,
    CopyWeekly,
    LaterQuery,
    RemoveGuest,
    Seen,
    SessionForm,
    SignUpsQuery,
)
from conference_hub.followup.keys import session_key
from conference_hub.followup.ledger import Shown
from conference_hub.followup.listed import read_materials, read_speakers, write_materials, write_speakers
from conference_hub.followup.model import (
    OnlineSession,
    SeriesId,
    SessionId,
    SessionStatus,
    begins_in_the_past,
)
from conference_hub.people.store import guests_of, holder_of
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.local_time import instant
from conference_hub.web.requests import takes
from conference_hub.web.wordings import given_text, required_text

PREFIX = "/c/<conf>/desk/follow-up"
MOST_LATER_MIN = 7 * 24 * 60
ROWS = 100
"""Sign-ups on one page."""
followup_desk_bp = Blueprint("followup_desk", __name__, url_prefix=PREFIX)


@followup_desk_bp.get("")
@allow(Role.ORGANISER)
def sessions(conf: str) -> ResponseReturnValue:
    """Show the sessions, drafts included, and the series."""
    with current_hub().database.reading() as db:
        return render_template(
            "followup/desk_list.html",
            sessions=store.all_sessions(db, conf),
            series=store.all_series(db, conf),
            signed_up=sign_up_store.signed_up(db, conf),
            waiting=notices.waiting(db, conf, current_hub().now()),
            overtaken=store.overtaken_now(db, conf, current_hub().now()),
        )


@followup_desk_bp.get("/new")
@allow(Role.ORGANISER)
def new_session(conf: str) -> ResponseReturnValue:
    """Show the form of a new session."""
    return _form(conf, None)


@followup_desk_bp.post("/new")
@allow(Role.ORGANISER)
@takes_form(SessionForm, new_session)
def add_session(form: SessionForm, conf: str) -> ResponseReturnValue:
    """Add a session as a draft."""
    session_id = SessionId(new_id())
    with current_hub().journal.writing(conf, actor=actor()) as write:
        preparing.put_session(write, _session(write, form, session_id, None))
    flash(_("초안으로 저장했습니다. 공개하기 전에는 주최자만 볼 수 있습니다."), "good")
    return redirect(url_for(".edit_session", conf=conf, session_id=session_id))


@followup_desk_bp.get("/<session_id>")
@allow(Role.ORGANISER)
@takes(LaterQuery)
def edit_session(query: LaterQuery, conf: str, session_id: str) -> ResponseReturnValue:
    """Show the form of a session, filled in with a later time where the address says so; raises NotFound."""
    return _form(conf, session_id, timedelta(minutes=min(query.later, MOST_LATER_MIN)))


@followup_desk_bp.post("/<session_id>")
@allow(Role.ORGANISER)
@takes_form(SessionForm, edit_session)
def change_session(form: SessionForm, conf: str, session_id: str) -> ResponseReturnValue:
    """Change a session; refused when somebody else changed it since the form was made."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        before = _seen(write, session_id, form.seen)
        wanted = _session(write, form, before.id, before)
        if not form.tell:
            ask_whether_to_tell(write, before, wanted)
        preparing.put_session(write, wanted)
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".edit_session", conf=conf, session_id=session_id))


@followup_desk_bp.post("/<session_id>/announce")
@allow(Role.ORGANISER)
@takes_form(Seen, edit_session)
def announce(form: Seen, conf: str, session_id: str) -> ResponseReturnValue:
    """Make a draft known to everybody."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        preparing.announce(write, _seen(write, session_id, form.seen).id)
    flash(_("공개했습니다."), "good")
    return redirect(url_for(".edit_session", conf=conf, session_id=session_id))


@followup_desk_bp.post("/<session_id>/cancel")
@allow(Role.ORGANISER)
@takes_form(Seen, edit_session)
def cancel(form: Seen, conf: str, session_id: str) -> ResponseReturnValue:
    """Cancel a session; it stays in calendars, marked as cancelled."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        actions.cancel(write, _seen(write, session_id, form.seen).id, seen=None)
    flash(_("취소했습니다. 캘린더에는 취소된 일정으로 남습니다."), "good")
    return redirect(url_for(".edit_session", conf=conf, session_id=session_id))


@followup_desk_bp.post("/<session_id>/restore")
@allow(Role.ORGANISER)
@takes_form(Seen, edit_session)
def restore(form: Seen, conf: str, session_id: str) -> ResponseReturnValue:
    """Let a cancelled session take place after all."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        actions.restore(write, _seen(write, session_id, form.seen).id, seen=None)
    flash(_("취소를 되돌렸습니다. 신청은 그대로 남아 있습니다."), "good")
    return redirect(url_for(".edit_session", conf=conf, session_id=session_id))


@followup_desk_bp.post("/<session_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Seen, edit_session)
def remove(form: Seen, conf: str, session_id: str) -> ResponseReturnValue:
    """Remove a draft."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        preparing.remove(write, _seen(write, session_id, form.seen).id)
    flash(_("삭제했습니다."), "good")
    return redirect(url_for(".sessions", conf=conf))


@followup_desk_bp.post("/<session_id>/copy")
@allow(Role.ORGANISER)
@takes_form(CopyWeekly, edit_session)
def copy(form: CopyWeekly, conf: str, session_id: str) -> ResponseReturnValue:
    """Add drafts like a session, each a week after the one before."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        preparing.copy_weekly(write, session_id, form.times, conference().zone, hub.settings.public_url)
    flash(_("초안 %(count)s개를 만들었습니다.", count=form.times), "good")
    return redirect(url_for(".sessions", conf=conf))


@followup_desk_bp.get("/<session_id>/sign-ups")
@allow(Role.ORGANISER)
@takes(SignUpsQuery)
def sign_ups(query: SignUpsQuery, conf: str, session_id: str) -> ResponseReturnValue:
    """Show who signed up for a session and what they were told, the earliest first, a page at a time.

    Raises NotFound.
    """
    with current_hub().database.reading() as db:
        online = store.get_session(db, conf, session_id)
        everybody = ledger.lines(db, online)
        found = ledger.shown(everybody, query.show)
        pages = max(1, -(-len(found) // ROWS))
        page = min(max(1, query.page), pages)
        lines = found[(page - 1) * ROWS : page * ROWS]
        guests = {guest.id: guest for guest in guests_of(db, conf, [one.standing.guest_id for one in lines])}
        others = {one.id: one for one in store.all_sessions(db, conf) if model.overlap(one, online)}
        clashes = sign_up_store.places_of_guests(db, conf, list(guests), list(others)) if others else {}
    return render_template(
        "followup/desk_sign_ups.html",
        online=online,
        lines=lines,
        counts=ledger.counts(everybody),
        shown=query.show,
        choices=Shown,
        guests=guests,
        others=others,
        clashes=clashes,
        seats=sum(1 for one in everybody if one.standing.seated),
        page=page,
        pages=pages,
        may_invite=not online.is_cancelled and current_hub().now() < online.ends_at,
    )


@followup_desk_bp.post("/<session_id>/sign-ups")
@allow(Role.ORGANISER)
@takes_form(AddGuest, sign_ups)
def add_guest(form: AddGuest, conf: str, session_id: str) -> ResponseReturnValue:
    """Sign a guest up."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        store.get_session(write.session, conf, session_id)
        actions.sign_up(hub, write, session_id, _guest_id(write.session, conf, form.guest))
    flash(_("신청자에 추가했습니다."), "good")
    return redirect(url_for(".sign_ups", conf=conf, session_id=session_id))


@followup_desk_bp.post("/<session_id>/sign-ups/<guest_id>/remove")
@allow(Role.ORGANISER)
@takes_form(RemoveGuest, sign_ups)
def remove_guest(_form: RemoveGuest, conf: str, session_id: str, guest_id: str) -> ResponseReturnValue:
    """Remove a guest's sign-up."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        actions.withdraw(hub, write, session_id, guest_id)
    flash(_("신청을 뺐습니다."), "good")
    return redirect(url_for(".sign_ups", conf=conf, session_id=session_id))


def _form(conf: str, session_id: str | None, later: timedelta = timedelta(0)) -> ResponseReturnValue:
    with current_hub().database.reading() as db:
        online = store.get_session(db, conf, session_id) if session_id else None
        series = store.all_series(db, conf)
        count = sign_up_store.signed_up(db, conf).get(online.id, 0) if online else 0
        change = switched(db, online) if online else None
        when = when_told(notice_store.setup_of(db, conf))
    zone = conference().zone
    return render_template(
        "followup/desk_session.html",
        online=online,
        series=series,
        count=count,
        switched=change,
        when=when,
        speakers=write_speakers(online.speakers) if online else "",
        materials=write_materials(online.materials, zone) if online else "",
        seen=mark_of(online) if online else "",
        later=later,
    )


def _seen(write: Write, session_id: str, seen: str | None) -> OnlineSession:
    online = store.get_session(write.session, write.conf, session_id)
    require_same(write, seen or "", online, session_key(online.id))
    return online


def _session(
    write: Write, form: SessionForm, session_id: SessionId, before: OnlineSession | None
) -> OnlineSession:
    zone = conference().zone
    opens = form.link_opens_at
    stated = OnlineSession(
        id=session_id,
        conf=write.conf,
        title=required_text(form, "title", conference().languages),
        description=given_text(form, "description"),
        starts_at=instant(form.starts_at, zone, field="starts_at"),
        ends_at=instant(form.ends_at, zone, field="ends_at"),
        url=form.url,
        uid=preparing.uid_of(session_id, write.conf, current_hub().settings.public_url),
        sequence=0,
        status=SessionStatus.DRAFT,
        changed_at=write.at,
        capacity=form.capacity,
        series_id=SeriesId(form.series) if form.series else None,
        speakers=read_speakers(form.speakers),
        host=given_text(form, "host"),
        waits=form.waits,
        link_opens_at=instant(opens, zone, field="link_opens_at") if opens else None,
        materials=read_materials(form.materials, zone),
        cases=given_text(form, "cases"),
    )
    if not form.past and begins_in_the_past(before, stated.starts_at, write.at):
        raise Invalid(
            msg("시작 시각이 이미 지났습니다. 그래도 저장하려면 위에 표시해 주세요."),
            code="past",
            field="past",
        )
    return replace(stated, uid=before.uid) if before else stated


def _guest_id(session: Session, conf: str, words: str) -> str:
    found = holder_of(session, conf, words)
    if found is None:
        raise Invalid(msg("이 이메일이나 번호의 참석자가 명단에 없습니다."), field="guest")
    return found
