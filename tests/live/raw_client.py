"""Socket.IO clients on plain sockets, strict about what the server sends, that read only when they are told to."""

from __future__ import annotations

import http.client
import json
import socket
import struct
from collections.abc import Callable, Iterable
from typing import Any

from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN, Protocol, Side

from bench.rig.frames import masked_frame

PATIENCE_S = 60.0
CLOSE, PING, PONG, PROBE, PROBE_ANSWER, UPGRADE, NOOP = "1", "2", "3", "2probe", "3probe", "5", "6"
SEPARATOR = "\x1e"
"""Between the packets of one polling request."""
KEY = "dGhlIHNhbXBsZSBub25jZQ=="
ACCEPTED = b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
"""What RFC 6455 (1.3) answers to its sample key."""


class RawClient:
    """One connection: what it heard is in `packets`, but for pings, which it answers while it reads.

    `receive_buffer` is the size of what the kernel may take for it, as long as it does not read; `sid` moves a polling
    connection over. `pinged` counts the pings of Engine.IO. `first` is sent right behind the request; `piece` bytes of
    both are sent at a time, all in one piece when it is left out.
    """

    def __init__(
        self,
        port: int,
        *,
        receive_buffer: int | None = None,
        sid: str | None = None,
        first: bytes = b"",
        piece: int | None = None,
        origin: str | None = None,
    ) -> None:
        self.packets: list[str | bytes] = []
        self.ended = False
        self.close_code: int | None = None
        self.pongs: list[bytes] = []
        self.answers_pings = True
        self.pinged = 0
        self._protocol = Protocol(Side.CLIENT, state=OPEN, max_size=None)
        self.socket = socket.socket()
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(PATIENCE_S)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opening = opening_request(port, sid=sid, origin=origin) + first
        for at in range(0, len(opening), piece or len(opening)):
            self.socket.sendall(opening[at:][:piece])
        self._shake_hands()

    def join(self, auth: dict[str, Any]) -> None:
        """Join the namespace and wait until that is answered."""
        self.send("40" + json.dumps(auth))
        self.read_until("joined", lambda: any(str(packet).startswith("40") for packet in self.packets))

    def send(self, packet: str | bytes) -> None:
        """Send a packet as one frame."""
        binary = isinstance(packet, bytes)
        content = packet if isinstance(packet, bytes) else packet.encode()
        self.socket.sendall(masked_frame(content, 0x82 if binary else 0x81))

    def events(self) -> list[Any]:
        """Return what came after joining: `[name, data]` of an event, `[number, data]` of an acknowledgement."""
        return events_of(self.packets)

    def read_until(self, what: str, holds: Callable[[], object]) -> None:
        """Read until `holds`; fails when the connection ended before, and raises TimeoutError when nothing comes."""
        while not holds():
            assert not self.ended, f"ended with {self.close_code} before: {what}; heard {self.packets[-3:]}"
            self.read()

    def read_to_the_end(self) -> None:
        """Read until the server hangs up."""
        while not self.ended:
            self.read()

    def read(self, size: int = 65536) -> None:
        """Take what has come, or wait for something."""
        try:
            data = self.socket.recv(size)
        except ConnectionError:
            data = b""
        if not data:
            self.ended = True
            return
        self._take(data)

    def half_close(self) -> None:
        """Say that nothing more will be sent."""
        self.socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def reset(self) -> None:
        """Hang up as a device does whose line broke and came back: the server's next packet is answered by a reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def _shake_hands(self) -> None:
        received = b""
        while b"\r\n\r\n" not in received:
            chunk = self.socket.recv(1)  # what follows the head may be frames, and the buffer is to fill up
            assert chunk, received
            received += chunk
        assert received.startswith(b"HTTP/1.1 101 "), received
        assert ACCEPTED in received, received

    def _take(self, data: bytes) -> None:
        self._protocol.receive_data(data)
        error = self._protocol.parser_exc
        assert error is None, error
        for event in self._protocol.events_received():
            assert isinstance(event, Frame)
            self._keep(event)

    def _keep(self, frame: Frame) -> None:
        assert frame.fin
        if frame.opcode is Opcode.CLOSE:
            self.close_code = struct.unpack("!H", frame.data[:2])[0] if frame.data else None
        elif frame.opcode is Opcode.PONG:
            self.pongs.append(bytes(frame.data))
        elif frame.opcode is Opcode.BINARY:
            self.packets.append(bytes(frame.data))
        elif (text := bytes(frame.data).decode()) != PING:
            self.packets.append(text)
        else:
            self.pinged += 1
            if self.answers_pings:
                self.send(PONG)


class PollingClient:
    """A client that polls: what it heard is in `packets`.

    A poll waits at the server from `begin_poll` to `end_poll`.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.packets: list[str] = []
        self._websockets: list[RawClient] = []
        self._polling = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        self._posting = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        self._path = "/socket.io/?EIO=4&transport=polling"
        self._polling.request("GET", self._path)
        opening = self._polling.getresponse().read().decode()
        self.sid: str = json.loads(opening[1:])["sid"]
        self._path += f"&sid={self.sid}"

    def join(self, auth: dict[str, Any]) -> None:
        """Join the namespace and wait until that is answered."""
        self.send("40" + json.dumps(auth))
        while not any(packet.startswith("40") for packet in self.packets):
            self.begin_poll()
            self.end_poll()

    def send(self, *packets: str) -> None:
        """Send packets in one request."""
        self._posting.request("POST", self._path, SEPARATOR.join(packets).encode())
        answer = self._posting.getresponse()
        assert (answer.status, answer.read()) == (200, b"OK")

    def begin_poll(self) -> None:
        """Ask for packets."""
        self._polling.request("GET", self._path)

    def end_poll(self) -> None:
        """Take the packets that were asked for, answering a ping among them."""
        answer = self._polling.getresponse()
        content = answer.read().decode()
        assert answer.status == http.client.OK, (answer.status, content)
        packets = content.split(SEPARATOR)
        self.packets += [packet for packet in packets if packet not in {PING, NOOP}]
        if PING in packets:
            self.send(PONG)

    def begin_move(self) -> RawClient:
        """Open a WebSocket beside polling, which takes no packets yet; it goes on from what was heard by polling."""
        websocket = RawClient(self.port, sid=self.sid)
        self._websockets.append(websocket)
        websocket.packets += self.packets
        return websocket

    def close(self) -> None:
        """Hang up."""
        self._polling.close()
        self._posting.close()
        for websocket in self._websockets:
            websocket.close()


def events_of(packets: Iterable[str | bytes]) -> list[Any]:
    """Return what came after joining: `[name, data]` of an event, `[number, data]` of an acknowledgement."""
    return [_event(str(packet)) for packet in packets if str(packet).startswith(("42", "43"))]


def _event(packet: str) -> list[Any]:
    """Return an event as `[name, data...]` and an acknowledgement as `[number, data...]`."""
    number, _, data = packet[2:].partition("[")
    content: list[Any] = json.loads("[" + data)
    return content if packet.startswith("42") else [int(number), *content]


def opening_request(port: int, *, sid: str | None = None, origin: str | None = None) -> bytes:
    """Return the request that opens a WebSocket; `sid` is that of a client that polls."""
    query = "EIO=4&transport=websocket" + (f"&sid={sid}" if sid else "")
    lines = [
        f"GET /socket.io/?{query} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        *([f"Origin: {origin}"] if origin else []),
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {KEY}",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Extensions: permessage-deflate",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
