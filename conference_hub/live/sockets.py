"""The Socket.IO end: who may follow which stream, and what who joins is told. Nothing is commanded here."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, cast

from flask import request
from flask_socketio import SocketIO, emit, join_room
from socketio.exceptions import ConnectionRefusedError as Refusal

from conference_hub.access.gate import viewer_of_request
from conference_hub.access.model import STREAM_ROLES
from conference_hub.access.policy import check
from conference_hub.conferences.store import get_conference
from conference_hub.errors import HubError, Unavailable
from conference_hub.hub import Hub
from conference_hub.journal import Stream
from conference_hub.live.catchup import missed
from conference_hub.live.fanout import NAMESPACE
from conference_hub.live.followers import Followers, Place, room_of
from conference_hub.live.relay import Relay

log = logging.getLogger(__name__)

MAX_MESSAGE_BYTES = 16_384
"""A client sends its `auth` and heartbeats, nothing larger."""
SAME_ORIGIN = "same-origin"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a client asks for when it connects; `after` is the last sequence number it has seen."""

    place: Place
    after: int | None


class Doorway:
    """The handlers of the Socket.IO namespace `/`."""

    def __init__(self, hub: Hub, relay: Relay, followers: Followers) -> None:
        self._hub = hub
        self._relay = relay
        self._followers = followers

    def attach(self, socketio: SocketIO) -> None:
        """Register the handlers; any other event a client sends has none and is ignored."""
        socketio.on_event("connect", self.connect)
        socketio.on_event("disconnect", self.leave)

    def connect(self, auth: object = None) -> None:
        """Let a client in, or refuse it with a code and its detail.

        The codes are `bad_request`, `origin`, `not_found`, `not_signed_in`, `forbidden`; `unavailable` asks
        the client to come again later.
        """
        try:
            wish = parse_wish(auth)
            self._admit(wish.place)
            self._follow(wish)
        except Refusal:
            raise
        except HubError as error:
            raise Refusal(error.code, error.detail) from error
        except Exception as error:
            log.exception("a client could not be let in")
            raise Refusal("unavailable", {}) from error

    def leave(self, _reason: object = None) -> None:
        """Forget a client that went."""
        self._followers.remove(_sid())

    def _admit(self, place: Place) -> None:
        """Check the sender against the stream, and that a browser comes from a page of ours."""
        conf, stream = place
        with self._hub.database.reading() as db:
            viewer = viewer_of_request(db)
            if self._relay.position(place) is None:
                get_conference(db, conf)
        if not viewer.machine and not _from_own_page():
            raise Refusal("origin", {})
        check(viewer, conf, STREAM_ROLES[stream])

    def _follow(self, wish: Wish) -> None:
        """Replay before joining, so that nothing comes out of order, and after it, so that nothing is lost."""
        sid = _sid()
        told = self._replay(wish.place, wish.after)
        join_room(room_of(wish.place))
        self._followers.add(sid, wish.place)
        self._replay(wish.place, told)
        emit("heartbeat", self._relay.heartbeat(wish.place))

    def _replay(self, place: Place, after: int | None) -> int | None:
        """Send what was missed since `after` and return the last number sent; None: nothing to go on from."""
        if after is None or after == self._relay.position(place):
            return after
        with self._hub.database.reading() as db:
            entries = missed(db, place, after)
        if entries is None:
            emit("reset", {"stream": place[1]})
            return None
        if entries:
            emit("entries", [entry.as_wire() for entry in entries])
        return after + len(entries)


def expel_revoked(hub: Hub, server: Any, followers: Followers) -> None:
    """Close every socket on a stream that is not public whose session or token no longer allows it.

    The client comes back by itself and is refused with the reason.
    """
    for conf, stream in followers.places():
        if stream is Stream.PUBLIC:
            continue
        for sid in followers.of((conf, stream)):
            environ = server.get_environ(sid)
            if environ and not _still_allowed(hub, environ, (conf, stream)):
                server.eio.disconnect(server.manager.eio_sid_from_sid(sid, NAMESPACE))


def _still_allowed(hub: Hub, environ: dict[str, Any], place: Place) -> bool:
    with environ["flask.app"].request_context(environ), hub.database.reading() as db:
        try:
            check(viewer_of_request(db), place[0], STREAM_ROLES[place[1]])
        except Unavailable:
            raise  # nobody is sent away because the database does not answer
        except HubError:
            return False
    return True


def parse_wish(auth: object) -> Wish:
    """Read `{"conf", "stream", "after"}`; refuses with `bad_request` and the field."""
    if not isinstance(auth, dict):
        raise Refusal("bad_request", {"field": "auth"})
    conf, stream, after = auth.get("conf"), auth.get("stream"), auth.get("after")
    if not isinstance(conf, str) or not conf.isprintable():
        raise Refusal("bad_request", {"field": "conf"})
    if not isinstance(stream, str) or stream not in set(Stream):
        raise Refusal("bad_request", {"field": "stream"})
    if after is not None and (isinstance(after, bool) or not isinstance(after, int) or after < 0):
        raise Refusal("bad_request", {"field": "after"})
    return Wish(place=(conf, Stream(stream)), after=after)


def _from_own_page() -> bool:
    """Tell whether a browser says that the hub's own page opened the connection.

    A foreign Origin never comes so far. Long polling from the own page sends no Origin; there the browser's
    own `Sec-Fetch-Site` says it. What says neither is no page of ours.
    """
    return "Origin" in request.headers or request.headers.get("Sec-Fetch-Site") == SAME_ORIGIN


def _sid() -> str:
    return str(cast("Any", request).sid)
