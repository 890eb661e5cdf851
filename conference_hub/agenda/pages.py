"""The pages of the agenda: the console that sends the run commands, and the editor of the plan."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import acting, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.core.now import iso
from conference_hub.web.i18n import render_text

agenda_pages_bp = Blueprint("agenda_pages", __name__)


@agenda_pages_bp.get("/c/<conf>/console")
@allow(Role.OPERATOR)
def console(conf: str) -> ResponseReturnValue:
    """Show the console."""
    return render_template("agenda/console.html", conf=conf)


@agenda_pages_bp.get("/c/<conf>/desk/programme")
@allow(Role.ORGANISER)
def programme(conf: str) -> ResponseReturnValue:
    """Show the editor of the plan."""
    return render_template("agenda/programme.html", page=_editor_data(conf), links=_links())


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
        ("desk/files/import/cues", _("큐시트 불러오기")),
        ("desk/files/export/cues.xlsx", _("큐시트 내려받기 (XLSX)")),
        ("console", _("진행 콘솔")),
    ]
