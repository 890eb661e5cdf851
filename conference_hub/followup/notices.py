"""Telling everybody who signed up of a changed session: not at once, so that several changes make one mail.

What is to be told is always worked out anew from what people were told (`invitations.py`): a change that is taken back
leaves nothing to tell, and a crash leaves nothing half told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from conference_hub.core.journal import Write
from conference_hub.followup import facts, notice_store, store
from conference_hub.followup.invitations import Invitation, Reader, Telling, Told, to_tell
from conference_hub.followup.keys import NOTICES_KEY
from conference_hub.followup.letters import Why
from conference_hub.followup.mail_kinds import SEAT_LOST
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.followup.notice_store import FollowupSetup, Standing
from conference_hub.followup.sign_up_store import seats_of
from conference_hub.outbox.store import find_mail
from conference_hub.people.model import GuestId

NEW = Invitation(conf="", session_id=SessionId(""), guest_id=GuestId(""), token="")


@dataclass(frozen=True, kw_only=True)
class Pending:
    """What one guest is to be told of a session, and why."""

    standing: Standing
    telling: Telling
    why: Why

    @property
    def holds_old(self) -> bool:
        """Whether the guest was invited to what is no longer so."""
        invitation = self.standing.invitation
        return invitation is not None and invitation.told is Told.REQUEST


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What people are to be told of sessions: how many sessions and people, and how many then have two at once.

    `sessions` are those of which anybody is told, `people` those who hold what is no longer so, `new` those who are
    invited, `silent` those with a seat but without an address, `clash` those with two sessions at the same time.
    """

    sessions: int
    people: int
    new: int
    silent: int
    clash: int

    def __bool__(self) -> bool:
        """Return whether anybody is to be told anything."""
        return bool(self.people or self.new)


def pending(session: Session, online: OnlineSession, now: datetime) -> Iterator[Pending]:
    """Yield what is to be told of a session as it is in `online`, by guest."""
    for standing in notice_store.standings(session, online):
        reader = Reader(seated=standing.seated, address=standing.address, reached=True)
        telling = to_tell(online, standing.invitation or NEW, reader, "", now)
        if telling.notices:
            yield Pending(standing=standing, telling=telling, why=_why(session, standing, telling))


def preview(session: Session, conf: str, changed: Sequence[OnlineSession], now: datetime) -> Preview:
    """Return what people are to be told once sessions are as in `changed`."""
    people, new, silent, told = set[GuestId](), set[GuestId](), set[GuestId](), set[SessionId]()
    for online in changed:
        for one in pending(session, online, now):
            told.add(online.id)
            (people if one.holds_old else new).add(one.standing.guest_id)
        if online.id in told and not online.is_cancelled:
            everybody = notice_store.standings(session, online)
            silent.update(one.guest_id for one in everybody if one.seated and one.address is None)
    return Preview(
        sessions=len(told),
        people=len(people),
        new=len(new),
        silent=len(silent),
        clash=len(clashing(session, conf, changed)),
    )


def clashing(session: Session, conf: str, changed: Sequence[OnlineSession]) -> set[GuestId]:
    """Return the guests with a seat in one of `changed` and in another session at the same time."""
    moved = {online.id: online for online in changed}
    known = {online.id: online for online in store.public_sessions(session, conf)} | moved
    others = {one.id: one for one in known.values() if not one.is_cancelled}
    seats = seats_of(session, conf)
    return {
        guest_id
        for guest_id, mine in seats.items()
        if any(_clash(others, one, mine) for one in mine if one in moved)
    }


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The changes of a conference that people are not told of yet: the sessions with when, and what will be said."""

    setup: FollowupSetup
    sessions: tuple[tuple[OnlineSession, datetime], ...]
    preview: Preview


def waiting(session: Session, conf: str, now: datetime) -> Waiting:
    """Return the changes of a conference that people are not told of yet."""
    when = notice_store.waiting(session, conf)
    changed = [store.get_session(session, conf, one) for one in when]
    return Waiting(
        setup=notice_store.setup_of(session, conf),
        sessions=tuple((online, when[online.id]) for online in changed),
        preview=preview(session, conf, changed, now),
    )


def note_change(write: Write, before: OnlineSession, after: OnlineSession) -> None:
    """Say when those who signed up are told of a change, after it was saved: after the cooling period.

    Who gets a seat and was told nothing before is told at once. Where nobody is to be told anything (any more), nothing
    waits.
    """
    if matter(before) == matter(after) or after.is_draft:
        return
    whys = {one.why for one in pending(write.session, after, write.at)}
    waits = notice_store.waiting(write.session, write.conf).get(after.id)
    at: datetime | None = write.at + cooling(notice_store.setup_of(write.session, write.conf))
    if not whys:
        at = None
    elif whys == {Why.MOVED_UP}:
        at = waits or write.at
    notice_store.set_due(write.session, write.conf, [after.id], at)


def matter(online: OnlineSession) -> tuple[object, ...]:
    """Return what of a session decides whether anybody has to be told."""
    return online.starts_at, online.ends_at, online.url, online.status, online.capacity


def send_now(write: Write) -> int:
    """Let all changes that wait be told now; returns of how many sessions."""
    held = notice_store.waiting(write.session, write.conf)
    notice_store.set_due(write.session, write.conf, held, write.at)
    _set(write, replace(notice_store.setup_of(write.session, write.conf), hold=False))
    return len(held)


def hold(write: Write) -> None:
    """Tell nobody of changes until somebody says so."""
    _set(write, replace(notice_store.setup_of(write.session, write.conf), hold=True))


def let_go(write: Write) -> None:
    """Tell people of changes again, of those that waited after the cooling period from now."""
    setup = replace(notice_store.setup_of(write.session, write.conf), hold=False)
    held = notice_store.waiting(write.session, write.conf)
    notice_store.set_due(write.session, write.conf, held, write.at + cooling(setup))
    _set(write, setup)


def set_cooling(write: Write, minutes: int) -> None:
    """Choose how many minutes changes wait from now on before people are told of them."""
    _set(write, replace(notice_store.setup_of(write.session, write.conf), cooling_min=minutes))


def lost_seat(session: Session, invitation: Invitation) -> bool:
    """Return whether the last mail took a seat back, and not a session that was cancelled."""
    mail = find_mail(session, invitation.mail_id) if invitation.mail_id else None
    return mail is not None and mail.kind == SEAT_LOST.name


def cooling(setup: FollowupSetup) -> timedelta:
    """Return how long changes wait."""
    return timedelta(minutes=setup.cooling_min)


def _set(write: Write, setup: FollowupSetup) -> None:
    notice_store.save_setup(write.session, write.conf, setup)
    write.publish(facts.NoticesSet(hold=setup.hold), NOTICES_KEY, {})


def _why(session: Session, standing: Standing, telling: Telling) -> Why:
    invitation = standing.invitation
    if telling.notices[-1].method is Told.CANCEL:
        return Why.SEAT_LOST if standing.signed_up else Why.WITHDRAWN
    if invitation is None:
        return Why.SIGNED_UP
    waited = invitation.told is None or invitation.waiting_at is not None
    if waited or (invitation.told is Told.CANCEL and lost_seat(session, invitation)):
        return Why.MOVED_UP
    return Why.CHANGED


def _clash(others: Mapping[SessionId, OnlineSession], one: SessionId, mine: Iterable[SessionId]) -> bool:
    online = others.get(one)
    return online is not None and any(
        other.id != one and other.starts_at < online.ends_at and online.starts_at < other.ends_at
        for other in (others[held] for held in mine if held in others)
    )
