"""Clients that send what they may not, or more than they may: their connection ends, everybody else is served."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.live.conftest import OpenScreen
from tests.live.raw_client import RawClient
from tests.live.server_process import HubServer
from tests.live.wire import dial, flood, read_all, request, text, web_socket
from tests.model_day import CONF

MANY = 200_000
FLOODERS, CONNECTIONS = 8, 3
POLLING = "/socket.io/?EIO=4&transport=polling"
MASK = b"\x01\x02\x03\x04"
SMALL_FRAMES = {
    "packets": text("3"),
    "events": text('42["x"]'),
    "empty text": b"\x81\x80" + MASK,
    "pings": b"\x89\x80" + MASK,
    "pongs": b"\x8a\x80" + MASK,
    "fragments": b"\x00\x80" + MASK,
}
MALFORMED = {
    "binary": b"\x82\x81" + MASK + b"\x00",
    "attachment": text('451-["x",{"_placeholder":true,"num":0}]'),
    "reserved bits": b"\xf1\x80" + MASK,
    "unmasked": b"\x81\x01x",
    "opcode": b"\x83\x80" + MASK,
    "oversize": b"\x81\xff" + (1 << 40).to_bytes(8, "big") + MASK,
    "packet": text("9"),
    "namespace": text("40/other,"),
    "event of the server": text('42["disconnect"]'),
    "depth": text("40" + "[" * 3000),
}


@pytest.fixture(scope="module", params=["fast", "stock"])
def sqlite_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HubServer]:
    """One server for all tests of this module that change nothing, on each transport."""
    environment = {"HUB_TRANSPORT": request.param}
    server = HubServer(directory=tmp_path_factory.mktemp("hub"), forked=True, extra_env=environment)
    server.start()
    yield server
    server.kill()


def healthy(server: HubServer) -> bool:
    """Ask the server whether it does anything at all."""
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=20) as answer:
        return bool(answer.status == 200)


def descriptors(server: HubServer) -> int:
    """Count the files the server holds open."""
    assert server._process is not None
    return len(list(Path(f"/proc/{server._process.pid}/fd").iterdir()))


@pytest.mark.parametrize("kind", SMALL_FRAMES)
def test_a_flood_of_small_frames_ends_its_own_connection(sqlite_server: HubServer, kind: str) -> None:
    flood_until_hung_up_on(sqlite_server, kind)

    assert healthy(sqlite_server)


def flood_until_hung_up_on(server: HubServer, kind: str) -> None:
    """Flood, and see that the server hangs up, whether or not the kernel has taken all of the flood by then."""
    with closing(web_socket(server.port)) as connection:
        connection.sendall(b"\x01\x80" + MASK if kind == "fragments" else b"")
        flood(connection, SMALL_FRAMES[kind] * 20, MANY // 20)
        read_all(connection)


@pytest.mark.parametrize("kind", MALFORMED)
def test_a_malformed_frame_or_packet_ends_its_own_connection(sqlite_server: HubServer, kind: str) -> None:
    with closing(web_socket(sqlite_server.port)) as connection:
        connection.sendall(MALFORMED[kind])
        goodbye = read_all(connection)

    assert goodbye[:1] == b"\x88"
    assert healthy(sqlite_server)


@pytest.mark.parametrize("kind", SMALL_FRAMES)
def test_followers_hear_every_fact_while_eight_connections_flood(sqlite_server: HubServer, kind: str) -> None:
    before = sqlite_server.head()
    with closing(RawClient(sqlite_server.port, origin=sqlite_server.url)) as follower:
        follower.join({"conf": CONF, "stream": "public", "after": before})
        with ThreadPoolExecutor(FLOODERS) as pool:
            flooding = [pool.submit(flood_again, sqlite_server, kind) for _ in range(FLOODERS)]
            for _ in range(5):
                assert sqlite_server.message("모두에게")[0] == 200
            head = sqlite_server.head()
            follower.read_until("every fact", lambda: _seqs(follower)[-1:] == [head])
            for one in flooding:
                one.result()

    assert _seqs(follower) == list(range(before + 1, head + 1))


def flood_again(server: HubServer, kind: str) -> None:
    """Flood on some connections, one after the other."""
    for _ in range(CONNECTIONS):
        flood_until_hung_up_on(server, kind)


def _seqs(follower: RawClient) -> list[int]:
    return [entry["seq"] for event in follower.events() if event[0] == "entries" for entry in event[1]]


def test_endless_message_is_cut_off(sqlite_server: HubServer) -> None:
    fragment = b"\x00\xfe" + (1000).to_bytes(2, "big") + MASK + b"x" * 1000
    with closing(web_socket(sqlite_server.port)) as connection:
        connection.sendall(b"\x01" + fragment[1:])
        flood(connection, fragment, 10_000)
        read_all(connection)  # the server hangs up

    assert healthy(sqlite_server)


def test_legacy_handshakes_are_refused(sqlite_server: HubServer) -> None:
    lines = [f"GET {POLLING.replace('polling', 'websocket')} HTTP/1.1", "Upgrade: WebSocket"]
    own = f"Origin: {sqlite_server.url}"
    hixie = [*lines, own, "Sec-WebSocket-Key1: 4 @1 46546xW%0l 1 5", "Sec-WebSocket-Key2: 12998 5 Y3 1 .P00"]
    with closing(dial(sqlite_server.port)) as connection:
        connection.sendall(
            "\r\n".join([*hixie, "Host: 127.0.0.1", "Connection: Upgrade", "", ""]).encode() + b"^n:ds[4U"
        )
        answer = connection.recv(4096)

    assert answer.startswith(b"HTTP/1.1 400")


def test_a_second_join_ends_the_connection(sqlite_server: HubServer) -> None:
    join = text(f'40{{"conf":"{CONF}","stream":"public","after":0}}')
    with closing(web_socket(sqlite_server.port)) as connection:
        connection.sendall(join)
        received = b""
        while b'40{"sid"' not in received:
            received += connection.recv(65536)
        connection.sendall(text("41") + join)
        received = read_all(connection)

    assert received.endswith(b"joined_again")


def poll(server: HubServer) -> str:
    """Open a polling connection and return its id."""
    with urllib.request.urlopen(f"{server.url}{POLLING}") as answer:
        return str(answer.read().decode().split('"sid":"')[1].split('"')[0])


@pytest.mark.parametrize("body", ["9", "4zzz", "", "bAAAA", "\x1e".join(["3"] * 17), "x" * 5000])
def test_a_malformed_polling_request_is_answered_400_and_nothing_is_kept(
    sqlite_server: HubServer, body: str
) -> None:
    sid = poll(sqlite_server)
    head = [f"POST {POLLING}&sid={sid} HTTP/1.1", f"Content-Length: {len(body)}"]

    first = request(sqlite_server.port, head, body.encode())
    again = request(sqlite_server.port, [f"GET {POLLING}&sid={sid} HTTP/1.1"])

    assert (first.split(b"\r\n")[0], again.split(b"\r\n")[0]) == (
        b"HTTP/1.1 400 Bad Request",
        b"HTTP/1.1 400 BAD REQUEST",
    )


def test_hundreds_of_malformed_polling_requests_leave_no_descriptor_behind(sqlite_server: HubServer) -> None:
    before = descriptors(sqlite_server)

    for _ in range(300):
        head = [f"POST {POLLING}&sid={poll(sqlite_server)} HTTP/1.1", "Content-Length: 1"]
        request(sqlite_server.port, head, b"9")

    assert descriptors(sqlite_server) < before + 30


def test_connections_that_broke_a_limit_are_counted_and_seldom_logged(sqlite_server: HubServer) -> None:
    log = Path(sqlite_server.directory / "server.log")
    before = log.stat().st_size

    for _ in range(200):
        with closing(web_socket(sqlite_server.port)) as connection:
            connection.sendall(text("4zzz"))
            read_all(connection)

    with urllib.request.urlopen(f"{sqlite_server.url}/metrics") as answer:
        figures = answer.read().decode()
    count = figures.split('hub_connections_refused_total{reason="malformed_packet"} ')[1].split()[0]
    lines = log.read_bytes()[before:].decode().splitlines()
    assert float(count) >= 200
    assert len([line for line in lines if "connection closed" in line]) < 60
    assert not [line for line in lines if "Traceback" in line or '"exception"' in line]


def test_pipelined_requests_take_turns_with_others(sqlite_server: HubServer) -> None:
    page = f"GET /c/{CONF}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    with closing(dial(sqlite_server.port)) as greedy:
        greedy.sendall(page * 100)
        while b"HTTP/1.1 200" not in greedy.recv(4096):
            pass
        assert healthy(sqlite_server)
        greedy.settimeout(0)
        waiting = read_now(greedy)

    assert waiting.count(b"HTTP/1.1 200") < 99


def read_now(connection: Any) -> bytes:
    """Read what has come already."""
    received = b""
    try:
        while chunk := connection.recv(1 << 20):
            received += chunk
    except BlockingIOError:
        pass
    return received


def test_sigterm_ends_the_server_while_clients_flood(hub_server: HubServer, screen: OpenScreen) -> None:
    follower = screen()
    flooders = [web_socket(hub_server.port) for _ in range(4)]
    for one in flooders:
        flood(one, SMALL_FRAMES["pings"], 500)
    hub_server.run("start")

    assert follower.wait_for(hub_server.head())
    assert hub_server.stop() == 0
    for one in flooders:
        one.close()


def test_replays_of_one_address_beyond_its_budget_become_a_reset_unless_others_asked_for_the_same(
    sqlite_server: HubServer,
) -> None:
    sqlite_server.run("start")
    for _ in range(60):
        sqlite_server.run("extend", seconds=30)
    head = sqlite_server.head()

    different = [replayed(sqlite_server, after) for after in range(head - 50, head)]
    the_same = [replayed(sqlite_server, head - 50) for _ in range(20)]

    assert different[:20] == ["entries"] * 20
    assert "reset" in different
    assert the_same == ["entries"] * 20


def replayed(server: HubServer, after: int) -> str:
    """Join with `after` and return which event came first."""
    with closing(web_socket(server.port)) as connection:
        connection.sendall(text(f'40{{"conf":"{CONF}","stream":"public","after":{after}}}'))
        received = b""
        while b'40{"sid"' not in received:
            received += connection.recv(65536)
    return received.split(b'42["')[1].split(b'"')[0].decode()
