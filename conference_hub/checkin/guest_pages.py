"""The desk's pages of the guest list: the list with its filters, one guest, and what is done with several at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from conference_hub.access import listing
from conference_hub.access.listing import GivenLink
from conference_hub.access.middleware import actor
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.access.revoking import revoke_link
from conference_hub.checkin import badge_store, door_store, guest_actions, guest_bulk, search, store
from conference_hub.checkin.answers import REASONS
from conference_hub.checkin.guest_choice import meant
from conference_hub.checkin.guest_form import as_typed, written_by
from conference_hub.checkin.guest_list import (
    Came,
    Given,
    Page,
    Printed,
    Sort,
    page_of,
    printed,
)
from conference_hub.checkin.guest_requests import (
    BulkAction,
    EditGuest,
    GuestsQuery,
    RemoveGuest,
    SelectedGuests,
)
from conference_hub.checkin.mode_mails import tell_modes
from conference_hub.checkin.options import group_options, labelled
from conference_hub.checkin.qr import badge_svg
from conference_hub.checkin.scans import scans_of
from conference_hub.checkin.veiling import veil
from conference_hub.conferences.place_store import all_channels
from conference_hub.core.errors import NotFound, Refused, msg
from conference_hub.core.ids import new_id
from conference_hub.core.now import iso
from conference_hub.core.sighted import mark_of
from conference_hub.gates.store import all_gates
from conference_hub.people import notices, readings
from conference_hub.people import store as people
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import Guest, GuestId, Mode, offered_modes
from conference_hub.people.readings import GuestPage
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import name_actor, translate_message
from conference_hub.web.requests import Nothing, takes

guest_pages_bp = Blueprint("guest_pages", __name__)


@guest_pages_bp.get("/c/<conf>/desk/guests")
@allow(Role.ORGANISER)
def earlier_address(conf: str) -> ResponseReturnValue:
    """Redirect to where the guest list is now."""
    return redirect(url_for(".guests", conf=conf))


@guest_pages_bp.get("/c/<conf>/desk/people")
@allow(Role.ORGANISER)
@takes(GuestsQuery)
def guests(query: GuestsQuery, conf: str) -> ResponseReturnValue:
    """Show a page of the guest list; who is in is kept up to date by the operator stream."""
    readings.note(current_hub().database, conf, actor(), GuestPage.LIST, current_hub().now())
    with current_hub().database.reading() as db:
        page = page_of(meant(db, conf, query), query.page)
        current_hub().pause()
        return render_template("checkin/guests.html", **_list_page(db, conf, query, page))


@guest_pages_bp.get("/c/<conf>/desk/people/new")
@allow(Role.ORGANISER)
def new_guest(conf: str) -> ResponseReturnValue:
    """Show the form of a new guest."""
    with current_hub().database.reading() as db:
        return render_template("checkin/guest.html", guest=None, changed_at=None, **_choices(db, conf, None))


@guest_pages_bp.post("/c/<conf>/desk/people/new")
@allow(Role.ORGANISER)
@takes_form(EditGuest, new_guest)
def add_guest(form: EditGuest, conf: str) -> ResponseReturnValue:
    """Add a guest, with a badge."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        guest = written_by(write, form, GuestId(new_id()), None)
        guest_actions.register_guests(write, [guest])
    flash(_("%(name)s 님을 명단에 더했습니다.", name=guest.shown.ko or guest.shown.en), "good")
    return redirect(url_for(".guest", conf=conf, guest_id=guest.id))


@guest_pages_bp.get("/c/<conf>/desk/people/<guest_id>")
@allow(Role.ORGANISER)
def guest(conf: str, guest_id: str) -> ResponseReturnValue:
    """Show everything about one guest."""
    with current_hub().database.reading() as db:
        found = people.get_guest(db, conf, guest_id)
        page = render_template(
            "checkin/guest.html", **_guest_page(db, conf, found), **_choices(db, conf, found)
        )
    readings.note(current_hub().database, conf, actor(), GuestPage.GUEST, current_hub().now(), found.id)
    return page


