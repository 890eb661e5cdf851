"""What a recipient elsewhere does before they are called: try camera and microphone, and say that they are ready."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import actor, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.awards.shapes import SoonDoc
from conference_hub.awards.soon_actions import say_ready
from conference_hub.awards.soon_store import NOT_CALLED, told
from conference_hub.core.errors import Forbidden, msg
from conference_hub.web.describing import answers
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import GUEST_POST, guest, limiter
from conference_hub.web.requests import Nothing

awards_soon_bp = Blueprint("awards_soon", __name__)
DEVICES = "camera=(self), microphone=(self), geolocation=()"
"""What this page alone may ask the browser for."""


@awards_soon_bp.get("/c/<conf>/me/devices")
@allow(Role.ATTENDEE)
def devices(conf: str) -> ResponseReturnValue:
    """Let a guest try their camera and microphone; nothing of it leaves the browser."""
    response = make_response(render_template("awards/devices.html", soon=_told(conf, _own_guest_id(conf))))
    response.headers["Permissions-Policy"] = DEVICES
    return response


@awards_soon_bp.post("/c/<conf>/me/ready")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(Nothing, devices)
def ready(_form: Nothing, conf: str) -> ResponseReturnValue:
    """Tell those who run the ceremony that the guest is ready."""
    guest_id = _own_guest_id(conf)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        say_ready(write, guest_id)
    return redirect(url_for(".devices", conf=conf))


@awards_soon_bp.get("/api/v1/c/<conf>/me/soon")
@allow(Role.ATTENDEE)
@answers(SoonDoc)
def soon(conf: str) -> ResponseReturnValue:
    """Tell a guest whether they are called soon, for one whom no socket reaches."""
    response = make_response({**_told(conf, _own_guest_id(conf))})
    response.headers["Cache-Control"] = "no-store"
    return response


def _told(conf: str, guest_id: str) -> SoonDoc:
    with current_hub().database.reading() as db:
        return told(db, conf).get(guest_id, NOT_CALLED)


def _own_guest_id(conf: str) -> str:
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        raise Forbidden(msg("등록된 참석자의 페이지입니다."))
    return guest_id
