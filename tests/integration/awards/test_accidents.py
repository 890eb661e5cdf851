"""Accidents of a ceremony through actions: a withdrawn name, another line-up, and the calling of the round on air."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest

from conference_hub.agenda import actions as lanes
from conference_hub.agenda.scene import Asked
from conference_hub.awards import actions
from conference_hub.awards.model import AwardState
from conference_hub.core.entries import head
from conference_hub.core.errors import HubError, Stale
from conference_hub.core.journal import Write
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.awards.test_award_undo import ASKED, KIM, A, B, awards, documents, entries, run, tried
from tests.law import Watch
from tests.model_day import CONF, FakeNow
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


def test_a_name_that_is_out_stays_in_hand_until_its_cue_is_left(seeded: Hub, now: FakeNow) -> None:
    on_air(seeded)
    watch, (first, second, *_) = Watch(seeded, CONF), calling(seeded)["order"]
    run(seeded, "arm", first)
    run(seeded, "reveal", first)
    found = [calling(seeded)["up"]]
    for cue in ("performance", SECOND):
        now.forward(seconds=30)
        act(seeded, partial(lanes.jump, asked=ASKED, cue=cue))
        found.append(calling(seeded)["up"])
        watch.look()
    coming = calling(seeded)["order"][0]
    for _ in range(2):
        run(seeded, "undo")
        found.append(calling(seeded)["up"])
    run(seeded, "done", first)

    assert found == [first, None, coming, None, first]
    assert calling(seeded)["up"] == second
    watch.look()


def test_a_name_that_is_ready_is_sealed_when_its_round_is_left_not_when_a_later_cue_is_left_out(
    seeded: Hub, now: FakeNow
) -> None:
    on_air(seeded)
    run(seeded, "arm", A)
    act(seeded, partial(lanes.skip, asked=ASKED, cue="performance"))
    act(seeded, partial(lanes.skip, asked=ASKED, cue=SECOND))
    ready = awards(seeded)[A].state
    now.forward(seconds=30)
    act(seeded, partial(lanes.next_cue, asked=ASKED))

    assert [ready, awards(seeded)[A].state] == [AwardState.ARMED, AwardState.SEALED]


def test_a_name_that_is_ready_is_sealed_when_its_own_round_is_left_out(seeded: Hub) -> None:
    on_air(seeded)
    first, *_ = [one.id for one in awards(seeded).values() if one.cue_id == SECOND]
    run(seeded, "arm", first)
    act(seeded, partial(lanes.skip, asked=ASKED, cue=SECOND))

    assert awards(seeded)[first].state is AwardState.SEALED
    run(seeded, "undo")
    assert awards(seeded)[first].state is AwardState.ARMED


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
