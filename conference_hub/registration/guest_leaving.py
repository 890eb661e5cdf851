"""What goes when a guest is taken off the list, or when the data of a registration are deleted: all of it."""

from __future__ import annotations

from collections.abc import Collection

from conference_hub.core.journal import Write
from conference_hub.outbox.forgetting import forget_address
from conference_hub.registration import store
from conference_hub.registration.facts import RegistrationErased
from conference_hub.registration.keys import registration_key
from conference_hub.registration.model import Registration


def leave(write: Write, guest_ids: Collection[str]) -> None:
    """Delete the registrations of guests who are removed; their places are free, and nobody is told."""
    for guest_id in guest_ids:
        found = store.registration_of_guest(write.session, write.conf, guest_id)
        if found is not None:
            delete(write, found)


def delete(write: Write, registration: Registration) -> None:
    """Delete a registration with its answers and consents, and the mails to its address."""
    store.delete_registration(write.session, write.conf, registration.id)
    forget_address(write.session, write.conf, registration.person.address)
    write.publish(RegistrationErased(registration=registration.id), registration_key(registration.id), {})
