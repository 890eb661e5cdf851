"""A hub with one bare conference, whose facts a test appends itself, and a relay that tells a list."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import add_conference
from conference_hub.core.actor import Actor
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.live.relay import Relay
from conference_hub.live.snapshot import States
from conference_hub.web.hub import Hub
from tests.appending import append
from tests.model_day import OPENING

BARE = "bare"


def say(hub: Hub, *words: str, stream: Stream = Stream.PUBLIC) -> None:
    """Append one fact for each word, in one transaction."""
    with hub.journal.writing(BARE, actor=Actor.system("test")) as write:
        for word in words:
            append(write, stream, "Said", "word", {"word": {"said": word}})


@dataclass
class Heard:
    """What was broadcast: `(room, event, data)` in order."""

    events: list[tuple[str, str, object]] = field(default_factory=list)

    def __call__(self, room: str, event: str, text: str) -> None:
        """Stand where the sockets are."""
        self.events.append((room, event, json.loads(text)))

    @property
    def seqs(self) -> list[int]:
        """The sequence numbers of all entries, as they came."""
        return [e["seq"] for _, name, data in self.events if name == "entries" for e in data]  # type: ignore[attr-defined]


@pytest.fixture
def bare(hub: Hub) -> Hub:
    """The hub with an empty conference."""
    conference = Conference(
        slug=BARE,
        title=Text.of("시험"),
        host=Text.of("시험"),
        venue=Text.of("시험"),
        timezone="Asia/Seoul",
        starts_at=OPENING,
        ends_at=OPENING + timedelta(hours=1),
        accent="#000000",
        channels=(),
    )
    with hub.database.writing() as db:
        add_conference(db, conference)
    return hub


@pytest.fixture
def heard() -> Heard:
    """The other end of the relay."""
    return Heard()


@pytest.fixture
def relay(bare: Hub, heard: Heard) -> Relay:
    """A relay that was begun and does not run: a test takes each step."""
    relay = Relay(bare, heard, States(bare).forget)
    relay.begin()
    return relay
