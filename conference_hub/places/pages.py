"""The desk's page of rooms and channels."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.conferences.place_store import all_channels, all_rooms
from conference_hub.conferences.places import SPOKEN
from conference_hub.places.embedding import may_embed
from conference_hub.web.hub import current_hub

PREFIX = "/c/<conf>/desk/conference/places"
"""The address of the page, and what the addresses of its forms begin with."""
places_pages_bp = Blueprint("places_pages", __name__, url_prefix=PREFIX)


@places_pages_bp.get("")
@allow(Role.ORGANISER)
def places(conf: str) -> ResponseReturnValue:
    """Show the rooms and channels of the conference, with what is public and what opens when."""
    hub = current_hub()
    with hub.database.reading() as db:
        rooms, channels = all_rooms(db, conf), all_channels(db, conf)
        uses = [source(db, conf) for source in hub.room_uses]
    used = {room.id: [text for use in uses for text in use.get(room.id, ())] for room in rooms}
    return render_template(
        "places/places.html",
        rooms=rooms,
        used=used,
        channels=channels,
        spoken=lambda code: SPOKEN.get(code, code),
        may_embed=lambda url: may_embed(url, hub.settings.frame_hosts),
    )
