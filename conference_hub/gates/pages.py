"""The desk's page of gates, and its forms."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.entries import head
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.ordered import find, moved, put, refuse_more, refuse_taken
from conference_hub.core.stream import Stream
from conference_hub.gates import device_store, store
from conference_hub.gates.actions import remove_gate, set_gates
from conference_hub.gates.keys import gate_key, gate_setup_key
from conference_hub.gates.model import Gate, GateId, PointId
from conference_hub.gates.requests import GateEdit, GateForm
from conference_hub.gates.rules import usual_point
from conference_hub.gates.ties import GateTies
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import GroupId, Mode
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
        scanners, points = ties.scanners(db, conf), store.all_points(db, conf)
        groups, devices = all_groups(db, conf), device_store.all_devices(db, conf)
    return render_template(
        "gates/gates.html",
        gates=listed,
        counts={gate.id: counts[gate_key(gate.id)] for gate in listed},
        scanners={gate.id: scanners.get(gate.id, [])[:SHOWN_SCANNERS] for gate in listed},
        used=used,
        points=points,
        titles={point.id: point.title for point in points},
        groups={group.id: group.title for group in groups.values()},
        devices=sum(not device.ended for device in devices),
    )


@gate_pages_bp.get("/new")
@allow(Role.ORGANISER)
def new_gate(conf: str) -> ResponseReturnValue:
    """Show the form of a new gate."""
    return _gate_form(conf, None)


@gate_pages_bp.post("/new")
@allow(Role.ORGANISER)
@takes_form(GateForm, new_gate)
def add_new_gate(form: GateForm, conf: str) -> ResponseReturnValue:
    """Add a gate at the end of the list."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        listed = store.all_gates(write.session, conf)
        refuse_more(listed, MOST_GATES)
        gate = _made(write, form, GateId(new_id()))
        refuse_taken(listed, gate, conference().main_language)
        set_gates(write, (*listed, gate), gate_ties())
    return _back(conf, _("저장했습니다."))


@gate_pages_bp.get("/<gate_id>")
@allow(Role.ORGANISER)
def edit_gate(conf: str, gate_id: str) -> ResponseReturnValue:
    """Show the form of a gate; raises NotFound."""
    with current_hub().database.reading() as db:
        gate = store.get_gate(db, conf, gate_id)
    return _gate_form(conf, gate)


@gate_pages_bp.post("/<gate_id>")
@allow(Role.ORGANISER)
@takes_form(GateEdit, edit_gate)
def change_gate(form: GateEdit, conf: str, gate_id: str) -> ResponseReturnValue:
    """Change a gate; refused when somebody else changed it since the form was made."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        gate = store.get_gate(write.session, conf, gate_id)
        write.require_seen(gate_setup_key(gate_id), form.seen)
        listed = store.all_gates(write.session, conf)
        changed = _made(write, form, gate.id)
        refuse_taken(listed, changed, conference().main_language)
        set_gates(write, put(listed, changed), gate_ties())
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


def _made(write: Write, form: GateForm, gate_id: GateId) -> Gate:
    """Return the gate that a form describes; raises Invalid about the field that cannot be."""
    title = required_text(form, "title", conference().languages)
    points, groups = store.all_points(write.session, write.conf), all_groups(write.session, write.conf)
    if form.point is not None and find(points, form.point) is None:
        raise Invalid(msg("그런 확인 지점이 없습니다."), field="point")
    if not set(groups) >= set(form.groups):
        raise Invalid(msg("그런 구분이 없습니다."), field="groups")
    return Gate(
        id=gate_id,
        title=title,
        position=0,
        point=PointId(form.point) if form.point else usual_point(points),
        groups=frozenset(map(GroupId, form.groups)),
        modes=frozenset(form.modes),
    )


def _gate_form(conf: str, gate: Gate | None) -> ResponseReturnValue:
    with current_hub().database.reading() as db:
        points, groups = store.all_points(db, conf), all_groups(db, conf)
    return render_template(
        "gates/gate_form.html",
        gate=gate,
        points=points,
        usual=usual_point(points),
        groups=list(groups.values()),
        modes=list(Mode),
        seen=_seen(conf),
    )


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
