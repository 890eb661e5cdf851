"""The page of the follow-up, and signing up on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from conference_hub.access.middleware import actor, conference, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.calendars.subscribing import Subscription, subscription
from conference_hub.core.errors import Forbidden, msg
from conference_hub.core.text import Text
from conference_hub.followup import actions, answering, keeping, own_calendar_store, sign_up_store, store
from conference_hub.followup.feeds import FEED_NAME, MY_FEED_NAME
from conference_hub.followup.joining import Open, door
from conference_hub.followup.model import OnlineSession, Series, SeriesId, still_open
from conference_hub.followup.own_agenda import AgendaItem, ItemKind, KeptItem, arranged
from conference_hub.followup.requests import ChangeCalendar, ChangePlace, SignUpForAll
from conference_hub.followup.several import sign_up_for_all
from conference_hub.people.mail_choices import EVERYTHING, choices_of
from conference_hub.web.answers import let_forms_lead_on
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language, render_text
from conference_hub.web.limits import GUEST_POST, guest, limiter
from conference_hub.web.requests import Nothing

followup_pages_bp = Blueprint("followup_pages", __name__)


@dataclass(frozen=True, kw_only=True)
class Day:
    """The sessions of one day in the zone of the conference."""

    starts_at: datetime
    sessions: list[OnlineSession]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Signing up for several sessions at once: those of a series (None: all), how many, and how many clash."""

    series: Series | None
    count: int
    clashing: int


@followup_pages_bp.get("/c/<conf>/follow-up")
@allow(Role.PUBLIC, Role.ATTENDEE)
def page(conf: str) -> ResponseReturnValue:
    """Show the sessions, how to put them into a calendar, and (to a registered person) where to sign up."""
    guest_id = viewer().guest_id(conf)
    now = current_hub().now()
    with current_hub().database.reading() as db:
        sessions = store.public_sessions(db, conf)
        series = store.all_series(db, conf)
        agenda = keeping.agenda_of(db, conf, guest_id) if guest_id else []
        signed_up = sign_up_store.signed_up(db, conf)
        token = own_calendar_store.find_calendar_token(db, conf, guest_id) if guest_id else None
        mails = choices_of(db, conf, [guest_id]).get(guest_id, EVERYTHING) if guest_id else EVERYTHING
    mine = {item.what.id: item for item in agenda if item.what.kind is ItemKind.SESSION}
    used = {online.series_id for online in sessions}
    seats = {item.what.id for item in agenda if item.seat}
    open_now = {one.id for one in sessions if one.id in seats and isinstance(door(one, now), Open)}
    if open_now:
        let_forms_lead_on()
    return render_template(
        "followup/page.html",
        days=_days([one for one in sessions if now < one.ends_at]),
        past=_days([one for one in sessions if now >= one.ends_at]),
        series=series,
        mine=mine,
        clashes={one.id: _clashes(one, agenda) for one in sessions if still_open(one, now)},
        offers=_offers(sessions, series, agenda, now) if guest_id else [],
        signed_up=signed_up,
        now=now,
        open_now=open_now,
        guest_id=guest_id,
        mails=mails,
        my_feed=own_subscription(token) if token else None,
        feed=_subscription(conf, "follow-up", FEED_NAME),
        series_feeds=[
            _subscription(conf, f"follow-up/series/{one.id}", one.title)
            for one in series.values()
            if one.id in used and used != {one.id}
        ],
    )


@followup_pages_bp.post("/c/<conf>/follow-up/<session_id>/sign-up")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(ChangePlace, page)
def sign_up(form: ChangePlace, conf: str, session_id: str) -> ResponseReturnValue:
    """Sign up or withdraw, then show the page again."""
    guest_id = _own_guest_id(conf)
    change = actions.sign_up if form.action == "take" else actions.withdraw
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        change(hub, write, session_id, guest_id)
    return redirect(url_for(".page", conf=conf, _anchor=session_id))


@followup_pages_bp.post("/c/<conf>/follow-up/sign-up")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(SignUpForAll, page)
def sign_up_for_several(form: SignUpForAll, conf: str) -> ResponseReturnValue:
    """Sign up for each session that is still to come, and say which were full and which clash."""
    guest_id = _own_guest_id(conf)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        found = sign_up_for_all(current_hub(), write, guest_id, form.series)
        agenda = keeping.agenda_of(write.session, conf, guest_id)
    if found.taken:
        count = len(found.taken)
        flash(ngettext("세션 %(num)d개를 신청했습니다.", "세션 %(num)d개를 신청했습니다.", count), "good")
    waits = [item for item in agenda if item.waits and item.what.id in {one.id for one in found.taken}]
    if waits:
        flash(_("자리가 나기를 기다리는 세션: %(titles)s", titles=_titles(waits)), "info")
    if found.full:
        flash(_("정원이 차서 신청하지 못한 세션: %(titles)s", titles=_titles(found.full)), "warn")
    clashing = [one.item for one in arranged(agenda) if one.clashes and not one.item.cancelled]
    if clashing:
        flash(_("서로 겹치는 일정: %(titles)s", titles=_titles(clashing)), "warn")
    return redirect(url_for(".page", conf=conf))


