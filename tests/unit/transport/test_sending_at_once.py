"""A ready frame goes past a client's queue only where nothing is on its way, and nothing overtakes or tears it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace

import eventlet
import pytest
from engineio.packet import MESSAGE, Packet
from eventlet.greenio import GreenSocket
from eventlet.queue import Queue
from eventlet.semaphore import Semaphore

from conference_hub.live.transport.connections import WebSocket
from conference_hub.live.transport.engine import Engine, frame_of

PATIENCE_S = 20.0
BUFFER = 8 * 1024
"""Bytes the kernel keeps for a client that does not read; it may double them."""


class Client:
    """A browser's end of a connection, and the hub's end as the server uses it."""

    def __init__(self, engine: Engine) -> None:
        here, self.far = socket.socketpair()
        here.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
        self.far.settimeout(PATIENCE_S)
        self.plain = SimpleNamespace(socket=GreenSocket(here), _sendlock=Semaphore(), websocket_closed=False)
        self.plain.send = self._send_in_turn
        self.plain.close = self.plain.socket.close
        self.websocket = WebSocket(self.plain, engine, "sid")

    def _send_in_turn(self, text: str) -> None:
        """Send as the library does: whole, when it is its turn."""
        with self.plain._sendlock:
            self.plain.socket.sendall(text.encode())

    def read(self, size: int) -> bytes:
        """Return the next bytes of the client, read by a thread of its own while the hub's tasks go on."""
        received = bytearray()

        def receive() -> None:
            while len(received) < size and (chunk := self.far.recv(size - len(received))):
                received.extend(chunk)

        reader = threading.Thread(target=receive)
        reader.start()
        while reader.is_alive():
            eventlet.sleep(0.001)
        return bytes(received)


@pytest.fixture
def engine() -> Engine:
    """An engine that knows one client."""
    engine = Engine(async_mode="threading")
    engine._opened("sid", "192.0.2.1")
    return engine


@pytest.fixture
def client(engine: Engine) -> Iterator[Client]:
    client = Client(engine)
    with closing(client.far), closing(client.plain.socket):
        yield client


def test_what_the_kernel_takes_is_with_the_client_before_another_task_runs(client: Client) -> None:
    assert client.websocket.send_at_once(b"fact")

    assert client.far.recv(100) == b"fact"
    assert not client.plain._sendlock.locked()


def test_what_is_left_of_a_frame_goes_before_everything_else(client: Client) -> None:
    large = bytes(range(256)) * 4096

    assert client.websocket.send_at_once(large)
    assert not client.websocket.send_at_once(b"too early"), "the first frame is not whole yet"
    eventlet.spawn(client.websocket.send, "answer")
    eventlet.sleep(0)

    assert client.read(len(large) + 6) == large + b"answer"
    assert client.websocket.send_at_once(b"next")
    assert client.far.recv(100) == b"next"


def test_a_frame_waits_while_somebody_sends(client: Client) -> None:
    text = "x" * 1_000_000
    eventlet.spawn(client.websocket.send, text)
    eventlet.sleep(0)

    assert not client.websocket.send_at_once(b"fact")

    assert client.read(len(text)) == text.encode()


def test_a_client_that_is_gone_is_left_to_the_way_that_ends_it(client: Client) -> None:
    client.far.close()

    assert not client.websocket.send_at_once(b"fact")
    assert not client.plain._sendlock.locked()


def test_a_frame_that_cannot_be_finished_ends_the_connection(client: Client) -> None:
    client.plain.socket.settimeout(0.01)

    assert client.websocket.send_at_once(bytes(1_000_000))
    while client.plain._sendlock.locked():
        eventlet.sleep(0.001)

    assert client.plain.socket.fd.recv(100) == b"", "the reading side sees the end"
    assert len(client.read(2_000_000)) < 1_000_000


def test_facts_go_where_the_packets_go_and_not_to_a_web_socket_that_was_opened_beside(
    engine: Engine, client: Client
) -> None:
    client.websocket.send("3probe")
    beside = Client(engine)

    with closing(beside.far), closing(beside.plain.socket):
        assert engine._websockets == {"sid": client.websocket}
        beside.websocket.send("3probe")
        assert engine._websockets == {"sid": beside.websocket}


