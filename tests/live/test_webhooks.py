"""The real server posts to a real receiver, also when it dies in the middle of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conference_hub.core.actor import Actor
from conference_hub.core.config import storage
from conference_hub.core.db import Database
from conference_hub.core.journal import Journal
from conference_hub.core.now import utc_now
from conference_hub.core.stream import Stream
from conference_hub.outgoing.actions import add_hook
from conference_hub.outgoing.model import HookDraft
from tests.integration.outgoing.receiver import Receiver, receiving
from tests.live.server_process import HubServer
from tests.model_day import CONF


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def server(tmp_path: Path, database_url: str, receiver: Receiver) -> Iterator[HubServer]:
    """A server that may send to this machine, with a webhook on the public stream."""
    server = HubServer(
        directory=tmp_path / "hub", database_url=database_url, extra_env={"HUB_OUTGOING_PRIVATE": "1"}
    )
    server.start()
    database = Database(storage(server.environment())[0])
    draft = HookDraft(name="받는 곳", url=receiver.url, stream=Stream.PUBLIC)
    with Journal(database, utc_now).writing(CONF, actor=Actor.system("test")) as write:
        add_hook(write, draft, private=True)
    database.close()
    yield server
    if server.running:
        server.kill()


def test_killed_server_sends_what_was_committed_in_order_and_the_last_one_again(
    server: HubServer, receiver: Receiver
) -> None:
    """The receiver says nothing to the first message, so the others are committed and not sent when the server dies."""
    receiver.open.clear()
    for command in ("start", "hold", "resume", "hold"):
        assert server.run(command)[0] == 200
    receiver.wait_for(1)

    server.kill()
    receiver.open.set()
    server.start()
    receiver.wait_for(4)

    first, *after = receiver.received
    assert [one.type for one in after] == ["LaneStarted", "LaneHeld", "LaneResumed", "LaneHeld"]
    assert (first.id, first.body) == (after[0].id, after[0].body)
    seqs = [one.content["data"]["seq"] for one in after]
    assert seqs == list(range(seqs[0], seqs[0] + 4))
    assert len({one.id for one in after}) == 4
