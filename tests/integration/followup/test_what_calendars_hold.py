"""Whatever happens to a session and its guests: what a correct calendar holds in the end is what the database says.

Random sequences of signing up, withdrawing, moving, cancelling, restoring, inviting again, changing an address, holding
mails back and letting them go, with crashes between writing and sending. Mails of one person leave in their order, as
the outbox promises, but the reader may open them in any.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from conference_hub.core.errors import Refused
from conference_hub.followup import actions, invitation_store, notices, sign_up_store, store
from conference_hub.followup.model import OnlineSession
from conference_hub.followup.notifying import Notifier
from conference_hub.outbox.model import Mail, MailState
from conference_hub.people.store import get_guest
from tests.integration.followup.conftest import KIM, LEE, PARK, SESSION, Told, event_of, method_of, starts_at
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE
GUESTS = (KIM, LEE, PARK)
STEPS = 45


@dataclass
class Calendar:
    """A calendar that follows RFC 5546 2.1.5: of messages about one UID the highest SEQUENCE, then DTSTAMP, counts."""

    newest: tuple[int, datetime] | None = None
    holds: tuple[datetime, datetime] | None = None

    def take(self, mail: Mail) -> None:
        event = event_of(mail)
        version = (int(event.decoded("SEQUENCE")), event.decoded("DTSTAMP"))
        if self.newest is not None and version <= self.newest:
            return
        self.newest = version
        asked = method_of(mail) == "REQUEST"
        self.holds = (event.decoded("DTSTART"), event.decoded("DTEND")) if asked else None


@dataclass
class Day:
    """The hub, a source of chance, and what was delivered to each address and not read yet."""

    told: Told
    now: FakeNow
    chance: Random
    notifier: Notifier = field(default_factory=Notifier)
    delivered: dict[str, list[Mail]] = field(default_factory=dict)

    def online(self) -> OnlineSession:
        with self.told.hub.database.reading() as db:
            return store.get_session(db, CONF, SESSION)

    def act(self) -> None:
        self.now.forward(seconds=self.chance.choice((1, 30, 400)))
        guest = self.chance.choice(GUESTS)
        weighted = {
            self.sign_up: 6,
            self.withdraw: 3,
            self.move: 3,
            self.cancel: 1,
            self.restore: 3,
            self.again: 2,
            self.readdress: 1,
            self.hold_back: 1,
            self.send: 5,
            self.crash: 1,
            self.work: 4,
        }
        act = self.chance.choices(list(weighted), list(weighted.values()))[0]
        with suppress(Refused):  # such as signing up for a cancelled session
            act(guest)

    def sign_up(self, guest: str) -> None:
        self.told.sign_up(guest)

    def withdraw(self, guest: str) -> None:
        self.told.withdraw(guest)

    def move(self, _guest: str) -> None:
        by = timedelta(hours=self.chance.choice((-1, 1, 2)))
        online = self.online()
        times = (online.starts_at + by, online.ends_at + by)
        self.told.write(lambda write: actions.reschedule(write, SESSION, *times, seen=None))

    def cancel(self, _guest: str) -> None:
        self.told.write(lambda write: actions.cancel(write, SESSION, seen=None))

    def restore(self, _guest: str) -> None:
        self.told.write(lambda write: actions.restore(write, SESSION, seen=None))

    def again(self, guest: str) -> None:
        self.told.write(lambda write: actions.invite_again(self.told.hub, write, SESSION, guest))

    def readdress(self, guest: str) -> None:
        self.told.address(guest, f"{guest}-{self.chance.randint(1, 2)}@example.com")

    def hold_back(self, _guest: str) -> None:
        self.told.write(self.chance.choice((notices.hold, notices.let_go)))

    def work(self, _guest: str) -> None:
        """Let the hub do one step of telling."""
        self.notifier.work(self.told.hub, self.now.instant)

    def crash(self, _guest: str) -> None:
        """A process ends in the middle: the next one knows only the rows."""
        self.notifier = Notifier()

    def send(self, _guest: str, most: int = 3) -> None:
        """Send some of the mails that wait, the oldest first; a mail is handed over twice where a process died."""
        for mail in self.told.waiting()[: self.chance.randint(1, most)]:
            if mail.calendar is not None:
                box = self.delivered.setdefault(mail.to_address, [])
                box += [mail] * self.chance.choice((1, 1, 2))
            self.told.settle_one(mail, MailState.SENT)

    def finish(self) -> None:
        """Let everything be told and delivered."""
        self.told.write(notices.send_now)
        while self.notifier.work(self.told.hub, self.now.instant) == self.now.instant:
            pass
        while self.told.waiting():
            self.send(KIM, most=99)

    def calendars(self) -> dict[str, tuple[datetime, datetime]]:
        """Return what the calendar at each address holds after reading its mails in any order."""
        held = {}
        for address, mails in self.delivered.items():
            calendar = Calendar()
            for mail in self.chance.sample(mails, len(mails)):
                calendar.take(mail)
            if calendar.holds is not None:
                held[address] = calendar.holds
        return held

    def wanted(self) -> dict[str, tuple[datetime, datetime]]:
        """Return what the calendars should hold, as the database says."""
        online = self.online()
        with self.told.hub.database.reading() as db:
            seated = sign_up_store.seated_among(db, online, GUESTS)
            addresses = [get_guest(db, CONF, guest).email or "" for guest in seated]
        return {} if online.is_cancelled else dict.fromkeys(addresses, (online.starts_at, online.ends_at))


@pytest.mark.parametrize("seed", range(8))
def test_calendars_hold_what_the_database_says(told: Told, now: FakeNow, seed: int) -> None:
    day = Day(told, now, Random(seed))  # noqa: S311 - a repeatable choice, not a secret
    told.change(capacity=2, waits=True)
    for _step in range(STEPS):
        day.act()

    day.finish()

    assert day.calendars() == day.wanted()
    with told.hub.database.reading() as db:
        held = {
            one.attendee: (one.held_starts_at, one.held_ends_at)
            for one in invitation_store.of_session(db, CONF, SESSION).values()
            if one.held_starts_at
        }
    assert held == day.wanted()
    for mails in day.delivered.values():
        assert_versions_grow(mails)


def assert_versions_grow(mails: list[Mail]) -> None:
    """Assert that each mail that says another thing than the one before has a greater SEQUENCE (RFC 5546 2.1.4)."""
    for before, after in pairwise(mails):
        first, second = (int(event_of(mail).decoded("SEQUENCE")) for mail in (before, after))
        assert second > first or (second == first and said(before) == said(after))


def said(mail: Mail) -> tuple[str, datetime]:
    """Return the METHOD and the start that a mail says."""
    return method_of(mail), starts_at(mail)
