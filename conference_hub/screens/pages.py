"""The screens that show the day to a hall, a speaker and a mixer, and what keeps them going without the network."""

from __future__ import annotations

from flask import Blueprint, Response, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import enter_as_screen
from conference_hub.access.model import Role
from conference_hub.access.policy import allow, without_viewer
from conference_hub.access.store import find_screen_link
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.files import STATIC
from conference_hub.screens.asked import asked_lane, asked_run, live_plan
from conference_hub.screens.requests import ScreenQuery
from conference_hub.web.hub import current_hub
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


@screens_pages_bp.get("/s/<token>")
@allow(Role.PUBLIC)
@without_viewer
def by_link(token: str) -> ResponseReturnValue:
    """Open the screen of a link: its kind, lane, language and look come from the address, nobody signs in.

    An address without its query gets the one that the link was made with. Raises NotFound.
    """
    g.keep_language = False
    with current_hub().database.reading() as db:
        link = find_screen_link(db, token)
        if link is None or link.kind not in current_hub().screen_pages:
            raise NotFound(msg("이 화면 링크는 없거나 더는 쓸 수 없습니다."))
        if link.options and not request.args:
            return redirect(f"/s/{token}?{link.options}")
        enter_as_screen(db, link)
        kind, conf = link.kind, link.conf
    answer = make_response(current_hub().screen_pages[kind](conf=conf))
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


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
    return render_template(f"screens/{template}.html", lane=lane, asked=query, run=asked_run(conf, query))
