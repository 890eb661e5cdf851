"""The Socket.IO handlers: who may follow which stream, and what is sent on joining. No commands come this way."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from socketio.exceptions import ConnectionRefusedError as Refusal

from conference_hub.access.model import Viewer
from conference_hub.attendance.keeping import Keeper
from conference_hub.core.errors import HubError
from conference_hub.core.now import Now, iso
from conference_hub.core.stream import Stream
from conference_hub.live import applause
from conference_hub.live.admission import Admission, Admitted, Subscription, parse_subscription
from conference_hub.live.applause import Applause
from conference_hub.live.called_soon import CalledSoon
from conference_hub.live.followers import Followers, StreamKey, room_of
from conference_hub.live.relay import Relay
from conference_hub.live.replays import Replays
from conference_hub.live.rooms import NAMESPACE
from conference_hub.live.screens_up import EVENT, ScreensUp

log = logging.getLogger(__name__)

JOINED: Mapping[str, Any] = MappingProxyType({})
"""In place of the request of a client that has joined: it is five kilobytes, and nobody asks for it again."""
Tell = Callable[[str, str, object], object]
"""`(sid, event, data)`: send an event to one client."""


@dataclass(kw_only=True)
class SocketHandlers:
    """The handlers of the Socket.IO namespace `/`; `joined` hears of each connection that follows a stream now."""

    server: Any
    tell: Tell
    admission: Admission
    relay: Relay
    followers: Followers
    replays: Replays
    joined: Callable[[str], None]
    screens: ScreensUp
    applause: Applause
    called: CalledSoon
    keeper: Keeper
    now: Now
    _guests: dict[str, tuple[str, str]] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def attach(self) -> None:
        """Register the handlers; any other event that a client sends has none and is ignored.

        They are python-socketio's: Flask-SocketIO opens a request context for each event, which only who is signed in
        needs, once, on joining.
        """
        self.server.on("connect", self.connect)
        self.server.on("disconnect", self.leave)
        self.server.on("screen", self.screen)
        self.server.on("applause", self.clap)
        self.server.on("watching", self.watching)
        self.server.on("now", self.tell_time)

    def connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        """Accept a client, or refuse it with a code and its detail.

        The codes are `bad_request`, `origin`, `not_found`, `not_published`, `not_signed_in`, `forbidden`;
        `unavailable` asks the client to come again later.
        """
        try:
            subscription = parse_subscription(auth)
            admitted = self.admission.admit(subscription, environ)
            self._follow(sid, subscription, admitted, environ.get("REMOTE_ADDR", ""))
        except Refusal:
            raise
        except HubError as error:
            raise Refusal(error.code, error.detail) from error
        except Exception as error:
            log.exception("a client could not be let in")
            raise Refusal("unavailable", {}) from error

    def leave(self, sid: str, _reason: object = None) -> None:
        """Remove a client that disconnected."""
        self.followers.remove(sid)
        self.screens.remove(sid)
        self.applause.remove(sid)
        self.called.remove(sid)
        self.keeper.gone(sid)
        self._guests.pop(sid, None)
        self._names.pop(sid, None)

    def screen(self, sid: str, said: object = None, *_more: object) -> None:
        """Take what a screen that a link opened says of itself; from anybody else it has no meaning."""
        name = self._names.get(sid)
        if name is not None:
            self.screens.report(sid, name, said)

    def clap(self, sid: str, said: object = None, *_more: object) -> None:
        """Take the applause of a browser; a screen that a link opened does not clap."""
        if sid not in self._names:
            self.applause.clap(sid, said)

    def watching(self, sid: str, said: object = None, *_more: object) -> None:
        """Take whether the live page of a guest is visible; from anybody else it has no meaning."""
        guest = self._guests.get(sid)
        visible = said.get("visible") if isinstance(said, dict) else None
        if guest is not None and isinstance(visible, bool):
            self.keeper.seen(sid, *guest, visible=visible)

    def tell_time(self, _sid: str, *_said: object) -> str:
        """Return the server's time as the acknowledgement: a round trip from which a client sets its clock."""
        return iso(self.now())

    def _follow(self, sid: str, subscription: Subscription, admitted: Admitted, address: str) -> None:
        """Replay before joining, so that nothing comes out of order, and after it, so that nothing is lost.

        A client that left meanwhile is refused: the library has not heard that it joined, and would keep it.
        """
        key = subscription.key
        told = self._replay(sid, key, subscription.after, address, admitted.head)
        self.server.enter_room(sid, room_of(key), namespace=NAMESPACE)
        self._note(sid, subscription, admitted.viewer)
        self._replay(sid, key, told, address)
        connection = self.replays.connection_of(sid)
        if not self.replays.is_open(connection):
            self.leave(sid)
            raise Refusal("gone", {})
        self.tell(sid, "heartbeat", self.relay.heartbeat(key))
        if key[1] is Stream.OPERATOR:
            self.tell(sid, EVENT, self.screens.document(key[0]))
        if key[1] in applause.TOLD and (claps := self.applause.told(key[0])):
            self.tell(sid, applause.EVENT, claps)
        self.joined(connection)
        self.server.environ[connection] = JOINED

    def _note(self, sid: str, subscription: Subscription, viewer: Viewer) -> None:
        conf, stream = subscription.key
        self.followers.add(sid, subscription.key, viewer.credential)
        guest_id = viewer.guest_id(conf)
        if guest_id is not None and viewer.credential is not None and stream is Stream.PUBLIC:
            self.called.join(sid, conf, guest_id, viewer.credential)
            self._guests[sid] = (conf, guest_id)
        if viewer.screen_id is not None:
            self._names[sid] = viewer.name

    def _replay(
        self, sid: str, key: StreamKey, after: int | None, address: str, head: int | None = None
    ) -> int | None:
        """Send what was missed since `after` and return the last number sent; None: nothing to go on from."""
        if after is None or after == self.relay.position(key):
            return after
        told = self.replays.send(sid, key, after, address, head)
        if told is None:
            self.tell(sid, "reset", {"stream": key[1]})
        return told
