"""Where somebody is, in the hall or elsewhere, and since when we know it from whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from conference_hub.core.labelled import Labelled
from conference_hub.core.text import Text
from conference_hub.people.model import GuestId

SpanId = NewType("SpanId", str)


class State(Labelled):
    """Where somebody is; the value is what is sent."""

    ABSENT = "absent", "아직 오지 않음", "Not here yet"
    HALL = "hall", "현장", "In the hall"
    CONNECTED = "connected", "온라인 접속 중", "Connected"
    IDLE = "idle", "화면을 보지 않음", "Connected, not watching"
    LEFT = "left", "나감", "Left"


class Source(Labelled):
    """From where it is known; the value is what is stored and sent."""

    SCAN = "scan", "출입구", "Gate"
    SOCKET = "socket", "온라인 화면", "Live page"
    LINK = "link", "온라인 체크인", "Online check-in"
    ZOOM = "zoom", "화상회의 명단", "Meeting list"
    METAVERSE = "metaverse", "메타버스 명단", "Metaverse list"
    STAFF = "staff", "운영진 확인", "Team"


class Watch(StrEnum):
    """Whether somebody elsewhere looks at what they follow; the value is what is stored."""

    CONNECTED = "connected"
    IDLE = "idle"

    @property
    def state(self) -> State:
        """The state of somebody whose span is open."""
        return State(self.value)


@dataclass(frozen=True, kw_only=True)
class RemoteSpan:
    """A time in which a guest took part from elsewhere.

    It lasts from `began_at` to `ended_at`, None: it goes on, and was known to at `seen_at`.
    """

    id: SpanId
    guest_id: GuestId
    watch: Watch
    source: Source
    began_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a guest is since when, and from whom it is known (None: nothing is)."""

    state: State
    source: Source | None = None
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AttendanceSetup:
    """What organisers chose: whether time without watching counts, and on which terms certificates are given.

    `certificates`: they are given at all. `min_minutes` and `min_percent` (of the hours of the event) are both needed
    where both are set. `issuer` stands under a certificate, None: the host of the conference. `show_names`: the page
    that verifies a certificate shows the whole name. `follow_up`: certificates about the follow-up sessions are given,
    to those who attended `min_sessions` of them (None: one).
    """

    count_idle: bool = True
    certificates: bool = False
    min_minutes: int | None = None
    min_percent: int | None = None
    issuer: Text | None = None
    show_names: bool = False
    follow_up: bool = False
    min_sessions: int | None = None


ABSENT = Standing(state=State.ABSENT)
