"""Heartbeats: each stream its own head, as it is when a slice of its followers is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from conference_hub.core.stream import Stream
from conference_hub.live.followers import Followers, StreamKey
from conference_hub.live.heartbeats import Heartbeats


def test_every_stream_that_is_followed_hears_its_head_of_that_instant() -> None:
    followers = Followers()
    followers.add("one", ("day", Stream.PUBLIC))
    followers.add("gate", ("day", Stream.STAFF))
    heads = {("day", Stream.PUBLIC): 4, ("day", Stream.STAFF): 9}
    heard: list[tuple[str, str, Any]] = []

    def send(room: str, event: str, text_of: Callable[[], str]) -> None:
        heard.append((room, event, json.loads(text_of())))
        heads["day", Stream.PUBLIC] += 1  # a fact comes between two slices
        heard.append((room, event, json.loads(text_of())))

    def heartbeat(key: StreamKey) -> dict[str, object]:
        return {"head": heads[key]}

    Heartbeats(followers=followers, heartbeat=heartbeat, send=send).tell()

    assert heard == [
        ("day:public", "heartbeat", {"head": 4}),
        ("day:public", "heartbeat", {"head": 5}),
        ("day:staff", "heartbeat", {"head": 9}),
        ("day:staff", "heartbeat", {"head": 9}),
    ]
