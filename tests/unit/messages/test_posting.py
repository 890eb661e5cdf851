"""What becomes of a message as it is written, changed, due, over and read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.agenda.model import LaneId
from conference_hub.core.actor import Actor
from conference_hub.core.errors import HubError
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.messages import posting
from conference_hub.messages.documents import streams_of
from conference_hub.messages.model import Acknowledgement, Audience, Draft, Message, MessageId, MessageState

NOW = datetime(2021, 12, 2, 4, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
OPERATOR, EMCEE = Actor.system("operator"), Actor.system("emcee")
ID = MessageId("m1")
DRAFT = Draft(text=Text.of("잠시 쉽니다"), audiences=(Audience.EMCEE, Audience.PUBLIC), lane=LaneId("hall"))
SHOWN = Message(
    id=ID,
    text=DRAFT.text,
    audiences=(Audience.PUBLIC, Audience.EMCEE),
    emergency=False,
    lane=LaneId("hall"),
    at=NOW,
    until=None,
    state=MessageState.SHOWN,
    by="operator",
    actor="system:operator",
)
WAITING = replace(SHOWN, at=LATER, state=MessageState.SCHEDULED)


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        (DRAFT, SHOWN),
        (replace(DRAFT, at=NOW - timedelta(hours=1)), SHOWN),
        (replace(DRAFT, at=LATER), WAITING),
        (
            replace(DRAFT, emergency=True),
            replace(SHOWN, emergency=True, lane=None, audiences=tuple(Audience)),
        ),
    ],
)
def test_message_is_shown_at_once_or_at_its_time_and_an_emergency_everywhere(
    draft: Draft, message: Message
) -> None:
    assert posting.posted(ID, draft, OPERATOR, NOW) == message


def test_shown_message_stays_shown_when_it_is_edited_and_a_waiting_one_moves() -> None:
    changed = replace(DRAFT, text=Text.of("다시 시작합니다"), at=LATER)
    read = replace(SHOWN, acknowledged=(Acknowledgement(actor="a", by="b", at=NOW),))

    assert [posting.edited(one, changed, OPERATOR, NOW) for one in (read, WAITING)] == [
        replace(SHOWN, text=changed.text),
        replace(WAITING, text=changed.text),
    ]


def test_message_becomes_shown_and_ends_when_its_time_has_come() -> None:
    ending = replace(SHOWN, until=LATER)

    assert [posting.due(one, at).state for one in (WAITING, ending, SHOWN) for at in (NOW, LATER)] == [
        *(MessageState.SCHEDULED, MessageState.SHOWN),
        *(MessageState.SHOWN, MessageState.ENDED),
        *(MessageState.SHOWN, MessageState.SHOWN),
    ]


def test_emcee_acknowledges_once() -> None:
    once = posting.acknowledged(SHOWN, EMCEE, LATER)

    assert once == replace(SHOWN, acknowledged=(Acknowledgement(actor="system:emcee", by="emcee", at=LATER),))
    assert posting.acknowledged(once, EMCEE, LATER + timedelta(minutes=1)) == once


def test_what_cannot_be_is_refused() -> None:
    ended = replace(SHOWN, state=MessageState.ENDED)
    attempts: list[tuple[str, Callable[[], object]]] = [
        ("invalid", lambda: posting.posted(ID, replace(DRAFT, until=NOW), OPERATOR, NOW)),
        ("invalid", lambda: posting.posted(ID, replace(DRAFT, at=LATER, until=LATER), OPERATOR, NOW)),
        ("message_ended", lambda: posting.edited(ended, DRAFT, OPERATOR, NOW)),
        ("not_shown", lambda: posting.acknowledged(WAITING, EMCEE, NOW)),
        ("not_shown", lambda: posting.acknowledged(ended, EMCEE, NOW)),
        (
            "not_shown",
            lambda: posting.acknowledged(replace(SHOWN, audiences=(Audience.PUBLIC,)), EMCEE, NOW),
        ),
    ]
    for code, attempt in attempts:
        with pytest.raises(HubError) as refusal:
            attempt()
        assert refusal.value.code == code


def test_only_operators_have_a_message_that_is_not_shown() -> None:
    to_staff = replace(SHOWN, audiences=(Audience.STAFF,))
    to_screens = replace(SHOWN, audiences=(Audience.STAGE, Audience.TIMER))

    assert [streams_of(one) for one in (SHOWN, to_staff, to_screens, WAITING)] == [
        {Stream.PUBLIC, Stream.SEALED, Stream.OPERATOR},
        {Stream.STAFF, Stream.OPERATOR},
        {Stream.PUBLIC, Stream.OPERATOR},
        {Stream.OPERATOR},
    ]
