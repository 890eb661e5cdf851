"""Guests who follow the live page on the real server: many connections are few facts, and the public hears a number."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from http.cookiejar import CookieJar

import pytest
import socketio

from conference_hub.access.actions import make_link
from conference_hub.access.model import Role
from conference_hub.core.actor import Actor
from conference_hub.core.config import storage
from conference_hub.core.db import Database
from conference_hub.core.now import utc_now
from conference_hub.people.store import all_guests
from tests.integration.kinds import ON_SQLITE
from tests.live.server_process import HubServer
from tests.model_day import CONF
from tests.services.machine import wait_until

pytestmark = [ON_SQLITE, pytest.mark.slow]

CROWD = 12


def secrets(server: HubServer) -> Iterator[str]:
    """Yield the secret of a personal link for each of the first guests."""
    database = Database(storage(server.environment())[0])
    with database.writing() as db:
        found = [
            make_link(
                db,
                conf=CONF,
                role=Role.ATTENDEE,
                guest_id=guest.id,
                at=utc_now(),
                by=Actor.system("test"),
            )
            for guest in all_guests(db, CONF)[:CROWD]
        ]
    database.close()
    yield from found


def cookie_of(server: HubServer, secret: str) -> str:
    """Open a personal link, and return the cookie of the browser."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with browser.open(f"{server.url}/link", timeout=30) as page:
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.read().decode())
    assert token is not None
    form = urllib.parse.urlencode({"secret": secret, "csrf_token": token[1]}).encode()
    browser.open(f"{server.url}/link", form, timeout=30).close()
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def follow(server: HubServer, cookie: str) -> socketio.Client:
    one = socketio.Client(reconnection=False, websocket_extra_options={"origin": server.url})
    one.connect(
        server.url,
        headers={"Cookie": cookie},
        auth={"conf": CONF, "stream": "public"},
        transports=["websocket"],
    )
    one.emit("watching", {"visible": True})
    return one


def watched(server: HubServer) -> tuple[int, int]:
    """Return how many guests are known to be connected, and how many facts said so."""
    _, answer = server.get("state?stream=operator", "operator")
    connected = sum(
        doc["state"] == "connected" for key, doc in answer["snapshot"].items() if key.startswith("elsewhere/")
    )
    _, since = server.get("state?stream=operator&after=0", "operator")
    entries = since.get("entries", [])
    return connected, sum(entry["topic"] == "PresenceNoted" for entry in entries)


def test_a_crowd_of_guests_is_few_facts_and_a_round_number(hub_server: HubServer) -> None:
    with ExitStack() as opened:
        for secret in secrets(hub_server):
            opened.callback(follow(hub_server, cookie_of(hub_server, secret)).disconnect)
        wait_until(lambda: watched(hub_server)[0] == CROWD, "every guest")
        assert watched(hub_server)[1] <= 3
        wait_until(lambda: told(hub_server) is not None, "the public number")
        assert told(hub_server) == {"about": 10}


def told(server: HubServer) -> object:
    _, answer = server.get("state?stream=public")
    assert not [key for key in answer["snapshot"] if key.startswith(("elsewhere/", "attendance"))]
    return answer["snapshot"].get("watching")
