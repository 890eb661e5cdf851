"""The desk's pages of calling orders: every cue with its pace, and the order of one cue by hand or by rule."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.model import CueId
from conference_hub.agenda.store import working_plan
from conference_hub.awards.arranging import Rule, arranged, loads
from conference_hub.awards.cues import award_cues
from conference_hub.awards.desk_pages import PREFIX, note_opening
from conference_hub.awards.desk_requests import OrderForm, OrderQuery
from conference_hub.awards.keys import CEREMONY_KEY, cue_calling_key
from conference_hub.awards.model import Award
from conference_hub.awards.preparation import call_in_order
from conference_hub.awards.prepared import load_prepared
from conference_hub.awards.preparing import prepare
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.sighted import mark_of, require_same
from conference_hub.web.answers import streamed
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes

ROWS_PER_TURN = 50
"""Rows of a long order that are made before others have a turn."""
awards_order_bp = Blueprint("awards_order", __name__, url_prefix=f"{PREFIX}/order")
awards_order_bp.before_request(note_opening)


@awards_order_bp.get("")
@allow(Role.ORGANISER)
def cues(conf: str) -> ResponseReturnValue:
    """Show the cues of the ceremony, how many awards each has, and how long they take."""
    with current_hub().database.reading() as db:
        prepared, plan = load_prepared(db, conf), working_plan(db, conf)
    found = award_cues(plan, loads(prepared.awards.values(), prepared.levels))
    unplaced = sum(not award.placed for award in prepared.awards.values())
    return render_template("awards/desk_cues.html", cues=found, unplaced=unplaced)


@awards_order_bp.get("/<cue_id>")
@allow(Role.ORGANISER)
@takes(OrderQuery)
def order(query: OrderQuery, conf: str, cue_id: str) -> ResponseReturnValue:
    """Show in which order a cue's awards are called, or would be by a rule; raises NotFound."""
    with current_hub().database.reading() as db:
        prepared, plan = load_prepared(db, conf), working_plan(db, conf)
    found = award_cues(plan, loads(prepared.awards.values(), prepared.levels))
    cue = next((one for one in found if one.cue.id == cue_id), None)
    if cue is None:
        raise NotFound(msg("그런 순서가 없습니다."))
    known = prepared.called_in(cue_id)
    shown = arranged(known, prepared.levels, query.rule) if query.rule else known
    return streamed(
        "awards/desk_order.html",
        prepared=prepared,
        cue=cue,
        ids=[award.id for award in shown],
        awards=current_hub().in_turns(shown, ROWS_PER_TURN),
        before={award.id: award.call_order for award in known},
        rule=query.rule,
        rules=list(Rule),
        seen=_mark(known),
    )


@awards_order_bp.post("/<cue_id>")
@allow(Role.ORGANISER)
@takes_form(OrderForm, order)
def save_order(form: OrderForm, conf: str, cue_id: str) -> ResponseReturnValue:
    """Call the awards of a cue in another order; refused when somebody else changed it since it was shown."""
    ids = _moved(form.order.split(","), form.move)
    subject = cue_calling_key(CueId(cue_id))
    with current_hub().journal.writing(conf, actor=actor()) as write:
        if cue_id not in working_plan(write.session, conf).cue:
            raise NotFound(msg("그런 순서가 없습니다."))
        known = load_prepared(write.session, conf).called_in(cue_id)
        require_same(write, form.seen, [award.id for award in known], subject, CEREMONY_KEY)
        prepare(write, lambda now: call_in_order(now, cue_id, ids), subject=subject)
    if not form.move:
        flash(_("순서를 저장했습니다."), "good")
    anchor = f"award-{form.move.partition(':')[0]}" if form.move else None
    return redirect(url_for(".order", conf=conf, cue_id=cue_id, _anchor=anchor))


def _mark(awards: Sequence[Award]) -> str:
    return mark_of([award.id for award in awards])


def _moved(ids: list[str], move: str | None) -> list[str]:
    """Return the order with one award a place up or down, where it can."""
    award_id, _colon, way = (move or "").partition(":")
    if award_id not in ids:
        return ids
    at = ids.index(award_id)
    to = at + (1 if way == "down" else -1)
    if 0 <= to < len(ids):
        ids[at], ids[to] = ids[to], ids[at]
    return ids
