"""The stock transport: python-engineio and eventlet as they are, with the limits of `intake.py` on what clients send.

Each WebSocket has a task that reads and one that writes. This is the fallback of `fast.py`, and what it is measured
against.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import eventlet
import eventlet.websocket

from conference_hub.live.transport.engine import Engine
from conference_hub.live.transport.http import AHEAD
from conference_hub.live.transport.intake import CHUNK_BYTES, FrameIntake

log = logging.getLogger(__name__)


class WebSocketServer:
    """What python-engineio calls to serve one WebSocket: `handler` is a bound method of its Socket."""

    def __init__(self, handler: Callable[[Any], object], server: Engine) -> None:
        self._handler = handler
        self._server = server

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Shake hands (RFC 6455 only) and run the handler until the connection ends.

        permessage-deflate, which browsers offer and eventlet grants, is left out: it triples the memory of a connection
        and makes every frame the client's own; facts are small.
        """
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        serve = partial(self._serve, environ[AHEAD]())
        upgrade = eventlet.websocket.WebSocketWSGI.configured(support_legacy_versions=False)(serve)
        answer: Iterable[bytes] = upgrade(environ, start_response)
        return answer

    def _serve(self, ahead: bytes, plain: Any) -> None:
        sid = self._handler.__self__.sid  # type: ignore[attr-defined] # a bound method
        guarded = WebSocket(plain, self._server, sid, ahead)
        try:
            self._handler(guarded)
        except Exception as error:  # noqa: BLE001 - an error of one client concerns that client only
            log.info("a connection ended in an error", extra={"error": type(error).__name__})


class WebSocket:
    """One WebSocket as python-engineio uses it: `wait`, `send`, `close`; it reads through a `FrameIntake`.

    `ahead` came together with the request.
    """

    def __init__(self, plain: Any, server: Engine, sid: str, ahead: bytes) -> None:
        self.socket = plain.socket
        self._plain = plain
        self._server = server
        self._intake = FrameIntake(server.conversation(sid))
        self._packets: deque[str | bytes] = deque()
        self._ahead = ahead
        self._ended = False

    def wait(self) -> str | bytes | None:
        """Return the next packet; None when the connection ended."""
        while not self._packets:
            if self._ended:
                return None
            self._receive()
        return self._packets.popleft()

    def send(self, data: str | bytes) -> None:
        """Send one packet."""
        self._plain.send(data)

    def close(self) -> None:
        """Send a closing frame and close the connection."""
        self._plain.close()

    def _receive(self) -> None:
        data, self._ahead = self._ahead or self.socket.recv(CHUNK_BYTES), b""
        if not data:
            self._ended = True
            return
        received = self._intake.receive(data, time.monotonic())
        self._packets.extend(received.packets)
        if received.send:
            self._plain._send(received.send)  # noqa: SLF001 - the lock that keeps frames whole is in there
        if received.violation is not None:
            self._server.report(received.violation)
        if received.ended:
            self._ended = True
            self._plain.websocket_closed = True
        eventlet.sleep(0)
