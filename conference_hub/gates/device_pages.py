"""The desk's page of devices: which are paired and how they are, a code for another one, and the end of one."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from conference_hub.access.middleware import actor
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.entries import head
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.stream import Stream
from conference_hub.gates import device_store, store
from conference_hub.gates.device_actions import change_device, end_device, invite
from conference_hub.gates.health import health
from conference_hub.gates.keys import device_key
from conference_hub.gates.model import Gate, GateId, Plan
from conference_hub.gates.requests import DeviceEdit, DeviceForm
from conference_hub.gates.shapes import CodeAnswer
from conference_hub.web.describing import answers
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.qr import qr_svg
from conference_hub.web.requests import Nothing

gate_devices_bp = Blueprint("gate_devices", __name__, url_prefix="/c/<conf>/desk/gates/devices")


@gate_devices_bp.get("")
@allow(Role.ORGANISER)
def devices(conf: str) -> ResponseReturnValue:
    """List the devices with what they told last, the codes that are still open, and the form of another one."""
    at = current_hub().now()
    with current_hub().database.reading() as db:
        gates, listed = store.all_gates(db, conf), device_store.all_devices(db, conf)
        links = device_store.open_links(db, conf, at)
    return render_template(
        "gates/devices.html",
        gates=gates,
        devices=[(device, health(device, at)) for device in listed if not device.ended],
        ended=[device for device in listed if device.ended],
        links=links,
        titles={gate.id: gate.title for gate in gates},
    )


@gate_devices_bp.post("")
@allow(Role.ORGANISER)
@takes_form(DeviceForm, devices)
def invite_device(form: DeviceForm, conf: str) -> ResponseReturnValue:
    """Make a code that pairs one browser, and show it this once."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        plan = _plan(form, store.all_gates(write.session, conf))
        invited = invite(write, plan)
    link = f"{current_hub().settings.public_url}/checkin/pair#{invited.code}"
    return render_template(
        "gates/device_code.html",
        plan=plan,
        code=invited.code,
        link_id=invited.link,
        link=link,
        qr=Markup(qr_svg(link)),  # noqa: S704 - made of paths by us
    )


@gate_devices_bp.get("/codes/<link_id>")
@allow(Role.ORGANISER)
@answers(CodeAnswer)
def code_state(conf: str, link_id: str) -> ResponseReturnValue:
    """Say which device a code paired, null while it waits, and whether it is over; raises NotFound."""
    with current_hub().database.reading() as db:
        link = device_store.get_link(db, conf, link_id)
        device = device_store.get_device(db, conf, link.device_id) if link.device_id else None
    shown = {"id": device.id, "name": device.name, "browser": device.browser} if device else None
    return jsonify({"device": shown, "over": link.expires_at <= current_hub().now()})


@gate_devices_bp.get("/<device_id>")
@allow(Role.ORGANISER)
def edit_device(conf: str, device_id: str) -> ResponseReturnValue:
    """Show the form of a device; raises NotFound."""
    with current_hub().database.reading() as db:
        device, gates = device_store.get_device(db, conf, device_id), store.all_gates(db, conf)
        seen = head(db, conf, Stream.OPERATOR)
    return render_template("gates/device_form.html", device=device, gates=gates, seen=seen)


@gate_devices_bp.post("/<device_id>")
@allow(Role.ORGANISER)
@takes_form(DeviceEdit, edit_device)
def save_device(form: DeviceEdit, conf: str, device_id: str) -> ResponseReturnValue:
    """Change what a device is called and may do; refused when somebody else changed it since the form was made."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        write.require_seen(device_key(device_id), form.seen)
        change_device(write, device_id, _plan(form, store.all_gates(write.session, conf)))
    return _back(conf, _("저장했습니다."))


@gate_devices_bp.post("/<device_id>/end")
@allow(Role.ORGANISER)
@takes_form(Nothing, devices)
def end(_form: Nothing, conf: str, device_id: str) -> ResponseReturnValue:
    """End a device: it is signed out at once."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        end_device(write, device_id)
    hub.tell_ended()
    return _back(conf, _("기기 연결을 끝냈습니다."))


def _plan(form: DeviceForm, gates: tuple[Gate, ...]) -> Plan:
    known = {gate.id for gate in gates}
    if not known >= set(form.gates):
        raise Invalid(msg("그런 출입구가 없습니다."), field="gates")
    return Plan(name=form.name, gates=frozenset(map(GateId, form.gates)), scan_only=form.scan_only)


def _back(conf: str, words: str) -> ResponseReturnValue:
    flash(words, "good")
    return redirect(url_for(".devices", conf=conf))
