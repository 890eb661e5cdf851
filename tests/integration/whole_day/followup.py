"""The follow-up: who signs up, what is moved and cancelled, and sessions that are prepared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

from conference_hub.access.model import Role
from conference_hub.calendars.replies import Method, PartStat, Reply
from conference_hub.checkin.guest_actions import change_guests
from conference_hub.core.journal import Write
from conference_hub.core.sighted import mark_of
from conference_hub.core.text import Text
from conference_hub.followup import actions, answer_store, answering, notice_store, notices, store
from conference_hub.followup.invitations import Answer
from conference_hub.followup.model import OnlineSession, Series, SeriesId, SessionId, SessionStatus
from conference_hub.followup.notifying import Notifier
from conference_hub.followup.preparing import announce, copy_weekly, put_session, remove, revise_series
from conference_hub.followup.reminders import ReminderSetup
from conference_hub.people.model import GuestId
from conference_hub.people.store import get_guest
from tests.integration.whole_day.sending import Plan, Sender, Step
from tests.small_conference import FIRST_SESSION, OTHER, REMOTE

FOLLOW_UP: Plan = [
    (
        f"follow-up/{FIRST_SESSION}/reschedule",
        {"starts_at": "2021-12-08T14:00:00+09:00", "ends_at": "2021-12-08T15:00:00+09:00"},
        ("SessionRescheduled",),
    ),
    (f"follow-up/{FIRST_SESSION}/cancel", {}, ("SessionCancelled",)),
    (f"follow-up/{FIRST_SESSION}/restore", {}, ("SessionRestored",)),
    (f"follow-up/{FIRST_SESSION}/cancel", {}, ("SessionCancelled",)),
]
STRANGERS = Reply(
    method=Method.REPLY,
    uid="",
    attendee="alias@example.net",
    answer=PartStat.ACCEPTED,
    sequence=0,
    stamp=None,
)
TOLD = ("NoticesSet", "MailHandled", "SessionTold")
SERIES = Series(id=SeriesId("series"), title=Text(ko="시리즈"))


def follow_up(sender: Sender) -> Iterator[Step]:
    """Sign a guest up and off; move, cancel and restore a session, and tell of it; prepare another one."""
    guest = sender.sign_in(Role.ATTENDEE, conf=OTHER, guest_id=REMOTE)
    yield sender.form(guest, f"follow-up/{FIRST_SESSION}/sign-up", "SignedUp", action="take")
    yield from _answers(sender)
    yield Step(
        name="invite again", do=partial(_invite_again, sender), topics=("GuestsChanged", "InvitedAgain")
    )
    yield sender.form(
        guest, f"follow-up/{FIRST_SESSION}/sign-up", "Withdrawn", "MailHandled", action="give-up"
    )
    kept = {"kind": "session", "item": FIRST_SESSION}
    yield sender.form(guest, "me/agenda", "AgendaKept", action="keep", **kept)
    yield sender.form(guest, "me/agenda", "AgendaDropped", action="drop", **kept)
    yield sender.form(guest, "follow-up/calendar", "CalendarRenewed", action="renew")
    yield sender.form(guest, "follow-up/calendar", "CalendarEnded", action="end")
    yield sender.form(guest, "follow-up/sign-up", "SignedUp", "SignedUp")
    organiser = sender.sign_in(Role.ORGANISER, conf=OTHER)
    both = mark_of(ReminderSetup())
    yield sender.form(organiser, "desk/follow-up/reminders", "RemindersSet", shortly="on", seen=both)
    yield from sender.commands(Role.ORGANISER, FOLLOW_UP)
    yield sender.written("tell of changes", ("NoticesSet",), notices.hold)
    yield Step(name="told of changes", do=partial(_tell, sender), topics=TOLD)
    yield from _sessions(sender)


def _answers(sender: Sender) -> Iterator[Step]:
    """Answer an invitation, hold and discard an answer of nobody's, and write down who attended."""
    steps: list[tuple[Callable[[Write], object], str]] = [
        (lambda write: answering.answer(write, FIRST_SESSION, REMOTE, Answer.ACCEPTED), "InvitationAnswered"),
        (lambda write: answering.take_reply(write, _session(write), STRANGERS), "AnswerHeld"),
        (_discard, "AnswerSettled"),
        (
            lambda write: answering.take_minutes(write, FIRST_SESSION, {GuestId(REMOTE): 55}),
            "SessionAttended",
        ),
    ]
    for do, topic in steps:
        yield sender.written(topic, (topic,), do)


def _session(write: Write) -> OnlineSession:
    return store.get_session(write.session, OTHER, FIRST_SESSION)


def _discard(write: Write) -> None:
    [stray] = answer_store.strays(write.session, OTHER)
    answering.discard(write, stray.id)


def _tell(sender: Sender) -> None:
    """Say that people are to be told now, and let the hub do it."""
    sender.write(lambda write: notice_store.set_due(write.session, OTHER, [FIRST_SESSION], write.at))
    sender.write(notices.send_now)
    notifier, now = Notifier(), sender.hub.now()
    while notifier.work(sender.hub, now) == now:
        pass


def _invite_again(sender: Sender) -> None:
    """Give the guest an address, which is invited, and send the invitation once more."""

    def give_address(write: Write) -> None:
        guest = replace(get_guest(write.session, OTHER, REMOTE), email="remote@example.com")
        change_guests(write, [guest], followed=sender.hub.guests_changed)

    sender.write(give_address)
    sender.write(lambda write: actions.invite_again(sender.hub, write, FIRST_SESSION, REMOTE))


def _sessions(sender: Sender) -> Iterator[Step]:
    """Make a series and a draft in it, copy it, remove the copy, announce it and correct its title."""
    steps: list[tuple[Callable[[Write], object], tuple[str, ...]]] = [
        (lambda write: revise_series(write, lambda known: [*known, SERIES]), ("SeriesRevised",)),
        (lambda write: put_session(write, _draft(write)), ("SessionPrepared",)),
        (_copy_and_remove, ("SessionPrepared", "SessionRemoved")),
        (lambda write: announce(write, "draft"), ("SessionAnnounced",)),
        (lambda write: put_session(write, _draft(write, "웨비나")), ("SessionEdited",)),
        (
            lambda write: revise_series(write, lambda _: [replace(SERIES, title=Text(ko="연속"))]),
            ("SeriesRevised",),
        ),
    ]
    for number, (do, topics) in enumerate(steps):
        yield sender.written(f"sessions {number}", topics, do)


def _draft(write: Write, title: str = "웨비나 1회") -> OnlineSession:
    known = store.get_session(write.session, OTHER, FIRST_SESSION)
    changes = {"id": SessionId("draft"), "uid": "draft", "series_id": SERIES.id}
    return replace(known, title=Text(ko=title), status=SessionStatus.DRAFT, sequence=0, **changes)  # type: ignore[arg-type]


def _copy_and_remove(write: Write) -> None:
    (copied,) = copy_weekly(write, "draft", 1, ZoneInfo("Asia/Seoul"), "https://hub.example.com")
    remove(write, copied)
