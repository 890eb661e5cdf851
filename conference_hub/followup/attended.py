"""For how long somebody attended a session, as the report of the meeting says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from conference_hub.attendance.host_lists import Listed
from conference_hub.followup.joining import COUNTS_BEFORE, STAYS_OPEN
from conference_hub.followup.model import OnlineSession
from conference_hub.people.model import GuestId

MINUTE = timedelta(minutes=1)


def minutes_of(
    session: OnlineSession, listed: Mapping[GuestId, Sequence[Listed]]
) -> dict[GuestId, int | None]:
    """Return how many whole minutes each guest was there, None where the report does not say.

    Who came several times, or with two devices at once, is counted once; a time that has no end lasts until the session
    ends. Time before and long after the session counts for nothing, and somebody who was there only then is left out.
    """
    found = {guest: _minutes(session, lines) for guest, lines in listed.items()}
    return {guest: minutes for guest, minutes in found.items() if minutes is None or minutes > 0}


def _minutes(session: OnlineSession, lines: Sequence[Listed]) -> int | None:
    spans = [(line.joined_at, line.left_at or session.ends_at) for line in lines if line.joined_at]
    if not spans:
        return None
    opens, closes = session.starts_at - COUNTS_BEFORE, session.ends_at + STAYS_OPEN
    within = [(max(began, opens), min(ended, closes)) for began, ended in spans]
    return round(_covered(within) / MINUTE)


def _covered(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """Return how long at least one of the spans goes on."""
    total, until = timedelta(), None
    for began, ended in sorted(spans):
        start = began if until is None else max(began, until)
        if ended > start:
            total += ended - start
            until = ended
    return total
