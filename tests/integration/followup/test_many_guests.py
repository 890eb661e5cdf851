"""What one guest does in the follow-up reads what is theirs, however many others there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.followup import (
    actions,
    answer_store,
    answering,
    invitation_store,
    keeping,
    notice_store,
    sign_up_store,
    store,
)
from conference_hub.followup.joining import Joined, JoinedBy
from conference_hub.followup.model import OnlineSession, SessionId, SignUp
from conference_hub.followup.several import sign_up_for_all
from conference_hub.people.model import GuestId
from conference_hub.web.hub import Hub
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

SESSION = SessionId("session-1")
KIM, LEE, NEW = GuestId("guest-001"), GuestId("guest-002"), GuestId("guest-003")
TEST = Actor.system("test")
FEW, MANY = range(10, 13), range(13, 60)
"""Numbers of guests who come first, and of those who come later."""
FIRST_TWO = {KIM, LEE, GuestId("guest-010"), GuestId("guest-011")}
"""Who is invited once the two who came first gave up two seats."""


@dataclass
class Read:
    """Statements sent, and rows that became objects."""

    statements: list[str] = field(default_factory=list)
    objects: int = 0

    def send(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.statements.append(statement)

    def load(self, _session: object, _row: object) -> None:
        self.objects += 1


@contextmanager
def reading(hub: Hub) -> Iterator[Read]:
    found = Read()
    sa.event.listen(hub.database.engine, "before_cursor_execute", found.send)
    sa.event.listen(Session, "loaded_as_persistent", found.load)
    yield found
    sa.event.remove(Session, "loaded_as_persistent", found.load)
    sa.event.remove(hub.database.engine, "before_cursor_execute", found.send)


@pytest.fixture
def online(seeded: Hub, now: FakeNow) -> OnlineSession:
    """A session that can be joined; all have seats for 100, and two guests signed up for each of them."""
    with seeded.journal.writing(CONF, actor=TEST) as write:
        for one in store.public_sessions(write.session, CONF):
            url = f"https://meet.example.com/{one.id}"
            store.save_session(write.session, replace(one, url=url, capacity=100, waits=True))
        found = store.get_session(write.session, CONF, SESSION)
    now.instant = found.starts_at - timedelta(days=1)
    for guest in (KIM, LEE):
        with seeded.journal.writing(CONF, actor=TEST) as write:
            sign_up_for_all(seeded, write, guest, None)
    now.instant = found.starts_at
    return found


def come(hub: Hub, numbers: range) -> None:
    """Let guests sign up for all sessions and join the first one."""
    with hub.journal.writing(CONF, actor=TEST) as write:
        for number in numbers:
            guest, at = GuestId(f"guest-{number:03}"), write.at + timedelta(microseconds=number)
            for one in store.public_sessions(write.session, CONF):
                place = SignUp(session_id=one.id, guest_id=guest, at=at)
                sign_up_store.save_sign_up(write.session, CONF, place)
            joined = Joined(
                session_id=SESSION, guest_id=guest, joined_at=at, minutes=None, source=JoinedBy.LINK
            )
            answer_store.save_joined(write.session, CONF, joined)


def join(hub: Hub, guest: GuestId) -> None:
    with hub.journal.writing(CONF, actor=TEST) as write:
        answering.join(write, SESSION, guest)


def read_twice(hub: Hub, first: Callable[[], object], second: Callable[[], object]) -> list[Read]:
    """Return what is read among few guests, and among many."""
    found = []
    for numbers, do in ((FEW, first), (MANY, second)):
        come(hub, numbers)
        with reading(hub) as read:
            do()
        found.append(read)
    return found


@ON_SQLITE
@pytest.mark.usefixtures("online")
def test_joining_loads_nobody_else(seeded: Hub) -> None:
    few, many = read_twice(seeded, lambda: join(seeded, KIM), lambda: join(seeded, LEE))

    assert (few.objects, len(few.statements)) == (many.objects, len(many.statements))
    assert many.objects <= 2, "the session and who joins"
    assert not ranking(many)


@ON_SQLITE
def test_own_page_of_a_session_asks_once_for_the_seat_and_ranks_nobody(
    seeded: Hub, online: OnlineSession, client: FlaskClient
) -> None:
    with seeded.database.reading() as db:
        page = f"/invited/{invitation_store.get(db, CONF, online.id, KIM).token}"
    client.get(page)

    few, many = read_twice(seeded, lambda: client.get(page), lambda: client.get(page))

    assert (few.objects, len(few.statements)) == (many.objects, len(many.statements))
    assert len([one for one in many.statements if "sign_up" in one]) == 1
    assert not ranking(many)


@ON_SQLITE
@pytest.mark.usefixtures("online")
def test_own_agenda_asks_once_for_all_places_and_ranks_nobody(seeded: Hub) -> None:
    def read() -> None:
        with seeded.database.reading() as db:
            assert len(keeping.agenda_of(db, CONF, KIM)) == 7

    _few, many = read_twice(seeded, read, read)

    assert len([one for one in many.statements if "sign_up" in one]) == 1
    assert not ranking(many)


@ON_SQLITE
def test_signing_up_for_all_loads_nobody_else(seeded: Hub, online: OnlineSession, now: FakeNow) -> None:
    now.instant = online.starts_at - timedelta(days=1)

    def sign_up(guest: GuestId) -> None:
        with seeded.journal.writing(CONF, actor=TEST) as write:
            assert len(sign_up_for_all(seeded, write, guest, None).taken) == 7

    few, many = read_twice(seeded, lambda: sign_up(NEW), lambda: sign_up(GuestId("guest-004")))

    assert (few.objects, len(few.statements)) == (many.objects, len(many.statements))
    assert not ranking(many)


def seats_for(hub: Hub, seats: int) -> None:
    with hub.journal.writing(CONF, actor=TEST) as write:
        for one in store.public_sessions(write.session, CONF):
            store.save_session(write.session, replace(one, capacity=seats))


@ON_SQLITE
@pytest.mark.parametrize("seats", [2, 100, 0])
def test_withdrawing_loads_who_moves_up_and_nobody_else(
    seeded: Hub, online: OnlineSession, now: FakeNow, seats: int
) -> None:
    now.instant = online.starts_at - timedelta(hours=1)
    seats_for(seeded, seats)

    def withdraw(guest: GuestId) -> None:
        with seeded.journal.writing(CONF, actor=TEST) as write:
            actions.withdraw(seeded, write, SESSION, guest)

    few, many = read_twice(seeded, lambda: withdraw(KIM), lambda: withdraw(LEE))

    assert many.objects <= few.objects
    assert len(many.statements) <= len(few.statements)
    assert not ranking(many)
    assert invited(seeded) == {2: FIRST_TWO, 100: {KIM, LEE}, 0: {KIM, LEE}}[seats]


@ON_SQLITE
def test_leaving_the_list_loads_who_moves_up_and_nobody_else(
    seeded: Hub, online: OnlineSession, now: FakeNow
) -> None:
    now.instant = online.starts_at - timedelta(hours=1)
    seats_for(seeded, 2)

    def leave(guest: GuestId) -> None:
        with seeded.journal.writing(CONF, actor=TEST) as write:
            actions.leave(seeded, write, [guest])

    few, many = read_twice(seeded, lambda: leave(KIM), lambda: leave(LEE))

    assert many.objects <= few.objects
    assert len(many.statements) <= len(few.statements)
    assert not ranking(many)
    assert invited(seeded) == FIRST_TWO - {KIM, LEE}


def invited(hub: Hub) -> set[GuestId]:
    """Return for whom there is an invitation to the session."""
    with hub.database.reading() as db:
        return set(invitation_store.of_session(db, CONF, SESSION))


def test_who_moves_up_is_whoever_stood_behind_the_last_seat(seeded: Hub) -> None:
    in_order = [GuestId(f"guest-{number:03}") for number in (30, 21, 22, 5, 9, 7)]
    with seeded.journal.writing(CONF, actor=TEST) as write:
        online = replace(store.get_session(write.session, CONF, SESSION), capacity=3, waits=True)
        store.save_session(write.session, online)
        for guest in in_order:
            at = write.at + timedelta(minutes=in_order.index(guest) // 2)
            sign_up_store.save_sign_up(write.session, CONF, SignUp(session_id=SESSION, guest_id=guest, at=at))
    in_order = [GuestId(f"guest-{number:03}") for number in (21, 30, 5, 22, 7, 9)]

    for gone, moved in (([0, 2], [3, 4]), ([4], [5]), ([5], []), ([], [])):
        with seeded.journal.writing(CONF, actor=TEST) as write:
            last = sign_up_store.last_seat(write.session, online)
            for place in gone:
                found = SignUp(session_id=SESSION, guest_id=in_order[place], at=write.at)
                sign_up_store.withdraw_sign_up(write.session, CONF, found)
            assert sign_up_store.moved_up(write.session, online, last) == [in_order[one] for one in moved]


@pytest.mark.parametrize("capacity", [None, 0, 20])
def test_standings_read_some_at_a_time_are_those_of_all(
    seeded: Hub, online: OnlineSession, monkeypatch: pytest.MonkeyPatch, capacity: int | None
) -> None:
    come(seeded, MANY)
    with seeded.journal.writing(CONF, actor=TEST) as write:
        gone = SignUp(session_id=SESSION, guest_id=LEE, at=write.at)
        sign_up_store.withdraw_sign_up(write.session, CONF, gone)
    with seeded.database.reading() as db:
        online = replace(online, capacity=capacity)
        at_once = list(notice_store.standings(db, online))
        monkeypatch.setattr(notice_store, "AT_A_TIME", 7)
        with reading(seeded) as read:
            in_parts = list(notice_store.standings(db, online))
        places = sign_up_store.sign_ups(db, CONF, SESSION)

    assert in_parts == at_once
    assert [one.guest_id for one in in_parts] == [KIM, LEE, *(f"guest-{one:03}" for one in MANY)]
    assert {one.guest_id for one in in_parts if one.signed_up} == {one.guest_id for one in places}
    assert {one.guest_id for one in in_parts if one.seated} == {one.guest_id for one in places[:capacity]}
    assert len([one for one in in_parts if one.invitation]) == 2
    assert len([one for one in read.statements if "UNION" in one]) == len(in_parts) // 7 + 1


@pytest.mark.parametrize("capacity", [None, 0, 1, 3, 4])
def test_everybody_stands_where_they_came(seeded: Hub, capacity: int | None) -> None:
    in_order = [GuestId(f"guest-{number:03}") for number in (30, 21, 22, 5)]
    with seeded.journal.writing(CONF, actor=TEST) as write:
        online = store.get_session(write.session, CONF, SESSION)
        store.save_session(write.session, replace(online, capacity=capacity, waits=True))
        moments = [write.at - timedelta(hours=1), write.at, write.at, write.at + timedelta(hours=1)]
        for guest, at in zip(in_order, moments, strict=True):
            place = SignUp(session_id=SESSION, guest_id=guest, at=at)
            sign_up_store.save_sign_up(write.session, CONF, place)
        gone = SignUp(session_id=SESSION, guest_id=KIM, at=write.at - timedelta(days=1))
        sign_up_store.save_sign_up(write.session, CONF, gone)
        sign_up_store.withdraw_sign_up(write.session, CONF, gone)

    with seeded.database.reading() as db:
        found = [sign_up_store.standing_of_guest(db, CONF, guest, SESSION) for guest in in_order]
        assert sign_up_store.standing_of_guest(db, CONF, KIM) == {}
        seats = sign_up_store.seats_of(db, CONF)

    seated = len(in_order) if capacity is None else capacity
    assert found == [{SESSION: max(0, place - seated)} for place in (1, 2, 3, 4)]
    assert [SESSION in seats.get(guest, ()) for guest in in_order] == [
        place <= seated for place in (1, 2, 3, 4)
    ]


def ranking(read: Read) -> list[str]:
    """Return the statements that put all sign-ups of a session in order."""
    return [one for one in read.statements if "row_number()" in one]
