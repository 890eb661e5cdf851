"""A client joins: what python-socketio hears of it, and what is kept of it afterwards."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
import socketio
from engineio.packet import Packet

from conference_hub.access.model import NOBODY
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.stream import Stream
from conference_hub.live.admission import Admitted, Subscription
from conference_hub.live.followers import Followers
from conference_hub.live.rooms import NAMESPACE, Rooms
from conference_hub.live.sockets import JOINED, SocketHandlers

KEY = ("day", Stream.PUBLIC)
HELLO = json.dumps({"conf": "day", "stream": "public", "after": 7})
REQUEST = {"REMOTE_ADDR": "192.0.2.1", "HTTP_ORIGIN": "https://hub.example"}


@dataclass
class FakeEngine:
    """Keeps what is sent; `sockets` are the open connections."""

    sockets: dict[str, Any] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)

    def generate_id(self) -> str:
        return f"sid-{len(self.sent)}"

    def send(self, _connection: str, text: str) -> None:
        self.sent.append(text)

    def send_packet(self, _connection: str, packet: Packet) -> None:
        self.sent.append(packet.data)


@dataclass
class Door:
    """The server with the handlers; `meanwhile` happens while somebody is looked up."""

    meanwhile: Callable[[], object] = lambda: None
    engine: FakeEngine = field(default_factory=FakeEngine)
    followers: Followers = field(default_factory=Followers)
    missed: str | None = None

    def __post_init__(self) -> None:
        self.server: Any = socketio.Server(
            async_mode="threading", client_manager=Rooms(), async_handlers=False
        )
        self.server.eio = self.engine
        nothing = cast("Any", SimpleNamespace(remove=lambda _sid: None, gone=lambda _sid: None))
        nothing.told = nothing.clap = lambda *_said: None
        relay = SimpleNamespace(position=lambda _key: 9, heartbeat=lambda _key: {"head": 9})
        handlers = SocketHandlers(
            server=self.server,
            tell=lambda _sid, event, data: self.engine.sent.append(f"{event} {json.dumps(data)}"),
            admission=cast("Any", self),
            relay=cast("Any", relay),
            followers=self.followers,
            replays=cast("Any", self),
            joined=lambda connection: self.engine.sent.append(f"joined {connection}"),
            screens=nothing,
            applause=nothing,
            called=nothing,
            keeper=nothing,
            now=lambda: datetime(2021, 12, 2, tzinfo=UTC),
        )
        handlers.attach()

    def admit(self, _subscription: Subscription, _environ: dict[str, Any]) -> Admitted:
        self.meanwhile()
        return Admitted(viewer=NOBODY, draft=False, head=9)

    def connection_of(self, sid: str) -> str:
        return str(self.server.manager.eio_sid_from_sid(sid, NAMESPACE))

    def is_open(self, connection: str) -> bool:
        return connection in self.engine.sockets

    def send(self, _sid: str, _key: object, after: int, address: str, head: int | None) -> int:
        self.engine.sent.append(f"replay after {after} to {address}, head {head}")
        return 9

    def connect(self, connection: str = "eio") -> None:
        self.engine.sockets[connection] = object()
        self.server._handle_eio_connect(connection, dict(REQUEST))

    def close(self, connection: str = "eio") -> None:
        del self.engine.sockets[connection]
        self.server._handle_eio_disconnect(connection, "transport close")

    def hear(self, text: str, connection: str = "eio") -> None:
        self.server._handle_eio_message(connection, text)


def test_client_that_joins_hears_what_it_missed_then_the_head_then_its_name() -> None:
    door = Door()
    door.connect()

    door.hear("0" + HELLO)

    assert door.engine.sent == [
        "replay after 7 to 192.0.2.1, head 9",
        'heartbeat {"head": 9}',
        "joined eio",
        '0{"sid":"sid-0"}',
    ]
    assert door.followers.of(KEY) == ["sid-0"]
    assert dict(door.server.manager.get_participants(NAMESPACE, "day:public")) == {"sid-0": "eio"}


def test_request_of_a_client_that_joined_is_not_kept() -> None:
    door = Door()
    door.connect()

    door.hear("0" + HELLO)

    assert door.server.environ == {"eio": JOINED}
    door.close()
    assert door.server.environ == {}


def test_client_that_left_while_it_was_let_in_is_not_kept() -> None:
    door = Door()
    door.connect()
    door.meanwhile = door.close

    door.hear("0" + HELLO)

    assert door.followers.followed() == []
    assert list(door.server.manager.get_participants(NAMESPACE, None)) == []
    assert door.server.environ == {}


def test_client_that_was_refused_may_try_again() -> None:
    door = Door()
    door.connect()

    def refuse() -> None:
        raise NotFound(msg("그런 행사가 없습니다."))

    door.meanwhile = refuse
    door.hear("0" + HELLO)
    door.meanwhile = lambda: None
    door.hear("0" + HELLO)

    assert json.loads(door.engine.sent[0][1:])["message"] == "not_found"
    assert door.engine.sent[-1].startswith('0{"sid"')
    assert len(door.followers.of(KEY)) == 1


def test_defect_while_a_client_is_let_in_asks_it_to_come_again(caplog: pytest.LogCaptureFixture) -> None:
    door = Door()
    door.connect()

    def fail() -> None:
        raise ValueError("a defect")

    door.meanwhile = fail
    with caplog.at_level(logging.ERROR):
        door.hear("0" + HELLO)

    assert [json.loads(text[1:])["message"] for text in door.engine.sent] == ["unavailable"]
    assert [record.message for record in caplog.records] == ["a client could not be let in"]


@pytest.mark.parametrize("event", ["applause", "watching", "screen", "unknown"])
def test_what_a_client_says_beyond_its_meaning_is_ignored(event: str) -> None:
    door = Door()
    door.connect()
    door.hear("0" + HELLO)
    sent = list(door.engine.sent)

    door.hear("2" + json.dumps([event, {"taps": "many"}, "more", 1]))

    assert door.engine.sent == sent
    assert len(door.followers.of(KEY)) == 1


def test_client_that_asks_for_the_time_is_answered() -> None:
    door = Door()
    door.connect()
    door.hear("0" + HELLO)

    door.hear('217["now"]')

    assert door.engine.sent[-1] == '317["2021-12-02T00:00:00.000Z"]'
