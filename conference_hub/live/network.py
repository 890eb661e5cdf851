"""The server's network on eventlet: tasks, threads, the listener. `patch` comes before any other import."""

from __future__ import annotations

import resource
import socket
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

import psycopg2
import psycopg2.extensions

with warnings.catch_warnings():
    # eventlet says at import that it is in maintenance: known, weighed, and of no use to those who run a hub.
    warnings.filterwarnings("ignore", category=Warning, message=r"(?s).*Eventlet is deprecated.*")
    import eventlet
    import eventlet.hubs
    import eventlet.patcher
    import eventlet.support.greenlets
    import eventlet.tpool
    import eventlet.wsgi

P = ParamSpec("P")
T = TypeVar("T")

BACKLOG = 4096
"""Connections the kernel keeps while the server is busy: thousands of browsers come back at once after a restart."""
DATABASE_WAIT_S = 12.0
"""How long to wait for an answer of PostgreSQL; its own limit of a statement is ten seconds."""


def patch() -> None:
    """Make the blocking calls of the standard library and psycopg2 cooperative, before any other import."""
    eventlet.monkey_patch()
    psycopg2.extensions.set_wait_callback(wait_for_database)


def patched() -> bool:
    """Return whether this process is cooperative (the server) or plain (tests, some scripts)."""
    return bool(eventlet.patcher.is_monkey_patched("socket"))


def wait_for_database(connection: Any, within_s: float = DATABASE_WAIT_S) -> None:
    """Run other tasks until PostgreSQL has answered a statement or accepted the connection.

    Raises psycopg2.OperationalError after `within_s`; the connection cannot be used any more then. psycopg2's own
    limits do not count where a wait callback is set.
    """
    silent = psycopg2.OperationalError("the database server does not answer")
    until = time.monotonic() + within_s
    while (state := connection.poll()) != psycopg2.extensions.POLL_OK:
        reading = state == psycopg2.extensions.POLL_READ
        eventlet.hubs.trampoline(
            connection.fileno(),
            read=reading or None,
            write=not reading or None,
            timeout=max(0.0, until - time.monotonic()),
            timeout_exc=silent,
        )


def readable(fileno: int, within_s: float) -> bool:
    """Run other tasks until a descriptor has something to read; return whether it had within `within_s`."""
    try:
        eventlet.hubs.trampoline(fileno, read=True, timeout=within_s, timeout_exc=TimeoutError)
    except TimeoutError:
        return False
    return True


def spawn(work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Start `work` as a background task."""
    eventlet.spawn(work, *args, **kwargs)


def sleep(seconds: float) -> None:
    """Run other tasks for `seconds`."""
    eventlet.sleep(seconds)


def give_way() -> None:
    """Run the other tasks that are ready, then go on."""
    eventlet.sleep(0)


def offload(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run work that takes the processor for long (a password hash) in a real thread.

    In a process that is not cooperative it runs in place.
    """
    if not patched():
        return work(*args, **kwargs)
    result: T = eventlet.tpool.execute(work, *args, **kwargs)
    return result


def real_threads() -> ModuleType:
    """Return the `threading` module whose threads the system runs, also in a cooperative process."""
    threads: ModuleType = eventlet.patcher.original("threading")
    return threads


def real_sockets() -> ModuleType:
    """Return the `socket` module that asks the system's resolver, also in a cooperative process; it blocks."""
    sockets: ModuleType = eventlet.patcher.original("socket")
    return sockets


def report_uncaught(report: Callable[[Any], None]) -> None:
    """Give exceptions that end a background task to `report`, as `sys.exc_info()`: eventlet prints them otherwise."""
    hub = eventlet.hubs.get_hub()

    def of_descriptor(fileno: int, exc_info: Any) -> None:
        report(exc_info)
        hub.remove_descriptor(fileno)

    hub.squelch_generic_exception = report
    hub.squelch_timer_exception = lambda _timer, exc_info: report(exc_info)
    hub.squelch_exception = of_descriptor


SILENT_S = 1
"""How long a connection that asks nothing is left to the kernel, about."""


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket; raises OSError when the address is taken, also by a forgotten hub.

    No SO_REUSEPORT, which would share the port with that hub in silence. TCP_NODELAY is inherited by every
    accepted connection, so that the second of two facts does not wait for the first one's acknowledgement. Linux hands
    connections over once they have asked something, or after some seconds (TCP_DEFER_ACCEPT, tcp(7)).
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener: socket.socket = eventlet.listen((host, port), family, backlog=BACKLOG, reuse_port=False)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_DEFER_ACCEPT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENT_S)
    return listener


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
