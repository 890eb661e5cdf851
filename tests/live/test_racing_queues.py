"""Two gates come back together with whom they let in: two servers take both queues at once, and each of them twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from conference_hub.access.model import Role
from conference_hub.checkin.store import valid_tokens
from conference_hub.core.config import storage
from conference_hub.core.db import Database
from conference_hub.core.now import utc_now
from conference_hub.people.model import GuestId
from tests.integration.kinds import ON_POSTGRES
from tests.live.server_process import HubServer
from tests.model_day import CONF

pytestmark = ON_POSTGRES

QUEUES = {"gate-a": range(1, 41), "gate-b": range(21, 61)}
"""Whom each gate let in, by the numbers of guests."""
BOTH = range(21, 41)
"""Who came by both."""
IN_A_BATCH = 8
TRIES = 5


@pytest.fixture
def servers(hub_server: HubServer, tmp_path: Path) -> Iterator[list[HubServer]]:
    """Return two servers that share a database."""
    second = hub_server.beside(tmp_path / "second")
    second.start()
    yield [hub_server, second]
    second.kill()


def gates_of(number: int) -> tuple[str, str]:
    """Return the gate that let a guest in first of two, and the other one."""
    return ("gate-a", "gate-b") if number % 2 else ("gate-b", "gate-a")


def queue_of(gate: str, badges: dict[int, str], began: datetime) -> list[dict[str, Any]]:
    """Return what a gate let in from `began` on, one guest a moment after the other."""
    return [
        {
            "scan_id": f"{gate}-{number}",
            "gate": "main",
            "token": badges[number],
            "at": (began + timedelta(microseconds=4 * number + gates_of(number).index(gate))).isoformat(),
            "acted": "admitted",
        }
        for number in QUEUES[gate]
    ]


def badges_of(server: HubServer) -> dict[int, str]:
    """Return the tokens of the badges of guests, by number."""
    database = Database(storage(server.environment())[0])
    with database.reading() as db:
        tokens = valid_tokens(db, CONF)
    database.close()
    return {number: tokens[GuestId(f"guest-{number:03}")] for queue in QUEUES.values() for number in queue}


def upload(hub: HubServer, gate: str, queue: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Send a queue in batches as a gate does, each again while the storage is busy; return the answers."""
    answers: list[dict[str, Any]] = []
    for first in range(0, len(queue), IN_A_BATCH):
        status, answer = 503, dict[str, Any]()
        for _ in range(TRIES):
            if status == 503:
                body = {"scans": queue[first : first + IN_A_BATCH]}
                status, answer = hub.post("checkin/redeem/batch", body, as_whom=gate, role=Role.STAFF)
        assert status == 200, answer
        answers += answer["answers"]
    return answers


def test_who_came_by_both_gates_has_one_visit_and_is_told_of(servers: list[HubServer]) -> None:
    badges = badges_of(servers[0])
    for gate in QUEUES:
        nobody = {"scan_id": f"first of {gate}", "gate": "main", "token": "nobody's"}
        servers[0].post("checkin/redeem", nobody, as_whom=gate, role=Role.STAFF)
    began = utc_now()
    queues = {gate: queue_of(gate, badges, began) for gate in QUEUES}
    uploads = [(hub, gate) for hub in servers for gate in QUEUES]
    together = Barrier(len(uploads))

    def race(hub: HubServer, gate: str) -> list[dict[str, Any]]:
        together.wait(timeout=60)
        return upload(hub, gate, queues[gate])

    with ThreadPoolExecutor(len(uploads)) as pool:
        answers = [future.result() for future in [pool.submit(race, *one) for one in uploads]]

    for (_, gate), answered in zip(uploads, answers, strict=True):
        told = [(one["scan_id"], one["verdict"]) for one in answered]
        assert told == [(scan["scan_id"], "admitted") for scan in queues[gate]]
    _, state = servers[0].get("state?stream=staff", "staff")
    docs: dict[str, dict[str, Any]] = state["snapshot"]
    doubles = [doc for key, doc in docs.items() if key.startswith("conflict/") and doc["kind"] == "double"]
    expected = [(f"{second}-{one}", f"{first}-{one}") for one in BOTH for first, second in [gates_of(one)]]
    assert sorted((one["scan"], one["other"]["scan"]) for one in doubles) == sorted(expected)
    assert docs["presence"]["inside"] == docs["gate/main"]["admitted"] == len(badges)
