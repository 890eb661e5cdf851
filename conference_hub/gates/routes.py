"""The API of devices: what they tell, and pairing by a code."""

from __future__ import annotations

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from conference_hub.access.browsers import browser_family, in_app
from conference_hub.access.middleware import viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.access.senders import remember
from conference_hub.core.actor import Actor
from conference_hub.core.now import iso
from conference_hub.gates.acting import device_of
from conference_hub.gates.device_actions import Earlier, code_is_over, pair
from conference_hub.gates.device_store import find_link, note_contact
from conference_hub.gates.documents import device_document
from conference_hub.gates.requests import DeviceReport, Pair
from conference_hub.gates.shapes import DeviceAnswer, PairedAnswer
from conference_hub.web.describing import answers
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import ARRIVALS, limiter
from conference_hub.web.requests import takes

gates_bp = Blueprint("gates", __name__)


@gates_bp.post("/api/v1/c/<conf>/checkin/device")
@allow(Role.STAFF)
@answers(DeviceAnswer)
@takes(DeviceReport)
def report_device(body: DeviceReport, conf: str) -> ResponseReturnValue:
    """Take note of what a device tells about once a minute; a browser or script that is none tells nothing."""
    hub, at = current_hub(), current_hub().now()
    with hub.database.reading() as db:
        device = device_of(db, conf, viewer())
    if device is not None:
        with hub.database.writing() as db:
            note_contact(db, conf, device.id, body.contact(at), at)
    return jsonify({"device": device_document(device) if device else None, "now": iso(at)})


@gates_bp.get("/checkin/pair")
@allow(Role.PUBLIC)
def pairing() -> ResponseReturnValue:
    """Show the button that pairs this browser; the code is in the fragment, which no server and no log sees."""
    return render_template("gates/pair.html", in_app=in_app(request.user_agent.string))


@gates_bp.post("/checkin/pair")
@allow(Role.PUBLIC)
@answers(PairedAnswer)
@takes(Pair)
def pair_browser(body: Pair) -> ResponseReturnValue:
    """Pair this browser by a code and sign it in; a browser that was paired before stays the same device."""
    hub = current_hub()
    with hub.database.reading() as db:
        link = find_link(db, body.code, hub.now())
    if link is None:
        raise code_is_over()
    kept = next((one for one in body.earlier if one.conf == link.conf), None)
    earlier = Earlier(device=kept.device, key=kept.key) if kept else None
    browser = browser_family(request.user_agent.string)
    by = Actor.stored(link.created_by_actor, link.created_by)
    with limiter.limit(ARRIVALS), hub.journal.writing(link.conf, actor=by) as write:
        paired = pair(write, body.code, viewer(), earlier=earlier, browser=browser)
    hub.tell_ended()
    remember(paired.session)
    return jsonify({"conf": paired.device.conf, "device": paired.device.id, "key": paired.key})
