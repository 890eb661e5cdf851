"""What the live page says by itself, before its scripts have run: what is on, what comes, who was awarded.

It is made of the public documents, so it says what everybody may know. The page's scripts take the same places over:
`static/js/live/lane-cards.js`, `static/js/live/award-cards.js`, `static/js/awards/list.js` and
`static/js/messages/area.js` write the same there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conference_hub.agenda.keys import LANE
from conference_hub.agenda.projection import LaneProjection, RunProjection, project_run
from conference_hub.agenda.run import Run
from conference_hub.awards.keys import CEREMONY_KEY
from conference_hub.core.now import parse_iso
from conference_hub.core.text import Text
from conference_hub.live.award_cards import LevelCard, StageCard, levels, revealed, stage_cards
from conference_hub.live.closing import Closing, closing
from conference_hub.live.families import Docs, all_of
from conference_hub.live.lane_cards import Finish, LaneCard, beside, finish, lane_cards
from conference_hub.messages.keys import MESSAGE

ANNOUNCEMENT = Text(ko="안내", en="Announcement")
EMERGENCY = Text(ko="긴급 안내", en="Emergency")


@dataclass(frozen=True, kw_only=True)
class MessageCard:
    """What operators say to the audience, under a head that says of what sort it is."""

    head: Text
    text: Text
    emergency: bool


@dataclass(frozen=True, kw_only=True)
class Audience:
    """The live page at `now`. The finish, None without a plan, stands beside the day of `beside`.

    While awards are given, `stages` have the first place. With a `closing`, the page's scripts show another picture
    than the cards of the lanes.
    """

    now: datetime
    beside: datetime
    lanes: Sequence[LaneCard]
    finish: Finish | None
    stages: Sequence[StageCard]
    levels: Sequence[LevelCard]
    revealed: int
    total: int | None
    messages: Sequence[MessageCard]
    closing: Closing | None

    def lane(self, lane_id: str) -> LaneCard:
        """Return a lane that has a card."""
        return next(lane for lane in self.lanes if lane.id == lane_id)

    @property
    def awarding(self) -> frozenset[str]:
        """The lanes whose awards have a card of their own, by id."""
        return frozenset(stage.lane for stage in self.stages)


def audience(docs: Docs, run: Run, now: datetime) -> Audience:
    """Return what the public documents say at `now`; `run` is what they were rendered from."""
    projection = project_run(run, now)
    lanes = lane_cards(docs, run, projection, now)
    ceremony = docs.get(CEREMONY_KEY)
    awards = revealed(docs, now)
    return Audience(
        now=now,
        beside=beside(_standings(docs, projection), now).real,
        lanes=lanes,
        finish=finish(projection),
        stages=stage_cards(docs, awards),
        levels=levels(awards, ceremony),
        revealed=len(awards),
        total=ceremony["total"] if ceremony else None,
        messages=_messages(docs, now),
        closing=closing(docs, lanes, projection, now),
    )


def _standings(docs: Docs, projection: RunProjection) -> list[tuple[str, LaneProjection]]:
    """Return the lanes that the documents tell of and that have a plan, with their statuses."""
    lanes = all_of(docs, LANE)
    return [
        (lane["status"], projection.lanes[lane["id"]]) for lane in lanes if lane["id"] in projection.lanes
    ]


def _messages(docs: Docs, now: datetime) -> list[MessageCard]:
    """Return what is said to the audience now, emergencies first, then the newest."""
    found = [
        one
        for one in all_of(docs, MESSAGE)
        if "public" in one["audiences"] and (one["until"] is None or parse_iso(one["until"]) > now)
    ]
    newest_first = sorted(found, key=lambda one: str(one["at"]), reverse=True)
    ordered = sorted(newest_first, key=lambda one: not one["emergency"])
    return [
        MessageCard(head=_head(docs, one), text=Text.of(one["text"]), emergency=one["emergency"])
        for one in ordered
    ]


def _head(docs: Docs, message: Mapping[str, Any]) -> Text:
    if message["emergency"]:
        return EMERGENCY
    lane = docs.get(f"{LANE}{message['lane']}")
    return ANNOUNCEMENT.joined(Text.of(lane["title"])) if lane else ANNOUNCEMENT
