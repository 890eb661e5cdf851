"""The audience of a bench: who hears what, that numbers come once and in order, and how it comes back."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from bench.rig.audience import Audience, Listening, pause_before
from bench.rig.contenders import as_large, event
from bench.rig.frames import frame

UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\n\r\n"
OPENED, JOINED, PING = frame(b"0{}"), frame(b"40{}"), frame(b"2")
WITHIN_S = 10.0


class Server:
    """Lets everybody in by hand: the other ends of the audience's sockets."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.ends: list[socket.socket] = []
        self.audience = Audience(self.port, {"conf": "x"})

    def let_in(self, answer: bytes = UPGRADED + OPENED + JOINED) -> None:
        end, _ = self._listener.accept()
        self.ends.append(end)
        end.sendall(answer)

    def tell(self, *entries: dict[str, Any]) -> None:
        for end in self.ends:
            end.sendall(b"".join(frame(event(entry).encode()) for entry in entries))

    def close(self) -> None:
        self.audience.close()
        for end in (*self.ends, self._listener):
            with suppress(OSError):
                end.close()


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.close()


def entry(seq: int, topic: str = "CueExtended") -> dict[str, Any]:
    return {"seq": seq, "topic": topic}


def turn_until(audience: Audience, done: Callable[[], bool]) -> None:
    until = time.monotonic() + WITHIN_S
    while not done():
        assert time.monotonic() < until
        audience.turn(0.05)


def joined(server: Server, count: int, after: int = 4) -> Audience:
    audience = server.audience
    audience.join(count, after)
    for _ in range(count):
        server.let_in()
    turn_until(audience, lambda: audience.joined == count)
    return audience


def heard_by(audience: Audience) -> int:
    return audience.listening.heard if audience.listening else 0


def test_everybody_hears_the_entry_that_is_listened_for(server: Server) -> None:
    audience = joined(server, 3)
    audience.listen("CueExtended")
    server.tell(entry(5, "LayerLaid"))
    server.tell(entry(6))

    turn_until(audience, lambda: heard_by(audience) == 3)

    assert [one.seq for one in audience.followers] == [6, 6, 6]
    assert audience.repeats == 0


def test_another_topic_is_not_heard_but_counts_in_the_order(server: Server) -> None:
    audience = joined(server, 2)
    audience.listen("CueExtended")
    server.tell(entry(5, "LayerLaid"))

    turn_until(audience, lambda: all(one.seq == 5 for one in audience.followers))

    assert heard_by(audience) == 0


def test_an_entry_that_is_left_out_is_an_error(server: Server) -> None:
    audience = joined(server, 2)
    audience.listen("")
    server.tell(entry(6))

    with pytest.raises(RuntimeError, match="entry 6 came after 4"):
        turn_until(audience, lambda: heard_by(audience) == 2)


def test_an_entry_that_comes_again_is_counted(server: Server) -> None:
    audience = joined(server, 2)
    audience.listen("CueExtended")
    server.tell(entry(5))
    server.tell(entry(5))

    turn_until(audience, lambda: audience.repeats == 2)

    assert heard_by(audience) == 2


def test_entries_of_one_event_that_are_out_of_order_are_an_error(server: Server) -> None:
    audience = joined(server, 1)
    packet = "42" + json.dumps(["entries", [entry(6), entry(5)]])
    server.ends[0].sendall(frame(packet.encode()))

    with pytest.raises(RuntimeError, match="out of order"):
        turn_until(audience, lambda: False)


def test_a_follower_that_is_cut_off_is_an_error_unless_it_may_come_back(server: Server) -> None:
    audience = joined(server, 1)
    server.ends[0].close()

    with pytest.raises(RuntimeError, match="cut off"):
        turn_until(audience, lambda: False)


def test_whoever_is_cut_off_comes_back_with_what_it_has_and_refusals_are_counted(server: Server) -> None:
    audience = joined(server, 1)
    server.tell(entry(5))
    turn_until(audience, lambda: audience.followers[0].seq == 5)
    audience.let_return()
    server.ends.pop().close()
    turn_until(audience, lambda: audience.joined == 0)

    turn_until(audience, lambda: audience.followers[0].sock is not None)
    server.let_in(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
    turn_until(audience, lambda: bool(audience.refusals))
    turn_until(audience, lambda: audience.followers[0].sock is not None)
    server.let_in(UPGRADED + OPENED)
    turn_until(audience, lambda: audience.followers[0].opened)
    said = server.ends[-1].recv(10_000)
    server.ends[-1].sendall(JOINED)
    turn_until(audience, lambda: audience.joined == 1)

    assert b'40{"conf": "x","after":5}' in said
    assert audience.refusals == {"HTTP/1.1 503 Service Unavailable": 1}


def test_everybody_can_be_cut_off_and_comes_again(server: Server) -> None:
    audience = joined(server, 2)

    audience.drop()
    assert audience.joined == 0
    turn_until(audience, lambda: all(one.sock is not None for one in audience.followers))
    for _ in range(2):
        server.let_in()
    turn_until(audience, lambda: audience.joined == 2)

    assert not audience.refusals


def test_a_snapshot_instead_of_what_was_missed_is_counted_and_ends_with_the_heartbeat(server: Server) -> None:
    audience = joined(server, 1)
    audience.drop()
    turn_until(audience, lambda: audience.followers[0].sock is not None)
    reset, beat = b'42["reset",{"stream":"public"}]', b'42["heartbeat",{"head":80}]'
    server.let_in(UPGRADED + OPENED + frame(reset) + frame(beat) + JOINED)
    turn_until(audience, lambda: audience.joined == 1)

    assert (audience.followers[0].seq, audience.resets) == (80, 1)


def test_a_snapshot_that_nobody_needed_is_an_error(server: Server) -> None:
    audience = joined(server, 1)
    server.ends[0].sendall(frame(b'42["reset",{"stream":"public"}]'))

    with pytest.raises(RuntimeError, match="snapshot"):
        turn_until(audience, lambda: False)


def test_a_heartbeat_is_answered(server: Server) -> None:
    audience = joined(server, 1)
    server.ends[0].recv(10_000)
    server.ends[0].sendall(PING)
    server.ends[0].settimeout(0)
    said = b""

    def answered() -> bool:
        nonlocal said
        with suppress(BlockingIOError):
            said += server.ends[0].recv(100)
        return said.endswith(b"3")

    turn_until(audience, answered)


def test_instants_are_of_the_given_share() -> None:
    listening = Listening(topic="", receipts=[(1.0, 50), (2.0, 49), (3.0, 1)])

    assert [listening.instant(share) for share in (0.5, 0.51, 0.99, 1)] == [1.0, 2.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("attempt", "drawn", "pause_s"),
    [(0, 0.0, 0.5), (0, 1.0, 1.5), (2, 0.5, 4.0), (3, 1.0, 10.0), (9, 0.0, 10.0)],
)
def test_the_pause_doubles_with_jitter_up_to_a_bound(attempt: int, drawn: float, pause_s: float) -> None:
    assert pause_before(attempt, drawn) == pause_s


def test_an_entry_is_filled_up_to_the_bytes_of_an_event() -> None:
    payload = '42["entries", [{"seq": 12, "topic": "개회", "body": {"docs": {"a": 1, "b": [1, 2, 3]}}}]]'

    assert len(event(as_large(payload)).encode()) == len(payload.encode())
