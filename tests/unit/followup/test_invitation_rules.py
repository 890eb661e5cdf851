"""What is to be told to a person: the difference between what they should hold and what they were told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conference_hub.followup.invitations import (
    Carried,
    Invitation,
    Notice,
    Reader,
    Telling,
    Told,
    again,
    bounced,
    holds_another,
    host_of,
    released,
    sent,
    to_tell,
    told,
    unsaid,
    waits_no_more,
)
from conference_hub.followup.invitations import waits as waiting
from conference_hub.followup.model import OnlineSession, SessionId, SessionStatus, cancel, reschedule
from conference_hub.people.model import GuestId
from tests.judges.calendar_samples import CANCELLED, SCHEDULED

HUB = "hub@example.com"
KIM, KIM_AT_HOME = "kim@example.com", "kim@example.org"
BEFORE = datetime(2021, 12, 3, 0, 0, tzinfo=UTC)
NEW = Invitation(
    conf="best-practice-2021",
    session_id=SessionId("session-1"),
    guest_id=GuestId("guest-001"),
    token="secret",
)
SEATED = Reader(seated=True, address=KIM)
REACHED = Reader(seated=True, address=KIM, reached=True)
WAITS = Reader(seated=False, address=KIM, waits=True)
WAITING = waiting(NEW, KIM, "mail-1")
MOVED = reschedule(
    SCHEDULED, SCHEDULED.starts_at + timedelta(days=1), SCHEDULED.ends_at + timedelta(days=1), BEFORE
)


def request(sequence: int, attendee: str = KIM) -> Notice:
    return Notice(method=Told.REQUEST, sequence=sequence, organizer=HUB, attendee=attendee)


def cancellation(sequence: int, attendee: str = KIM, *, former: bool = False) -> Notice:
    return Notice(method=Told.CANCEL, sequence=sequence, organizer=HUB, attendee=attendee, former=former)


REQUESTED = told(NEW, request(0), SCHEDULED, "mail-1", BEFORE)
GONE = told(REQUESTED, cancellation(3), SCHEDULED, "mail-2", BEFORE)


@pytest.mark.parametrize(
    ("online", "invitation", "reader", "notices"),
    [
        (SCHEDULED, NEW, SEATED, [request(0)]),
        (MOVED, NEW, SEATED, [request(1)]),
        (SCHEDULED, NEW, replace(SEATED, seated=False), []),
        (SCHEDULED, NEW, replace(SEATED, address=None), []),
        (CANCELLED, NEW, SEATED, []),
        (SCHEDULED, REQUESTED, REACHED, []),
        (SCHEDULED, REQUESTED, replace(REACHED, address=KIM.upper()), []),
        (MOVED, REQUESTED, REACHED, [request(1)]),
        (MOVED, REQUESTED, SEATED, [request(1)]),
        (replace(SCHEDULED, ends_at=MOVED.ends_at), REQUESTED, REACHED, [request(1)]),
        (replace(SCHEDULED, url="https://zoom.us/j/1"), REQUESTED, REACHED, [request(1)]),
        (replace(SCHEDULED, url="https://meet.example.com/other"), REQUESTED, REACHED, []),
        (replace(SCHEDULED, url=None), REQUESTED, REACHED, []),
        (SCHEDULED, replace(REQUESTED, host=None), REACHED, []),
        (replace(SCHEDULED, title=CANCELLED.title, description=None), REQUESTED, REACHED, []),
        (SCHEDULED, REQUESTED, replace(REACHED, seated=False), [cancellation(1)]),
        (cancel(SCHEDULED, BEFORE), REQUESTED, REACHED, [cancellation(1)]),
        (
            SCHEDULED,
            REQUESTED,
            replace(REACHED, address=KIM_AT_HOME),
            [cancellation(1, former=True), request(2, KIM_AT_HOME)],
        ),
        (SCHEDULED, REQUESTED, replace(REACHED, address=None), [cancellation(1, former=True)]),
        (SCHEDULED, REQUESTED, replace(SEATED, address=KIM_AT_HOME), [request(1, KIM_AT_HOME)]),
        (SCHEDULED, GONE, REACHED, [request(4)]),
        (replace(SCHEDULED, sequence=9), GONE, REACHED, [request(9)]),
        (SCHEDULED, GONE, replace(REACHED, seated=False), []),
        (cancel(SCHEDULED, BEFORE), GONE, REACHED, []),
        (replace(SCHEDULED, status=SessionStatus.DRAFT), NEW, SEATED, []),
    ],
)
def test_what_is_told(
    online: OnlineSession, invitation: Invitation, reader: Reader, notices: list[Notice]
) -> None:
    assert to_tell(online, invitation, reader, HUB, BEFORE) == Telling(notices=tuple(notices))


@pytest.mark.parametrize(
    ("online", "reader"),
    [(SCHEDULED, replace(SEATED, seated=False)), (cancel(SCHEDULED, BEFORE), SEATED)],
)
def test_a_request_that_nobody_got_is_not_sent_at_all(online: OnlineSession, reader: Reader) -> None:
    assert to_tell(online, REQUESTED, reader, HUB, BEFORE) == Telling(unsaid=True)
    assert unsaid(REQUESTED).told is None


def test_what_is_not_sent_leaves_the_place_and_the_address_that_are_held() -> None:
    first = sent(REQUESTED, _carried(request(0), SCHEDULED), BEFORE)
    elsewhere = replace(SCHEDULED, url="https://zoom.us/j/1")
    second = told(first, request(1, KIM_AT_HOME), elsewhere, "mail-2", BEFORE)

    assert (unsaid(second).host, unsaid(second).attendee) == (first.host, KIM)
    assert to_tell(elsewhere, unsaid(second), REACHED, HUB, BEFORE).notices == (request(2),)


def test_what_arrived_though_it_was_not_to_be_sent_is_taken_back() -> None:
    left = replace(sent(REQUESTED, _carried(request(0), SCHEDULED), BEFORE), told=None)

    gone = to_tell(SCHEDULED, left, replace(SEATED, seated=False), HUB, BEFORE)

    assert gone.notices == (cancellation(1),)


def test_who_may_hold_a_cancelled_one_elsewhere_is_released_before_the_next() -> None:
    reader = replace(REACHED, address=KIM_AT_HOME)

    assert to_tell(SCHEDULED, GONE, reader, HUB, BEFORE).notices == (
        cancellation(4, former=True),
        request(5, KIM_AT_HOME),
    )


def test_the_first_mail_is_not_behind_those_to_people_who_left() -> None:
    assert to_tell(SCHEDULED, NEW, replace(SEATED, least=7), HUB, BEFORE).notices == (request(7),)


def test_nothing_is_told_of_a_session_that_is_over() -> None:
    assert to_tell(MOVED, REQUESTED, REACHED, HUB, MOVED.ends_at) == Telling()
    assert to_tell(MOVED, REQUESTED, REACHED, HUB, MOVED.ends_at - timedelta(seconds=1))


def test_a_cancellation_names_the_addresses_of_its_request() -> None:
    earlier = replace(REQUESTED, organizer="old-hub@example.com")

    [gone] = to_tell(SCHEDULED, earlier, replace(REACHED, seated=False), HUB, BEFORE).notices

    assert (gone.organizer, gone.attendee) == ("old-hub@example.com", KIM)


def test_a_repeat_is_the_same_version() -> None:
    assert again(REQUESTED) == request(0)
    assert again(GONE) is again(NEW) is None


def test_what_was_sent_is_held_until_the_next_is_sent() -> None:
    first = sent(REQUESTED, _carried(request(0), SCHEDULED), BEFORE)
    moved = told(first, request(1), MOVED, "mail-2", BEFORE)

    assert (first.held_starts_at, first.sent_sequence) == (SCHEDULED.starts_at, 0)
    assert (holds_another(SCHEDULED, first), holds_another(MOVED, moved)) == (False, True)
    assert not holds_another(MOVED, sent(moved, _carried(request(1), MOVED), BEFORE))
    assert not holds_another(MOVED, sent(moved, _carried(cancellation(2), MOVED), BEFORE))


def test_a_mail_that_comes_back_says_so_until_another_is_sent() -> None:
    first = sent(REQUESTED, _carried(request(0), SCHEDULED), BEFORE)

    returned = bounced(first, _carried(request(0), SCHEDULED), BEFORE)

    assert returned.bounced_at == BEFORE
    assert bounced(first, _carried(request(1), MOVED), BEFORE) == first
    assert sent(returned, _carried(request(1), MOVED), BEFORE).bounced_at is None


def test_an_older_mail_that_is_sent_later_says_nothing() -> None:
    newer = sent(NEW, _carried(request(2), MOVED), BEFORE)

    assert sent(newer, _carried(request(1), SCHEDULED), BEFORE) == newer


@pytest.mark.parametrize(
    ("url", "host"), [(None, None), ("https://Zoom.us:443/j/1", "zoom.us"), ("https://", None)]
)
def test_the_host_of_a_link(url: str | None, host: str | None) -> None:
    assert host_of(url) == host


def _carried(notice: Notice, online: OnlineSession) -> Carried:
    return Carried(
        method=notice.method,
        sequence=notice.sequence,
        starts_at=online.starts_at,
        ends_at=online.ends_at,
        host=host_of(online.url),
        attendee=notice.attendee,
    )


@dataclass
class Mailbox:
    """A calendar that follows RFC 5546: the highest SEQUENCE, then the latest DTSTAMP, counts (2.1.5)."""

    holds: tuple[datetime, datetime] | None = None
    last: tuple[int, datetime] = (-1, datetime.min.replace(tzinfo=UTC))

    def take(self, notice: Notice, online: OnlineSession, at: datetime) -> None:
        if (notice.sequence, at) < self.last:
            return
        self.last = (notice.sequence, at)
        self.holds = (online.starts_at, online.ends_at) if notice.method is Told.REQUEST else None


@dataclass
class World:
    """One session, one person and their mailboxes; mails are delivered when somebody says so."""

    online: OnlineSession = SCHEDULED
    seated: bool = False
    address: str | None = KIM
    invitation: Invitation = NEW
    at: datetime = BEFORE
    waiting: list[tuple[Notice, OnlineSession, datetime, bool]] = field(default_factory=list)
    boxes: dict[str, Mailbox] = field(default_factory=dict)
    told: list[int] = field(default_factory=list)
    waits: bool = False
    lost: bool = False
    """Whether the last mail took back the seat of somebody who waits since."""
    sign_ups: int = 0
    told_to_wait: list[tuple[int, str | None]] = field(default_factory=list)
    """For which sign-up and at which address; None: they were told of a seat, which may be lost again."""
    unsent_wait: str | None = None

    @property
    def knows_by_cancel(self) -> bool:
        return self.lost and self.invitation.told is Told.CANCEL

    def step(self, what: str) -> None:
        self.at += timedelta(seconds=1)
        match what:
            case "seat":
                self.sign_ups += not (self.seated or self.waits)
                self.seated, self.waits = not self.seated, self.seated
            case "wait" if not self.seated and not self.waits:
                self.waits, self.sign_ups = True, self.sign_ups + 1
                self.tell(waits=True)
            case "withdraw":
                self.seated = self.waits = False
                self.tell(withdrew=True)
            case "follow":
                self.tell(waits=self.waits and not self.knows_by_cancel)
            case "move":
                later = timedelta(hours=1)
                if not self.online.is_cancelled:
                    self.online = reschedule(
                        self.online, self.online.starts_at + later, self.online.ends_at + later, self.at
                    )
            case "cancel":
                self.online = replace(
                    self.online,
                    status=SessionStatus.SCHEDULED if self.online.is_cancelled else SessionStatus.CANCELLED,
                    sequence=self.online.sequence + 1,
                )
            case "address":
                self.address = {KIM: KIM_AT_HOME, KIM_AT_HOME: None, None: KIM}[self.address]
            case "deliver":
                self.deliver()
            case _:
                self.tell()

    def tell(self, *, waits: bool = False, withdrew: bool = False) -> None:
        mine = self.invitation.held_attendee == self.invitation.attendee
        reached = self.invitation.held_starts_at is not None and mine
        reader = Reader(
            seated=self.seated, address=self.address, reached=reached, waits=waits, withdrew=withdrew
        )
        telling = to_tell(self.online, self.invitation, reader, HUB, self.at)
        if telling.unsaid:
            self.invitation = unsaid(self.invitation)
        if telling.waits_no_more:
            self.invitation, self.unsent_wait = waits_no_more(self.invitation), None
        if telling.notices or telling.unsaid:  # a newer mail about the same replaces the one that waits
            self.waiting = [one for one in self.waiting if one[3]]
        for notice in telling.notices:
            self.told.append(notice.sequence)
            apart = notice is not telling.notices[-1]
            self.waiting.append((notice, self.online, self.at, apart))
            self.invitation = told(self.invitation, notice, self.online, "mail", self.at)
            if notice is not telling.notices[-1]:
                self.invitation = released(self.invitation)
            self.lost = self.waits and notice.method is Told.CANCEL
            if notice.method is Told.REQUEST:
                self.told_to_wait.append((self.sign_ups, None))
        if telling.waits:
            self.told_to_wait.append((self.sign_ups, self.address))
            self.unsent_wait = self.address
            self.invitation = waiting(self.invitation, self.address, "mail")

    def deliver(self) -> None:
        if self.unsent_wait is not None:
            assert self.seated or self.waits, "nobody reads that they wait who withdrew"
        self.unsent_wait = None
        for notice, online, at, apart in self.waiting:
            self.boxes.setdefault(notice.attendee, Mailbox()).take(notice, online, at)
            if not apart:
                self.invitation = sent(self.invitation, _carried(notice, online), at)
        self.waiting.clear()


STEPS = ("seat", "move", "cancel", "address", "deliver", "tell", "wait", "withdraw", "follow")


@example(["wait", "deliver", "wait", "seat", "tell", "withdraw", "wait", "seat"])
@example(["seat", "tell", "deliver", "withdraw", "wait", "deliver", "withdraw", "seat"])
@example(["wait", "address", "follow", "address", "follow", "deliver", "seat", "tell"])
@example(["seat", "address", "tell", "seat", "address", "address", "deliver", "tell", "seat"])
@given(st.lists(st.sampled_from(STEPS), max_size=40))
@example(["seat", "tell", "deliver", "seat", "tell", "address", "seat"])
@example(["seat", "tell", "deliver", "address", "tell", "address", "address", "tell"])
def test_each_mailbox_holds_in_the_end_what_the_hub_says(steps: list[str]) -> None:
    world = World()
    for step in [*steps, "tell", "deliver"]:
        world.step(step)

    wanted = (world.online.starts_at, world.online.ends_at)
    seated = world.seated and not world.online.is_cancelled
    assert {address: box.holds for address, box in world.boxes.items() if box.holds} == (
        {world.address: wanted} if seated and world.address else {}
    )
    assert world.told == sorted(set(world.told))
    world.step("tell")
    assert world.waiting == []


@example(["wait", "deliver", "withdraw", "wait", "address", "follow", "address", "follow"])
@example(["wait", "seat", "tell", "seat"])
@example(["wait", "withdraw", "seat", "seat"])
@given(st.lists(st.sampled_from(STEPS), max_size=40))
def test_each_sign_up_is_told_once_that_it_waits_and_again_at_another_address(steps: list[str]) -> None:
    world = World()
    for step in [*steps, "follow"]:
        world.step(step)

    told_to_wait = world.told_to_wait
    assert all(one != following for one, following in pairwise(told_to_wait) if following[1])
    if world.waits and world.address and not world.online.is_cancelled:
        assert world.knows_by_cancel or told_to_wait[-1] == (world.sign_ups, world.address)


@pytest.mark.parametrize(
    ("online", "invitation", "reader", "telling"),
    [
        (SCHEDULED, NEW, WAITS, Telling(waits=True)),
        (SCHEDULED, GONE, WAITS, Telling(waits=True)),
        (SCHEDULED, WAITING, WAITS, Telling()),
        (SCHEDULED, WAITING, replace(WAITS, address=KIM.upper()), Telling()),
        (SCHEDULED, WAITING, replace(WAITS, address=KIM_AT_HOME), Telling(waits=True)),
        (SCHEDULED, WAITING, replace(WAITS, waits=False), Telling()),
        (SCHEDULED, WAITING, replace(WAITS, waits=False, withdrew=True), Telling(waits_no_more=True)),
        (SCHEDULED, WAITING, SEATED, Telling(notices=(request(0),), waits_no_more=True)),
        (MOVED, WAITING, replace(WAITS, waits=False), Telling()),
        (cancel(SCHEDULED, BEFORE), NEW, WAITS, Telling()),
        (cancel(SCHEDULED, BEFORE), WAITING, replace(WAITS, waits=False), Telling()),
        (replace(SCHEDULED, status=SessionStatus.DRAFT), NEW, WAITS, Telling()),
        (SCHEDULED, REQUESTED, WAITS, Telling(unsaid=True, waits=True)),
    ],
)
def test_who_is_told_that_they_wait(
    online: OnlineSession, invitation: Invitation, reader: Reader, telling: Telling
) -> None:
    assert to_tell(online, invitation, reader, HUB, BEFORE) == telling
