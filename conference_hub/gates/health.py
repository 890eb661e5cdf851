"""How a device is, by what it told last: whether somebody has to look after it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from conference_hub.gates.model import Device

SILENT_AFTER = timedelta(minutes=3)
"""A device tells the hub about once a minute."""
OLD_ROSTER = timedelta(minutes=30)
SKEWED = timedelta(seconds=30)
WAITING_LONG = timedelta(minutes=2)


class Health(StrEnum):
    """The first of these that is so; `ready` for a device that could go on without the network."""

    NEVER_SEEN = "never_seen"
    SILENT = "silent"
    WAITING = "waiting"
    SKEWED = "skewed"
    NO_ROSTER = "no_roster"
    OLD_ROSTER = "old_roster"
    READY = "ready"


def health(device: Device, at: datetime) -> Health:
    """Return how a device is at `at`."""
    told = device.contact
    if device.last_seen_at is None:
        return Health.NEVER_SEEN
    if at - device.last_seen_at > SILENT_AFTER:
        return Health.SILENT
    if told.waiting and told.oldest_at is not None and at - told.oldest_at > WAITING_LONG:
        return Health.WAITING
    if abs(timedelta(milliseconds=told.skew_ms or 0)) > SKEWED:
        return Health.SKEWED
    if told.roster_at is None:
        return Health.NO_ROSTER
    return Health.OLD_ROSTER if at - told.roster_at > OLD_ROSTER else Health.READY
