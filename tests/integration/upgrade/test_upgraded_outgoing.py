"""A database from before there were webhooks and OSC addresses: none is there, and one can be added."""

from __future__ import annotations

from conference_hub.core.actor import Actor
from conference_hub.core.stream import Stream
from conference_hub.outgoing import actions, osc_actions, osc_store, store
from conference_hub.outgoing.model import HookDraft, OscDraft
from conference_hub.web.hub import Hub
from tests.model_day import CONF

DRAFT = HookDraft(name="메신저", url="https://hooks.example.com/hub", stream=Stream.PUBLIC)
OSC = OscDraft(name="조명", host="lights.example.com", port=9000, language="ko")


def test_webhook_can_be_added_after_the_upgrade(hub: Hub) -> None:
    with hub.database.reading() as db:
        before = store.hooks(db, CONF)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.add_hook(write, DRAFT, private=False)

    with hub.database.reading() as db:
        assert (before, [one.draft for one in store.hooks(db, CONF)]) == ([], [DRAFT])


def test_osc_address_can_be_added_after_the_upgrade(hub: Hub) -> None:
    with hub.database.reading() as db:
        before = osc_store.targets(db, CONF)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        osc_actions.add_target(write, OSC, private=False)

    with hub.database.reading() as db:
        assert (before, [(one.draft, one.told) for one in osc_store.targets(db, CONF)]) == ([], [(OSC, None)])
