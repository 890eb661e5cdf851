"""The desk's list of scans that wait as they came, by device: they are accepted or rejected together, or one by one."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from conference_hub.access.middleware import actor
from conference_hub.access.policy import allow
from conference_hub.checkin import quarantine_store as store
from conference_hub.checkin import quarantining
from conference_hub.checkin.conflict_pages import conflicts
from conference_hub.checkin.model import Settling
from conference_hub.checkin.quarantine import Quarantined
from conference_hub.checkin.quarantine_items import items_of
from conference_hub.checkin.requests import QuarantineForm, QuarantineQuery
from conference_hub.checkin.supervising import ORGANISERS
from conference_hub.checkin.veiling import veil
from conference_hub.core.errors import HubError, Refused, Unavailable, msg
from conference_hub.gates.store import all_gates, get_gate
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes

quarantine_pages_bp = Blueprint("quarantine_pages", __name__, url_prefix="/c/<conf>/desk/check-in/quarantine")

ON_A_PAGE = 50


@quarantine_pages_bp.get("")
@allow(*ORGANISERS)
@takes(QuarantineQuery)
def quarantine(query: QuarantineQuery, conf: str) -> ResponseReturnValue:
    """Show what waits of one sender, in the order in which it happened."""
    with current_hub().database.reading() as db:
        waiting = store.waiting_of(db, conf, query.sender)
        first = (query.page - 1) * ON_A_PAGE
        items = items_of(db, conf, waiting[first : first + ON_A_PAGE])
        sender = next((one for one in store.waiting_senders(db, conf) if one.sender == query.sender), None)
        gates = all_gates(db, conf)
        veiled = veil(db, conf)
        names = {item.guest.id: veiled(item.guest).shown for item in items if item.guest}
    known = {gate.id for gate in gates}
    return render_template(
        "checkin/quarantine.html",
        sender=sender,
        items=items,
        names=names,
        gates=gates if any(one.gate not in known for one in waiting) else [],
        page=query.page,
        pages=max(1, -(-len(waiting) // ON_A_PAGE)),
    )


@quarantine_pages_bp.post("")
@allow(*ORGANISERS)
@takes_form(QuarantineForm, conflicts)
def settle(form: QuarantineForm, conf: str) -> ResponseReturnValue:
    """Let scans of a sender count at the time at which they happened, or let them count for nothing."""
    with current_hub().database.reading() as db:
        if form.gate:
            get_gate(db, conf, form.gate)
        found = store.waiting_of(db, conf, form.sender, until=form.until)
        known = {gate.id for gate in all_gates(db, conf)}
    chosen = [one for one in found if form.scan in {None, one.id}]
    if not chosen:
        raise Refused(msg("다른 사람이 이미 처리했습니다."), code="settled")
    if form.do == Settling.REJECTED:
        with current_hub().journal.writing(conf, actor=actor()) as write:
            quarantining.reject(write, form.sender, [one.id for one in chosen])
        flash(ngettext("스캔 %(num)d건을 버렸습니다.", "스캔 %(num)d건을 버렸습니다.", len(chosen)), "good")
        return redirect(url_for("conflict_pages.conflicts", conf=conf))
    left = _accept(conf, chosen, {one.id: form.gate for one in chosen if one.gate not in known})
    if len(left) < len(chosen):
        flash(
            ngettext(
                "스캔 %(num)d건을 반영했습니다.", "스캔 %(num)d건을 반영했습니다.", len(chosen) - len(left)
            ),
            "good",
        )
    if left:
        flash(
            ngettext(
                "스캔 %(num)d건은 반영할 수 없어 남겨 두었습니다.",
                "스캔 %(num)d건은 반영할 수 없어 남겨 두었습니다.",
                len(left),
            ),
            "bad",
        )
    if left or form.scan:
        return redirect(url_for(".quarantine", conf=conf, sender=form.sender))
    return redirect(url_for("conflict_pages.conflicts", conf=conf))


def _accept(conf: str, chosen: Sequence[Quarantined], gates: dict[str, str | None]) -> list[Quarantined]:
    """Accept scans in their order, each by itself; return those that cannot be accepted."""
    hub, left = current_hub(), []
    for one in hub.in_turns(chosen, 1):
        try:
            quarantining.accept(hub.journal, conf, actor(), one, gates.get(one.id))
        except Unavailable:
            raise
        except HubError as refusal:
            if refusal.code != "settled":
                left.append(one)
    return left
