"""Opens the WebSockets among the connections that just came, at once and without a task for each.

A task, its files and a whole web server for one request are half of what it costs to join, and thousands join together.
"""

from __future__ import annotations

import io
import logging
import socket
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from eventlet.wsgi import format_date_time

from conference_hub.core.now import utc_now
from conference_hub.live.transport.heads import LONGEST, read_opening
from conference_hub.live.transport.http import DETACH

log = logging.getLogger(__name__)

WsgiApp = Callable[..., Iterable[bytes]]


class Opening:
    """Puts requests that open a WebSocket to `app`, a WSGI application that takes their connections over (`DETACH`).

    `path` is where its WebSockets are; the application must answer there without waiting for anything.
    """

    def __init__(self, app: WsgiApp, path: str = "/socket.io/") -> None:
        self._app = app
        self._path = path

    def takes(self, connection: socket.socket, address: Any) -> bool:
        """Answer the request of a connection that never blocks, and return True; False leaves it as it came.

        It is left to the web server unless an ordinary request that opens a WebSocket has come as a whole by now.
        """
        try:
            read = read_opening(connection.recv(LONGEST, socket.MSG_PEEK))
        except OSError:
            return False
        if read is None or read[0]["PATH_INFO"] != self._path:
            return False
        said, length = read
        connection.recv(length)
        self._answer(_Request(connection), said | _place(connection, address))
        return True

    def _answer(self, request: _Request, environ: dict[str, Any]) -> None:
        environ[DETACH] = request.detach
        try:
            body = self._app(environ, request.start_response)
            if not request.detached:
                request.say(body)
        except Exception:
            log.exception("a WebSocket could not be opened")
            request.hang_up()


class _Request:
    """The connection of one request, until the application took it over or it was answered."""

    __slots__ = ("_connection", "_headers", "_status", "detached")

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._status = ""
        self._headers: list[tuple[str, str]] = []
        self.detached = False

    def detach(self) -> tuple[socket.socket, bytes]:
        """Give the connection away; what the client sent behind its request is still to be read."""
        self.detached = True
        return self._connection, b""

    def start_response(self, status: str, headers: list[tuple[str, str]], *_error: object) -> None:
        """Take how the answer begins, as WSGI has it."""
        self._status, self._headers = status, headers

    def say(self, body: Iterable[bytes]) -> None:
        """Send the answer, which is short, and hang up."""
        content = b"".join(body)
        own = [("Date", format_date_time(utc_now().timestamp())), ("Connection", "close")]
        named = {name.lower() for name, _ in self._headers}
        if "content-length" not in named:
            own.append(("Content-Length", str(len(content))))
        headers = self._headers + [one for one in own if one[0].lower() not in named]
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        with suppress(OSError):
            self._connection.send(f"HTTP/1.1 {self._status}\r\n{head}\r\n".encode("latin-1") + content)
            self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()

    def hang_up(self) -> None:
        """Close the connection, unless it is somebody else's by now."""
        if not self.detached:
            self._connection.close()


def _place(connection: socket.socket, address: Any) -> dict[str, Any]:
    """Return the part of a WSGI environment that says where a request came in, with an empty body."""
    here = connection.getsockname()
    return {
        "GATEWAY_INTERFACE": "CGI/1.1",
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "SERVER_NAME": here[0],
        "SERVER_PORT": str(here[1]),
        "SERVER_PROTOCOL": "HTTP/1.0",
        "REMOTE_ADDR": address[0],
        "REMOTE_PORT": str(address[1]),
        "CONTENT_TYPE": "text/plain",
        "wsgi.errors": sys.stderr,
        "wsgi.input": io.BytesIO(),
        "wsgi.multiprocess": False,
        "wsgi.multithread": True,
        "wsgi.run_once": False,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
    }
