"""The web server: answers requests on a listener until it is stopped."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import FrameType

import eventlet
import eventlet.support.greenlets
import eventlet.wsgi

from conference_hub.live import network
from conference_hub.live.transport import http
from conference_hub.live.transport.opening import Opening

WsgiApp = Callable[..., Iterable[bytes]]

MAX_CONNECTIONS = 20_000
"""eventlet's own limit is 1,024, sockets and pages together: beyond it nobody is answered."""
SHARE_AT_DOOR = 8
"""One of so many connections may be one that was taken from the kernel and is not let in yet."""
IDLE_S = 75.0
"""A kept-alive connection without a request is closed after this; longer than nginx keeps its own (60 s)."""
STALLED_S = 60.0
"""A client that neither sends nor reads for this long in the middle of a request is dropped."""
GLANCE_S = 0.2
"""How often the main thread looks whether it was told to stop."""


class WebServer:
    """Answers HTTP and WebSocket requests on a listener until it is closed."""

    def __init__(
        self,
        app: WsgiApp,
        listener: socket.socket,
        max_size: int,
        most_of_address: int | None,
        *,
        at_once: bool,
    ) -> None:
        self._listener = listener
        self._acceptor = eventlet.spawn(
            eventlet.wsgi.server,
            http.FairListener(
                listener,
                most_of_address,
                Opening(app) if at_once else None,
                most_waiting=max(1, min(network.BACKLOG, max_size // SHARE_AT_DOOR)),
            ),
            app,
            protocol=http.FairProtocol,
            max_size=max_size,
            log_output=False,
            debug=False,
            keepalive=IDLE_S,
            socket_timeout=STALLED_S,
        )

    @property
    def accepting(self) -> bool:
        """Return whether new connections are taken: not after `stop_accepting`, nor when the listener broke."""
        return not self._acceptor.dead

    def stop_accepting(self) -> None:
        """Take no new connection; those that are open go on."""
        self._acceptor.kill()
        self._listener.close()

    def wait(self, grace_s: float) -> None:
        """Wait until the open connections have ended, for at most `grace_s`."""
        with suppress(eventlet.support.greenlets.GreenletExit), eventlet.Timeout(grace_s, False):  # noqa: FBT003 - eventlet's way to say: end the block, raise nothing
            self._acceptor.wait()


def serve(
    app: WsgiApp,
    listener: socket.socket,
    max_size: int = MAX_CONNECTIONS,
    most_of_address: int | None = None,
    *,
    opens_at_once: bool = False,
) -> WebServer:
    """Start answering requests, beside everything else: at most so many at once, in all and of one address.

    `opens_at_once`: the application takes a WebSocket over without waiting, so that it needs no task.
    """
    return WebServer(app, listener, max_size, most_of_address, at_once=opens_at_once)


def wait_for_stop(web_server: WebServer) -> str | None:
    """Block the main thread until SIGTERM or SIGINT, and return which; None: it stopped accepting by itself.

    A second signal of the same kind ends the process at once.
    """
    received: list[str] = []

    def note(number: int, _frame: FrameType | None) -> None:
        received.append(signal.Signals(number).name)
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, note)
    while not received and web_server.accepting:
        network.sleep(GLANCE_S)
    return received[0] if received else None
