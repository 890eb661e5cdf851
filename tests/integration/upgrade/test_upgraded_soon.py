"""A database from before recipients were told that they are called soon: they are, and it can be turned off."""

from __future__ import annotations

from conference_hub.awards.sealing import Seal, seal_of
from conference_hub.awards.soon_actions import set_told
from conference_hub.awards.soon_store import ready_since
from conference_hub.core.actor import Actor
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_notice_can_be_turned_off_after_the_upgrade(hub: Hub) -> None:
    with hub.database.reading() as db:
        before, ready = seal_of(db, CONF), ready_since(db, CONF)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        set_told(write, told=False)

    with hub.database.reading() as db:
        assert (before.tell_recipients, ready) == (True, {})
        assert seal_of(db, CONF) == Seal(
            gate_order=before.gate_order, opened_at=before.opened_at, tell_recipients=False
        )
