"""The desk's page of gates, and its forms."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.entries import head
from conference_hub.core.ids import new_id
from conference_hub.core.ordered import moved, put, refuse_more, refuse_taken
from conference_hub.core.stream import Stream
from conference_hub.gates import store
from conference_hub.gates.actions import remove_gate, set_gates
from conference_hub.gates.keys import gate_key, gate_setup_key
from conference_hub.gates.model import Gate, GateId
from conference_hub.gates.requests import GateEdit, GateForm
from conference_hub.gates.rules import usual_point
from conference_hub.gates.ties import GateTies
from conference_hub.places.requests import Move
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Nothing
from conference_hub.web.wordings import required_text

gate_pages_bp = Blueprint("gate_pages", __name__, url_prefix="/c/<conf>/desk/gates")

MOST_GATES = 100
SHOWN_SCANNERS = 3


@gate_pages_bp.get("")
@allow(Role.ORGANISER)
def gates(conf: str) -> ResponseReturnValue:
    """Show the gates in order, what was counted there, and which devices scanned last."""
    ties = gate_ties()
    with current_hub().database.reading() as db:
        listed = store.all_gates(db, conf)
        ids = [gate.id for gate in listed]
        counts, used = ties.documents(db, conf, ids), ties.used(db, conf, ids)
        scanners = ties.scanners(db, conf)
    return render_template(
        "gates/gates.html",
        gates=listed,
        counts={gate.id: counts[gate_key(gate.id)] for gate in listed},
        scanners={gate.id: scanners.get(gate.id, [])[:SHOWN_SCANNERS] for gate in listed},
        used=used,
    )


@gate_pages_bp.get("/new")
@allow(Role.ORGANISER)
def new_gate(conf: str) -> ResponseReturnValue:
    """Show the form of a new gate."""
    return render_template("gates/gate_form.html", gate=None, seen=_seen(conf))


@gate_pages_bp.post("/new")
@allow(Role.ORGANISER)
@takes_form(GateForm, new_gate)
def add_new_gate(form: GateForm, conf: str) -> ResponseReturnValue:
    """Add a gate at the end of the list."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        listed = store.all_gates(write.session, conf)
        refuse_more(listed, MOST_GATES)
        title = required_text(form, "title", conference().languages)
        point = usual_point(store.all_points(write.session, conf))
        gate = Gate(id=GateId(new_id()), title=title, position=len(listed) + 1, point=point)
        refuse_taken(listed, gate, conference().main_language)
        set_gates(write, (*listed, gate), gate_ties())
    return _back(conf, _("저장했습니다."))


@gate_pages_bp.get("/<gate_id>")
@allow(Role.ORGANISER)
def edit_gate(conf: str, gate_id: str) -> ResponseReturnValue:
    """Show the form of a gate; raises NotFound."""
    with current_hub().database.reading() as db:
        gate = store.get_gate(db, conf, gate_id)
    return render_template("gates/gate_form.html", gate=gate, seen=_seen(conf))


@gate_pages_bp.post("/<gate_id>")
@allow(Role.ORGANISER)
@takes_form(GateEdit, edit_gate)
def change_gate(form: GateEdit, conf: str, gate_id: str) -> ResponseReturnValue:
    """Rename a gate; refused when somebody else changed it since the form was made."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        gate = store.get_gate(write.session, conf, gate_id)
        write.require_seen(gate_setup_key(gate_id), form.seen)
        listed = store.all_gates(write.session, conf)
        renamed = replace(gate, title=required_text(form, "title", conference().languages))
        refuse_taken(listed, renamed, conference().main_language)
        set_gates(write, put(listed, renamed), gate_ties())
    return _back(conf, _("저장했습니다."))


@gate_pages_bp.post("/<gate_id>/move")
@allow(Role.ORGANISER)
@takes_form(Move, gates)
def move_gate(form: Move, conf: str, gate_id: str) -> ResponseReturnValue:
    """Move a gate one place up or down."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        gate = store.get_gate(write.session, conf, gate_id)
        set_gates(write, moved(store.all_gates(write.session, conf), gate.id, form.by), gate_ties())
    return redirect(url_for(".gates", conf=conf, _anchor=f"gate-{gate_id}"))


@gate_pages_bp.post("/<gate_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Nothing, gates)
def delete_gate(_form: Nothing, conf: str, gate_id: str) -> ResponseReturnValue:
    """Remove a gate that nobody was scanned at."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        remove_gate(write, gate_id, gate_ties())
    return _back(conf, _("삭제했습니다."))


def gate_ties() -> GateTies:
    """Return what check-in knows of gates."""
    ties: GateTies = current_hub().gate_ties
    return ties


def _seen(conf: str) -> int:
    with current_hub().database.reading() as db:
        return head(db, conf, Stream.OPERATOR)


def _back(conf: str, words: str) -> ResponseReturnValue:
    flash(words, "good")
    return redirect(url_for("gate_pages.gates", conf=conf))
