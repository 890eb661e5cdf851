"""The desk's page of the conference itself: editing it, bringing it from state to state, copying and deleting it."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow, while_archived
from conference_hub.conferences import actions, lifecycle, retention
from conference_hub.conferences.colours import READABLE, contrast_with_white
from conference_hub.conferences.lifecycle import Change
from conference_hub.conferences.model import State
from conference_hub.conferences.purge_store import purges
from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import Refused, Stale, msg
from conference_hub.data.cloning import Copy, clone_conference
from conference_hub.desk import making
from conference_hub.desk.forms import edit_from
from conference_hub.desk.holdings import holdings
from conference_hub.desk.overview import state_of
from conference_hub.desk.requests import (
    CloneConference,
    DeleteConference,
    EditConference,
    MoveConference,
    zones,
)
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import render_text, translate_message
from conference_hub.web.wordings import checked_text, given_text

desk_conference_bp = Blueprint("desk_conference", __name__)


@desk_conference_bp.get("/c/<conf>/desk/conference")
@allow(Role.ORGANISER)
def edit(conf: str) -> ResponseReturnValue:
    """Show what the conference is, to be edited, and what can be done with it."""
    hub, own = current_hub(), conference()
    with hub.database.reading() as db:
        run = hub.run_progress(db, conf)
        records = purges(db, conf)
    state = lifecycle.stage(own.state, run)
    asks = [lifecycle.danger(state, change) for change in (Change.DATES, Change.TIMEZONE, Change.LANGUAGE)]
    return render_template(
        "desk/conference.html",
        state=state,
        moves=lifecycle.next_states(own.state, run),
        seen=actions.seen_of(own),
        zones=zones(),
        asks=[translate_message(words, {}) for words in asks if words],
        contrast=contrast_with_white(own.accent),
        readable=READABLE,
        stale=g.get("stale", False),
        deletable=state in lifecycle.DELETABLE,
        due=retention.is_due(own, hub.now()),
        erased=records[0] if records else None,
    )


@desk_conference_bp.post("/c/<conf>/desk/conference")
@allow(Role.ORGANISER)
@takes_form(EditConference, edit)
def save(form: EditConference, conf: str) -> ResponseReturnValue:
    """Save what was edited; what another changed meanwhile is shown instead, and nothing is overwritten."""
    hub, wanted = current_hub(), edit_from(form)
    try:
        with hub.journal.writing(conf, actor=actor()) as write:
            run = hub.run_progress(write.session, conf)
            actions.edit(write, wanted, seen=form.seen, run=run, confirmed=form.confirmed)
    except Stale:
        g.stale = True
        raise
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".edit", conf=conf))


@desk_conference_bp.post("/c/<conf>/desk/conference/state")
@allow(Role.ORGANISER)
@while_archived
@takes_form(MoveConference, edit)
def move(form: MoveConference, conf: str) -> ResponseReturnValue:
    """Bring the conference into another state."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        if form.to == "back":
            actions.bring_back(write)
        else:
            run = hub.run_progress(write.session, conf)
            actions.move(write, State(form.to), seen=form.seen, run=run)
    if form.to in {State.DRAFT, State.ARCHIVED}:
        hub.tell_ended()
    flash(_(MOVED[form.to]), "good")
    return redirect(url_for("desk_overview.overview", conf=conf))


@desk_conference_bp.get("/c/<conf>/desk/conference/delete")
@allow(Role.ORGANISER)
def delete(conf: str) -> ResponseReturnValue:
    """Show what goes when the conference is deleted, and ask for its slug."""
    state = state_of(conf)
    with current_hub().database.reading() as db:
        found = holdings(db, conf)
    return render_template(
        "desk/delete.html", state=state, deletable=state in lifecycle.DELETABLE, holdings=found
    )


@desk_conference_bp.post("/c/<conf>/desk/conference/delete")
@allow(Role.ORGANISER)
@while_archived
@takes_form(DeleteConference, delete)
def delete_post(form: DeleteConference, conf: str) -> ResponseReturnValue:
    """Delete the conference for good."""
    title = conference().title
    making.delete(current_hub(), conf, form.slug)
    g.conference = None
    flash(_("%(title)s 행사를 삭제했습니다.", title=render_text(title)), "good")
    return redirect(url_for("desk_pages.conferences") if viewer().account_id else "/")


@desk_conference_bp.get("/c/<conf>/desk/conference/clone")
@allow(Role.ORGANISER)
@while_archived
def clone(conf: str) -> ResponseReturnValue:
    """Show what a clone takes along, and ask for its name and its first day."""
    making.creator(viewer())
    own, today = conference(), current_hub().now().astimezone(conference().zone).date()
    return render_template("desk/clone.html", conf=conf, suggested=lifecycle.suggested_day(own.day, today))


@desk_conference_bp.post("/c/<conf>/desk/conference/clone")
@allow(Role.ORGANISER)
@while_archived
@takes_form(CloneConference, clone)
def clone_post(form: CloneConference, conf: str) -> ResponseReturnValue:
    """Make a clone, and lead to its desk."""
    hub, account = current_hub(), making.creator(viewer())
    with hub.database.reading() as db:
        own = get_conference(db, conf)
    title = checked_text(given_text(form, "title"), own.languages, field=f"title_{own.main_language}")
    slug = making.slug_for(hub, form.slug, title, form.first_day.year)
    copy = Copy(title=title, slug=slug, first_day=form.first_day)
    try:
        made = clone_conference(hub, own, copy, account)
    except Refused as refusal:
        raise making.taken() if refusal.code == "exists" else refusal from None
    flash(_("행사를 복제했습니다. 공개하기 전에는 운영진만 볼 수 있습니다."), "good")
    return redirect(url_for("desk_overview.overview", conf=made.slug))


MOVED = {
    State.DRAFT: msg("공개를 취소했습니다. 이제 운영진만 볼 수 있습니다."),
    State.READY: msg("행사를 공개했습니다."),
    State.LIVE: msg("진행 중으로 표시했습니다."),
    State.OVER: msg("종료했습니다."),
    State.ARCHIVED: msg("보관했습니다. 이제 읽기만 할 수 있습니다."),
    "back": msg("보관을 해제했습니다."),
}
