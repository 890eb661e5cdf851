"""Many followers of one server, on one epoll: as much Socket.IO as it takes to join a stream, listen and come back.

The receiving side must not be what is measured. Nearly every receipt is one frame with the same bytes as the one
before it, so it costs a read and a comparison; anything else is taken apart. An instant is that of the poll which said
that the bytes were there. Every follower checks the numbers of its entries: a gap raises RuntimeError.
"""

from __future__ import annotations

import base64
import heapq
import json
import os
import random
import select
import socket
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from bench.rig.frames import frame, masked_frame, take_frames

CHUNK = 8_192
MOST = 1_000
"""Sockets attended to between two looks at the clock."""
IN_FLIGHT = 200
"""Handshakes under way at once while an audience joins."""
HALLS = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4")
"""Where followers come from: no server lets everybody in from one address."""
BIND_ADDRESS_NO_PORT = 24
"""IP_BIND_ADDRESS_NO_PORT of Linux: the port is chosen when the other end is known, so that there are enough."""
OPEN_WITHIN_S = 8.0
FIRST_PAUSE_S, LONGEST_PAUSE_S, JITTER = 1.0, 10.0, 0.5
"""How a page comes back (`static/js/live/connection.js`)."""
PING, PONG = frame(b"2"), masked_frame(b"3")
ENTRIES, JOINED, REFUSED, OPENED = b'42["entries",', b"40", b"44", b"0"
RESET, HEARTBEAT = b'42["reset"', b'42["heartbeat",'
END_OF_HEAD = b"\r\n\r\n"
NOBODY_THERE = "nobody listens"
"""Why a follower could not join while there was no server: no refusal."""


@dataclass(kw_only=True, slots=True, eq=False)
class Follower:
    """One client; `seq` is the number of the last entry that it has.

    `adrift`: it was told to take a snapshot, and has it with the next heartbeat, which says up to where.
    """

    seq: int
    sock: socket.socket | None = None
    attempts: int = 0
    upgraded: bool = False
    opened: bool = False
    joined: bool = False
    adrift: bool = False
    rest: bytearray = field(default_factory=bytearray)


@dataclass(kw_only=True)
class Listening:
    """An event that is waited for: the number of its entry, once known, and when how many had it."""

    topic: str
    seq: int | None = None
    payload: bytes = b""
    receipts: list[tuple[float, int]] = field(default_factory=list)

    @property
    def heard(self) -> int:
        """How many have it."""
        return sum(count for _, count in self.receipts)

    def instant(self, share: float) -> float:
        """Return when that share of all who heard it had it."""
        wanted = max(1, round(self.heard * share))
        for instant, count in self.receipts:
            wanted -= count
            if wanted <= 0:
                return instant
        raise ValueError("nobody has heard it")


