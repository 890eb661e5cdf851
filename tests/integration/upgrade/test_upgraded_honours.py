"""A database from before there were guests of honour: none is there, and one can be added."""

from __future__ import annotations

from conference_hub.core.actor import Actor
from conference_hub.honours import actions, store
from conference_hub.honours.model import Honour, HonourId
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_guest_of_honour_can_be_added_after_the_upgrade(hub: Hub) -> None:
    added = Honour(id=HonourId("first"), name="김내빈")
    with hub.database.reading() as db:
        before = store.all_honours(db, CONF)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.add(write, [added])

    with hub.database.reading() as db:
        assert (before, store.all_honours(db, CONF)) == ((), (added,))
