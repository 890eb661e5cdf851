"""The desk's pages of badges: what they show, the sheet to print, and what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from conference_hub.access.middleware import actor
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.checkin import badge_store, guest_actions, store
from conference_hub.checkin.badge_design import BadgeDesign, BadgeState, Layout, Shown
from conference_hub.checkin.guest_choice import meant
from conference_hub.checkin.guest_list import Printed, page_of
from conference_hub.checkin.guest_requests import DesignBadges, PrintedBadges, SheetQuery
from conference_hub.checkin.options import labelled
from conference_hub.checkin.qr import badge_svg
from conference_hub.checkin.veiling import veil
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.core.sighted import changed_meanwhile, mark_of
from conference_hub.core.text import Text
from conference_hub.people import readings
from conference_hub.people import store as people
from conference_hub.people.disclosures import DisclosureKind, Reason, disclose
from conference_hub.people.group_store import all_groups
from conference_hub.people.keys import GUEST_LIST
from conference_hub.people.model import Guest, GuestId, Mode
from conference_hub.people.readings import GuestPage
from conference_hub.web.answers import streamed
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes

badge_pages_bp = Blueprint("badge_pages", __name__)

BADGES_PER_TURN = 1
"""A code takes a few milliseconds to draw."""
ON_A_SHEET = 100
"""Badges on a page: browsers and printers bear no more, and drawing them takes a moment."""
SAMPLE_TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # noqa: S105 - opens nothing


@badge_pages_bp.get("/c/<conf>/desk/badges")
@allow(Role.ORGANISER)
@takes(SheetQuery)
def badges(query: SheetQuery, conf: str) -> ResponseReturnValue:
    """Show the badges of whom the query means, to print; without any, of everybody who comes to the hall."""
    hub = current_hub()
    with hub.database.reading() as db:
        page = page_of(_guests(db, conf, query), query.page, ON_A_SHEET)
        states = badge_store.badge_states_of(db, conf, [one.id for one in page.guests])
        worn = [*map(veil(db, conf), page.guests)]
        design = badge_store.badge_design(db, conf)
        groups = all_groups(db, conf)
    readings.note(current_hub().database, conf, actor(), GuestPage.BADGES, current_hub().now())
    waiting = [one.id for one in page.guests if one.id in states and states[one.id].to_print]
    given = {**query.given(), **({"only": query.only} if query.only else {})}
    return streamed(
        "checkin/badges.html",
        badges=hub.in_turns(_drawn(worn, states), BADGES_PER_TURN),
        page=page,
        waiting=waiting,
        groups=groups,
        design=design,
        query=query,
        given=given,
        filters=query.given(),
        address=lambda number: url_for(".badges", conf=conf, **{**given, "page": number}),
        made=iso(hub.now()),
    )


@badge_pages_bp.post("/c/<conf>/desk/badges/printed")
@allow(Role.ORGANISER)
@takes_form(PrintedBadges, badges)
def badges_printed(form: PrintedBadges, conf: str) -> ResponseReturnValue:
    """Note that the badges of a sheet were printed, and who took them out; then show what is left to print."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        count = guest_actions.mark_printed(write, form.ids(), form.made)
        if count:
            disclose(write, DisclosureKind.BADGES, count, Reason.PRINTING)
    flash(_("명찰 %(count)d개를 인쇄한 것으로 표시했습니다.", count=count), "good")
    return redirect(url_for(".badges", conf=conf, **{"badge": Printed.TO_PRINT.value, **form.given()}))


@badge_pages_bp.get("/c/<conf>/desk/badges/design")
@allow(Role.ORGANISER)
def badge_design(conf: str) -> ResponseReturnValue:
    """Show what badges show, with examples."""
    with current_hub().database.reading() as db:
        design = badge_store.badge_design(db, conf)
        groups = all_groups(db, conf)
    return render_template(
        "checkin/badge_design.html",
        design=design,
        seen=_mark(design),
        groups=groups,
        layout_options=labelled(Layout),
        fields=list(Shown),
        badges=[(guest, Markup(badge_svg(SAMPLE_TOKEN))) for guest in _samples(list(groups))],  # noqa: S704 - paths
    )


@badge_pages_bp.post("/c/<conf>/desk/badges/design")
@allow(Role.ORGANISER)
@takes_form(DesignBadges, badge_design)
def save_design(form: DesignBadges, conf: str) -> ResponseReturnValue:
    """Keep what badges show; refused when somebody else changed it since the form was made."""
    design = BadgeDesign(layout=form.layout, shown=frozenset(form.shown), colours=form.colours)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        _require_same(write, form.seen)
        guest_actions.design_badges(write, design)
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".badge_design", conf=conf))


@badge_pages_bp.get("/c/<conf>/desk/badges/<guest_id>.svg")
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


def _mark(design: BadgeDesign) -> str:
    return mark_of((design.layout, sorted(design.shown), design.colours))


def _require_same(write: Write, seen: str) -> None:
    """Raise Stale when the design is not the one that the sender saw."""
    if seen != _mark(badge_store.badge_design(write.session, write.conf)):
        raise changed_meanwhile(write, [GUEST_LIST])


def _guests(db: Session, conf: str, sent: SheetQuery) -> list[Guest]:
    """Return whose badges are meant; who follows from elsewhere has none unless they are named."""
    if sent.only:
        return people.guests_of(db, conf, sent.ids())
    guests = meant(db, conf, sent)
    return guests if sent.mode else [guest for guest in guests if not guest.mode.remote]


def _drawn(
    guests: Sequence[Guest], states: dict[GuestId, BadgeState]
) -> Iterator[tuple[Guest, Markup | None]]:
    for guest in guests:
        state = states.get(guest.id)
        yield guest, Markup(badge_svg(state.token)) if state else None  # noqa: S704 - made of paths by us


def _samples(groups: Sequence[str]) -> list[Guest]:
    """Return guests whose badges are hard to fit, as an example of a layout."""
    long = "국민취업지원제도 우수사례 확산을 위한 전국 고용센터 합동 추진단 및 지역 협력 네트워크 운영 위원회 사무국"
    names = (
        ("김민수", "Kim Minsu", "천안고용센터"),
        ("María del Carmen Fernández-Villaverde y Álvarez de Toledo", None, long),
    )
    return [
        Guest(
            id=GuestId(f"sample-{place}"),
            number=str(place),
            name=name,
            label=Text(ko="팀장", en="Team lead"),
            pronunciation=pronunciation,
            organisation=organisation,
            group=next(iter(groups[place - 1 : place]), None),  # type: ignore[arg-type]
            mode=Mode.ONSITE,
            seat=f"A-{place}",
        )
        for place, (name, pronunciation, organisation) in enumerate(names, start=1)
    ]
