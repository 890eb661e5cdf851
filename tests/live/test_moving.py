"""From polling to a WebSocket, step by step, while facts go on: none is lost, none comes twice, all come in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.live.bare_server import BareServer, on_each_transport
from tests.live.raw_client import PROBE, PROBE_ANSWER, UPGRADE, PollingClient, RawClient, events_of
from tests.live.wire import dial, text

Joined = Callable[..., PollingClient]


server = on_each_transport()


@pytest.fixture
def polling(server: BareServer) -> Iterator[PollingClient]:
    """A client in the room that polls, with nothing heard yet."""
    client = PollingClient(server.port)
    client.join({"name": "mover"})
    client.packets.clear()
    yield client
    client.close()


def fact(number: int) -> tuple[str, int, int]:
    return ("fact", number, 300)


def numbers(packets: list[Any]) -> list[int]:
    """Return what facts, and what it alone was told, were numbered."""
    return [data["n"] for name, data in events_of(packets) if name in {"fact", "told"}]


def test_facts_at_each_step_of_the_move_come_once_and_in_order(
    server: BareServer, polling: PollingClient
) -> None:
    server.do(fact(0), ("tell", "mover", 1, 0))
    polling.begin_poll()
    polling.end_poll()
    polling.begin_poll()
    websocket = polling.begin_move()
    websocket.send(PROBE)
    websocket.read_until("probe answered", lambda: PROBE_ANSWER in websocket.packets)
    server.do(fact(2))
    polling.end_poll()
    server.do(fact(3), ("tell", "mover", 4, 0))
    websocket.send(UPGRADE)
    websocket.send('421["say","moved"]')
    websocket.read_until("moved", lambda: '431[["moved"]]' in websocket.packets)
    server.do(fact(5), ("tell", "mover", 6, 0))
    websocket.read_until("the last", lambda: 6 in numbers(websocket.packets))

    by_polling, by_websocket = numbers(polling.packets), numbers(websocket.packets)[2:]
    assert by_polling in ([0, 1], [0, 1, 2])
    assert by_polling + by_websocket == list(range(7))


def test_a_client_that_moves_without_waiting_for_the_answer_gets_its_poll_back_and_stays(
    server: BareServer, polling: PollingClient
) -> None:
    polling.begin_poll()
    websocket = polling.begin_move()

    websocket.socket.sendall(text(PROBE) + text(UPGRADE))
    polling.end_poll()
    websocket.send('421["say","moved"]')
    websocket.read_until("moved", lambda: '431[["moved"]]' in websocket.packets)
    server.do(fact(1))
    websocket.read_until("heard", lambda: numbers(websocket.packets[-1:]) == [1])


@pytest.mark.parametrize("said", [[], [PROBE], ['42["say"]'], [UPGRADE], [PROBE, PROBE]])
def test_a_websocket_that_is_given_up_leaves_polling_as_it_was(
    server: BareServer, polling: PollingClient, said: list[str]
) -> None:
    websocket = polling.begin_move()
    for packet in said:
        websocket.send(packet)
    if said == [PROBE]:
        websocket.read_until("probe answered", lambda: PROBE_ANSWER in websocket.packets)
        websocket.close()
    elif said:
        websocket.read_to_the_end()
    else:
        websocket.close()

    server.do(fact(0), fact(1))
    while len(polling.packets) < 2:
        polling.begin_poll()
        polling.end_poll()
    assert numbers(polling.packets) == [0, 1]
    assert server.do()["here"] == ["mover"]


def test_a_second_websocket_of_a_client_that_has_moved_is_refused(
    server: BareServer, polling: PollingClient
) -> None:
    websocket = moved(polling)
    connection = dial(server.port)
    connection.sendall(
        f"GET /socket.io/?EIO=4&transport=websocket&sid={polling.sid} HTTP/1.1\r\nHost: x\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    answer = connection.recv(4096)
    connection.close()

    server.do(fact(1))
    websocket.read_until("heard", lambda: numbers(websocket.packets) == [1])

    assert answer.startswith(b"HTTP/1.1 400 ")


def moved(polling: PollingClient) -> RawClient:
    """Move a client that has nothing waiting."""
    polling.begin_poll()
    websocket = polling.begin_move()
    websocket.send(PROBE)
    websocket.read_until("probe answered", lambda: PROBE_ANSWER in websocket.packets)
    polling.end_poll()
    websocket.send(UPGRADE)
    websocket.send('421["say","moved"]')
    websocket.read_until("moved", lambda: '431[["moved"]]' in websocket.packets)
    websocket.packets.clear()
    return websocket
