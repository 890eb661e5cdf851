"""Rendered states are kept in memory only while they may be served: older ones hold texts that were withdrawn since."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from conference_hub.core import entries
from conference_hub.core.stream import Docs, Stream
from conference_hub.live.relay import Relay
from conference_hub.live.snapshot import States
from conference_hub.web.hub import Hub
from tests.integration.live.conftest import BARE, Heard, say
from tests.traces import kept_with

PLACE = (BARE, Stream.PUBLIC)
WRONG = "withdrawn-name"


@pytest.fixture
def states(bare: Hub) -> States:
    return States(bare)


@pytest.fixture
def relay(bare: Hub, states: States) -> Relay:
    relay = Relay(bare, Heard(), states.forget)
    relay.begin()
    return relay


def _newest_word(db: Session, conf: str, stream: Stream) -> Docs:
    return entries.since(db, conf, stream, 0, 10)[-1].body["docs"]  # type: ignore[no-any-return]


def test_rendered_states_are_dropped_when_something_newer_was_committed(
    bare: Hub, states: States, relay: Relay
) -> None:
    bare.documents[:] = [_newest_word]
    say(bare, WRONG)
    relay.step()
    states.answer(PLACE, 0)
    states.answer(PLACE, None)
    kept = kept_with(WRONG, vars(states))

    say(bare, "right")
    relay.step()

    assert len(kept) == 2
    assert kept_with(WRONG, vars(states)) == []


def test_other_streams_keep_what_was_rendered(bare: Hub, states: States, relay: Relay) -> None:
    bare.documents[:] = []
    first = states.answer((BARE, Stream.STAFF), None)

    say(bare, "public")
    relay.step()

    assert states.answer((BARE, Stream.STAFF), None) is first


@pytest.mark.parametrize("after", [None, 0])
def test_state_that_was_read_before_a_newer_head_was_known_is_not_kept(
    bare: Hub, states: States, after: int | None
) -> None:
    bare.documents[:] = [_newest_word]
    say(bare, WRONG)
    states.forget(PLACE, 2)  # as the relay does, while the answer of head 1 is rendered

    assert WRONG in states.answer(PLACE, after).content
    assert kept_with(WRONG, vars(states)) == []
