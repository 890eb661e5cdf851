"""The desk's pages of programmes and levels."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.awards.desk_pages import PREFIX
from conference_hub.awards.desk_requests import LevelForm, LevelQuery, ProgrammeForm, Remove
from conference_hub.awards.keys import level_key, programme_key
from conference_hub.awards.levels import WON, Level, LevelId, Prize, Programme, ProgrammeId, RevealStyle
from conference_hub.awards.preparation import (
    Prepared,
    put_level,
    put_programme,
    remove_level,
    remove_programme,
)
from conference_hub.awards.prepared import load_prepared
from conference_hub.awards.preparing import prepare
from conference_hub.core.ids import new_id
from conference_hub.core.sighted import mark_of, require_same
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes
from conference_hub.web.wordings import given_text, required_text

awards_levels_bp = Blueprint("awards_levels", __name__, url_prefix=PREFIX)


@awards_levels_bp.get("/levels")
@allow(Role.ORGANISER)
def levels(conf: str) -> ResponseReturnValue:
    """Show programmes and their levels."""
    return render_template("awards/desk_levels.html", prepared=_prepared(conf))


@awards_levels_bp.get("/programmes/new")
@allow(Role.ORGANISER)
def new_programme(conf: str) -> ResponseReturnValue:
    """Show the form of a new programme."""
    return render_template("awards/desk_programme.html", programme=None, seen="", prepared=_prepared(conf))


@awards_levels_bp.post("/programmes/new")
@allow(Role.ORGANISER)
@takes_form(ProgrammeForm, new_programme)
def add_programme(form: ProgrammeForm, conf: str) -> ResponseReturnValue:
    """Add a programme behind the others."""
    programme = _programme(form, new_id())
    return _changed(conf, lambda now: put_programme(now, programme), programme_key(programme.id))


@awards_levels_bp.get("/programmes/<programme_id>")
@allow(Role.ORGANISER)
def edit_programme(conf: str, programme_id: str) -> ResponseReturnValue:
    """Show the form of a programme; raises NotFound."""
    prepared = _prepared(conf)
    programme = prepared.programme(programme_id)
    return render_template(
        "awards/desk_programme.html", programme=programme, seen=mark_of(programme), prepared=prepared
    )


@awards_levels_bp.post("/programmes/<programme_id>")
@allow(Role.ORGANISER)
@takes_form(ProgrammeForm, edit_programme)
def change_programme(form: ProgrammeForm, conf: str, programme_id: str) -> ResponseReturnValue:
    """Change a programme; refused when somebody else changed it since the form was made."""
    programme = _programme(form, programme_id)
    return _changed(
        conf,
        lambda now: put_programme(now, programme),
        programme_key(programme.id),
        (form.seen or "", lambda now: now.programme(programme_id)),
    )


@awards_levels_bp.post("/programmes/<programme_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Remove, edit_programme)
def delete_programme(form: Remove, conf: str, programme_id: str) -> ResponseReturnValue:
    """Remove a programme without levels."""
    return _changed(
        conf,
        lambda now: remove_programme(now, programme_id),
        programme_key(ProgrammeId(programme_id)),
        (form.seen or "", lambda now: now.programme(programme_id)),
    )


@awards_levels_bp.get("/levels/new")
@allow(Role.ORGANISER)
@takes(LevelQuery)
def new_level(query: LevelQuery, conf: str) -> ResponseReturnValue:
    """Show the form of a new level."""
    return _level_form(conf, None, query.programme or "")


@awards_levels_bp.post("/levels/new")
@allow(Role.ORGANISER)
@takes_form(LevelForm, new_level)
def add_level(form: LevelForm, conf: str) -> ResponseReturnValue:
    """Add a level."""
    level_id = new_id()
    return _changed(
        conf, lambda now: put_level(now, _level(now, form, level_id)), level_key(LevelId(level_id))
    )


@awards_levels_bp.get("/levels/<level_id>")
@allow(Role.ORGANISER)
def edit_level(conf: str, level_id: str) -> ResponseReturnValue:
    """Show the form of a level; raises NotFound."""
    return _level_form(conf, level_id, "")


@awards_levels_bp.post("/levels/<level_id>")
@allow(Role.ORGANISER)
@takes_form(LevelForm, edit_level)
def change_level(form: LevelForm, conf: str, level_id: str) -> ResponseReturnValue:
    """Change a level; refused when somebody else changed it since the form was made."""
    return _changed(
        conf,
        lambda now: put_level(now, _level(now, form, level_id)),
        level_key(LevelId(level_id)),
        (form.seen or "", lambda now: now.level(level_id)),
    )


@awards_levels_bp.post("/levels/<level_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Remove, edit_level)
def delete_level(form: Remove, conf: str, level_id: str) -> ResponseReturnValue:
    """Remove a level without awards."""
    return _changed(
        conf,
        lambda now: remove_level(now, level_id),
        level_key(LevelId(level_id)),
        (form.seen or "", lambda now: now.level(level_id)),
    )


def _prepared(conf: str) -> Prepared:
    with current_hub().database.reading() as db:
        return load_prepared(db, conf)


def _changed(
    conf: str,
    change: Callable[[Prepared], Prepared],
    subject: str,
    seen: tuple[str, Callable[[Prepared], object]] | None = None,
) -> ResponseReturnValue:
    """Carry a change out, unless what its sender saw (a mark, and what it is now) has changed; lead to the page."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        if seen is not None:
            mark, present = seen
            require_same(write, mark, present(load_prepared(write.session, conf)), subject)
        prepare(write, change, subject=subject)
    flash(_("저장했습니다."), "good")
    return redirect(url_for("awards_levels.levels", conf=conf))


def _level_form(conf: str, level_id: str | None, programme: str) -> ResponseReturnValue:
    prepared = _prepared(conf)
    level = prepared.level(level_id) if level_id else None
    return render_template(
        "awards/desk_level.html",
        prepared=prepared,
        level=level,
        programme=(level.programme_id or "") if level else programme,
        next_rank=max((one.rank for one in prepared.levels.values()), default=0) + 1,
        seen=mark_of(level) if level else "",
        styles_of=list(RevealStyle),
    )


def _programme(form: ProgrammeForm, programme_id: str) -> Programme:
    return Programme(
        id=ProgrammeId(programme_id),
        title=required_text(form, "title", conference().languages),
        honour=given_text(form, "honour"),
    )


def _level(prepared: Prepared, form: LevelForm, level_id: str) -> Level:
    label = required_text(form, "label", conference().languages)
    text = given_text(form, "prize")
    given = form.amount is not None or text is not None
    return Level(
        id=LevelId(level_id),
        rank=form.rank,
        label=label,
        honour=given_text(form, "honour") or prepared.usual_honour(form.programme, label),
        prize=Prize(amount=form.amount, currency=form.currency or WON, text=text) if given else None,
        reveal_style=form.style,
        programme_id=ProgrammeId(form.programme) if form.programme else None,
        pace_s=form.pace,
    )
