"""The Engine.IO server with the limits of a `Conversation` on both transports.

python-engineio is semi-internal here, so its version is pinned and this module holds all that is known of it: polling
requests are judged before the library parses them, a disconnect never waits for the client, and a connection that does
not join in time is closed.
"""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from typing import Any, Protocol

import engineio
from websockets.frames import Frame, Opcode

from conference_hub.live.transport.bucket import Bucket, Rate
from conference_hub.live.transport.intake import MAX_MESSAGE_BYTES, Conversation, Violation
from conference_hub.live.transport.packets import MAX_PACKETS, SEPARATOR
from conference_hub.web import metrics

log = logging.getLogger(__name__)

JOIN_WITHIN_S = 20.0
"""A connection that follows nothing is closed after this."""
LOGGED = Rate(burst=20, per_s=0.5)
"""Lines about connections that broke a limit; further ones are only counted."""

StartResponse = Callable[..., Any]


class DirectSender(Protocol):
    """A WebSocket that sends what is framed already."""

    def send_at_once(self, frame: bytes) -> bool:
        """Send a frame before this returns; False: it cannot, and has sent nothing of it."""


class Engine(engineio.Server):  # type: ignore[misc] # the library has no types
    """Engine.IO for clients that may be hostile; `most` bounds the connections of one address, None: no bound.

    `conversation` makes what decides what one client may send, at an instant of the monotonic clock.
    """

    def __init__(
        self,
        *,
        most: int | None = None,
        conversation: Callable[[float], Conversation] = Conversation,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.most_of_address = most
        self._new_conversation = conversation
        self._conversations: dict[str, Conversation] = {}
        self._addresses: dict[str, str] = {}
        self._websockets: dict[str, DirectSender] = {}
        self._open = Counter[str]()
        self._waiting: deque[tuple[float, str]] = deque()
        self._logged = Bucket(LOGGED, time.monotonic())

    def handle_request(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request of `/socket.io/`; 400 for what no client of ours sends, 429 for one address too many."""
        query = environ.get("QUERY_STRING", "")
        if "sid=" not in query and self._crowded(environ.get("REMOTE_ADDR", "")):
            return _answer(start_response, "429 Too Many Requests", retry_after_s=10)
        if environ["REQUEST_METHOD"] == "POST" and not self._fit(environ):
            return _answer(start_response, "400 Bad Request")
        answer: Iterable[bytes] = super().handle_request(environ, start_response)
        return answer

    def disconnect(self, sid: str | None = None) -> None:
        """Close one connection, or all, without waiting until the client has read what is queued for it."""
        for one in [sid] if sid is not None else list(self.sockets):
            if (socket := self.sockets.get(one)) is not None:
                socket.close(wait=False, reason=self.reason.SERVER_DISCONNECT)

    def conversation(self, sid: str) -> Conversation:
        """Return what the client `sid` may still send."""
        return self._conversations[sid]

    def carried_by(self, sid: str, websocket: DirectSender) -> None:
        """Note which WebSocket the packets for the client `sid` go to: the last one that took any.

        A client may open another one and never move to it: facts that went there would overtake the others or be lost.
        """
        if sid in self._conversations:
            self._websockets[sid] = websocket

    def send_framed(self, sid: str, packet: Any, frame: bytes) -> None:
        """Send a packet to the client `sid`, with `frame` as its WebSocket frame.

        Where nothing else is on its way to the client, the frame goes before this returns. Everybody else gets the
        packet as the library sends it: through the client's queue, by a task of its own, framed for each client.
        Raises KeyError for a client that is not there, where `send_packet` writes a line of the log.
        """
        socket = self._get_socket(sid)
        websocket = self._websockets.get(sid)
        if not socket.check_ping_timeout():
            return
        if websocket is None or not _idle(socket) or not websocket.send_at_once(frame):
            socket.send(packet)

    def joined(self, sid: str) -> None:
        """Note that the client `sid` follows a stream: it needs no second join and is not closed for silence."""
        if (conversation := self._conversations.get(sid)) is not None:
            conversation.joined = True

    def close_idle(self, at: float) -> int:
        """Close connections that never joined and opened `JOIN_WITHIN_S` or more before `at`; return how many."""
        closed = 0
        while self._waiting and self._waiting[0][0] <= at:
            _, sid = self._waiting.popleft()
            conversation = self._conversations.get(sid)
            if conversation is not None and not conversation.joined:
                self._drop(sid)
                closed += 1
        return closed

    def report(self, violation: Violation) -> None:
        """Count a connection that broke a limit, and log it unless there were too many lines recently."""
        metrics.REFUSED_CONNECTIONS.labels(violation.reason).inc()
        if self._logged.take(1, time.monotonic()):
            log.warning("connection closed", extra={"reason": violation.reason, "code": int(violation.code)})

    def _trigger_event(self, event: str, *args: Any, **kwargs: Any) -> Any:
        """Keep account of who is connected beside what python-socketio does."""
        if event == "connect":
            self._opened(args[0], args[1].get("REMOTE_ADDR", ""))
        elif event == "disconnect":
            self._closed(args[0])
        return super()._trigger_event(event, *args, **kwargs)

    def _opened(self, sid: str, address: str) -> None:
        now = time.monotonic()
        self._conversations[sid] = self._new_conversation(now)
        self._addresses[sid] = address
        self._open[address] += 1
        self._waiting.append((now + JOIN_WITHIN_S, sid))

    def _closed(self, sid: str) -> None:
        self._conversations.pop(sid, None)
        self._websockets.pop(sid, None)
        address = self._addresses.pop(sid, None)
        if address is None:
            return
        self._open[address] -= 1
        if not self._open[address]:
            del self._open[address]

    def _crowded(self, address: str) -> bool:
        """Return whether an address holds its share of connections; this machine itself (an own proxy) has no bound."""
        if self.most_of_address is None or address.startswith("127.") or address == "::1":
            return False
        return self._open[address] >= self.most_of_address

    def _drop(self, sid: str) -> None:
        """Close a connection of which nothing is expected any more, and forget it."""
        socket = self.sockets.get(sid)
        if socket is not None:
            socket.close(wait=False, abort=True, reason=self.reason.SERVER_DISCONNECT)
            self.sockets.pop(sid, None)

    def _fit(self, environ: dict[str, Any]) -> bool:
        """Judge a polling request by its length and packets, then put its body back; a client that fails is closed."""
        sid = _sid_of(environ.get("QUERY_STRING", ""))
        conversation = self._conversations.get(sid)
        if conversation is None:
            return False
        try:
            body = _body_of(environ)
            now = time.monotonic()
            conversation.spend(size=len(body), at=now)
            for text in _texts(body):
                conversation.count(now)
                conversation.accept(text)
        except Violation as violation:
            self.report(violation)
            self._drop(sid)
            return False
        return True


def frame_of(packet: Any) -> bytes:
    """Return the WebSocket frame of a text packet: a server masks nothing, so it is the same for every client."""
    frame: bytes = Frame(Opcode.TEXT, packet.encode().encode()).serialize(mask=False)
    return frame


def use_engine(server: Any, websocket: Callable[..., Any] | None, **options: Any) -> Engine:
    """Put an `Engine` in place of the one that a python-socketio server made for itself, and return it.

    `websocket` serves WebSocket connections (None: the driver of the library); `options` are those of `Engine`.
    """
    engine = Engine(async_mode=server.async_mode, async_handlers=False, **options)
    if websocket is not None:
        engine._async = {**engine._async, "websocket": websocket}  # noqa: SLF001 - where the library looks for it
    engine.on("connect", server._handle_eio_connect)  # noqa: SLF001 - as python-socketio registers them
    engine.on("message", server._handle_eio_message)  # noqa: SLF001
    engine.on("disconnect", server._handle_eio_disconnect)  # noqa: SLF001
    server.eio = engine
    return engine


def _idle(socket: Any) -> bool:
    """Return whether a client reads from a WebSocket, and its writer waits for something to send."""
    return bool(socket.upgraded and socket.queue.empty() and socket.queue.getting())


def _sid_of(query: str) -> str:
    """Return the connection that a query string names; python-engineio takes the first `sid` too."""
    return next((part[4:] for part in query.split("&") if part.startswith("sid=")), "")


def _body_of(environ: dict[str, Any]) -> bytes:
    """Read a body of known, small length and leave it readable for the library."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MAX_MESSAGE_BYTES or "j=" in environ.get("QUERY_STRING", ""):
        raise Violation(code=1009, reason="too_big")
    body: bytes = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = _Again(body)
    return body


class _Again:
    """A body that was read already, as the library reads it: whole."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def read(self, _length: int) -> bytes:
        """Return the body."""
        return self._body


def _texts(body: bytes) -> list[str]:
    try:
        texts = body.decode().split(SEPARATOR, MAX_PACKETS)
    except UnicodeDecodeError as error:
        raise Violation(code=1007, reason="not_utf8") from error
    if len(texts) > MAX_PACKETS:
        raise Violation(code=1008, reason="too_many_frames")
    return texts


def _answer(start_response: StartResponse, status: str, *, retry_after_s: int | None = None) -> list[bytes]:
    headers = [("Content-Type", "text/plain"), ("Content-Length", "0"), ("Connection", "close")]
    if retry_after_s is not None:
        headers.append(("Retry-After", str(retry_after_s)))
    start_response(status, headers)
    return []
