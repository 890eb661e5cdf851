"""The law's own judge: it finds a refused command, a change without a fact, and a fact that says something else."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from conference_hub.agenda.actions import start
from conference_hub.agenda.scene import Asked
from conference_hub.core.actor import Actor
from conference_hub.core.entries import JournalEntryRow
from conference_hub.core.stream import Stream
from conference_hub.people.tables import GuestRow
from conference_hub.web.hub import Hub
from tests.appending import append
from tests.integration.kinds import ON_SQLITE
from tests.law import Watch, holds_over
from tests.model_day import CONF

pytestmark = ON_SQLITE


def started(hub: Hub) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        start(write, Asked())


def test_a_command_with_its_fact_keeps_the_law(seeded: Hub) -> None:
    assert holds_over(seeded, CONF, [lambda: started(seeded)])


def test_a_step_that_publishes_nothing_is_found(seeded: Hub) -> None:
    with pytest.raises(AssertionError, match="step 2 published nothing"):
        holds_over(seeded, CONF, [lambda: started(seeded), lambda: None])


def test_a_change_without_its_document_is_found(seeded: Hub) -> None:
    def switch_silently() -> None:
        with seeded.database.writing() as db:
            guest = sa.update(GuestRow).where(GuestRow.conf == CONF, GuestRow.id == "guest-001")
            db.execute(guest.values(mode="zoom"))
        started(seeded)

    with pytest.raises(AssertionError, match="presence"):
        holds_over(seeded, CONF, [switch_silently])


def test_a_document_that_no_snapshot_has_is_found(seeded: Hub) -> None:
    def say() -> None:
        with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
            append(write, Stream.OPERATOR, "Said", "word", {"word": {"said": "hello"}})

    with pytest.raises(AssertionError, match="word"):
        holds_over(seeded, CONF, [say])


def test_an_earlier_entry_that_was_rewritten_is_found(seeded: Hub) -> None:
    watch = Watch(seeded, CONF)
    started(seeded)
    watch.look()

    with seeded.database.writing() as db:
        entry = db.scalars(
            sa.select(JournalEntryRow).where(
                JournalEntryRow.conf == CONF, JournalEntryRow.topic == "LaneStarted"
            )
        ).first()
        assert entry is not None
        entry.body = {**entry.body, "docs": {}}

    with pytest.raises(AssertionError, match="cue/opening"):
        watch.look()
