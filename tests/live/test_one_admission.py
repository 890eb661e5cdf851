"""Fifty gates scan one badge at one instant: one lets in, on one server and on two that share a database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from conference_hub.access.model import Role
from tests.live.server_process import HubServer

GATES = 50
TRIES = 5


@pytest.fixture
def servers(
    hub_server: HubServer, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[list[HubServer]]:
    """Return the server, and on PostgreSQL another one on the same database."""
    if "postgres" not in request.node.callspec.id:
        yield [hub_server]
        return
    second = hub_server.beside(tmp_path / "second")
    second.start()
    yield [hub_server, second]
    second.kill()


def sent(hub: HubServer, scan: dict[str, object]) -> str:
    """Send a scan as a gate does, again while the storage is busy, and return its verdict."""
    status, answer = 503, dict[str, object]()
    for _ in range(TRIES):
        if status == 503:
            status, answer = hub.post("checkin/redeem", scan, as_whom="gates", role=Role.STAFF)
    assert status == 200, answer
    return str(answer["verdict"])


def test_fifty_gates_admit_once(servers: list[HubServer]) -> None:
    together = Barrier(GATES)
    hubs = [servers[number % len(servers)] for number in range(GATES)]
    for hub in servers:
        nobody = {"scan_id": f"first at {hub.port}", "gate": "main", "token": "nobody's"}
        hub.post("checkin/redeem", nobody, as_whom="gates", role=Role.STAFF)

    def scan(number: int) -> str:
        body = {"scan_id": f"gate-{number}", "gate": "main", "guest": "guest-001"}
        overruled = {"force": True, "over": ["closed", "not_yet_open"], "why": "looked"}
        together.wait(timeout=60)
        return sent(hubs[number], {**body, **overruled})

    with ThreadPoolExecutor(GATES) as pool:
        verdicts = sorted(pool.map(scan, range(GATES)))

    assert verdicts == ["admitted"] + ["already_inside"] * (GATES - 1)
    _, state = servers[0].get("state?stream=staff", "staff")
    assert state["snapshot"]["presence"]["inside"] == 1
    assert [key for key in state["snapshot"] if key.startswith("conflict/")] == []
