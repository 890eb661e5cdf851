"""A guest's own agenda on their pages, and keeping things in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import actor, conference, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.calendars.subscribing import Subscription
from conference_hub.core.errors import Forbidden, msg
from conference_hub.followup import keeping, own_calendar_store
from conference_hub.followup.own_agenda import Entry, ItemKind, KeptItem, arranged
from conference_hub.followup.pages import own_subscription, page
from conference_hub.followup.requests import KeepItem
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import GUEST_POST, guest, limiter

followup_agenda_bp = Blueprint("followup_agenda", __name__)

PAGES = {"overview": "", "follow-up": "follow-up", "me": "me"}
"""Where a thing is kept from: the paths of the pages."""


@dataclass(frozen=True, kw_only=True)
class OwnAgenda:
    """A guest's agenda as their pages show it; `feed` is None while there is no address for it."""

    entries: list[Entry]
    feed: Subscription | None

    @property
    def segments(self) -> set[str]:
        """The ids of the kept segments."""
        return {one.item.what.id for one in self.entries if one.item.what.kind is ItemKind.SEGMENT}


@followup_agenda_bp.app_context_processor
def _own() -> dict[str, Any]:
    return {"own_agenda": own_agenda}


def own_agenda() -> OwnAgenda | None:
    """Return the agenda of the guest who sent the running request; None for anybody else."""
    conf = conference().slug
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        return None
    with current_hub().database.reading() as db:
        entries = arranged(keeping.agenda_of(db, conf, guest_id))
        token = own_calendar_store.find_calendar_token(db, conf, guest_id)
    return OwnAgenda(entries=entries, feed=own_subscription(token) if token else None)


@followup_agenda_bp.post("/c/<conf>/me/agenda")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(KeepItem, page)
def keep(form: KeepItem, conf: str) -> ResponseReturnValue:
    """Keep a session or a segment of the day in the guest's agenda, or take it out; then show the page again."""
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        raise Forbidden(msg("등록된 참석자의 페이지입니다."))
    item = KeptItem(kind=ItemKind(form.kind), id=form.item)
    change = keeping.keep if form.action == "keep" else keeping.drop
    with current_hub().journal.writing(conf, actor=actor()) as write:
        change(write, guest_id, item)
    return redirect(f"/c/{conf}/{PAGES[form.page]}#{_anchor(item, form.page)}")


def _anchor(item: KeptItem, shown_on: str) -> str:
    """Return which part of the page is about an item."""
    if shown_on == "me":
        return "my-agenda"
    return item.id if item.kind is ItemKind.SESSION else f"segment-{item.id}"
