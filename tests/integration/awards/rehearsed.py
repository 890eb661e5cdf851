"""A rehearsal as tests drive it: the first round of the hall on air, and the day beside it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.awards import store
from conference_hub.awards.group_pacing import GroupPace
from conference_hub.core import entries
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.law import Watch
from tests.model_day import CONF, FakeNow

LANE, CUE, NEXT_CUE = "hall", "round-1-hall", "round-2-hall"
API = f"/api/v1/c/{CONF}"
FIRST, SECOND, THIRD = "recipient-01", "recipient-02", "recipient-03"
ON_DAY = ("award", "award_group", "stage_layer", "award_ready", "award_opening")
"""The tables of the day's ceremony."""
AUDIENCES = (Stream.PUBLIC, Stream.STAFF, Stream.SEALED)


@dataclass
class Rehearsal:
    """A rehearsal with the first round of the hall on air, and the day beside it."""

    hub: Hub
    now: FakeNow
    browser: FlaskClient
    watch: Watch
    watching: bool = True
    run: str = ""
    pace: GroupPace = field(default_factory=GroupPace)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def send(self, path: str, **body: Any) -> tuple[int, Any]:
        """Send a command; an old snapshot of each stream must grow into a fresh one by it."""
        answer = self.browser.post(
            f"{API}/{path}", json={"command_id": f"rehearsed-{next(self.numbers)}", **body}
        )
        if self.watching:
            self.watch.look()
        return answer.status_code, answer.get_json()

    def ok(self, path: str, **body: Any) -> Any:
        """Send a command of the rehearsal that must be accepted."""
        status, answer = self.send(f"runs/{self.run}/{path}", **body)
        assert status == 200, answer
        return answer

    def refused(self, path: str, **body: Any) -> tuple[int, str]:
        """Return how a command of the rehearsal is refused."""
        status, answer = self.send(f"runs/{self.run}/{path}", **body)
        return status, answer["error"]["code"]

    def begin(self, **body: Any) -> None:
        """Begin the rehearsal."""
        status, answer = self.send("runs", **{"revision": 1, "cue": CUE, "screens": True, **body})
        assert status == 200, answer
        self.run = answer["run"]

    def turn(self, seconds: float = 0) -> None:
        """Let time pass, and the hub do what is due."""
        self.now.forward(seconds=seconds)
        self.pace.work(self.hub, self.now())
        self.watch.look()

    def all(self, stream: Stream = Stream.REHEARSAL) -> dict[str, Any]:
        """Return every document of a stream."""
        with self.hub.database.reading() as db:
            return dict(self.hub.snapshot(db, CONF, stream))

    def award(self, award: str) -> dict[str, Any]:
        """Return an award as operators have it."""
        return dict(self.all(Stream.OPERATOR)[f"rehearsal-award/{self.run}/{award}"])

    def shown(self, award: str) -> dict[str, Any]:
        """Return an award as screens have it."""
        return dict(self.all()[f"award/{award}"])

    def of_lane(self, family: str, stream: Stream = Stream.OPERATOR) -> dict[str, Any]:
        """Return a document of the lane, empty when there is none."""
        key = f"rehearsal-{family}/{self.run}/{LANE}" if stream is Stream.OPERATOR else f"{family}/{LANE}"
        return dict(self.all(stream).get(key) or {})

    def states(self, *awards: str) -> list[str]:
        """Return the states of awards."""
        return [self.award(one)["state"] for one in awards]

    def rows(self, *tables: str) -> dict[str, list[Any]]:
        """Return every row of some tables."""
        with self.hub.database.reading() as db:
            return {
                name: list(db.execute(sa.text(f"SELECT * FROM {name}")))  # noqa: S608 - names of this module
                for name in tables
            }

    def heads(self) -> dict[Stream, int]:
        """Return the last number of each audience's stream."""
        with self.hub.database.reading() as db:
            return {stream: entries.head(db, CONF, stream) for stream in AUDIENCES}


def words_about_people(hub: Hub) -> set[str]:
    """Return every name, organisation and id that says who is awarded."""
    with hub.database.reading() as db:
        awards = store.load(db, CONF).awards.values()
    fields = ("id", "recipient", "organisation", "guest_id", "profile", "representative", "citation")
    found = {str(getattr(one, name)) for one in awards for name in fields if getattr(one, name)}
    assert len(found) > 100
    return found


def same_level(rehearsal: Rehearsal) -> list[str]:
    """Return the first names of the round on air that are of one level and come one after the other: three at most."""
    order = rehearsal.of_lane("calling")["order"]
    levels = [rehearsal.award(one)["level"]["id"] for one in order]
    start = next(place for place in range(len(order)) if levels[place] == levels[place + 2])
    return [str(one) for one in order[start : start + 3]]


def call_all(rehearsal: Rehearsal) -> None:
    """Call every award of the rehearsal, each in its round, and cover and uncover the stage."""
    docs = [doc for key, doc in rehearsal.all().items() if key.startswith("award/")]
    rehearsal.watching = False
    for cue, own in itertools.groupby(docs, key=lambda one: one["cue"]):
        members = list(own)
        rehearsal.ok("jump", lane=members[0]["lane"], cue=cue, force=True, with_left="leave")
        for one in members:
            rehearsal.ok(f"awards/{one['id']}/arm")
            rehearsal.ok(f"awards/{one['id']}/reveal")
    for layer in ("blackout", None):
        rehearsal.ok("screens/layer", lane=LANE, layer=layer)
    rehearsal.watching = True
    rehearsal.watch.look()
