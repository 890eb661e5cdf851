"""What the bench of check-in makes of its figures, and which facts its viewers hear."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from bench.checkin import misses
from bench.rig.followers import Follower

GOOD: dict[str, Any] = {
    "watched": {"per_s": 500.0, "p99_ms": 99.9},
    "facts": {"worst_ms": 250.0},
}


@pytest.mark.parametrize(
    ("changed", "missed"),
    [
        ({}, []),
        ({"watched": {"per_s": 499.9, "p99_ms": 20.0}}, ["500 redeems a second"]),
        ({"watched": {"per_s": 800.0, "p99_ms": 100.0}}, ["p99 of a redeem below 100 ms"]),
        ({"facts": {"worst_ms": 250.1}}, ["no fact later than 250 ms"]),
    ],
)
def test_missed_targets_are_named(changed: dict[str, Any], missed: list[str]) -> None:
    assert misses(GOOD | changed) == missed


@pytest.mark.parametrize(("topic", "hears"), [(b"", True), (b"CueExtended", True), (b"CueStarted", False)])
def test_a_viewer_hears_only_what_is_listened_for(topic: bytes, hears: bool) -> None:  # noqa: FBT001 - a case
    ours, theirs = socket.socketpair()
    event = b'42["entries",{"entries":[{"topic":"CueExtended"}]}]'
    follower = Follower(sock=ours, hello=b"40", request=b"", topic=topic, open=True)
    theirs.sendall(bytes([0x81, len(event)]) + event)
    follower.receive()
    ours.close()
    theirs.close()

    assert (follower.heard_at is not None) is hears
