"""What organisers do with the guest list: register, change and remove guests, design badges and say what is printed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import islice
from typing import TypeVar

from conference_hub.checkin import badge_store, former, keeping, sources
from conference_hub.checkin.badge_design import BadgeDesign
from conference_hub.checkin.documents import guest_document
from conference_hub.checkin.facts import (
    BadgeDesigned,
    BadgesIssued,
    BadgesPrinted,
    CheckinFact,
    GuestsChanged,
    GuestsRegistered,
    GuestsRemoved,
)
from conference_hub.checkin.keys import PRESENCE_KEY
from conference_hub.checkin.model import Badge
from conference_hub.checkin.publish import publish, publish_documents
from conference_hub.checkin.token import new_token
from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs
from conference_hub.gates.store import all_gates
from conference_hub.outbox.actions import withdraw_for_guests
from conference_hub.outbox.forgetting import forget_guests
from conference_hub.people import store as people
from conference_hub.people.keys import GUEST_LIST, guest_key
from conference_hub.people.model import Guest, GuestId
from conference_hub.people.numbering import with_numbers
from conference_hub.web.hub import GuestsFollowed, GuestsLeaving, GuestTies, go_on

T = TypeVar("T")

MOST_IN_A_FACT = 500
"""Guests in one fact: relay and followers take an entry as a whole."""


def register_guests(
    write: Write,
    guests: Sequence[Guest],
    *,
    pause: Callable[[], None] = go_on,
    fact: Callable[[int], CheckinFact] = lambda count: GuestsRegistered(count=count),
) -> None:
    """Add guests to the list and issue their badges, in facts that are small enough to be read at once.

    Those without a number get one. `pause` is called after each fact: others have a turn. `fact` makes the fact of so
    many guests. Raises Invalid for a number that somebody has.
    """
    taken = people.numbers(write.session, write.conf)
    _refuse_taken(guests, taken)
    for some in _slices(with_numbers(guests, taken)) if guests else [[]]:
        people.save_guests(write.session, write.conf, some)
        issued = [Badge(token=new_token(), guest_id=guest.id, issued_at=write.at) for guest in some]
        badge_store.add_badges(write.session, write.conf, issued)
        publish_documents(
            write,
            fact(len(some)),
            PRESENCE_KEY,
            guests={guest_key(guest.id): guest_document(guest, None, badge=True) for guest in some},
            gates={},
            counts=sources.count_documents(write.session, write.conf),
        )
        write.flush()
        pause()


def change_guests(
    write: Write,
    guests: Sequence[Guest],
    *,
    pause: Callable[[], None] = go_on,
    followed: Iterable[GuestsFollowed] = (),
) -> int:
    """Make guests be as given, and return how many were otherwise; who is not on the list is left out.

    `followed` are told which changed; mails to many that wait for an earlier address are not sent. A printed badge
    that shows what is not true any more is marked to be printed again. Raises Invalid for a number that somebody else
    has.
    """
    session, conf = write.session, write.conf
    before = {guest.id: guest for guest in people.guests_of(session, conf, [guest.id for guest in guests])}
    changed = [guest for guest in guests if guest.id in before and guest != before[guest.id]]
    renumbered = [guest for guest in changed if guest.number != before[guest.id].number]
    if renumbered:
        moving = {before[guest.id].number for guest in renumbered}
        _refuse_taken(
            renumbered,
            {number: who for number, who in people.numbers(session, conf).items() if number not in moving},
        )
        people.release_numbers(session, conf, [guest.id for guest in renumbered])
    design = badge_store.badge_design(session, conf)
    for some in _slices(changed):
        ids = [guest.id for guest in some]
        people.save_guests(session, conf, some)
        people.note_change(session, conf, ids, write.at, write.actor.label)
        outdated = [guest.id for guest in some if design.face(guest) != design.face(before[guest.id])]
        badge_store.mark_outdated(session, conf, outdated)
        names = sorted({name for guest in some for name in changed_fields(before[guest.id], guest)})
        fact = GuestsChanged(count=len(some), fields=names)
        subject = guest_key(ids[0]) if len(changed) == 1 else GUEST_LIST
        publish(write, fact, subject, guests=ids, counts=True)
        write.flush()
        pause()
    if changed:
        for follow in followed:
            follow(write, {guest.id for guest in changed})
    _withdraw_from_earlier(write, [guest for guest in changed if guest.email != before[guest.id].email])
    return len(changed)


def _withdraw_from_earlier(write: Write, moved: Sequence[Guest]) -> None:
    """Decide that mails to many and reminders that wait for an earlier address of guests are not sent."""
    addresses = {str(guest.id): (guest.email or "").casefold() for guest in moved}
    if addresses:
        withdraw_for_guests(
            write, addresses, lambda mail: mail.to_address.casefold() != addresses[mail.guest_id]
        )


def remove_guests(
    write: Write, guest_ids: Collection[str], *, ties: Iterable[GuestTies], leaving: Iterable[GuestsLeaving]
) -> int:
    """Take guests off the list with their badges, scans, links, mails and what features `leaving` keep of them.

    What takes their invitations back still leaves. Of their badges stays that they were some (`former`). Returns how
    many guests there were. Raises Refused (`in_use`) when something that may not be lost hangs on one of them.
    """
    session, conf = write.session, write.conf
    gone = [guest.id for guest in people.guests_of(session, conf, guest_ids)]
    if any(found(session, conf, gone) for found in ties):
        raise Refused(
            msg("시상에 연결된 사람이 있어 삭제할 수 없습니다. 시상에서 먼저 풀어 주세요."), code="in_use"
        )
    for leave in leaving:
        leave(write, gone)
    forget_guests(session, conf, {guest_id: guest_key(guest_id) for guest_id in gone})
    former.remember(write, gone)
    conflicts = keeping.conflicts_leaving(write, gone)
    people.delete_guests(session, conf, gone)
    gates = [gate.id for gate in all_gates(session, conf)]
    for some in _slices(gone):
        docs: Docs = {guest_key(guest_id): None for guest_id in some}
        publish_documents(
            write,
            GuestsRemoved(count=len(some)),
            GUEST_LIST,
            guests=docs,
            gates=sources.gate_documents(session, conf, gates),
            counts=sources.count_documents(session, conf),
            conflicts=conflicts,
        )
        conflicts = {}
    return len(gone)


def issue_badges(write: Write, guest_ids: Collection[str]) -> int:
    """Give a badge to those of these guests who have none that opens gates; returns how many."""
    held = badge_store.badge_states(write.session, write.conf)
    without = [one.id for one in people.guests_of(write.session, write.conf, guest_ids) if one.id not in held]
    for some in _slices(without):
        issued = [Badge(token=new_token(), guest_id=guest_id, issued_at=write.at) for guest_id in some]
        badge_store.add_badges(write.session, write.conf, issued)
        publish(write, BadgesIssued(count=len(some)), GUEST_LIST, guests=some)
    return len(without)


def mark_printed(write: Write, guest_ids: Iterable[str], made: datetime) -> int:
    """Write down that the badges of these guests were printed from a sheet that was made at `made`; returns how many.

    Who was changed since is left out: the sheet may show them as they were.
    """
    changed = people.changed_since(write.session, write.conf, made)
    printed = [guest_id for guest_id in guest_ids if guest_id not in changed]
    count = badge_store.mark_printed(write.session, write.conf, printed, write.at)
    if count:
        publish(write, BadgesPrinted(count=count), GUEST_LIST)
    return count


def design_badges(write: Write, design: BadgeDesign) -> None:
    """Choose what badges show and how they are laid out."""
    if design != badge_store.badge_design(write.session, write.conf):
        badge_store.save_design(write.session, write.conf, design)
        publish(write, BadgeDesigned(), GUEST_LIST)


def changed_fields(before: Guest, after: Guest) -> list[str]:
    """Return the names of the fields in which two states of a guest differ."""
    return [
        field.name for field in fields(Guest) if getattr(before, field.name) != getattr(after, field.name)
    ]


def _refuse_taken(guests: Iterable[Guest], taken: Mapping[str, GuestId]) -> None:
    held = dict(taken)
    for guest in guests:
        if guest.number and held.setdefault(guest.number, guest.id) != guest.id:
            raise Invalid(msg("이미 다른 사람이 쓰는 번호입니다."), field="number")


def _slices(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, MOST_IN_A_FACT)):
        yield some
