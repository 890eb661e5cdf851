"""The forms of rooms."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.conferences.place_store import all_rooms
from conference_hub.conferences.places import Room
from conference_hub.core.ids import new_id
from conference_hub.core.ordered import moved, put, refuse_more, refuse_taken
from conference_hub.places.actions import get_room, remove_room, set_rooms
from conference_hub.places.keys import room_key
from conference_hub.places.pages import PREFIX, back, places, seen_now
from conference_hub.places.requests import Move, RoomEdit, RoomForm
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Nothing
from conference_hub.web.wordings import given_text, required_text

room_pages_bp = Blueprint("room_pages", __name__, url_prefix=PREFIX)

MOST_ROOMS = 200


@room_pages_bp.get("/rooms/new")
@allow(Role.ORGANISER)
def new_room(conf: str) -> ResponseReturnValue:
    """Show the form of a new room."""
    return render_template("places/room.html", room=None, seen=seen_now(conf))


@room_pages_bp.post("/rooms/new")
@allow(Role.ORGANISER)
@takes_form(RoomForm, new_room)
def add_room(form: RoomForm, conf: str) -> ResponseReturnValue:
    """Add a room at the end of the list."""
    room = _room(form, new_id())
    with current_hub().journal.writing(conf, actor=actor()) as write:
        rooms = all_rooms(write.session, conf)
        refuse_more(rooms, MOST_ROOMS)
        refuse_taken(rooms, room, conference().main_language)
        set_rooms(write, (*rooms, room))
    return back(conf)


@room_pages_bp.get("/rooms/<room_id>")
@allow(Role.ORGANISER)
def edit_room(conf: str, room_id: str) -> ResponseReturnValue:
    """Show the form of a room; raises NotFound."""
    with current_hub().database.reading() as db:
        room = get_room(all_rooms(db, conf), room_id)
    return render_template("places/room.html", room=room, seen=seen_now(conf))


@room_pages_bp.post("/rooms/<room_id>")
@allow(Role.ORGANISER)
@takes_form(RoomEdit, edit_room)
def change_room(form: RoomEdit, conf: str, room_id: str) -> ResponseReturnValue:
    """Change a room; refused when somebody else changed it since the form was made."""
    room = _room(form, room_id)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        rooms = all_rooms(write.session, conf)
        get_room(rooms, room_id)
        write.require_seen(room_key(room_id), form.seen)
        refuse_taken(rooms, room, conference().main_language)
        set_rooms(write, put(rooms, room))
    return back(conf)


@room_pages_bp.post("/rooms/<room_id>/move")
@allow(Role.ORGANISER)
@takes_form(Move, places)
def move_room(form: Move, conf: str, room_id: str) -> ResponseReturnValue:
    """Move a room one place up or down."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        rooms = all_rooms(write.session, conf)
        set_rooms(write, moved(rooms, get_room(rooms, room_id).id, form.by))
    return redirect(url_for("places_pages.places", conf=conf, _anchor=f"room-{room_id}"))


@room_pages_bp.post("/rooms/<room_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Nothing, places)
def delete_room(_form: Nothing, conf: str, room_id: str) -> ResponseReturnValue:
    """Remove a room that nothing takes place in."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        remove_room(write, current_hub(), room_id)
    return back(conf, _("삭제했습니다."))


def _room(form: RoomForm, room_id: str) -> Room:
    return Room(
        id=room_id,
        title=required_text(form, "title", conference().languages),
        note=given_text(form, "note"),
        capacity=form.capacity,
    )
