"""How a device is, by what it told last."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.gates.health import Health, health
from conference_hub.gates.model import Contact, Device, DeviceId

NOW = datetime(2021, 12, 2, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FRESH = Contact(roster_at=NOW - MINUTE)
DEVICE = Device(
    id=DeviceId("one"),
    conf="c",
    name="정문",
    paired_at=NOW,
    paired_by="-",
    salt="",
    last_seen_at=NOW - MINUTE,
)


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (FRESH, Health.READY),
        (Contact(), Health.NO_ROSTER),
        (Contact(roster_at=NOW - 31 * MINUTE), Health.OLD_ROSTER),
        (replace(FRESH, skew_ms=-31_000), Health.SKEWED),
        (replace(FRESH, skew_ms=30_000), Health.READY),
        (replace(FRESH, waiting=2, oldest_at=NOW - 3 * MINUTE), Health.WAITING),
        (replace(FRESH, waiting=2, oldest_at=NOW - MINUTE), Health.READY),
    ],
)
def test_the_first_thing_that_needs_somebody_is_told(contact: Contact, expected: Health) -> None:
    assert health(replace(DEVICE, contact=contact), NOW) is expected


def test_a_device_that_is_silent_or_was_never_seen_says_nothing_of_itself() -> None:
    silent = replace(DEVICE, contact=FRESH, last_seen_at=NOW - 4 * MINUTE)
    unseen = replace(DEVICE, contact=FRESH, last_seen_at=None)

    assert [health(silent, NOW), health(unseen, NOW)] == [Health.SILENT, Health.NEVER_SEEN]
