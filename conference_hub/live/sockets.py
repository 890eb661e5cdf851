"""The Socket.IO handlers: who may follow which stream, and what is sent on joining. No commands come this way."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import request
from flask_socketio import SocketIO, emit, join_room
from socketio.exceptions import ConnectionRefusedError as Refusal

from conference_hub.access.middleware import not_published
from conference_hub.access.model import Viewer
from conference_hub.access.policy import check_stream, works_for
from conference_hub.access.senders import viewer_of_request, viewer_of_screen
from conference_hub.attendance.keeping import Keeper
from conference_hub.awards.openings import OF_STREAM, note
from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import HubError
from conference_hub.core.now import iso
from conference_hub.core.stream import Stream
from conference_hub.live import applause
from conference_hub.live.applause import Applause
from conference_hub.live.called_soon import CalledSoon
from conference_hub.live.followers import Followers, StreamKey, room_of
from conference_hub.live.relay import Relay
from conference_hub.live.replays import Replays
from conference_hub.live.screens_up import EVENT, ScreensUp
from conference_hub.web.hub import Hub

log = logging.getLogger(__name__)

SAME_ORIGIN = "same-origin"


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """The stream that a client wants to follow; `after` is the last sequence number it has seen.

    `screen` is the secret of the link that opened the screen, if one did.
    """

    key: StreamKey
    after: int | None
    screen: str | None = None


class SocketHandlers:
    """The handlers of the Socket.IO namespace `/`."""

    def __init__(
        self,
        hub: Hub,
        relay: Relay,
        followers: Followers,
        replays: Replays,
        joined: Callable[[str], None],
        screens: ScreensUp,
        applause: Applause,
        called: CalledSoon,
        keeper: Keeper,
    ) -> None:
        self._hub = hub
        self._relay = relay
        self._followers = followers
        self._replays = replays
        self._joined = joined
        self._screens = screens
        self._applause = applause
        self._called = called
        self._keeper = keeper
        self._guests: dict[str, tuple[str, str]] = {}
        self._names: dict[str, str] = {}

    def attach(self, socketio: SocketIO) -> None:
        """Register the handlers; any other event that a client sends has none and is ignored."""
        socketio.on_event("connect", self.connect)
        socketio.on_event("disconnect", self.leave)
        socketio.on_event("screen", self.screen)
        socketio.on_event("applause", self.clap)
        socketio.on_event("watching", self.watching)
        socketio.on_event("now", self.tell_time)

    def connect(self, auth: object = None) -> None:
        """Accept a client, or refuse it with a code and its detail.

        The codes are `bad_request`, `origin`, `not_found`, `not_published`, `not_signed_in`, `forbidden`;
        `unavailable` asks the client to come again later.
        """
        try:
            subscription = parse_subscription(auth)
            viewer = self._admit(subscription.key, subscription.screen)
            self._follow(subscription, viewer)
        except Refusal:
            raise
        except HubError as error:
            raise Refusal(error.code, error.detail) from error
        except Exception as error:
            log.exception("a client could not be let in")
            raise Refusal("unavailable", {}) from error

    def leave(self, _reason: object = None) -> None:
        """Remove a client that disconnected."""
        self._followers.remove(_sid())
        self._screens.remove(_sid())
        self._applause.remove(_sid())
        self._called.remove(_sid())
        self._keeper.gone(_sid())
        self._guests.pop(_sid(), None)
        self._names.pop(_sid(), None)

    def screen(self, said: object = None) -> None:
        """Take what a screen that a link opened says of itself; from anybody else it has no meaning."""
        name = self._names.get(_sid())
        if name is not None:
            self._screens.report(_sid(), name, said)

    def clap(self, said: object = None) -> None:
        """Take the applause of a browser; a screen that a link opened does not clap."""
        if _sid() not in self._names:
            self._applause.clap(_sid(), said)

    def watching(self, said: object = None) -> None:
        """Take whether the live page of a guest is visible; from anybody else it has no meaning."""
        guest = self._guests.get(_sid())
        visible = said.get("visible") if isinstance(said, dict) else None
        if guest is not None and isinstance(visible, bool):
            self._keeper.seen(_sid(), *guest, visible=visible)

    def tell_time(self, _said: object = None) -> str:
        """Return the server's time as the acknowledgement: a round trip from which a client sets its clock."""
        return iso(self._hub.now())

    def _admit(self, key: StreamKey, screen: str | None) -> Viewer:
        """Return the sender, checked against the stream; a browser must come from a page of ours."""
        conf, stream = key
        with self._hub.database.reading() as db:
            viewer = viewer_of_request(db, conf) if screen is None else viewer_of_screen(db, screen)
            draft = get_conference(db, conf).hidden
        if not viewer.machine and not _from_own_page():
            raise Refusal("origin", {})
        check_stream(viewer, conf, stream)
        if draft and not works_for(viewer, conf):
            raise not_published()
        if stream in OF_STREAM:
            note(self._hub.database, conf, viewer.worker(conf), OF_STREAM[stream], self._hub.now())
        return viewer

    def _follow(self, subscription: Subscription, viewer: Viewer) -> None:
        """Replay before joining, so that nothing comes out of order, and after it, so that nothing is lost."""
        sid = _sid()
        told = self._replay(subscription.key, subscription.after)
        join_room(room_of(subscription.key))
        self._followers.add(sid, subscription.key, viewer.credential)
        conf, stream = subscription.key
        guest_id = viewer.guest_id(conf)
        if guest_id is not None and viewer.credential is not None and stream is Stream.PUBLIC:
            self._called.join(sid, conf, guest_id, viewer.credential)
            self._guests[sid] = (conf, guest_id)
        if viewer.screen_id is not None:
            self._names[sid] = viewer.name
        self._replay(subscription.key, told)
        emit("heartbeat", self._relay.heartbeat(subscription.key))
        if subscription.key[1] is Stream.OPERATOR:
            emit(EVENT, self._screens.document(subscription.key[0]))
        if subscription.key[1] in applause.TOLD and (claps := self._applause.told(subscription.key[0])):
            emit(applause.EVENT, claps)
        self._joined(self._replays.connection_of(sid))

    def _replay(self, key: StreamKey, after: int | None) -> int | None:
        """Send what was missed since `after` and return the last number sent; None: nothing to go on from."""
        if after is None or after == self._relay.position(key):
            return after
        told = self._replays.send(_sid(), key, after, request.remote_addr or "")
        if told is None:
            emit("reset", {"stream": key[1]})
        return told


