"""What one WebSocket connection may send, from bytes to packets."""

from __future__ import annotations

import os
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.live.transport import intake as intake_module
from conference_hub.live.transport.intake import (
    FRAMES,
    MAX_JOINS,
    MAX_MESSAGE_BYTES,
    Conversation,
    FrameIntake,
    Received,
)
from conference_hub.live.transport.packets import Packet

FIN = 0x80
TEXT, BINARY, CONT, CLOSE, PING = 0x1, 0x2, 0x0, 0x8, 0x9
JOIN = b'40{"conf":"best-practice-2021","stream":"public"}'


def frame(payload: bytes, opcode: int = TEXT, *, fin: bool = True) -> bytes:
    """A frame as a client sends it: masked."""
    mask = b"\x01\x02\x03\x04"
    length = len(payload)
    head = bytes([(FIN if fin else 0) | opcode])
    size = bytes([FIN | length]) if length < 126 else bytes([FIN | 126]) + struct.pack("!H", length)
    return head + size + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


def receive(*chunks: bytes, at: float = 0.0) -> list[Received]:
    """What comes of chunks that a fresh connection receives."""
    intake = FrameIntake(Conversation(0.0))
    return [intake.receive(chunk, at) for chunk in chunks]


def reason(received: Received) -> str | None:
    """Why a connection was closed."""
    return received.violation.reason if received.violation else None


def test_receive_passes_packets_on_in_whatever_pieces_they_come() -> None:
    stream = frame(JOIN) + frame(b"3")

    whole = receive(stream)
    bytewise = receive(*(stream[i : i + 1] for i in range(len(stream))))

    assert [one.packets for one in whole] == [[JOIN.decode(), "3"]]
    assert [packet for one in bytewise for packet in one.packets] == [JOIN.decode(), "3"]


def test_receive_joins_fragments() -> None:
    got = receive(frame(b"2pr", fin=False), frame(b"ob", CONT, fin=False), frame(b"e", CONT))

    assert [one.packets for one in got] == [[], [], ["2probe"]]


def test_receive_answers_a_ping_and_a_close() -> None:
    ping, close = receive(frame(b"hi", PING), frame(struct.pack("!H", 1000), CLOSE))

    assert ping == Received(send=b"\x8a\x02hi")
    assert close == Received(send=b"\x88\x02\x03\xe8", ended=True)


@pytest.mark.parametrize(
    ("chunk", "why", "code"),
    [
        (frame(b"\x00", BINARY), "binary", 1003),
        (frame(b"\xff\xfe"), "not_utf8", 1007),
        (frame(b"9"), "malformed_packet", 1002),
        (frame(b""), "malformed_packet", 1002),
        (b"\xf1\x80\x01\x02\x03\x04", "malformed_frame", 1002),
        (b"\x81\x01x", "malformed_frame", 1002),
        (b"\x83\x80\x01\x02\x03\x04", "malformed_frame", 1002),
        (frame(b"x", CONT), "malformed_frame", 1002),
        (b"\x81\xff" + struct.pack("!Q", 1 << 40), "too_big", 1009),
        (frame(b"x" * MAX_MESSAGE_BYTES, fin=False) + frame(b"x", CONT), "too_big", 1009),
    ],
)
def test_receive_closes_with_the_code_of_what_is_wrong(chunk: bytes, why: str, code: int) -> None:
    (got,) = receive(chunk)

    assert (reason(got), got.violation and got.violation.code, got.ended, got.packets) == (
        why,
        code,
        True,
        [],
    )
    assert struct.pack("!H", code) in got.send


@pytest.mark.parametrize("flood", [frame(b"3"), frame(b"", PING), frame(b"", CONT, fin=False)])
def test_receive_closes_above_the_budget_of_frames(flood: bytes) -> None:
    intake = FrameIntake(Conversation(0.0))
    intake.receive(frame(b"", fin=False) if flood[0] & 0xF == CONT else b"", 0.0)

    reasons = [reason(intake.receive(flood, 0.0)) for _ in range(int(FRAMES.burst) + 1)]

    assert "too_many_frames" in reasons
    assert reasons.index("too_many_frames") >= FRAMES.burst - 1


def test_receive_closes_above_the_budget_of_bytes() -> None:
    message = frame(b'42["x","' + b"x" * 2000 + b'"]')

    reasons = [reason(got) for got in receive(*[message] * 20)]

    assert reasons.index("too_many_bytes") == 16


