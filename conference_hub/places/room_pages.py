"""The forms of rooms."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.access.middleware import conference
from conference_hub.conferences.place_store import all_rooms
from conference_hub.conferences.places import Room
from conference_hub.core.journal import Write
from conference_hub.places.actions import NO_ROOM, remove_room, set_rooms
from conference_hub.places.desk_list import TitledList, add_list
from conference_hub.places.keys import room_key
from conference_hub.places.pages import PREFIX, places
from conference_hub.places.requests import RoomEdit, RoomForm
from conference_hub.web.hub import current_hub
from conference_hub.web.wordings import given_text, required_text

room_pages_bp = Blueprint("room_pages", __name__, url_prefix=PREFIX)


class Rooms(TitledList[Room, RoomForm]):
    """The rooms of a conference; one that something takes place in is not removed."""

    page, item, path, most, unknown = "places_pages.places", "room", "/rooms", 200, NO_ROOM
    form, edit = RoomForm, RoomEdit

    @override
    def read(self, session: Session) -> Sequence[Room]:
        return all_rooms(session, self.conf)

    @override
    def save(self, write: Write, after: Sequence[Room]) -> None:
        set_rooms(write, after)

    @override
    def remove(self, write: Write, item: Room) -> None:
        remove_room(write, current_hub(), item.id)

    @override
    def key(self, item_id: str) -> str:
        return room_key(item_id)

    @override
    def show_form(self, item: Room | None, seen: int) -> ResponseReturnValue:
        return render_template("places/room.html", room=item, seen=seen)

    @override
    def made(self, write: Write, form: RoomForm, item_id: str) -> Room:
        return Room(
            id=item_id,
            title=required_text(form, "title", conference().languages),
            note=given_text(form, "note"),
            capacity=form.capacity,
        )


add_list(room_pages_bp, Rooms, places)
