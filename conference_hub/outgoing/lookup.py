"""Looks up the addresses of a name within a time. Blocks as long: call it by `Hub.offload`.

Each lookup has a thread of the system to itself. When the resolver hangs, the thread is left behind until the resolver
gives up, and whoever asked goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from socket import SocketKind
from typing import Any

from conference_hub.outgoing.reach import literal, may_reach
from conference_hub.web.hub import System

MOST_AT_ONCE = 30
"""Lookups that run at the same time in a process, those that nobody waits for any more included."""
_running: set[_Lookup] = set()


class Unreachable(OSError):
    """There is no address that the hub may connect to; the message says why."""


def addresses(
    host: str, port: int, kind: SocketKind, *, private: bool, within_s: float, system: System
) -> list[tuple[int, tuple[str, int]]]:
    """Return family and address of each way to `host` that the hub may take, at least one.

    Raises Unreachable, other OSErrors of the resolver, and UnicodeError for what cannot be a name.
    """
    found = _look_up(host, port, kind, within_s, system)
    allowed: list[tuple[int, tuple[str, int]]] = [
        (family, (str(given[0]), port))
        for family, _kind, _protocol, _name, given in found
        if (address := literal(str(given[0]))) is not None and may_reach(address, private=private)
    ]
    if not allowed:
        raise Unreachable("address of a private network" if found else "no such host")
    return allowed


def under_way() -> int:
    """Return how many lookups run in this process."""
    return len(_running)


def _look_up(host: str, port: int, kind: SocketKind, within_s: float, system: System) -> Sequence[Any]:
    lookup = _Lookup(host, port, kind, system)
    if literal(host) is not None:
        lookup.run()
        return lookup.found()
    if under_way() >= MOST_AT_ONCE:
        message = "too many names are being looked up"
        raise Unreachable(message)
    _running.add(lookup)
    system.threading.Thread(target=lookup.run, name="lookup", daemon=True).start()
    if not lookup.done.wait(max(within_s, 0)):
        message = "name lookup timed out"
        raise Unreachable(message)
    return lookup.found()


class _Lookup:
    """One question to the resolver, and what came of it."""

    def __init__(self, host: str, port: int, kind: SocketKind, system: System) -> None:
        self.done = system.threading.Event()
        self._ask: Callable[[], Sequence[Any]] = lambda: system.socket.getaddrinfo(host, port, type=kind)
        self._found: Sequence[Any] = ()
        self._error: Exception | None = None

    def run(self) -> None:
        """Ask, and keep the answer."""
        try:
            self._found = self._ask()
        except Exception as error:  # noqa: BLE001 - raised again where the answer is waited for
            self._error = error
        finally:
            _running.discard(self)
            self.done.set()

    def found(self) -> Sequence[Any]:
        """Return the answer, or raise what went wrong."""
        if self._error is not None:
            raise self._error
        return self._found
