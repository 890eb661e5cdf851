"""What a follower sees through reconnects, reorder, gaps and resets: always what a fresh page would see."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.core.journal import Journal
from conference_hub.core.now import utc_now
from conference_hub.core.stream import Stream
from tests.appending import append
from tests.live.conftest import OpenScreen
from tests.live.herd import Member, follow
from tests.live.server_process import HubServer
from tests.model_day import CONF


def test_screen_that_follows_equals_a_fresh_page(hub_server: HubServer, screen: OpenScreen) -> None:
    audiences = (("public", None), ("operator", "operator"))
    following = {stream: screen(stream, role) for stream, role in audiences}

    assert hub_server.run("start")[0] == 200
    assert hub_server.run("extend", seconds=60)[0] == 200
    assert hub_server.run("next")[0] == 200

    for stream, role in audiences:
        _, fresh = hub_server.get(f"state?stream={stream}", role)
        assert following[stream].wait_for(fresh["head"]) == fresh["snapshot"]
        assert "reset" not in following[stream].heard


def test_reconnected_screen_gets_the_missed_entries(hub_server: HubServer, screen: OpenScreen) -> None:
    away = screen()
    hub_server.run("start")
    away.wait_for(hub_server.head())
    away.leave()
    for _ in range(5):
        hub_server.run("extend", seconds=1)
    _, fresh = hub_server.get("state?stream=public")
    assert fresh["head"] > away.head

    away.resume()

    assert away.wait_for(fresh["head"]) == fresh["snapshot"]
    assert "reset" not in away.heard


def test_screen_ahead_of_the_journal_takes_a_snapshot(hub_server: HubServer, screen: OpenScreen) -> None:
    ahead = screen()
    ahead.leave()
    ahead.head += 1000

    ahead.resume()

    ahead.wait_until_heard("reset")
    _, fresh = hub_server.get("state?stream=public")
    assert (ahead.head, ahead.docs) == (fresh["head"], fresh["snapshot"])


def test_repeated_and_late_entries_change_nothing_and_a_hole_is_filled(
    hub_server: HubServer, screen: OpenScreen
) -> None:
    straight, crooked = screen(), screen()
    crooked.leave()
    before = crooked.head
    hub_server.run("start")
    for _ in range(3):
        hub_server.run("extend", seconds=1)
    _, missed = hub_server.get(f"state?stream=public&after={before}")
    first, *_, last = missed["entries"]

    crooked.take([last])
    crooked.take([first, last])

    assert crooked.heard == ["gap", "seen", "seen"]
    assert crooked.docs == straight.wait_for(hub_server.head())


def test_order_on_the_wire_is_the_order_of_the_journal(hub_server: HubServer) -> None:
    hub_server.run("start")
    before = hub_server.head()

    async def play() -> list[int]:
        member = Member()
        auth = {"conf": CONF, "stream": "public", "after": before}
        following = asyncio.create_task(follow("127.0.0.1", hub_server.port, auth, member))
        await member.answered.wait()
        await asyncio.to_thread(_many_writers_at_once, hub_server)
        head = await asyncio.to_thread(hub_server.head)
        async with asyncio.timeout(20):
            await member.hears_up_to(head)
        following.cancel()
        return [entry["seq"] for entry in member.entries]

    came = asyncio.run(play())

    assert came == list(range(before + 1, before + 1 + len(came)))
    assert len(came) >= 60


def _many_writers_at_once(server: HubServer) -> None:
    with ThreadPoolExecutor(max_workers=12) as pool:
        answers = list(pool.map(lambda _: server.run("extend", seconds=1), range(60)))
    assert {status for status, _ in answers} == {200}


def test_a_fact_of_another_process_arrives(
    hub_server: HubServer, screen: OpenScreen, database_url: str
) -> None:
    following = screen()
    database = Database(database_url)

    with Journal(database, utc_now).writing(CONF, actor=Actor.system("test")) as write:
        entry = append(write, Stream.PUBLIC, "TestSpoke", "test/word", {"test/word": {"said": "hello"}})
    database.close()

    assert following.wait_for(entry.seq)["test/word"] == {"said": "hello"}


def test_follower_gets_a_heartbeat_on_connecting(hub_server: HubServer, screen: OpenScreen) -> None:
    following = screen()

    beat = following.heartbeats[0]

    assert (beat["stream"], beat["head"]) == ("public", hub_server.head())
    assert beat.keys() == {"stream", "head", "now"}
