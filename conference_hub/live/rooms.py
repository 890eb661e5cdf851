"""Who is connected, and who is in which room, as python-socketio asks for it.

Its own keeping gives every client a room of its own (two dictionaries), looks through a list of all who are just
joining, and through all rooms when one leaves: with thousands at once each of them costs as much as there are others.
Here a client is in one room at most, which is all that the hub needs. The version is pinned, and
`tests/unit/live/test_rooms.py` compares this with the library's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from socketio import Manager

NAMESPACE = "/"


class Rooms(Manager):  # type: ignore[misc] # the library has no types
    """The clients of the namespace `/`; each has a `sid` on a connection of the engine (`eio_sid`)."""

    def __init__(self) -> None:
        super().__init__()
        self._engine_sids: dict[str, str] = {}
        self._sids: dict[str, str] = {}
        self._members: dict[str, dict[str, str]] = {}
        self._room_of: dict[str, str] = {}
        self._joining: set[str] = set()
        self._leaving: set[str] = set()

    def get_namespaces(self) -> Iterable[str]:
        """Return the only namespace, once somebody is there."""
        return (NAMESPACE,) if self._engine_sids else ()

    def get_participants(self, namespace: str, room: str | None) -> Iterator[tuple[str, str]]:
        """Yield `(sid, eio_sid)` of a room as it is now, of the client `room`, or of everybody (None)."""
        if namespace == NAMESPACE:
            yield from list(self._in(room).items())

    def pre_connect(self, eio_sid: str, namespace: str) -> str | None:
        """Give a connection a client that is about to join; None when it has one."""
        if namespace != NAMESPACE or eio_sid in self._sids:
            return None
        sid: str = self.server.eio.generate_id()
        self._engine_sids[sid] = eio_sid
        self._sids[eio_sid] = sid
        self._joining.add(sid)
        return sid

    def connect(self, sid: str, namespace: str) -> str | None:  # noqa: ARG002 - inherited
        """Note that a client has joined."""
        self._joining.discard(sid)
        return sid

    def is_pre_connected(self, sid: str, namespace: str) -> bool:  # noqa: ARG002 - inherited
        """Return whether a client is about to join."""
        return sid in self._joining

    def is_connected(self, sid: str, namespace: str) -> bool:  # noqa: ARG002 - inherited
        """Return whether a client has joined and is not about to leave."""
        return sid in self._engine_sids and sid not in self._joining and sid not in self._leaving

    def sid_from_eio_sid(self, eio_sid: str, namespace: str) -> str | None:  # noqa: ARG002 - inherited
        """Return the client of a connection."""
        return self._sids.get(eio_sid)

    def eio_sid_from_sid(self, sid: str, namespace: str) -> str | None:  # noqa: ARG002 - inherited
        """Return the connection of a client."""
        return self._engine_sids.get(sid)

    def pre_disconnect(self, sid: str, namespace: str) -> str | None:  # noqa: ARG002 - inherited
        """Note that a client is about to leave."""
        self._leaving.add(sid)
        return self._engine_sids.get(sid)

    def basic_disconnect(self, sid: str, namespace: str, **_options: Any) -> None:
        """Forget a client."""
        self._joining.discard(sid)
        self._leaving.discard(sid)
        self.callbacks.pop(sid, None)
        if (room := self._room_of.get(sid)) is not None:
            self.basic_leave_room(sid, namespace, room)
        eio_sid = self._engine_sids.pop(sid, None)
        if eio_sid is not None:
            self._sids.pop(eio_sid, None)

    def basic_enter_room(self, sid: str, namespace: str, room: str, eio_sid: str | None = None) -> None:
        """Put a client into a room, and out of the one that it was in; raises KeyError for one who is not there."""
        found = eio_sid or self._engine_sids[sid]
        before = self._room_of.get(sid)
        if before is not None and before != room:
            self.basic_leave_room(sid, namespace, before)
        self._members.setdefault(room, {})[sid] = found
        self._room_of[sid] = room

    def basic_leave_room(self, sid: str, namespace: str, room: str) -> None:  # noqa: ARG002 - inherited
        """Take a client out of a room; who is not in it is ignored."""
        if self._room_of.get(sid) != room:
            return
        del self._room_of[sid]
        del self._members[room][sid]
        if not self._members[room]:
            del self._members[room]

    def basic_close_room(self, room: str, namespace: str) -> None:
        """Take everybody out of a room."""
        for sid in list(self._members.get(room, ())):
            self.basic_leave_room(sid, namespace, room)

    def get_rooms(self, sid: str, namespace: str) -> list[str]:  # noqa: ARG002 - inherited
        """Return the rooms of a client: its own, which is its name, and the one that it entered."""
        own = [sid] if sid in self._engine_sids else []
        return own + ([self._room_of[sid]] if sid in self._room_of else [])

    def _in(self, room: str | None) -> dict[str, str]:
        if room is None:
            return self._engine_sids
        if room in self._engine_sids:
            return {room: self._engine_sids[room]}
        return self._members.get(room, {})
