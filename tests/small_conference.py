"""A second, small conference, built by the actions that the product uses.

Some of its ids are the model conference's too (`hall`, `main`, `guest-001`, `guest-088`, `case-01`, `session-1`);
others exist only here (`annex`, `side`, `guest-900`, `other-award`, `other-session`). Every text of it contains `MARK`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.plan_actions import apply, revise
from conference_hub.awards.levels import Level, LevelId, RevealStyle
from conference_hub.awards.model import Award, AwardId, AwardKind
from conference_hub.awards.preparing import prepare
from conference_hub.checkin.guest_actions import register_guests
from conference_hub.conferences.model import Conference
from conference_hub.conferences.places import Channel, ChannelKind, Room, Video, VideoKind
from conference_hub.conferences.store import add_conference
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.core.text import Text, TextDoc
from conference_hub.followup.actions import add_session
from conference_hub.followup.model import OnlineSession, SessionId, SessionStatus
from conference_hub.people.group_actions import save_groups
from conference_hub.people.model import Group, GroupId, Guest, GuestId, Mode
from conference_hub.places.actions import set_channels, set_rooms
from conference_hub.web.hub import Hub
from tests.gates import add_gate
from tests.model_day import OPENING

OTHER = "other-conference"
MARK = "둘째행사"
HALL, ANNEX = LaneId("hall"), LaneId("annex")
HIDDEN = "hidden"
ON_SITE, REMOTE, ONLY_HERE = GuestId("guest-001"), GuestId("guest-088"), GuestId("guest-900")
ATTENDEE, ONLY_GROUP = GroupId("attendee"), GroupId("other-group")
FIRST_AWARD, ONLY_AWARD, LAST_AWARD = AwardId("case-01"), AwardId("other-award"), AwardId("case-03")
FIRST_SESSION, ONLY_SESSION = SessionId("session-1"), SessionId("other-session")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the conference: what adds it, and the topics of the facts that it publishes."""

    add: Callable[[Write], None]
    topics: tuple[str, ...]


def found(hub: Hub) -> None:
    """Make the conference, with nothing in it."""
    conference = Conference(
        slug=OTHER,
        title=_text("행사"),
        host=_text("주최"),
        venue=_text("장소"),
        timezone="Asia/Seoul",
        starts_at=OPENING,
        ends_at=OPENING + timedelta(hours=2),
        accent="#204060",
        channels=(),
    )
    with hub.database.writing() as db:
        add_conference(db, conference)


def load(hub: Hub) -> None:
    """Make the conference with everything in it."""
    found(hub)
    with hub.journal.writing(OTHER, actor=Actor.system("small conference")) as write:
        for part in PARTS:
            part.add(write)


def _text(word: str) -> Text:
    return Text(ko=f"{MARK} {word}", en=f"{MARK} {word}")


KINDS = (SegmentKind.OPENING, SegmentKind.CEREMONY, SegmentKind.CLOSING)


def plan() -> dict[str, Any]:
    """Return the plan: two lanes with a cue of each of three segments, and one that the team alone sees."""
    segments: list[dict[str, Any]] = [
        {"id": f"part-{n}", "kind": kind, "title": _doc(f"순서 {n}"), "note": _doc("메모")}
        for n, kind in enumerate(KINDS, start=1)
    ]
    segments.append({"id": HIDDEN, "kind": "break", "title": _doc("정리"), "note": None, "public": False})
    lanes: list[dict[str, Any]] = [
        {
            "id": lane,
            "title": _doc(word),
            "cues": [cue(lane, number) for number in range(1, len(KINDS) + 1)],
        }
        for lane, word in ((HALL, "홀"), (ANNEX, "별관"))
    ]
    lanes[1]["cues"].append({**cue(ANNEX, 4), "id": "annex-hidden", "segment": HIDDEN})
    return {"segments": segments, "lanes": lanes}


def _add_plan(write: Write) -> None:
    lay_plan(write, plan())


def lay_plan(write: Write, content: Mapping[str, Any]) -> None:
    """Lay the first plan of a conference, publish it and begin the live run with it."""
    revise(write, content, revision=0)
    apply(write, revision=1)


def cue(lane: LaneId, number: int, *, segment: int | None = None) -> dict[str, Any]:
    """Return the `number`-th cue of a lane; it belongs to the segment with the same number when none is given."""
    return {
        "id": f"{lane}-{number}",
        "segment": f"part-{segment or number}",
        "title": _doc(f"{lane} {number}"),
        "planned_start": iso(OPENING + timedelta(minutes=20 * (number - 1))),
        "planned_s": 1200,
        "notes": {"mc": _text("멘트").ko},
    }


