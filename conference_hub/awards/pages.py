"""The page of results."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.model import Role
from conference_hub.access.policy import allow

awards_pages_bp = Blueprint("awards_pages", __name__)


@awards_pages_bp.get("/c/<conf>/results")
@allow(Role.PUBLIC)
def results(conf: str) -> ResponseReturnValue:
    """Show the awards that were revealed, and each one as it is: the page follows the public stream."""
    return render_template("awards/results.html", conf=conf)
