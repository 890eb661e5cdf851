"""Lists and conferences by file on the desk: uploaded, compared, read otherwise, applied or cancelled."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access.model import Role
from conference_hub.conferences.store import get_conference
from conference_hub.data.backups import note_backup
from conference_hub.data.drafts import ImportDraftRow
from conference_hub.files.routes import disclosed_as
from conference_hub.people.disclosures import DisclosureKind, disclosures
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow

FILES = f"/c/{CONF}/desk/files"
NEW = "이름,소속,이메일\n새사람,새 기관,new@example.com\n또 사람,새 기관,second@example.com\n"


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORGANISER)


def upload(
    desk: FlaskClient, text: str | bytes, part: str = "guests", name: str = "명단.csv", **fields: Any
) -> TestResponse:
    data = text if isinstance(text, bytes) else text.encode()
    return desk.post(f"{FILES}/import/{part}", data={"file": (io.BytesIO(data), name), **fields})


def review(desk: FlaskClient, text: str | bytes, **fields: Any) -> tuple[str, str]:
    answer = upload(desk, text, **fields)
    assert answer.status_code == 302, answer.text
    return answer.location, desk.get(answer.location).text


def token(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    return found[1] if found else ""


def guests(hub: Hub) -> dict[str, str | None]:
    with hub.database.reading() as db:
        return {guest.email or guest.id: guest.name for guest in all_guests(db, CONF)}


def test_list_is_compared_first_and_then_applied(desk: FlaskClient, hub: Hub) -> None:
    before = guests(hub)
    address, page = review(desk, NEW)
    assert guests(hub) == before
    answer = desk.post(f"{address}/apply", data={"token": token(page)})
    assert (answer.status_code, answer.location) == (302, address)
    assert desk.get(address).location == FILES
    assert "참석자 2" in desk.get(FILES).text
    assert guests(hub).items() - before.items() == {
        ("new@example.com", "새사람"),
        ("second@example.com", "또 사람"),
    }
    assert desk.get(address).status_code == 404


def test_second_import_changes_nothing(desk: FlaskClient) -> None:
    address, page = review(desk, NEW)
    desk.post(f"{address}/apply", data={"token": token(page)})
    _, page = review(desk, NEW)
    assert (token(page), "바뀌는 것이 없습니다." in page) == ("", True)


def test_file_with_faults_cannot_be_applied(desk: FlaskClient, hub: Hub) -> None:
    before = guests(hub)
    address, page = review(desk, "이름,이메일\n가,no address\n나,b@example.com\n다, B@Example.com \n")
    assert (token(page), "고칠 곳 2개" in page, "3, 4 두 곳" in page) == ("", True, True)
    assert desk.post(f"{address}/apply", data={"token": "x"}).status_code == 409
    assert guests(hub) == before


def test_file_that_changed_meanwhile_is_compared_again(desk: FlaskClient, hub: Hub) -> None:
    address, page = review(desk, NEW)
    other, other_page = review(desk, "이름,이메일\n다른 사람,third@example.com\n")
    desk.post(f"{other}/apply", data={"token": token(other_page)})
    desk.post(f"{address}/apply", data={"token": token(page)})
    again = desk.get(address).text
    assert "비교한 뒤에 행사가 바뀌었습니다" in again
    assert token(again) not in {"", token(page)}
    assert "new@example.com" not in guests(hub)
    desk.post(f"{address}/apply", data={"token": token(again)})
    assert guests(hub)["new@example.com"] == "새사람"


def test_encoding_and_columns_can_be_changed(desk: FlaskClient) -> None:
    address, page = review(desk, "성함?,메일?\n똠방,a@example.com\n".encode("cp949"))
    assert 'value="cp949" selected' in page
    form = {
        "encoding": "cp949",
        "separator": "comma",
        "heading_row": "1",
        "columns": ["name", "email"],
        "gone": "keep",
    }
    assert desk.post(f"{address}/reading", data=form).status_code == 302
    page = desk.get(address).text
    assert (bool(token(page)), "똠방" in page, "새로 생김" in page) == (True, True, True)


def test_cancelled_upload_is_gone(desk: FlaskClient, hub: Hub) -> None:
    address, _ = review(desk, NEW)
    assert desk.post(f"{address}/cancel").location == f"{FILES}/import/guests"
    with hub.database.reading() as db:
        assert db.scalars(sa.select(ImportDraftRow.id)).all() == []


def test_upload_is_kept_for_an_hour_and_for_the_organisers(
    desk: FlaskClient, sign_in: SignIn, now: FakeNow
) -> None:
    address, _ = review(desk, NEW)
    assert sign_in(Role.ORGANISER, name="다른 주최자").get(address).status_code == 200
    assert sign_in(Role.OPERATOR).get(address).status_code == 403
    now.forward(minutes=61)
    assert desk.get(address).status_code == 404


@pytest.mark.parametrize("text", ["", "\x00\x01", '"open', "PK\x03\x04"])
def test_file_that_cannot_be_read_is_told_so(desk: FlaskClient, text: str) -> None:
    answer = upload(desk, text)
    assert answer.status_code == (422 if not text else 302)
    assert text == "" or "고칠 곳 1개" in desk.get(answer.location).text


def test_unknown_list_is_not_found(desk: FlaskClient) -> None:
    assert upload(desk, NEW, part="secrets").status_code == 404


def test_list_without_personal_data_is_given_out_and_others_need_a_reason(desk: FlaskClient) -> None:
    assert desk.get(f"{FILES}/export/groups.csv").data.startswith(b"\xef\xbb\xbf")
    assert desk.get(f"{FILES}/export/guests.csv").location == f"{FILES}#export"
    form = {"what": "guests", "form": "csv", "note": ""}
    assert desk.post(f"{FILES}/export", data=form | {"reason": "none"}).status_code == 422
    answer = desk.post(f"{FILES}/export", data=form | {"reason": "seating"})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{CONF}-guests.csv"'
    assert "석용주" in answer.get_data(as_text=True)


def test_disclosure_says_which_list_went_out_and_of_how_many_people(desk: FlaskClient, hub: Hub) -> None:
    form = {"form": "xlsx", "reason": "report", "note": ""}
    for what in ("guests", "awards", "team", "all"):
        assert desk.post(f"{FILES}/export", data=form | {"what": what}).status_code == 200, what
    assert desk.post(f"{FILES}/export", data=form | {"what": "guests", "form": "csv"}).status_code == 200
    with hub.database.reading() as db:
        parts = {part.name: part for part in hub.parts}
        count = {name: len(parts[name].current(db, CONF)) for name in ("guests", "team")}
        found = {one.kind: one.count for one in disclosures(db, CONF, 9)}
        named = [one for one in parts["awards"].current(db, CONF) if not one.unnamed]
    assert found == {
        DisclosureKind.CSV: count["guests"],
        DisclosureKind.XLSX: count["guests"],
        DisclosureKind.AWARDS: len(named),
        DisclosureKind.TEAM: count["team"],
        DisclosureKind.FILE: count["guests"] + count["team"] + sum(award.guest is None for award in named),
    }
    assert count["guests"] != count["team"]


def test_another_reason_is_said_in_words(desk: FlaskClient, hub: Hub) -> None:
    form = {"what": "guests", "form": "xlsx", "reason": "other", "note": ""}
    answer = desk.post(f"{FILES}/export", data=form)
    assert (answer.status_code, "사유를 적어 주세요." in answer.text) == (422, True)
    with hub.database.reading() as db:
        assert disclosures(db, CONF, 9) == []
    assert desk.post(f"{FILES}/export", data=form | {"note": "감사"}).status_code == 200


def test_every_list_of_people_has_a_name_in_the_record_of_disclosures(hub: Hub) -> None:
    kinds = [disclosed_as(part, "csv") for part in hub.parts if part.personal]
    assert len(set(kinds)) == len(kinds) == 4


def test_exported_list_changes_nothing_when_it_is_imported(desk: FlaskClient) -> None:
    for form in ("csv", "xlsx"):
        sent = {"what": "guests", "form": form, "note": "", "reason": "seating"}
        data = desk.post(f"{FILES}/export", data=sent).data
        _, page = review(desk, data, gone="remove")
        assert "바뀌는 것이 없습니다." in page


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_whole_conference_goes_out_and_in_again(desk: FlaskClient, form: str) -> None:
    data = desk.post(
        f"{FILES}/export", data={"what": "all", "form": form, "reason": "report", "note": ""}
    ).data
    _, page = review(desk, data, part="all", gone="remove")
    assert "바뀌는 것이 없습니다." in page


def test_pages_and_empty_workbooks_are_there(desk: FlaskClient) -> None:
    for path in (
        "",
        "/import/guests",
        "/import/all",
        "/empty/all.xlsx",
        "/empty/guests.xlsx",
        "/example.xlsx",
    ):
        assert desk.get(f"{FILES}{path}").status_code == 200, path
    schema = desk.get("/api/conference.schema.json").json
    assert schema is not None
    assert "guests" in schema["properties"]


def test_line_of_backups_leads_to_the_command_and_the_last_backup(
    desk: FlaskClient, hub: Hub, now: FakeNow
) -> None:
    assert f'href="{FILES}#backup"' in desk.get(f"/c/{CONF}/desk/").text
    page = desk.get(FILES).text
    section = page.partition('id="backup"')[2].partition("</section>")[0]
    assert ("conference-hub backup hub-20" in section, "백업한 적이 없습니다." in section) == (True, True)
    note_backup(hub.settings.data_dir, now())
    section = desk.get(FILES).text.partition('id="backup"')[2].partition("</section>")[0]
    assert (f'datetime="{now().isoformat()}"' in section, "백업한 적이 없습니다." in section) == (True, False)


def in_another_zone(desk: FlaskClient) -> str:
    """Return the conference as a file that moves it to another time zone."""
    sent = {"what": "all", "form": "json", "reason": "report", "note": ""}
    whole = json.loads(desk.post(f"{FILES}/export", data=sent).data)
    head = whole["conference"] | {"timezone": "Asia/Tokyo"}
    return json.dumps({"format": whole["format"], "kind": whole["kind"], "conference": head})


def zone(hub: Hub) -> str:
    with hub.database.reading() as db:
        return get_conference(db, CONF).timezone


def test_file_that_changes_the_zone_of_a_live_conference_asks_first(desk: FlaskClient, hub: Hub) -> None:
    file, question = in_another_zone(desk), "시간대를 바꾸면 모든 화면의 시각이 바로 바뀝니다."
    assert question not in review(desk, file, part="all")[1]
    start = desk.post(f"/api/v1/c/{CONF}/run/start", json={"command_id": "s", "lane": "hall"})
    assert start.status_code == 200, start.text
    address, page = review(desk, file, part="all")
    assert (question in page, 'name="confirmed"' in page) == (True, True)
    sent = {"token": token(page)}
    desk.post(f"{address}/apply", data=sent)
    page = desk.get(address).text
    assert (page.count(question), zone(hub)) == (2, "Asia/Seoul")
    desk.post(f"{address}/apply", data=sent | {"confirmed": "on"})
    assert (desk.get(address).location, zone(hub)) == (FILES, "Asia/Tokyo")


ENCODING = '<select id="encoding"'


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "PDF 파일은 읽을 수 없습니다. 표를 엑셀(XLSX)이나 CSV로 저장해 올려 주세요."),
        (b"PK\x03\x04 broken", "열 수 없는 엑셀 파일입니다."),
        (b"\xd0\xcf\x11\xe0 old", "옛 엑셀 파일(.xls)이나 암호가 걸린 파일입니다."),
    ],
)
def test_a_file_without_a_table_is_named_and_offers_no_encoding(
    desk: FlaskClient, data: bytes, sentence: str
) -> None:
    _, page = review(desk, data)

    assert (sentence in page, ENCODING in page, "읽는 방법" in page) == (True, False, False)


def test_a_text_that_cannot_be_read_offers_its_encodings(desk: FlaskClient) -> None:
    _, page = review(desk, b"\xff\xfe\x00\xd8\x41")

    assert (ENCODING in page, "읽는 방법" in page) == (True, True)


def test_a_conference_file_of_another_kind_is_named(desk: FlaskClient) -> None:
    _, page = review(desk, b"%PDF-1.7", part="all")

    assert "PDF 파일은 읽을 수 없습니다. 행사 파일은 JSON이나 엑셀(XLSX)입니다." in page


def test_the_field_of_a_file_says_how_large_it_may_be(desk: FlaskClient) -> None:
    assert 'data-max-bytes="10485760"' in desk.get(f"{FILES}/import/guests").text
