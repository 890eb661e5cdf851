"""The rules of messages: functions of a message and an instant."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from conference_hub.core.actor import Actor
from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.messages.model import Acknowledgement, Audience, Draft, Message, MessageId, MessageState


def posted(message_id: MessageId, draft: Draft, actor: Actor, at: datetime) -> Message:
    """Return a new message: shown at once, or scheduled when its time is yet to come.

    Raises Invalid (`until`) when it would end before it begins.
    """
    begins = max(draft.at or at, at)
    _check_end(draft.until, begins)
    return Message(
        id=message_id,
        text=draft.text,
        audiences=_audiences(draft),
        emergency=draft.emergency,
        lane=None if draft.emergency else draft.lane,
        at=begins,
        until=draft.until,
        state=MessageState.SCHEDULED if begins > at else MessageState.SHOWN,
        by=actor.label,
        actor=actor.id,
    )


def edited(message: Message, draft: Draft, actor: Actor, at: datetime) -> Message:
    """Return a message with another content: nobody has acknowledged it yet.

    A scheduled one takes another time, too; one that is shown stays shown since when it was. Raises Refused
    (`message_ended`) and Invalid (`until`).
    """
    if message.state is MessageState.ENDED:
        raise Refused(msg("이미 끝난 메시지입니다. 새로 보내 주세요."), code="message_ended")
    changed = posted(message.id, draft, actor, at)
    if message.state is MessageState.SCHEDULED:
        return changed
    return replace(changed, at=message.at, state=MessageState.SHOWN)


def due(message: Message, at: datetime) -> Message:
    """Return a message as it is at an instant: shown when its time has come, ended when that is over."""
    if message.until is not None and message.until <= at:
        return replace(message, state=MessageState.ENDED)
    if message.state is MessageState.SCHEDULED and message.at <= at:
        return replace(message, state=MessageState.SHOWN)
    return message


def acknowledged(message: Message, actor: Actor, at: datetime) -> Message:
    """Return a message that an emcee has read; a second time changes nothing. Raises Refused (`not_shown`)."""
    if message.state is not MessageState.SHOWN or Audience.EMCEE not in message.audiences:
        raise Refused(msg("지금 사회자에게 보이는 메시지가 아닙니다."), code="not_shown")
    if any(one.actor == actor.id for one in message.acknowledged):
        return message
    read = Acknowledgement(actor=actor.id, by=actor.label, at=at)
    return replace(message, acknowledged=(*message.acknowledged, read))


def _audiences(draft: Draft) -> tuple[Audience, ...]:
    """Return the audiences in their order; an emergency takes every screen."""
    return tuple(one for one in Audience if draft.emergency or one in draft.audiences)


def _check_end(until: datetime | None, begins: datetime) -> None:
    if until is not None and until <= begins:
        raise Invalid(msg("끝나는 시각은 보내는 시각보다 늦어야 합니다."), field="until")
