"""What several clients are told in one turn of the loop, each something of its own, goes in one call of the kernel.

Thousands who join together are answered by tens. Sent one by one, each answer wakes the program at the other end, or
the network card; those that go together do it once, and a call for each is saved (`ring.py`).
"""

from __future__ import annotations

import eventlet.hubs

from conference_hub.live.transport.carrier import Carrier, release_all
from conference_hub.live.transport.ring import SendRing


class Together:
    """Sends what carriers gathered, of all that were added, when the others had their turn."""

    def __init__(self, ring: SendRing | None) -> None:
        self._ring = ring
        self._waiting: list[Carrier] = []

    def send(self, carrier: Carrier, frame: bytes) -> None:
        """Send a frame with those of others; what is sent to this client meanwhile comes behind it."""
        carrier.gather()
        carrier.send(frame)
        self.release(carrier)

    def release(self, carrier: Carrier) -> None:
        """Send what a carrier gathered with that of others; until then it gathers."""
        if not self._waiting:
            eventlet.hubs.get_hub().schedule_call_global(0, self.flush)
        self._waiting.append(carrier)

    def flush(self) -> None:
        """Send what waits."""
        carriers, self._waiting = self._waiting, []
        release_all(carriers, self._ring)
