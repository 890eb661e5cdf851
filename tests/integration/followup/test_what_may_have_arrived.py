"""Who is told that a session is gone where a mail may have arrived, though nobody knows it for sure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from conference_hub.checkin.guest_actions import register_guests, remove_guests
from conference_hub.core.journal import Write
from conference_hub.followup import actions, answers, invitation_store, notices, preparing, store
from conference_hub.followup.invitations import Answer
from conference_hub.followup.invitations import Told as Method
from conference_hub.followup.model import OnlineSession
from conference_hub.outbox import retries
from conference_hub.outbox import store as outbox
from conference_hub.outbox.actions import retry
from conference_hub.outbox.actions import withdraw as withdraw_mail
from conference_hub.outbox.message import Letter
from conference_hub.outbox.model import MailState
from conference_hub.outbox.retries import Deferred, Delivered, Outcome, Unreachable
from conference_hub.outbox.sending import Sender
from conference_hub.people.model import GuestId
from conference_hub.people.store import get_guest
from tests.integration.followup.conftest import KIM, LEE, SESSION, Told, event_of
from tests.integration.followup.test_notices import COOLING, move, work
from tests.model_day import CONF, FakeNow

KIMS, LEES = (f"{one}@example.com" for one in (KIM, LEE))


@dataclass
class Server:
    """A mail server; `takes` says what becomes of a letter."""

    takes: Callable[[Letter], Outcome] = lambda _letter: Delivered()
    got: list[str] = field(default_factory=list)

    def deliver(self, letter: Letter) -> Outcome:
        self.got.append(letter.to)
        return self.takes(letter)

    def close(self) -> None:
        pass


def send(told: Told, takes: Callable[[Letter], Outcome] = lambda _letter: Delivered()) -> list[str]:
    server = Server(takes)
    Sender(hub=told.hub, carrier=server).send_waiting()
    return server.got


def unsure(_letter: Letter) -> Outcome:
    return Deferred(reason="timed out after DATA")


def put(told: Told, **values: object) -> None:
    def save(write: Write) -> None:
        online = store.get_session(write.session, CONF, SESSION)
        preparing.put_session(write, replace(online, **values))  # type: ignore[arg-type]

    told.write(save)


def online_of(told: Told) -> OnlineSession:
    with told.hub.database.reading() as db:
        return store.get_session(db, CONF, SESSION)


def test_a_newer_mail_does_not_hide_that_one_may_have_arrived(told: Told, now: FakeNow) -> None:
    told.sign_up(KIM)
    [first] = told.waiting()
    with (
        told.hub.database.writing() as db
    ):  # the server takes it, and the hub dies before that is written down
        outbox.save_mail(db, retries.claim(first, told.hub.now()))
    move(told)
    told.write(notices.send_now)
    work(told)

    told.withdraw(KIM)

    assert told.said(told.waiting()) == [("CANCEL", KIMS, 2)]
    now.instant += timedelta(minutes=6)
    assert [*send(told), *send(told)] == [KIMS]
    assert told.invitation(KIM).sent_sequence == 2


def test_who_comes_and_goes_while_a_mail_is_in_hand_gets_a_cancellation(told: Told) -> None:
    told.sign_up(KIM)

    acts = [told.withdraw, told.sign_up, told.withdraw]

    def slow(_letter: Letter) -> Outcome:
        while acts:
            acts.pop(0)(KIM)
        return Delivered()

    send(told, slow)
    send(told)

    left = [mail for mail in told.mails() if mail.state is MailState.SENT]
    assert [method for method, _to, _number in told.said(left)] == ["REQUEST", "CANCEL"]
    assert told.invitation(KIM).held_starts_at is None


@pytest.mark.parametrize("pressed", ["again", "retry"])
def test_a_press_on_a_mail_that_may_have_arrived_keeps_that_it_may(told: Told, pressed: str) -> None:
    told.sign_up(KIM)
    send(told, unsure)
    [mail] = told.waiting()
    if pressed == "retry":
        told.write(lambda write: retry(write, mail.id))
    else:
        told.write(lambda write: actions.invite_again(told.hub, write, SESSION, KIM))

    told.withdraw(KIM)

    assert told.said(told.waiting()) == [("CANCEL", KIMS, 1)]


def test_a_server_out_of_reach_does_not_undo_that_a_mail_may_have_arrived(told: Told) -> None:
    told.sign_up(KIM)
    send(told, unsure)
    [mail] = told.waiting()
    told.write(lambda write: retry(write, mail.id))
    send(told, lambda _letter: Unreachable(reason="no route to host"))

    told.withdraw(KIM)

    assert told.said(told.waiting()) == [("CANCEL", KIMS, 1)]


def test_a_mail_that_leaves_after_it_was_given_up_is_taken_back(told: Told) -> None:
    told.sign_up(KIM)
    [mail] = told.waiting()
    told.withdraw(KIM)
    assert told.invitation(KIM).told is None

    told.settle_one(mail, MailState.SENT)
    work(told)

    assert told.said(told.waiting()) == [("CANCEL", KIMS, 1)]
    told.settle()
    work(told)
    assert told.waiting() == []


def test_an_address_that_no_invitation_reached_gets_no_cancellation(told: Told) -> None:
    told.sign_up(KIM)
    told.settle()

    told.address(KIM, "stranger@example.com")
    told.address(KIM, "right@example.com")

    assert send(told) == [KIMS, "right@example.com"]


def test_a_cancellation_that_waits_is_not_lost_by_another_address(told: Told) -> None:
    told.sign_up(KIM)
    told.settle()
    told.withdraw(KIM)
    told.address(KIM, "kim@example.org")

    told.sign_up(KIM)

    assert told.said(told.waiting()) == [("CANCEL", KIMS, 2), ("REQUEST", "kim@example.org", 3)]


def test_the_secret_of_an_invitation_ends_with_its_address(told: Told) -> None:
    told.sign_up(KIM)
    told.settle()
    secret = told.invitation(KIM).token

    told.address(KIM, None)

    [gone] = told.waiting()
    assert told.said([gone]) == [("CANCEL", KIMS, 1)]
    assert told.invitation(KIM).token != secret
    assert "/invited/" not in (gone.calendar or "").replace("\r\n ", "") + gone.content
    assert str(event_of(gone)["URL"]).endswith(f"/c/{CONF}/follow-up#{SESSION}")


def test_another_service_that_was_not_told_is_told_later(told: Told, now: FakeNow) -> None:
    told.change(url="https://zoom.us/j/1")
    told.sign_up(KIM)
    told.settle()
    put(told, url="https://teams.example/1")
    now.instant += COOLING
    work(told)
    [mail] = told.waiting()

    told.write(lambda write: withdraw_mail(told.hub, write, mail.id))

    assert (told.invitation(KIM).host, told.invitation(KIM).held_attendee) == ("zoom.us", KIMS)
    with told.hub.database.reading() as db:
        [pending] = notices.pending(db, online_of(told), told.hub.now())
    assert pending.standing.guest_id == KIM


def test_an_answer_leaves_what_became_of_the_mail(told: Told) -> None:
    told.sign_up(KIM)
    before = told.invitation(KIM)
    told.settle()  # by the process that sends, while the answer is being written

    given = answers.by_page(before, online_of(told), Answer.ACCEPTED, told.hub.now())
    told.write(lambda write: invitation_store.save_answer(write.session, given))

    after = told.invitation(KIM)
    assert (after.answer, after.sent_sequence) == (Answer.ACCEPTED, 0)
    assert after.held_starts_at == after.starts_at


def test_who_is_put_on_the_list_again_is_told_a_greater_sequence(told: Told) -> None:
    told.sign_up(KIM)
    told.settle()

    def again(write: Write) -> None:
        guest = get_guest(write.session, CONF, KIM)
        remove_guests(write, [KIM], ties=told.hub.guest_ties, leaving=told.hub.guests_leaving)
        register_guests(write, [replace(guest, id=GuestId("kim-again"))])

    told.write(again)
    told.settle()
    told.sign_up("kim-again")

    assert told.said(told.mails()) == [("CANCEL", KIMS, 1), ("REQUEST", KIMS, 2)]


def test_a_seat_that_is_lost_and_found_is_no_restored_session(told: Told, now: FakeNow) -> None:
    for guest in (KIM, LEE):
        told.sign_up(guest)
        now.instant += timedelta(seconds=1)
    told.settle()
    put(told, capacity=1)
    now.instant += COOLING
    work(told)
    told.settle()

    put(told, capacity=5)
    work(told)  # more seats alone are told at once

    [mail] = told.waiting()
    assert (mail.kind, mail.to_address) == ("session-moved-up", LEES)
    assert told.invitation(LEE).told is Method.REQUEST