def _doc(word: str) -> TextDoc:
    return _text(word).as_doc()


def _add_groups(write: Write) -> None:
    titles = {ATTENDEE: "참석자", ONLY_GROUP: "기자"}
    groups = enumerate(titles.items(), start=1)
    save_groups(write, [Group(id=one, title=_text(word), position=place) for place, (one, word) in groups])


def _add_guests(write: Write) -> None:
    modes = {ON_SITE: Mode.ONSITE, REMOTE: Mode.ZOOM, ONLY_HERE: Mode.ONSITE}
    register_guests(write, [_guest(guest_id, mode) for guest_id, mode in modes.items()])


def _guest(guest_id: GuestId, mode: Mode) -> Guest:
    return Guest(
        id=guest_id,
        name=f"{MARK}손님{guest_id[-3:]}",
        label=_text("역할"),
        organisation=f"{MARK} 기관",
        group=ATTENDEE,
        mode=mode,
        seat=f"{MARK}-1",
        email=None,
    )


def _add_gates(write: Write) -> None:
    for gate_id, word in (("main", "정문"), ("side", "옆문")):
        add_gate(write, gate_id, _text(word))


def _level() -> Level:
    return Level(
        id=LevelId("grand"),
        rank=1,
        label=_text("대상"),
        honour=_text("상"),
        prize=None,
        reveal_style=RevealStyle.INDIVIDUAL,
    )


def _add_awards(write: Write) -> None:
    recipients = {FIRST_AWARD: ON_SITE, ONLY_AWARD: ONLY_HERE, LAST_AWARD: None}
    awards = {award: _award(award, guest, n) for n, (award, guest) in enumerate(recipients.items(), start=1)}
    prepare(write, lambda bare: replace(bare, levels={LevelId("grand"): _level()}, awards=awards))


def _award(award_id: AwardId, guest_id: GuestId | None, order: int) -> Award:
    return Award(
        id=award_id,
        level_id=LevelId("grand"),
        lane_id=HALL,
        cue_id=CueId("hall-2"),
        call_order=order,
        number=str(order),
        kind=AwardKind.INDIVIDUAL,
        recipient=f"{MARK}수상자{order}",
        organisation=f"{MARK} 기관",
        guest_id=guest_id,
        profile=f"{MARK} 공적",
    )


def rooms() -> tuple[Room, ...]:
    """Return the rooms."""
    return (
        Room(id="hall", title=_text("대강당"), note=_text("1층"), capacity=300),
        Room(id="annex", title=_text("별관")),
    )


def channels() -> tuple[Channel, ...]:
    """Return the channels: one in the hall, and a broadcast whose link is kept back until the opening."""
    video = Video(
        id="main", kind=VideoKind.MAIN, language="ko", url="https://www.youtube-nocookie.com/embed/small-main"
    )
    return (
        Channel(id="hall", kind=ChannelKind.HALL, title=_text("현장")),
        Channel(
            id="broadcast",
            kind=ChannelKind.BROADCAST,
            title=_text("생중계"),
            url=f"https://example.com/{MARK}/broadcast",
            captions_url=f"https://example.com/{MARK}/captions",
            delay_ms=12_500,
            opens_at=OPENING - timedelta(minutes=15),
            videos=(video,),
        ),
    )


def _add_places(write: Write) -> None:
    set_rooms(write, rooms())
    set_channels(write, channels())


def _add_sessions(write: Write) -> None:
    for session_id in (FIRST_SESSION, ONLY_SESSION):
        add_session(write, _session(write, session_id))


def _session(write: Write, session_id: SessionId) -> OnlineSession:
    starts_at = OPENING + timedelta(days=7)
    return OnlineSession(
        id=session_id,
        conf=write.conf,
        title=_text("세션"),
        description=_text("설명"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        url=f"https://example.com/{MARK}",
        uid=f"{session_id}.{write.conf}@hub.example.com",
        sequence=0,
        status=SessionStatus.SCHEDULED,
        changed_at=write.at,
        capacity=None,
    )


PARTS = (
    Part(add=_add_places, topics=("RoomAdded", "RoomAdded", "ChannelAdded", "ChannelAdded")),
    Part(add=_add_plan, topics=("PlanRevised", "AgendaPlanned")),
    Part(add=_add_groups, topics=("GroupsChanged",)),
    Part(add=_add_guests, topics=("GuestsRegistered",)),
    Part(add=_add_gates, topics=("PointAdded", "GateAdded", "GateAdded")),
    Part(add=_add_awards, topics=("AwardsPrepared",)),
    Part(add=_add_sessions, topics=("SessionAnnounced", "SessionAnnounced")),
)
