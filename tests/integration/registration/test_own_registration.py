"""One's own registration by its link: change, consents, cancelling, the way to the own page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conference_hub.access.model import Role
from conference_hub.checkin.guest_actions import change_guests, remove_guests
from conference_hub.core.sighted import mark_of
from conference_hub.people.model import Mode
from conference_hub.people.store import get_guest
from conference_hub.registration import guest_leaving, store
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.registration.conftest import SYSTEM, Desk
from tests.integration.rendered_forms import forms_of
from tests.model_day import CONF, FakeNow
from tests.traces import rows_with

pytestmark = ON_SQLITE
"""One database is enough: what depends on it is in `test_registering.py`."""

OWN, ME = f"/c/{CONF}/registration", f"/c/{CONF}/me"


def test_without_a_link_nothing_is_shown_and_nothing_changes(desk: Desk) -> None:
    desk.opened()
    desk.form("hong")
    secret = f"{desk.get('hong').id}.{'x' * 24}"

    page = desk.stranger.get(OWN)
    answers = [
        desk.stranger.post(f"{OWN}/open", data={"secret": secret}),
        desk.stranger.post(f"{OWN}/cancel"),
        desk.stranger.post(f"{OWN}/enter"),
        desk.stranger.post(f"{OWN}/change", data={"revision": "1", "name": "김", "mode": "onsite"}),
    ]

    assert "hong" not in page.text
    assert [answer.status_code for answer in answers] == [409] * 4
    assert secret not in answers[0].text
    assert desk.states() == {"hong": "accepted"}


def test_answers_and_mode_change_on_the_guest_list_too(desk: Desk) -> None:
    desk.opened(asked=True)
    desk.form("hong", own_title="팀장")
    browser = desk.own("hong")
    form = {"revision": "1", "name": "홍길동", "organisation": "새 기관", "mode": "online"}

    refused = browser.post(f"{OWN}/change", data=form)
    saved = browser.post(f"{OWN}/change", data={**form, "own_title": "과장"})
    stale = browser.post(f"{OWN}/change", data={**form, "own_title": "부장"})

    assert [refused.status_code, saved.status_code, stale.status_code] == [422, 302, 409]
    assert 'value="부장"' in stale.text
    registration = desk.get("hong")
    assert (registration.answers, registration.revision) == ({"title": "과장"}, 2)
    with desk.hub.database.reading() as db:
        guest = get_guest(db, CONF, registration.guest_id or "")
    assert (guest.name, guest.organisation, guest.mode) == ("홍길동", "새 기관", Mode.ONLINE)


def test_a_full_mode_is_no_choice_for_who_has_a_place_elsewhere(desk: Desk) -> None:
    desk.opened(capacity={Mode.ONSITE: 1, Mode.ONLINE: None})
    desk.form("one")
    desk.form("two", mode="online")
    form = {"revision": "1", "name": "two", "mode": "onsite"}

    by_link = desk.own("two").post(f"{OWN}/change", data=form)
    browser = desk.own("two")
    entered = browser.post(f"{OWN}/enter")
    on_own_page = browser.post(f"{ME}/mode", data={"mode": "onsite"})

    assert (by_link.status_code, entered.location, on_own_page.status_code) == (422, ME, 422)
    assert "자리가 모두 찼습니다" in by_link.text
    assert "자리가 모두 찼습니다" in on_own_page.text
    assert desk.get("two").person.mode is Mode.ONLINE


def test_choosing_another_mode_on_the_own_page_frees_the_place(desk: Desk, now: FakeNow) -> None:
    desk.opened(capacity={Mode.ONSITE: 1, Mode.ONLINE: None})
    desk.form("one")
    now.forward(seconds=1)
    desk.form("two")
    browser = desk.own("one")
    browser.post(f"{OWN}/enter")
    assert "내 등록 보기" in browser.get(ME).text

    assert browser.post(f"{ME}/mode", data={"mode": "online"}).status_code == 302

    assert desk.get("one").person.mode is Mode.ONLINE
    assert desk.states() == {"one": "accepted", "two": "accepted"}


def test_a_withdrawn_consent_stays_on_record(desk: Desk, now: FakeNow) -> None:
    desk.opened(asked=True)
    desk.form("hong", own_title="팀장", consent_news="on")
    browser, given_at = desk.own("hong"), now()
    now.forward(minutes=1)
    withdrawn_at = now()

    browser.post(f"{OWN}/consents")
    now.forward(minutes=1)
    browser.post(f"{OWN}/consents", data={"consent_news": "on"})

    with desk.hub.database.reading() as db:
        given = store.consents_of(db, CONF, desk.get("hong").id)
    assert [(one.given_at, one.withdrawn_at) for one in given] == [
        (given_at, withdrawn_at),
        (now(), None),
    ]


def test_who_has_checked_in_cannot_cancel(desk: Desk, sign_in: SignIn, now: FakeNow) -> None:
    desk.opened()
    desk.form("hong")
    now.forward(days=7)
    scan = {"scan_id": "s", "gate": "main", "guest": desk.get("hong").guest_id}
    assert sign_in(Role.STAFF).post(f"/api/v1/c/{CONF}/checkin/redeem", json=scan).status_code == 200

    answer = desk.own("hong").post(f"{OWN}/cancel")

    assert (answer.status_code, desk.states()) == (409, {"hong": "accepted"})
    assert "이미 체크인한 사람" in answer.text


def test_a_new_link_ends_the_earlier_ones(desk: Desk, sign_in: SignIn, now: FakeNow) -> None:
    desk.opened()
    desk.form("hong")
    now.forward(seconds=1)
    before = desk.own("hong")
    person = f"/c/{CONF}/desk/registration/people/{desk.get('hong').id}"

    assert sign_in(Role.ORGANISER).post(f"{person}/link").status_code == 302

    assert "hong@example.com" not in before.get(OWN).text
    assert "hong@example.com" in desk.own("hong").get(OWN).text


def test_a_guest_taken_off_the_list_is_no_longer_registered(desk: Desk) -> None:
    desk.opened()
    desk.form("hong")
    guest_id = desk.get("hong").guest_id or ""

    with desk.hub.journal.writing(CONF, actor=SYSTEM) as write:
        remove_guests(write, [guest_id], ties=[], leaving=[guest_leaving.leave])

    assert (desk.find("hong"), rows_with(desk.hub.database, "hong")) == (None, [])
    assert desk.hub.guests_leaving.count(guest_leaving.leave) == 1


def test_the_mails_about_a_registration_and_the_invitation_to_it_go_with_it(
    desk: Desk, sign_in: SignIn
) -> None:
    desk.opened()
    desk.form("hong")
    organiser, desks = sign_in(Role.ORGANISER), f"/c/{CONF}/desk/registration"
    organiser.post(f"{desks}/invitations", data={"title": "초대", "address": "Hong@example.com"})
    assert len(desk.mails("hong")) + len(desk.mails("Hong")) == 2

    assert organiser.post(f"{desks}/people/{desk.get('hong').id}/erase").status_code == 302

    assert desk.mails("hong") + desk.mails("Hong") == []


def test_all_registrations_of_a_guest_go_with_them(desk: Desk) -> None:
    desk.opened()
    desk.form("hong")
    guest_id = desk.get("hong").guest_id or ""
    with desk.hub.journal.writing(CONF, actor=SYSTEM) as write:
        change_guests(write, [replace(get_guest(write.session, CONF, guest_id), email="office@example.com")])
    desk.form("hong", email="office@example.com")
    assert desk.get("office").guest_id == guest_id

    with desk.hub.journal.writing(CONF, actor=SYSTEM) as write:
        remove_guests(write, [guest_id], ties=[], leaving=desk.hub.guests_leaving)

    assert rows_with(desk.hub.database, "hong") + rows_with(desk.hub.database, "office@") == []


def test_what_organisers_correct_on_the_guest_list_is_what_registration_shows(
    desk: Desk, sign_in: SignIn
) -> None:
    desk.opened(capacity={Mode.ONSITE: 1, Mode.ONLINE: None})
    desk.form("hong")
    browser, guest_id = desk.own("hong"), desk.get("hong").guest_id or ""
    organiser = sign_in(Role.ORGANISER, name="이주최")
    with desk.hub.database.reading() as db:
        listed = get_guest(db, CONF, guest_id)
    form = {"seen": mark_of(listed), "name": "홍 길동", "organisation": "바른 기관", "mode": "onsite"}
    form |= {"email": listed.email or "", "number": listed.number or ""}

    corrected = organiser.post(f"/c/{CONF}/desk/people/{guest_id}", data=form)
    page = browser.get(OWN).text
    stale = browser.post(f"{OWN}/change", data={"revision": "1", "name": "hong", "mode": "onsite"})

    assert corrected.status_code == 302, corrected.text
    assert all(words in page for words in ('value="홍 길동"', 'value="바른 기관"'))
    assert (stale.status_code, "그 사이 이주최 님이" in stale.text) == (409, True)
    assert "홍 길동" in organiser.get(f"/c/{CONF}/desk/registration?q=바른").text


def test_a_mode_changed_for_several_guests_frees_their_places(
    desk: Desk, sign_in: SignIn, now: FakeNow
) -> None:
    desk.opened(capacity={Mode.ONSITE: 1, Mode.ONLINE: None})
    desk.form("one")
    now.forward(seconds=1)
    desk.form("two")
    form = {
        "pick": desk.get("one").guest_id,
        "action": "mode",
        "to_mode": "online",
        "confirmed": "on",
        "count": "1",
    }

    changed = sign_in(Role.ORGANISER).post(f"/c/{CONF}/desk/people/selected", data=form)

    assert changed.status_code == 302, changed.text
    assert desk.get("one").person.mode is Mode.ONLINE
    assert desk.states() == {"one": "accepted", "two": "accepted"}


def test_deleted_data_of_a_registration_leave_no_trace(desk: Desk, sign_in: SignIn) -> None:
    desk.opened(asked=True, capacity={Mode.ONSITE: 1})
    desk.form("hong", own_title="hong 팀장", consent_news="on")
    desk.form("kim", own_title="과장")
    registration = desk.get("hong")
    erase = f"/c/{CONF}/desk/registration/people/{registration.id}/erase"

    answers = [sign_in(Role.ORGANISER).post(erase).status_code for _ in range(2)]

    assert answers == [302, 404]
    assert rows_with(desk.hub.database, "hong") == []
    assert desk.states() == {"kim": "accepted"}


@pytest.mark.parametrize("act", ["cancel", "change"])
def test_what_is_pressed_twice_on_ones_own_page_is_done_once(desk: Desk, act: str) -> None:
    desk.opened()
    desk.form("hong")
    browser = desk.own("hong")
    form = next(form for form in forms_of(browser.get(OWN).text) if form.action == f"{OWN}/{act}")

    answers = [browser.post(form.action, data=form.values) for _ in range(2)]

    assert [(answer.status_code, answer.location) for answer in answers] == [(302, answers[0].location)] * 2
    assert desk.get("hong").revision == 2
