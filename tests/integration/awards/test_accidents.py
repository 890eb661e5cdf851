"""Accidents of a ceremony through actions: a withdrawn name, another line-up, and the calling of the round on air."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest

from conference_hub.agenda import actions as lanes
from conference_hub.agenda.scene import Asked
from conference_hub.awards import actions
from conference_hub.core.entries import head
from conference_hub.core.errors import HubError, Stale
from conference_hub.core.journal import Write
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.awards.test_award_undo import ASKED, KIM, A, B, awards, documents, entries, run, tried
from tests.law import Watch
from tests.model_day import CONF
from tests.traces import rows_with

HALL, FIRST, SECOND = "hall", "round-1-hall", "round-2-hall"


def act(hub: Hub, what: Callable[[Write], Any]) -> None:
    with hub.journal.writing(CONF, actor=KIM) as write:
        what(write)


def on_air(hub: Hub, cue: str = FIRST) -> None:
    """Bring the hall to one of its rounds."""
    act(hub, lambda write: lanes.start(write, ASKED))
    act(hub, lambda write: lanes.jump(write, ASKED, cue=cue))


def calling(hub: Hub) -> dict[str, Any]:
    found: dict[str, Any] = documents(hub, Stream.SEALED)["calling/hall"]
    return found


def line_up(hub: Hub, order: Iterable[str], *, cue: str = FIRST, seen: int | None = None) -> None:
    act(hub, lambda write: actions.line_up(write, Asked(lane=HALL, seen=seen), cue, [*order]))


def test_a_lane_calls_the_round_on_air_only(seeded: Hub) -> None:
    before = calling(seeded)
    on_air(seeded)
    during = calling(seeded)
    act(seeded, lambda write: lanes.jump(write, ASKED, cue="performance"))
    after = calling(seeded)

    assert (before["cue"], before["next_cue"], before["up"], before["order"]) == (None, FIRST, None, [])
    assert (during["cue"], during["next_cue"], during["total"], during["left"]) == (FIRST, SECOND, 26, 26)
    assert [during["up"], *during["following"]] == during["order"]
    assert (after["cue"], after["up"], after["left"]) == (None, None, 0)


def test_commands_of_lanes_and_awards_keep_the_calling_of_every_stream_right(seeded: Hub) -> None:
    watch = Watch(seeded, CONF)
    on_air(seeded)
    watch.look()
    first, second, *_ = calling(seeded)["order"]
    for name, award in (
        *(("arm", first), ("reveal", first), ("absent", second), ("proxy", second), ("defer", second)),
        *(("next", ""), ("undo", ""), ("undo", ""), ("redo", ""), ("withdraw", B), ("take-back", B)),
    ):
        run(seeded, name, award)
        watch.look()
    act(seeded, lambda write: lanes.finish(write, ASKED, early=True))
    watch.look()

    assert calling(seeded)["next_cue"] is None


def test_a_withdrawn_name_is_only_with_the_award_and_what_operators_see_of_it(seeded: Hub) -> None:
    name = awards(seeded)[A].recipient or ""
    for verb in ("arm", "reveal", "present"):
        run(seeded, verb)
    total = documents(seeded, Stream.PUBLIC)["ceremony"]["total"]

    run(seeded, "withdraw")

    assert [name in entries(seeded, stream) for stream in (Stream.PUBLIC, Stream.SEALED)] == [False, False]
    assert "award/case-01" not in {**documents(seeded, Stream.PUBLIC), **documents(seeded, Stream.SEALED)}
    assert documents(seeded)["award/case-01"]["withdrawal"] == "사유"
    assert documents(seeded, Stream.PUBLIC)["ceremony"]["total"] == total - 1
    assert "run_step" not in {table for table, _ in rows_with(seeded.database, name)}


def test_a_withdrawal_ends_undo_and_is_taken_back_by_a_command_only(seeded: Hub) -> None:
    run(seeded, "skip", B)
    for verb in ("arm", "reveal", "withdraw"):
        run(seeded, verb)
    assert (tried(seeded, "undo"), tried(seeded, "arm")) == ("undo_ends_here", "withdrawn")

    run(seeded, "take-back")

    award = awards(seeded)[A]
    assert (award.state.value, award.withdrawal, award.revealed_at) == ("sealed", None, None)
    assert "award/case-01" not in documents(seeded, Stream.PUBLIC)


def test_a_round_is_lined_up_anew_and_undo_calls_it_as_before(seeded: Hub) -> None:
    on_air(seeded)
    before, watch = calling(seeded)["order"], Watch(seeded, CONF)

    line_up(seeded, reversed(before))
    watch.look()
    assert calling(seeded)["order"] == before[::-1]
    assert documents(seeded)["lane/hall"]["undo"]["topic"] == "LineUpChanged"
    run(seeded, "undo")
    watch.look()
    assert calling(seeded)["order"] == before
    run(seeded, "redo")
    watch.look()
    assert calling(seeded)["order"] == before[::-1]
    assert before[0] not in entries(seeded, Stream.PUBLIC)


def test_a_line_up_that_does_not_know_the_newest_act_or_names_others_is_refused(seeded: Hub) -> None:
    on_air(seeded)
    order = calling(seeded)["order"]
    with seeded.database.reading() as db:
        seen = head(db, CONF, Stream.OPERATOR)
    run(seeded, "absent", order[0])

    with pytest.raises(Stale):
        line_up(seeded, order[::-1], seen=seen)
    for attempt in (
        partial(line_up, seeded, order[:-1]),
        partial(line_up, seeded, order),
        partial(line_up, seeded, order, cue=SECOND),
    ):
        with pytest.raises(HubError) as refused:
            attempt()
        assert refused.value.code in {"line_up_changed", "nothing_changes"}
