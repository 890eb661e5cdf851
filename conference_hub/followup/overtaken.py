"""Follow-up sessions that a late day runs into: which, and to when they could be moved. Nothing moves by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from conference_hub.agenda.projection import RunProjection
from conference_hub.followup.model import OnlineSession, SessionStatus

STEP = timedelta(minutes=5)
"""Sessions are moved by whole steps."""


@dataclass(frozen=True, kw_only=True)
class Overtaken:
    """A session that starts before the day ends as it goes at present; `later` is how much later it could start."""

    session: OnlineSession
    finish: datetime
    later: timedelta

    @property
    def later_min(self) -> int:
        """`later` in minutes."""
        return self.later // timedelta(minutes=1)


def overtaken(day: RunProjection, sessions: Iterable[OnlineSession], now: datetime) -> list[Overtaken]:
    """Return the sessions that were to start after the day, and now start before its projected end.

    Only a day that has begun and goes on runs into anything. Drafts, cancelled sessions and those that began are left
    out, and those that were planned to run beside the day.
    """
    planned, finish = day.planned_finish, day.projected_finish
    if planned is None or finish is None or not _goes_on(day):
        return []
    return [
        Overtaken(session=one, finish=finish, later=-((one.starts_at - finish) // STEP) * STEP)
        for one in sessions
        if one.status is SessionStatus.SCHEDULED and now < one.starts_at and planned <= one.starts_at < finish
    ]


def _goes_on(day: RunProjection) -> bool:
    cues = [cue for lane in day.lanes.values() for cue in lane.cues if cue.projected_end is not None]
    return any(cue.started_at for cue in cues) and any(cue.ended_at is None for cue in cues)
