"""The pages of the agenda: console, editor, cue sheet, and the programme as everybody reads it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import acting, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda import store
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.outputs.printed import cue_sheet, printed_programme, told
from conference_hub.agenda.requests import CueSheetQuery
from conference_hub.agenda.sources import room_titles, rooms_by_id
from conference_hub.core.now import iso
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import render_text
from conference_hub.web.requests import takes

agenda_pages_bp = Blueprint("agenda_pages", __name__)


@agenda_pages_bp.get("/c/<conf>/console")
@allow(Role.OPERATOR)
def console(conf: str) -> ResponseReturnValue:
    """Show the console."""
    found = acting(conf)
    return render_template("agenda/console.html", conf=conf, actor=found.id if found else "")


@agenda_pages_bp.get("/c/<conf>/desk/programme")
@allow(Role.ORGANISER)
def programme(conf: str) -> ResponseReturnValue:
    """Show the editor of the plan."""
    return render_template("agenda/programme.html", page=_editor_data(conf), links=_links())


@agenda_pages_bp.get("/c/<conf>/desk/programme/cue-sheet")
@allow(Role.OPERATOR)
@takes(CueSheetQuery)
def sheet(query: CueSheetQuery, conf: str) -> ResponseReturnValue:
    """Show the cue sheet of the working plan to be printed: of all lanes and departments, or of one."""
    with current_hub().database.reading() as db:
        plan, rooms = store.working_plan(db, conf), room_titles(db, conf)
    departments = [one for one in plan.departments if query.department in {"", one.id}]
    return render_template(
        "agenda/cue_sheet.html",
        plan=plan,
        rooms=rooms,
        departments=departments,
        sheets=cue_sheet(plan, conference().zone, query.lane or None),
        several=conference().last_day != conference().day,
        chosen=query,
    )


@agenda_pages_bp.get("/c/<conf>/programme")
@allow(Role.PUBLIC)
def timetable(conf: str) -> ResponseReturnValue:
    """Show the published programme on its own, to be read and printed."""
    with current_hub().database.reading() as db:
        version, rooms = store.published_plan(db, conf), rooms_by_id(db, conf)
    shown = printed_programme(version.plan, rooms, conference().zone) if version else None
    return render_template("agenda/timetable.html", version=version, programme=shown)


@agenda_pages_bp.get("/c/<conf>/programme/changes")
@allow(Role.PUBLIC)
def changes(conf: str) -> ResponseReturnValue:
    """Show what each published version of the programme changed."""
    with current_hub().database.reading() as db:
        versions = store.changelog(db, conf)
    return render_template(
        "agenda/changes.html",
        versions=[(version, told(version.changes)) for version in versions],
        several=conference().last_day != conference().day,
    )


def _editor_data(conf: str) -> dict[str, Any]:
    """Return what the editor's script needs to know of the conference and of who uses it."""
    shown, actor = conference(), acting(conf)
    return {
        "conf": conf,
        "zone": shown.timezone,
        "languages": list(shown.languages),
        "kinds": [{"value": kind.value, "label": render_text(kind.label)} for kind in SegmentKind],
        "startsAt": iso(shown.starts_at),
        "endsAt": iso(shown.ends_at),
        "actor": actor.id if actor else "",
    }


def _links() -> list[tuple[str, str]]:
    """Return where else the plan leads: paths under the conference, and what people read."""
    return [
        ("desk/files/import/cues", _("큐시트 가져오기")),
        ("desk/files/export/cues.xlsx", _("큐시트 내려받기 (XLSX)")),
        ("console", _("진행 콘솔")),
        ("desk/programme/cue-sheet", _("큐시트 인쇄")),
        ("programme", _("공개된 일정")),
        ("programme/changes", _("바뀐 내용")),
    ]
