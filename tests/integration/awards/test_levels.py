"""Levels of award are added and changed in a fact: no document changes without one."""

from __future__ import annotations

from dataclasses import replace

from conference_hub.awards import store
from conference_hub.awards.levels import Level, LevelId, Prize
from conference_hub.awards.preparing import prepare
from conference_hub.core.actor import Actor
from conference_hub.core.entries import Entry
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.awards.test_award_undo import run
from tests.law import Watch
from tests.model_day import CONF

GRAND = LevelId("grand")


def grand(hub: Hub) -> Level:
    with hub.database.reading() as db:
        return store.LEVELS.of(db, CONF)[GRAND]


def add(hub: Hub, *levels: Level) -> dict[Stream, Entry]:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        prepare(
            write, lambda known: replace(known, levels={**known.levels, **{one.id: one for one in levels}})
        )
    return {entry.stream: entry for entry in write.appended}


def test_added_level_is_published_with_the_counts(seeded: Hub) -> None:
    watch = Watch(seeded, CONF)

    published = add(seeded, replace(grand(seeded), id=LevelId("special"), rank=9))

    watch.look()
    assert {stream: set(entry.body["docs"]) for stream, entry in published.items()} == {
        stream: {"ceremony"} for stream in (Stream.PUBLIC, Stream.SEALED, Stream.OPERATOR)
    }


def test_changed_level_is_published_with_the_awards_that_have_it(seeded: Hub) -> None:
    with seeded.database.reading() as db:
        awards = [award for award in store.all_awards(db, CONF) if award.level_id == GRAND]
    run(seeded, "arm", awards[0].id)
    run(seeded, "reveal", awards[0].id)
    watch = Watch(seeded, CONF)

    published = add(seeded, replace(grand(seeded), prize=Prize.won(3_000_000)))

    watch.look()
    own = {f"award/{award.id}" for award in awards}
    assert set(published[Stream.SEALED].body["docs"]) == {"ceremony", *own}
    revealed = published[Stream.PUBLIC].body["docs"]
    assert set(revealed) == {"ceremony", f"award/{awards[0].id}"}
    assert revealed[f"award/{awards[0].id}"]["level"]["prize_won"] == 3_000_000
