"""Who is told what by mail when they sign up, withdraw, get a seat, move house or leave the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from conference_hub.access.model import Role
from conference_hub.checkin.guest_actions import remove_guests
from conference_hub.data.pruning import prune
from conference_hub.followup.invitations import Told as Method
from conference_hub.outbox.actions import withdraw as withdraw_mail
from conference_hub.outbox.model import MailState
from tests.integration.conftest import SignIn
from tests.integration.followup.conftest import KIM, LEE, PARK, SESSION, Told, event_of
from tests.integration.followup.test_notices import COOLING, cancel, restore, work
from tests.integration.registration.conftest import Desk
from tests.judges import libical
from tests.model_day import CONF, FakeNow
from tests.traces import rows_with

KIMS, LEES, PARKS = (f"{one}@example.com" for one in (KIM, LEE, PARK))


def test_who_signs_up_is_invited_in_the_same_transaction(told: Told) -> None:
    told.sign_up(KIM)

    [mail] = told.waiting()
    assert told.said([mail]) == [("REQUEST", KIMS, 0)]
    assert (mail.kind, mail.order_key, mail.about) == (
        "session-invited",
        f"guest/{KIM}",
        f"invitation/{SESSION}/{KIM}",
    )
    assert libical.complaints((mail.calendar or "").encode()) == []
    invitation = told.invitation(KIM)
    assert (invitation.told, invitation.sequence, invitation.mail_id) == (Method.REQUEST, 0, mail.id)
    assert mail.link == f"{told.hub.settings.public_url}/invited/{invitation.token}"
    assert str(event_of(mail)["URL"]) == mail.link


def test_a_mail_is_in_its_readers_language(told: Told) -> None:
    told.address(LEE, LEES, "en")
    told.sign_up(KIM)
    told.sign_up(LEE)

    korean, english = told.waiting()
    assert korean.subject.startswith("[초대] ")
    assert english.subject.startswith("Invitation: ")
    assert (korean.language, english.language) == ("ko", "en")
    assert "한국 표준시" in korean.content
    assert "Korea Standard Time" in english.content


def test_signing_up_again_is_told_once(told: Told) -> None:
    told.sign_up(KIM)
    told.sign_up(KIM)

    assert len(told.mails()) == 1


def test_somebody_without_an_address_is_told_nothing_until_they_have_one(told: Told) -> None:
    told.address(KIM, None)
    told.sign_up(KIM)
    assert (told.mails(), told.invitation(KIM).told) == ([], None)

    told.address(KIM, KIMS)

    assert told.said(told.waiting()) == [("REQUEST", KIMS, 0)]


def test_who_withdraws_before_the_invitation_left_is_told_nothing(told: Told) -> None:
    told.sign_up(KIM)
    told.withdraw(KIM)

    assert [mail.state for mail in told.mails()] == [MailState.WITHDRAWN]
    assert told.invitation(KIM).told is None


def test_who_withdraws_later_gets_a_cancellation(told: Told) -> None:
    told.sign_up(KIM)
    told.settle()
    told.withdraw(KIM)

    assert told.said(told.waiting()) == [("CANCEL", KIMS, 1)]
    assert told.invitation(KIM).told is Method.CANCEL
    assert told.waiting()[0].subject.startswith("[취소] ")


def test_a_cancellation_is_sent_where_the_invitation_may_have_arrived(told: Told) -> None:
    told.sign_up(KIM)
    told.settle(MailState.SENDING)
    told.withdraw(KIM)

    assert told.said(told.waiting()) == [("CANCEL", KIMS, 1)]


def test_who_comes_back_is_invited_with_a_greater_sequence(told: Told) -> None:
    for act in (told.sign_up, told.withdraw, told.sign_up):
        act(KIM)
        told.settle()
    token = told.invitation(KIM).token

    sent = [mail for mail in told.mails() if mail.state is MailState.SENT]
    assert told.said(sent) == [("REQUEST", KIMS, 0), ("CANCEL", KIMS, 1), ("REQUEST", KIMS, 2)]
    told.withdraw(KIM)
    told.sign_up(KIM)
    assert told.said(told.waiting()) == [("REQUEST", KIMS, 4)]
    assert told.invitation(KIM).token == token


def test_who_waits_is_told_when_a_seat_comes_free_and_once(told: Told) -> None:
    told.change(capacity=1, waits=True)
    for guest in (KIM, LEE, PARK):
        told.sign_up(guest)
    assert [mail.kind for mail in told.waiting()] == ["session-invited", "session-waiting", "session-waiting"]
    told.settle()

    told.withdraw(KIM)

    cancel, moved_up = told.waiting()
    assert told.said([cancel, moved_up]) == [("CANCEL", KIMS, 1), ("REQUEST", LEES, 0)]
    assert (moved_up.kind, "자리가 났습니다" in moved_up.subject) == ("session-moved-up", True)
    told.settle()
    told.withdraw(PARK)
    assert told.waiting() == []


def test_who_waits_again_after_withdrawing_is_told_of_the_seat(told: Told) -> None:
    told.sign_up(KIM)
    told.settle()
    told.withdraw(KIM)
    told.change(capacity=1, waits=True)
    told.sign_up(LEE)
    told.sign_up(KIM)
    told.settle()

    told.withdraw(LEE)

    assert [mail.kind for mail in told.waiting()] == ["session-withdrawn", "session-moved-up"]


def test_another_address_is_invited_and_the_earlier_one_released(told: Told) -> None:
    told.sign_up(KIM)
    told.settle()
    before = told.invitation(KIM).token

    told.address(KIM, "kim@example.org")

    former, new = told.waiting()
    assert told.said([former, new]) == [("CANCEL", KIMS, 1), ("REQUEST", "kim@example.org", 2)]
    assert (former.kind, former.about) == ("session-readdressed", None)
    after = told.invitation(KIM).token
    assert after != before
    assert after not in (former.calendar or "")


@pytest.mark.parametrize("left", [True, False])
def test_an_address_that_was_away_for_a_while_is_invited_again(told: Told, *, left: bool) -> None:
    told.sign_up(KIM)
    told.settle()
    told.address(KIM, None)
    if left:
        told.settle()

    told.address(KIM, KIMS)
    told.address(KIM, KIMS, "en")

    assert told.said(told.mails())[1] == ("CANCEL", KIMS, 1)
    assert told.said(told.waiting()) == [("REQUEST", KIMS, 2)]


def test_a_session_that_takes_place_again_is_told_when_its_time_has_come(told: Told, now: FakeNow) -> None:
    told.sign_up(KIM)
    told.settle()
    cancel(told)
    now.instant += COOLING
    work(told)
    told.settle()
    restore(told)

    told.address(KIM, KIMS, "en")
    assert told.waiting() == []
    now.instant += COOLING
    work(told)

    assert [(mail.kind, mail.to_address) for mail in told.waiting()] == [("session-restored", KIMS)]


def test_an_address_in_other_letters_is_the_same(told: Told) -> None:
    told.sign_up(KIM)
    told.settle()

    told.address(KIM, KIMS.upper())

    assert told.waiting() == []


def test_who_is_taken_off_the_list_gets_a_cancellation_and_leaves_a_seat(told: Told) -> None:
    told.change(capacity=1, waits=True)
    told.sign_up(KIM)
    told.sign_up(LEE)
    told.settle()

    told.write(lambda write: remove_guests(write, [KIM], ties=(), leaving=told.hub.guests_leaving))

    assert told.said(told.waiting()) == [("CANCEL", KIMS, 1), ("REQUEST", LEES, 2)]


@pytest.mark.parametrize("invited", [True, False])
def test_deleted_data_of_a_registration_leave_only_the_cancellation_until_it_left(
    told: Told, app: Flask, sign_in: SignIn, *, invited: bool
) -> None:
    desk = Desk(hub=told.hub, app=app)
    desk.opened()
    desk.form("hong")
    registration = desk.get("hong")
    told.sign_up(registration.guest_id or "")
    if invited:
        told.settle()

    erase = f"/c/{CONF}/desk/registration/people/{registration.id}/erase"
    answer = sign_in(Role.ORGANISER).post(erase)

    assert answer.status_code == 302, answer.text
    left = told.mails()
    assert told.said(left) == ([("CANCEL", "hong@example.com", 1)] if invited else [])
    prune(told.hub.database, told.hub.now(), lambda _seconds: None)
    assert told.mails() == left
    told.settle()
    prune(told.hub.database, told.hub.now(), lambda _seconds: None)
    assert rows_with(told.hub.database, "hong") == []


def test_a_deleted_registration_of_somebody_who_stays_on_the_list_leaves_their_invitation(
    told: Told, app: Flask, sign_in: SignIn
) -> None:
    told.address(KIM, "hong@example.com")
    desk = Desk(hub=told.hub, app=app)
    desk.opened()
    desk.form("hong")
    told.sign_up(KIM)

    erase = f"/c/{CONF}/desk/registration/people/{desk.get('hong').id}/erase"
    answer = sign_in(Role.ORGANISER).post(erase)

    assert answer.status_code == 302, answer.text
    assert told.said(told.mails()) == [("REQUEST", "hong@example.com", 0)]


def test_nothing_is_told_of_a_session_that_is_over(told: Told, now: FakeNow) -> None:
    told.sign_up(KIM)
    told.settle()
    now.instant = now.instant + timedelta(days=60)

    told.address(KIM, "kim@example.org")

    assert told.waiting() == []


def test_what_a_mail_server_took_is_what_the_person_holds(told: Told, now: FakeNow) -> None:
    told.sign_up(KIM)
    assert told.invitation(KIM).held_starts_at is None

    told.settle()

    held = told.invitation(KIM)
    assert (held.held_starts_at, held.held_ends_at) == (held.starts_at, held.ends_at)
    assert (held.sent_sequence, held.sent_at) == (0, now.instant)


@pytest.mark.parametrize("state", [MailState.FAILED, MailState.REPLACED])
def test_what_was_not_sent_is_not_held(told: Told, state: MailState) -> None:
    told.sign_up(KIM)
    told.settle(state)

    assert (told.invitation(KIM).held_starts_at, told.invitation(KIM).told) == (None, Method.REQUEST)


def test_a_mail_that_comes_back_is_noted(told: Told) -> None:
    told.sign_up(KIM)
    told.settle()
    [mail] = told.mails()
    with told.hub.database.writing() as db:
        returned = replace(mail, state=MailState.BOUNCED)
        told.hub.tell_settled(db, returned, told.hub.now())

    assert told.invitation(KIM).bounced_at == told.hub.now()


def test_an_invitation_that_somebody_held_back_was_not_told(told: Told) -> None:
    told.sign_up(KIM)
    [mail] = told.mails()
    told.write(lambda write: withdraw_mail(told.hub, write, mail.id))

    assert told.invitation(KIM).told is None


def test_a_person_signs_up_on_the_page_and_is_invited(told: Told, sign_in: SignIn) -> None:
    guest = sign_in(Role.ATTENDEE, guest_id=KIM)

    assert guest.post(f"/c/{CONF}/follow-up/{SESSION}/sign-up", data={"action": "take"}).status_code == 302

    assert told.said(told.waiting()) == [("REQUEST", KIMS, 0)]
