"""One client of the fast transport: a descriptor and a few numbers while nothing happens, without a task of its own.

One watch reads for all (`watch.py`), what clients said is done by tasks that live as long as there is something to do
(`turns.py`), and one clock pings all (`rounds.py`).
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from functools import partial
from typing import Any

import engineio.socket
import eventlet
import eventlet.wsgi
from engineio import packet
from engineio.exceptions import SocketIsClosedError, UnknownPacketError
from engineio.packet import Packet
from websockets.frames import CloseCode

from conference_hub.live.transport import handshake, rounds
from conference_hub.live.transport.carrier import CLOSING_FRAME, SLOW, Carrier
from conference_hub.live.transport.engine import Engine, StartResponse, frame_of
from conference_hub.live.transport.http import DETACH
from conference_hub.live.transport.intake import FrameIntake, Violation
from conference_hub.live.transport.ring import SendRing
from conference_hub.live.transport.together import Together
from conference_hub.live.transport.turns import Turns
from conference_hub.live.transport.watch import Watch

LINGER_S = 1.0
"""How long a connection that the server ended waits for the client to read why."""
PONG_TEXT, PROBE_TEXT, UPGRADE_TEXT = "3", "2probe", "5"
NOOP, PING, CLOSE = (Packet(kind) for kind in (packet.NOOP, packet.PING, packet.CLOSE))
PING_FRAME, CLOSE_FRAME = frame_of(PING), frame_of(CLOSE)
PROBE_ANSWER = frame_of(Packet(packet.PONG, "probe"))


class Shared:
    """What works for all connections of a server; `backlog` bounds the bytes that wait for one client."""

    def __init__(
        self, *, backlog: int, ping_interval_s: float, ping_timeout_s: float, ring: SendRing | None = None
    ) -> None:
        self.backlog = backlog
        self.together = Together(ring)
        self.watch = Watch()
        self.turns = Turns()
        self.pings = rounds.Delay(ping_interval_s)
        self.pongs = rounds.Delay(ping_timeout_s)
        self.endings = rounds.Delay(LINGER_S)
        self._glance_s = min(rounds.GLANCE_S, ping_interval_s / 4)
        self._running = False

    def begin(self) -> None:
        """Start, at the first connection."""
        if self._running:
            return
        self._running = True
        eventlet.spawn_n(self.watch.run)
        eventlet.spawn_n(rounds.run, [self.pings, self.pongs, self.endings], self._glance_s)


class Connection(engineio.socket.Socket):  # type: ignore[misc] # the library has no types
    """One client. `carrier` is its WebSocket, which takes packets once it is `upgraded`; before that it polls."""

    def __init__(self, server: Engine, sid: str, shared: Shared) -> None:
        super().__init__(server, sid)
        self.server = server
        self._shared = shared
        self.connected = True
        self.upgrading = self.upgraded = self.closing = self.closed = False
        self.last_ping: float | None = None
        self.carrier: Carrier | None = None
        self.greeted = False
        self.inbox: deque[Any] | None = None
        self._intake: FrameIntake

    def poll_from_now_on(self, queue: Any, first: Packet) -> None:
        """Keep packets in `queue` until the client asks for them, `first` before all others."""
        self.queue = queue
        queue.put(first)

    def carry(self, environ: dict[str, Any], greeting: bytes) -> list[bytes]:
        """Take the connection of a request over as the WebSocket of this client; return the request's answer: none."""
        plain, ahead = environ[DETACH]()
        self._intake = FrameIntake(self.server.conversation(self.sid))
        self.carrier = Carrier(plain, self, self._shared.watch, self._shared.backlog)
        self._shared.together.send(self.carrier, greeting)
        if ahead and self.carrier is not None:
            self.take(ahead)
        eventlet.wsgi.WSGI_LOCAL.already_handled = True
        return []

    def send(self, pkt: Packet) -> None:
        """Send a packet; raises SocketIsClosedError."""
        if self.closed:
            raise SocketIsClosedError
        if self.carrier is not None and self.upgraded:
            self.carrier.send(frame_of(pkt))
        else:
            self.queue.put(pkt)

    def check_ping_timeout(self) -> bool:
        """Return whether the client is there: `await_pong` ends who does not answer; raises SocketIsClosedError."""
        if self.closed:
            raise SocketIsClosedError
        return True

    def schedule_ping(self) -> None:
        """Note that the client answered a ping; the next one comes in any case."""
        self.last_ping = None

    def ping(self) -> None:
        """Ask whether the client is there, and again after the interval."""
        if self.closed:
            return
        now = time.monotonic()
        if self.last_ping is None:
            self.last_ping = now
            self._shared.pongs.add(partial(self.await_pong, now), now)
        if self.carrier is not None and self.upgraded:
            self._shared.together.send(self.carrier, PING_FRAME)
        else:
            self.queue.put(PING)
        self._shared.pings.add(self.ping, now)

    def await_pong(self, asked_at: float) -> None:
        """End the connection unless the ping of `asked_at`, or one after it, was answered."""
        if self.last_ping == asked_at:
            self.close(reason=self.server.reason.PING_TIMEOUT)

    def take(self, data: bytes) -> None:
        """Take in bytes from the WebSocket."""
        received = self._intake.receive(data, time.monotonic())
        for said in received.packets:
            self._hear(said)
        if received.violation is not None:
            self.server.report(received.violation)
        if received.ended:
            self._leave_carrier(received.send)
        elif received.send and self.carrier is not None:
            self.carrier.send(received.send)

    def lost(self, reason: str) -> None:
        """Hear that the WebSocket is gone."""
        if reason == SLOW:
            self.server.report(Violation(code=CloseCode.POLICY_VIOLATION, reason="slow_reader"))
        self._leave_carrier(b"")

    def do(self, said: Any) -> None:
        """Do what the client said, in its turn; what the first brings, welcome and first facts, goes as one."""
        first, self.greeted = not self.greeted, True
        if isinstance(said, _Ended):
            self.server.sockets.pop(self.sid, None)
            self.server._trigger_event("disconnect", self.sid, said.reason, run_async=False)  # noqa: SLF001 - as the library's own socket does
            return
        carrier = self.carrier if first else None
        if carrier is not None:
            carrier.gather()
        try:
            with suppress(UnknownPacketError, SocketIsClosedError):
                self.receive(Packet(encoded_packet=said))
        finally:
            if carrier is not None:
                self._shared.together.release(carrier)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:  # noqa: ARG002, FBT001, FBT002 - the library's signature
        """End the connection; unless `abort`, the client is told. Its handler hears of it after what it said before.

        What it said and is not done yet is left undone, unless the client itself ended the connection.
        """
        if self.closed:
            return
        self.closing = self.closed = True
        if self.queue is not None:
            if not abort:
                self.queue.put(CLOSE)
            self.queue.put(None)
        if self.carrier is not None:
            if self.upgraded and not abort:
                self.carrier.send(CLOSE_FRAME)
            self._end_carrier(CLOSING_FRAME)
        if self.inbox and reason not in _BY_CLIENT:
            self.inbox.clear()
        self._shared.turns.add(self, _Ended(reason or self.server.reason.SERVER_DISCONNECT))

    def _upgrade_websocket(self, environ: dict[str, Any], _start_response: StartResponse) -> Any:
        """Take a second connection of a client that polls, which may take the place of polling."""
        if self.carrier is not None:
            return self.server._bad_request()  # noqa: SLF001 - as the library's own socket does
        try:
            greeting = handshake.answer(environ)
        except handshake.Refused as refused:
            return refusal(refused)
        answer = self.carry(environ, greeting)
        self._shared.pongs.add(self._give_up_upgrade, time.monotonic())
        return answer

    def _hear(self, said: str | bytes) -> None:
        if not self.upgraded:
            self._hear_upgrade(said)
        elif said == PONG_TEXT:
            self.last_ping = None
        else:
            self._shared.turns.add(self, said)

    def _hear_upgrade(self, said: str | bytes) -> None:
        """Follow the steps from polling to a WebSocket: probe, answer, upgrade (Engine.IO 4, "Upgrade")."""
        if self.carrier is None:
            return
        if said == PROBE_TEXT and not self.upgrading:
            self.upgrading = True  # the library answers polls with nothing from now on
            self.carrier.send(PROBE_ANSWER)
            self.queue.put(NOOP)
        elif said == UPGRADE_TEXT and self.upgrading:
            self._move()
        else:
            self._leave_carrier(CLOSING_FRAME)

    def _move(self) -> None:
        """Send by WebSocket from now on, what waits for a poll first; a poll that still waits ends with nothing."""
        self.upgraded, self.upgrading = True, False
        while not self.queue.empty():
            if (one := self.queue.get(block=False)) is not NOOP:
                self.send(one)
        self.queue.put(NOOP)

    def _give_up_upgrade(self) -> None:
        if not self.upgraded and self.carrier is not None:
            self._leave_carrier(CLOSING_FRAME)

    def _leave_carrier(self, goodbye: bytes) -> None:
        """Go on without the WebSocket: polling, where it was not in use yet, else not at all."""
        self._end_carrier(goodbye)
        if self.upgraded:
            self.close(abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        else:
            self.upgrading = False

    def _end_carrier(self, goodbye: bytes) -> None:
        carrier, self.carrier = self.carrier, None
        if carrier is None:
            return
        carrier.end(goodbye)
        if not carrier.closed:
            self._shared.endings.add(carrier.abort, time.monotonic())


def refusal(refused: handshake.Refused) -> dict[str, Any]:
    """Return the answer to a request that is no handshake, in the form that python-engineio sends."""
    return {"status": refused.status, "headers": refused.headers, "response": b""}


class _Ended:
    """The last thing that is done for a client."""

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason


_BY_CLIENT = {Engine.reason.CLIENT_DISCONNECT, Engine.reason.TRANSPORT_CLOSE}
