"""The desk's form of what devices do without a network."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.entries import head
from conference_hub.core.stream import Stream
from conference_hub.gates.actions import choose_blue
from conference_hub.gates.blue import Blue
from conference_hub.gates.blue_store import blue_of
from conference_hub.gates.keys import OFFLINE_RULE
from conference_hub.gates.requests import BlueForm
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub

gate_offline_bp = Blueprint("gate_offline", __name__, url_prefix="/c/<conf>/desk/gates/offline")


@gate_offline_bp.get("")
@allow(Role.ORGANISER)
def offline_rule(conf: str) -> ResponseReturnValue:
    """Show what devices do with a known badge while the hub cannot be reached."""
    with current_hub().database.reading() as db:
        blue, seen = blue_of(db, conf), head(db, conf, Stream.OPERATOR)
    return render_template("gates/offline.html", blue=blue, choices=list(Blue), seen=seen)


@gate_offline_bp.post("")
@allow(Role.ORGANISER)
@takes_form(BlueForm, offline_rule)
def save_offline_rule(form: BlueForm, conf: str) -> ResponseReturnValue:
    """Decide it; refused when somebody else changed it since the form was made."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        write.require_seen(OFFLINE_RULE, form.seen)
        choose_blue(write, form.blue)
    flash(_("저장했습니다."), "good")
    return redirect(url_for("gate_pages.gates", conf=conf))
