"""Organisers change awards while the ceremony runs: every stream follows, and no earlier name is left."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from conference_hub.agenda.model import CueId
from conference_hub.awards.actions import Said, command
from conference_hub.awards.levels import LevelId, Programme, ProgrammeId
from conference_hub.awards.model import NOWHERE, Award, AwardId
from conference_hub.awards.preparation import (
    Prepared,
    call_in_order,
    place,
    put_award,
    put_level,
    put_programme,
    remove_awards,
)
from conference_hub.awards.prepared import load_prepared
from conference_hub.awards.preparing import prepare
from conference_hub.core import entries
from conference_hub.core.actor import Actor
from conference_hub.core.entries import Entry
from conference_hub.core.errors import NotFound, Refused, Stale
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text
from conference_hub.web.hub import Hub
from tests.integration.awards.test_award_undo import run
from tests.integration.kinds import ON_SQLITE
from tests.law import Watch
from tests.model_day import CONF
from tests.traces import rows_with

FIRST = AwardId("case-01")


def known(hub: Hub) -> Prepared:
    with hub.database.reading() as db:
        return load_prepared(db, CONF)


def change(hub: Hub, rule: Callable[[Prepared], Prepared]) -> dict[Stream, Entry]:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        prepare(write, rule)
    return {entry.stream: entry for entry in write.appended}


def rename(hub: Hub, award_id: AwardId, **changes: object) -> dict[Stream, Entry]:
    return change(hub, lambda now: put_award(now, replace(now.award(award_id), **changes)))  # type: ignore[arg-type]


def snapshot(hub: Hub, stream: Stream) -> Docs:
    with hub.database.reading() as db:
        return hub.snapshot(db, CONF, stream)


def test_changed_sealed_award_is_told_to_those_who_may_know_and_its_earlier_name_is_gone(seeded: Hub) -> None:
    watch = Watch(seeded, CONF)
    run(seeded, "correct", FIRST, recipient="석 용주")

    published = rename(seeded, FIRST, recipient="새 이름")

    watch.look()
    assert {stream: set(entry.body["docs"]) for stream, entry in published.items()} == {
        Stream.SEALED: {"award/case-01"},
        Stream.OPERATOR: {"award/case-01", "lane/hall"},
    }
    assert {table for table, _ in rows_with(seeded.database, "석 용주")} == set()


def test_award_taken_out_of_its_cue_is_gone_from_the_ceremony_and_stays_prepared(seeded: Hub) -> None:
    watch = Watch(seeded, CONF)

    published = change(seeded, lambda now: place(now, [FIRST], "", ""))

    watch.look()
    assert published[Stream.OPERATOR].body["docs"]["award/case-01"] is None
    assert "award/case-01" not in snapshot(seeded, Stream.SEALED)
    assert snapshot(seeded, Stream.PUBLIC)["ceremony"]["total"] == 88  # type: ignore[index]
    assert known(seeded).award(FIRST).cue_id == NOWHERE
    change(seeded, lambda now: place(now, [FIRST], "round-2-metaverse", "metaverse"))
    watch.look()
    assert snapshot(seeded, Stream.OPERATOR)["award/case-01"]["lane"] == "metaverse"  # type: ignore[index]


def test_award_without_a_place_takes_no_command_of_the_ceremony(seeded: Hub) -> None:
    change(seeded, lambda now: place(now, [FIRST], "", ""))

    with pytest.raises(NotFound):
        run(seeded, "arm", FIRST)


def test_removed_award_leaves_no_name_in_the_journal(seeded: Hub) -> None:
    rename(seeded, FIRST, recipient="지워질 이름")

    change(seeded, lambda now: remove_awards(now, [FIRST]))

    assert rows_with(seeded.database, "지워질 이름") == []


def test_two_awards_exchange_their_numbers(seeded: Hub) -> None:
    one, other = (known(seeded).award(name) for name in ("case-01", "case-02"))

    def exchanged(now: Prepared) -> Prepared:
        awards = {one.id: replace(one, number=other.number), other.id: replace(other, number=one.number)}
        return replace(now, awards={**now.awards, **awards})

    change(seeded, exchanged)

    assert known(seeded).award("case-01").number == other.number


def test_revealed_award_is_not_changed_and_nothing_is_published(seeded: Hub) -> None:
    run(seeded, "arm", FIRST)
    run(seeded, "reveal", FIRST)
    watch = Watch(seeded, CONF)

    with pytest.raises(Refused, match="이미 발표한 상입니다"):
        rename(seeded, FIRST, recipient="다른 이름")

    assert watch.look() == []


def test_change_that_changes_nothing_publishes_nothing(seeded: Hub) -> None:
    assert change(seeded, lambda now: now) == {}


def test_command_from_before_a_change_of_the_award_is_stale(seeded: Hub) -> None:
    with seeded.database.reading() as db:
        seen = entries.head(db, CONF, Stream.OPERATOR)
    rename(seeded, FIRST, recipient="새 이름")

    with (
        pytest.raises(Stale) as refusal,
        seeded.journal.writing(CONF, actor=Actor.system("test")) as write,
    ):
        command(write, FIRST, "arm", Said(seen=seen, outside="test"))
    assert [entry["topic"] for entry in refusal.value.detail["changed"]] == ["AwardsPrepared"]  # type: ignore[attr-defined]


@ON_SQLITE
@pytest.mark.parametrize("seed", range(4))
def test_random_changes_amid_a_ceremony_keep_the_law(seeded: Hub, seed: int) -> None:
    chance, watch = random.Random(seed), Watch(seeded, CONF)  # noqa: S311 - no secret

    for _ in range(12):
        step = chance.choice([_ceremony, _renamed, _moved, _ordered, _removed, _added, _configured])
        try:
            step(seeded, chance)
        except Refused:
            continue
        watch.look()


def _any(hub: Hub, chance: random.Random) -> Award:
    return chance.choice(sorted(known(hub).awards.values(), key=lambda one: one.id)[:12])


def _ceremony(hub: Hub, chance: random.Random) -> None:
    run(hub, chance.choice(["arm", "reveal", "defer", "take-back", "undo"]), _any(hub, chance).id)


def _renamed(hub: Hub, chance: random.Random) -> None:
    rename(hub, _any(hub, chance).id, recipient=f"이름 {chance.random()}", presenter="시상자")


def _moved(hub: Hub, chance: random.Random) -> None:
    cue, lane = chance.choice([("round-2-hall", "hall"), ("round-2-metaverse", "metaverse"), ("", "")])
    change(hub, lambda now: place(now, [_any(hub, chance).id], cue, lane))


def _ordered(hub: Hub, chance: random.Random) -> None:
    ids = [one.id for one in known(hub).called_in("round-1-hall")]
    chance.shuffle(ids)
    change(hub, lambda now: call_in_order(now, "round-1-hall", ids))


def _removed(hub: Hub, chance: random.Random) -> None:
    change(hub, lambda now: remove_awards(now, [_any(hub, chance).id]))


def _added(hub: Hub, chance: random.Random) -> None:
    new = replace(_any(hub, chance), id=AwardId(f"new-{chance.random()}"), number="", cue_id=CueId("opening"))
    change(hub, lambda now: put_award(now, new))


def _configured(hub: Hub, chance: random.Random) -> None:
    programme = Programme(id=ProgrammeId("p"), title=Text(ko=f"부문 {chance.random()}"))
    change(
        hub,
        lambda now: put_level(
            put_programme(now, programme),
            replace(now.level(LevelId("grand")), pace_s=chance.randint(5, 60), programme_id=programme.id),
        ),
    )