def parse_subscription(auth: object) -> Subscription:
    """Read `{"conf", "stream", "after", "screen"}`; refuses with `bad_request` and the field."""
    if not isinstance(auth, dict):
        raise Refusal("bad_request", {"field": "auth"})
    conf, stream, after = auth.get("conf"), auth.get("stream"), auth.get("after")
    if not isinstance(conf, str) or not conf.isprintable():
        raise Refusal("bad_request", {"field": "conf"})
    if not isinstance(stream, str) or stream not in set(Stream):
        raise Refusal("bad_request", {"field": "stream"})
    if after is not None and (isinstance(after, bool) or not isinstance(after, int) or after < 0):
        raise Refusal("bad_request", {"field": "after"})
    screen = auth.get("screen")
    if screen is not None and not isinstance(screen, str):
        raise Refusal("bad_request", {"field": "screen"})
    return Subscription(key=(conf, Stream(stream)), after=after, screen=screen)


def _from_own_page() -> bool:
    """Return whether a browser says that the hub's own page opened the connection.

    A foreign Origin never comes so far. Long polling from the own page sends no Origin; there the browser's
    own `Sec-Fetch-Site` says it. What says neither is no page of ours.
    """
    return "Origin" in request.headers or request.headers.get("Sec-Fetch-Site") == SAME_ORIGIN


def _sid() -> str:
    return str(cast("Any", request).sid)
