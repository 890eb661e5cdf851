"""When a scan happened: what the device's clock says, corrected for its skew and believed within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from conference_hub.checkin.model import Claim, Doubt

OFFLINE_ALLOWED = timedelta(hours=72)
"""How long a paired device may keep a scan on which it acted before it sends it."""
AHEAD_ALLOWED = timedelta(seconds=10)
"""How far in the future a device's time may lie and still be taken as now."""
MOST_SKEW = timedelta(hours=24)
"""A clock that differs more from the server's is not corrected: its times are doubted instead."""


@dataclass(frozen=True, kw_only=True)
class Doors:
    """When check-in is open; both ends belong to it."""

    opens_at: datetime
    closes_at: datetime

    def open(self, at: datetime) -> bool:
        """Return whether check-in is open at `at`."""
        return self.opens_at <= at <= self.closes_at


@dataclass(frozen=True, kw_only=True)
class EventTime:
    """When a scan happened (`at`, used for every decision), what its device claimed, and why that was not believed."""

    at: datetime
    claimed_at: datetime | None = None
    doubted: Doubt | None = None


def event_time(claim: Claim | None, now: datetime) -> EventTime:
    """Return when a scan happened that reached the server at `now`; None claims nothing: it happens now.

    A time that is not believed is replaced by `now` and kept as claimed.
    """
    if claim is None:
        return EventTime(at=now)
    at = claim.at + _skew(claim, now)
    doubted = _doubt(at, claim, now)
    return EventTime(at=now if doubted else min(at, now), claimed_at=claim.at, doubted=doubted)


def corrected(claim: Claim, now: datetime) -> datetime:
    """Return when a scan happened that came at `now`, by the device's clock set right, never after it came."""
    return min(claim.at + _skew(claim, now), now)


def _skew(claim: Claim, now: datetime) -> timedelta:
    """Return what to add to the device's clock, so that it shows the server's time."""
    skew = now - claim.sent_at if claim.sent_at else timedelta(0)
    return skew if abs(skew) <= MOST_SKEW else timedelta(0)


def _doubt(at: datetime, claim: Claim, now: datetime) -> Doubt | None:
    if at > now + AHEAD_ALLOWED:
        return Doubt.FUTURE
    if at < claim.paired_at:
        return Doubt.BEFORE_PAIRING
    return Doubt.TOO_OLD if at < now - claim.kept_for else None
