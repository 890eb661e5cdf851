"""HTTP connections on eventlet that cannot keep the loop for themselves.

Everybody gets a turn after each request and each few accepted connections; a request has to arrive within a time as a
whole, not byte by byte without end. A connection that becomes a WebSocket can leave its task.
"""

from __future__ import annotations

import errno
import socket
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import eventlet
import eventlet.patcher
import eventlet.wsgi
from eventlet.greenio import GreenSocket

from conference_hub.live.transport.door import Door

FIRST_WITHIN_S = 20.0
"""From the connection to its first request line; later ones may take as long as a connection may be idle."""
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
DETACH = "hub.detach"
"""In a request's environment: `() -> (socket, bytes)`, takes the connection out of its task for good."""
AHEAD = "hub.ahead"
"""In a request's environment: `() -> bytes`, takes what the client sent right behind the request."""
MAX_CHUNK_LINE = 256
MAX_CHUNK_LINES = 4096
"""Bytes of a chunk's size or a trailer, and such lines of one body."""
NO_ROOM = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""Errors that mean the machine cannot open another connection at present."""
NO_ROOM_S = 0.2
TOO_MANY = (
    b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 10\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)


real_socket = eventlet.patcher.original("socket")


class Shortcut(Protocol):
    """Answers some connections at once, before the web server hears of them."""

    def takes(self, connection: socket.socket, address: Any) -> bool:
        """Answer the request of a connection, and return True; False leaves it as it came."""


class FairListener:
    """A listening socket whose `accept` runs other tasks, and survives errors of single clients and of the machine.

    `most_of_address` bounds the requests and half-open connections of one address (None: no bound; a proxy in front
    is one address); sockets that left their task (`DETACH`) are bounded elsewhere. What `shortcut` takes is not
    returned by `accept`. `most_waiting` connections are taken ahead of their turn (`door.py`).
    """

    def __init__(
        self,
        listener: Any,
        most_of_address: int | None = None,
        shortcut: Shortcut | None = None,
        *,
        most_waiting: int = 1,
    ) -> None:
        self._listener = listener
        self._door = Door(listener, most_waiting)
        self._shortcut = shortcut
        self._accepted = 0
        self._most_of_address = most_of_address
        self._open = Counter[str]()

    def accept(self) -> tuple[GreenSocket, Any]:
        """Return the next connection that there is room for; raises OSError only when the listener itself is closed."""
        while True:
            self._accepted += 1
            if self._accepted % ACCEPTED_AT_ONCE == 0:
                eventlet.sleep(0)
            try:
                connection, address = self._door.next()
            except OSError as error:
                if self._listener.fileno() < 0:
                    raise
                if error.errno in NO_ROOM:
                    eventlet.sleep(NO_ROOM_S)
                continue
            if not self._has_room(address[0]):
                _turn_away(connection)
            elif self._shortcut is None or not self._shortcut.takes(connection, address):
                self._open[address[0]] += 1
                return GreenSocket(connection, set_nonblocking=False), address

    def ended(self, address: str) -> None:
        """Note that a connection of this address ended, or left its task."""
        self._open[address] -= 1
        if not self._open[address]:
            del self._open[address]

    def _has_room(self, address: str) -> bool:
        most = self._most_of_address
        return most is None or is_this_machine(address) or self._open[address] < most

    def __getattr__(self, name: str) -> Any:
        """Return any other attribute of the listening socket."""
        return getattr(self._listener, name)


def is_this_machine(address: str) -> bool:
    """Return whether an address is the loopback: an own proxy, or a test."""
    return address.startswith("127.") or address == "::1"


def _turn_away(connection: socket.socket) -> None:
    """Say that there is no room, without waiting whether it is heard, and hang up."""
    with suppress(OSError):
        connection.send(TOO_MANY)
    connection.close()


class FairProtocol(eventlet.wsgi.HttpProtocol):  # type: ignore[misc] # the library has no types
    """One HTTP connection: other tasks run after each request, and each request has a time limit.

    The application may refuse to read the rest of a body.
    """

    rfile: Any
    _unread = False
    _detached = False
    _answered = False

    def handle_one_request(self) -> None:
        """Answer one request, then let the others work: a client may send hundreds without waiting."""
        super().handle_one_request()
        self._answered = True
        if not self._detached:
            eventlet.sleep(0)

    def _read_request_line(self) -> bytes:
        line: bytes = b""
        within_s = self.server.keepalive if self._answered else FIRST_WITHIN_S
        with eventlet.Timeout(within_s, False):  # noqa: FBT003 - eventlet's way to say: raise nothing
            line += super()._read_request_line() or b""
        return line

    def parse_request(self) -> bool:
        """Read the headers; False ends the connection: they are malformed, take too long or were cut off."""
        self.rfile = head = _HeadLines(self.rfile)
        whole = False
        with eventlet.Timeout(HEADERS_WITHIN_S, False):  # noqa: FBT003 - as above
            whole |= bool(super().parse_request()) and head.ended
        if not whole:
            self.close_connection = True  # the library forgets it once it has read the version
        return whole

    def get_environ(self) -> dict[str, Any]:
        """Add `hub.close_connection`, `DETACH` and `AHEAD`.

        A body has a time of its own, and without a length its framing is bounded.
        """
        environ: dict[str, Any] = super().get_environ()
        environ["hub.close_connection"] = self._close_unread
        environ[DETACH] = self._detach
        environ[AHEAD] = self._ahead
        body = environ["eventlet.input"]
        body.rfile = _TimedFile(self.rfile)
        if body.chunked_input:
            body.rfile = ChunkLines(body.rfile)
            environ["wsgi.input_terminated"] = True
        return environ

    def finish(self) -> None:
        """Close; while a refused sender still sends, read on for a moment, or it would never see the answer."""
        self.server.socket.ended(self.client_address[0])
        self.environ = (
            None  # it knows this connection: left to the collector, each was looked at with all the others
        )
        if self._detached:
            return
        if self._unread:
            with suppress(OSError), eventlet.Timeout(LINGER_S, False):  # noqa: FBT003 - eventlet's way to say: end the block, raise nothing
                self.wfile.flush()
                self.connection.shutdown(socket.SHUT_WR)
                for _ in range(LINGER_READS):
                    if not self.connection.recv(LINGER_BYTES):
                        break
        super().finish()

    def _detach(self) -> tuple[socket.socket, bytes]:
        """Give the connection away: return its socket, which never blocks, and what was read ahead of it."""
        ahead = self._ahead()
        green = self.connection.fd
        self._detached = self.close_connection = True
        family, kind, protocol = green.family, green.type, green.proto
        plain = real_socket.socket(family, kind, protocol, fileno=green.detach())
        plain.settimeout(0.0)
        return plain, ahead

    def _ahead(self) -> bytes:
        """Take what has come behind the request, without waiting for more."""
        timeout_s = self.connection.gettimeout()
        self.connection.settimeout(0.0)
        try:
            ahead: bytes = self.rfile.peek(1)
        finally:
            self.connection.settimeout(timeout_s)
        return self.rfile.read(len(ahead)) if ahead else b""

    def _close_unread(self) -> None:
        self.close_connection = self._unread = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is inherited
        """Log nothing: a malformed request concerns its sender only."""


class _HeadLines:
    """The lines of a request's headers; the library takes the end of the connection for their end, too."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.ended = False

    def readline(self, size: int = -1) -> bytes:
        """Read a line; an empty one has to come before the request counts."""
        line: bytes = self._file.readline(size)
        self.ended = line in {b"\r\n", b"\n"}
        return line


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
