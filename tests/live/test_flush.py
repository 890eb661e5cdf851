"""A gate that comes back with hundreds of scans: the operator's commands are answered amid them, on the real server."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from conference_hub.access.model import Role
from conference_hub.core.config import storage
from conference_hub.core.db import Database
from conference_hub.core.entries import Entry, head, since
from conference_hub.core.stream import Stream
from tests.integration.kinds import ON_SQLITE
from tests.live.server_process import HubServer
from tests.model_day import CONF

pytestmark = [ON_SQLITE, pytest.mark.slow]

BATCHES, IN_A_BATCH = 5, 100
PLENTY = 10_000
OVER = {"force": True, "over": ["closed", "not_yet_open", "mode_mismatch"], "why": "looked"}


def batch(number: int) -> list[dict[str, Any]]:
    """Return scans of a hundred guests who come in, in the next batch go out, and so on."""
    way = {"direction": "out"} if number % 2 else {"direction": "in", **OVER}
    return [
        {"scan_id": f"{number}-{guest}", "gate": "main", "guest": f"guest-{guest:03}", **way}
        for guest in range(1, IN_A_BATCH + 1)
    ]


def journal(server: HubServer, after: int) -> tuple[int, list[Entry]]:
    """Return the head of the operator's stream, and its entries after a number."""
    database = Database(storage(server.environment())[0])
    with database.reading() as db:
        found = head(db, CONF, Stream.OPERATOR), since(db, CONF, Stream.OPERATOR, after, PLENTY)
    database.close()
    return found


def flush(server: HubServer, statuses: list[int]) -> None:
    """Send all batches, one after another, as a gate does."""
    for number in range(BATCHES):
        status, _ = server.post(
            "checkin/redeem/batch", {"scans": batch(number)}, as_whom="gate", role=Role.STAFF
        )
        statuses.append(status)


def test_commands_are_answered_amid_each_batch(hub_server: HubServer) -> None:
    hub_server.run("start")
    hub_server.post("checkin/redeem/batch", {"scans": batch(0)[:1]}, as_whom="gate", role=Role.STAFF)
    before, _ = journal(hub_server, 0)
    statuses: list[int] = []
    gate = threading.Thread(target=flush, args=(hub_server, statuses))

    gate.start()
    pressed = 0
    while gate.is_alive():
        assert hub_server.run("hold")[0] == 200
        assert hub_server.run("resume")[0] == 200
        pressed += 2
    gate.join()

    _, told = journal(hub_server, before)
    batches = [str(entry.body["scan"]).partition("-")[0] if "scan" in entry.body else None for entry in told]
    amid = [
        place
        for place, entry in enumerate(told)
        if entry.topic in {"LaneHeld", "LaneResumed"} and set(batches[:place]) & set(batches[place:]) - {None}
    ]
    assert (statuses, len([one for one in batches if one])) == ([200] * BATCHES, BATCHES * IN_A_BATCH - 1)
    assert len({tuple(filter(None, batches[:place]))[-1:] for place in amid}) == BATCHES, (pressed, amid)
