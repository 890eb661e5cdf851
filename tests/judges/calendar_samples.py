"""The conference, sessions and plan that the tests of the calendars share, as literal values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.model import Cue, CueId, Lane, LaneId, Plan, Segment, SegmentId, Version
from conference_hub.calendars.build import CalendarOwner
from conference_hub.core.text import Text
from conference_hub.followup.model import OnlineSession, SessionId, SessionStatus

HUB = CalendarOwner(
    slug="best-practice-2021",
    title=Text(
        ko="2021년도 국민취업지원제도 우수사례 콘퍼런스 (하반기)",
        en="National Employment Support Best Practice Conference 2021 (second half)",
    ),
    timezone="Asia/Seoul",
    public_url="https://hub.example.com",
    venue=Text(
        ko="웨스틴조선호텔 그랜드볼룸 (서울 중구)", en="Grand Ballroom, Westin Chosun (Jung-gu, Seoul)"
    ),
)

CHANGED_AT = datetime(2021, 11, 20, 1, 2, 3, 456_000, tzinfo=UTC)

SCHEDULED = OnlineSession(
    id=SessionId("session-1"),
    conf="best-practice-2021",
    title=Text(ko="취업알선 시범센터 운영 사례", en="Running a pilot placement centre"),
    description=Text(
        ko="구미고용센터의 발표와 질의응답", en="A talk by Gumi job centre; questions and answers"
    ),
    starts_at=datetime(2021, 12, 6, 5, 0, tzinfo=UTC),
    ends_at=datetime(2021, 12, 6, 6, 0, tzinfo=UTC),
    url="https://meet.example.com/session-1",
    uid="session-1.best-practice-2021@hub.example.com",
    sequence=0,
    status=SessionStatus.SCHEDULED,
    changed_at=CHANGED_AT,
    capacity=2,
)

CANCELLED = OnlineSession(
    id=SessionId("session-2"),
    conf="best-practice-2021",
    title=Text(ko="20대 구직단념여성 상담사례", en="Counselling a discouraged young job seeker"),
    description=None,
    starts_at=datetime(2021, 12, 7, 5, 0, tzinfo=UTC),
    ends_at=datetime(2021, 12, 7, 6, 0, tzinfo=UTC),
    url=None,
    uid="session-2.best-practice-2021@hub.example.com",
    sequence=2,
    status=SessionStatus.CANCELLED,
    changed_at=datetime(2021, 12, 1, 7, 30, tzinfo=UTC),
    capacity=None,
)

HALL = LaneId("hall")
METAVERSE = LaneId("metaverse")
OPENING = SegmentId("opening")
CEREMONY = SegmentId("ceremony")

PLAN = Plan(
    revision=4,
    changed_at=CHANGED_AT,
    segments=(
        Segment(
            id=OPENING,
            kind=SegmentKind.OPENING,
            title=Text(ko="개회", en="Opening"),
            note=None,
        ),
        Segment(
            id=CEREMONY,
            kind=SegmentKind.CEREMONY,
            title=Text(ko="시상식", en="Award ceremony"),
            note=Text(ko="현장과 메타버스에서 동시에", en="In the hall and in the metaverse at once"),
        ),
        Segment(
            id=SegmentId("untimed"),
            kind=SegmentKind.GENERAL,
            title=Text(ko="미정", en="To be announced"),
            note=None,
        ),
    ),
    lanes=(
        Lane(id=HALL, title=Text(ko="현장", en="Hall")),
        Lane(id=METAVERSE, title=Text(ko="메타버스", en="Metaverse")),
    ),
    cues=(
        Cue(
            id=CueId("opening"),
            segment_id=OPENING,
            lane_id=HALL,
            title=Text(ko="개회 및 고용노동부 장관 격려사", en="Opening and the minister's address"),
            planned_start=datetime(2021, 12, 2, 0, 20, tzinfo=UTC),
            planned=timedelta(minutes=10),
        ),
        Cue(
            id=CueId("round-1-hall"),
            segment_id=CEREMONY,
            lane_id=HALL,
            title=Text(ko="① 상담우수자", en="(1) Excellence in counselling"),
            planned_start=datetime(2021, 12, 2, 0, 30, tzinfo=UTC),
            planned=timedelta(minutes=10),
        ),
        Cue(
            id=CueId("round-2-hall"),
            segment_id=CEREMONY,
            lane_id=HALL,
            title=Text(
                ko="② 업무 우수자 <센터 개인, 단체>", en="(2) Excellence at work <centre staff, teams>"
            ),
            planned_start=datetime(2021, 12, 2, 0, 40, tzinfo=UTC),
            planned=timedelta(minutes=10),
        ),
        Cue(
            id=CueId("round-3-hall"),
            segment_id=CEREMONY,
            lane_id=HALL,
            title=Text(ko="③ 외부 기관", en="(3) Partner organisations"),
            planned_start=datetime(2021, 12, 2, 0, 50, tzinfo=UTC),
            planned=timedelta(minutes=10),
        ),
        Cue(
            id=CueId("round-2-metaverse"),
            segment_id=CEREMONY,
            lane_id=METAVERSE,
            title=Text(ko="② 업무 우수자 <센터 개인>", en="(2) Excellence at work <centre staff>"),
            planned_start=datetime(2021, 12, 2, 0, 40, tzinfo=UTC),
            planned=timedelta(minutes=10),
        ),
        Cue(
            id=CueId("round-3-metaverse"),
            segment_id=CEREMONY,
            lane_id=METAVERSE,
            title=Text(ko="③ 외부 기관", en="(3) Partner organisations"),
            planned_start=datetime(2021, 12, 2, 0, 50, tzinfo=UTC),
            planned=timedelta(minutes=10),
        ),
    ),
)
VERSION = Version(number=4, published_at=CHANGED_AT, plan=PLAN)
