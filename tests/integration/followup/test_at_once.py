"""Two transactions at once, on PostgreSQL: each person gets one mail a version, and nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from conference_hub.followup import actions, answering, invitation_store, sign_up_store, store
from conference_hub.followup.invitations import Answer
from conference_hub.followup.invitations import Told as Method
from conference_hub.followup.keys import invitation_key
from conference_hub.followup.model import SessionId
from conference_hub.followup.notifying import Notifier
from conference_hub.outbox import store as outbox
from conference_hub.outbox.model import MailState
from conference_hub.outbox.sending import Sender
from conference_hub.people.model import GuestId
from tests.integration.followup.conftest import KIM, LEE, PARK, SESSION, Told
from tests.integration.followup.test_notices import COOLING, move, work
from tests.integration.followup.test_what_may_have_arrived import Server
from tests.integration.kinds import ON_POSTGRES
from tests.model_day import CONF, FakeNow

PATIENCE_S = 30.0
KIMS, LEES, PARKS = (f"{one}@example.com" for one in (KIM, LEE, PARK))
ROUNDS = pytest.mark.usefixtures("some_rounds")

pytestmark = ON_POSTGRES


@pytest.fixture(params=range(3))
def some_rounds() -> None:
    """Let a test run several times: what comes first is another thing each time."""


@pytest.fixture
def invited(told: Told) -> Told:
    """Three guests who were invited, and got it."""
    for guest in (KIM, LEE, PARK):
        told.sign_up(guest)
    told.settle()
    return told


def at_once(*acts: Callable[[], object]) -> None:
    """Do all of it at the same time; raises what any of them raises, such as a deadlock that the database found."""
    together = threading.Barrier(len(acts), timeout=PATIENCE_S)

    def do(act: Callable[[], object]) -> None:
        together.wait()
        act()

    with ThreadPoolExecutor(len(acts)) as pool:
        for one in [pool.submit(do, act) for act in acts]:
            one.result(timeout=PATIENCE_S)


def versions(told: Told) -> list[tuple[str, str, int]]:
    """Return reader, METHOD and SEQUENCE of all mails with a calendar that leave or left."""
    going = (MailState.WAITING, MailState.SENT)
    mails = [mail for mail in told.mails() if mail.calendar and mail.state in going]
    return sorted((address, method, sequence) for method, address, sequence in told.said(mails))


@ROUNDS
def test_the_last_seat_goes_to_one_and_the_other_waits(told: Told) -> None:
    told.change(capacity=1, waits=True)

    at_once(lambda: told.sign_up(KIM), lambda: told.sign_up(LEE))

    mails = {mail.to_address: mail.kind for mail in told.waiting()}
    assert sorted(mails.values()) == ["session-invited", "session-waiting"]
    assert len(told.waiting()) == 2
    with told.hub.database.reading() as db:
        online = store.get_session(db, CONF, SESSION)
        [seated] = sign_up_store.seated_among(db, online, [KIM, LEE])
    assert mails[f"{seated}@example.com"] == "session-invited"


@ROUNDS
def test_a_sign_up_sent_twice_at_once_is_one(told: Told) -> None:
    at_once(lambda: told.sign_up(KIM), lambda: told.sign_up(KIM))

    assert versions(told) == [(KIMS, "REQUEST", 0)]


@ROUNDS
def test_who_withdraws_while_a_move_is_told_gets_one_cancellation(invited: Told, now: FakeNow) -> None:
    move(invited)
    now.instant += COOLING

    at_once(lambda: work(invited), lambda: invited.withdraw(KIM))
    work(invited)

    found = versions(invited)
    assert [one for one in found if one[0] != KIMS] == [
        (address, "REQUEST", sequence) for address in (LEES, PARKS) for sequence in (0, 1)
    ]
    kims = [one[1:] for one in found if one[0] == KIMS]
    assert [method for method, _sequence in kims].count("CANCEL") == 1
    assert len({sequence for _method, sequence in kims}) == len(kims)
    assert invited.invitation(KIM).told is Method.CANCEL
    assert max(kims, key=lambda one: one[1])[0] == "CANCEL"


@ROUNDS
def test_an_answer_and_another_address_at_once_are_both_kept(invited: Told) -> None:
    def answer() -> None:
        invited.write(lambda write: answering.answer(write, SESSION, KIM, Answer.ACCEPTED))

    before = invited.invitation(KIM)
    at_once(answer, lambda: invited.address(KIM, "kim@example.org"))

    after = invited.invitation(KIM)
    assert after.answer is Answer.ACCEPTED
    assert (after.told, after.attendee) == (Method.REQUEST, "kim@example.org")
    assert after.token != before.token
    kims = [one for one in versions(invited) if one[0] not in {LEES, PARKS}]
    assert kims == [(KIMS, "CANCEL", 1), (KIMS, "REQUEST", 0), ("kim@example.org", "REQUEST", 2)]


@ROUNDS
def test_two_processes_that_tell_of_one_move_write_one_mail_each(invited: Told, now: FakeNow) -> None:
    move(invited)
    now.instant += COOLING

    at_once(lambda: work(invited, Notifier()), lambda: work(invited, Notifier()))

    assert versions(invited) == [
        (address, "REQUEST", sequence) for address in (KIMS, LEES, PARKS) for sequence in (0, 1)
    ]
    assert len({mail.sending_id for mail in invited.waiting()}) == 1


@ROUNDS
def test_mails_that_leave_while_people_withdraw_are_taken_back(told: Told) -> None:
    server = Server()
    for guest in (KIM, LEE, PARK):
        told.sign_up(guest)

    def give_up() -> None:
        for guest in (KIM, LEE, PARK):
            told.withdraw(guest)

    at_once(lambda: Sender(hub=told.hub, carrier=server).send_waiting(), give_up)
    Sender(hub=told.hub, carrier=server).send_waiting()

    for guest in (KIM, LEE, PARK):
        left = told.invitation(guest)
        assert left.told is not Method.REQUEST
        assert left.held_starts_at is None


@pytest.mark.parametrize("act", ["withdraw", "address", "again"])
def test_who_settles_a_mail_and_who_tells_lock_in_one_order(told: Told, act: str) -> None:
    """Whoever settles a mail has its row, then takes the invitation's: whoever tells must not hold that one."""
    told.sign_up(KIM)
    acts = {
        "withdraw": lambda: told.withdraw(KIM),
        "address": lambda: told.address(KIM, "kim@example.org"),
        "again": lambda: told.write(lambda write: actions.invite_again(told.hub, write, SESSION, KIM)),
    }
    with ThreadPoolExecutor(1) as pool:
        with told.hub.database.writing() as db:
            [mail] = outbox.mails_about(db, CONF, invitation_key(SessionId(SESSION), GuestId(KIM)), lock=True)
            telling = pool.submit(acts[act])
            wait_for_somebody_who_waits(told)
            assert invitation_store.find(db, CONF, SESSION, KIM, lock=True) is not None
        telling.result(timeout=PATIENCE_S)

    assert told.invitation(KIM).mail_id != mail.id


def wait_for_somebody_who_waits(told: Told) -> None:
    """Return once a transaction of this database waits for a lock."""
    waiting = sa.text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    looking, patience = threading.Event(), 3000
    for _ in range(patience):
        with told.hub.database.reading() as db:
            if db.scalar(waiting):
                return
        looking.wait(0.01)
    pytest.fail("nobody waits for a lock")
