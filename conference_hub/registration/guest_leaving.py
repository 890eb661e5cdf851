"""What goes when a guest is taken off the list, or when the data of a registration are deleted: all of it."""

from __future__ import annotations

from collections.abc import Collection

from conference_hub.core.journal import Write
from conference_hub.outbox.forgetting import forget_about
from conference_hub.registration import store
from conference_hub.registration.facts import RegistrationErased
from conference_hub.registration.keys import about_invited, registration_key
from conference_hub.registration.model import Registration


def leave(write: Write, guest_ids: Collection[str]) -> None:
    """Delete the registrations of guests who are removed; their places are free, and nobody is told."""
    for found in store.registrations_of_guests(write.session, write.conf, guest_ids):
        delete(write, found)


def delete(write: Write, registration: Registration) -> None:
    """Delete a registration with its answers and consents, and the mails about it and the invitation to it."""
    store.delete_registration(write.session, write.conf, registration.id)
    key = registration_key(registration.id)
    forget_about(write.session, write.conf, [key, about_invited(registration.person.address)])
    write.publish(RegistrationErased(registration=registration.id), key, {})
