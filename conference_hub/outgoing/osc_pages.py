"""The desk's forms of OSC addresses, and a test message."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.sighted import mark_of
from conference_hub.outgoing import osc_actions, osc_store
from conference_hub.outgoing.desk_pages import changed, outgoing, private
from conference_hub.outgoing.osc_sending import try_out
from conference_hub.outgoing.requests import OscEdit, OscForm
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Nothing

outgoing_osc_bp = Blueprint("outgoing_osc", __name__, url_prefix="/c/<conf>/desk/outgoing/osc")


@outgoing_osc_bp.get("/new")
@allow(Role.ORGANISER)
def new_target(conf: str) -> ResponseReturnValue:  # noqa: ARG001 - of the address
    """Show the form of a new address."""
    return render_template("outgoing/osc_form.html", target=None, seen="")


@outgoing_osc_bp.post("/new")
@allow(Role.ORGANISER)
@takes_form(OscForm, new_target)
def add_target(form: OscForm, conf: str) -> ResponseReturnValue:
    """Add an address."""
    return changed(
        conf,
        lambda write: osc_actions.add_target(write, form.draft, private=private()),
        _("저장했습니다."),
    )


@outgoing_osc_bp.get("/<target_id>")
@allow(Role.ORGANISER)
def edit_target(conf: str, target_id: str) -> ResponseReturnValue:
    """Show the form of an address; raises NotFound."""
    with current_hub().database.reading() as db:
        target = osc_store.get_target(db, conf, target_id)
    return render_template("outgoing/osc_form.html", target=target, seen=mark_of(target.draft))


@outgoing_osc_bp.post("/<target_id>")
@allow(Role.ORGANISER)
@takes_form(OscEdit, edit_target)
def change_target(form: OscEdit, conf: str, target_id: str) -> ResponseReturnValue:
    """Change an address; refused when somebody else changed it since the form was made."""
    return changed(
        conf,
        lambda write: osc_actions.change_target(
            write, target_id, form.draft, seen=form.seen, private=private()
        ),
        _("저장했습니다."),
    )


@outgoing_osc_bp.post("/<target_id>/test")
@allow(Role.ORGANISER)
@takes_form(Nothing, outgoing)
def try_target(_form: Nothing, conf: str, target_id: str) -> ResponseReturnValue:
    """Send a test message now; nobody answers over UDP."""
    hub = current_hub()
    with hub.database.reading() as db:
        target = osc_store.get_target(db, conf, target_id)
    told = try_out(hub, conf, target)
    if told.error:
        flash(_("보내지 못했습니다: %(error)s", error=told.error), "bad")
    else:
        flash(_("보냈습니다. 받는 쪽에서 %(address)s를 확인해 주세요.", address=told.path), "good")
    return redirect(url_for("outgoing_desk.outgoing", conf=conf))


@outgoing_osc_bp.post("/<target_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Nothing, outgoing)
def remove_target(_form: Nothing, conf: str, target_id: str) -> ResponseReturnValue:
    """Remove an address."""
    return changed(conf, lambda write: osc_actions.remove_target(write, target_id), _("삭제했습니다."))
