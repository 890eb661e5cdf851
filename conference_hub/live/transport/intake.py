"""What one connection may send, whatever reads it: the limits of every transport, without any input or output.

A reader hands the bytes it received to a `FrameIntake` (WebSocket) or the packets of a request to a `Conversation`
(polling), and does what comes back: pass packets on, send bytes, or close. Another reader keeps every limit by
handing its bytes here. Frames are parsed by the `websockets` library (RFC 6455), which unmasks in C.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import ClassVar

from websockets.frames import CloseCode, Frame, Opcode, apply_mask  # type: ignore[attr-defined] # C if built
from websockets.protocol import OPEN, Protocol, Side

from conference_hub.live.transport.bucket import Bucket, Rate
from conference_hub.live.transport.packets import MAX_PACKET_CHARS, Packet, packet_of

FRAMES = Rate(burst=40, per_s=2)
"""Frames, or packets of a polling client: a client answers a ping every 25 seconds and says little else."""
BYTES = Rate(burst=32_768, per_s=2_048)
MAX_MESSAGE_BYTES = MAX_PACKET_CHARS
"""A whole message, all its fragments together."""
MAX_JOINS = 3
"""Tries to join on one connection; after one that succeeded there is no other."""
CHUNK_BYTES = 2_048
"""What a reader should take from the kernel at once: as many frames as fit in are parsed in one go."""

WHOLE_TEXT, MASKED = 0x81, 0x80
HEAD_BYTES = 6
"""Before the payload of a short masked frame (RFC 6455, 5.2)."""
SHORT_BYTES, MEDIUM_BYTES = 125, 65_535
"""Payloads whose length fits in the head, and in two bytes more."""

_QUIET = logging.getLogger("websockets.server")


@dataclass(frozen=True, kw_only=True)
class Violation(Exception):
    """A sender broke a limit; `code` closes a WebSocket (RFC 6455, 7.4.1), `reason` is for the log and the metrics."""

    code: int
    reason: str


class Conversation:
    """The packets of one client, over whichever transport they come: the policy of this hub.

    A subclass is another policy, for an application that takes more.
    """

    __slots__ = ("_bytes", "_frames", "_joins", "joined")

    frame_rate: ClassVar[Rate] = FRAMES
    byte_rate: ClassVar[Rate] = BYTES
    takes_binary: ClassVar[bool] = False

    def __init__(self, at: float) -> None:
        self._frames = Bucket(self.frame_rate, at)
        self._bytes = Bucket(self.byte_rate, at)
        self._joins = 0
        self.joined = False

    def spend(self, *, size: int, at: float) -> None:
        """Count `size` received bytes; raises Violation above the budget."""
        if not self._bytes.take(size, at):
            raise Violation(code=CloseCode.POLICY_VIOLATION, reason="too_many_bytes")

    def count(self, at: float) -> None:
        """Count one frame or packet; raises Violation above the budget."""
        if not self._frames.take(1, at):
            raise Violation(code=CloseCode.POLICY_VIOLATION, reason="too_many_frames")

    def accept(self, text: str) -> Packet:
        """Return the kind of packet that `text` is; raises Violation when it may not be sent, or not again."""
        try:
            kind = packet_of(text)
        except ValueError as error:
            raise Violation(code=CloseCode.PROTOCOL_ERROR, reason="malformed_packet") from error
        if kind is Packet.JOIN:
            self._joins += 1
            if self.joined or self._joins > MAX_JOINS:
                raise Violation(code=CloseCode.POLICY_VIOLATION, reason="joined_again")
        return kind


@dataclass(kw_only=True)
class Received:
    """What to do after some bytes: packets to pass on, bytes to send, and whether the connection ended and why."""

    packets: list[str | bytes] = field(default_factory=list)
    send: bytes = b""
    ended: bool = False
    violation: Violation | None = None


class FrameIntake:
    """Turns the bytes of one WebSocket connection, after its handshake, into the packets of a `Conversation`.

    Between two messages it keeps nothing but what the conversation may still say.
    """

    __slots__ = ("_begun", "_binary", "_conversation", "_open", "_parts", "_protocol")

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._parts: list[bytes] = []
        self._binary = False
        self._open = False
        self._begun = 0
        self._protocol: Protocol | None = None

    def receive(self, data: bytes, at: float) -> Received:
        """Take in `data` as received at `at`; never raises for what a client sends."""
        received = Received()
        protocol = self._protocol
        self._begun += len(data)
        try:
            self._conversation.spend(size=len(data), at=at)
            if protocol is None and (text := _one_short_text(data)) is not None:
                self._begun = 0
                self._conversation.count(at)
                received.packets.append(self._text(text))
                return received
            protocol = protocol or _parser()
            protocol.receive_data(data)
            for event in protocol.events_received():
                self._conversation.count(at)
                if isinstance(event, Frame):
                    self._take(event, received.packets)
            _check(protocol)
        except Violation as violation:
            protocol = protocol or _parser()
            received.violation = violation
            received.packets.clear()
            if protocol.state is OPEN:  # else the parser closed, or the client was told goodbye
                protocol.fail(violation.code, violation.reason)
        received.send = b"".join(protocol.data_to_send())
        received.ended = protocol.close_expected()
        between_messages = not (self._begun or self._open or received.ended)
        self._protocol = None if between_messages else protocol
        return received

    def _take(self, frame: Frame, packets: list[str | bytes]) -> None:
        self._begun -= _size(frame)
        if frame.opcode not in {Opcode.TEXT, Opcode.CONT, Opcode.BINARY}:
            return
        if frame.opcode is not Opcode.CONT:
            self._binary = frame.opcode is Opcode.BINARY
        if self._binary and not self._conversation.takes_binary:
            raise Violation(code=CloseCode.UNSUPPORTED_DATA, reason="binary")
        self._parts.append(bytes(frame.data))
        self._open = not frame.fin
        if not frame.fin:
            return
        data, self._parts = b"".join(self._parts), []
        packets.append(data if self._binary else self._text(data))

    def _text(self, data: bytes) -> str:
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            raise Violation(code=CloseCode.INVALID_DATA, reason="not_utf8") from error
        self._conversation.accept(text)
        return text


def _parser() -> Protocol:
    return Protocol(Side.SERVER, state=OPEN, max_size=MAX_MESSAGE_BYTES, logger=_QUIET)


def _one_short_text(data: bytes) -> bytes | None:
    """Return the payload where `data` is one whole masked frame with a text of at most 125 bytes, else None.

    Nearly all that clients say is that. It is worth reading without a parser made for it, which takes five times as
    long; anything else, whatever it is, is left to the parser (RFC 6455, 5.2).
    """
    length = len(data) - HEAD_BYTES
    if 0 <= length <= SHORT_BYTES and data[0] == WHOLE_TEXT and data[1] == MASKED | length:
        return apply_mask(data[HEAD_BYTES:], data[2:HEAD_BYTES])
    return None


def _size(frame: Frame) -> int:
    """Return how many bytes a client needs at least for a frame (RFC 6455, 5.2)."""
    length = len(frame.data)
    return HEAD_BYTES + length + (0 if length <= SHORT_BYTES else 2 if length <= MEDIUM_BYTES else 8)


def _check(protocol: Protocol) -> None:
    """Name what the parser refused: it has closed the connection already."""
    error = protocol.parser_exc
    if error is not None and not isinstance(error, EOFError):
        code = protocol.close_sent.code if protocol.close_sent else CloseCode.PROTOCOL_ERROR
        reason = "too_big" if code == CloseCode.MESSAGE_TOO_BIG else "malformed_frame"
        raise Violation(code=code, reason=reason)
