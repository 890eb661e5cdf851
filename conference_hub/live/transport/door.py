"""Who is let in next of those who wait at a listening socket: pages and commands before a crowd of WebSockets.

After a restart thousands of browsers come back at once, and the kernel keeps connections in the order in which they
came: an organiser who opens the console would wait until all of them have joined.
"""

from __future__ import annotations

import socket
from collections import deque
from typing import Any

import eventlet.hubs

from conference_hub.live.transport.heads import LONGEST

CROWD = b"GET /socket.io/"
"""How the request of those begins who follow the day."""
END_OF_HEAD = b"\r\n\r\n"
MOST_AHEAD = 16
"""Connections of other kinds let in before one of the crowd has its turn."""

Arrival = tuple[socket.socket, Any]
"""A connection that never blocks, and the address that it came from."""


class Door:
    """Takes connections from `listener` ahead of their turn, at most `most` at a time, to see what they ask for."""

    def __init__(self, listener: Any, most: int) -> None:
        self._listener = listener
        self._most = most
        self._others: deque[Arrival] = deque()
        self._crowd: deque[Arrival] = deque()
        self._ahead = 0

    def next(self) -> Arrival:
        """Wait for a connection, while others run, and return it; raises OSError where none can be taken."""
        self._take()
        while not self._others and not self._crowd:
            eventlet.hubs.trampoline(self._listener, read=True)
            self._take()
        if self._others and (self._ahead < MOST_AHEAD or not self._crowd):
            self._ahead += 1
            return self._others.popleft()
        self._ahead = 0
        return self._crowd.popleft()

    def _take(self) -> None:
        """Take who is there; what the system refuses is an error only while nobody waits here."""
        while len(self._others) + len(self._crowd) < self._most:
            try:
                connection, address = self._listener.fd.accept()
            except BlockingIOError:
                return
            except OSError:
                if self._others or self._crowd:
                    return
                raise
            eventlet.hubs.notify_opened(connection.fileno())
            connection.settimeout(0.0)
            (self._crowd if _is_of_crowd(connection) else self._others).append((connection, address))


def _is_of_crowd(connection: socket.socket) -> bool:
    """Return whether a whole request has come, for a WebSocket or a poll."""
    try:
        said = connection.recv(LONGEST, socket.MSG_PEEK)
    except OSError:
        return False
    return said.startswith(CROWD) and END_OF_HEAD in said
