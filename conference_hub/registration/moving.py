"""Places of those who registered: who takes one, who gives theirs up, and who moves up from the waiting list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.journal import Write
from conference_hub.outbox.actions import put
from conference_hub.people.model import Mode
from conference_hub.registration import admission, guests, letters, store
from conference_hub.registration.facts import RegistrationMoved
from conference_hub.registration.keys import registration_key
from conference_hub.registration.model import Registration, Standing
from conference_hub.registration.setup_store import setup_of
from conference_hub.web.hub import GuestsLeaving, GuestTies


@dataclass(frozen=True, kw_only=True)
class Around:
    """What actions need of the hub: `link` returns the address by which somebody sees and changes their registration.

    `ties` and `leaving` are the hooks of guests who are taken off the list.
    """

    link: Callable[[Registration], str]
    ties: Sequence[GuestTies] = ()
    leaving: Sequence[GuestsLeaving] = ()


def move_up(write: Write, around: Around) -> None:
    """Give free places to those who wait, in their order, and tell them; not after the conference."""
    if write.at > get_conference(write.session, write.conf).ends_at:
        return
    settings, taken = setup_of(write.session, write.conf).settings, guests.taken(write.session, write.conf)
    modes = store.by_mode(write.session, write.conf, Standing.WAITING)
    if all(admission.left(settings, taken, mode) == 0 for mode in modes):
        return
    waiting = store.registrations(write.session, write.conf, state=Standing.WAITING)
    for registration in admission.moving_up(settings, taken, waiting):
        accepted = replace(
            registration,
            state=Standing.ACCEPTED,
            revision=registration.revision + 1,
            unconfirmed_since=write.at if registration.unconfirmed_since else None,
        )
        accepted = save(write, accepted)
        _publish_moved(write, accepted)
        tell(write, accepted, around, moved_up=True)


def moved(write: Write, before: Registration, after: Registration, around: Around) -> Registration:
    """Write down that a registration stands elsewhere, tell its owner, and give its place to the next who waits.

    Raises Refused for a place that somebody would lose who was checked in.
    """
    after = replace(after, changed_by=write.actor.label)
    if before.state is Standing.ACCEPTED:
        guests.check_not_inside(write, before)
    after = save(write, after)
    if before.state is Standing.ACCEPTED:
        guests.release(write, after, around.ties, around.leaving)
    _publish_moved(write, after)
    tell(write, after, around)
    move_up(write, around)
    return after


def save(write: Write, registration: Registration) -> Registration:
    """Write a registration down and return it; one that has a place is on the guest list."""
    if registration.state is Standing.ACCEPTED:
        registration = guests.admit(write, registration)
    store.save_registration(write.session, write.conf, registration)
    return registration


def check_place(write: Write, registration: Registration, mode: Mode) -> None:
    """Refuse a mode that is not offered, and for somebody with a place one that is full."""
    settings, taken = setup_of(write.session, write.conf).settings, guests.taken(write.session, write.conf)
    admission.check_mode(settings, taken, mode)
    if registration.state is Standing.ACCEPTED and admission.left(settings, taken, mode) == 0:
        raise Invalid(msg("이 참석 방식은 자리가 모두 찼습니다."), code="full", field="mode")


def _publish_moved(write: Write, registration: Registration) -> None:
    fact = RegistrationMoved(registration=registration.id, state=registration.state)
    write.publish(fact, registration_key(registration.id), {})


def tell(write: Write, registration: Registration, around: Around, *, moved_up: bool = False) -> None:
    """Put the mail that says where a registration stands into the outbox."""
    conference = get_conference(write.session, write.conf)
    link = around.link(registration)
    put(write, letters.about(write.session, conference, registration, link, moved_up=moved_up))
