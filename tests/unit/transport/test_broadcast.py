"""A packet for many: over idle WebSockets at once, and one broken connection costs the others nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from engineio.packet import MESSAGE, Packet

from conference_hub.live.transport.engine import Engine, frame_of
from conference_hub.live.transport.fast import FastEngine
from conference_hub.live.transport.ring import ENTRIES

FACT = Packet(MESSAGE, '2["fact"]')
FRAME = frame_of(FACT)


@dataclass
class Carrier:
    """A WebSocket; `sent` has the frames."""

    idle: bool = True
    sent: list[bytes] = field(default_factory=list)

    def send(self, frame: bytes) -> None:
        self.sent.append(frame)


@dataclass
class Connection:
    """A client; `sent` has the packets that go another way than by a WebSocket."""

    carrier: Carrier | None = None
    upgraded: bool = True
    closed: bool = False
    broken: bool = False
    sent: list[Packet] = field(default_factory=list)

    def send(self, packet: Packet) -> None:
        if self.broken:
            raise ConnectionResetError
        self.sent.append(packet)


@pytest.mark.parametrize("kind", [Engine, FastEngine])
def test_a_connection_that_fails_or_is_gone_does_not_stop_the_rest(kind: type[Engine]) -> None:
    engine = kind(async_mode="eventlet")
    engine.sockets = {"a": Connection(broken=True), "c": Connection()}

    engine.broadcast(["a", "b", "c"], FACT, FRAME)

    assert engine.sockets["c"].sent == [FACT]


def test_websockets_get_the_frame_and_who_polls_the_packet() -> None:
    engine = FastEngine(async_mode="eventlet")
    idle, busy, polling = Carrier(), Carrier(idle=False), Connection(Carrier(), upgraded=False)
    engine.sockets = {"idle": Connection(idle), "busy": Connection(busy), "polling": polling}

    engine.broadcast(engine.sockets, FACT, FRAME)

    assert (idle.sent, busy.sent) == ([FRAME], [FRAME])
    assert (polling.sent, polling.carrier) == ([FACT], Carrier())


def test_everybody_of_a_crowd_gets_the_frame_once() -> None:
    engine = FastEngine(async_mode="eventlet")
    carriers = [Carrier() for _ in range(2 * ENTRIES + 3)]
    engine.sockets = {str(place): Connection(carrier) for place, carrier in enumerate(carriers)}

    engine.broadcast(engine.sockets, FACT, FRAME)

    assert [carrier.sent for carrier in carriers] == [[FRAME]] * len(carriers)


def test_nothing_goes_to_a_connection_that_is_closed() -> None:
    engine = FastEngine(async_mode="eventlet")
    engine.sockets = {"a": Connection(Carrier(), closed=True)}

    engine.broadcast(["a"], FACT, FRAME)

    assert engine.sockets["a"].carrier == Carrier()
