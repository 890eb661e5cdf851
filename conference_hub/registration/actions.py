"""What people and organisers do with registrations: register, move, change, cancel and erase them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from conference_hub.checkin.actions import switch_mode
from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import Refused, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.outbox.actions import put
from conference_hub.people.model import Mode
from conference_hub.registration import admission, guest_leaving, guests, invitation_store, letters, store
from conference_hub.registration.facts import (
    ConsentChosen,
    RegistrationChanged,
    RegistrationLinkSent,
    RegistrationReceived,
)
from conference_hub.registration.keys import registration_key
from conference_hub.registration.lapsing import lapse
from conference_hub.registration.model import (
    Answers,
    ConsentId,
    Given,
    Invitation,
    Opening,
    Person,
    Registration,
    RegistrationId,
    Setup,
    Standing,
)
from conference_hub.registration.moving import Around, check_place, move_up, moved, save, tell
from conference_hub.registration.setup_store import setup_of


@dataclass(frozen=True, kw_only=True)
class Application:
    """What somebody sends to register: who they are, their answers, the consents they give, the code they have."""

    person: Person
    answers: Answers
    consents: Collection[ConsentId] = ()
    code: str = ""


def register(write: Write, application: Application, around: Around) -> None:
    """Take a registration in, or send its link to an address that has one already; the sender is told neither.

    A cancelled or lapsed registration begins anew, and the places of others that lapsed by now are free. Raises Refused
    when nobody may register now, Invalid for a mode without a place and for an invitation that does not count.
    """
    setup, person = setup_of(write.session, write.conf), application.person
    admission.check_gate(setup.settings, write.at, get_conference(write.session, write.conf).ends_at)
    lapse(write, around)
    existing = store.registration_at(write.session, write.conf, person.key)
    invitation = _invitation(write, setup, application, existing)
    taken = guests.taken(write.session, write.conf)
    admission.check_mode(setup.settings, taken, person.mode)
    if existing is not None and existing.state not in admission.ANEW:
        _send_again(write, existing, around)
        return
    queue = store.by_mode(write.session, write.conf, Standing.WAITING).get(person.mode, 0)
    registration = Registration(
        id=existing.id if existing else RegistrationId(new_id()),
        person=person,
        state=admission.first_state(setup.settings, taken, person.mode, queue=queue),
        answers=application.answers,
        created_at=write.at,
        queued_at=write.at,
        notice_version=setup.settings.notice_version,
        guest_id=existing.guest_id if existing else None,
        guest_own=existing.guest_own if existing else False,
        invitation_id=invitation.id if invitation else None,
        link_number=existing.link_number + 1 if existing else 1,
        revision=existing.revision + 1 if existing else 1,
        changed_by=write.actor.label,
        unconfirmed_since=write.at,
    )
    registration = save(write, registration)
    _choose(write, setup, registration.id, application.consents)
    fact = RegistrationReceived(registration=registration.id, state=registration.state)
    write.publish(fact, registration_key(registration.id), {})
    tell(write, registration, around)


def send_link(write: Write, address_key: str, around: Around) -> None:
    """Send the link of an address's registration to it; nothing happens, and nothing is told, without one."""
    found = store.registration_at(write.session, write.conf, address_key)
    if found is not None:
        _send_again(write, found, around)


def renew_link(write: Write, registration_id: str, around: Around) -> None:
    """Make the links of a registration useless and send it a new one; raises NotFound."""
    before = store.get_registration(write.session, write.conf, registration_id)
    renewed = replace(before, link_number=before.link_number + 1)
    store.save_registration(write.session, write.conf, renewed)
    _send_again(write, renewed, around)


def move(write: Write, registration_id: str, state: Standing, around: Around, *, seen: int) -> Registration:
    """Approve, decline, cancel or queue a registration, as an organiser; who waits moves up where a place is free.

    One that is approved while all places are taken goes to the waiting list; one from there gets a place beyond the
    capacity. Raises NotFound, and Refused when it was changed since `seen` or cannot be moved so.
    """
    before = store.get_registration(write.session, write.conf, registration_id)
    _check_seen(before, seen)
    if before.state is Standing.PENDING and state is Standing.ACCEPTED:
        settings, taken = (
            setup_of(write.session, write.conf).settings,
            guests.taken(write.session, write.conf),
        )
        state = admission.accepted_state(settings, taken, before.person.mode)
    return moved(write, before, admission.decide(before, state), around)


def cancel(write: Write, registration_id: str, around: Around) -> None:
    """Cancel a registration, as its owner; the next on the waiting list is told. Raises Refused when it is over."""
    before = store.get_registration(write.session, write.conf, registration_id)
    moved(write, before, admission.decide(before, Standing.CANCELLED), around)


