"""The desk's forms of series."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.ordered import put
from conference_hub.core.sighted import mark_of, require_same
from conference_hub.followup import preparing, store
from conference_hub.followup.desk_pages import PREFIX
from conference_hub.followup.desk_requests import Seen, SeriesForm
from conference_hub.followup.keys import SERIES_KEY
from conference_hub.followup.model import Series, SeriesId
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.wordings import given_text, required_text

followup_series_bp = Blueprint("followup_series", __name__, url_prefix=f"{PREFIX}/series")


@followup_series_bp.get("/new")
@allow(Role.ORGANISER)
def new_series(conf: str) -> ResponseReturnValue:
    """Show the form of a new series."""
    return render_template("followup/desk_series.html", conf=conf, one=None, seen="")


@followup_series_bp.post("/new")
@allow(Role.ORGANISER)
@takes_form(SeriesForm, new_series)
def add_series(form: SeriesForm, conf: str) -> ResponseReturnValue:
    """Add a series behind the others."""
    one = _series(form, new_id())
    with current_hub().journal.writing(conf, actor=actor()) as write:
        preparing.revise_series(write, lambda known: [*known, one])
    return _back(conf)


@followup_series_bp.get("/<series_id>")
@allow(Role.ORGANISER)
def edit_series(conf: str, series_id: str) -> ResponseReturnValue:
    """Show the form of a series; raises NotFound."""
    with current_hub().database.reading() as db:
        one = _found(store.all_series(db, conf), series_id)
    return render_template("followup/desk_series.html", one=one, seen=mark_of(one))


@followup_series_bp.post("/<series_id>")
@allow(Role.ORGANISER)
@takes_form(SeriesForm, edit_series)
def change_series(form: SeriesForm, conf: str, series_id: str) -> ResponseReturnValue:
    """Change a series; refused when somebody else changed it since the form was made."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        _require_same(write, series_id, form.seen)
        one = _series(form, series_id)
        preparing.revise_series(write, lambda known: put(known, one))
    return _back(conf)


@followup_series_bp.post("/<series_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Seen, edit_series)
def remove_series(form: Seen, conf: str, series_id: str) -> ResponseReturnValue:
    """Remove a series without sessions."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        _require_same(write, series_id, form.seen)
        preparing.remove_series(write, series_id)
    return _back(conf)


def _found(known: dict[SeriesId, Series], series_id: str) -> Series:
    one = known.get(SeriesId(series_id))
    if one is None:
        raise NotFound(msg("그런 시리즈가 없습니다."))
    return one


def _require_same(write: Write, series_id: str, seen: str | None) -> None:
    one = _found(store.all_series(write.session, write.conf), series_id)
    require_same(write, seen or "", one, SERIES_KEY)


def _series(form: SeriesForm, series_id: str) -> Series:
    return Series(
        id=SeriesId(series_id),
        title=required_text(form, "title", conference().languages),
        description=given_text(form, "description"),
    )


def _back(conf: str) -> ResponseReturnValue:
    flash(_("저장했습니다."), "good")
    return redirect(url_for("followup_desk.sessions", conf=conf))
