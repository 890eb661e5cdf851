"""Rooms, channels, videos and gates in files: what is read back is what was there, and who a row is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conference_hub.checkin.gate_store import GATE_TIES
from conference_hub.conferences.place_store import all_channels, all_rooms
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.part import Part, Proposal, Stated
from conference_hub.gates.exchange import GatesPart
from conference_hub.gates.store import all_gates
from conference_hub.places.exchange import (
    ChannelRecord,
    ChannelsPart,
    RoomRecord,
    RoomsPart,
    VideoRecord,
    VideosPart,
)
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, OPENING
from tests.small_conference import MARK, OTHER

pytestmark = ON_SQLITE

CONTEXT = Context(languages=("ko", "en"), zone=ZoneInfo("Asia/Seoul"), day=date(2021, 12, 2))
ROOMS, CHANNELS, VIDEOS, GATES = RoomsPart(), ChannelsPart(), VideosPart(), GatesPart(GATE_TIES)
PARTS: tuple[Part[Any], ...] = (ROOMS, CHANNELS, VIDEOS, GATES)


def ids() -> Callable[[str, str], str]:
    numbers = count(1)
    return lambda kind, _key: f"{kind}-new-{next(numbers)}"


def current(hub: Hub, part: Part[Any], conf: str = OTHER) -> list[Any]:
    with hub.database.reading() as db:
        return part.current(db, conf)


def put(hub: Hub, part: Part[Any], changes: Sequence[Change[Any]], conf: str = OTHER) -> None:
    with hub.journal.writing(conf, actor=Actor.system("test")) as write:
        part.put(write, Changes(all=tuple(changes)), ids())
        part.remove(write, Changes(all=tuple(changes)).gone)


def same(records: Sequence[Any]) -> list[Change[Any]]:
    return [Change(before=record, after=record) for record in records]


@pytest.fixture
def other(seeded: Hub) -> Hub:
    """The hub with the small conference beside the model conference."""
    small.load(seeded)
    return seeded


def test_everything_comes_back_in_an_empty_conference(other: Hub) -> None:
    for emptied in PARTS:
        put(other, emptied, [Change(before=one, after=None) for one in current(other, emptied, CONF)], CONF)

    for part in PARTS:
        put(other, part, [Change(before=None, after=one) for one in current(other, part)], CONF)

    assert [current(other, part, CONF) for part in PARTS] == [current(other, part) for part in PARTS]
    assert all(current(other, part, CONF) for part in PARTS)


def test_the_same_again_changes_nothing_and_keeps_ids(other: Hub) -> None:
    def stored() -> tuple[object, ...]:
        with other.database.reading() as db:
            return all_rooms(db, OTHER), all_channels(db, OTHER), all_gates(db, OTHER)

    before = stored()

    for part in PARTS:
        put(other, part, same(current(other, part)))

    assert stored() == before


def test_room_keeps_its_id_under_another_title_and_place(other: Hub) -> None:
    hall, annex = current(other, ROOMS)
    renamed = RoomRecord(title=Text(ko="대회의실"), capacity=50)

    put(other, ROOMS, [Change(before=annex, after=annex), Change(before=hall, after=renamed)])

    with other.database.reading() as db:
        assert [(room.id, room.capacity) for room in all_rooms(db, OTHER)] == [("annex", None), ("hall", 50)]


def test_channel_is_opened_and_closed_by_a_file(other: Hub) -> None:
    hall, live = current(other, CHANNELS)
    opened = live.model_copy(update={"open": True})
    put(other, CHANNELS, [*same([hall]), Change(before=live, after=opened)])
    assert current(other, CHANNELS)[1] == opened

    put(other, CHANNELS, [*same([hall]), Change(before=opened, after=live)])
    assert current(other, CHANNELS)[1] == live


def test_clone_takes_a_channel_without_its_link(other: Hub) -> None:
    _, live = current(other, CHANNELS)

    opened = live.model_copy(update={"open": True})
    assert CHANNELS.cloned(opened) == live.model_copy(update={"url": None, "captions_url": None})
    assert [part.structure for part in PARTS] == [True, True, False, True]


def test_videos_become_players_and_stay_with_their_channel(other: Hub) -> None:
    (main,) = current(other, VIDEOS)
    sign = VideoRecord(channel=main.channel, kind="sign", url="https://vimeo.com/76979871")
    player = sign.model_copy(update={"url": "https://player.vimeo.com/video/76979871"})

    put(other, VIDEOS, [Change(before=None, after=sign), *same([main])])
    assert current(other, VIDEOS) == [player, main]

    put(other, VIDEOS, [*same([player]), Change(before=main, after=None)])
    assert current(other, VIDEOS) == [player]


@pytest.mark.parametrize(
    ("url", "faults"),
    [
        ("https://youtu.be/small-main", []),
        ("https://evil.example.com/embed/1", [(3, "url")]),
        ("http://player.vimeo.com/video/76979871", [(3, "url")]),
    ],
)
def test_video_that_pages_may_not_embed_is_refused_at_its_row(
    other: Hub, url: str, faults: list[tuple[int, str]]
) -> None:
    (main,) = current(other, VIDEOS)
    part = VideosPart(("www.youtube-nocookie.com", "player.vimeo.com"))
    wanted = VideoRecord(channel=main.channel, kind="sign", url=url)
    elsewhere = main.model_copy(update={"url": "https://video.former.example.com/1"})
    changes = (Change(before=None, after=wanted, row=3), *same([elsewhere]))
    with other.database.reading() as db:
        proposal = Proposal(
            session=db, conf=OTHER, context=CONTEXT, changes=Changes(all=changes), known=lambda _name: ()
        )
        found = [(one.row, one.path) for one in part.check(proposal)]
    assert found == faults


LIVE = f"{MARK} 생중계"
COPIED = {"channel": LIVE, "kind": "main", "language": "ko", "url": "https://youtu.be/small-main"}


@pytest.mark.parametrize(
    ("part", "row", "place"),
    [
        (ROOMS, {"title.ko": f" {MARK}  별관 "}, 1),
        (ROOMS, {"title.ko": "다른 곳"}, None),
        (CHANNELS, {"title.ko": LIVE}, 1),
        (GATES, {"title.ko": f"{MARK} 옆문"}, 1),
        (VIDEOS, COPIED, 0),
    ],
)
def test_a_row_is_what_its_title_or_link_says(
    other: Hub, part: Part[Any], row: dict[str, Any], place: int | None
) -> None:
    assert part.match([Stated(values=row)], current(other, part), CONTEXT).get(0) == place


def test_room_in_use_may_not_go(other: Hub) -> None:
    rooms = RoomsPart([lambda _db, _conf: {"annex": [Text.of("순서")]}])
    gone = Changes(all=tuple(Change(before=record, after=None) for record in current(other, rooms)))

    with other.database.reading() as db:
        proposal = Proposal(session=db, conf=OTHER, context=CONTEXT, changes=gone, known=lambda _name: ())
        problems = list(rooms.check(proposal))

    assert [problem.detail for problem in problems] == [{"title": f"{MARK} 별관"}]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"passcode": "sesame"}, "audience"),
        ({"url": "https://zoom.example.com/j/1?pwd=abc"}, "audience"),
        ({"audience": "mode"}, "audience"),
        ({"opens_with": "doors", "opens_at": OPENING}, "opens_at"),
        ({"kind": "meeting", "audience": "mode", "passcode": "sesame"}, None),
    ],
)
def test_channel_of_a_file_tells_no_passcode_to_all_and_has_one_time(
    other: Hub, fields: dict[str, Any], path: str | None
) -> None:
    record = ChannelRecord(title=Text.of("회의"), **fields)

    with other.database.reading() as db:
        changes = Changes(all=(Change(before=None, after=record),))
        proposal = Proposal(session=db, conf=OTHER, context=CONTEXT, changes=changes, known=lambda _name: ())
        problems = list(CHANNELS.check(proposal))

    assert [problem.path for problem in problems] == ([path] if path else [])


def test_channel_comes_back_from_its_file_and_is_cloned_without_what_lets_in(other: Hub) -> None:
    record = ChannelRecord(
        title=Text.of("회의"),
        kind="meeting",
        url="https://zoom.example.com/j/1?pwd=abc",
        audience="mode",
        passcode="sesame",
        opens_with="start",
        before_min=15,
    )
    put(other, CHANNELS, [*same(current(other, CHANNELS)), Change(before=None, after=record)])

    assert current(other, CHANNELS)[-1] == record
    assert CHANNELS.cloned(record) == record.model_copy(update={"url": None, "passcode": None})
