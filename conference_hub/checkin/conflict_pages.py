"""The inbox of conflicts: what devices did that contradicts another scan or the rules, and what came of it.

Supervisors see it too, from the gate's screen and from the console.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from conference_hub.access.middleware import actor, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.checkin import amending, conflict_store, inbox
from conference_hub.checkin.model import ConflictKind, Settling
from conference_hub.checkin.quarantine_store import waiting_senders
from conference_hub.checkin.requests import InboxQuery, SettleForm, SettleTogether
from conference_hub.checkin.senders import around
from conference_hub.checkin.supervising import ORGANISERS, SUPERVISORS, check_settles, supervisor
from conference_hub.checkin.switching import Undone
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes

conflict_pages_bp = Blueprint("conflict_pages", __name__, url_prefix="/c/<conf>/desk/check-in")

ON_A_PAGE = 50
SETTLED_SHOWN = 20
IN_A_STEP = 20


@conflict_pages_bp.get("")
@allow(*SUPERVISORS)
@takes(InboxQuery)
def conflicts(query: InboxQuery, conf: str) -> ResponseReturnValue:
    """Show what waits, the oldest first, and what was settled last; to organisers also what waits by sender."""
    page, organiser = query.page, Role.ORGANISER in viewer().roles(conf)
    with current_hub().database.reading() as db:
        device = supervisor(db, conf)
        waiting = conflict_store.open_conflicts(db, conf)
        late = [one for one in waiting if one.kind is ConflictKind.QUARANTINED]
        first = (page - 1) * ON_A_PAGE
        shown = inbox.items_of(db, conf, waiting[first : first + ON_A_PAGE], device)
        settled = inbox.items_of(db, conf, conflict_store.settled_conflicts(db, conf, SETTLED_SHOWN), device)
        senders = waiting_senders(db, conf) if organiser else []
    return render_template(
        "checkin/conflicts.html",
        organiser=organiser,
        senders=senders,
        items=shown,
        settled=settled,
        count=len(waiting),
        late=len(late) if organiser else 0,
        page=page,
        pages=max(1, -(-len(waiting) // ON_A_PAGE)),
    )


@conflict_pages_bp.post("/together")
@allow(*ORGANISERS)
@takes_form(SettleTogether, conflicts)
def settle_together(form: SettleTogether, conf: str) -> ResponseReturnValue:
    """Let all scans count that waited because of their time, or none; a few in one transaction."""
    hub = current_hub()
    with hub.database.reading() as db:
        waiting = conflict_store.open_conflicts(db, conf)
    late = [one.id for one in waiting if one.kind is ConflictKind.QUARANTINED]
    for begin in range(0, len(late), IN_A_STEP):
        with hub.journal.writing(conf, actor=actor()) as write:
            for conflict_id in late[begin : begin + IN_A_STEP]:
                if conflict_store.get_conflict(write.session, conf, conflict_id).settled_at is None:
                    amending.settle(write, conflict_id, form.do, form.word)
        hub.pause()
    flash(ngettext("스캔 %(num)d건을 처리했습니다.", "스캔 %(num)d건을 처리했습니다.", len(late)), "good")
    return redirect(url_for(".conflicts", conf=conf))


@conflict_pages_bp.post("/<conflict_id>")
@allow(*SUPERVISORS)
@takes_form(SettleForm, conflicts)
def settle(form: SettleForm, conf: str, conflict_id: str) -> ResponseReturnValue:
    """Say what was done about one of them; refused when somebody was there before."""
    what, _sep, scan_id = form.do.partition(":")
    with current_hub().journal.writing(conf, actor=actor()) as write:
        check_settles(
            write, conflict_store.get_conflict(write.session, conf, conflict_id), Settling(what), scan_id
        )
        done = amending.settle(write, conflict_id, Settling(what), form.word, scan_id or None, around())
    flash(_("처리했습니다."), "good")
    if done.get("switched") == Undone.KEPT:
        flash(_("참석 방식과 시상 순서는 그 사이 바뀌어 그대로 두었습니다."), "info")
    return redirect(url_for(".conflicts", conf=conf))