@guest_pages_bp.post("/c/<conf>/desk/people/<guest_id>")
@allow(Role.ORGANISER)
@takes_form(EditGuest, guest)
def edit_guest(form: EditGuest, conf: str, guest_id: str) -> ResponseReturnValue:
    """Change a guest; refused when somebody else did since the form was opened."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        before = people.get_guest(write.session, conf, guest_id)
        if form.seen != mark_of(before):
            by = people.last_change(write.session, conf, guest_id)[1]
            raise Refused(
                msg(
                    "그 사이 %(by)s 님이 이 사람의 정보를 바꾸었습니다. 지금 값과 비교한 뒤 다시 저장하세요."
                ),
                code="changed_since",
                by=by or _("다른 사람"),
            )
        after = written_by(write, form, before.id, before)
        tell_modes(current_hub(), write, [before], [after])
        guest_actions.change_guests(write, [after], followed=current_hub().guests_changed)
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".guest", conf=conf, guest_id=guest_id))


@guest_pages_bp.post("/c/<conf>/desk/people/<guest_id>/personal-links/<given_id>/end")
@allow(Role.ORGANISER)
@takes_form(Nothing, guest)
def end_link(_form: Nothing, conf: str, guest_id: str, given_id: str) -> ResponseReturnValue:
    """End one of a guest's links, and sign out the browsers that used it; raises NotFound for another guest's."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        links = listing.all_personal_links(write.session, conf, guest_id)
        link = next((link for link in links if link.id == given_id), None)
        if link is None:
            raise NotFound(msg("그런 링크가 없거나 이미 회수했습니다."))
        if link.revoked_at is None:
            revoke_link(write, given_id)
    hub.tell_ended()
    flash(_("링크를 끝냈습니다."), "good")
    return redirect(url_for(".guest", conf=conf, guest_id=guest_id, _anchor="link-title"))


@guest_pages_bp.post("/c/<conf>/desk/people/<guest_id>/remove")
@allow(Role.ORGANISER)
@takes_form(RemoveGuest, guest)
def remove_guest(_form: RemoveGuest, conf: str, guest_id: str) -> ResponseReturnValue:
    """Take a guest off the list; refused while an award hangs on them."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        found = people.get_guest(write.session, conf, guest_id)
        guest_actions.remove_guests(write, [found.id], ties=hub.guest_ties, leaving=hub.guests_leaving)
    hub.tell_ended()
    flash(_("%(name)s 님을 명단에서 삭제했습니다.", name=found.shown.ko or found.shown.en), "good")
    return redirect(url_for(".guests", conf=conf))


@guest_pages_bp.get("/c/<conf>/desk/people/selected")
@allow(Role.ORGANISER)
def selection(conf: str) -> ResponseReturnValue:
    """Show the list: a selection is not kept."""
    query = GuestsQuery()
    with current_hub().database.reading() as db:
        page = page_of(meant(db, conf, query), 1)
        return render_template("checkin/guests.html", **_list_page(db, conf, query, page))


@guest_pages_bp.post("/c/<conf>/desk/people/selected")
@allow(Role.ORGANISER)
@takes_form(SelectedGuests, selection)
def with_selected(form: SelectedGuests, conf: str) -> ResponseReturnValue:
    """Ask whether to do something with several guests, then do it."""
    with current_hub().database.reading() as db:
        picked = meant(db, conf, form) if form.every else people.guests_of(db, conf, form.pick)
        groups = all_groups(db, conf)
        tied = guest_bulk.tied(db, conf, picked) if form.action is BulkAction.REMOVE else []
        party = guest_bulk.party_name(db, conf, picked) if form.action is BulkAction.PARTY else ""
    crowd = guest_bulk.crowd(form, picked)
    back = url_for(".guests", conf=conf, **form.given())
    if not picked:
        flash(_("먼저 사람을 고르세요."), "warn")
        return redirect(back)
    if form.action is BulkAction.PRINT:
        only = {} if form.every else {"only": ",".join(guest.id for guest in picked)}
        return redirect(url_for("badge_pages.badges", conf=conf, **(form.given() if form.every else only)))
    ready = form.confirmed and form.count == len(picked) and not tied and not crowd
    if ready and guest_bulk.complete(form, groups):
        return guest_bulk.do(form, conf, picked, back)
    return render_template(
        "checkin/selected.html",
        sent=form,
        picked=picked,
        tied=tied,
        changed=form.confirmed and form.count != len(picked),
        incomplete=form.confirmed and not guest_bulk.complete(form, groups),
        party=party,
        crowd=crowd,
        back=back,
        group_options=group_options(groups),
        mode_options=labelled(Mode),
    )


def _list_page(db: Session, conf: str, query: GuestsQuery, page: Page) -> dict[str, Any]:
    veiled, ids = veil(db, conf), [guest.id for guest in page.guests]
    if any(veiled(guest) != guest for guest in page.guests):
        _note_awards_shown()
    links = listing.personal_links_of(db, conf, current_hub().now(), ids)
    presences = store.presences_of(db, conf, ids)
    badges = badge_store.badge_states_of(db, conf, ids)
    return {
        "page": page,
        "query": query,
        "filtered": bool(query.given()),
        "total": len(search.guests(db, conf)),
        "groups": all_groups(db, conf),
        "modes": list(Mode),
        "presences": presences,
        "badges": {guest_id: printed(badges.get(guest_id)) for guest_id in ids},
        "links": {guest_id: shown_link(link) for guest_id, link in links.items()},
        "actions": list(BulkAction),
        "kinds": {"came": Came, "badge": Printed, "sort": Sort, "given": Given},
        "group_options": group_options(all_groups(db, conf)),
        "labelled": labelled,
        "address": lambda **other: url_for(".guests", conf=conf, **{**query.given(), **other}),
    }


def _choices(db: Session, conf: str, found: Guest | None) -> dict[str, Any]:
    groups = all_groups(db, conf)
    modes = _modes(found, [channel.kind for channel in all_channels(db, conf)])
    return {
        "group_options": [("", _("구분 없음")), *group_options(groups)[:-1]],
        "mode_options": labelled(modes),
        "language_options": [("", _("정하지 않음")), *(("ko", _("한국어")), ("en", _("영어")))],
    }


def _modes(found: Guest | None, kinds: Sequence[str]) -> list[Mode]:
    """Return the ways to take part that the conference offers, and the guest's own."""
    offered = offered_modes(kinds)
    return [mode for mode in Mode if mode in offered or (found is not None and found.mode is mode)]


