"""Whatever happens in whatever order on real sockets, each client hears what a list says that it should hear.

The reference is a list for each client of what was sent to it, in order. A client reads only when it is told to; what
it has heard at any moment is the beginning of its list, and all of it once it has read on.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.live.bare_server import BareServer, on_each_transport
from tests.live.raw_client import (
    CLOSE,
    PROBE,
    PROBE_ANSWER,
    UPGRADE,
    PollingClient,
    RawClient,
    events_of,
)

TINY_BUFFER = 4096
MOST_CLIENTS = 3
EXAMPLES = 40
ENDINGS = ("close", "reset", "half_close")

examples = count()


server = on_each_transport()


@dataclass(kw_only=True)
class Client:
    """A client and what it has to hear; `websocket` is there once it has one."""

    name: str
    polling: PollingClient | None = None
    websocket: RawClient | None = None
    holds_poll: bool = False
    said: int = 0
    expected: list[Any] = field(default_factory=list)

    def packets(self) -> list[str | bytes]:
        """Return the packets that it has read up to now."""
        polled = self.polling.packets if self.polling is not None else []
        return [*polled, *(self.websocket.packets if self.websocket is not None else [])]

    def heard(self) -> list[Any]:
        """Return what it has heard up to now."""
        return [_short(event) for event in events_of(self.packets())]

    def say(self) -> None:
        """Say its next number, to be acknowledged."""
        self.said += 1
        packet = f'42{self.said}["say",{self.said}]'
        if self.websocket is not None:
            self.websocket.send(packet)
        else:
            assert self.polling is not None
            self.polling.send(packet)
        self.expected += [("noted", [self.said]), (self.said, [self.said])]

    def hold_poll(self) -> None:
        """Let a poll wait at the server."""
        if self.polling is not None and self.websocket is None and not self.holds_poll:
            self.polling.begin_poll()
            self.holds_poll = True

    def read(self) -> None:
        """Read until the last thing has come, and compare everything with what had to come."""
        while [_short(event) for event in events_of(self.packets()[-1:])] != self.expected[-1:]:
            self.read_some()
        assert self.heard() == self.expected

    def read_some(self, size: int = 65536) -> None:
        """Take what has come, or wait for it; on a WebSocket at most `size` bytes."""
        if self.websocket is not None:
            assert not self.websocket.ended, (self.heard()[-3:], self.expected[-3:])
            self.websocket.read(size)
        elif self.polling is not None:
            self.hold_poll()
            self.polling.end_poll()
            self.holds_poll = False


class Play:
    """One example: clients that come, hear, speak, move and leave."""

    def __init__(self, server: BareServer, stack: ExitStack) -> None:
        self._server = server
        self._stack = stack
        self._example = next(examples)
        self._numbers = count()
        self._opened = count()
        self._clients: list[Client] = []

    def open(self, _which: int, transport: str) -> None:
        """Let a client come: by `websocket`, with a `tiny` buffer, or `polling`."""
        if len(self._clients) == MOST_CLIENTS:
            return
        client = Client(name=f"{self._example}-{next(self._opened)}")
        if transport == "polling":
            client.polling = self._stack.enter_context(closing(PollingClient(self._server.port)))
            client.polling.join({"name": client.name})
        else:
            buffer = TINY_BUFFER if transport == "tiny" else None
            client.websocket = self._stack.enter_context(
                closing(RawClient(self._server.port, receive_buffer=buffer))
            )
            client.websocket.join({"name": client.name})
        self._clients.append(client)

    def broadcast(self, _which: int, facts: int, size: int) -> None:
        """Send facts to all."""
        numbers = [next(self._numbers) for _ in range(facts)]
        self._server.do(*(("fact", number, size) for number in numbers))
        for client in self._clients:
            client.expected += [("fact", number) for number in numbers]

    def tell(self, which: int, size: int) -> None:
        """Send one thing to one client."""
        for client in self._chosen(which):
            number = next(self._numbers)
            self._server.do(("tell", client.name, number, size))
            client.expected.append(("told", number))

    def say(self, which: int) -> None:
        """Let a client say something, whether it reads or not; the server does it before anything else happens."""
        for client in self._chosen(which):
            client.say()
            self._server.do(("heard", client.name, client.said))

    def hold(self, which: int) -> None:
        """Let a polling client ask, and not look at the answer yet."""
        for client in self._chosen(which):
            client.hold_poll()

    def read(self, which: int) -> None:
        """Let a client read on; a last word tells it when that was all, whatever else was lost."""
        self.tell(which, 0)
        for client in self._chosen(which):
            client.read()

    def sip(self, which: int, size: int) -> None:
        """Let a client read a little of what has come."""
        for client in self._chosen(which):
            if len(client.heard()) < len(client.expected):
                client.read_some(size)

    def move(self, which: int, facts: tuple[int, int, int], order: str) -> None:
        """Let a polling client move to a WebSocket, with facts between the steps."""
        for client in self._chosen(which):
            if client.polling is None or client.websocket is not None:
                continue
            client.hold_poll()
            self.broadcast(0, facts[0], 10)
            websocket = self._stack.enter_context(
                closing(RawClient(self._server.port, sid=client.polling.sid))
            )
            websocket.send(PROBE)
            websocket.read_until("answer", lambda: PROBE_ANSWER in websocket.packets)  # noqa: B023 - asked at once
            self.broadcast(0, facts[1], 10)
            if order == "patient":
                client.polling.end_poll()
                self.broadcast(0, facts[2], 10)
            websocket.send(UPGRADE)
            if order != "patient":
                client.polling.end_poll()
            client.websocket, client.holds_poll = websocket, False
            self.say(self._clients.index(client))

    def leave(self, which: int, how: str) -> None:
        """Let a client go away without reading on: it has heard the beginning of what was sent."""
        for client in self._chosen(which):
            if client.websocket is not None:
                getattr(client.websocket, how)()
            elif client.polling is not None:
                client.polling.send(CLOSE)
            self._gone(client)

    def cut(self, which: int) -> None:
        """Let the server end a connection."""
        for client in self._chosen(which):
            self._server.do(("cut", client.name))
            self._gone(client)
            if client.websocket is not None:
                client.websocket.read_to_the_end()

    def end(self) -> None:
        """Let everybody read on, then go."""
        for which in range(len(self._clients)):
            self.read(which)
        while self._clients:
            self.leave(0, "close")

    def _chosen(self, which: int) -> list[Client]:
        return [self._clients[which % len(self._clients)]] if self._clients else []

    def _gone(self, client: Client) -> None:
        self._server.do(("gone", client.name))
        self._clients.remove(client)
        heard = client.heard()
        assert heard == client.expected[: len(heard)]


def _short(event: list[Any]) -> Any:
    name, *data = event
    return (name, data[0]["n"]) if name in {"fact", "told"} else (name, *data)


def _step(how: Callable[..., None], *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(st.just(how), st.integers(0, MOST_CLIENTS - 1), *arguments)


few = st.integers(0, 2)
steps = st.one_of(
    _step(Play.open, st.sampled_from(["websocket", "tiny", "polling"])),
    _step(Play.broadcast, st.integers(1, 60), st.sampled_from([0, 120, 3000])),
    _step(Play.tell, st.sampled_from([0, 200, 70_000])),
    _step(Play.say),
    _step(Play.hold),
    _step(Play.read),
    _step(Play.sip, st.sampled_from([100, 2000, 20_000])),
    _step(Play.move, st.tuples(few, few, few), st.sampled_from(["patient", "hasty"])),
    _step(Play.leave, st.sampled_from(ENDINGS)),
    _step(Play.cut),
)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
@given(st.lists(steps, min_size=5, max_size=30))
def test_everybody_hears_what_was_sent_in_order(server: BareServer, played: list[tuple[Any, ...]]) -> None:
    with ExitStack() as stack:
        play = Play(server, stack)
        play.open(0, "tiny")
        play.open(0, "polling")
        for how, *arguments in played:
            how(play, *arguments)
        play.end()
