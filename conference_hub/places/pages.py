"""The desk's page of rooms and channels, and what its forms have in common."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.conferences.place_store import all_channels, all_rooms
from conference_hub.conferences.places import SPOKEN
from conference_hub.core.entries import head
from conference_hub.core.stream import Stream
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


def seen_now(conf: str) -> int:
    """Return the last sequence number of the operator's stream: what a form that is shown now has seen."""
    with current_hub().database.reading() as db:
        return head(db, conf, Stream.OPERATOR)


def back(conf: str, words: str = "") -> ResponseReturnValue:
    """Lead back to the page after a change, with `words` about it."""
    flash(words or _("저장했습니다."), "good")
    return redirect(url_for("places_pages.places", conf=conf))
