"""The Socket.IO client of npm against the transport: all that the protocol knows, on each transport of the client."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.live.bare_server import BareServer, on_each_transport
from tests.live.server_process import HubServer
from tests.model_day import CONF
from tools import node

CLIENT = Path(__file__).with_name("npm_client.mjs")
ITS_TRANSPORTS = ("polling", "websocket", "both")
WITHIN_S = 90


server = on_each_transport()


def command(url: str, case: str, *more: str) -> list[str]:
    """Return the command that runs a case of `npm_client.mjs`."""
    found = node.find()
    assert found is not None
    return [found, str(CLIENT), url, case, *more]


def outcome(server: BareServer, case: str) -> Any:
    """Run a case of `npm_client.mjs` and return what came of it."""
    ran = subprocess.run(
        command(server.url, case), capture_output=True, encoding="utf-8", timeout=WITHIN_S, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize("by", ITS_TRANSPORTS)
def test_acknowledgements_go_both_ways(server: BareServer, by: str) -> None:
    came = outcome(server, f"acknowledgements-{by}")

    said = [["a"], [1, None], [{"deep": ["가"]}]]
    assert came["acknowledged"] == said
    assert came["notes"] == [*said, [1], [2], [3]]
    assert came["answers"] == [["heard", "who", 7]]


@pytest.mark.parametrize("by", ITS_TRANSPORTS)
def test_bytes_go_both_ways(server: BareServer, by: str) -> None:
    every = list(range(256))

    assert outcome(server, f"binary-{by}") == {"word": "bytes", "back": every, "again": every, "more": [3, 4]}


@pytest.mark.parametrize("by", ["polling", "websocket"])
def test_facts_for_all_and_for_one_come_in_order(server: BareServer, by: str) -> None:
    assert outcome(server, f"following-{by}") == {"by": by, "heard": list(range(300))}


def test_moving_to_a_websocket_while_facts_go_on_loses_none_and_repeats_none(server: BareServer) -> None:
    came = outcome(server, "upgrading")

    for client in came["clients"]:
        assert (client["by"], client["before"] > 0, client["after"] > 0) == ("websocket", True, True)
        assert client["heard"] == list(range(client["heard"][0], came["sent"]))


@pytest.mark.parametrize("by", ["polling", "websocket"])
def test_a_client_whose_line_broke_comes_back_and_hears(server: BareServer, by: str) -> None:
    assert outcome(server, f"reconnecting-{by}") == {"reason": "forced close", "another": True, "fact": 1}


@pytest.mark.parametrize("by", ["polling", "websocket"])
def test_either_side_says_goodbye(server: BareServer, by: str) -> None:
    came = outcome(server, f"closing-{by}")

    assert came == {"byServer": "io server disconnect", "byClient": "io client disconnect"}
    assert [reason for name, reason in server.do()["left"] if name == "npm"][-2:] == [
        "server disconnect",
        "client disconnect",
    ]


@pytest.mark.parametrize("by", ITS_TRANSPORTS)
def test_the_hub_replays_and_sends_what_follows(sqlite_server: HubServer, by: str) -> None:
    sqlite_server.message("앞서")
    after = sqlite_server.head() - 1
    following = command(sqlite_server.url, f"hub-{by}", CONF, str(after))
    with subprocess.Popen(
        following, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as client:
        assert client.stdout is not None
        assert client.stdout.readline() == "following\n"
        for _ in range(5):
            sqlite_server.message("이어서")
        came, _ = client.communicate(f"{sqlite_server.head()}\n", timeout=WITHIN_S)

    heard = list(range(after + 1, after + 7))
    assert json.loads(came) == {"by": "polling" if by == "polling" else "websocket", "heard": heard}
