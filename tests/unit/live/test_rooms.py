"""Rooms keep what python-socketio's own manager keeps, for clients that are in one room at most."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from socketio import Manager

from conference_hub.live.rooms import NAMESPACE, Rooms

CONNECTIONS = ("a", "b", "c")
HALLS = ("hall", "foyer")
Step = tuple[str, str, str]
steps = st.lists(
    st.tuples(
        st.sampled_from(("open", "accept", "enter", "leaving", "gone")),
        st.sampled_from(CONNECTIONS),
        st.sampled_from(HALLS),
    ),
    max_size=40,
)


@dataclass
class FakeServer:
    """Gives the same names to the clients of both managers."""

    numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def eio(self) -> FakeServer:
        return self

    def generate_id(self) -> str:
        return f"sid-{next(self.numbers)}"


def manager(made: Manager) -> Manager:
    made.server = FakeServer()
    return made


def take(one: Manager, step: Step) -> None:
    """Do what the server would at this step, where it would do it."""
    what, connection, hall = step
    sid = one.sid_from_eio_sid(connection, NAMESPACE)
    if what == "open" and sid is None:
        one.pre_connect(connection, NAMESPACE)
    if sid is None:
        return
    if what == "accept" and one.is_pre_connected(sid, NAMESPACE):
        one.connect(sid, NAMESPACE)
    if what == "enter":
        for other in set(one.get_rooms(sid, NAMESPACE)) - {sid, hall}:
            one.leave_room(sid, NAMESPACE, other)
        one.enter_room(sid, NAMESPACE, hall)
    if what == "leaving" and one.is_connected(sid, NAMESPACE):
        one.pre_disconnect(sid, NAMESPACE)
    if what == "gone":
        one.disconnect(sid, NAMESPACE)


def known(one: Manager) -> dict[str, object]:
    sids = {connection: one.sid_from_eio_sid(connection, NAMESPACE) for connection in CONNECTIONS}
    there = [sid for sid in sids.values() if sid]
    rooms = (*HALLS, "nowhere", *there)
    return {
        "sids": sids,
        "connections": {sid: one.eio_sid_from_sid(sid, NAMESPACE) for sid in there},
        "connected": {sid: one.is_connected(sid, NAMESPACE) for sid in (*there, "nobody", None)},
        "rooms": {sid: set(one.get_rooms(sid, NAMESPACE)) for sid in there},
        "participants": {room: dict(one.get_participants(NAMESPACE, room)) for room in rooms},
        "everybody": dict(one.get_participants(NAMESPACE, None)),
        "namespaces": list(one.get_namespaces()),
    }


@given(steps)
def test_rooms_are_as_the_library_keeps_them(taken: list[Step]) -> None:
    ours, theirs = manager(Rooms()), manager(Manager())

    for step in taken:
        take(ours, step)
        take(theirs, step)
        assert known(ours) == known(theirs)


def test_nothing_is_kept_of_who_left() -> None:
    rooms = manager(Rooms())
    empty = {name: repr(value) for name, value in vars(rooms).items() if name != "server"}
    for connection in CONNECTIONS:
        sid = rooms.pre_connect(connection, NAMESPACE)
        rooms.enter_room(sid, NAMESPACE, "hall")
        rooms.connect(sid, NAMESPACE)
        rooms.pre_disconnect(sid, NAMESPACE)
        rooms.disconnect(sid, NAMESPACE)

    assert {name: repr(value) for name, value in vars(rooms).items() if name != "server"} == empty


def test_room_can_be_left_by_all_while_they_are_told() -> None:
    rooms = manager(Rooms())
    for connection in CONNECTIONS:
        sid = rooms.pre_connect(connection, NAMESPACE)
        rooms.enter_room(sid, NAMESPACE, "hall")

    for sid, _ in rooms.get_participants(NAMESPACE, "hall"):
        rooms.close_room("hall", NAMESPACE)
        assert sid

    assert list(rooms.get_participants(NAMESPACE, "hall")) == []


def test_other_namespaces_have_nobody() -> None:
    rooms = manager(Rooms())

    assert rooms.pre_connect("a", "/admin") is None
    assert list(rooms.get_participants("/admin", None)) == []
