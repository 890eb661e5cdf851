"""Who may not follow: by role, by origin, by what it sends. A refusal says a code, and leaves the server as it was."""

from __future__ import annotations

from typing import Any

import pytest
import socketio
import websocket

from conference_hub.live.recheck import RECHECK_S
from tests.live.conftest import OpenScreen
from tests.live.server_process import HubServer
from tests.model_day import CONF

ROLES = ("organiser", "operator", "emcee", "staff", None)
MAY_FOLLOW = {
    "public": {"organiser", "operator", "emcee", "staff", None},
    "staff": {"organiser", "operator", "staff"},
    "sealed": {"organiser", "operator", "emcee"},
    "operator": {"organiser", "operator"},
    "rehearsal": {"organiser", "operator", "emcee"},
}


def subscription(stream: str) -> dict[str, Any]:
    """What a well-behaved client asks for."""
    return {"conf": CONF, "stream": stream}


def attempt(
    server: HubServer, auth: Any, role: str | None = None, origin: str | None = "own"
) -> dict[str, Any] | str:
    """Connect once and return `let in`, or the refusal."""
    where = server.url if origin == "own" else origin
    client = socketio.Client(
        reconnection=False, websocket_extra_options={"origin": where} if where else {"suppress_origin": True}
    )
    refusals: list[Any] = []
    client.on("connect_error", refusals.append)
    headers = {"Authorization": f"Bearer {server.token(role)}"} if role else {}
    try:
        client.connect(server.url, headers=headers, auth=auth, transports=["websocket"])
    except socketio.exceptions.ConnectionError:
        refusal: dict[str, Any] | str = refusals[0]
        return refusal
    client.disconnect()
    return "let in"


def test_each_stream_lets_in_exactly_the_roles_that_may_follow_it(hub_server: HubServer) -> None:
    let_in = {
        stream: {role for role in ROLES if attempt(hub_server, subscription(stream), role) == "let in"}
        for stream in MAY_FOLLOW
    }

    assert let_in == MAY_FOLLOW


def test_a_refusal_says_why(hub_server: HubServer) -> None:
    assert attempt(hub_server, subscription("sealed")) == {"message": "not_signed_in", "data": {}}
    assert attempt(hub_server, subscription("sealed"), "staff") == {"message": "forbidden", "data": {}}
    assert attempt(hub_server, {**subscription("public"), "conf": "none"}) == {
        "message": "not_found",
        "data": {},
    }


@pytest.mark.parametrize(
    ("auth", "field"),
    [
        (["public"], "auth"),
        ({"stream": "public"}, "conf"),
        ({"conf": CONF, "stream": "secret"}, "stream"),
        ({"conf": CONF, "stream": ["public"]}, "stream"),
        ({"conf": CONF, "stream": "public", "after": "7"}, "after"),
        ({"conf": CONF, "stream": "public", "after": -1}, "after"),
        ({"conf": CONF, "stream": "public", "after": True}, "after"),
    ],
)
def test_malformed_subscription_is_refused_with_its_field(
    sqlite_server: HubServer, auth: Any, field: str
) -> None:
    assert attempt(sqlite_server, auth) == {"message": "bad_request", "data": {"field": field}}


def test_only_the_own_page_or_a_machine_may_connect(sqlite_server: HubServer) -> None:
    public = subscription("public")

    assert attempt(sqlite_server, public, origin="https://elsewhere.example") == "Connection error"
    assert attempt(sqlite_server, public, origin=None) == {"message": "origin", "data": {}}
    assert attempt(sqlite_server, public, role="staff", origin=None) == "let in"


def test_long_polling_is_for_browsers_on_the_own_page(sqlite_server: HubServer) -> None:
    def poll(headers: dict[str, str]) -> bool:
        client = socketio.Client(reconnection=False)
        try:
            client.connect(
                sqlite_server.url, headers=headers, auth=subscription("public"), transports=["polling"]
            )
        except socketio.exceptions.ConnectionError:
            return False
        client.disconnect()
        return True

    assert poll({"Sec-Fetch-Site": "same-origin"})
    assert not poll({"Sec-Fetch-Site": "cross-site"})
    assert not poll({})


def test_what_a_client_sends_is_ignored(hub_server: HubServer, screen: OpenScreen) -> None:
    noisy, quiet = screen(), screen()

    for event in ("entries", "reset", "join", "connect", "__proto__"):
        noisy._client.emit(event, {"conf": CONF, "stream": "sealed", "entries": [{"seq": 1}]})
    hub_server.run("start")

    assert quiet.wait_for(hub_server.head()) == noisy.wait_for(hub_server.head())


@pytest.mark.parametrize("noise", ["42", "42[", "40[1", "451-[]", "9", "4", "x" * 20_000, "40/other,"])
def test_noise_closes_at_most_its_own_connection(sqlite_server: HubServer, noise: str) -> None:
    address = sqlite_server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    connection = websocket.create_connection(address, origin=sqlite_server.url, timeout=30)
    connection.recv()

    connection.send(noise)

    assert attempt(sqlite_server, subscription("public")) == "let in"
    connection.close()


def test_a_token_revoked_by_a_command_stops_following_at_the_next_check(
    hub_server: HubServer, screen: OpenScreen
) -> None:
    goes, stays = screen("sealed", "emcee"), screen("operator", "operator")
    listed = hub_server.command("token", "list").splitlines()
    token = next(line.split("\t")[0] for line in listed if "\temcee\t" in line)

    assert hub_server.command("token", "revoke", token) == f"{token}: revoked\n"

    assert goes.cut_off.wait(10 * RECHECK_S)
    assert not stays.cut_off.is_set()
