"""A database from before gates switched anybody to the hall: no scan of it did."""

from __future__ import annotations

from conference_hub.checkin.scans import scans_of
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_no_earlier_scan_switched_anybody(hub: Hub) -> None:
    with hub.database.reading() as db:
        scans = scans_of(db, CONF, "guest-001")

    assert {scan.switched for scan in scans} == {None}
