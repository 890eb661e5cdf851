"""Log lines leave by a thread of their own, within bounds, whatever their reader does."""

from __future__ import annotations

import threading

import pytest

from conference_hub.web.log_queue import DROPPED, MAX_LINE_BYTES, MAX_QUEUED_BYTES, LogQueue

LONG_S = 30.0


class Reader:
    """A file that takes what is written while its gate is open, at most `most` bytes at a time."""

    def __init__(self, most: int = MAX_QUEUED_BYTES) -> None:
        self.taken = b""
        self.written: list[bytes] = []
        self.gate = threading.Event()
        self.stuck = threading.Event()
        self._most = most

    def write(self, data: memoryview) -> int | None:
        self.stuck.set()
        self.gate.wait(LONG_S)
        self.written.append(bytes(data))
        self.taken += bytes(data[: self._most])
        return min(self._most, len(data))


def test_lines_are_written_whole_and_in_order() -> None:
    reader = Reader(most=3)
    reader.gate.set()
    queue = LogQueue(reader.write, threading)
    for line in ("first\n", "둘째\n", "third\n"):
        queue.write(line)

    assert queue.drain(LONG_S)
    assert reader.taken.decode() == "first\n둘째\nthird\n"


def test_lines_that_come_while_others_are_written_go_out_together() -> None:
    reader = Reader()
    queue = LogQueue(reader.write, threading)
    queue.write("first\n")
    assert reader.stuck.wait(LONG_S)
    for line in ("second\n", "third\n"):
        queue.write(line)
    reader.gate.set()

    assert queue.drain(LONG_S)
    assert reader.written == [b"first\n", b"second\nthird\n"]


def test_stopped_reader_does_not_block_and_gets_the_number_of_dropped_lines() -> None:
    reader = Reader()
    queue = LogQueue(reader.write, threading)
    queue.write("first\n")
    assert reader.stuck.wait(LONG_S)
    before = DROPPED._value.get()
    line = "x" * (MAX_LINE_BYTES - 1) + "\n"
    for _ in range(MAX_QUEUED_BYTES // MAX_LINE_BYTES + 3):
        queue.write(line)

    assert not queue.drain(0)
    reader.gate.set()
    assert queue.drain(LONG_S)
    assert reader.taken.count(line.encode()) == MAX_QUEUED_BYTES // MAX_LINE_BYTES
    assert reader.taken.count(b'"event": "3 lines dropped"') == 1
    assert DROPPED._value.get() - before == 3


def test_closed_reader_loses_only_its_lines() -> None:
    refused = [True]
    taken: list[bytes] = []

    def write(data: memoryview) -> int:
        if refused[0]:
            raise BrokenPipeError
        taken.append(bytes(data))
        return len(data)

    queue = LogQueue(write, threading, json_lines=False)
    queue.write("lost\n")
    assert queue.drain(LONG_S)
    refused[0] = False
    queue.write("kept\n")

    assert queue.drain(LONG_S)
    assert taken == [b"kept\n", b"1 lines dropped\n"]


def test_a_full_non_blocking_file_is_tried_again() -> None:
    answers: list[int | None] = [None, 3, None, 2]

    def write(data: memoryview) -> int | None:
        return answers.pop(0)

    queue = LogQueue(write, threading)
    queue.write("abcd\n")

    assert queue.drain(LONG_S)
    assert answers == []


@pytest.mark.parametrize("text", ["\ud800\n", "x" * (2 * MAX_LINE_BYTES) + "\n"])
def test_lines_of_any_content_and_length_are_written(text: str) -> None:
    reader = Reader()
    reader.gate.set()
    queue = LogQueue(reader.write, threading)
    queue.write(text)

    assert queue.drain(LONG_S)
    assert reader.taken.endswith(b"\n")
    assert len(reader.taken) <= MAX_LINE_BYTES + 1
