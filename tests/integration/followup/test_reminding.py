"""Reminders of sessions: written when they are due, once, for those who have a seat and want them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from conference_hub.checkin.guest_actions import change_guests
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.followup import actions, invitation_store, reminder_store, sign_up_store, store
from conference_hub.followup.letters import Why
from conference_hub.followup.model import OnlineSession, SessionId, SessionStatus, SignUp
from conference_hub.followup.reminders import ReminderSetup, Round
from conference_hub.followup.reminding import MOST_AT_ONCE, Reminder
from conference_hub.followup.tables import InvitationRow
from conference_hub.followup.telling import Teller
from conference_hub.outbox import store as outbox
from conference_hub.outbox.message import Letter
from conference_hub.outbox.model import Mail, MailState
from conference_hub.outbox.retries import Deferred, Delivered, Outcome
from conference_hub.outbox.sending import Sender
from conference_hub.outbox.store import mails
from conference_hub.people.mail_choices import MailChoices, choose, tokens_of
from conference_hub.people.model import GuestId
from conference_hub.people.store import all_guests, get_guest, save_guests
from conference_hub.web.hub import Hub
from tests.model_day import CONF, FakeNow

SESSION = "session-1"
STARTS = datetime(2021, 12, 6, 5, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FIRST, SECOND, THIRD = "guest-001", "guest-002", "guest-003"
KINDS = ("reminder-day", "reminder-soon")


@pytest.fixture
def reminder() -> Reminder:
    return Reminder()


@pytest.fixture
def signed_up(seeded: Hub) -> Hub:
    """Three guests with addresses and a seat in the first session."""
    return with_seats(seeded, [FIRST, SECOND, THIRD])


def with_seats(hub: Hub, guest_ids: Collection[str]) -> Hub:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        found = {guest.id: guest for guest in all_guests(write.session, CONF)}
        named = [replace(found[GuestId(one)], email=f"{one}@example.com") for one in guest_ids]
        save_guests(write.session, CONF, named)
        for one in guest_ids:
            take_seat(write, one)
    return hub


def take_seat(write: Write, guest_id: str, at: datetime | None = None) -> None:
    sign_up = SignUp(session_id=SessionId(SESSION), guest_id=GuestId(guest_id), at=at or write.at)
    sign_up_store.save_sign_up(write.session, CONF, sign_up)


def look(hub: Hub, now: FakeNow, reminder: Reminder, at: datetime) -> datetime | None:
    now.instant = at
    return reminder.work(hub, at)


def reminders(hub: Hub) -> list[Mail]:
    with hub.database.reading() as db:
        found = mails(db, CONF, most=1000)
    return sorted((one for one in found if one.kind in KINDS), key=lambda one: (one.kind, one.to_address))


def told(hub: Hub) -> list[tuple[str, str]]:
    return [(one.kind.removeprefix("reminder-"), one.to_address.partition("@")[0]) for one in reminders(hub)]


def change(hub: Hub, **values: object) -> OnlineSession:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        online = replace(store.get_session(write.session, CONF, SESSION), **values)  # type: ignore[arg-type]
        store.save_session(write.session, online)
    return online


def test_reminders_go_out_a_day_and_ten_minutes_before(
    signed_up: Hub, now: FakeNow, reminder: Reminder
) -> None:
    everybody = [FIRST, SECOND, THIRD]
    look(signed_up, now, reminder, STARTS - DAY - MINUTE)
    assert told(signed_up) == []

    look(signed_up, now, reminder, STARTS - DAY)
    assert told(signed_up) == [("day", one) for one in everybody]

    look(signed_up, now, reminder, STARTS - 10 * MINUTE)
    assert told(signed_up) == [(kind, one) for kind in ("day", "soon") for one in everybody]


def test_a_reminder_says_when_how_to_join_and_how_to_stop(
    signed_up: Hub, now: FakeNow, reminder: Reminder
) -> None:
    look(signed_up, now, reminder, STARTS - DAY)

    mail = reminders(signed_up)[0]
    with signed_up.database.reading() as db:
        token = invitation_store.get(db, CONF, SESSION, FIRST).token
        conference = get_conference(db, CONF)
    with signed_up.database.writing() as db:
        chooser = tokens_of(db, CONF, [FIRST])[FIRST]
    assert mail.link == f"{signed_up.settings.public_url}/invited/{token}"
    assert "12월 6일" in mail.content
    assert "14:00–15:00" in mail.content
    assert f"/u/{chooser}?lang=ko" in mail.content
    assert mail.unsubscribe == f"{signed_up.settings.public_url}/u/{chooser}/reminders"
    assert conference.title.ko in mail.subject
    assert (mail.expires_at, mail.order_key, mail.language) == (STARTS, f"guest/{FIRST}", "ko")


def test_nobody_is_reminded_twice_whatever_looks(signed_up: Hub, now: FakeNow, reminder: Reminder) -> None:
    look(signed_up, now, reminder, STARTS - DAY)
    look(signed_up, now, reminder, STARTS - DAY + MINUTE)
    look(signed_up, now, Reminder(), STARTS - DAY + 2 * MINUTE)
    for current in list_rounds(signed_up):  # as if the process died before it wrote down how far it was
        with signed_up.journal.writing(CONF, actor=Actor.system("test")) as write:
            reminder_store.save_round(write.session, CONF, replace(current, after="", done=False))
    look(signed_up, now, Reminder(), STARTS - DAY + 3 * MINUTE)

    assert told(signed_up) == [("day", one) for one in (FIRST, SECOND, THIRD)]


def list_rounds(hub: Hub) -> list[Round]:
    with hub.database.reading() as db:
        return reminder_store.rounds_of(db, CONF)


def test_reminders_move_with_the_session(signed_up: Hub, now: FakeNow, reminder: Reminder) -> None:
    look(signed_up, now, reminder, STARTS - DAY)
    later = STARTS + 3 * DAY
    with signed_up.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.reschedule(write, SESSION, later, later + timedelta(hours=1), seen=None)

    look(signed_up, now, reminder, STARTS - 10 * MINUTE)
    assert [kind for kind, _ in told(signed_up)] == ["day"] * 3

    look(signed_up, now, reminder, later - DAY)
    assert [kind for kind, _ in told(signed_up)] == ["day"] * 6


def test_a_move_that_leaves_the_day_before_behind_sends_none_of_it(
    signed_up: Hub, now: FakeNow, reminder: Reminder
) -> None:
    now.instant = STARTS - 2 * DAY
    sooner = now.instant + timedelta(hours=20)
    with signed_up.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.reschedule(write, SESSION, sooner, sooner + timedelta(hours=1), seen=None)

    look(signed_up, now, reminder, sooner - timedelta(hours=19, minutes=59))
    assert told(signed_up) == []

    look(signed_up, now, reminder, sooner - 10 * MINUTE)
    assert [kind for kind, _ in told(signed_up)] == ["soon"] * 3


def test_a_cancelled_session_is_not_reminded_of(signed_up: Hub, now: FakeNow, reminder: Reminder) -> None:
    change(signed_up, status=SessionStatus.CANCELLED)

    look(signed_up, now, reminder, STARTS - DAY)
    look(signed_up, now, reminder, STARTS - 9 * MINUTE)

    assert told(signed_up) == []


def test_who_signs_up_five_minutes_ahead_gets_none(signed_up: Hub, now: FakeNow, reminder: Reminder) -> None:
    now.instant = STARTS - 5 * MINUTE
    with signed_up.journal.writing(CONF, actor=Actor.system("test")) as write:
        take_seat(write, "guest-004", at=now.instant)

    look(signed_up, now, reminder, STARTS - 4 * MINUTE)

    assert {who for _, who in told(signed_up)} == {FIRST, SECOND, THIRD}


def test_each_person_refuses_each_of_the_two(signed_up: Hub, now: FakeNow, reminder: Reminder) -> None:
    with signed_up.journal.writing(CONF, actor=Actor.system("test")) as write:
        choose(write, FIRST, MailChoices(day_ahead=False), ())
        choose(write, SECOND, MailChoices(shortly=False), ())
        choose(write, THIRD, MailChoices(day_ahead=False, shortly=False, news=True), ())

    look(signed_up, now, reminder, STARTS - DAY)
    look(signed_up, now, reminder, STARTS - 10 * MINUTE)

    assert told(signed_up) == [("day", SECOND), ("soon", FIRST)]


def test_a_conference_that_sends_none_sends_none(signed_up: Hub, now: FakeNow, reminder: Reminder) -> None:
    with signed_up.journal.writing(CONF, actor=Actor.system("test")) as write:
        reminder_store.save_setup(write.session, CONF, ReminderSetup(day_ahead=False, shortly=False))

    look(signed_up, now, reminder, STARTS - DAY)
    look(signed_up, now, reminder, STARTS - 10 * MINUTE)

    assert told(signed_up) == []


def test_who_waits_or_has_no_address_is_not_reminded(
    signed_up: Hub, now: FakeNow, reminder: Reminder
) -> None:
    with signed_up.journal.writing(CONF, actor=Actor.system("test")) as write:
        third = next(one for one in all_guests(write.session, CONF) if one.id == SECOND)
        save_guests(write.session, CONF, [replace(third, email=None)])
    change(signed_up, capacity=2, waits=True)

    look(signed_up, now, reminder, STARTS - DAY)

    assert told(signed_up) == [("day", FIRST)]


def test_a_hub_that_was_away_reminds_late_but_not_after_the_start(
    signed_up: Hub, now: FakeNow, reminder: Reminder
) -> None:
    look(signed_up, now, reminder, STARTS - DAY + timedelta(minutes=90))
    assert [kind for kind, _ in told(signed_up)] == ["day"] * 3

    look(signed_up, now, Reminder(), STARTS - 5 * MINUTE)
    assert [kind for kind, _ in told(signed_up)] == ["day"] * 3 + ["soon"] * 3

    look(signed_up, now, Reminder(), STARTS)
    assert len(told(signed_up)) == 6


def test_a_day_ahead_is_not_said_on_the_day_itself(signed_up: Hub, now: FakeNow, reminder: Reminder) -> None:
    look(signed_up, now, reminder, STARTS - 5 * MINUTE)

    assert [kind for kind, _ in told(signed_up)] == ["soon"] * 3


def test_many_are_reminded_in_steps_as_one_sending(seeded: Hub, now: FakeNow, reminder: Reminder) -> None:
    everybody = [f"guest-{number:03}" for number in range(1, 2 * MOST_AT_ONCE + 4)]
    hub = with_seats(seeded, everybody)
    steps: list[int] = []
    hub.pause = lambda: steps.append(len(reminders(hub)))

    look(hub, now, reminder, STARTS - DAY)

    found = reminders(hub)
    assert [one.to_address.partition("@")[0] for one in found] == everybody
    assert steps == [MOST_AT_ONCE, 2 * MOST_AT_ONCE]
    assert len({one.sending_id for one in found}) == 1
    assert {one.state for one in found} == {MailState.WAITING}


def test_the_next_look_is_known(signed_up: Hub, now: FakeNow, reminder: Reminder) -> None:
    due = STARTS - DAY

    assert look(signed_up, now, reminder, due - timedelta(seconds=20)) == due
    assert look(signed_up, now, reminder, due) == due + MINUTE


def give_address(hub: Hub, guest_id: str, address: str | None) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        guest = replace(get_guest(write.session, CONF, guest_id), email=address)
        change_guests(write, [guest], followed=hub.guests_changed)


def waiting_for(hub: Hub) -> list[tuple[str, str]]:
    return [(one.kind, one.to_address) for one in reminders(hub) if one.state is MailState.WAITING]


@pytest.fixture
def invited(seeded: Hub, now: FakeNow) -> Hub:
    """One guest who signed up and is invited."""
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        guest = replace(get_guest(write.session, CONF, FIRST), email="first@example.com")
        save_guests(write.session, CONF, [guest])
        actions.sign_up(seeded, write, SESSION, FIRST)
    return seeded


def test_an_unsent_reminder_goes_to_the_new_address_once(
    invited: Hub, now: FakeNow, reminder: Reminder
) -> None:
    look(invited, now, reminder, STARTS - DAY)
    before = reminders(invited)[0]

    give_address(invited, FIRST, "first@example.org")
    give_address(invited, FIRST, "FIRST@example.org")
    look(invited, now, Reminder(), STARTS - DAY + MINUTE)

    assert waiting_for(invited) == [("reminder-day", "first@example.org")]
    after = next(one for one in reminders(invited) if one.state is MailState.WAITING)
    assert (after.sending_id, after.expires_at) == (before.sending_id, STARTS)
    with invited.database.reading() as db:
        token = invitation_store.get(db, CONF, SESSION, FIRST).token
    assert after.link == f"{invited.settings.public_url}/invited/{token}" != before.link
    newest = max(mail.number for mail in all_mails(invited))
    assert after.number == newest, "after the invitation to this address"


def test_a_reminder_that_left_is_not_repeated_to_another_address(
    invited: Hub, now: FakeNow, reminder: Reminder
) -> None:
    look(invited, now, reminder, STARTS - DAY)
    [mail] = reminders(invited)
    with invited.database.writing() as db:
        outbox.save_mail(db, replace(mail, state=MailState.SENT, settled_at=now.instant))

    give_address(invited, FIRST, "first@example.org")

    assert [(one.to_address, one.state) for one in reminders(invited)] == [
        ("first@example.com", MailState.SENT)
    ]


@pytest.mark.parametrize("gone", ["no address", "refused", "moved", "withdrawn", "cancelled"])
def test_a_reminder_that_is_no_longer_true_goes_nowhere(
    invited: Hub, now: FakeNow, reminder: Reminder, gone: str
) -> None:
    look(invited, now, reminder, STARTS - DAY)

    if gone == "no address":
        give_address(invited, FIRST, None)
    elif gone == "refused":
        with invited.journal.writing(CONF, actor=Actor.system("test")) as write:
            choose(write, FIRST, MailChoices(day_ahead=False), ())
        give_address(invited, FIRST, "first@example.org")
    elif gone == "moved":
        change(invited, starts_at=STARTS + MINUTE, sequence=1)
        give_address(invited, FIRST, "first@example.org")
    elif gone == "withdrawn":
        with invited.journal.writing(CONF, actor=Actor.system("test")) as write:
            actions.withdraw(invited, write, SESSION, FIRST)
    else:
        change(invited, status=SessionStatus.CANCELLED, sequence=1)
        give_address(invited, FIRST, "first@example.org")

    assert waiting_for(invited) == []


def test_a_reminder_in_hand_is_not_tried_again_at_an_earlier_address(
    invited: Hub, now: FakeNow, reminder: Reminder
) -> None:
    class Busy:
        """A server that puts off a reminder whose reader gets another address meanwhile."""

        def deliver(self, letter: Letter) -> Outcome:
            if letter.id != reminders(invited)[0].id:
                return Delivered()
            give_address(invited, FIRST, "first@example.org")
            return Deferred(reason="451")

        def close(self) -> None:
            """Nothing stays open."""

    look(invited, now, reminder, STARTS - DAY)
    sender = Sender(hub=invited, carrier=Busy())
    sender.send_waiting()
    now.instant += 10 * MINUTE
    sender.send_waiting()

    assert [(one.to_address, one.state) for one in reminders(invited)] == [
        ("first@example.com", MailState.EXPIRED)
    ]


def test_who_was_never_invited_and_withdraws_is_not_reminded(
    invited: Hub, now: FakeNow, reminder: Reminder
) -> None:
    """A conference that was read from an export has sign-ups without invitations."""
    with invited.journal.writing(CONF, actor=Actor.system("test")) as write:
        write.session.execute(sa.delete(InvitationRow))
    look(invited, now, reminder, STARTS - DAY)
    assert waiting_for(invited) == [("reminder-day", "first@example.com")]

    with invited.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.withdraw(invited, write, SESSION, FIRST)

    assert waiting_for(invited) == []


def test_a_reminder_stays_when_only_the_end_is_another(
    invited: Hub, now: FakeNow, reminder: Reminder
) -> None:
    look(invited, now, reminder, STARTS - DAY)
    online = change(invited, ends_at=STARTS + 3 * timedelta(hours=1), sequence=1)

    with invited.journal.writing(CONF, actor=Actor.system("test")) as write:
        guest = get_guest(write.session, CONF, FIRST)
        assert Teller(invited, write).tell(online, guest, Why.CHANGED, seated=True) == 1

    assert waiting_for(invited) == [("reminder-day", "first@example.com")]


def all_mails(hub: Hub) -> list[Mail]:
    with hub.database.reading() as db:
        return mails(db, CONF, most=1000)
