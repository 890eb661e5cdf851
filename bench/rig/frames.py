"""As much of WebSocket framing (RFC 6455, section 5.2) as a bench needs; masks are of zeros."""

from __future__ import annotations

import struct

FINAL = 0x80
CONTINUATION, BINARY, CLOSE, PING = 0x0, 0x2, 0x8, 0x9
TEXT = FINAL | 0x1
MASKED = 0x80
SMALL, LENGTH_16, LENGTH_64 = 125, 126, 127
LARGEST_16 = 0xFFFF


def frame(payload: bytes) -> bytes:
    """Return the text frame that a server sends: the same bytes for every client."""
    return _head(TEXT, len(payload), 0) + payload


def masked_frame(payload: bytes, first: int = TEXT) -> bytes:
    """Return the frame that a client sends; a mask of zeros is a mask. `first` is its first byte: FIN, RSV, opcode."""
    return _head(first, len(payload), MASKED) + b"\0\0\0\0" + payload


def take_frames(buffer: bytearray) -> list[bytes]:
    """Remove the complete unmasked frames from the front of `buffer` and return their payloads."""
    payloads, at = [], 0
    while (bounds := _bounds(buffer, at)) is not None:
        start, at = bounds
        payloads.append(bytes(buffer[start:at]))
    del buffer[:at]
    return payloads


def _head(first: int, length: int, masked: int) -> bytes:
    if length <= SMALL:
        return bytes([first, masked | length])
    if length <= LARGEST_16:
        return struct.pack("!BBH", first, masked | LENGTH_16, length)
    return struct.pack("!BBQ", first, masked | LENGTH_64, length)


def _bounds(buffer: bytearray, at: int) -> tuple[int, int] | None:
    """Return where the payload of the frame at `at` starts and ends; None while it is not all there."""
    have = len(buffer) - at
    if have < 2:  # noqa: PLR2004 - the shortest head: opcode and length
        return None
    short = buffer[at + 1]
    extra = {LENGTH_16: 2, LENGTH_64: 8}.get(short, 0)
    start = at + 2 + extra
    if have < 2 + extra:
        return None
    length = int.from_bytes(buffer[at + 2 : start]) if extra else short
    return (start, start + length) if len(buffer) >= start + length else None
