"""The desk's pages of attendance: the report, lists of hosts, and what counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.attendance import actions, store
from conference_hub.attendance.file_rows import attendance_rows
from conference_hub.attendance.host_lists import Match, chosen, matched, read_list
from conference_hub.attendance.hours import hours_of
from conference_hub.attendance.model import AttendanceSetup, Source
from conference_hub.attendance.reporting import lines
from conference_hub.attendance.requests import AttendanceQuery, HostList, Mark, ReportFile, SaveSetup
from conference_hub.attendance.spans import possible_minutes
from conference_hub.checkin.guest_choice import meant
from conference_hub.checkin.guest_list import page_of
from conference_hub.checkin.options import group_options, labelled
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.sighted import mark_of
from conference_hub.exchange.csv_files import guess_dialect, read_csv, write_csv
from conference_hub.exchange.sheets import Unreadable
from conference_hub.people.disclosures import DisclosureKind, Reason, disclose, required
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import Mode
from conference_hub.people.store import all_guests
from conference_hub.web.bodies import bounded
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes
from conference_hub.web.wordings import given_text

attendance_desk_bp = Blueprint("attendance_desk", __name__, url_prefix="/c/<conf>/desk/attendance")

LIST_BYTES = 2 * 1024 * 1024
ROWS_PER_TURN = 50
ROWS_SHOWN = 300
"""Lines of a list that are shown of each kind before it is taken."""


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


@attendance_desk_bp.get("/list")
@allow(Role.ORGANISER)
def host_list(conf: str) -> ResponseReturnValue:
    """Show the form that takes the list of a host."""
    return render_template("attendance/host_list.html", conf=conf, sources=_host_sources())


@attendance_desk_bp.post("/list")
@allow(Role.ORGANISER)
@bounded(LIST_BYTES)
@takes_form(HostList, host_list)
def take_host_list(form: HostList, conf: str) -> ResponseReturnValue:
    """Show what a list means; take it once that was confirmed. Raises Invalid (`listed`) when it cannot be read."""
    with current_hub().database.reading() as db:
        found = _matches(db, conf, form)
    if not form.confirmed:
        return _preview(conf, form, found)
    listed = chosen(found, _picks(form))
    if not listed:
        raise Invalid(msg("명단의 사람과 맞는 줄이 없습니다."), field="listed")
    with current_hub().journal.writing(conf, actor=actor()) as write:
        taken = actions.take_list(write, form.source, listed, others_left=form.others_left)
    flash(_("%(count)s명의 참여를 기록했습니다.", count=taken), "good")
    return redirect(url_for(".report", conf=conf))


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
    )
    with current_hub().journal.writing(conf, actor=actor()) as write:
        actions.set_up(write, setup, seen=form.seen)
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".settings", conf=conf))


def _host_sources() -> list[tuple[str, str]]:
    return labelled((Source.ZOOM, Source.METAVERSE))


def _matches(db: Session, conf: str, form: HostList) -> list[Match]:
    data = form.listed.encode()
    try:
        sheet = read_csv(data, guess_dialect(data, "utf-8"))
    except Unreadable as error:
        words = error.fault.message
        detail = {name: str(value) for name, value in words.detail.items()}
        raise Invalid(words.text, field="listed", **detail) from error
    rows = [(row.number, ["" if cell is None else str(cell) for cell in row.cells]) for row in sheet.rows]
    listed = read_list(rows, conference().zone, conference().day)
    return matched(current_hub().in_turns(listed, ROWS_PER_TURN), all_guests(db, conf))


def _preview(conf: str, form: HostList, found: list[Match]) -> ResponseReturnValue:
    kinds: Mapping[str, list[Match]] = {
        "sure": [one for one in found if one.sure],
        "several": [one for one in found if len(one.guests) > 1 and not one.listed.fault],
        "nobody": [one for one in found if not one.guests and not one.listed.fault],
        "faults": [one for one in found if one.listed.fault],
    }
    context: dict[str, Any] = {"conf": conf, "sent": form, "kinds": kinds, "most": ROWS_SHOWN}
    context["in_turns"] = partial(current_hub().in_turns, every=ROWS_PER_TURN)
    return render_template("attendance/host_preview.html", **context)


def _picks(form: HostList) -> dict[int, str]:
    pairs = (one.partition(":") for one in form.pick)
    return {int(row): guest for row, _colon, guest in pairs if row.isascii() and row.isdigit() and guest}
