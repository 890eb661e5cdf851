"""The list by which a paired device knows badges while it cannot ask."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import actor, conference, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.checkin.roster_shapes import RosterAnswer
from conference_hub.checkin.roster_store import lasts_until, read_roster, roster_tag
from conference_hub.core.now import iso
from conference_hub.gates.acting import device_of, require_device
from conference_hub.gates.model import Device
from conference_hub.gates.rules import day_of
from conference_hub.people.disclosures import DisclosureKind, Reason, disclose, last_disclosed
from conference_hub.web.describing import answers
from conference_hub.web.hub import current_hub

roster_bp = Blueprint("roster", __name__)


@roster_bp.get("/api/v1/c/<conf>/checkin/roster")
@allow(Role.STAFF, Role.OPERATOR)
@answers(RosterAnswer)
def roster(conf: str) -> ResponseReturnValue:
    """Give a paired device the badges and the rules; 304 when it has them (`If-None-Match`).

    `X-Roster-As-Of` and `X-Roster-Expires-At` say how long what it has holds then. That it was given is written down
    once a day for each device. Browsers keep no copy of the answer.
    """
    hub, at = current_hub(), current_hub().now()
    with hub.database.reading() as db:
        device = require_device(device_of(db, conf, viewer()))
        tag, until = roster_tag(db, conf, device, at), lasts_until(db, conf, at)
        given = None if request.if_none_match.contains(tag) else read_roster(db, conf, device, at)
        noted = last_disclosed(db, conf, DisclosureKind.ROSTER, _note(device))
    if given is not None and not _same_day(noted, at):
        with hub.journal.writing(conf, actor=actor()) as write:
            disclose(write, DisclosureKind.ROSTER, len(given["people"]), Reason.RECEPTION, _note(device))
    answer = Response(status=304) if given is None else jsonify(given)
    answer.set_etag(tag)
    answer.headers["X-Roster-As-Of"], answer.headers["X-Roster-Expires-At"] = iso(at), iso(until)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _note(device: Device) -> str:
    """Name the device in the log so that two of one name are told apart."""
    return f"{device.name} ({device.id[:8]})"


def _same_day(noted: datetime | None, at: datetime) -> bool:
    zone = conference().timezone
    return noted is not None and day_of(noted, zone) == day_of(at, zone)
