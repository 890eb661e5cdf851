"""Which scans a gate that is opened again may take back: what undo itself would do now."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import redeem, token_of
from tests.integration.gates.test_devices import invited, paired
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

UNDO = f"/api/v1/c/{CONF}/checkin/undo"
UNDOABLE = f"/api/v1/c/{CONF}/checkin/undoable"


def standing(client: FlaskClient, *scans: str) -> dict[str, tuple[bool, bool]]:
    """Return of each scan whether it may be undone, and whether it was."""
    answer = client.get(UNDOABLE, query_string={"scans": ",".join(scans)})
    assert answer.status_code == 200
    told: list[dict[str, Any]] = answer.get_json()["scans"]
    return {one["scan_id"]: (one["may_undo"], one["undone"]) for one in told}


def test_scans_are_told_with_what_undo_would_do_now(seeded: Hub, staff: FlaskClient) -> None:
    redeem(staff, "in", token=token_of(seeded))
    redeem(staff, "out", token=token_of(seeded), direction="out")
    redeem(staff, "refused", token="A" * 26)
    redeem(staff, "taken back", token=token_of(seeded, "guest-002"))
    staff.post(UNDO, json={"command_id": "undo-1", "scan_id": "taken back"})

    assert standing(staff, "in", "out", "refused", "taken back", "nobody's") == {
        "in": (False, False),
        "out": (True, False),
        "refused": (False, False),
        "taken back": (False, True),
    }
    assert standing(staff) == {}


@pytest.mark.parametrize(
    ("how", "may"),
    [
        ({}, {"of staff": True, "own": True}),
        ({"scan_only": "on"}, {"of staff": False, "own": True}),
        ({"gates": ["recipients"]}, {"of staff": False, "own": True}),
    ],
)
def test_a_device_is_told_what_it_may_take_back_itself(
    seeded: Hub, app: Flask, desk: FlaskClient, staff: FlaskClient, how: dict[str, Any], may: dict[str, bool]
) -> None:
    desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
    browser = app.test_client()
    paired(browser, invited(desk, **how))
    redeem(staff, "of staff", token=token_of(seeded))
    redeem(browser, "own", token=token_of(seeded, "guest-002"), gate="recipients")

    told = standing(browser, "of staff", "own")
    done = {
        scan: browser.post(UNDO, json={"command_id": f"undo {scan}", "scan_id": scan}).status_code == 200
        for scan in may
    }

    assert {scan: allowed for scan, (allowed, _) in told.items()} == may
    assert done == may
