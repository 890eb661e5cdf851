"""Two conferences on one server: over sockets too, nobody of the one hears anything of the other."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
import socketio

from conference_hub.access.actions import make_token
from conference_hub.access.model import Role
from conference_hub.app import make_hub
from conference_hub.core.actor import Actor
from conference_hub.core.config import load
from conference_hub.core.now import utc_now
from tests import small_conference as small
from tests.live.server_process import HubServer
from tests.live.test_refusals import attempt
from tests.model_day import CONF
from tests.services.machine import wait_until
from tests.small_conference import MARK, OTHER

ROLES = ("organiser", "operator", "emcee", "staff")
STREAMS = ("public", "staff", "sealed", "operator")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubServer]:
    """A server with the model conference and the small one."""
    server = HubServer(directory=tmp_path_factory.mktemp("two"), forked=True)
    server.start()
    hub = make_hub(load(server.environment(), demo=True))
    small.load(hub)
    hub.database.close()
    yield server
    server.kill()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_of_one_conference_follows_only_the_public_stream_of_another(
    two: HubServer, role: str
) -> None:
    answers = {stream: attempt(two, {"conf": OTHER, "stream": stream}, role) for stream in STREAMS}

    closed = {"message": "forbidden", "data": {}}
    assert answers == {stream: "let in" if stream == "public" else closed for stream in STREAMS}


def test_followers_hear_the_facts_of_their_own_conference_and_no_others(two: HubServer) -> None:
    mine, others = two.token("operator"), operator_of_the_other(two)
    with ExitStack() as stack:
        here = {s: stack.enter_context(listening(two, CONF, s, mine)) for s in ("public", "operator")}
        there = {s: stack.enter_context(listening(two, OTHER, s, others)) for s in ("public", "operator")}
        start(two, OTHER, others)
        start(two, CONF, mine)
        wait_until(lambda: all([*here.values(), *there.values()]), "every follower's first fact")

    assert {stream: [entry["topic"] for entry in heard] for stream, heard in here.items()} == {
        "public": ["LaneStarted"],
        "operator": ["LaneStarted"],
    }
    assert all(MARK not in json.dumps(heard, ensure_ascii=False) for heard in here.values())
    assert all(MARK in json.dumps(heard, ensure_ascii=False) for heard in there.values())


def operator_of_the_other(server: HubServer) -> str:
    hub = make_hub(load(server.environment(), demo=True))
    with hub.database.writing() as db:
        token = make_token(
            db, conf=OTHER, role=Role.OPERATOR, name="other", at=utc_now(), by=Actor.system("test")
        )
    hub.database.close()
    return token


@contextmanager
def listening(server: HubServer, conf: str, stream: str, token: str) -> Iterator[list[dict[str, Any]]]:
    """Follow a stream while the block runs; gives the list that its entries are added to."""
    heard: list[dict[str, Any]] = []
    client = socketio.Client(reconnection=False, websocket_extra_options={"suppress_origin": True})
    client.on("entries", heard.extend)
    auth, headers = {"conf": conf, "stream": stream}, {"Authorization": f"Bearer {token}"}
    client.connect(server.url, headers=headers, auth=auth, transports=["websocket"])
    try:
        yield heard
    finally:
        client.disconnect()


def start(server: HubServer, conf: str, token: str) -> None:
    body = json.dumps({"command_id": f"start {conf}", "lane": "hall", "expect": ""}).encode()
    request = urllib.request.Request(f"{server.url}/api/v1/c/{conf}/run/start", body)
    request.add_header("Authorization", f"Bearer {token}")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 200
