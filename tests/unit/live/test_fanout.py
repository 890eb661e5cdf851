"""One event for a whole room: encoded once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pytest
from engineio.packet import Packet as EnginePacket
from socketio.packet import EVENT, Packet

from conference_hub.core.wire import wire_json
from conference_hub.live import fanout
from conference_hub.live.fanout import broadcast, broadcast_in_slices, broadcast_text, packet_of


@dataclass
class FakeEngine:
    """Keeps what each socket was sent."""

    sent: list[tuple[str, EnginePacket, bytes]] = field(default_factory=list)

    def broadcast(self, sids: Iterable[str], packet: EnginePacket, frame: bytes) -> None:
        self.sent += [(sid, packet, frame) for sid in sids]


@dataclass
class FakeServer:
    """Two rooms of a python-socketio server, and is its own manager."""

    eio: FakeEngine = field(default_factory=FakeEngine)
    packet_class = Packet
    rooms = {"hall": {"a": "eio-a", "b": "eio-b", "c": "eio-c"}, "other": {"d": "eio-d"}}  # noqa: RUF012 - never changed

    gone: set[str] = field(default_factory=set)

    @property
    def manager(self) -> FakeServer:
        return self

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        assert namespace == "/"
        return [room for room, members in self.rooms.items() if sid in members and sid not in self.gone]

    def get_participants(self, namespace: str, room: str) -> Iterator[tuple[str, str]]:
        assert namespace == "/"
        yield from self.rooms.get(room, {}).items()


@pytest.fixture
def server() -> FakeServer:
    return FakeServer()


def test_everybody_in_the_room_gets_the_same_packet(server: FakeServer) -> None:
    assert broadcast(server, "hall", "heartbeat", {"head": 1}) == 3

    assert [sid for sid, _, _ in server.eio.sent] == ["eio-a", "eio-b", "eio-c"]
    (_, packet, frame), *others = server.eio.sent
    assert all(other is packet and same is frame for _, other, same in others)
    assert packet.encode() == '42["heartbeat",{"head":1}]'
    assert frame == b"\x81\x1a" + b'42["heartbeat",{"head":1}]'  # whole, text, unmasked (RFC 6455, 5.2)


def test_sending_to_an_empty_room_does_nothing(server: FakeServer) -> None:
    assert broadcast(server, "nobody", "entries", []) == 0


def test_what_is_not_urgent_lets_a_fact_go_first(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "AT_ONCE", 2)

    def others_work(_seconds: float) -> None:
        broadcast(server, "hall", "entries", [])

    broadcast_in_slices(server, "hall", "heartbeat", lambda: "1", sleep=others_work)

    said = [(sid, packet.encode()[4:9]) for sid, packet, _ in server.eio.sent]
    assert said[:2] == [("eio-a", "heart"), ("eio-b", "heart")]
    assert said[2:5] == [("eio-a", "entri"), ("eio-b", "entri"), ("eio-c", "entri")]
    assert said[5:] == [("eio-c", "heart")]


def test_each_slice_is_told_what_is_true_by_then(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "AT_ONCE", 1)
    heads = iter("789")

    assert (
        broadcast_in_slices(server, "hall", "heartbeat", lambda: next(heads), sleep=lambda _seconds: None)
        == 3
    )
    assert [packet.encode()[-2] for _, packet, _ in server.eio.sent] == ["7", "8", "9"]


def test_who_left_the_room_between_two_slices_hears_nothing_of_it(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "AT_ONCE", 1)

    def others_work(_seconds: float) -> None:
        server.gone.add("b")

    assert broadcast_in_slices(server, "hall", "heartbeat", lambda: "1", sleep=others_work) == 2
    assert [sid for sid, _, _ in server.eio.sent] == ["eio-a", "eio-c"]


@pytest.mark.parametrize("data", [{"head": 1}, [], [{"seq": 1, "said": '가 \u2028 "x"'}], None])
def test_event_reads_as_the_library_would_have_written_it(server: FakeServer, data: object) -> None:
    broadcast_text(server, "hall", "entries", wire_json(data))

    text = server.eio.sent[0][1].encode()
    ours = Packet(encoded_packet=text.removeprefix("4"))
    theirs = Packet(EVENT, namespace="/", data=["entries", data])
    assert (ours.packet_type, ours.namespace, ours.id, ours.data) == (EVENT, None, None, theirs.data)


def test_letters_are_sent_as_they_are() -> None:
    assert packet_of("entries", wire_json(["가"])).encode() == '42["entries",["가"]]'
