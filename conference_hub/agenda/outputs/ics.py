"""The agenda as a calendar to subscribe to: an event for each segment, as an attendee plans by segments.

What happens inside a segment stands in its description, line by line with the planned time in the event's
zone; where lanes run in parallel, a line says to which of them it belongs. A segment without cues has no time
yet and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from conference_hub.agenda.model import (
    Cancelled,
    Cue,
    Lane,
    LaneId,
    Plan,
    RoomId,
    Segment,
    SegmentId,
    Version,
)
from conference_hub.agenda.published import rooms_of, seen_by_all
from conference_hub.calendars.build import CalendarEntry, CalendarOwner, publish_feed
from conference_hub.core.text import Text
from conference_hub.core.time_words import clock_beside


def agenda_calendar(
    conference: CalendarOwner,
    version: Version,
    lang: str,
    rooms: Mapping[RoomId, Text] = MappingProxyType({}),
) -> bytes:
    """Render a published plan as a calendar feed in `ko` or `en`, in the order of the segments.

    SEQUENCE and LAST-MODIFIED (RFC 5545, 3.8.7.4 and 3.8.7.3) are those of the segment's stamp: the first grows when it
    moved in time, to another room, or was cancelled; a mended text changes the second alone. A segment that an earlier
    version had stays in the feed, cancelled. `rooms` are the titles of the rooms.
    """
    entries = segment_entries(conference, version, lang, rooms)
    return publish_feed(conference, list(entries.values()), lang, conference.title.in_language(lang))


def segment_entries(
    conference: CalendarOwner, version: Version, lang: str, rooms: Mapping[RoomId, Text]
) -> dict[SegmentId, CalendarEntry]:
    """Return the events of a published plan by segment, in the order of the plan, then those that are cancelled."""
    plan = seen_by_all(version.plan)
    seen = replace(version, plan=plan)
    inside: dict[SegmentId, list[Cue]] = {}
    for cue in plan.cues:
        inside.setdefault(cue.segment_id, []).append(cue)
    planned = {
        segment.id: _entry(conference, seen, segment, inside[segment.id], lang, rooms)
        for segment in plan.segments
        if segment.id in inside
    }
    return planned | {one.id: _cancelled(conference, version, one, lang) for one in version.cancelled}


def _cancelled(conference: CalendarOwner, version: Version, segment: Cancelled, lang: str) -> CalendarEntry:
    stamp = version.stamp(segment.id)
    return CalendarEntry(
        uid=_uid(conference, segment.id),
        sequence=stamp.sequence,
        changed_at=stamp.changed_at,
        starts_at=segment.starts_at,
        ends_at=segment.ends_at,
        summary=segment.title.in_language(lang),
        description=None,
        location=_venue(conference, lang),
        url=conference.page("programme"),
        cancelled=True,
    )


def _uid(conference: CalendarOwner, segment: SegmentId) -> str:
    return f"segment-{segment}.{conference.slug}@{urlsplit(conference.public_url).hostname}"


def _venue(conference: CalendarOwner, lang: str) -> str | None:
    return conference.venue.in_language(lang) if conference.venue else None


def _place(
    conference: CalendarOwner, plan: Plan, segment: Segment, lang: str, rooms: Mapping[RoomId, Text]
) -> str | None:
    """Return the rooms of a segment, then the venue; a room that the venue names already is not said twice."""
    named = [rooms[room].in_language(lang) for room in rooms_of(plan, segment) if room in rooms]
    venue = _venue(conference, lang)
    if not venue:
        return ", ".join(named) or None
    return ", ".join([*(room for room in named if not _names(venue, room)), venue])


def _names(venue: str, room: str) -> bool:
    """Return whether the words of a room stand in those of a venue."""
    return re.search(rf"(?<!\w){re.escape(room)}(?!\w)", venue, re.IGNORECASE) is not None


def _entry(
    conference: CalendarOwner,
    version: Version,
    segment: Segment,
    cues: Sequence[Cue],
    lang: str,
    rooms: Mapping[RoomId, Text],
) -> CalendarEntry:
    note = [segment.note.in_language(lang), ""] if segment.note else []
    programme = _programme(cues, version.plan.lanes, ZoneInfo(conference.timezone), lang)
    stamp = version.stamp(segment.id)
    return CalendarEntry(
        uid=_uid(conference, segment.id),
        sequence=stamp.sequence,
        changed_at=stamp.changed_at,
        starts_at=min(cue.planned_start for cue in cues),
        ends_at=max(cue.planned_end for cue in cues),
        summary=segment.title.in_language(lang),
        description="\n".join([*note, *programme]),
        location=_place(conference, version.plan, segment, lang, rooms),
        url=conference.page("live"),
    )


def _programme(cues: Sequence[Cue], lanes: Sequence[Lane], zone: ZoneInfo, lang: str) -> list[str]:
    """List what happens when; what several lanes do at the same time under the same title is one line."""
    where: dict[tuple[datetime, str], set[LaneId]] = {}
    cues = sorted(cues, key=lambda cue: (cue.planned_start, _rank(lanes, cue.lane_id)))
    for cue in cues:
        where.setdefault((cue.planned_start, cue.title.in_language(lang)), set()).add(cue.lane_id)
    everywhere = {cue.lane_id for cue in cues}
    return [
        f"{clock_beside(start, cues[0].planned_start, zone, lang)} {title}"
        + ("" if held_in == everywhere else f" ({_lane_names(lanes, held_in, lang)})")
        for (start, title), held_in in where.items()
    ]


def _lane_names(lanes: Sequence[Lane], chosen: set[LaneId], lang: str) -> str:
    ordered = sorted(chosen, key=lambda lane_id: _rank(lanes, lane_id))
    titles = {lane.id: lane.title.in_language(lang) for lane in lanes}
    return ", ".join(titles[lane_id] for lane_id in ordered)


def _rank(lanes: Sequence[Lane], lane_id: LaneId) -> int:
    return [lane.id for lane in lanes].index(lane_id)
