"""One WebSocket on a descriptor that never blocks: frames out whole and in order, bytes in; it needs no task.

What the kernel does not take waits here, up to a bound; the frames of a broadcast are the same bytes for everybody, so
a thousand clients that do not read keep one copy. Everything here returns at once and calls `User` at most once a turn.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Protocol

from conference_hub.live.transport.intake import CHUNK_BYTES
from conference_hub.live.transport.ring import SendRing, entry_of
from conference_hub.live.transport.watch import BROKEN, CAN_READ, CAN_WRITE, Watch

KERNEL_BYTES = 65_536
"""What the kernel may hold for a client that does not read; it would hold up to 4 MB."""
FRAMES_AT_ONCE = 64
"""Handed to the kernel in one call, where many wait."""
GATHERED_BYTES = 16_384
"""What a carrier that gathers keeps back at most."""
FEW = 8
"""Carriers for whom a loop is no slower than a call for all of them."""
CLOSING_FRAME = b"\x88\x02\x03\xe8"
"""Status 1000 (RFC 6455, 7.4.1)."""


GONE, SLOW = "gone", "slow"
"""Why a carrier was lost: the client is not there any more, or more waits for it than may."""


class User(Protocol):
    """Who a carrier works for."""

    def take(self, data: bytes) -> None:
        """Take in bytes that came."""

    def lost(self, reason: str) -> None:
        """Hear that nothing comes or goes any more: `GONE` or `SLOW`."""


class Carrier:
    """Sends and receives for `user`, watched by `watch`; `most` bounds the bytes that wait for the client."""

    __slots__ = (
        "_backlog",
        "_ended",
        "_gathered",
        "_most",
        "_socket",
        "_user",
        "_waiting",
        "_watch",
        "entry",
        "number",
    )

    def __init__(self, plain: socket.socket, user: User, watch: Watch, most: int) -> None:
        self._socket = plain
        self._user = user
        self._watch = watch
        self._most = most
        self._backlog: list[memoryview] = []
        self._gathered: bytes | None = None
        self._waiting = 0
        self._ended = False
        self.number = plain.fileno()
        self.entry = entry_of(self.number)
        with suppress(OSError):  # a socket of another kind has no such bound
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
        watch.add(self)

    @property
    def closed(self) -> bool:
        """Return whether the descriptor is given back."""
        return self._socket.fileno() < 0

    @property
    def idle(self) -> bool:
        """Return whether a frame would go to the kernel at once: nothing waits, and the end was not said."""
        return not (self._backlog or self._ended) and self._gathered is None

    def send(self, frame: bytes) -> None:
        """Send a whole frame, as far as the kernel takes it now and the rest later; after `end` nothing goes."""
        if self._ended:
            return
        if self._gathered is not None:
            self._gathered += frame
            if len(self._gathered) < GATHERED_BYTES:
                return
            frame, self._gathered = self._gathered, b""
        if self._backlog:
            self._keep(memoryview(frame))
            return
        try:
            sent = self._socket.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._lose(GONE)
            return
        if sent != len(frame):
            self._begin_to_wait(frame, sent)

    def gather(self) -> None:
        """Keep frames back until `release_all`, which are worth one call of the kernel together."""
        if self._gathered is None:
            self._gathered = b""

    def take_gathered(self) -> bytes:
        """Keep nothing back any more, and return what was."""
        frames, self._gathered = self._gathered, None
        return frames or b""

    def went(self, frame: bytes, result: int) -> None:
        """Hear how much of a frame the kernel took from a ring, or its negative error number."""
        if result >= 0 or result == -errno.EAGAIN:
            self._begin_to_wait(frame, max(result, 0))
        else:
            self._lose(GONE)

    def end(self, goodbye: bytes = CLOSING_FRAME) -> None:
        """Read nothing more, send what waits and `goodbye`, a closing frame, then say that this was all.

        The descriptor stays until `abort`: given back now, it could take what the client has not read with it.
        """
        if frames := self.take_gathered():
            self.send(frames)
        if self._ended:
            return
        if self._backlog:
            self._backlog.append(memoryview(goodbye))
        elif goodbye:
            self.send(goodbye)
        if self.closed:
            return
        self._ended = True
        if self._backlog:
            self._watch.expect(self, CAN_WRITE)
        else:
            self._say_the_end()

    def abort(self) -> None:
        """Give the descriptor back, whatever waits."""
        self._ended = True
        self._backlog.clear()
        if not self.closed:
            self._watch.forget(self)
            self._socket.close()

    def happened(self, events: int) -> None:
        """Do what the descriptor is ready for (called by the watch)."""
        if self._ended and events & BROKEN:
            self.abort()
            return
        if events & CAN_WRITE and self._backlog:
            self._send_waiting()
        if events & ~CAN_WRITE and not self._ended:
            self._receive()

    def _receive(self) -> None:
        try:
            data = self._socket.recv(CHUNK_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._user.take(data)
        else:
            self._lose(GONE)

    def _lose(self, reason: str) -> None:
        """Give the descriptor back, and tell the user unless it ended the connection."""
        ended = self._ended
        self.abort()
        if not ended:
            self._user.lost(reason)

    def _begin_to_wait(self, frame: bytes, sent: int) -> None:
        self._keep(memoryview(frame)[sent:])
        self._watch.expect(self, CAN_READ | CAN_WRITE)

    def _keep(self, rest: memoryview) -> None:
        if self._backlog and self._waiting + len(rest) > self._most:
            self._lose(SLOW)
            return
        self._backlog.append(rest)
        self._waiting += len(rest)

    def _send_waiting(self) -> None:
        """Send what waits, as far as it goes."""
        try:
            while self._backlog:
                self._sent(self._socket.sendmsg(self._backlog[:FRAMES_AT_ONCE]))
        except BlockingIOError:
            return
        except OSError:
            self._lose(GONE)
            return
        if self._ended:
            self._say_the_end()
        else:
            self._watch.expect(self, CAN_READ)

    def _sent(self, size: int) -> None:
        """Forget what is sent, the first `size` bytes of all that waits."""
        self._waiting -= size
        whole = 0
        for frame in self._backlog:
            if size < len(frame):
                break
            size -= len(frame)
            whole += 1
        del self._backlog[:whole]
        if size:
            self._backlog[0] = self._backlog[0][size:]

    def _say_the_end(self) -> None:
        self._watch.forget(self)
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)


def send_to_all(carriers: Sequence[Carrier], frame: bytes, ring: SendRing | None) -> None:
    """Send a frame over idle carriers, as `send` does over each: in one call of the kernel where it has a ring."""
    if ring is None or len(carriers) < FEW:
        for carrier in carriers:
            carrier.send(frame)
        return
    short = ring.send([carrier.entry for carrier in carriers], frame)
    if short:
        for carrier in carriers:
            if (result := short.get(carrier.number)) is not None:
                carrier.went(frame, result)


def release_all(carriers: Iterable[Carrier], ring: SendRing | None) -> None:
    """Send what each of the carriers has gathered, if anything: in one call of the kernel where it has a ring."""
    idle: list[Carrier] = []
    frames: list[bytes] = []
    for carrier in carriers:
        gathered = carrier.take_gathered()
        if gathered and ring is not None and carrier.idle:
            idle.append(carrier)
            frames.append(gathered)
        elif gathered:
            carrier.send(gathered)
    if ring is None or not idle:
        return
    short = ring.send_each([carrier.entry for carrier in idle], frames)
    if short:
        for carrier, gathered in zip(idle, frames, strict=True):
            if (result := short.get(carrier.number)) is not None:
                carrier.went(gathered, result)
