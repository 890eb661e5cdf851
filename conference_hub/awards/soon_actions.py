"""Recipients who are called soon say that they are ready; what they said goes when they are called soon no longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from conference_hub.awards import soon_store as store
from conference_hub.awards.documents import BEFORE_REVEAL
from conference_hub.awards.facts import RecipientReady, RecipientsTold
from conference_hub.awards.keys import SEAL, ready_key
from conference_hub.awards.sealing import save_seal, seal_of
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs
from conference_hub.web.hub import Duty, Hub

CLOCK = Actor.system("clock")


def set_told(write: Write, *, told: bool) -> None:
    """Say whether recipients elsewhere are told that they are called soon; publishes a change."""
    before = seal_of(write.session, write.conf)
    if before.tell_recipients != told:
        save_seal(write, replace(before, tell_recipients=told))
        write.publish(RecipientsTold(told=told), SEAL, {})


def say_ready(write: Write, guest_id: str) -> None:
    """Note that a guest who is called soon is ready; saying so again changes nothing. Raises Refused (`not_called`)."""
    if guest_id not in store.called_elsewhere(write.session, write.conf):
        raise Refused(msg("지금은 준비를 알릴 때가 아닙니다."), code="not_called")
    if guest_id not in store.ready_since(write.session, write.conf):
        store.add_ready(write.session, write.conf, guest_id, write.at)
        document = store.ready_document(guest_id, write.at)
        _publish(write, guest_id, {ready_key(guest_id): {**document}}, ready=True)


def forget_ready(write: Write) -> None:
    """Forget those who are ready and no longer called soon."""
    called = store.called_elsewhere(write.session, write.conf)
    for guest_id in sorted(store.ready_since(write.session, write.conf).keys() - called):
        store.remove_ready(write.session, write.conf, guest_id)
        _publish(write, guest_id, {ready_key(guest_id): None}, ready=False)


def forget_ready_everywhere(hub: Hub, _at: datetime) -> datetime | None:
    """Forget in each conference those who are ready and no longer called soon; there is no instant to wait for."""
    with hub.database.reading() as db:
        due = [
            conf
            for conf in store.conferences_with_ready(db)
            if store.ready_since(db, conf).keys() - store.called_elsewhere(db, conf)
        ]
    for conf in due:
        with hub.journal.writing(conf, actor=CLOCK) as write:
            forget_ready(write)
    return None


DUTIES = (Duty(name="forgetting who is ready", work=forget_ready_everywhere),)
"""What the hub does by itself when its time has come (`Hub.duties`)."""


def _publish(write: Write, guest_id: str, docs: Docs, *, ready: bool) -> None:
    fact = RecipientReady(guest=guest_id, ready=ready)
    write.publish(fact, ready_key(guest_id), dict.fromkeys(sorted(BEFORE_REVEAL), docs))
