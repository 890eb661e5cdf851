"""The fast transport: Engine.IO in which an idle WebSocket is a descriptor, a few numbers and no task.

A request that becomes a WebSocket leaves its task and is a `Connection` from then on. A fact is framed once and sent to
each client before the next line of the program runs; polling is python-engineio's own.

python-engineio is semi-internal here: `choice.py` takes this transport only with the versions that it was tested with.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from typing import Any

from engineio import packet
from engineio.packet import Packet

from conference_hub.live.transport import handshake
from conference_hub.live.transport.carrier import Carrier, send_to_all
from conference_hub.live.transport.connection import Connection, Shared, refusal
from conference_hub.live.transport.engine import Engine, StartResponse, frame_of
from conference_hub.live.transport.http import AHEAD, DETACH
from conference_hub.live.transport.ring import ENTRIES, SendRing

BACKLOG_BYTES = 1024 * 1024
OF_THE_REQUEST = {
    AHEAD,
    DETACH,
    "eventlet.input",
    "eventlet.posthooks",
    "eventlet.set_idle",
    "headers_raw",
    "hub.close_connection",
    "wsgi.errors",
    "wsgi.input",
}
"""What ends with the request and is not kept with the rest of its environment, as long as the client is connected."""


class FastEngine(Engine):
    """Keeps no task for a connection that is idle; `backlog` bounds the bytes that wait for one client.

    With a `ring` a broadcast is one call of the kernel for a thousand clients.
    """

    opens_at_once = True

    def __init__(self, *, backlog: int = BACKLOG_BYTES, ring: SendRing | None = None, **options: Any) -> None:
        super().__init__(monitor_clients=False, **options)
        self.shared = Shared(
            backlog=backlog,
            ping_interval_s=self.ping_interval,
            ping_timeout_s=self.ping_timeout,
            ring=ring,
        )
        self.ring = ring
        terms = {
            "pingTimeout": int(self.ping_timeout * 1000),
            "pingInterval": int(self.ping_interval * 1000),
            "maxPayload": self.max_http_buffer_size,
        }
        self._terms = json.dumps(terms, separators=(",", ":"))[1:-1]  # a join adds its own

    def broadcast(self, sids: Iterable[str], packet: Any, frame: bytes) -> None:
        """Send a packet to clients; over a WebSocket `frame` goes before this returns.

        It goes as soon as it is enough for one call of the kernel: the first have it before the others are looked at.
        """
        idle: list[Carrier] = []
        for sid in sids:
            connection = self.sockets.get(sid)
            if connection is None or connection.closed:
                continue
            carrier = connection.carrier if connection.upgraded else None
            if carrier is None:
                self._send_to(sid, packet)
            elif carrier.idle:
                idle.append(carrier)
                if len(idle) == ENTRIES:
                    send_to_all(idle, frame, self.ring)
                    idle = []
            else:
                carrier.send(frame)
        send_to_all(idle, frame, self.ring)

    def create_queue(self, *_args: Any, **_options: Any) -> None:
        """Make none: only who polls has a queue (`Connection.poll_from_now_on`)."""

    def _handle_connect(
        self, environ: dict[str, Any], _start_response: StartResponse, transport: str, jsonp_index: Any = None
    ) -> Any:
        """Open a connection as python-engineio does, of our own kind."""
        self.shared.begin()
        try:
            greeting = handshake.answer(environ) if transport == "websocket" else b""
        except handshake.Refused as refused:
            return refusal(refused)
        sid = self.generate_id()
        connection = self.sockets[sid] = Connection(self, sid, self.shared)
        kept = {name: value for name, value in environ.items() if name not in OF_THE_REQUEST}
        if (allowed := self._trigger_event("connect", sid, kept, run_async=False)) not in {None, True}:
            del self.sockets[sid]
            return self._unauthorized(allowed or None)
        self.shared.pings.add(connection.ping, time.monotonic())
        upgrades = json.dumps(self._upgrades(sid, transport))
        opening = Packet(packet.OPEN, f'{{"sid":"{sid}","upgrades":{upgrades},{self._terms}}}')
        if transport == "websocket":
            connection.upgraded = True
            return connection.carry(environ, greeting + frame_of(opening))
        connection.poll_from_now_on(super().create_queue(), opening)
        return self._ok(connection.poll(), jsonp_index=jsonp_index)
