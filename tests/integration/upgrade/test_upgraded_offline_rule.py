"""A database from before devices answered without a network: known badges let people in until organisers decide."""

from __future__ import annotations

from conference_hub.core.actor import Actor
from conference_hub.gates.actions import choose_blue
from conference_hub.gates.blue import Blue
from conference_hub.gates.blue_store import blue_of
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_rule_can_be_decided_after_the_upgrade(hub: Hub) -> None:
    with hub.database.reading() as db:
        before = blue_of(db, CONF)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        choose_blue(write, Blue.HOLD)

    with hub.database.reading() as db:
        assert (before, blue_of(db, CONF)) == (Blue.ADMIT, Blue.HOLD)
