"""Messages: what is said to whom, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from conference_hub.agenda.model import LaneId
from conference_hub.core.labelled import Labelled
from conference_hub.core.text import Text

MessageId = NewType("MessageId", str)


class Audience(Labelled):
    """Who is told; the value is what is stored and sent."""

    PUBLIC = "public", "모든 참석자", "All attendees"
    STAFF = "staff", "현장 접수", "Check-in staff"
    STAGE = "stage", "무대 화면", "Stage screen"
    TIMER = "timer", "연단 타이머", "Speaker timer"
    EMCEE = "emcee", "사회자", "Emcee"


class MessageState(StrEnum):
    """How far a message has come."""

    SCHEDULED = "scheduled"
    SHOWN = "shown"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """An emcee has read a message: the actor's id and label, and when."""

    actor: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the author of a message decides; an emergency is for every audience and every lane.

    `lane` is None for all lanes. `at` None: it is shown at once; `until` None: it stays until somebody retracts it.
    """

    text: Text
    audiences: tuple[Audience, ...]
    emergency: bool = False
    lane: LaneId | None = None
    at: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message; `at` is since when it is shown, or when it is due. `by` and `actor` are who wrote it last."""

    id: MessageId
    text: Text
    audiences: tuple[Audience, ...]
    emergency: bool
    lane: LaneId | None
    at: datetime
    until: datetime | None
    state: MessageState
    by: str
    actor: str
    acknowledged: tuple[Acknowledgement, ...] = ()