class Audience:
    """The followers of 127.0.0.1:`port`, each joining with `auth` and its own `after`."""

    def __init__(self, port: int, auth: dict[str, Any]) -> None:
        self.followers: list[Follower] = []
        self.listening: Listening | None = None
        self.returns = False
        self.refusals: Counter[str] = Counter()
        self.repeats = 0
        self.resets = 0
        self.joined = 0
        self._port = port
        self._auth = json.dumps(auth).removesuffix("}") + ("," if auth else "")
        self._epoll = select.epoll()
        self._by_number: dict[int, Follower] = {}
        self._to_join: deque[Follower] = deque()
        self._away: list[tuple[float, int, Follower]] = []
        self._opening: deque[tuple[float, Follower, socket.socket]] = deque()
        self._numbers: dict[bytes, tuple[int, int, int | None]] = {}
        self._same, self._before, self._after = b"", -1, -1
        self._heard_now = 0

    def __str__(self) -> str:
        """Say how many are there and what they have, for an error."""
        heard = self.listening.heard if self.listening is not None else 0
        least = min(one.seq for one in self.followers)
        return (
            f"{self.joined} of {len(self.followers)} joined, {heard} heard, all have {least}; {self.refusals}"
        )

    def watch(self, number: int) -> None:
        """Let `turn` return as soon as that descriptor can be read, too."""
        self._epoll.register(number, select.EPOLLIN)

    def join(self, count: int, after: int) -> None:
        """Begin to let `count` more join who have everything up to `after`, `IN_FLIGHT` at a time."""
        new = [Follower(seq=after) for _ in range(count)]
        self.followers += new
        self._to_join += new
        for _ in range(min(IN_FLIGHT, count)):
            self._next_joins()

    def listen(self, topic: str) -> None:
        """From now on wait for an entry with this topic (any, when it is empty), and count anew what comes twice."""
        self.listening = Listening(topic=topic)
        self.repeats = 0
        self._numbers.clear()
        self._same, self._before, self._after = b"", -1, -1

    def say(self, index: int, payload: bytes) -> None:
        """Let follower number `index`, if it is there, send a short packet."""
        if (sock := self.followers[index].sock) is not None:
            sock.send(masked_frame(payload))

    def let_return(self) -> None:
        """From now on whoever is cut off comes again, as a page does; count anew who is refused or reset."""
        self.returns = True
        self.refusals.clear()
        self.resets = 0

    def drop(self) -> None:
        """Cut everybody off, who then comes again."""
        self.let_return()
        for one in self.followers:
            if one.sock is not None:
                self._lost(one, "dropped")

    def turn(self, wait_s: float) -> bool:
        """Attend once to whatever happened; return whether something watched can be read."""
        if self._away or self._opening:
            wait_s = min(wait_s, self._come_back())
        events = self._epoll.poll(wait_s, MOST)
        now = time.monotonic()
        self._heard_now = 0
        watched = False
        for number, what in events:
            one = self._by_number.get(number)
            if one is None:
                watched = True
            elif what & select.EPOLLOUT:
                self._greet(one, number)
            else:
                self._receive(one)
        if self._heard_now and self.listening is not None:
            self.listening.receipts.append((now, self._heard_now))
        return watched

    def close(self) -> None:
        """Hang up for everybody."""
        self._epoll.close()
        for one in self.followers:
            if one.sock is not None:
                one.sock.close()

    def _receive(self, one: Follower) -> None:
        assert one.sock is not None
        try:
            data = one.sock.recv(CHUNK)
        except OSError as error:
            self._lost(one, type(error).__name__)
            return
        if data == self._same and one.seq == self._before and not one.rest and not one.adrift:
            one.seq = self._after
            self._heard_now += 1
        elif data == PING:
            one.sock.send(PONG)
        elif data:
            one.rest += data
            self._take_apart(one)
        else:
            self._lost(one, "hung up")

    def _take_apart(self, one: Follower) -> None:
        if not one.upgraded and not self._upgrade(one):
            return
        for payload in take_frames(one.rest):
            if one.sock is None:
                return
            self._take(one, payload)

    def _upgrade(self, one: Follower) -> bool:
        end = one.rest.find(END_OF_HEAD)
        if end < 0:
            return False
        head = bytes(one.rest[:end])
        if b" 101 " not in head.partition(b"\r\n")[0] or b"permessage-deflate" in head:
            self._lost(one, head.partition(b"\r\n")[0].decode(errors="replace"))
            return False
        del one.rest[: end + len(END_OF_HEAD)]
        one.upgraded = True
        return True

    def _take(self, one: Follower, payload: bytes) -> None:
        assert one.sock is not None
        if payload.startswith(ENTRIES):
            self._take_entries(one, payload)
        elif payload == b"2":
            one.sock.send(PONG)
        elif payload.startswith(OPENED):
            one.opened = True
            hello = f'40{self._auth}"after":{one.seq}}}'
            one.sock.send(masked_frame(hello.encode()))
        elif payload.startswith(JOINED):
            one.joined, one.attempts = True, 0
            self.joined += 1
            self._next_joins()
        elif payload.startswith(REFUSED):
            self._lost(one, payload.decode(errors="replace"))
        elif payload.startswith(RESET):
            if not self.returns:
                raise RuntimeError("a follower is told to take a snapshot")
            one.adrift = True
            self.resets += 1
        elif one.adrift and payload.startswith(HEARTBEAT):
            one.adrift, one.seq = False, json.loads(payload[2:])[1]["head"]

    def _take_entries(self, one: Follower, payload: bytes) -> None:
        """Take an event's entries; each number is to come once and in order."""
        if (numbers := self._numbers.get(payload)) is None:
            numbers = self._numbers[payload] = self._read(payload)
        first, last, heard = numbers
        if one.adrift:
            return
        if last <= one.seq:
            self.repeats += 1
            return
        if first > one.seq + 1:
            raise RuntimeError(f"entry {first} came after {one.seq}")
        self.repeats += first <= one.seq
        if heard is not None and one.seq < heard:
            self._heard_now += 1
            if first == last:
                self._same, self._before, self._after = frame(payload), one.seq, last
        one.seq = last

    def _read(self, payload: bytes) -> tuple[int, int, int | None]:
        """Return the first and the last number of an event, and that of the entry that is listened for."""
        entries = json.loads(payload[2:])[1]
        numbers = [entry["seq"] for entry in entries]
        if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise RuntimeError(f"entries out of order: {numbers}")
        waited = self.listening
        if waited is not None and waited.seq is None:
            found = [entry["seq"] for entry in entries if waited.topic in ("", entry["topic"])]
            if found:
                waited.seq, waited.payload = found[0], payload
        wanted = waited.seq if waited is not None else None
        return numbers[0], numbers[-1], wanted if wanted in numbers else None

    def _next_joins(self) -> None:
        if self._to_join:
            self._connect(self._to_join.popleft())

    def _connect(self, one: Follower) -> None:
        one.sock = sock = socket.socket()
        sock.settimeout(0)
        sock.setsockopt(socket.IPPROTO_IP, BIND_ADDRESS_NO_PORT, 1)
        sock.bind((random.choice(HALLS), 0))  # noqa: S311 - any of them
        sock.connect_ex(("127.0.0.1", self._port))
        one.upgraded = one.opened = one.joined = one.adrift = False
        one.rest.clear()
        self._by_number[sock.fileno()] = one
        self._epoll.register(sock, select.EPOLLOUT)
        self._opening.append((time.monotonic() + OPEN_WITHIN_S, one, sock))

    def _greet(self, one: Follower, number: int) -> None:
        assert one.sock is not None
        try:
            one.sock.send(_request(self._port))
        except OSError:
            self._lost(one, NOBODY_THERE)
            return
        self._epoll.modify(number, select.EPOLLIN)

    def _lost(self, one: Follower, why: str) -> None:
        """Let go of a connection; its follower comes again later. Raises RuntimeError when nobody was to be cut off."""
        if not self.returns:
            raise RuntimeError(f"a follower was cut off: {why}")
        assert one.sock is not None
        number = one.sock.fileno()
        self._epoll.unregister(number)
        del self._by_number[number]
        one.sock.close()
        one.sock = None
        if one.joined:
            one.joined = False
            self.joined -= 1
        else:
            self.refusals[why] += 1
        pause_s = pause_before(one.attempts)
        one.attempts += 1
        heapq.heappush(self._away, (time.monotonic() + pause_s, id(one), one))

    def _come_back(self) -> float:
        """Connect who is due, give up what does not open; return the seconds until there is more to do."""
        now = time.monotonic()
        while self._opening and (self._opening[0][0] <= now or self._opening[0][1].opened):
            _, one, sock = self._opening.popleft()
            if one.sock is sock and not one.opened:
                self._lost(one, "not open in time")
        while self._away and self._away[0][0] <= now:
            self._connect(heapq.heappop(self._away)[2])
        due = [first[0][0] for first in (self._away, self._opening) if first]
        return max(0.0, min(due, default=now + 1) - now)


def pause_before(attempt: int, random_unit: float | None = None) -> float:
    """Return the seconds that socket.io-client waits before it comes again; `attempt` 0 is the first.

    `random_unit` (0 to 1) decides within the jitter; without one it is drawn.
    """
    drawn = random.random() if random_unit is None else random_unit  # noqa: S311 - jitter of a bench
    whole: float = FIRST_PAUSE_S * 2**attempt
    return min(LONGEST_PAUSE_S, whole * (1 - JITTER + 2 * JITTER * drawn))


def _request(port: int) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Origin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n"
    ).encode()
