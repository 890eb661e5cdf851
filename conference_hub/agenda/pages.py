"""The page of the agenda: the console that sends the run commands."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.model import Role
from conference_hub.access.policy import allow

agenda_pages_bp = Blueprint("agenda_pages", __name__)


@agenda_pages_bp.get("/c/<conf>/console")
@allow(Role.OPERATOR)
def console(conf: str) -> ResponseReturnValue:
    """Show the console."""
    return render_template("agenda/console.html", conf=conf)
