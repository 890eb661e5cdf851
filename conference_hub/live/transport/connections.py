"""HTTP and WebSocket connections on eventlet that cannot keep the loop for themselves.

Everybody gets a turn after each request, each chunk of frames and each few accepted connections; a request has to
arrive within a time as a whole, not byte by byte without end. What a WebSocket may send is decided in `intake.py`.
"""

from __future__ import annotations

import errno
import logging
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import eventlet
import eventlet.websocket
import eventlet.wsgi

from conference_hub.live.transport.engine import Engine
from conference_hub.live.transport.intake import CHUNK_BYTES, FrameIntake

log = logging.getLogger(__name__)

HEADERS_WITHIN_S = 20.0
"""From the request line to the end of the headers."""
BODY_WITHIN_S = 30.0
"""A whole body, once the application reads it."""
ACCEPTED_AT_ONCE = 16
"""Connections accepted before the others get a turn."""
LINGER_S = 2.0
LINGER_READS = 64
LINGER_BYTES = 64 * 1024
"""How long and how much is read and thrown away after a body was refused."""
MAX_CHUNK_LINE = 256
MAX_CHUNK_LINES = 4096
"""Bytes of a chunk's size or a trailer, and such lines of one body."""
NO_ROOM = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""Errors that mean the machine cannot open another connection at present."""
NO_ROOM_S = 0.2


class FairListener:
    """A listening socket whose `accept` runs other tasks, and survives errors of single clients and of the machine."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._accepted = 0

    def accept(self) -> tuple[socket.socket, Any]:
        """Return the next connection; raises OSError only when the listener itself is closed."""
        while True:
            self._accepted += 1
            if self._accepted % ACCEPTED_AT_ONCE == 0:
                eventlet.sleep(0)
            try:
                return self._listener.accept()
            except OSError as error:
                if self._listener.fileno() < 0:
                    raise
                if error.errno in NO_ROOM:
                    eventlet.sleep(NO_ROOM_S)

    def __getattr__(self, name: str) -> Any:
        """Return any other attribute of the listening socket."""
        return getattr(self._listener, name)


class FairProtocol(eventlet.wsgi.HttpProtocol):  # type: ignore[misc] # the library has no types
    """One HTTP connection: other tasks run after each request, and each request has a time limit.

    The application may refuse to read the rest of a body.
    """

    _unread = False

    def handle_one_request(self) -> None:
        """Answer one request, then let the others work: a client may send hundreds without waiting."""
        super().handle_one_request()
        eventlet.sleep(0)

    def _read_request_line(self) -> bytes:
        line: bytes = b""
        with eventlet.Timeout(self.server.keepalive, False):  # noqa: FBT003 - eventlet's way to say: raise nothing
            line += super()._read_request_line() or b""
        return line

    def parse_request(self) -> bool:
        """Read the headers; False, which ends the connection, when they are malformed or take too long."""
        in_time = False
        with eventlet.Timeout(HEADERS_WITHIN_S, False):  # noqa: FBT003 - as above
            in_time |= bool(super().parse_request())
        return in_time

    def get_environ(self) -> dict[str, Any]:
        """Add `hub.close_connection`; a body has a time of its own, and without a length its framing is bounded."""
        environ: dict[str, Any] = super().get_environ()
        environ["hub.close_connection"] = self._close_unread
        body = environ["eventlet.input"]
        body.rfile = _TimedFile(self.rfile)
        if body.chunked_input:
            body.rfile = ChunkLines(body.rfile)
            environ["wsgi.input_terminated"] = True
        return environ

    def finish(self) -> None:
        """Close; while a refused sender still sends, read on for a moment, or it would never see the answer."""
        if self._unread:
            with suppress(OSError), eventlet.Timeout(LINGER_S, False):  # noqa: FBT003 - eventlet's way to say: end the block, raise nothing
                self.wfile.flush()
                self.connection.shutdown(socket.SHUT_WR)
                for _ in range(LINGER_READS):
                    if not self.connection.recv(LINGER_BYTES):
                        break
        super().finish()

    def _close_unread(self) -> None:
        self.close_connection = self._unread = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is inherited
        """Log nothing: a malformed request concerns its sender only."""


