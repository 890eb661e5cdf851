"""Who signs up for a session without a free seat reads by mail that they wait, as which one, and how to leave."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from conference_hub.checkin.guest_actions import remove_guests
from conference_hub.followup import ledger, preparing, store
from conference_hub.followup.invitations import Told as Method
from conference_hub.followup.ledger import Reached
from conference_hub.followup.several import sign_up_for_all
from conference_hub.outbox.message import Letter
from conference_hub.outbox.model import Mail, MailState
from conference_hub.outbox.retries import Deferred, Outcome
from conference_hub.outbox.sending import Sender
from tests.integration.followup.conftest import KIM, LEE, PARK, SESSION, Told
from tests.integration.followup.test_notices import COOLING, cancel, move, online, restore, work
from tests.model_day import CONF, FakeNow

KIMS, LEES, PARKS = (f"{one}@example.com" for one in (KIM, LEE, PARK))
WAITING = "session-waiting"


@pytest.fixture
def full(told: Told) -> Told:
    """A session whose only seat Kim has, who was invited; others wait."""
    told.change(capacity=1, waits=True)
    told.sign_up(KIM)
    told.settle()
    return told


def written(told: Told, kind: str = WAITING) -> list[tuple[str, MailState]]:
    return [(mail.to_address, mail.state) for mail in told.mails() if mail.kind == kind]


def newest(told: Told) -> Mail:
    return told.mails()[-1]


def test_who_signs_up_for_a_full_session_reads_as_which_one_they_wait(full: Told) -> None:
    full.address(PARK, PARKS, "en")
    full.sign_up(LEE)
    full.sign_up(PARK)

    korean, english = full.waiting()
    assert [(mail.kind, mail.to_address, mail.calendar) for mail in (korean, english)] == [
        (WAITING, LEES, None),
        (WAITING, PARKS, None),
    ]
    assert "대기 순서는 1번째입니다." in korean.content
    assert "Your place on the list is 2." in english.content
    token = full.invitation(LEE).token
    assert korean.link == f"{full.hub.settings.public_url}/invited/{token}"
    with full.hub.database.reading() as db:
        ends_at = store.get_session(db, CONF, SESSION).ends_at
    assert (korean.expires_at, korean.order_key) == (ends_at, f"guest/{LEE}")


def test_the_link_leads_to_the_place_and_out_of_it(full: Told, client: FlaskClient) -> None:
    full.sign_up(LEE)
    [mail] = full.waiting()
    page = (mail.link or "").removeprefix(full.hub.settings.public_url)

    assert client.get(page).status_code == 200
    assert client.post(f"{page}/place", data={"action": "give-up"}).status_code == 302

    assert written(full) == [(LEES, MailState.WITHDRAWN)]
    assert full.invitation(LEE).waiting_at is None


def test_signing_up_again_while_waiting_is_told_once_and_after_withdrawing_anew(full: Told) -> None:
    full.sign_up(LEE)
    full.sign_up(LEE)
    full.settle()
    full.withdraw(LEE)
    assert full.waiting() == []

    full.sign_up(LEE)

    assert written(full) == [(LEES, MailState.SENT), (LEES, MailState.WAITING)]


def test_a_seat_that_comes_first_replaces_the_unsent_mail(full: Told) -> None:
    full.sign_up(LEE)
    full.withdraw(KIM)

    assert written(full) == [(LEES, MailState.REPLACED)]
    assert [(mail.kind, mail.to_address) for mail in full.waiting()] == [
        ("session-withdrawn", KIMS),
        ("session-moved-up", LEES),
    ]
    assert (full.invitation(LEE).told, full.invitation(LEE).waiting_at) == (Method.REQUEST, None)


def test_an_unsent_cancellation_leaves_before_the_mail_about_waiting(full: Told) -> None:
    full.change(capacity=2)
    full.sign_up(LEE)
    full.settle()
    full.withdraw(LEE)
    full.sign_up(PARK)
    full.sign_up(LEE)

    assert [(mail.kind, mail.to_address) for mail in full.waiting()] == [
        ("session-withdrawn", LEES),
        ("session-invited", PARKS),
        (WAITING, LEES),
    ]
    full.settle()
    assert full.invitation(LEE).held_starts_at is None


def test_another_address_gets_the_mail_and_the_link_to_the_earlier_one_ends(full: Told) -> None:
    full.sign_up(LEE)
    before = newest(full)
    full.address(LEE, "lee@example.org")
    assert written(full) == [(LEES, MailState.REPLACED), ("lee@example.org", MailState.WAITING)]
    assert newest(full).link != before.link
    full.settle()

    full.address(LEE, "LEE@example.org")
    full.address(LEE, None)
    full.address(LEE, "lee@example.org")

    assert written(full)[2:] == [("lee@example.org", MailState.WAITING)]
    full.withdraw(KIM)
    assert [mail.kind for mail in full.waiting()] == ["session-withdrawn", "session-moved-up"]


def test_who_has_no_address_is_told_once_they_have_one(full: Told) -> None:
    full.address(LEE, None)
    full.sign_up(LEE)
    assert (written(full), full.invitation(LEE).waiting_at) == ([], None)

    full.address(LEE, LEES)

    assert written(full) == [(LEES, MailState.WAITING)]


def test_a_lost_seat_is_told_by_its_own_mail_alone(full: Told, now: FakeNow) -> None:
    full.change(capacity=2)
    full.sign_up(LEE)
    full.settle()

    lose_the_second_seat(full, now)
    assert [mail.kind for mail in full.waiting()] == ["session-seat-lost"]

    full.address(LEE, "lee@example.org")
    assert WAITING not in {mail.kind for mail in full.mails()}


def test_a_lost_seat_is_not_known_to_who_had_no_address_then(full: Told, now: FakeNow) -> None:
    full.change(capacity=2)
    full.sign_up(LEE)
    full.settle()
    full.address(LEE, None)
    lose_the_second_seat(full, now)

    full.address(LEE, "lee@example.org")

    assert written(full) == [("lee@example.org", MailState.WAITING)]


def test_another_address_before_a_lost_seat_is_told_reads_of_waiting_there(full: Told, now: FakeNow) -> None:
    full.change(capacity=2)
    full.sign_up(LEE)
    full.settle()
    before = online(full)
    full.write(lambda write: preparing.put_session(write, replace(before, capacity=1)))
    full.address(LEE, "lee@example.org")

    now.instant += COOLING
    work(full)

    assert [(mail.kind, mail.to_address) for mail in full.waiting()] == [
        ("session-withdrawn", LEES),
        (WAITING, "lee@example.org"),
    ]
    full.settle()
    assert full.invitation(LEE).waiting_at == "lee@example.org"
    assert full.invitation(LEE).held_starts_at is None


def test_a_move_repeats_no_cancellation_that_waits_and_leaves_the_mail_about_waiting(
    full: Told, now: FakeNow
) -> None:
    full.change(capacity=2)
    full.sign_up(LEE)
    full.settle()
    full.withdraw(LEE)
    full.sign_up(PARK)
    full.sign_up(LEE)
    before = [(mail.id, mail.state) for mail in full.mails() if mail.to_address == LEES]

    move(full)
    now.instant += COOLING
    work(full)

    assert [(mail.id, mail.state) for mail in full.mails() if mail.to_address == LEES] == before


def test_an_invitation_that_left_after_it_was_given_up_is_taken_back_from_who_waits(full: Told) -> None:
    full.change(capacity=2)
    full.sign_up(LEE)
    [late] = full.waiting()
    full.withdraw(LEE)
    full.sign_up(PARK)
    full.sign_up(LEE)
    full.settle_one(late, MailState.SENT)

    work(full)
    work(full)

    assert [mail.kind for mail in full.waiting() if mail.to_address == LEES] == [WAITING, "session-seat-lost"]
    full.settle()
    assert (full.invitation(LEE).waiting_at, full.invitation(LEE).held_starts_at) == (LEES, None)
    full.withdraw(KIM)
    assert (full.invitation(LEE).told, full.invitation(LEE).waiting_at) == (Method.REQUEST, None)


def test_a_mail_in_hand_is_not_tried_again_after_its_reader_left_the_list(full: Told, now: FakeNow) -> None:
    full.sign_up(LEE)

    class Busy:
        """A server that puts off a mail whose reader withdraws meanwhile."""

        def deliver(self, _letter: Letter) -> Outcome:
            full.withdraw(LEE)
            return Deferred(reason="451")

        def close(self) -> None:
            """Nothing stays open."""

    sender = Sender(hub=full.hub, carrier=Busy())
    assert sender.send_waiting() == 1
    now.instant += COOLING
    assert sender.send_waiting() == 0

    assert written(full) == [(LEES, MailState.EXPIRED)]


def test_the_cancellation_to_an_earlier_address_outlasts_waiting_at_another_one(full: Told) -> None:
    full.change(capacity=2)
    full.sign_up(LEE)
    [request] = full.waiting()
    full.settle_one(request, MailState.WAITING)  # it was tried, and may have arrived
    full.withdraw(LEE)
    full.sign_up(PARK)
    full.sign_up(LEE)
    full.address(LEE, "lee@example.org")

    full.withdraw(PARK)

    theirs = [mail for mail in full.waiting() if mail.to_address in {LEES, "lee@example.org"}]
    assert full.said(theirs) == [("CANCEL", LEES, 2), ("REQUEST", "lee@example.org", 3)]


def test_who_waits_and_was_without_an_address_is_told_at_the_same_one_again(full: Told) -> None:
    full.change(capacity=2)
    full.sign_up(LEE)
    full.settle()
    full.withdraw(LEE)
    full.sign_up(PARK)
    full.address(LEE, None)
    full.sign_up(LEE)
    assert full.invitation(LEE).waiting_at is None

    full.address(LEE, LEES)
    full.address(LEE, LEES, "en")

    assert written(full) == [(LEES, MailState.WAITING)]


def test_a_seat_that_is_lost_before_the_invitation_left_is_told_by_the_mail_about_waiting(
    full: Told, now: FakeNow
) -> None:
    full.change(capacity=2)
    full.sign_up(LEE)

    lose_the_second_seat(full, now)
    work(full)

    assert [(mail.kind, mail.state) for mail in full.mails() if mail.to_address == LEES] == [
        ("session-invited", MailState.WITHDRAWN),
        (WAITING, MailState.WAITING),
    ]
    assert full.invitation(LEE).waiting_at == LEES


def test_a_seat_lost_in_a_session_that_is_cancelled_then_is_told_by_no_mail(full: Told, now: FakeNow) -> None:
    full.change(capacity=2)
    full.sign_up(LEE)
    before = online(full)
    full.write(lambda write: preparing.put_session(write, replace(before, capacity=1)))
    cancel(full)
    now.instant += COOLING
    work(full)

    full.address(LEE, "lee@example.org")

    assert [(mail.kind, mail.state) for mail in full.mails() if mail.to_name == full.mails()[1].to_name] == [
        ("session-invited", MailState.WITHDRAWN)
    ]


def lose_the_second_seat(told: Told, now: FakeNow) -> None:
    before = online(told)
    told.write(lambda write: preparing.put_session(write, replace(before, capacity=1)))
    now.instant += COOLING
    work(told)


def test_who_is_taken_off_the_list_gets_no_mail_about_waiting(full: Told) -> None:
    full.sign_up(LEE)

    full.write(lambda write: remove_guests(write, [LEE], ties=(), leaving=full.hub.guests_leaving))

    assert written(full) == []


def test_signing_up_for_all_tells_of_each_session_with_or_without_a_seat(full: Told) -> None:
    full.write(lambda write: sign_up_for_all(full.hub, write, LEE, None))

    kinds = [mail.kind for mail in full.waiting()]
    assert sorted(set(kinds)) == ["session-invited", WAITING]
    assert kinds.count(WAITING) == 1


@pytest.mark.parametrize(
    ("state", "reached"),
    [
        (None, Reached.WAITING),
        (MailState.SENT, Reached.SENT),
        (MailState.FAILED, Reached.FAILED),
        (MailState.BOUNCED, Reached.RETURNED),
    ],
)
def test_the_desk_shows_what_became_of_the_mail(
    full: Told, state: MailState | None, reached: Reached
) -> None:
    full.sign_up(LEE)
    if state is not None:
        full.settle(state)

    with full.hub.database.reading() as db:
        lines = ledger.lines(db, store.get_session(db, CONF, SESSION))

    assert [line.reached for line in lines if line.standing.guest_id == LEE] == [reached]
    assert not any(line.unreached for line in lines if line.standing.guest_id == LEE)


def test_no_mail_about_waiting_for_a_cancelled_session_and_none_when_it_is_restored(full: Told) -> None:
    full.sign_up(LEE)
    full.settle()
    cancel(full)
    restore(full)

    assert full.waiting() == []
    assert full.invitation(LEE).waiting_at == LEES
