"""A database from before there were messages: none is there, and one can be sent."""

from __future__ import annotations

from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.messages import actions, store
from conference_hub.messages.model import Audience, Draft
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_message_can_be_sent_after_the_upgrade(hub: Hub) -> None:
    draft = Draft(text=Text.of("안내"), audiences=(Audience.PUBLIC,))
    with hub.database.reading() as db:
        before = store.all_messages(db, CONF)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.post(write, draft)

    with hub.database.reading() as db:
        assert (before, [one.text for one in store.all_messages(db, CONF)]) == ([], [draft.text])
