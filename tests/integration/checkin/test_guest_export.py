"""Lists that leave the hub, each for a reason that is kept."""

from __future__ import annotations

import io

from flask.testing import FlaskClient
from openpyxl import load_workbook

from conference_hub.people.disclosures import DisclosureKind, Reason, disclosures
from conference_hub.web.hub import Hub
from tests.integration.checkin.guest_desk import PEOPLE
from tests.model_day import CONF


def test_a_list_goes_out_only_for_a_reason(seeded: Hub, desk: FlaskClient) -> None:
    refused = desk.post(f"{PEOPLE}/export", data={"form": "csv"})
    vague = desk.post(f"{PEOPLE}/export", data={"form": "csv", "reason": "other", "q": "석용주"})
    csv = desk.post(f"{PEOPLE}/export", data={"form": "csv", "reason": "seating", "q": "석용주"})
    book = desk.post(f"{PEOPLE}/export", data={"form": "xlsx", "reason": "other", "note": "감사"})

    assert (refused.status_code, vague.status_code) == (422, 422)
    assert 'name="q" value="석용주"' in vague.text
    assert csv.data.decode("utf-8-sig").splitlines()[1].startswith("32,석용주,")
    assert csv.headers["Cache-Control"] == "no-store"
    sheet = load_workbook(io.BytesIO(book.data)).worksheets[0]
    assert (sheet.max_row, sheet.cell(1, 2).value, sheet.cell(2, 2).value) == (122, "이름", "이은영")
    with seeded.database.reading() as db:
        log = disclosures(db, CONF, 10)
    assert {(one.kind, one.count, one.reason, one.note, one.by.label) for one in log} == {
        (DisclosureKind.CSV, 1, Reason.SEATING, "", "주최자"),
        (DisclosureKind.XLSX, 121, Reason.OTHER, "감사", "주최자"),
    }
    page = desk.get(f"{PEOPLE}/log").text
    assert "좌석 배치" in page
    assert "감사" in page
