"""The desk's pages that take lists of hosts: shown before they are taken, with who they mean and who is to be said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.attendance import actions
from conference_hub.attendance.choosing import LinesByKind
from conference_hub.attendance.host_lists import Match, chosen, matched, read_list, unclear
from conference_hub.attendance.model import Source
from conference_hub.attendance.pasted import LIST_BYTES, pasted_rows
from conference_hub.attendance.requests import HostList
from conference_hub.checkin.options import labelled
from conference_hub.core.errors import Invalid, msg
from conference_hub.people.store import all_guests
from conference_hub.web.bodies import bounded
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub

attendance_lists_bp = Blueprint("attendance_lists", __name__, url_prefix="/c/<conf>/desk/attendance/list")

ROWS_PER_TURN = 50
ROWS_SHOWN = 300
"""Lines of a list that are shown of each kind before it is taken."""


@attendance_lists_bp.get("")
@allow(Role.ORGANISER)
def host_list(conf: str) -> ResponseReturnValue:
    """Show the form that takes the list of a host."""
    return render_template("attendance/host_list.html", conf=conf, sources=_host_sources())


@attendance_lists_bp.post("")
@allow(Role.ORGANISER)
@bounded(LIST_BYTES)
@takes_form(HostList, host_list)
def take_host_list(form: HostList, conf: str) -> ResponseReturnValue:
    """Show what a list means; take it once that was confirmed, and everybody is known of whom it was said who they are.

    Raises Invalid (`listed`) when it cannot be read, or means nobody.
    """
    with current_hub().database.reading() as db:
        found = _matches(db, conf, form)
    picks = form.picks
    if not form.confirmed or unclear(found, picks):
        return _preview(conf, form, found, picks)
    listed = chosen(found, picks)
    if not listed:
        raise Invalid(msg("명단의 사람과 맞는 줄이 없습니다."), field="listed")
    with current_hub().journal.writing(conf, actor=actor()) as write:
        taken = actions.take_list(write, form.source, listed, others_left=form.others_left)
    flash(_("%(count)s명의 참여를 기록했습니다.", count=taken), "good")
    return redirect(url_for("attendance_desk.report", conf=conf))


def _host_sources() -> list[tuple[str, str]]:
    return labelled((Source.ZOOM, Source.METAVERSE))


def _matches(db: Session, conf: str, form: HostList) -> list[Match]:
    rows = pasted_rows(form.listed)
    in_turns = partial(current_hub().in_turns, every=ROWS_PER_TURN)
    listed = read_list(rows, conference().zone, conference().day, in_turns=in_turns)
    found = matched(listed, all_guests(db, conf), form.words)
    return list(in_turns(found))


def _preview(conf: str, form: HostList, found: list[Match], picks: Mapping[int, str]) -> ResponseReturnValue:
    kinds = LinesByKind.of(found)
    context: dict[str, Any] = {
        "conf": conf,
        "sent": form,
        "kinds": kinds,
        "people": kinds.people,
        "most": ROWS_SHOWN,
    }
    context |= {"picks": picks, "unclear": unclear(found, picks) if form.confirmed else 0}
    context["in_turns"] = partial(current_hub().in_turns, every=ROWS_PER_TURN)
    return render_template("attendance/host_preview.html", **context)
