"""Invitations to the sessions of `calendar_samples`, as one person gets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from conference_hub.calendars import itip
from conference_hub.calendars.build import CalendarEntry

ORGANIZER = itip.Party(address="hub@example.com", name="국민취업지원제도 우수사례 콘퍼런스")
ATTENDEE = itip.Party(address="kim@example.com", name="김민수")
INVITED = CalendarEntry(
    uid="session-1.best-practice-2021@hub.example.com",
    sequence=0,
    changed_at=datetime(2021, 12, 3, 1, 2, 3, tzinfo=UTC),
    starts_at=datetime(2021, 12, 6, 5, 0, tzinfo=UTC),
    ends_at=datetime(2021, 12, 6, 6, 0, tzinfo=UTC),
    summary="취업알선 시범센터 운영 사례",
    description="구미고용센터의 발표와 질의응답\n\n참여: https://hub.example.com/invited/secret",
    location="온라인 (meet.example.com)",
    url="https://hub.example.com/invited/secret",
)
MOVED = replace(
    INVITED,
    sequence=1,
    changed_at=datetime(2021, 12, 4, 1, 0, tzinfo=UTC),
    starts_at=datetime(2021, 12, 8, 1, 0, tzinfo=UTC),
    ends_at=datetime(2021, 12, 8, 2, 30, tzinfo=UTC),
)
CALLED_OFF = replace(MOVED, sequence=2, changed_at=datetime(2021, 12, 5, 1, 0, tzinfo=UTC))
