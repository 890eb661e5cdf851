"""What the attacker reads off its sockets."""

from __future__ import annotations

import socket
import time

import pytest

from bench.rig.health import Samples, whole
from bench.rig.wire import ending, read_for, request, statuses

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def test_request_with_a_body_is_a_post_of_its_length() -> None:
    assert request(80, "/x", {"Cookie": "a=b"}, b"{}") == (
        b"POST /x HTTP/1.1\r\nHost: 127.0.0.1:80\r\nCookie: a=b\r\nContent-Length: 2\r\n\r\n{}"
    )


def test_statuses_of_pipelined_answers_are_counted() -> None:
    assert statuses(ANSWER * 2 + b"HTTP/1.1 429 TOO MANY REQUESTS\r\n\r\n") == {"200": 2, "429": 1}


@pytest.mark.parametrize(
    ("heard", "how"),
    [
        (b"\x81\x010\x88\x02\x03\xf1", "1009"),
        (b"\x88\x05\x03\xf0why", "1008"),
        (b"\x88\x00", "no code"),
        (b"\x81\x010", "dropped"),
        (b"", "dropped"),
    ],
)
def test_ending_is_the_code_of_the_closing_frame(heard: bytes, how: str) -> None:
    assert ending(heard) == how


@pytest.mark.parametrize(
    ("answer", "complete"),
    [(ANSWER, True), (ANSWER[:-1], False), (ANSWER[:20], False), (b"HTTP/1.1 204 \r\n\r\n", True)],
)
def test_answer_is_whole_when_its_body_is_there(answer: bytes, complete: bool) -> None:  # noqa: FBT001 - a literal value of the table
    assert whole(answer) is complete


def test_unanswered_question_counts_as_the_longest() -> None:
    assert Samples(answered_ms=[1.0, 3.0], unanswered=1, reconnects=2).figures() == {
        "asked": 3,
        "median_ms": 3.0,
        "worst_ms": 15_000.0,
        "unanswered": 1,
        "reconnects": 2,
    }


def test_reading_ends_with_the_answers_or_with_the_connection() -> None:
    answering, server = socket.socketpair()
    closing, gone = socket.socketpair()
    with answering, server, closing:
        server.sendall(ANSWER)
        gone.close()

        assert read_for([answering, closing], time.monotonic() + 5) == {answering: ANSWER, closing: b""}
