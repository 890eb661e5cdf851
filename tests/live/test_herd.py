"""An audience that comes at once: more sockets than the network library lets in by default."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.live.herd import Member, allow_many_sockets, follow
from tests.live.server_process import HubServer
from tests.model_day import CONF

pytestmark = pytest.mark.slow

COUNT = 1500
IN_TIME_S = 60.0


def test_1500_sockets_at_once_are_let_in_and_hear_the_same_while_the_console_is_answered(
    hub_server: HubServer,
) -> None:
    allow_many_sockets(COUNT)
    hub_server.token("operator")
    before = hub_server.head()

    async def play() -> tuple[list[Member], list[float]]:
        members = [Member() for _ in range(COUNT)]
        auth = {"conf": CONF, "stream": "public", "after": before}
        tasks = [asyncio.create_task(follow("127.0.0.1", hub_server.port, auth, m)) for m in members]
        waits = [await _answered(hub_server, "start")]
        async with asyncio.timeout(IN_TIME_S):
            await asyncio.gather(*(member.answered.wait() for member in members))
            waits += [await _answered(hub_server, "next"), await _answered(hub_server, "next")]
            head = await asyncio.to_thread(hub_server.head)
            await asyncio.gather(*(member.hears_up_to(head) for member in members))
        for task in tasks:
            task.cancel()
        return members, waits

    members, waits = asyncio.run(play())

    assert [member.error for member in members if member.error] == []
    assert [member for member in members if member.entries != members[0].entries] == []
    seqs = [entry["seq"] for entry in members[0].entries]
    assert seqs == list(range(before + 1, before + 1 + len(seqs)))
    assert max(waits) < 5


def test_a_member_that_is_refused_is_counted_as_such(hub_server: HubServer) -> None:
    member = Member()
    auth = {"conf": "nowhere", "stream": "public"}

    asyncio.run(follow("127.0.0.1", hub_server.port, auth, member))

    assert member.answered.is_set()
    assert "not_found" in (member.error or "")


async def _answered(server: HubServer, command: str) -> float:
    """Run a command as the organiser would, and return how long its answer took."""
    began = time.monotonic()
    status, _ = await asyncio.to_thread(server.run, command)
    assert status == 200
    return time.monotonic() - began
