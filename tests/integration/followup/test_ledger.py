"""The desk sees who was told what of a session, what reached them, and who still holds the old time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.journal import Write
from conference_hub.followup import actions, ledger, store
from conference_hub.followup.answering import answer
from conference_hub.followup.invitations import Answer
from conference_hub.followup.ledger import Reached, Shown
from conference_hub.outbox.model import MailState
from tests.integration.conftest import SignIn
from tests.integration.followup.conftest import KIM, LEE, PARK, SESSION, Told
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE
PAGE = f"/c/{CONF}/desk/follow-up/{SESSION}/sign-ups"
DAY = timedelta(days=1)


def counted(told: Told) -> dict[Shown, int]:
    with told.hub.database.reading() as db:
        found = ledger.counts(ledger.lines(db, store.get_session(db, CONF, SESSION)))
    return {what: count for what, count in found.items() if count}


def reached(told: Told) -> dict[str, Reached]:
    with told.hub.database.reading() as db:
        found = ledger.lines(db, store.get_session(db, CONF, SESSION))
    return {line.standing.guest_id: line.reached for line in found}


def move(told: Told) -> None:
    def later(write: Write) -> None:
        online = store.get_session(write.session, CONF, SESSION)
        actions.reschedule(write, SESSION, online.starts_at + DAY, online.ends_at + DAY, seen=None)

    told.write(later)


def test_the_ledger_follows_the_mails(told: Told) -> None:
    told.address(PARK, None)
    for guest in (KIM, LEE, PARK):
        told.sign_up(guest)
    assert reached(told) == {KIM: Reached.WAITING, LEE: Reached.WAITING, PARK: Reached.NO_ADDRESS}

    told.settle()
    assert reached(told) == {KIM: Reached.SENT, LEE: Reached.SENT, PARK: Reached.NO_ADDRESS}
    move(told)

    assert counted(told) == {Shown.ALL: 3, Shown.OLD: 2, Shown.UNREACHED: 1, Shown.SILENT: 3}


def test_a_mail_that_failed_did_not_reach_anybody(told: Told) -> None:
    told.sign_up(KIM)
    told.settle(MailState.FAILED)

    assert (reached(told), counted(told)[Shown.UNREACHED]) == ({KIM: Reached.FAILED}, 1)


def test_answers_and_withdrawals_are_counted(told: Told) -> None:
    for guest in (KIM, LEE, PARK):
        told.sign_up(guest)
    told.settle()
    told.write(lambda write: answer(write, SESSION, KIM, Answer.ACCEPTED))
    told.write(lambda write: answer(write, SESSION, LEE, Answer.DECLINED))
    told.withdraw(PARK)
    assert counted(told) == {Shown.ALL: 2, Shown.OLD: 1, Shown.COMING: 1, Shown.NOT_COMING: 1, Shown.GONE: 1}
    told.settle()

    assert Shown.OLD not in counted(told)


@pytest.fixture
def desk(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORGANISER)


def test_the_desk_shows_filters_and_leads_to_the_mail(told: Told, desk: FlaskClient) -> None:
    told.sign_up(KIM)
    told.sign_up(LEE)
    told.settle()
    move(told)
    mail_id = told.invitation(KIM).mail_id

    page = desk.get(PAGE).text
    old = desk.get(f"{PAGE}?show=old").text

    assert f"/c/{CONF}/desk/mail/{mail_id}" in page
    assert desk.get(f"/c/{CONF}/desk/mail/{mail_id}").status_code == 200
    assert "지난 일정을 가진 사람" in page
    assert old.count("캘린더에 있는 일정") == 2
    assert "해당하는 사람이 없습니다." in desk.get(f"{PAGE}?show=not-coming").text
    assert desk.get(f"{PAGE}?show=everything").status_code == 422
