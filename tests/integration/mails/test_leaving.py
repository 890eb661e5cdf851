"""Whoever is taken off the guest list takes their mails along, sent or not, but what their calendar has to hear."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from conference_hub.checkin.personal_links import send_again
from conference_hub.data.pruning import prune
from conference_hub.followup.actions import sign_up
from conference_hub.followup.reminding import Reminder
from conference_hub.followup.store import get_session
from conference_hub.outbox.actions import put
from conference_hub.outbox.message import Letter
from conference_hub.outbox.model import Draft, Mail, MailState
from conference_hub.outbox.retries import Deferred, Delivered, Outcome, Rejected
from conference_hub.outbox.sending import Sender
from conference_hub.people.model import GuestId, Mode
from conference_hub.people.store import get_guest, save_guests
from conference_hub.registration.actions import erase
from conference_hub.registration.model import Person, Registration, RegistrationId, Standing
from conference_hub.registration.store import save_registration
from conference_hub.registration.visitors import around_of
from conference_hub.web.hub import Hub
from tests.integration.mails.bulk import (
    AWARDED_NOTHING,
    DOORS,
    FIRST,
    SYSTEM,
    press,
    reachable,
    remove,
    written,
)
from tests.integration.outbox.conftest import Told
from tests.model_day import CONF, FakeNow

SESSION = "session-1"
GONE, STAYS = f"{AWARDED_NOTHING}@example.com", f"{FIRST}@example.com"
REGISTERED = Draft(
    kind="registration",
    to_name="홍길동",
    to_address=STAYS,
    subject="등록",
    content="등록했습니다.",
    about="registration/of-both",
)


def send(hub: Hub, answer: Outcome) -> None:
    def answers(_letter: Letter) -> Outcome:
        return answer

    Sender(hub=hub, carrier=Told(answers)).send_waiting()


def registered(hub: Hub, address: str, guest_id: str) -> None:
    """Let a guest have registered at an address."""
    with hub.journal.writing(CONF, actor=SYSTEM) as write:
        found = Registration(
            id=RegistrationId("of-both"),
            person=Person(name="홍길동", organisation="", mode=Mode.ONSITE, address=address, language="ko"),
            state=Standing.ACCEPTED,
            answers={},
            created_at=write.at,
            queued_at=write.at,
            notice_version=1,
            guest_id=GuestId(guest_id),
            link_number=1,
            revision=1,
            changed_by="김주최",
        )
        save_registration(write.session, CONF, found)


def to(hub: Hub, address: str) -> list[Mail]:
    return [mail for mail in written(hub) if mail.to_address == address]


@pytest.fixture
def mailed(organiser: FlaskClient, seeded: Hub, now: FakeNow) -> Hub:
    """Two guests with every kind of mail: an invitation, a personal link, a mail to many, a reminder."""
    reachable(seeded, [FIRST, AWARDED_NOTHING])
    with organiser.application.app_context(), seeded.journal.writing(CONF, actor=SYSTEM) as write:
        for guest_id, address in ((FIRST, STAYS), (AWARDED_NOTHING, GONE)):
            sign_up(seeded, write, SESSION, guest_id)
            send_again(write, address)
        starts_at = get_session(write.session, CONF, SESSION).starts_at
    press(organiser, seeded, DOORS)
    send(seeded, Delivered())
    now.instant = starts_at - timedelta(days=1)
    Reminder().work(seeded, now.instant)
    return seeded


@pytest.mark.parametrize(
    "became",
    [None, Delivered(), Deferred(reason="451"), Rejected(reason="550")],
    ids=lambda one: type(one).__name__,
)
def test_only_what_takes_the_invitation_back_is_left_and_goes_once_it_left(
    mailed: Hub, now: FakeNow, became: Outcome | None
) -> None:
    if became is not None:
        send(mailed, became)
    kept = [mail.id for mail in to(mailed, STAYS)]
    assert {mail.kind for mail in to(mailed, GONE)} == {mail.kind for mail in to(mailed, STAYS)}
    assert len(kept) == 4

    remove(mailed, AWARDED_NOTHING)

    [back] = to(mailed, GONE)
    assert (back.state, "METHOD:CANCEL" in (back.calendar or "")) == (MailState.WAITING, True)
    assert [mail.id for mail in to(mailed, STAYS)] == kept
    send(mailed, Delivered())
    prune(mailed.database, now.instant + timedelta(hours=1), lambda _seconds: None)
    assert to(mailed, GONE) == []


def test_mails_to_somebody_else_at_the_same_address_stay(mailed: Hub) -> None:
    with mailed.journal.writing(CONF, actor=SYSTEM) as write:
        save_guests(
            write.session, CONF, [replace(get_guest(write.session, CONF, AWARDED_NOTHING), email=STAYS)]
        )
    kept = [mail.id for mail in to(mailed, STAYS)]

    remove(mailed, AWARDED_NOTHING)

    assert [mail.id for mail in to(mailed, STAYS)] == kept


def test_deleting_a_registration_leaves_the_mails_to_guests_at_its_address(
    mailed: Hub, organiser: FlaskClient
) -> None:
    registered(mailed, STAYS, FIRST)
    kept = [mail.id for mail in to(mailed, STAYS)]

    with organiser.application.app_context(), mailed.journal.writing(CONF, actor=SYSTEM) as write:
        put(write, REGISTERED)
        erase(write, "of-both", around_of(mailed, CONF))

    assert [mail.id for mail in to(mailed, STAYS)] == kept


def test_a_guest_who_leaves_with_their_registration_leaves_the_mails_of_another_at_its_address(
    mailed: Hub, organiser: FlaskClient
) -> None:
    with mailed.journal.writing(CONF, actor=SYSTEM) as write:
        gone = replace(get_guest(write.session, CONF, AWARDED_NOTHING), email=STAYS)
        save_guests(write.session, CONF, [gone])
    registered(mailed, STAYS, AWARDED_NOTHING)
    kept = [mail.id for mail in to(mailed, STAYS)]

    remove(mailed, AWARDED_NOTHING)

    assert [mail.id for mail in to(mailed, STAYS)] == kept
    press(organiser, mailed, DOORS)
    assert [mail.kind for mail in to(mailed, STAYS)].count("doors-open") == 1


def test_what_takes_an_invitation_back_and_is_refused_goes_when_it_says_nothing_more(
    mailed: Hub, now: FakeNow
) -> None:
    remove(mailed, AWARDED_NOTHING)
    send(mailed, Rejected(reason="550"))
    [back] = to(mailed, GONE)
    assert back.expires_at is not None

    for days in (0, 1):  # until then organisers may try it again
        prune(mailed.database, back.expires_at + timedelta(days=days, seconds=-1), lambda _seconds: None)
        assert len(to(mailed, GONE)) == 1 - days


def test_a_mail_that_is_in_hand_when_its_reader_leaves_does_not_come_back(mailed: Hub) -> None:
    def leaves(letter: Letter) -> Outcome:
        if letter.to == GONE and to(mailed, GONE)[0].calendar is None:
            remove(mailed, AWARDED_NOTHING)
        return Deferred(reason="451")

    Sender(hub=mailed, carrier=Told(leaves)).send_waiting()

    assert [mail.calendar is not None for mail in to(mailed, GONE)] == [True]
