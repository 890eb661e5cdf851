"""Who follows what, as sockets come and go."""

from __future__ import annotations

from conference_hub.core.stream import Stream
from conference_hub.live.followers import Followers, room_of

PUBLIC = ("day", Stream.PUBLIC)
STAFF = ("day", Stream.STAFF)


def test_a_place_is_followed_as_long_as_somebody_is_there() -> None:
    followers = Followers()
    followers.add("a", PUBLIC)
    followers.add("b", PUBLIC)
    followers.add("c", STAFF)
    followers.remove("a")
    followers.remove("c")

    assert followers.followed() == [PUBLIC]
    assert followers.of(PUBLIC) == ["b"]
    assert followers.of(STAFF) == []


def test_leaving_without_having_joined_does_nothing() -> None:
    followers = Followers()
    followers.remove("unknown")

    assert followers.followed() == []


def test_a_room_is_one_stream_of_one_conference() -> None:
    assert (room_of(PUBLIC), room_of(STAFF)) == ("day:public", "day:staff")
