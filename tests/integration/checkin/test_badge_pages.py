"""Badges: their design, and the sheets that are printed."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient

from conference_hub.checkin import badge_store
from conference_hub.checkin.badge_design import BadgeDesign, Layout, Shown
from conference_hub.people.disclosures import DisclosureKind, disclosures
from conference_hub.web.hub import Hub
from tests.integration.checkin.guest_desk import DESK, PEOPLE, change
from tests.model_day import CONF


def test_badges_show_what_the_design_says(seeded: Hub, desk: FlaskClient) -> None:
    change(seeded, "guest-001", pronunciation="Seok Yongju")
    at = f"{DESK}/badges/design"
    (seen,) = re.findall(r'name="seen" value="(\w+)"', desk.get(at).text)
    chosen = {"layout": "label-4x6", "shown": ["pronunciation", "qr"]}
    assert desk.post(at, data=chosen).status_code == 422
    assert desk.post(at, data={**chosen, "seen": seen}).status_code == 302
    stale = desk.post(at, data={"layout": "a4-8", "seen": seen})
    assert (stale.status_code, "님이 바꾸었습니다" in stale.text) == (409, True)

    with seeded.database.reading() as db:
        design = badge_store.badge_design(db, CONF)
    sheet = desk.get(f"{DESK}/badges?only=guest-001").text
    assert design == BadgeDesign(
        layout=Layout.LABEL, shown=frozenset({Shown.PRONUNCIATION, Shown.QR}), colours=False
    )
    assert ("Seok Yongju" in sheet, "천안고용센터" in sheet, 'data-layout="label-4x6"' in sheet) == (
        True,
        False,
        True,
    )
    assert desk.post(at, data={"layout": "papyrus", "seen": seen}).status_code == 422


def test_a_sheet_is_marked_as_printed_but_for_whom_was_changed_since(
    seeded: Hub, desk: FlaskClient, now: Any
) -> None:
    sheet = f"{DESK}/badges?badge=to-print&q=천안고용센터"
    page = desk.get(sheet).text
    (made,) = re.findall(r'name="made" value="([^"]+)"', page)
    (only,) = re.findall(r'name="only" value="([^"]+)"', page)
    count = page.count('class="badge-card"')
    now.forward(seconds=30)
    change(seeded, "guest-001", name="석용준")

    desk.post(f"{DESK}/badges/printed", data={"made": made, "only": only, "badge": "to-print"})

    assert desk.get(sheet).text.count('class="badge-card"') == 1
    with seeded.database.reading() as db:
        (told,) = disclosures(db, CONF, 10)
    assert (told.kind, told.count) == (DisclosureKind.BADGES, count - 1)


def test_a_sheet_has_at_most_a_hundred_badges(seeded: Hub, desk: FlaskClient) -> None:
    everybody = {"every": "on", "confirmed": "on", "count": "121"}
    desk.post(f"{PEOPLE}/selected", data={"action": "mode", **everybody, "to_mode": "onsite"})

    first, last = desk.get(f"{DESK}/badges").text, desk.get(f"{DESK}/badges?page=2").text

    assert [page.count('class="badge-card"') for page in (first, last)] == [100, 21]
    assert "101–121번째" in last
