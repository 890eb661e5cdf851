"""A page that gets nothing over HTTP asks its socket for the state, and gets what HTTP would answer."""

from __future__ import annotations

import pytest

from tests.live.conftest import OpenScreen
from tests.live.screen import Screen
from tests.live.server_process import HubServer
from tests.services.machine import wait_until

BURST = 3


def asked(screen: Screen, after: object) -> tuple[int | None, dict[str, object]]:
    """Ask over the socket and return the answer, without its time."""
    before = len(screen.states)
    screen.ask_state(after)
    wait_until(lambda: len(screen.states) > before, "no state came")
    answered, state = screen.states[-1]
    return answered, {name: value for name, value in state.items() if name != "now"}


@pytest.mark.parametrize(
    ("stream", "role"), [("public", None), ("operator", "operator"), ("sealed", "emcee")]
)
def test_socket_is_answered_as_http_would(
    hub_server: HubServer, screen: OpenScreen, stream: str, role: str | None
) -> None:
    hub_server.run("start")
    following = screen(stream, role)
    _, fresh = hub_server.get(f"state?stream={stream}", role)
    del fresh["now"]

    assert asked(following, None) == (None, fresh)

    hub_server.run("extend", seconds=60)
    head: int = hub_server.get(f"state?stream={stream}", role)[1]["head"]
    following.wait_for(head)
    _, since = hub_server.get(f"state?stream={stream}&after={head - 1}", role)
    del since["now"]
    assert asked(following, head - 1) == (head - 1, since)


def test_entries_that_nobody_asked_for_come_as_a_snapshot(hub_server: HubServer, screen: OpenScreen) -> None:
    hub_server.run("start")
    following = screen()
    before = following.head
    hub_server.run("extend", seconds=60)
    following.wait_for(hub_server.head())

    answered, state = asked(following, before)

    assert answered == before
    assert (state["head"], state["snapshot"]) == (following.head, following.docs)


@pytest.mark.parametrize("after", ["3", True, 1.5, [1], {"after": 1}])
def test_malformed_question_is_ignored_and_costs_nothing(
    hub_server: HubServer, screen: OpenScreen, after: object
) -> None:
    hub_server.run("start")
    following = screen()
    for _ in range(BURST + 1):
        following.ask_state(after)

    assert asked(following, following.head)[0] == following.head
    assert len(following.states) == 1


def test_socket_that_asks_and_asks_gets_three_answers_and_stays(
    hub_server: HubServer, screen: OpenScreen
) -> None:
    following = screen()
    for _ in range(10):
        following.ask_state(None)
    wait_until(lambda: len(following.states) >= BURST, "the first questions were not answered")
    following.ask_time()

    assert len(following.states) == BURST
    hub_server.run("start")
    following.wait_for(hub_server.head())
    assert "reset" not in following.heard