class _TooSlow(OSError):
    """A body that did not arrive in time: werkzeug answers 400, everywhere else it is a broken connection."""


class _TimedFile:
    """A request's body that has to arrive within `BODY_WITHIN_S` of its first reading."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._until: float | None = None

    def read(self, *args: Any) -> bytes:
        """Read as the file does; raises _TooSlow."""
        return self._within_time(self._file.read, *args)

    def readline(self, *args: Any) -> bytes:
        """Read as the file does; raises _TooSlow."""
        return self._within_time(self._file.readline, *args)

    def _within_time(self, read: Callable[..., bytes], *args: Any) -> bytes:
        now = time.monotonic()
        self._until = self._until or now + BODY_WITHIN_S
        with eventlet.Timeout(max(0.0, self._until - now), _TooSlow()):
            return read(*args)


class ChunkLines:
    """The reading side of a connection whose chunk sizes and trailers are bounded (RFC 9112 section 7.1)."""

    def __init__(self, file: _TimedFile) -> None:
        self._file = file
        self._lines_left = MAX_CHUNK_LINES

    def read(self, size: int) -> bytes:
        """Read `size` bytes of a chunk."""
        return self._file.read(size)

    def readline(self, size: int = -1) -> bytes:
        """Read a line of a chunk, or without `size` one of the framing; raises OSError past its bounds."""
        if size >= 0:
            return self._file.readline(size)
        self._lines_left -= 1
        line = self._file.readline(MAX_CHUNK_LINE)
        if self._lines_left < 0 or len(line) == MAX_CHUNK_LINE:
            message = "the framing of a chunked body is out of bounds"
            raise OSError(errno.EPROTO, message)
        return line


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
        upgrade = eventlet.websocket.WebSocketWSGI.configured(support_legacy_versions=False)(self._serve)
        answer: Iterable[bytes] = upgrade(environ, start_response)
        return answer

    def _serve(self, plain: Any) -> None:
        sid = self._handler.__self__.sid  # type: ignore[attr-defined] # a bound method
        guarded = WebSocket(plain, self._server, sid)
        try:
            self._handler(guarded)
        except Exception as error:  # noqa: BLE001 - an error of one client concerns that client only
            log.info("a connection ended in an error", extra={"error": type(error).__name__})


class WebSocket:
    """One WebSocket as python-engineio uses it: `wait`, `send`, `close`; it reads through a `FrameIntake`."""

    def __init__(self, plain: Any, server: Engine, sid: str) -> None:
        self.socket = plain.socket
        self._plain = plain
        self._server = server
        self._sid = sid
        self._intake = FrameIntake(server.conversation(sid))
        self._packets: deque[str | bytes] = deque()
        self._ended = False

    def wait(self) -> str | bytes | None:
        """Return the next packet; None when the connection ended."""
        while not self._packets:
            if self._ended:
                return None
            self._receive()
        return self._packets.popleft()

    def send(self, packet: str | bytes) -> None:
        """Send one packet as a text or a binary frame; what is framed already may take this WebSocket from then on."""
        self._plain.send(packet)
        self._server.carried_by(self._sid, self)

    def send_at_once(self, frame: bytes) -> bool:
        """Send a frame before this returns, as far as the kernel takes it; False: somebody is sending, nothing went.

        What the kernel does not take follows in the background, and everything else after it.
        """
        turn = self._plain._sendlock  # noqa: SLF001 - the lock that keeps frames whole
        if not turn.acquire(blocking=False):
            return False
        try:
            sent = self.socket.fd.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            turn.release()
            return False  # the way that waits finds out, and ends the connection
        if sent == len(frame):
            turn.release()
        else:
            eventlet.spawn(self._send_rest, frame[sent:])
        return True

    def _send_rest(self, rest: bytes) -> None:
        """Send the end of a frame, whose sender has the turn; a connection that does not take it is ended."""
        try:
            self.socket.sendall(rest)
        except OSError:
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_RDWR)  # the frame is torn: nothing after it could be read
        finally:
            self._plain._sendlock.release()  # noqa: SLF001 - as above

    def close(self) -> None:
        """Send a closing frame and close the connection."""
        self._plain.close()

    def _receive(self) -> None:
        data = self.socket.recv(CHUNK_BYTES)
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
