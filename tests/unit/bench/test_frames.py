"""What the benches read and write as WebSocket frames."""

from __future__ import annotations

import pytest

from bench.rig.frames import FINAL, PING, frame, masked_frame, take_frames


def test_short_frame_is_two_bytes_and_its_payload() -> None:
    assert frame(b"2") == b"\x81\x012"


def test_frame_of_a_client_is_masked_with_zeros() -> None:
    assert masked_frame(b"3") == b"\x81\x81\0\0\0\x003"


def test_frame_of_a_client_has_the_opcode_it_is_given() -> None:
    assert masked_frame(b"", FINAL | PING) == b"\x89\x80\0\0\0\0"


@pytest.mark.parametrize("length", [0, 125, 126, 65_535, 65_536])
def test_frame_of_any_length_is_taken_whole(length: int) -> None:
    buffer = bytearray(frame(b"." * length))

    assert take_frames(buffer) == [b"." * length]
    assert buffer == b""


@pytest.mark.parametrize("kept", [0, 1, 3, 10])
def test_frame_that_is_not_all_there_waits_for_the_rest(kept: int) -> None:
    whole = frame(b"a" * 200)
    buffer = bytearray(frame(b"2") + whole[:kept])

    assert take_frames(buffer) == [b"2"]
    assert buffer == whole[:kept]
