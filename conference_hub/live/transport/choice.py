"""Which transport a server has: the fast one, or the stock one where the fast one was not tried."""

from __future__ import annotations

import logging
from importlib.metadata import version
from typing import Any

from conference_hub.live.transport import ring, watch
from conference_hub.live.transport.engine import Engine
from conference_hub.live.transport.fast import BACKLOG_BYTES, FastEngine
from conference_hub.live.transport.stock import WebSocketServer

log = logging.getLogger(__name__)

TRIED = {
    "eventlet": "0.41.3",
    "flask-socketio": "5.7.0",
    "python-engineio": "4.15.1",
    "python-socketio": "5.18.1",
}
"""What the fast transport was tested with: it relies on how these work inside."""


def use_engine(server: Any, *, fast: bool, cooperative: bool = True, **options: Any) -> Engine:
    """Put an engine in place of the one that a python-socketio server made for itself, and return it.

    `fast` asks for the fast transport, and `io_uring` for its broadcasts in one call of the kernel; where one of them
    cannot be, one line of the log says why. The other `options` are those of `FastEngine`. In a process that is not
    cooperative the library's own driver serves, for tests.
    """
    engine = _engine(fast=fast, cooperative=cooperative, async_mode=server.async_mode, **options)
    engine.on("connect", server._handle_eio_connect)  # noqa: SLF001 - as python-socketio registers them
    engine.on("message", server._handle_eio_message)  # noqa: SLF001
    engine.on("disconnect", server._handle_eio_disconnect)  # noqa: SLF001
    server.eio = engine
    return engine


def why_not() -> str | None:
    """Return what keeps the fast transport from being used here, None: nothing."""
    if not watch.available():
        return "this system has no epoll"
    others = {name: found for name, tried in TRIED.items() if (found := version(name)) != tried}
    if others:
        return ", ".join(
            f"{name} {found} was not tried ({TRIED[name]} was)" for name, found in others.items()
        )
    return None


def _engine(
    *, fast: bool, cooperative: bool, io_uring: bool = True, backlog: int = BACKLOG_BYTES, **options: Any
) -> Engine:
    if cooperative and fast:
        if (why := why_not()) is None:
            found = _ring() if io_uring else None
            return FastEngine(backlog=backlog, ring=found, async_handlers=False, **options)
        log.warning("the stock transport serves: %s", why)
    engine = Engine(async_handlers=False, **options)
    if cooperative:
        engine._async = {**engine._async, "websocket": WebSocketServer}  # noqa: SLF001 - where the library looks for it
    return engine


def _ring() -> ring.SendRing | None:
    try:
        return ring.open_ring()
    except ring.NoRing as why:
        log.info("facts are sent one by one: no io_uring here (%s)", why)
        return None
