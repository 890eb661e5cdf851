"""What is done with messages: load, decide, save, publish. A text becomes public here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from conference_hub.agenda.model import LaneId
from conference_hub.agenda.run_store import followed_plan
from conference_hub.agenda.store import working_plan
from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotFound, Refused, Stale, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.messages import facts, posting, store
from conference_hub.messages.documents import message_document, streams_of
from conference_hub.messages.facts import MessageFact
from conference_hub.messages.keys import message_key
from conference_hub.messages.model import Draft, Message, MessageId, MessageState
from conference_hub.web.hub import Duty, Hub

CLOCK = Actor.system("clock")
"""Who shows and ends a message when its time has come."""
MOST_MESSAGES = 300
"""How many messages a conference may have that nobody retracted."""


def post(write: Write, draft: Draft) -> Doc:
    """Write a message, and show it unless its time is yet to come; returns `{"seq"}`.

    Raises NotFound for an unknown lane, Refused (`too_many`), and what the rule raises.
    """
    if store.count_messages(write.session, write.conf) >= MOST_MESSAGES:
        raise Refused(
            msg("메시지가 %(most)s개 있습니다. 지난 것을 거두고 다시 보내 주세요."),
            code="too_many",
            most=MOST_MESSAGES,
        )
    _check_lane(write, draft.lane)
    message = posting.posted(MessageId(new_id()), draft, write.actor, write.at)
    store.save_message(write.session, write.conf, message)
    return _publish(write, _first_fact(message), message, frozenset())


def edit(write: Write, message_id: str, draft: Draft, *, seen: int | None, keep_time: bool = False) -> Doc:
    """Change a message; what it said before is kept nowhere. Returns `{"seq"}`.

    `keep_time` leaves a scheduled one at its time. Raises NotFound, Stale, and what the rule raises.
    """
    before = _found(write, message_id, seen)
    _check_lane(write, draft.lane)
    draft = replace(draft, at=before.at) if keep_time else draft
    after = posting.edited(before, draft, write.actor, write.at)
    store.save_message(write.session, write.conf, after)
    _take_out(write, before)
    was_shown = before.state is MessageState.SHOWN
    return _publish(
        write, facts.MessageEdited if was_shown else _first_fact(after), after, streams_of(before)
    )


def retract(write: Write, message_id: str, *, seen: int | None) -> Doc:
    """Take a message back: it is gone from every screen, its text from the journal. Returns `{"seq"}`.

    That it was shown, ended or read meanwhile holds nobody up. Raises NotFound, and Stale after an edit.
    """
    _require_edits_seen(write, message_id, seen)
    message = store.get_message(write.session, write.conf, message_id)
    store.delete_message(write.session, write.conf, message.id)
    _take_out(write, message)
    gone: Docs = {message_key(message.id): None}
    fact = facts.MessageRetracted(message=message.id)
    docs = dict.fromkeys(streams_of(message), gone)
    return {"seq": write.publish(fact, message_key(message.id), docs).seq}


def acknowledge(write: Write, message_id: str) -> Doc:
    """Note that an emcee has read a message; returns `{"seq"}`. Raises NotFound, and what the rule raises."""
    before = store.get_message(write.session, write.conf, message_id)
    after = posting.acknowledged(before, write.actor, write.at)
    store.save_message(write.session, write.conf, after)
    key = message_key(after.id)
    docs: dict[Stream, Docs] = {
        stream: {key: message_document(after, stream)} for stream in (Stream.SEALED, Stream.OPERATOR)
    }
    return {"seq": write.publish(facts.MessageAcknowledged(message=after.id), key, docs).seq}


def show_due(write: Write) -> None:
    """Show and end the messages of a conference whose time has come."""
    for before in store.all_messages(write.session, write.conf):
        after = posting.due(before, write.at)
        if after.state is not before.state:
            store.save_message(write.session, write.conf, after)
            ended = after.state is MessageState.ENDED
            fact = facts.MessageEnded if ended else facts.MessageShown
            _publish(write, fact, after, streams_of(before))


def show_due_everywhere(hub: Hub, at: datetime) -> datetime | None:
    """Show and end every message whose time has come; return when the next one does, None: none waits."""
    with hub.database.reading() as db:
        conferences, following = store.conferences_due(db, at), store.next_instant(db, at)
    for conf in conferences:
        with hub.journal.writing(conf, actor=CLOCK) as write:
            show_due(write)
    return following


DUTIES = (Duty(name="showing messages", work=show_due_everywhere),)
"""What the hub does by itself when its time has come (`Hub.duties`)."""


def _found(write: Write, message_id: str, seen: int | None) -> Message:
    write.require_seen(message_key(MessageId(message_id)), seen)
    return store.get_message(write.session, write.conf, message_id)


def _require_edits_seen(write: Write, message_id: str, seen: int | None) -> None:
    try:
        write.require_seen(message_key(MessageId(message_id)), seen)
    except Stale as stale:
        if any(_is_edit(fact) for fact in cast("Sequence[Doc]", stale.detail["changed"])):
            raise


def _is_edit(fact: Doc) -> bool:
    """Return whether a fact of a message, as on the wire, changed it: it did not show, end or get read by itself."""
    return bool(fact["topic"] != facts.MessageAcknowledged.topic and fact["body"]["actor"] != CLOCK.id)


def _check_lane(write: Write, lane: LaneId | None) -> None:
    if lane is None:
        return
    plans = (followed_plan(write.session, write.conf), working_plan(write.session, write.conf))
    if not any(lane == one.id for plan in plans for one in plan.lanes):
        raise NotFound(msg("그런 진행 구역이 없습니다."), lane=lane)


def _first_fact(message: Message) -> type[MessageFact]:
    shown = message.state is MessageState.SHOWN
    return facts.MessageShown if shown else facts.MessageScheduled


def _take_out(write: Write, message: Message) -> None:
    """Take what a message said out of the earlier entries of every stream."""
    for stream in Stream:
        write.redact(stream, message_key(message.id))


def _publish(write: Write, fact: type[MessageFact], message: Message, earlier: Collection[Stream]) -> Doc:
    """Publish a message as it is now to the streams that see it and to those that did earlier."""
    key, now = message_key(message.id), streams_of(message)
    docs: dict[Stream, Docs] = {
        stream: {key: message_document(message, stream) if stream in now else None}
        for stream in Stream
        if stream in now or stream in earlier
    }
    return {"seq": write.publish(fact(message=message.id), key, docs).seq}
