"""What the bench of commands makes of its measurements: figures, ratios, the crowd's proof, answers off a socket."""

from __future__ import annotations

import os
import select
import socket
import threading
import time

import pytest

from bench.rig.comparison import ratios, row, table
from bench.rig.cpu import cpu_s, settled_cpu_s
from bench.rig.figures import Sample, figures, percentile
from bench.rig.in_flight import send_all, whole_answer
from bench.rig.redeeming import better
from bench.rig.scans import Scan, crowd, refuse_wrong_answers

ADMITTED, INSIDE = {"verdict": "admitted"}, {"verdict": "already_inside"}
BOTH = {
    "before": {"cpu_ms": 12.0, "p50_ms": 20.0, "p99_ms": 40.0, "requests": 60},
    "after": {"cpu_ms": 3.0, "p50_ms": 4.0, "p99_ms": 9.0, "requests": 60},
}
FOLLOWER = {"before": {"p50_ms": 18.0}, "after": {"p50_ms": 6.0}}
FLOOR = {"before": {"cpu_ms": 0.6}, "after": {"cpu_ms": 0.5}}


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 2.0), (0.75, 3.0), (0.76, 4.0), (0.99, 4.0), (1.0, 4.0), (0.0, 1.0)]
)
def test_percentile_is_the_smallest_value_that_the_share_does_not_exceed(
    share: float, expected: float
) -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], share) == expected


def test_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_figures_take_the_least_cpu_and_all_answers() -> None:
    samples = [Sample(cpu_s=0.02, took_s=(0.004, 0.006)), Sample(cpu_s=0.03, took_s=(0.005, 0.1, 0.002))]
    assert figures(samples) == {"cpu_ms": 10.0, "p50_ms": 5.0, "p99_ms": 100.0, "requests": 5}


def test_run_with_more_answers_a_second_is_kept() -> None:
    assert better({"per_s": 60.0}, {"per_s": 70.5}) == {"per_s": 70.5}


def test_ratio_is_of_cpu_where_it_was_measured_and_else_of_the_median_answer() -> None:
    assert ratios({"healthz": FLOOR, "run next": BOTH, "first": FOLLOWER}, "healthz") == {
        "before_to_after": {"healthz": 1.2, "run next": 4.0, "first": 3.0},
        "to_floor": {
            "before": {"healthz": 1.0, "run next": 20.0},
            "after": {"healthz": 1.0, "run next": 6.0},
        },
    }


def test_ratios_of_one_checkout_are_to_the_floor_only() -> None:
    found = {"healthz": {"now": {"cpu_ms": 0.5}}, "page": {"now": {"cpu_ms": 4.0, "p50_ms": 4.0}}}
    assert ratios(found, "healthz") == {
        "before_to_after": {},
        "to_floor": {"now": {"healthz": 1.0, "page": 8.0}},
    }


def test_row_has_a_line_for_each_checkout_and_the_gain_on_the_last() -> None:
    assert row("run next", BOTH) == (
        "| run next | before | 12 | 20 | 40 |  | 60 |  |\n| run next | after | 3 | 4 | 9 |  | 60 | 4 |"
    )


def test_item_that_only_one_checkout_has_shows_no_gain() -> None:
    assert table({"new": {"after": {"cpu_ms": 3.0}}, "none": {}}).splitlines()[2:] == [
        "| new | after | 3 |  |  |  |  |  |"
    ]


def test_crowd_repeats_some_scans_and_shows_some_tickets_twice() -> None:
    assert crowd(["A", "B", "C"], "x") == [
        Scan(scan_id="x-0", token="A"),
        Scan(scan_id="x-0", token="A"),
        Scan(scan_id="x-1", token="B"),
        Scan(scan_id="x-1-shown-again", token="B"),
        Scan(scan_id="x-2", token="C"),
    ]


def test_crowd_that_was_admitted_once_each_is_counted() -> None:
    scans = crowd(["A", "B"], "x")
    assert refuse_wrong_answers(scans, [ADMITTED, ADMITTED, ADMITTED, INSIDE]) == {
        "admitted": 3,
        "already_inside": 1,
    }


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ([ADMITTED, ADMITTED, ADMITTED, ADMITTED], "1 badges without exactly one admission"),
        ([ADMITTED, ADMITTED, INSIDE, INSIDE], "1 badges without exactly one admission"),
        ([ADMITTED, INSIDE, ADMITTED, INSIDE], "x-0 got two answers"),
    ],
    ids=["one badge twice", "one badge never", "a repeat with another answer"],
)
def test_crowd_with_a_wrong_answer_is_refused(answers: list[dict[str, str]], complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        refuse_wrong_answers(crowd(["A", "B"], "x"), answers)


@pytest.mark.parametrize("kept", [0, 10, 36, 41])
def test_answer_that_is_not_all_there_is_waited_for(kept: int) -> None:
    whole = b"HTTP/1.1 422 No\r\nContent-Length: 4\r\n\r\nabcd"
    assert whole_answer(whole[:kept]) is None


def test_whole_answer_is_its_status_and_body() -> None:
    assert whole_answer(b"HTTP/1.1 422 No\r\ncontent-length: 4\r\n\r\nabcd") == (422, b"abcd")


def test_answer_without_a_length_is_refused() -> None:
    with pytest.raises(ValueError, match="without a length"):
        whole_answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")


def _echo(listener: socket.socket) -> None:
    """Answer the requests of two connections, whose body is one digit, with that digit, until both hang up."""
    socks = [listener.accept()[0] for _ in range(2)]
    while socks:
        for sock in select.select(socks, [], [], 5)[0]:
            if asked := sock.recv(100):
                sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + asked[-1:])
            else:
                socks.remove(sock)
                sock.close()


def test_requests_in_flight_keep_their_order() -> None:
    requests = [b"POST / HTTP/1.1\r\n\r\n%d" % number for number in range(5)]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        answering = threading.Thread(target=_echo, args=(listener,))
        answering.start()
        outcomes = send_all(listener.getsockname()[1], requests, 2)
        answering.join()
    assert [(one.status, one.body) for one in outcomes] == [(200, b"%d" % number) for number in range(5)]
    assert min(one.took_s for one in outcomes) > 0


def test_cpu_of_a_process_is_what_it_used() -> None:
    before, own = cpu_s(os.getpid()), time.process_time()
    while time.process_time() - own < 0.1:
        pass
    used = cpu_s(os.getpid()) - before
    assert used == pytest.approx(time.process_time() - own, abs=0.05)  # the system counts in 100ths


def test_cpu_of_no_process_is_refused() -> None:
    with pytest.raises(OSError, match="Invalid argument"):
        settled_cpu_s(2**22 + 1)
