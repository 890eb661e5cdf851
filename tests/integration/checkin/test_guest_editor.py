"""A guest edited on the desk, with others at work; added and removed."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.checkin import badge_store
from conference_hub.core.text import Text
from conference_hub.people.model import GroupId, Guest, GuestId, Mode
from conference_hub.people.store import find_guest
from conference_hub.web.hub import Hub
from tests.integration.checkin.guest_desk import PEOPLE, change, guest
from tests.model_day import CONF


def form_of(page: str) -> dict[str, str]:
    """Return the fields of a guest's form as a browser would send them."""
    form = page.split('<form class="form"')[1].split("</form>", maxsplit=1)[0]
    fields = {
        name: unescape(value)
        for name, value in re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', form)
    }
    fields |= {
        name: unescape(text)
        for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', form)
    }
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        fields[name] = (re.findall(r'value="([^"]*)" selected', options) or [""])[0]
    fields.pop("csrf_token", None)
    return fields


def edited(desk: FlaskClient, guest_id: str, **fields: str) -> TestResponse:
    form = form_of(desk.get(f"{PEOPLE}/{guest_id}").text)
    return desk.post(f"{PEOPLE}/{guest_id}", data={**form, **fields})


def test_a_form_sent_as_it_is_changes_nothing(seeded: Hub, desk: FlaskClient) -> None:
    before = [guest(seeded, one) for one in ("guest-001", "guest-015", "guest-113")]

    answers = [edited(desk, one.id) for one in before]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert [guest(seeded, one.id) for one in before] == before


def test_an_edit_is_kept_as_it_was_typed_but_cleaned(seeded: Hub, desk: FlaskClient) -> None:
    answer = edited(
        desk,
        "guest-001",
        name=" 황보\u200b  예린 ",
        pronunciation="Hwangbo Yerin",
        role_ko="팀장",
        organisation="",
        number="VIP-1",
        group="staff",
        mode="metaverse",
        seat="A-1",
        email="Yerin@Example.com",
        phone="1012345678",
        needs="휠체어\r\n통역",
        notes="",
        language="en",
    )

    assert answer.status_code == 302, answer.text
    assert guest(seeded, "guest-001") == Guest(
        id=GuestId("guest-001"),
        number="VIP-1",
        name="황보 예린",
        label=Text(ko="팀장"),
        pronunciation="Hwangbo Yerin",
        organisation=None,
        group=GroupId("staff"),
        mode=Mode.METAVERSE,
        seat="A-1",
        email="Yerin@example.com",
        phone="01012345678",
        needs="휠체어\n통역",
        notes=None,
        language="en",
    )


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"name": ""}, "name", "이름이 없으면"),
        ({"email": "nobody"}, "email", "주소"),
        ({"email": "namu.427@example.com"}, "email", "이미 명단에 있는 주소"),
        ({"number": "2"}, "number", "이미 다른 사람이 쓰는 번호"),
        ({"number": "1" * 21}, "number", "20자"),
        ({"phone": "8.21E+11"}, "phone", "엑셀"),
        ({"group": "nothing"}, "group", "그런 구분"),
        ({"name": "가" * 201}, "name", "200"),
    ],
)
def test_a_refused_edit_comes_back_with_what_was_typed(
    seeded: Hub, desk: FlaskClient, fields: dict[str, str], field: str, words: str
) -> None:
    answer = edited(desk, "guest-001", **{"seat": "Z-99", **fields})

    assert answer.status_code == 422
    (error,) = re.findall(rf'id="{field}-error"[^>]*>([^<]+)<', answer.text)
    assert words in error
    assert 'value="Z-99"' in answer.text
    assert guest(seeded, "guest-001").seat == "D-08"


def test_an_edit_after_somebody_elses_shows_both_and_can_be_sent_again(
    seeded: Hub, desk: FlaskClient
) -> None:
    form = form_of(desk.get(f"{PEOPLE}/guest-001").text)
    change(seeded, "guest-001", seat="B-7")

    stale = desk.post(f"{PEOPLE}/guest-001", data={**form, "seat": "C-8"})

    assert stale.status_code == 409
    assert "누군가" in stale.text
    assert "지금 값: B-7" in stale.text
    assert 'value="C-8"' in stale.text
    assert guest(seeded, "guest-001").seat == "B-7"
    again = desk.post(f"{PEOPLE}/guest-001", data=form_of(stale.text))
    assert (again.status_code, guest(seeded, "guest-001").seat) == (302, "C-8")


def test_a_new_guest_gets_number_and_badge(seeded: Hub, desk: FlaskClient) -> None:
    answer = desk.post(f"{PEOPLE}/new", data={"name": "새 손님", "mode": "onsite"})

    added = guest(seeded, answer.location.rpartition("/")[2])
    assert added == Guest(
        id=added.id, number="122", name="새 손님", label=None, organisation=None, group=None, mode=Mode.ONSITE
    )
    with seeded.database.reading() as db:
        assert badge_store.find_badge_state(db, CONF, added.id) is not None
    assert desk.post(f"{PEOPLE}/new", data={"mode": "onsite"}).status_code == 422


def test_a_recipient_is_not_removed_and_another_guest_is(seeded: Hub, desk: FlaskClient) -> None:
    refused = desk.post(f"{PEOPLE}/guest-001/remove")
    done = desk.post(f"{PEOPLE}/guest-121/remove")

    assert (refused.status_code, "시상에 연결된" in refused.text) == (409, True)
    assert (done.status_code, done.location) == (302, PEOPLE)
    with seeded.database.reading() as db:
        assert find_guest(db, CONF, "guest-121") is None
    assert desk.get(f"{PEOPLE}/guest-121").status_code == 404
