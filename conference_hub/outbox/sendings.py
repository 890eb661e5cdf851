"""Sendings: many mails of one act, which are paused, resumed and stopped together."""

from __future__ import annotations

from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.outbox import sending_store
from conference_hub.outbox.model import Sending, SendingId, SendingState


def start_sending(write: Write, kind: str, title: Text) -> SendingId:
    """Begin a sending, and return what its mails name (`Draft.sending_id`); the caller publishes what was done.

    `title` says what it is about, without a word about a person.
    """
    sending = Sending(
        id=SendingId(new_id()),
        conf=write.conf,
        kind=kind,
        title=title,
        created_at=write.at,
        by=write.actor.label,
        state=SendingState.GOING,
    )
    sending_store.add_sending(write.session, sending, write.actor)
    return sending.id
