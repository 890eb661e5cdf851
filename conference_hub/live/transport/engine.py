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
from typing import Any, ClassVar

import engineio
from websockets.frames import Frame, Opcode

from conference_hub.live.transport.bucket import Bucket, Rate
from conference_hub.live.transport.http import is_this_machine
from conference_hub.live.transport.intake import MAX_MESSAGE_BYTES, Conversation, Violation
from conference_hub.live.transport.packets import MAX_PACKETS, SEPARATOR
from conference_hub.web import metrics

log = logging.getLogger(__name__)

JOIN_WITHIN_S = 20.0
"""A connection that follows nothing is closed after this."""
LOGGED = Rate(burst=20, per_s=0.5)
"""Lines about connections that broke a limit; further ones are only counted."""

StartResponse = Callable[..., Any]


class Engine(engineio.Server):  # type: ignore[misc] # the library has no types
    """Engine.IO for clients that may be hostile: the stock transport, and what both transports have in common.

    `most` bounds all connections and `most_of_address` those of one address, None: no bound. `conversation` makes what
    decides what one client may send, at an instant of the monotonic clock.
    """

    opens_at_once: ClassVar[bool] = False
    """Whether a WebSocket is taken over without waiting, so that its request needs no task (`opening.py`)."""

    def __init__(
        self, *, conversation: Callable[[float], Conversation] = Conversation, **options: Any
    ) -> None:
        super().__init__(**options)
        self.most: int | None = None
        self.most_of_address: int | None = None
        self._new_conversation = conversation
        self._conversations: dict[str, Conversation] = {}
        self._addresses: dict[str, str] = {}
        self._open = Counter[str]()
        self._waiting: deque[tuple[float, str]] = deque()
        self._logged = Bucket(LOGGED, time.monotonic())

    def handle_request(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request of `/socket.io/`; 400 for what no client of ours sends.

        429: this address has its share of connections; 503: there are as many as the server takes.
        """
        query = environ.get("QUERY_STRING", "")
        if "sid=" not in query:
            if self._crowded(environ.get("REMOTE_ADDR", "")):
                return _answer(start_response, "429 Too Many Requests", retry_after_s=10)
            if self.most is not None and len(self.sockets) >= self.most:
                return _answer(start_response, "503 Service Unavailable", retry_after_s=10)
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

    def broadcast(self, sids: Iterable[str], packet: Any, frame: bytes) -> None:  # noqa: ARG002 - for another transport
        """Send a packet to clients; `frame` is its WebSocket frame, for a transport that sends it as it is.

        One that is just closing raises from its own send: it is left to its disconnect, and the others go on.
        """
        for sid in sids:
            self._send_to(sid, packet)

    def _send_to(self, sid: str, packet: Any) -> None:
        try:
            self._get_socket(sid).send(packet)
        except Exception as error:  # noqa: BLE001 - an error of one client's connection concerns that client only
            log.info("send failed", extra={"sid": sid, "error": type(error).__name__})

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
        address = self._addresses.pop(sid, None)
        if address is None:
            return
        self._open[address] -= 1
        if not self._open[address]:
            del self._open[address]

    def _crowded(self, address: str) -> bool:
        """Return whether an address holds its share of connections; this machine itself (an own proxy) has no bound."""
        if self.most_of_address is None or is_this_machine(address):
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
    """Return the WebSocket frame of a packet: a server masks nothing, so it is the same for every client."""
    encoded: str | bytes = packet.encode()
    if isinstance(encoded, str):
        return Frame(Opcode.TEXT, encoded.encode()).serialize(mask=False)
    return Frame(Opcode.BINARY, encoded).serialize(mask=False)


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
