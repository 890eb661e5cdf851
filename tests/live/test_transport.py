"""The transport on real sockets: order, slow readers, ends of connections and hostile frames, on each of the two."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from bench.rig.frames import BINARY, CLOSE, CONTINUATION, FINAL, PING, TEXT, masked_frame
from tests.live.bare_server import BareServer, on_each_transport
from tests.live.raw_client import RawClient
from tests.live.wire import text

UNENDED = TEXT & ~FINAL
PONG = 0xA
TINY_BUFFER = 4096
LARGE = 2000
MORE_THAN_THE_KERNEL_TAKES = 4000
"""So many large facts are 8 MB: twice what Linux keeps for a receiver that does not read."""

Joined = Callable[..., RawClient]


server = on_each_transport()


@pytest.fixture
def joined(server: BareServer) -> Iterator[Joined]:
    """Return `joined(name, **options)`: a client in the room, with nothing heard yet; closed at the end."""
    opened: list[RawClient] = []

    def join(name: str, **options: Any) -> RawClient:
        client = RawClient(server.port, **options)
        opened.append(client)
        client.join({"name": name})
        client.packets.clear()
        return client

    yield join
    for client in opened:
        client.close()
    server.until("everybody gone", lambda known: not known["here"])


def fact(number: int, size: int = 0) -> tuple[str, int, int]:
    return ("fact", number, size)


def heard(client: RawClient, count: int) -> list[Any]:
    """Read until `count` events and acknowledgements came, and return them, without padding."""
    client.read_until(f"{count} packets", lambda: len(client.packets) >= count)
    return [_short(event) for event in client.events()]


def _short(event: list[Any]) -> Any:
    name, *data = event
    return (name, data[0]["n"]) if name in {"fact", "told"} else (name, *data)


def test_packets_for_all_for_one_and_acknowledgements_come_in_the_order_they_were_sent(
    server: BareServer, joined: Joined
) -> None:
    alone, other = joined("alone"), joined("other")
    numbers = range(0, 400, 4)

    for number in numbers:
        server.do(fact(number, 300), ("tell", "alone", number + 1, 0), fact(number + 2, LARGE))
        alone.send(f'42{number}["say",{number}]')
        server.do(("heard", "alone", number // 4 + 1), fact(number + 3))

    expected: list[Any] = []
    for n in numbers:
        told = [("fact", n), ("told", n + 1), ("fact", n + 2), ("noted", [n]), (n, [n]), ("fact", n + 3)]
        expected += told
    assert heard(alone, len(expected)) == expected
    assert heard(other, 300) == [event for event in expected if event[0] == "fact"]


def test_a_client_that_stops_reading_gets_every_frame_whole_and_in_order_when_it_reads_on(
    server: BareServer, joined: Joined
) -> None:
    slow, quick = joined("slow", receive_buffer=TINY_BUFFER), joined("quick")
    expected: list[Any] = []

    for number in range(0, MORE_THAN_THE_KERNEL_TAKES, 100):
        server.do(*(fact(n, LARGE) for n in range(number, number + 100)), ("tell", "slow", number, 10))
        slow.send(f'42{number}["say","stalled"]')
        server.do(("heard", "slow", number // 100 + 1))
        expected += [("fact", n) for n in range(number, number + 100)]
        expected += [("told", number), ("noted", ["stalled"]), (number, ["stalled"])]
        heard(quick, number + 100)

    assert heard(slow, len(expected)) == expected
    assert heard(quick, 0) == [("fact", number) for number in range(MORE_THAN_THE_KERNEL_TAKES)]


def test_a_client_that_reads_by_fits_and_starts_misses_nothing(server: BareServer, joined: Joined) -> None:
    slow = joined("slow", receive_buffer=TINY_BUFFER)

    for number in range(0, MORE_THAN_THE_KERNEL_TAKES, 50):
        server.do(*(fact(n, LARGE) for n in range(number, number + 50)))
        for _ in range(number % 7):
            slow.read(7_777)

    assert heard(slow, MORE_THAN_THE_KERNEL_TAKES) == [("fact", n) for n in range(MORE_THAN_THE_KERNEL_TAKES)]


def test_a_frame_that_comes_with_the_request_in_one_piece_is_not_lost(server: BareServer) -> None:
    eager = RawClient(server.port, first=text('40{"name":"eager"}') + text('421["say","at once"]'))

    with closing(eager):
        eager.read_until("acknowledged", lambda: '431[["at once"]]' in eager.packets)

    assert [str(packet)[:2] for packet in eager.packets] == ["0{", "40", "42", "43"]


@pytest.mark.parametrize("how", ["close", "reset", "half_close"])
def test_a_client_that_hangs_up_while_it_is_sent_to_is_noticed_and_the_others_hear_all(
    server: BareServer, joined: Joined, how: str
) -> None:
    leaving, other = joined("leaving", receive_buffer=TINY_BUFFER), joined("other")

    for number in range(0, MORE_THAN_THE_KERNEL_TAKES, 100):
        server.do(*(fact(n, LARGE) for n in range(number, number + 100)))
        if number == MORE_THAN_THE_KERNEL_TAKES // 2:
            getattr(leaving, how)()
        heard(other, number + 100)

    if how == "half_close":
        leaving.read_to_the_end()
    server.until("one left", lambda known: known["here"] == ["other"])
    assert heard(other, 0) == [("fact", number) for number in range(MORE_THAN_THE_KERNEL_TAKES)]


def test_the_server_hangs_up_on_a_client_after_what_it_sent_before(
    server: BareServer, joined: Joined
) -> None:
    client = joined("sent away")

    server.do(fact(1, LARGE), ("tell", "sent away", 2, 0), ("cut", "sent away"), fact(3))
    client.read_to_the_end()

    assert [_short(event) for event in client.events()] == [("fact", 1), ("told", 2)]
    server.until("gone", lambda known: known["left"][-1] == ["sent away", "server disconnect"])


def test_the_server_hangs_up_on_a_client_that_does_not_read(server: BareServer, joined: Joined) -> None:
    joined("deaf", receive_buffer=TINY_BUFFER)
    server.do(*(fact(number, LARGE) for number in range(MORE_THAN_THE_KERNEL_TAKES)))

    server.do(("cut", "deaf"))
    known = server.until("gone", lambda known: not known["here"])

    assert known["left"][-1] == ["deaf", "server disconnect"]


def test_a_client_that_says_no_more_is_let_go_and_reads_what_was_sent(
    server: BareServer, joined: Joined
) -> None:
    client = joined("done")
    server.do(fact(1))

    client.half_close()
    client.read_to_the_end()

    assert client.events() == [["fact", {"n": 1, "pad": ""}]]
    server.until("gone", lambda known: known["left"][-1] == ["done", "transport close"])


MALFORMED = {
    "unmasked": (b"\x81\x01x", 1002),
    "reserved bit 1": (masked_frame(b"3", TEXT | 0x40), 1002),
    "reserved bit 2": (masked_frame(b"3", TEXT | 0x20), 1002),
    "reserved bit 3": (masked_frame(b"3", TEXT | 0x10), 1002),
    "unknown opcode": (masked_frame(b"3", FINAL | 0x3), 1002),
    "unknown control opcode": (masked_frame(b"", FINAL | 0xB), 1002),
    "fragmented ping": (masked_frame(b"", PING), 1002),
    "long ping": (masked_frame(b"x" * 126, FINAL | PING), 1002),
    "long close": (masked_frame(struct.pack("!H", 1000) + b"x" * 124, FINAL | CLOSE), 1002),
    "continuation of nothing": (masked_frame(b"x", FINAL | CONTINUATION), 1002),
    "text in a message": (masked_frame(b"x", UNENDED) + masked_frame(b"x"), 1002),
    "close of one byte": (masked_frame(b"\x03", FINAL | CLOSE), 1002),
    "close that may not be sent": (masked_frame(struct.pack("!H", 1005), FINAL | CLOSE), 1002),
    "oversized": (b"\x81\xff" + (1 << 40).to_bytes(8) + b"\0\0\0\0", 1009),
    "length with the highest bit": (b"\x81\xff" + (1 << 63).to_bytes(8) + b"\0\0\0\0", 1009),
    "oversized in fragments": (
        masked_frame(b"x" * 4000, UNENDED) + masked_frame(b"x" * 97, FINAL | CONTINUATION),
        1009,
    ),
    "no UTF-8": (masked_frame(b"42\xff"), 1007),
    "no UTF-8 across fragments": (
        masked_frame(b"42\xc3", UNENDED) + masked_frame(b"(", FINAL | CONTINUATION),
        1007,
    ),
}


@pytest.mark.parametrize("kind", MALFORMED)
@pytest.mark.parametrize("cut", ["whole", "bytewise"])
def test_malformed_frames_end_their_own_connection_with_the_code_of_rfc_6455(
    server: BareServer, joined: Joined, kind: str, cut: str
) -> None:
    hostile, other = joined("hostile"), joined("other")
    frames, code = MALFORMED[kind]

    _send_cut(hostile, frames, cut)
    hostile.read_to_the_end()
    server.do(fact(1))

    assert (hostile.close_code, hostile.packets) == (code, [])
    assert heard(other, 1) == [("fact", 1)]
    assert server.do()["here"] == ["other"]


def _send_cut(client: RawClient, frames: bytes, cut: str) -> None:
    """Send `frames`; byte by byte the server may have hung up before the end."""
    pieces = [frames] if cut == "whole" else [frames[at : at + 1] for at in range(len(frames))]
    try:
        for piece in pieces:
            client.socket.sendall(piece)
    except ConnectionError:
        assert cut == "bytewise"


def test_a_goodbye_is_answered_with_its_code(joined: Joined) -> None:
    client = joined("polite")

    client.socket.sendall(masked_frame(struct.pack("!H", 1001) + b"bye", FINAL | CLOSE))
    client.read_to_the_end()

    assert client.close_code == 1001


def test_frames_are_understood_in_fragments_with_pings_between_and_byte_by_byte(joined: Joined) -> None:
    client = joined("fragments")
    message = (
        masked_frame('421["say","가'.encode()[:-1], UNENDED)
        + masked_frame(b"between", FINAL | PING)
        + masked_frame("가".encode()[-1:], CONTINUATION)
        + masked_frame(b"", CONTINUATION)
        + masked_frame(b"unasked", FINAL | PONG)
        + masked_frame(b'"]', FINAL | CONTINUATION)
    )

    for at in range(len(message)):
        client.socket.sendall(message[at : at + 1])

    assert heard(client, 2) == [("noted", ["가"]), (1, ["가"])]
    assert client.pongs == [b"between"]


def test_bytes_are_taken_and_returned_in_frames_of_their_own(joined: Joined) -> None:
    client = joined("binary")

    client.send('451-1["say",{"_placeholder":true,"num":0}]')
    client.socket.sendall(masked_frame(b"\x00\xff", BINARY) + masked_frame(b"\x80", FINAL | CONTINUATION))
    client.read_until("both", lambda: len(client.packets) >= 4)

    placeholder = '[{"_placeholder":true,"num":0}]'
    assert client.packets == [
        f'451-["noted",{placeholder}]',
        b"\x00\xff\x80",
        f"461-1[{placeholder}]",
        b"\x00\xff\x80",
    ]


@pytest.mark.parametrize("first", ['42["say","too early"]', "41", "3", '430["x"]'])
def test_what_is_said_before_joining_has_no_effect(server: BareServer, first: str) -> None:
    with closing(RawClient(server.port)) as client:
        client.send(first)
        client.join({"name": "late"})
        client.send('421["say","in time"]')
        client.read_until("acknowledged", lambda: '431[["in time"]]' in client.packets)

    assert server.do()["said"]["late"] == [["in time"]]


@pytest.mark.slow
@pytest.mark.parametrize(
    "frame", [text("3"), masked_frame(b"", FINAL | PONG), masked_frame(b"", FINAL | PING)]
)
def test_very_many_tiny_frames_leave_their_turn_to_others(
    server: BareServer, joined: Joined, frame: bytes
) -> None:
    flooding, other = joined("flooding"), joined("other")
    answered = 0

    for _ in range(50):
        flooding.socket.sendall(frame * 2000)
        server.do(fact(answered))
        answered += 1
        heard(other, answered)
    flooding.send('421["say","still here"]')
    flooding.read_until("acknowledged", lambda: '431[["still here"]]' in flooding.packets)

    assert len(heard(other, answered)) == answered
