"""The desk's page of the seal: what the gate may know before the ceremony."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.awards.desk_pages import PREFIX
from conference_hub.awards.desk_requests import GateOrder
from conference_hub.awards.keys import SEAL
from conference_hub.awards.sealing import seal_of, set_gate_order
from conference_hub.core.sighted import mark_of, require_same
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub

awards_seal_bp = Blueprint("awards_seal", __name__, url_prefix=f"{PREFIX}/seal")


@awards_seal_bp.get("")
@allow(Role.ORGANISER)
def seal(conf: str) -> ResponseReturnValue:
    """Show what is told of results before they are revealed."""
    with current_hub().database.reading() as db:
        found = seal_of(db, conf)
    return render_template("awards/desk_seal.html", seal=found, seen=mark_of(found.gate_order))


@awards_seal_bp.post("/gate")
@allow(Role.ORGANISER)
@takes_form(GateOrder, seal)
def gate_order(form: GateOrder, conf: str) -> ResponseReturnValue:
    """Say whether the gate learns in which order recipients are called."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        require_same(write, form.seen or "", seal_of(write.session, conf).gate_order, SEAL)
        set_gate_order(write, told=form.told)
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".seal", conf=conf))
