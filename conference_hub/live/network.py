"""The only module that knows eventlet: replace the network library here, and nowhere else."""

from __future__ import annotations

import resource
import signal
import socket
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import FrameType
from typing import Any, ParamSpec, TypeVar

with warnings.catch_warnings():
    # eventlet says at import that it is in maintenance: known, weighed, and of no use to whoever runs a hub.
    warnings.filterwarnings("ignore", category=Warning, message=r"(?s).*Eventlet is deprecated.*")
    import eventlet
    import eventlet.patcher
    import eventlet.support.greenlets
    import eventlet.tpool
    import eventlet.wsgi

P = ParamSpec("P")
T = TypeVar("T")
WsgiApp = Callable[..., Iterable[bytes]]

BACKLOG = 4096
"""Connections the kernel keeps while the server is busy: a herd of thousands comes back after a restart."""
MAX_CONNECTIONS = 20_000
"""eventlet's own bound is 1,024, sockets and pages together: past it nobody is answered."""
IDLE_S = 75.0
"""A kept-alive connection without a request is closed after this; longer than nginx keeps its own (60 s)."""
STALLED_S = 60.0
"""A client that neither sends nor reads for this long in the middle of a request is dropped."""
GLANCE_S = 0.2
"""How often the main thread looks whether it was told to stop."""


def patch() -> None:
    """Make the blocking calls of the standard library and psycopg2 cooperative, before any other import."""
    eventlet.monkey_patch()


def patched() -> bool:
    """Tell whether this process is cooperative (the server) or plain (tests, some scripts)."""
    return bool(eventlet.patcher.is_monkey_patched("socket"))


def spawn(work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Start `work` beside everything else."""
    eventlet.spawn(work, *args, **kwargs)


def sleep(seconds: float) -> None:
    """Let the others work for `seconds`."""
    eventlet.sleep(seconds)


def offload(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run work that takes the processor for long (a password hash) in a real thread.

    In a process that is not cooperative it runs in place.
    """
    if not patched():
        return work(*args, **kwargs)
    result: T = eventlet.tpool.execute(work, *args, **kwargs)
    return result


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket; raises OSError when the address is taken, also by a forgotten hub.

    No SO_REUSEPORT, which would share the port with that hub in silence. TCP_NODELAY is inherited by every
    accepted connection, so that the second of two facts does not wait for the first one's acknowledgement.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener: socket.socket = eventlet.listen((host, port), family, backlog=BACKLOG, reuse_port=False)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


class WebServer:
    """Answers HTTP and WebSocket requests on a listener until it is closed."""

    def __init__(self, app: WsgiApp, listener: socket.socket, max_size: int = MAX_CONNECTIONS) -> None:
        self._listener = listener
        self._acceptor = eventlet.spawn(
            eventlet.wsgi.server,
            listener,
            uncompressed(app),
            max_size=max_size,
            log_output=False,
            debug=False,
            keepalive=IDLE_S,
            socket_timeout=STALLED_S,
        )

    @property
    def accepting(self) -> bool:
        """Tell whether new connections are taken: not after `stop_accepting`, nor when the listener broke."""
        return not self._acceptor.dead

    def stop_accepting(self) -> None:
        """Take no new connection; those that are open go on."""
        self._acceptor.kill()
        self._listener.close()

    def wait(self, grace_s: float) -> None:
        """Wait until the open connections have ended, for at most `grace_s`."""
        with suppress(eventlet.support.greenlets.GreenletExit), eventlet.Timeout(grace_s, False):  # noqa: FBT003 - eventlet's way to say: end the block, raise nothing
            self._acceptor.wait()


def serve(app: WsgiApp, listener: socket.socket, max_size: int = MAX_CONNECTIONS) -> WebServer:
    """Start answering requests, beside everything else."""
    return WebServer(app, listener, max_size)


def uncompressed(app: WsgiApp) -> WsgiApp:
    """Hide from the WebSocket server that browsers offer permessage-deflate, which it would always grant.

    It triples the memory of a connection and makes every frame the client's own; facts are small.
    """

    def without_offer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return app(environ, start_response)

    return without_offer


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
        sleep(GLANCE_S)
    return received[0] if received else None


def allow_many_files(wanted: int) -> int:
    """Raise the bound of open files (each connection is one) towards `wanted`, as far as this process may; return it.

    It is never lowered. A bound that is not limited counts as `wanted`.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return wanted
    goal = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with suppress(OSError, ValueError):  # macOS allows less than the hard limit that it tells
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, goal), hard))
    return min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], wanted)
