"""Many bare WebSocket clients in one process: as much Socket.IO as it takes to join a stream and listen."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import resource
import struct
from dataclasses import dataclass, field
from typing import Any

ENGINE_OPEN, ENGINE_PING, CONNECTED, EVENT, REFUSED = "0", "2", "40", "42", "44"
TEXT_FRAME = 0x81
LENGTH_16, LENGTH_64 = 126, 127
SMALL = 125


def allow_many_sockets(count: int) -> None:
    """Raise this process's bound of open files, so that `count` sockets fit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, count + 512)), hard))


@dataclass(kw_only=True)
class Member:
    """One client: what it was told, in order. `answered` is set once it is in, or `error` says why it is not."""

    answered: asyncio.Event = field(default_factory=asyncio.Event)
    entries: list[dict[str, Any]] = field(default_factory=list)
    error: str | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, entries: list[dict[str, Any]]) -> None:
        """Keep what was sent."""
        self.entries += entries
        self._news.set()

    def fail(self, error: str) -> None:
        """Note why nothing comes any more."""
        self.error = error
        self.answered.set()
        self._news.set()

    async def hears_up_to(self, seq: int) -> None:
        """Wait until entry number `seq` was the last one, or nothing comes any more."""
        while self.error is None and (not self.entries or self.entries[-1]["seq"] < seq):
            self._news.clear()
            await self._news.wait()


async def follow(host: str, port: int, auth: dict[str, Any], member: Member) -> None:
    """Join once and keep every entry until cancelled; a refusal, or being cut off, stays in `member.error`."""
    try:
        reader, writer = await asyncio.open_connection(host, port)
    except OSError as error:
        member.fail(str(error))
        return
    try:
        await _shake_hands(reader, writer, host, port)
        while True:
            await _answer(await _frame(reader), writer, auth, member)
    except (OSError, asyncio.IncompleteReadError, RuntimeError) as error:
        member.fail(f"{type(error).__name__}: {error}")
    finally:
        writer.close()


async def _shake_hands(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int
) -> None:
    key = base64.b64encode(os.urandom(16)).decode()
    writer.write(
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}:{port}\r\n"
        f"Origin: http://{host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n".encode()
    )
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    if " 101 " not in head.splitlines()[0] or "permessage-deflate" in head:
        raise RuntimeError(head)


async def _frame(reader: asyncio.StreamReader) -> str:
    _, length = await reader.readexactly(2)
    if length == LENGTH_16:
        (length,) = struct.unpack("!H", await reader.readexactly(2))
    elif length == LENGTH_64:
        (length,) = struct.unpack("!Q", await reader.readexactly(8))
    return (await reader.readexactly(length)).decode()


async def _answer(text: str, writer: asyncio.StreamWriter, auth: dict[str, Any], member: Member) -> None:
    if text.startswith(CONNECTED):
        member.answered.set()
    elif text.startswith(EVENT):
        event, data = json.loads(text[2:])
        if event == "entries":
            member.hear(data)
    elif text.startswith(REFUSED):
        raise RuntimeError(text)
    elif text == ENGINE_PING:
        await _send(writer, "3")
    elif text.startswith(ENGINE_OPEN):
        await _send(writer, CONNECTED + json.dumps(auth))


async def _send(writer: asyncio.StreamWriter, text: str) -> None:
    """Write one masked text frame; a mask of zeros is a mask."""
    payload = text.encode()
    if len(payload) > SMALL:
        message = "the herd sends short frames only"
        raise RuntimeError(message)
    writer.write(bytes([TEXT_FRAME, 0x80 | len(payload)]) + b"\0\0\0\0" + payload)
    await writer.drain()
