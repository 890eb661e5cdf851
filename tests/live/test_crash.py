"""The server dies, is stopped, or is started twice: nothing committed is lost, and screens come back by themselves."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from conference_hub.agenda import actions
from conference_hub.agenda.scene import Asked
from conference_hub.core.actor import Actor
from conference_hub.core.config import storage
from conference_hub.core.db import Database
from conference_hub.core.journal import Journal
from conference_hub.core.now import iso, utc_now
from tests.live.conftest import OpenScreen
from tests.live.server_process import COMMAND, HubServer
from tests.model_day import CONF

STREAMS = (("public", None), ("staff", "staff"), ("sealed", "emcee"), ("operator", "operator"))

DEMO_LINKS = 5
"""Each start of a demo makes and prints new sign-in links, and each link is a fact for operators."""


def states(server: HubServer) -> list[tuple[int, object]]:
    """Head and snapshot of every stream."""
    answers = [server.get(f"state?stream={stream}", role)[1] for stream, role in STREAMS]
    return [(answer["head"], answer["snapshot"]) for answer in answers]


def test_killed_server_restarts_with_the_same_state(hub_server: HubServer, screen: OpenScreen) -> None:
    attendee, console = screen(), screen("operator", "operator")
    hub_server.run("start")
    hub_server.run("next")
    before = states(hub_server)

    hub_server.kill()
    hub_server.start()

    assert states(hub_server) == [*before[:-1], (before[-1][0] + DEMO_LINKS, before[-1][1])]
    assert hub_server.run("next")[0] == 200
    (public_head, public), *_, (operator_head, operator) = states(hub_server)
    assert attendee.wait_for(public_head) == public
    assert console.wait_for(operator_head) == operator


def test_killed_server_shows_messages_when_it_is_back(
    hub_server: HubServer, screen: OpenScreen, tmp_path: Path
) -> None:
    """A message becomes due while the server is away: it comes back with its clock set on."""
    attendee, head = screen(), hub_server.head()
    hub_server.message("곧 시작합니다")
    later = timedelta(minutes=5)
    hub_server.message("자리로 돌아와 주세요", at=iso(utc_now() + later))
    waiting = hub_server.get("state?stream=operator", "operator")[1]["snapshot"]

    hub_server.kill()
    clock = tmp_path / "clock"
    clock.write_text(str(later.total_seconds()), encoding="utf-8")
    hub_server.extra_env["HUB_TEST_CLOCK"] = str(clock)
    hub_server.program = (sys.executable, "-m", "tests.e2e.clocked_hub")
    hub_server.start()

    shown = attendee.wait_for(head + 2)
    assert messages_in(waiting) == {"곧 시작합니다": "shown", "자리로 돌아와 주세요": "scheduled"}
    assert messages_in(shown) == {"곧 시작합니다": None, "자리로 돌아와 주세요": None}


def messages_in(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Return the state of each message of a snapshot by what it says."""
    docs = [doc for key, doc in snapshot.items() if key.startswith("message/")]
    return {doc["text"]["ko"]: doc.get("state") for doc in docs}


def test_stopped_server_ends_in_order_and_screens_reconnect(
    hub_server: HubServer, screen: OpenScreen
) -> None:
    attendee = screen()

    assert hub_server.stop() == 0
    hub_server.start()
    hub_server.run("start")

    assert attendee.wait_for(hub_server.head()) == hub_server.get("state?stream=public")[1]["snapshot"]
    assert '"event": "stopped"' in hub_server.log()


def test_second_server_on_the_same_address_exits_with_a_message(sqlite_server: HubServer) -> None:
    second = subprocess.run(
        [*COMMAND, "serve", "--demo"],
        env=sqlite_server.environment(),
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )

    assert second.returncode == 2
    assert f"HUB_BIND: 127.0.0.1:{sqlite_server.port} is already in use" in second.stderr
    assert sqlite_server.get("state")[0] == 200


SHOWS: dict[str, tuple[tuple[str, ...], ...]] = {
    "a cue": (("start",), ("next",)),
    "a hold": (("start",), ("hold",)),
    "a name that is ready": (("start",), ("next",), ("arm", "case-01")),
    "a name that is out": (("start",), ("next",), ("arm", "case-01"), ("reveal", "case-01")),
    "a deferral": (("start",), ("next",), ("defer", "case-01")),
}
"""What was done before the server is killed: commands of the hall, or of an award."""
SHORTEST = ("a name that is out",)
"""What of it is tried on PostgreSQL, too: each takes a start of the server."""


@pytest.mark.parametrize(
    ("database_url", "names"), [("sqlite", tuple(SHOWS)), ("postgres", SHORTEST)], indirect=["database_url"]
)
def test_killed_in_any_state_of_the_show_it_goes_on_where_it_was(
    hub_server: HubServer, names: tuple[str, ...]
) -> None:
    for name in names:
        show = SHOWS[name]
        for command, *award in show:
            answer = hub_server.award(award[0], command) if award else hub_server.run(command)
            assert answer[0] == 200, (name, command, answer)
        before, told = states(hub_server), report(hub_server)

        hub_server.kill()
        hub_server.start()

        after = states(hub_server)
        assert [snapshot for _, snapshot in after] == [snapshot for _, snapshot in before], name
        assert report(hub_server) == told
        assert len(told[0].splitlines()) > len(show)
        for _ in show:
            assert hub_server.run("undo", publish=True)[0] == 200, name


def report(server: HubServer) -> list[str]:
    """Return the report's files of what was commanded and of the awards."""
    return [server.page(path, "operator") for path in ("desk/report.csv", "desk/report/awards.csv")]


def test_killed_between_commit_and_broadcast_everybody_has_it_when_the_server_is_back(
    hub_server: HubServer, screen: OpenScreen
) -> None:
    attendee, console = screen(), screen("operator", "operator")
    hub_server.run("start")
    attendee.wait_for(hub_server.head())

    hub_server.kill()
    commit_a_hold(hub_server)
    hub_server.start()

    (public_head, public), *_, (operator_head, operator) = states(hub_server)
    assert attendee.wait_for(public_head) == public
    assert console.wait_for(operator_head) == operator
    assert attendee.docs["lane/hall"]["status"] == "held"


def commit_a_hold(server: HubServer) -> None:
    """Commit a command as the dead server did last, which told nobody of it."""
    database = Database(storage(server.environment())[0])
    with Journal(database, utc_now).writing(CONF, actor=Actor.system("test")) as write:
        actions.hold(write, Asked(lane="hall"))
    database.close()


def test_killed_while_a_command_is_under_way_it_counts_once(
    hub_server: HubServer, screen: OpenScreen
) -> None:
    attendee = screen()
    hub_server.run("start")
    sender = threading.Thread(target=pressed, args=(hub_server,))

    sender.start()
    hub_server.kill()
    sender.join()
    hub_server.start()

    status, answer = pressed(hub_server)
    assert (status, answer["docs"]["cue/opening"]["extension_s"]) == (200, 60)
    assert attendee.wait_for(hub_server.head()) == states(hub_server)[0][1]


def pressed(server: HubServer) -> tuple[int, Any]:
    """Send one and the same command; 0 when the server is gone."""
    try:
        return server.run("extend", seconds=60, command_id="one-minute-more")
    except OSError:
        return 0, None
