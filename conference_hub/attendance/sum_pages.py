"""The desk's page of what attendance comes to, and the same as a file; it names nobody."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.attendance import store
from conference_hub.attendance.certificate_sheets import lasting
from conference_hub.attendance.hours import hours_of
from conference_hub.attendance.reporting import lines
from conference_hub.attendance.spans import possible_minutes
from conference_hub.attendance.sums import Sum, rows_of, sums_of
from conference_hub.exchange.cells import Raw
from conference_hub.exchange.csv_files import write_csv
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import Mode
from conference_hub.people.store import all_guests
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import render_text

attendance_sums_bp = Blueprint("attendance_sums", __name__, url_prefix="/c/<conf>/desk/attendance/sums")

GUESTS_PER_TURN = 50


@attendance_sums_bp.get("")
@allow(Role.ORGANISER)
def sums(conf: str) -> ResponseReturnValue:
    """Show how many took part and for how long, of all, by way of taking part and by group."""
    possible = possible_minutes(hours_of(conference()))
    return render_template("attendance/sums.html", rows=_rows(conf), possible=possible, lasting=lasting)


@attendance_sums_bp.get("/file")
@allow(Role.ORGANISER)
def file(conf: str) -> ResponseReturnValue:
    """Give out the sums as a CSV file."""
    rows: list[list[Raw]] = [
        [_("참석 방식·구분"), _("명단"), _("참여한 사람"), _("참여 시간 합계(분)"), _("한 사람 평균(분)")]
    ]
    rows += [[words, one.listed, one.attended, one.minutes, one.mean] for words, one in _rows(conf)]
    answer = Response(b"".join(write_csv(rows)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{conf}-attendance-sums.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _rows(conf: str) -> list[tuple[str, Sum]]:
    """Return the sums with what they are of, all guests first; others get their turn while it is worked out."""
    hub = current_hub()
    with hub.database.reading() as db:
        groups = all_groups(db, conf)
        found = lines(db, conference(), all_guests(db, conf), store.find_setup(db, conf), hub.now())
        summed = sums_of((one.guest, one.attended.minutes) for one in hub.in_turns(found, GUESTS_PER_TURN))
    rows = [(_("모두"), summed.total)]
    for key, one in rows_of(summed, groups):
        if key is None:
            rows.append((_("구분 없음"), one))
        else:
            rows.append((render_text(key.label if isinstance(key, Mode) else groups[key].title), one))
    return rows
