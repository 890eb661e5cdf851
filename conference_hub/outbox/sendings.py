"""Sendings: many mails of one act, which are paused, resumed and stopped together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from conference_hub.core.errors import Refused, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.outbox import sending_store, store
from conference_hub.outbox.facts import MailsRetried, SendingSet
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


def pause(write: Write, sending_id: str) -> Sending:
    """Send no more of a sending until it is resumed; raises NotFound, and Refused where it does not go on."""
    return _set(write, sending_id, SendingState.PAUSED, from_states={SendingState.GOING})


def resume(write: Write, sending_id: str) -> Sending:
    """Go on with a sending that was paused; raises NotFound, and Refused where it was not."""
    return _set(write, sending_id, SendingState.GOING, from_states={SendingState.PAUSED})


def stop(write: Write, sending_id: str) -> Sending:
    """Send no more of a sending for good; raises NotFound, and Refused where it was stopped already.

    From this moment on none of its mails is handed over; those that wait are withdrawn one after the other by
    `sending.settle_needless`.
    """
    return _set(
        write, sending_id, SendingState.STOPPED, from_states={SendingState.GOING, SendingState.PAUSED}
    )


def retry_failed(write: Write, sending_id: str | None = None) -> int:
    """Have the mails tried again that could not be sent, of one sending or of all that go on; return how many.

    Raises NotFound, and Refused for a sending that was stopped.
    """
    sending = None
    if sending_id is not None:
        sending = sending_store.get_sending(write.session, write.conf, sending_id)
        _check(sending, {SendingState.GOING, SendingState.PAUSED})
    count = store.retry_failed(write.session, write.conf, sending_id, write.at)
    subject = "mails" if sending is None else _key(sending.id)
    write.publish(MailsRetried(sending=sending.id if sending else None, count=count), subject, {})
    return count


def _set(
    write: Write, sending_id: str, state: SendingState, *, from_states: Collection[SendingState]
) -> Sending:
    sending = sending_store.get_sending(write.session, write.conf, sending_id, lock=True)
    _check(sending, from_states)
    sending = replace(sending, state=state)
    sending_store.save_state(write.session, sending)
    write.publish(SendingSet(sending=sending.id, state=state), _key(sending.id), {})
    return sending


def _check(sending: Sending, from_states: Collection[SendingState]) -> None:
    if sending.state not in from_states:
        raise Refused(
            msg("그 사이 이 발송의 상태가 바뀌었습니다. 화면을 다시 확인해 주세요."), code="sending_changed"
        )


def _key(sending_id: SendingId) -> str:
    return f"sending/{sending_id}"
