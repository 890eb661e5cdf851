"""The desk's pages of attendance: the report, and what counts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.attendance import actions, store
from conference_hub.attendance.file_rows import attendance_rows
from conference_hub.attendance.hours import counted, hours_of
from conference_hub.attendance.model import AttendanceSetup
from conference_hub.attendance.reporting import lines
from conference_hub.attendance.requests import AttendanceQuery, Mark, ReportFile, SaveSetup
from conference_hub.attendance.spans import possible_minutes
from conference_hub.checkin.guest_choice import meant
from conference_hub.checkin.guest_list import page_of
from conference_hub.checkin.options import group_options, labelled
from conference_hub.core.sighted import mark_of
from conference_hub.exchange.csv_files import write_csv
from conference_hub.people.disclosures import DisclosureKind, Reason, disclose, required
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import Mode
from conference_hub.people.store import all_guests
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes
from conference_hub.web.wordings import given_text

attendance_desk_bp = Blueprint("attendance_desk", __name__, url_prefix="/c/<conf>/desk/attendance")

ROWS_PER_TURN = 50


@attendance_desk_bp.app_context_processor
def _groups() -> dict[str, Any]:
    return {"attendance_groups": attendance_groups}


def attendance_groups() -> list[dict[str, object]]:
    """Return `id` and `title` of each group by which the console counts, in their order."""
    with current_hub().database.reading() as db:
        groups = all_groups(db, conference().slug)
    return [{"id": group.id, "title": group.title} for group in groups.values()]


@attendance_desk_bp.get("")
@allow(Role.ORGANISER)
@takes(AttendanceQuery)
def report(query: AttendanceQuery, conf: str) -> ResponseReturnValue:
    """Show who took part how long, page by page, and how many are where."""
    with current_hub().database.reading() as db:
        setup = store.find_setup(db, conf)
        page = page_of(meant(db, conf, query), query.page)
        found = list(lines(db, conference(), page.guests, setup, current_hub().now()))
        groups = all_groups(db, conf)
        count = store.find_count(db, conf)
    return render_template(
        "attendance/report.html",
        query=query,
        page=page,
        lines=found,
        groups=groups,
        group_options=group_options(groups),
        modes=labelled(Mode),
        counts=count.counts if count else None,
        counted_at=count.at if count else None,
        counting=counted(conference(), current_hub().now()),
        possible=possible_minutes(hours_of(conference())),
        setup=setup,
    )


@attendance_desk_bp.post("/people/<guest_id>")
@allow(Role.ORGANISER)
@takes_form(Mark, report)
def mark(form: Mark, conf: str, guest_id: str) -> ResponseReturnValue:
    """Say that a guest takes part from elsewhere, or has left."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        actions.mark(write, guest_id, connected=form.connected)
    return redirect(url_for(".report", conf=conf, page=form.page, _anchor=f"guest-{guest_id}"))


@attendance_desk_bp.get("/file")
@allow(Role.ORGANISER)
def ask_reason(conf: str) -> ResponseReturnValue:
    """Show the form that asks why the report is taken out of the hub."""
    return render_template("attendance/file.html", conf=conf, reason_options=labelled(Reason))


@attendance_desk_bp.post("/file")
@allow(Role.ORGANISER)
@takes_form(ReportFile, ask_reason)
def file(form: ReportFile, conf: str) -> ResponseReturnValue:
    """Give out the report as a CSV file, a row for each guest; raises Invalid without a reason."""
    hub, reason = current_hub(), required(form.reason, form.note)
    with hub.journal.writing(conf, actor=actor()) as write:
        guests = all_guests(write.session, conf)
        disclose(write, DisclosureKind.ATTENDANCE, len(guests), reason, form.note or "")
    with hub.database.reading() as db:
        found = lines(db, conference(), guests, store.find_setup(db, conf), hub.now())
        rows = attendance_rows(found, all_groups(db, conf), conference().zone)
        data = b"".join(write_csv(hub.in_turns(rows, ROWS_PER_TURN)))
    answer = Response(data, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{conf}-attendance.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@attendance_desk_bp.get("/settings")
@allow(Role.ORGANISER)
def settings(conf: str) -> ResponseReturnValue:
    """Show what counts as attendance, and on which terms certificates are given."""
    with current_hub().database.reading() as db:
        setup = store.find_setup(db, conf)
    possible = possible_minutes(hours_of(conference()))
    return render_template("attendance/settings.html", setup=setup, seen=mark_of(setup), possible=possible)


@attendance_desk_bp.post("/settings")
@allow(Role.ORGANISER)
@takes_form(SaveSetup, settings)
def save_settings(form: SaveSetup, conf: str) -> ResponseReturnValue:
    """Keep what organisers chose; refused when somebody else chose something meanwhile."""
    setup = AttendanceSetup(
        count_idle=form.count_idle,
        certificates=form.certificates,
        min_minutes=form.min_minutes,
        min_percent=form.min_percent,
        issuer=given_text(form, "issuer"),
        show_names=form.show_names,
        follow_up=form.follow_up,
        min_sessions=form.min_sessions,
    )
    with current_hub().journal.writing(conf, actor=actor()) as write:
        actions.set_up(write, setup, seen=form.seen)
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".settings", conf=conf))