@followup_pages_bp.post("/c/<conf>/follow-up/calendar")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(ChangeCalendar, page)
def change_calendar(form: ChangeCalendar, conf: str) -> ResponseReturnValue:
    """Give the guest's own calendar a new address, or end it, then show the page again."""
    guest_id = _own_guest_id(conf)
    change = actions.renew_calendar if form.action == "renew" else actions.end_calendar
    with current_hub().journal.writing(conf, actor=actor()) as write:
        change(write, guest_id)
    if form.action == "renew":
        flash(_("새 주소를 만들었습니다. 캘린더에 다시 구독해 주세요."), "good")
    else:
        flash(_("내 캘린더 주소를 없앴습니다."), "good")
    return redirect(url_for(".page", conf=conf, _anchor="subscribe-title"))


@followup_pages_bp.post("/c/<conf>/follow-up/<session_id>/join")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(Nothing, page)
def join(_form: Nothing, conf: str, session_id: str) -> ResponseReturnValue:
    """Let a guest with a seat into a session: write down that they attend, and lead on to the meeting."""
    guest_id = _own_guest_id(conf)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        url = answering.join(write, session_id, guest_id)
    return redirect(url, 303), {"Cache-Control": "no-store"}


def own_subscription(token: str) -> Subscription:
    """Return the ways into a guest's own calendar, which speaks its owner's language."""
    return subscription(f"{current_hub().settings.public_url}/cal/{token}.ics", render_text(MY_FEED_NAME))


def _subscription(conf: str, path: str, name: Text) -> Subscription:
    """Return the ways into a feed in the language of the page: what fetches it sends none."""
    address = f"{current_hub().settings.public_url}/c/{conf}/{path}.ics?lang={language()}"
    return subscription(address, render_text(name))


def _own_guest_id(conf: str) -> str:
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        raise Forbidden(msg("등록된 참석자만 신청할 수 있습니다."))
    return guest_id


def _days(sessions: Iterable[OnlineSession]) -> list[Day]:
    zone = conference().zone
    by_day: dict[date, list[OnlineSession]] = {}
    for online in sessions:
        by_day.setdefault(online.starts_at.astimezone(zone).date(), []).append(online)
    return [Day(starts_at=inside[0].starts_at, sessions=inside) for inside in by_day.values()]


def _clashes(online: OnlineSession, agenda: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Return what of somebody's agenda overlaps a session."""
    return list(filter(_as_item(online).clashes_with, agenda))


def _offers(
    sessions: Iterable[OnlineSession],
    series: Mapping[SeriesId, Series],
    agenda: Sequence[AgendaItem],
    now: datetime,
) -> list[Offer]:
    """Return what can be signed up for with one press: all, and each series, where more than one session is left."""
    mine = {item.what.id for item in agenda if item.seat or item.waits}
    left = [one for one in sessions if still_open(one, now) and one.id not in mine]
    chosen = [
        (None, left),
        *((one, [held for held in left if held.series_id == one.id]) for one in series.values()),
    ]
    return [
        Offer(series=which, count=len(inside), clashing=_clashing(inside, agenda))
        for which, inside in chosen
        if len(inside) > 1 and (which is None or len(inside) < len(left))
    ]


def _clashing(asked: Sequence[OnlineSession], agenda: Sequence[AgendaItem]) -> int:
    """Return how many of some sessions overlap each other or what is in an agenda."""
    items = [_as_item(one) for one in asked]
    return sum(any(map(item.clashes_with, (*items, *agenda))) for item in items)


def _as_item(online: OnlineSession) -> AgendaItem:
    return AgendaItem(
        what=KeptItem(kind=ItemKind.SESSION, id=online.id),
        title=online.title,
        starts_at=online.starts_at,
        ends_at=online.ends_at,
        cancelled=online.is_cancelled,
    )


def _titles(things: Iterable[OnlineSession | AgendaItem]) -> str:
    return ", ".join(render_text(one.title) for one in things)