def test_receive_never_closes_a_client_below_the_limits() -> None:
    intake = FrameIntake(Conversation(0.0))

    got = [intake.receive(frame(b"3"), at=25.0 * beat) for beat in range(1000)]

    assert [one for one in got if one != Received(packets=["3"])] == []


def test_join_after_a_join_that_succeeded_is_refused() -> None:
    conversation = Conversation(0.0)
    intake = FrameIntake(conversation)
    first = intake.receive(frame(JOIN), 0.0)
    conversation.joined = True

    assert (reason(first), reason(intake.receive(frame(b"41") + frame(JOIN), 1.0))) == (None, "joined_again")


def test_join_is_tried_a_few_times_at_most() -> None:
    got = receive(*[frame(JOIN)] * (MAX_JOINS + 1))

    assert [reason(one) for one in got] == [None] * MAX_JOINS + ["joined_again"]


class TakesBinary(Conversation):
    """Another policy: bytes are taken, and of texts whatever comes."""

    takes_binary = True

    def accept(self, text: str) -> Packet:
        return Packet.EVENT if text else super().accept(text)


def test_another_policy_takes_binary_messages_whole_and_in_order() -> None:
    intake = FrameIntake(TakesBinary(0.0))
    stream = frame(b"\x00\xff", BINARY, fin=False) + frame(b"\x01", CONT) + frame(b"9") + frame(b"", BINARY)

    assert intake.receive(stream, 0.0) == Received(packets=[b"\x00\xff\x01", "9", b""])


@given(st.lists(st.binary(max_size=300), max_size=12))
def test_receive_survives_any_bytes(chunks: list[bytes]) -> None:
    intake = FrameIntake(Conversation(0.0))
    for number, chunk in enumerate(chunks):
        got = intake.receive(chunk, float(number))
        assert got.violation is None or (got.ended and not got.packets)
        if got.ended:
            break


@given(
    st.lists(
        st.tuples(
            st.sampled_from([CONT, TEXT, BINARY, CLOSE, PING, 0xA]), st.binary(max_size=120), st.booleans()
        )
    )
)
def test_receive_survives_any_frames_and_passes_only_packets_on(
    frames: list[tuple[int, bytes, bool]],
) -> None:
    intake = FrameIntake(Conversation(0.0))
    for number, (opcode, payload, fin) in enumerate(frames):
        got = intake.receive(frame(payload, opcode, fin=fin), float(number))
        assert not (got.violation and got.packets)
        if got.ended:
            break


def test_receive_counts_bytes_of_one_long_message_that_never_ends() -> None:
    got = receive(frame(b"x" * 1000, fin=False), *[frame(os.urandom(100), CONT, fin=False)] * 40)

    assert any(reason(one) == "too_big" for one in got)


FIRST_BYTES = st.sampled_from(
    [FIN | TEXT, FIN | TEXT, TEXT, FIN | BINARY, FIN | CONT, FIN | PING, 0xC1, 0x91]
)
TEXTS = st.sampled_from([JOIN, b"3", b"", b"2", b"x", "가".encode(), b"\xff", b"40" + b"x" * 124, b"0" * 126])


@given(
    st.lists(st.tuples(FIRST_BYTES, TEXTS, st.integers(-1, 1), st.booleans(), st.booleans()), max_size=60),
    st.sampled_from([0.0, 1.0]),
)
def test_short_texts_that_are_read_without_the_parser_mean_what_it_makes_of_them(
    said: list[tuple[int, bytes, int, bool, bool]], every_s: float
) -> None:
    intake, parsing = FrameIntake(Conversation(0.0)), FrameIntake(Conversation(0.0))
    for number, (first, payload, longer, masked, more) in enumerate(said):
        chunk = _frame_like(first, payload, longer, masked=masked) + (b"\x81" if more else b"")
        got = intake.receive(chunk, number * every_s)

        assert got == _parsed(parsing, chunk, number * every_s)
        if got.ended:
            return


def _parsed(intake: FrameIntake, chunk: bytes, at: float) -> Received:
    """Return what comes of a chunk that is the parser's, whatever it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake_module, "_one_short_text", lambda _data: None)
        return intake.receive(chunk, at)


def _frame_like(first: int, payload: bytes, longer: int, *, masked: bool) -> bytes:
    """Return a frame with this first byte that says it is `longer` than it is, and perhaps is not masked."""
    made = frame(payload)
    second = max(0, (made[1] & ~FIN) + longer) if made[1] != FIN | 126 else 126
    return bytes([first, (FIN if masked else 0) | second]) + made[2:]
