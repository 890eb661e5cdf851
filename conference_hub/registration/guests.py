"""Places: how many are taken, and the guest list that those are on who have one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from conference_hub.access.revoking import revoke_links_of_guest
from conference_hub.checkin.actions import revoke_badge, switch_mode
from conference_hub.checkin.guest_actions import change_guests, register_guests, remove_guests
from conference_hub.checkin.store import find_presence
from conference_hub.core.errors import Refused, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.people import notices
from conference_hub.people.model import Guest, GuestId, Mode
from conference_hub.people.store import find_guest, holder_of_email
from conference_hub.registration import store
from conference_hub.registration.model import Registration, Standing
from conference_hub.registration.setup_store import setup_of
from conference_hub.web.hub import Capacity, GuestsLeaving, GuestTies


def taken(session: Session, conf: str) -> Mapping[Mode, int]:
    """Return how many places of each mode are taken: by those who registered, and by who was registered at a door."""
    return Counter(store.by_mode(session, conf, Standing.ACCEPTED)) + Counter(store.walk_ins(session, conf))


def capacity(session: Session, conf: str, mode: str) -> Capacity | None:
    """Return the places of a mode (`Hub.capacity`); None where registration does not limit it."""
    chosen = Mode(mode)
    most = setup_of(session, conf).settings.capacity.get(chosen)
    if most is None:
        return None
    return Capacity(
        most=most,
        taken=taken(session, conf).get(chosen, 0),
        waiting=store.by_mode(session, conf, Standing.WAITING).get(chosen, 0),
    )


def admit(write: Write, registration: Registration) -> Registration:
    """Put somebody on the guest list, with a badge, and return the registration with that guest.

    Who is there already by the same address is that guest: nothing of theirs changes, because anybody can type an
    address, until who reads its mails saved the registration by its link. A badge that was withdrawn stays so.
    """
    guest, person = _known(write, registration), registration.person
    if guest is None:
        fresh = _guest(registration)
        register_guests(write, [fresh])
        if registration.notice_version:
            notices.keep_shown(write, fresh.id, registration.notice_version)
        return replace(registration, guest_id=fresh.id, guest_own=True)
    if registration.proved:
        change_guests(write, [replace(guest, name=person.name, organisation=person.organisation)])
        switch_mode(write, guest.id, person.mode)
        return replace(registration, guest_id=guest.id)
    name = guest.name or person.name
    listed = replace(person, name=name, organisation=guest.organisation, mode=guest.mode)
    return replace(registration, guest_id=guest.id, person=listed)


def check_not_inside(write: Write, registration: Registration) -> None:
    """Raise Refused for somebody who was checked in: what happened at the gates stays."""
    guest_id = registration.guest_id
    if guest_id is not None and find_presence(write.session, write.conf, guest_id) is not None:
        raise Refused(msg("이미 체크인한 사람의 등록은 취소할 수 없습니다."), code="inside")


def release(
    write: Write, registration: Registration, ties: Sequence[GuestTies], leaving: Sequence[GuestsLeaving]
) -> None:
    """Take somebody who gives their place up off the guest list; who receives an award stays there without a badge.

    Who was on the list before they registered is there for another reason, and stays as they are.
    """
    guest_id = registration.guest_id
    if guest_id is None or not registration.guest_own:
        return
    if find_guest(write.session, write.conf, guest_id) is None:
        return
    if any(found(write.session, write.conf, [guest_id]) for found in ties):
        revoke_badge(write, guest_id)
        revoke_links_of_guest(write, guest_id)
        return
    store.save_registration(write.session, write.conf, replace(registration, guest_id=None, guest_own=False))
    remove_guests(write, [guest_id], ties=ties, leaving=leaving)


def _known(write: Write, registration: Registration) -> Guest | None:
    guest_id = registration.guest_id or holder_of_email(
        write.session, write.conf, registration.person.address
    )
    return find_guest(write.session, write.conf, guest_id) if guest_id else None


def _guest(registration: Registration) -> Guest:
    person = registration.person
    return Guest(
        id=GuestId(new_id()),
        name=person.name,
        label=None,
        organisation=person.organisation,
        group=None,
        mode=person.mode,
        email=person.address,
        language=person.language,
    )
