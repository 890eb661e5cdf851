"""The desk's forms of points: what is counted, when it is open, and when people may come in again."""

from __future__ import annotations

from itertools import zip_longest

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.entries import head
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.ids import new_id
from conference_hub.core.ordered import moved, put, refuse_more, refuse_taken
from conference_hub.core.stream import Stream
from conference_hub.gates import store
from conference_hub.gates.actions import remove_point, set_points
from conference_hub.gates.keys import point_key
from conference_hub.gates.model import Point, PointId, PointKind, Reentry, Window
from conference_hub.gates.pages import gates
from conference_hub.gates.requests import PointEdit, PointForm
from conference_hub.gates.rules import NEEDS_EXITS, in_time, needs_exits
from conference_hub.places.requests import Move
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.local_time import instant
from conference_hub.web.requests import Nothing
from conference_hub.web.wordings import required_text

gate_points_bp = Blueprint("gate_points", __name__, url_prefix="/c/<conf>/desk/gates/points")

MOST_POINTS = 50


@gate_points_bp.get("/new")
@allow(Role.ORGANISER)
def new_point(conf: str) -> ResponseReturnValue:
    """Show the form of a new point."""
    return _point_form(conf, None)


@gate_points_bp.post("/new")
@allow(Role.ORGANISER)
@takes_form(PointForm, new_point)
def add_new_point(form: PointForm, conf: str) -> ResponseReturnValue:
    """Add a point at the end of the list."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        listed = store.all_points(write.session, conf)
        refuse_more(listed, MOST_POINTS)
        point = _made(form, PointId(new_id()))
        refuse_taken(listed, point, conference().main_language)
        set_points(write, (*listed, point))
    return _back(conf, _("저장했습니다."))


@gate_points_bp.get("/<point_id>")
@allow(Role.ORGANISER)
def edit_point(conf: str, point_id: str) -> ResponseReturnValue:
    """Show the form of a point; raises NotFound."""
    with current_hub().database.reading() as db:
        point = store.get_point(db, conf, point_id)
    return _point_form(conf, point)


@gate_points_bp.post("/<point_id>")
@allow(Role.ORGANISER)
@takes_form(PointEdit, edit_point)
def change_point(form: PointEdit, conf: str, point_id: str) -> ResponseReturnValue:
    """Change a point; refused when somebody else did since the form was made. What was scanned stays as it was."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        point = store.get_point(write.session, conf, point_id)
        write.require_seen(point_key(point_id), form.seen)
        listed = store.all_points(write.session, conf)
        changed = _made(form, point.id)
        refuse_taken(listed, changed, conference().main_language)
        set_points(write, put(listed, changed))
    return _back(conf, _("저장했습니다."))


@gate_points_bp.post("/<point_id>/move")
@allow(Role.ORGANISER)
@takes_form(Move, gates)
def move_point(form: Move, conf: str, point_id: str) -> ResponseReturnValue:
    """Move a point one place up or down."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        point = store.get_point(write.session, conf, point_id)
        set_points(write, moved(store.all_points(write.session, conf), point.id, form.by))
    return redirect(url_for("gate_pages.gates", conf=conf, _anchor=f"point-{point_id}"))


@gate_points_bp.post("/<point_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Nothing, gates)
def delete_point(_form: Nothing, conf: str, point_id: str) -> ResponseReturnValue:
    """Remove a point without gates."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        remove_point(write, point_id)
    return _back(conf, _("삭제했습니다."))


def _made(form: PointForm, point_id: PointId) -> Point:
    """Return the point that a form describes; raises Invalid about the field that cannot be."""
    if needs_exits(form.reentry, exits=form.exits):
        raise Invalid(NEEDS_EXITS, field="reentry")
    return Point(
        id=point_id,
        title=required_text(form, "title", conference().languages),
        position=0,
        kind=form.kind,
        exits=form.exits,
        reentry=form.reentry,
        daily=form.daily,
        windows=_windows(form),
    )


def _windows(form: PointForm) -> tuple[Window, ...]:
    zone, found = conference().zone, []
    for opens, closes in zip_longest(form.opens, form.closes):
        if opens is None and closes is None:
            continue
        if opens is None or closes is None or closes <= opens:
            raise Invalid(msg("여는 시각과 그보다 늦은 닫는 시각을 함께 적어 주세요."), field="opens")
        opens_at, closes_at = (instant(one, zone, field="opens") for one in (opens, closes))
        found.append(Window(opens_at=opens_at, closes_at=closes_at))
    return in_time(found)


def _point_form(conf: str, point: Point | None) -> ResponseReturnValue:
    with current_hub().database.reading() as db:
        seen = head(db, conf, Stream.OPERATOR)
    return render_template(
        "gates/point_form.html",
        point=point,
        kinds=list(PointKind),
        reentries=list(Reentry),
        seen=seen,
    )


def _back(conf: str, words: str) -> ResponseReturnValue:
    flash(words, "good")
    return redirect(url_for("gate_pages.gates", conf=conf))
