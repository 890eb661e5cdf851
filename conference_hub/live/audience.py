"""What the live page says by itself, before its scripts have run: what is on, what comes, who was awarded.

It is made of the public documents, so it says what everybody may know. The page's scripts take the same places over:
`static/js/live/lane-cards.js`, `static/js/awards/list.js` and `static/js/messages/area.js` write the same there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from conference_hub.agenda.keys import CUE, LANE, SEGMENT
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.projection import LaneProjection, RunProjection, project_run
from conference_hub.agenda.run import Run
from conference_hub.awards.keys import AWARD, CEREMONY_KEY
from conference_hub.awards.levels import Prize
from conference_hub.conferences.keys import CONFERENCE
from conference_hub.conferences.model import State
from conference_hub.core.now import parse_iso
from conference_hub.core.text import Text
from conference_hub.messages.keys import MESSAGE
from conference_hub.places.keys import CHANNEL, ROOM

Docs = Mapping[str, Any]

NOTABLE = timedelta(minutes=1)
"""A smaller difference is no other time."""
ANNOUNCEMENT = Text(ko="안내", en="Announcement")
EMERGENCY = Text(ko="긴급 안내", en="Emergency")


@dataclass(frozen=True, kw_only=True)
class Coming:
    """An item that still comes; `at` is None where nobody knows when."""

    title: Text
    at: datetime | None
    planned: datetime

    @property
    def changed(self) -> bool:
        """Whether it comes at another time than planned."""
        return self.at is not None and abs(self.at - self.planned) >= NOTABLE

    def soon(self, now: datetime) -> bool:
        """Whether it begins within a minute."""
        return self.at is not None and self.at - now < NOTABLE


@dataclass(frozen=True, kw_only=True)
class Finish:
    """When all is over, and when it was planned to be."""

    at: datetime
    planned: datetime

    @property
    def changed(self) -> bool:
        """Whether it is later than planned."""
        return self.at - self.planned >= NOTABLE


@dataclass(frozen=True, kw_only=True)
class LaneCard:
    """A lane: what is on (`cue` None: nothing) until `ends_at`, what comes next, and what after that."""

    id: str
    status: str
    title: Text
    room: Text | None
    cue: Text | None
    segment: Text | None
    label: Text | None
    speakers: Sequence[Mapping[str, str | None]]
    ends_at: datetime | None
    next: Coming | None
    later: Sequence[Coming]


@dataclass(frozen=True, kw_only=True)
class LevelCard:
    """The awards of a level that were revealed: the named ones, name and organisation, and how many are not named."""

    label: Text
    honour: Text
    prize: Prize | None
    programme: Text | None
    named: Sequence[tuple[str, str | None]]
    unnamed: int
    total: int | None

    @property
    def revealed(self) -> int:
        """How many were revealed."""
        return len(self.named) + self.unnamed


@dataclass(frozen=True, kw_only=True)
class MessageCard:
    """What operators say to the audience, under a head that says of what sort it is."""

    head: Text
    text: Text
    emergency: bool


@dataclass(frozen=True, kw_only=True)
class Audience:
    """The live page at `now`. Times stand beside the day of `beside`; the finish is None without a plan.

    `plain`: no award ceremony is on, and the day is not over; otherwise the page's scripts show another picture than
    the cards of the lanes.
    """

    now: datetime
    beside: datetime
    lanes: Sequence[LaneCard]
    finish: Finish | None
    levels: Sequence[LevelCard]
    revealed: int
    total: int | None
    messages: Sequence[MessageCard]
    plain: bool


def audience(docs: Docs, run: Run, now: datetime) -> Audience:
    """Return what the public documents say at `now`; `run` is what they were rendered from."""
    projection = project_run(run, now)
    lanes = [_lane_card(docs, run, lane, projection, now) for lane in _all(docs, LANE)]
    ceremony = docs.get(CEREMONY_KEY)
    awards = _revealed(docs, now)
    return Audience(
        now=now,
        beside=_beside(docs, projection, now),
        lanes=lanes,
        finish=_finish(projection),
        levels=_levels(awards, ceremony),
        revealed=len(awards),
        total=ceremony["total"] if ceremony else None,
        messages=_messages(docs, now),
        plain=not _over(docs, lanes) and not _awarding(docs),
    )


def _lane_card(
    docs: Docs, run: Run, lane: Mapping[str, Any], projection: RunProjection, now: datetime
) -> LaneCard:
    cue = docs.get(f"{CUE}{lane['cue']}")
    segment = docs.get(f"{SEGMENT}{cue['segment']}") if cue else None
    room = docs.get(f"{ROOM}{(segment and segment['room']) or lane['room']}")
    own = projection.lanes.get(lane["id"])
    coming = _coming(docs, own)
    running = run.lane(lane["id"])
    order = running.order_to_come if running else ()
    first = str(running.cues[order[0]].cue_id) if running and order else None
    later = [one for cue_id, one in coming.items() if cue_id != first and one.at is not None]
    return LaneCard(
        id=lane["id"],
        status=lane["status"],
        title=Text.of(lane["title"]),
        room=Text.of(room["title"]) if room else None,
        cue=Text.of(cue["title"]) if cue else None,
        segment=Text.of(segment["title"]) if segment else None,
        label=Text.of(segment["label"]) if segment and segment["kind"] != SegmentKind.GENERAL else None,
        speakers=cue["speakers"] if cue else (),
        ends_at=own.ends_at if own and own.ends_at and own.ends_at > now else None,
        next=coming.get(first) if first else None,
        later=sorted(later, key=lambda one: one.at or now),
    )


def _coming(docs: Docs, own: LaneProjection | None) -> dict[str, Coming]:
    """Return what of a lane has not begun, by cue."""
    return {
        str(cue.cue_id): Coming(
            title=Text.of(doc["title"]), at=cue.projected_start, planned=cue.planned_start
        )
        for cue in (own.cues if own else ())
        if cue.started_at is None and (doc := docs.get(f"{CUE}{cue.cue_id}"))
    }


def _beside(docs: Docs, projection: RunProjection, now: datetime) -> datetime:
    """Return the instant beside whose day times stand: the present, but within the plan before it begins and after."""
    lanes = [lane for lane in projection.lanes.values() if lane.cues and lane.planned_finish]
    if not lanes:
        return now
    statuses = {lane["status"] for lane in _all(docs, LANE)}
    starts, ends = (
        [lane.cues[0].planned_start for lane in lanes],
        [lane.planned_finish or now for lane in lanes],
    )
    if statuses == {"waiting"}:
        return min(max(now, min(starts)), max(ends))
    over = statuses <= {"waiting", "finished"}
    return min(now, max(lane.projected_finish or now for lane in lanes)) if over else now


def _finish(projection: RunProjection) -> Finish | None:
    """Return when all is over. An audience is not told that it may go early: what is ahead of the plan is on time."""
    planned, projected = projection.planned_finish, projection.projected_finish
    if planned is None or projected is None:
        return None
    return Finish(at=max(planned, projected), planned=planned)


def _over(docs: Docs, lanes: Sequence[LaneCard]) -> bool:
    set_by_hand = docs.get(CONFERENCE, {}).get("state") in {State.OVER, State.ARCHIVED}
    nothing_on = all(lane.cue is None for lane in lanes)
    return set_by_hand or (nothing_on and any(lane.status == "finished" for lane in lanes))


def _awarding(docs: Docs) -> bool:
    """Return whether awards have the first place on the page: a round is on, or a name since the cue that is on."""
    on = {lane["id"]: docs[f"{CUE}{lane['cue']}"] for lane in _all(docs, LANE) if lane["cue"]}
    rounds = any(cue["kind"] == SegmentKind.CEREMONY for cue in on.values())
    return rounds or any(
        award["revealed_at"] and (cue["started_at"] or "") <= award["revealed_at"]
        for award in _all(docs, AWARD)
        for lane, cue in on.items()
        if award["lane"] == lane or award.get("everywhere")
    )


def _revealed(docs: Docs, now: datetime) -> list[Mapping[str, Any]]:
    """Return the revealed awards in their order, without those that a delayed broadcast may not have shown yet."""
    late = timedelta(milliseconds=max((channel["delay_ms"] for channel in _all(docs, CHANNEL)), default=0))
    shown = [one for one in _all(docs, AWARD) if one["revealed_at"]]
    known = [one for one in shown if parse_iso(one["revealed_at"]) + late <= now]
    return sorted(known, key=lambda one: (one["revealed_at"], one["order"], _numeric(one["id"])))


def _levels(awards: Iterable[Mapping[str, Any]], ceremony: Mapping[str, Any] | None) -> list[LevelCard]:
    """Return the levels of revealed awards, programme by programme, the highest first."""
    by_level: dict[str, list[Mapping[str, Any]]] = {}
    for award in awards:
        by_level.setdefault(award["level"]["id"], []).append(award)
    programmes = ceremony["programmes"] if ceremony else []
    order = {one["id"]: place for place, one in enumerate(programmes)}
    titles = {one["id"]: Text.of(one["title"]) for one in programmes} if len(programmes) > 1 else {}
    levels = {award["level"]["id"]: award["level"] for own in by_level.values() for award in own[:1]}
    ranked = sorted(levels.values(), key=lambda one: (order.get(one["programme"], -1), one["rank"]))
    return [
        LevelCard(
            label=Text.of(level["label"]),
            honour=Text.of(level["honour"]),
            prize=_prize(level["prize"]),
            programme=titles.get(level["programme"]),
            named=[naming for naming in map(_naming, by_level[level["id"]]) if naming],
            unnamed=sum(_naming(award) is None for award in by_level[level["id"]]),
            total=_total(ceremony, level["id"]),
        )
        for level in ranked
    ]


def _prize(doc: Mapping[str, Any] | None) -> Prize | None:
    if doc is None:
        return None
    text = Text.of(doc["text"]) if doc["text"] else None
    return Prize(amount=doc["amount"], currency=doc["currency"], text=text)


def _naming(award: Mapping[str, Any]) -> tuple[str, str | None] | None:
    """Return whom to name, and from where; None for somebody who is not named."""
    if award["kind"] == "organisation":
        name = award["organisation"] or award["recipient"]
        return (name, None) if name else None
    return (award["recipient"], award["organisation"]) if award["recipient"] else None


def _total(ceremony: Mapping[str, Any] | None, level: str) -> int | None:
    counts = [one["total"] for one in (ceremony or {}).get("counts", ()) if one["level"] == level]
    return sum(counts) if counts else None


def _messages(docs: Docs, now: datetime) -> list[MessageCard]:
    """Return what is said to the audience now, emergencies first, then the newest."""
    found = [
        one
        for one in _all(docs, MESSAGE)
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


def _all(docs: Docs, prefix: str) -> list[Any]:
    """Return the documents of a family by their place, then by key, as the browser's store does."""
    found = [(key, doc) for key, doc in docs.items() if key.startswith(prefix)]
    found.sort(key=lambda one: (one[1].get("position", one[1].get("order")) or 0, _numeric(one[0])))
    return [doc for _, doc in found]


def _numeric(text: str) -> list[tuple[int, str]]:
    return [(int(digits or 0), words) for words, digits in re.findall(r"(\D*)(\d*)", text)]