def change(
    write: Write, registration_id: str, person: Person, answers: Answers, around: Around, *, seen: int
) -> None:
    """Change who somebody is, how they take part and what they answered; the address stays.

    Raises Refused when the registration is over or was changed since `seen`, Invalid for a mode without a place.
    """
    before = store.get_registration(write.session, write.conf, registration_id)
    _check_seen(before, seen)
    if before.state.over:
        raise Refused(msg("취소했거나 거절된 등록은 바꿀 수 없습니다."), code="not_possible")
    if person.mode is not before.person.mode:
        check_place(write, before, person.mode)
    requeued = person.mode is not before.person.mode and before.state is Standing.WAITING
    after = replace(
        before,
        person=replace(person, address=before.person.address),
        answers=answers,
        queued_at=write.at if requeued else before.queued_at,
        revision=before.revision + 1,
        changed_by=write.actor.label,
        proved=True,
        unconfirmed_since=None,
    )
    save(write, after)
    write.publish(RegistrationChanged(registration=after.id), registration_key(after.id), {})
    move_up(write, around)


def erase(write: Write, registration_id: str, around: Around) -> None:
    """Delete the data of a registration, with the guest that it put on the list; nobody is told.

    A guest who was on the list before, or who receives an award, stays there. Raises NotFound, and Refused for
    somebody who was checked in.
    """
    found = store.get_registration(write.session, write.conf, registration_id)
    if found.state is Standing.ACCEPTED:
        guests.check_not_inside(write, found)
    guests.release(write, found, around.ties, around.leaving)
    guest_leaving.delete(write, found)
    move_up(write, around)


def choose_consents(write: Write, registration_id: str, chosen: Collection[ConsentId]) -> None:
    """Give those consents and withdraw the others; raises NotFound."""
    registration = store.get_registration(write.session, write.conf, registration_id)
    _choose(write, setup_of(write.session, write.conf), registration.id, chosen)


def mode_chosen(write: Write, guest_id: str, mode: Mode, around: Around) -> None:
    """Follow a guest who chooses another mode on their own page; raises Invalid when it has no place."""
    before = store.registration_of_guest(write.session, write.conf, guest_id)
    if before is None or before.state is not Standing.ACCEPTED or before.person.mode is mode:
        return
    check_place(write, before, mode)
    after = replace(before, person=replace(before.person, mode=mode), revision=before.revision + 1)
    store.save_registration(write.session, write.conf, after)
    switch_mode(write, guest_id, mode)
    write.publish(RegistrationChanged(registration=after.id), registration_key(after.id), {})
    move_up(write, around)


def guests_changed(write: Write, guest_ids: Collection[str], around: Around) -> None:
    """Follow what organisers changed on the guest list: forms opened before are stale, and places may be free."""
    for found in store.registrations_of_guests(write.session, write.conf, guest_ids):
        if found.state is not Standing.ACCEPTED:
            continue
        changed = replace(found, revision=found.revision + 1, changed_by=write.actor.label)
        store.save_registration(write.session, write.conf, changed)
        write.publish(RegistrationChanged(registration=found.id), registration_key(found.id), {})
    move_up(write, around)


def _check_seen(registration: Registration, seen: int) -> None:
    if registration.revision != seen:
        raise Refused(
            msg("그 사이 %(by)s 님이 이 등록을 바꾸었습니다. 지금 내용을 확인하고 다시 해 주세요."),
            code="registration_changed",
            by=registration.changed_by,
        )


def _invitation(
    write: Write, setup: Setup, application: Application, existing: Registration | None
) -> Invitation | None:
    """Return the invitation that counts; the use by the sender's own registration does not use it up."""
    if setup.settings.opening is not Opening.INVITED:
        return None
    found = invitation_store.find_invitation(write.session, write.conf, application.code.strip().lower())
    used = invitation_store.invitation_uses(write.session, write.conf).get(found.id, 0) if found else 0
    if found and existing and existing.invitation_id == found.id and not existing.state.over:
        used -= 1
    admission.check_invitation(setup.settings, found, used, application.person.address)
    return found


def _choose(
    write: Write, setup: Setup, registration_id: RegistrationId, chosen: Collection[ConsentId]
) -> None:
    given = {
        one.consent_id: one
        for one in store.consents_of(write.session, write.conf, registration_id)
        if one.withdrawn_at is None
    }
    for consent in setup.asked:
        before = given.get(consent.id)
        if before is not None and consent.id not in chosen:
            store.mark_withdrawn(write.session, write.conf, before, write.at)
        elif before is None and consent.id in chosen:
            one = Given(
                registration_id=registration_id,
                consent_id=consent.id,
                version=consent.version,
                given_at=write.at,
            )
            store.add_given(write.session, write.conf, one)
        else:
            continue
        fact = ConsentChosen(registration=registration_id, consent=consent.id, given=before is None)
        write.publish(fact, registration_key(registration_id), {})


def _send_again(write: Write, registration: Registration, around: Around) -> None:
    conference = get_conference(write.session, write.conf)
    put(write, letters.again(write.session, conference, registration, around.link(registration)))
    fact = RegistrationLinkSent(registration=registration.id)
    write.publish(fact, registration_key(registration.id), {})
