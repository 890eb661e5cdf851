"""The screens that show the day to a hall, a speaker and a mixer, and what keeps them going without the network."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.model import Role
from conference_hub.access.policy import allow, without_viewer
from conference_hub.core.files import STATIC
from conference_hub.screens.asked import asked_lane, live_plan
from conference_hub.screens.requests import ScreenQuery
from conference_hub.web.requests import takes

screens_pages_bp = Blueprint("screens_pages", __name__)


@screens_pages_bp.get("/c/<conf>/screen/stage")
@allow(Role.PUBLIC)
@takes(ScreenQuery)
def stage(query: ScreenQuery, conf: str) -> ResponseReturnValue:
    """Fill the screen of a lane with what happens on its stage."""
    return _screen("stage", query, conf)


@screens_pages_bp.get("/c/<conf>/screen/timer")
@allow(Role.PUBLIC)
@takes(ScreenQuery)
def timer(query: ScreenQuery, conf: str) -> ResponseReturnValue:
    """Show a speaker how much time is left."""
    return _screen("timer", query, conf)


@screens_pages_bp.get("/c/<conf>/screen/lower-third")
@allow(Role.PUBLIC)
@takes(ScreenQuery)
def lower_third(query: ScreenQuery, conf: str) -> ResponseReturnValue:
    """Give a mixer the name of who is on stage, over its picture."""
    return _screen("lower_third", query, conf)


@screens_pages_bp.get("/screen-worker.js")
@allow(Role.PUBLIC)
@without_viewer
def worker() -> ResponseReturnValue:
    """Answer with the script that keeps screens in the browser: it has to stand above their addresses."""
    source = (STATIC / "js" / "screens" / "worker.js").read_text(encoding="utf-8")
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return Response(source, mimetype="text/javascript", headers=headers)


def _screen(template: str, query: ScreenQuery, conf: str) -> str:
    lane = asked_lane(live_plan(conf), query)
    return render_template(f"screens/{template}.html", lane=lane, asked=query)
