"""The working plan is kept in memory, and never for another conference than its own."""

from __future__ import annotations

from dataclasses import replace

from conference_hub.agenda.model import NO_PLAN
from conference_hub.agenda.store import save_plan, working_plan
from conference_hub.conferences import store
from conference_hub.core.text import Text
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_a_deleted_conference_leaves_no_plan_to_the_next_one_of_its_address(seeded: Hub) -> None:
    with seeded.database.reading() as db:
        conference, old = store.get_conference(db, CONF), working_plan(db, CONF)
    with seeded.database.writing() as db:
        store.delete_conference(db, CONF)
    segments = tuple(replace(one, title=Text.of("다른 행사")) for one in old.segments)
    new = replace(old, segments=segments)

    with seeded.database.writing() as db:
        store.add_conference(db, conference)
        save_plan(db, CONF, NO_PLAN, new)

    with seeded.database.reading() as db:
        assert working_plan(db, CONF) == new
