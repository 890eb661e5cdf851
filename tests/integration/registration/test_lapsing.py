"""A place is held for an address for a time only, until its link is opened; then the next who waits gets it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin.actions import join
from conference_hub.outbox import actions as outbox
from conference_hub.people.model import Mode
from conference_hub.people.store import find_guest
from conference_hub.registration.model import Opening, Standing
from tests.integration.conftest import SignIn
from tests.integration.registration.conftest import SYSTEM, Desk
from tests.law import Watch
from tests.model_day import CONF, FakeNow

OWN, PAGE = f"/c/{CONF}/registration", f"/c/{CONF}/desk/registration"
ONE_PLACE = {Mode.ONSITE: 1}


def mailed(desk: Desk, *names: str) -> None:
    """Mark the mails to somebody as sent, as the mail server or an organiser does."""
    with desk.hub.journal.writing(CONF, actor=SYSTEM) as write:
        for name in names:
            outbox.copied(desk.hub, write, desk.mails(name)[-1].id)


def expire(desk: Desk) -> None:
    """Do what the server does each minute."""
    for one in desk.hub.expiring:
        one(desk.hub.now())


@pytest.fixture
def queue(desk: Desk, now: FakeNow) -> Desk:
    """One place, taken by the first, who was sent a link; the second waits."""
    desk.opened(capacity=ONE_PLACE)
    desk.form("one")
    now.forward(seconds=1)
    desk.form("two")
    mailed(desk, "one", "two")
    assert desk.states() == {"one": "accepted", "two": "waiting"}
    return desk


def test_a_place_that_nobody_confirmed_goes_to_the_next_who_waits(queue: Desk, now: FakeNow) -> None:
    desk, guest_id = queue, queue.get("one").guest_id or ""
    desk.own("two")
    now.forward(hours=23, minutes=59)
    expire(desk)
    assert desk.states() == {"one": "accepted", "two": "waiting"}
    watch = Watch(desk.hub, CONF)

    now.forward(minutes=1)
    expire(desk)

    assert desk.states() == {"one": "lapsed", "two": "accepted"}
    topics = {entry.topic for entry in watch.look()}
    assert topics == {"GuestsRemoved", "RegistrationMoved", "GuestsRegistered"}
    with desk.hub.database.reading() as db:
        assert find_guest(db, CONF, guest_id) is None
    assert "등록 확인 링크가 열리지 않아" in desk.mails("one")[-1].body()
    assert "자리가 나서" in desk.mails("two")[-1].body()


def test_who_opened_the_link_keeps_the_place(queue: Desk, now: FakeNow) -> None:
    desk = queue
    watch = Watch(desk.hub, CONF)
    browsers = [desk.own("one") for _ in range(2)]
    assert [entry.topic for entry in watch.look()] == ["RegistrationConfirmed"]

    now.forward(days=2)
    expire(desk)

    assert desk.states() == {"one": "accepted", "two": "lapsed"}
    assert "등록되었습니다" in browsers[0].get(OWN).text


def test_the_next_registration_finds_the_place_free(desk: Desk, now: FakeNow) -> None:
    desk.opened(capacity=ONE_PLACE)
    desk.form("one")
    mailed(desk, "one")
    now.forward(days=1)

    desk.form("two")

    assert desk.states() == {"one": "lapsed", "two": "accepted"}


def test_who_moved_up_has_a_day_of_their_own(queue: Desk, now: FakeNow) -> None:
    desk = queue
    now.forward(hours=23)
    desk.own("one").post(f"{OWN}/cancel")
    assert desk.states() == {"one": "cancelled", "two": "accepted"}
    mailed(desk, "two")

    now.forward(hours=23)
    expire(desk)
    assert desk.states() == {"one": "cancelled", "two": "accepted"}
    now.forward(hours=1)
    expire(desk)

    assert desk.states() == {"one": "cancelled", "two": "lapsed"}


def test_a_link_that_nobody_sent_is_waited_for_a_week(desk: Desk, now: FakeNow) -> None:
    now.instant -= timedelta(days=7)
    desk.opened()
    desk.form("one")
    assert "24시간 안에" in desk.mails("one")[0].body()

    now.forward(days=6)
    expire(desk)
    assert desk.states() == {"one": "accepted"}
    now.forward(days=1)
    expire(desk)

    assert desk.states() == {"one": "lapsed"}


def test_asking_for_the_link_again_does_not_hold_a_place_longer(queue: Desk, now: FakeNow) -> None:
    desk = queue
    now.forward(hours=20)
    desk.form("one")
    mailed(desk, "one")

    now.forward(hours=4)
    expire(desk)

    assert desk.states() == {"one": "lapsed", "two": "lapsed"}


def test_a_lapsed_registration_begins_anew(queue: Desk, now: FakeNow) -> None:
    desk = queue
    now.forward(days=1)
    expire(desk)
    page = desk.own("one").get(OWN).text
    assert all(words in page for words in ("확인 안 됨", "등록 확인 링크가 열리지 않아", "다시 등록하기"))

    desk.form("one", name="홍길동")

    assert desk.get("one").state is Standing.ACCEPTED
    assert desk.get("one").person.name == "홍길동"
    assert desk.own("one").get(OWN).status_code == 200


def test_somebody_who_was_checked_in_keeps_the_place(queue: Desk, now: FakeNow) -> None:
    desk, guest_id = queue, queue.get("one").guest_id or ""
    with desk.hub.journal.writing(CONF, actor=SYSTEM) as write:
        join(write, guest_id)

    now.forward(days=1)
    expire(desk)

    assert (desk.states()["one"], desk.get("one").unconfirmed_since) == ("accepted", None)


def test_somebody_who_came_by_a_personal_link_keeps_the_place(
    queue: Desk, now: FakeNow, sign_in: SignIn
) -> None:
    desk = queue
    sign_in(Role.ATTENDEE, guest_id=desk.get("one").guest_id)

    now.forward(days=1)
    expire(desk)

    assert desk.states() == {"one": "accepted", "two": "lapsed"}


def test_an_organisers_decision_confirms(desk: Desk, now: FakeNow, sign_in: SignIn) -> None:
    desk.opened(approval=True)
    for name in ("one", "two"):
        desk.form(name)
        now.forward(seconds=1)
    mailed(desk, "one", "two")
    organiser: FlaskClient = sign_in(Role.ORGANISER)
    people, page = (organiser.get(PAGE).text, organiser.get(f"{PAGE}/people/{desk.get('one').id}").text)
    assert (people.count("확인 전"), "확인 기한" in page) == (2, True)
    organiser.post(f"{PAGE}/people/{desk.get('one').id}/move", data={"state": "accepted", "revision": "1"})

    now.forward(days=1)
    expire(desk)

    assert desk.states() == {"one": "accepted", "two": "lapsed"}
    lapsed = f"{PAGE}/people/{desk.get('two').id}/move"
    answer = organiser.post(lapsed, data={"state": "accepted", "revision": "2"})
    assert (answer.status_code, desk.states()["two"]) == (302, "accepted")


def test_a_lapsed_registration_gives_its_invitation_back(desk: Desk, now: FakeNow, sign_in: SignIn) -> None:
    sign_in(Role.ORGANISER).post(
        f"{PAGE}/invitations", data={"title": "지자체", "address": "one@example.com"}
    )
    code = (desk.mails("one")[-1].link or "").partition("#")[2]
    desk.opened(opening=Opening.INVITED)
    desk.form("one", invitation=code)
    mailed(desk, "one")
    now.forward(days=1)
    expire(desk)

    assert desk.form("one", invitation=code).status_code == 302
    assert desk.states() == {"one": "accepted"}


def test_nothing_lapses_after_the_conference(queue: Desk, now: FakeNow) -> None:
    now.forward(days=30)
    expire(queue)

    assert queue.states() == {"one": "accepted", "two": "waiting"}
