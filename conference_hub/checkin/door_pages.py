"""A badge that was issued at the door: its code for the screen, and the badge to print."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from conference_hub.access.middleware import viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.checkin import badge_store, door_actions
from conference_hub.checkin.qr import badge_svg
from conference_hub.checkin.veiling import veil
from conference_hub.gates.acting import check_may, device_of
from conference_hub.people.group_store import all_groups
from conference_hub.people.store import get_guest
from conference_hub.web.answers import allow_own_frames
from conference_hub.web.hub import current_hub

door_pages_bp = Blueprint("door_pages", __name__)


@door_pages_bp.get("/c/<conf>/door/badges/<guest_id>.svg")
@allow(Role.STAFF, Role.OPERATOR)
def badge_code(conf: str, guest_id: str) -> ResponseReturnValue:
    """Give out the code of a badge that was issued a moment ago; raises NotFound for any other."""
    hub = current_hub()
    with hub.database.reading() as db:
        check_may(device_of(db, conf, viewer()), search=True)
        found = door_actions.badge_to_show(db, conf, guest_id, hub.now())
    answer = Response(badge_svg(found.token), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@door_pages_bp.get("/c/<conf>/door/badges/<guest_id>")
@allow(Role.STAFF, Role.OPERATOR)
def badge_sheet(conf: str, guest_id: str) -> ResponseReturnValue:
    """Show one badge that was issued a moment ago, to print: the gate has it in a frame.

    Raises NotFound for any other.
    """
    hub = current_hub()
    allow_own_frames()
    with hub.database.reading() as db:
        check_may(device_of(db, conf, viewer()), search=True)
        found = door_actions.badge_to_show(db, conf, guest_id, hub.now())
        return render_template(
            "checkin/door_badge.html",
            guest=veil(db, conf)(get_guest(db, conf, guest_id)),
            code=Markup(badge_svg(found.token)),  # noqa: S704 - made of paths by us
            design=badge_store.badge_design(db, conf),
            groups=all_groups(db, conf),
        )