class Carrier:
    """A WebSocket that takes frames at once, or does not."""

    def __init__(self, *, takes: bool = True) -> None:
        self.takes = takes
        self.frames: list[bytes] = []

    def send_at_once(self, frame: bytes) -> bool:
        """Keep the frame."""
        if self.takes:
            self.frames.append(frame)
        return self.takes


class Connected:
    """A client of an engine, as python-engineio keeps it; its writer waits for packets."""

    def __init__(self) -> None:
        self.queue = Queue()
        self.upgraded = True
        self.closed = False
        self.answers_pings = True
        self.written: list[Packet] = []
        self.writer = eventlet.spawn(self._write)
        eventlet.sleep(0)

    def check_ping_timeout(self) -> bool:
        """Return whether the client is there."""
        return self.answers_pings

    def send(self, packet: Packet) -> None:
        """Queue as the library does."""
        self.queue.put(packet)

    def _write(self) -> None:
        while True:
            self.written.append(self.queue.get())


@pytest.fixture
def connected() -> Iterator[Connected]:
    connected = Connected()
    yield connected
    connected.writer.kill()


PACKET = Packet(MESSAGE, '2["entries",[]]')
FRAME = frame_of(PACKET)


def _engine(connected: Connected, carrier: Carrier | None) -> Engine:
    engine = Engine(async_mode="threading")
    engine.sockets["sid"] = connected
    engine._opened("sid", "192.0.2.1")
    if carrier is not None:
        engine.carried_by("sid", carrier)
    return engine


def test_an_idle_client_gets_the_frame(connected: Connected) -> None:
    carrier = Carrier()

    _engine(connected, carrier).send_framed("sid", PACKET, FRAME)

    assert carrier.frames == [FRAME]
    assert connected.queue.empty()


def test_what_is_queued_goes_first(connected: Connected) -> None:
    carrier = Carrier()
    engine = _engine(connected, carrier)
    earlier = Packet(MESSAGE, "0")
    connected.send(earlier)

    engine.send_framed("sid", PACKET, FRAME)
    eventlet.sleep(0)

    assert carrier.frames == []
    assert connected.written == [earlier, PACKET]


def test_a_writer_at_work_goes_on_first(connected: Connected) -> None:
    carrier = Carrier()
    engine = _engine(connected, carrier)
    connected.writer.kill()  # nobody waits for packets: the last one is still being written

    engine.send_framed("sid", PACKET, FRAME)

    assert carrier.frames == []
    assert connected.queue.get(block=False) is PACKET


@pytest.mark.parametrize("carrier", [None, Carrier(takes=False)], ids=["polling", "sending"])
def test_who_cannot_take_a_frame_gets_the_packet(connected: Connected, carrier: Carrier | None) -> None:
    _engine(connected, carrier).send_framed("sid", PACKET, FRAME)
    eventlet.sleep(0)

    assert connected.written == [PACKET]


def test_a_client_that_has_not_moved_to_its_web_socket_yet_polls(connected: Connected) -> None:
    connected.upgraded = False
    carrier = Carrier()

    _engine(connected, carrier).send_framed("sid", PACKET, FRAME)
    eventlet.sleep(0)

    assert (carrier.frames, connected.written) == ([], [PACKET])


def test_nothing_is_sent_to_a_client_that_is_gone(connected: Connected) -> None:
    connected.answers_pings = False
    carrier = Carrier()

    _engine(connected, carrier).send_framed("sid", PACKET, FRAME)
    eventlet.sleep(0)

    assert (carrier.frames, connected.written) == ([], [])


def test_an_unknown_client_is_an_error(connected: Connected) -> None:
    with pytest.raises(KeyError):
        _engine(connected, None).send_framed("other", PACKET, FRAME)


def test_a_client_that_left_is_forgotten(connected: Connected) -> None:
    engine = _engine(connected, Carrier())

    engine._closed("sid")

    assert engine._websockets == {}
