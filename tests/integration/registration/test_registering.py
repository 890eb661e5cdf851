"""Registering: one registration per address, places in order, and a place given up goes to the next."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from conference_hub.access.model import Role
from conference_hub.checkin.actions import revoke_badge
from conference_hub.checkin.guest_actions import register_guests
from conference_hub.checkin.store import find_valid_badge
from conference_hub.outbox.model import MailState
from conference_hub.people.model import Guest, GuestId, Mode
from conference_hub.people.store import find_guest, get_guest
from conference_hub.registration import store
from conference_hub.registration.model import Opening
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.registration.conftest import SYSTEM, Desk
from tests.law import Watch
from tests.model_day import CONF, FakeNow

FORM, OWN = f"/c/{CONF}/register", f"/c/{CONF}/registration"


def listed(desk: Desk, name: str) -> Guest:
    """Put somebody on the guest list, as organisers do."""
    guest = Guest(
        id=GuestId(f"guest-{name}"),
        name="김 위원",
        label=None,
        organisation="기관",
        group=None,
        mode=Mode.ONSITE,
        email=f"{name}@example.com",
        number="9001",
    )
    with desk.hub.journal.writing(CONF, actor=SYSTEM) as write:
        register_guests(write, [guest])
    return guest


def test_who_registers_is_a_guest_with_a_badge_and_gets_a_link(desk: Desk) -> None:
    desk.opened()
    watch = Watch(desk.hub, CONF)

    answer = desk.form("hong", name="홍 길동", organisation="기관")

    assert (answer.status_code, answer.location) == (302, f"{FORM}/sent")
    assert {entry.topic for entry in watch.look()} == {"GuestsRegistered", "RegistrationReceived"}
    registration = desk.get("hong")
    with desk.hub.database.reading() as db:
        guest = get_guest(db, CONF, registration.guest_id or "")
        assert find_valid_badge(db, CONF, guest.id) is not None
    assert (guest.name, guest.organisation, guest.email, guest.mode) == (
        "홍 길동",
        "기관",
        "hong@example.com",
        Mode.ONSITE,
    )
    assert registration.notice_version == 3
    (mail,) = desk.mails("hong")
    assert mail.link is not None
    assert mail.link in mail.body()
    assert mail.link.startswith(f"http://127.0.0.1:8000{OWN}?lang=ko#{registration.id}.")


def test_the_second_visit_of_an_address_leads_to_its_registration_and_tells_nothing(
    desk: Desk, now: FakeNow
) -> None:
    desk.opened()
    answers = [desk.form("hong")]
    now.forward(seconds=1)
    answers.append(desk.form("hong", email=" Hong@Example.COM", name="다른 이름"))

    assert [(one.status_code, one.location, one.text) for one in answers] == [
        (302, answers[0].location, answers[0].text)
    ] * 2
    assert desk.states() == {"hong": "accepted"}
    first, second = desk.mails("hong")
    assert (first.state, first.link, first.about) == (MailState.REPLACED, None, second.about)
    assert (second.state, second.body().count(f"#{desk.get('hong').id}.")) == (MailState.WAITING, 1)
    assert all(words in second.body() for words in ("요청하신", "참가 등록이 끝났습니다."))


def test_a_link_is_sent_again_to_a_registered_address_only(desk: Desk) -> None:
    desk.opened()
    desk.form("hong")

    answers = [
        desk.stranger.post(f"{FORM}/link", data={"again": address})
        for address in ("HONG@example.com", "nobody@example.com")
    ]

    assert [(one.status_code, one.location) for one in answers] == [(302, f"{FORM}/sent")] * 2
    assert (len(desk.mails("hong")), desk.mails("nobody")) == (2, [])


def test_a_place_given_up_goes_to_the_next_who_is_told(desk: Desk, now: FakeNow) -> None:
    desk.opened()
    for name in ("one", "two", "three", "four"):
        desk.form(name)
        now.forward(seconds=1)
    assert desk.states() == {"one": "accepted", "two": "accepted", "three": "waiting", "four": "waiting"}
    first = desk.get("one")

    browser = desk.own("one")
    assert "명찰 QR과" in browser.get(OWN).text
    cancelled = browser.post(f"{OWN}/cancel")

    assert cancelled.status_code == 302
    assert desk.states() == {"one": "cancelled", "two": "accepted", "three": "accepted", "four": "waiting"}
    assert "자리가 나서" in desk.mails("three")[-1].body()
    assert len(desk.mails("four")) == 1
    assert "앞에 0명" in desk.own("four").get(OWN).text
    with desk.hub.database.reading() as db:
        assert find_guest(db, CONF, first.guest_id or "") is None
    assert "등록을 취소했습니다" in browser.get(OWN).text


def test_who_cancelled_registers_anew_at_the_end_of_the_queue(desk: Desk, now: FakeNow) -> None:
    desk.opened(capacity={Mode.ONSITE: 1})
    desk.form("one")
    now.forward(seconds=1)
    desk.form("two")
    now.forward(seconds=1)
    desk.own("one").post(f"{OWN}/cancel")

    desk.form("one")

    assert desk.states() == {"two": "accepted", "one": "waiting"}


def test_no_place_is_given_twice_at_once(desk: Desk) -> None:
    desk.opened(capacity={Mode.ONSITE: 3}, waiting_list=True)

    def send(number: int) -> int:
        person = {"name": f"n{number}", "email": f"n{number}@example.com", "mode": "onsite"}
        return desk.app.test_client().post(FORM, data=person).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(send, range(12)))

    assert statuses == [302] * 12
    states = list(desk.states().values())
    assert (states.count("accepted"), states.count("waiting")) == (3, 9)


@ON_SQLITE
def test_who_types_the_address_of_a_guest_changes_nothing_of_the_guest(desk: Desk, sign_in: SignIn) -> None:
    desk.opened()
    before = listed(desk, "kim")
    with desk.hub.journal.writing(CONF, actor=SYSTEM) as write:
        revoke_badge(write, before.id)

    desk.form("kim", name="나쁜 사람", mode="online")

    registration = desk.get("kim")
    with desk.hub.database.reading() as db:
        assert get_guest(db, CONF, before.id) == before
        assert find_valid_badge(db, CONF, before.id) is None
    assert (registration.guest_id, registration.person.name, registration.person.mode) == (
        before.id,
        "김 위원",
        Mode.ONSITE,
    )
    (mail,) = desk.mails("kim")
    assert "나쁜 사람" not in mail.body()

    own = {"revision": "1", "name": "김 위원장", "organisation": "새 기관", "mode": "online"}
    assert desk.own("kim").post(f"{OWN}/change", data=own).status_code == 302

    with desk.hub.database.reading() as db:
        after = get_guest(db, CONF, before.id)
        assert find_valid_badge(db, CONF, before.id) is None
    assert after == replace(before, name="김 위원장", organisation="새 기관", mode=Mode.ONLINE)

    person = f"/c/{CONF}/desk/registration/people/{registration.id}/move"
    assert (
        sign_in(Role.ORGANISER).post(person, data={"state": "cancelled", "revision": "2"}).status_code == 302
    )

    with desk.hub.database.reading() as db:
        assert get_guest(db, CONF, before.id) == after
    assert desk.states() == {"김 위원장": "cancelled"}


@ON_SQLITE
def test_what_its_owner_saved_while_it_waited_counts_when_it_gets_a_place(
    desk: Desk, sign_in: SignIn
) -> None:
    desk.opened(approval=True)
    before = listed(desk, "kim")
    desk.form("kim", name="나쁜 사람")
    desk.own("kim").post(f"{OWN}/change", data={"revision": "1", "name": "김 위원장", "mode": "online"})

    person = f"/c/{CONF}/desk/registration/people/{desk.get('kim').id}/move"
    assert (
        sign_in(Role.ORGANISER).post(person, data={"state": "accepted", "revision": "2"}).status_code == 302
    )

    with desk.hub.database.reading() as db:
        after = get_guest(db, CONF, before.id)
    assert after == replace(before, name="김 위원장", organisation=None, mode=Mode.ONLINE)


@pytest.mark.parametrize(
    ("opening", "fields", "status", "words"),
    [
        (Opening.CLOSED, {}, 409, "지금은 등록을 받지 않습니다."),
        (Opening.INVITED, {}, 422, "이 초대 코드로는 등록할 수 없습니다."),
        (Opening.OPEN, {"mode": "zoom"}, 422, "이 참석 방식은 고를 수 없습니다."),
        (Opening.OPEN, {"email": "hong"}, 422, "name@example.com"),
        (Opening.OPEN, {"name": "\u200b"}, 422, "꼭 필요한 항목입니다."),
    ],
)
@ON_SQLITE
def test_a_refused_registration_leaves_nothing_and_keeps_what_was_typed(
    desk: Desk, opening: Opening, fields: dict[str, str], status: int, words: str
) -> None:
    desk.opened(opening=opening)

    answer = desk.form("hong", organisation="긴 기관 이름", **fields)

    assert answer.status_code == status
    assert words in answer.text
    assert opening is Opening.CLOSED or 'value="긴 기관 이름"' in answer.text
    assert (desk.states(), desk.mails("hong")) == ({}, [])


@ON_SQLITE
def test_a_full_mode_without_a_waiting_list_is_refused(desk: Desk) -> None:
    desk.opened(capacity={Mode.ONSITE: 0, Mode.ONLINE: None}, waiting_list=False)

    answer = desk.form("hong")

    assert answer.status_code == 422
    assert 'id="mode-error"' in answer.text
    assert desk.states() == {}


@ON_SQLITE
def test_own_questions_are_asked_and_an_error_stands_at_its_field(desk: Desk) -> None:
    desk.opened(asked=True)

    refused = desk.form("hong", consent_news="on")
    taken = desk.form("hong", own_title="팀장", consent_news="on")

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert 'id="own_title-error"' in refused.text
    registration = desk.get("hong")
    assert registration.answers == {"title": "팀장"}
    with desk.hub.database.reading() as db:
        (given,) = store.consents_of(db, CONF, registration.id)
    assert (given.consent_id, given.version, given.withdrawn_at) == ("news", 1, None)


@ON_SQLITE
def test_an_invitation_is_used_once_and_its_owner_may_come_back(desk: Desk, sign_in: SignIn) -> None:
    desk.opened(opening=Opening.INVITED)
    organiser = sign_in(Role.ORGANISER)
    organiser.post(
        f"/c/{CONF}/desk/registration/invitations", data={"title": "홍", "address": "hong@example.com"}
    )
    (mail,) = desk.mails("hong")
    assert mail.link is not None
    code = mail.link.partition("#")[2]

    statuses = [
        desk.form("kim", invitation=code).status_code,
        desk.form("hong", invitation=f" {code.upper()} ").status_code,
        desk.form("hong", invitation=code).status_code,
    ]

    assert statuses == [422, 302, 302]
    assert desk.states() == {"hong": "accepted"}
    assert len(desk.mails("hong")) == 3
