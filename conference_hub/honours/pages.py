"""The page on which the team says who of the guests of honour is here."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import viewer
from conference_hub.access.model import STREAM_ROLES, Role
from conference_hub.access.policy import allow
from conference_hub.core.stream import Stream
from conference_hub.honours.arrivals import inside
from conference_hub.honours.store import all_honours
from conference_hub.web.hub import current_hub

honours_pages_bp = Blueprint("honours_pages", __name__)


@honours_pages_bp.get("/c/<conf>/honours")
@allow(Role.STAFF, Role.EMCEE, Role.OPERATOR)
def today(conf: str) -> ResponseReturnValue:
    """Show who is here and who is still to come, for those who greet them; names come by the viewer's stream."""
    with current_hub().database.reading() as db:
        arrived = inside(db, conf, all_honours(db, conf))
    knows = bool(viewer().roles(conf) & STREAM_ROLES[Stream.SEALED])
    stream = Stream.SEALED if knows else Stream.STAFF
    return render_template("honours/today.html", stream=stream, arrived=sorted(arrived))
