"""A database from before there was applause: it is taken, and can be turned off."""

from __future__ import annotations

from conference_hub.core.actor import Actor
from conference_hub.screens.applause import set_applause, takes_applause
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_applause_can_be_turned_off_after_the_upgrade(hub: Hub) -> None:
    with hub.database.reading() as db:
        before = takes_applause(db, CONF)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        set_applause(write, taken=False)

    with hub.database.reading() as db:
        assert (before, takes_applause(db, CONF)) == (True, False)