def _guest_page(db: Session, conf: str, found: Guest) -> dict[str, Any]:
    hub = current_hub()
    links = listing.personal_links_of(db, conf, hub.now(), [found.id])
    badge = badge_store.find_badge_state(db, conf, found.id)
    changed_at, changed_by = people.last_change(db, conf, found.id)
    awards = [name for ties in hub.guest_ties for name in ties(db, conf, [found.id]).get(found.id, [])]
    if awards:
        _note_awards_shown()
    return {
        "guest": found,
        "seen": mark_of(found),
        "badge": badge,
        "printed": printed(badge),
        "code": Markup(badge_svg(badge.token)) if badge else None,  # noqa: S704 - made of paths by us
        "link": shown_link(links[found.id]) if found.id in links else None,
        "given_links": listing.all_personal_links(db, conf, found.id),
        "at": hub.now(),
        "presence": store.find_presence(db, conf, found.id),
        "scans": scans_of(db, conf, found.id)[::-1],
        "reasons": {code.value: translate_message(reason, {}) for code, reason in REASONS.items()},
        "gates": {gate.id: gate.title for gate in all_gates(db, conf)},
        "awards": awards,
        "walk_in": door_store.find_walk_in(db, conf, found.id),
        "notice_shown": notices.last_shown(db, conf, found.id),
        "changed_at": changed_at,
        "changed_by": changed_by,
        "now": as_typed(found),
    }


def _note_awards_shown() -> None:
    """Let features know that the page says who gets which award: by ties, or as the list calls somebody."""
    for shown in current_hub().ties_shown:
        shown()


def shown_link(link: GivenLink) -> dict[str, str | None]:
    """Render a personal link for the desk: when it was made, last used and ends."""
    return {
        "made": iso(link.made_at) if link.made_at else None,
        "by": name_actor(link.made_by),
        "used": iso(link.last_used_at) if link.last_used_at else None,
        "ends": iso(link.expires_at),
    }
