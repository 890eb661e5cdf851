"""The steps of a run in the database: recorded, offered, marked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conference_hub.agenda import history, steps
from conference_hub.agenda.facts import LaneHeld, LaneStarted
from conference_hub.agenda.history import RunId, State, Step
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.web.hub import Hub
from tests.model_day import CONF

KIM = Actor.of(ActorKind.ACCOUNT, "7", "김감독")
RUN = RunId("run-1")
HALL, CUE = LaneId("hall"), CueId("opening")

Recorded = Callable[[Write], Step]


def record(write: Write, fact: Fact, lane: LaneId = HALL, *, brief: bool = False) -> Step:
    subject = f"lane/{lane}"
    changed: tuple[State, State] = {subject: {"status": "a"}}, {subject: {"status": "b"}}
    done = steps.record(write, RUN, lane, subject, fact, changed, brief=brief)
    write.publish(fact, subject, {})
    return done


def in_one_command(hub: Hub, run: Recorded) -> Step:
    with hub.journal.writing(CONF, actor=KIM) as write:
        return run(write)


def started(hub: Hub) -> Step:
    return in_one_command(hub, lambda write: record(write, LaneStarted(lane=HALL, cue=CUE)))


def held(hub: Hub) -> Step:
    return in_one_command(hub, lambda write: record(write, LaneHeld(lane=HALL, cue=CUE)))


def undone(hub: Hub, step: Step) -> Step:
    return in_one_command(hub, lambda write: steps.mark_undone(write, step))


def redone(hub: Hub, step: Step) -> Step:
    return in_one_command(hub, lambda write: steps.mark_redone(write, step))


def offered(hub: Hub, lane: LaneId = HALL) -> tuple[Step | None, Step | None]:
    with hub.database.reading() as db:
        found = steps.offer(db, CONF, RUN, lane)
    return found.undo, found.redo


def test_nothing_is_offered_before_the_first_command(seeded: Hub) -> None:
    assert offered(seeded) == (None, None)


def test_a_step_is_numbered_as_the_entry_that_it_publishes(seeded: Hub) -> None:
    with seeded.journal.writing(CONF, actor=KIM) as write:
        step = record(write, LaneStarted(lane=HALL, cue=CUE))

    assert step.number == write.appended[-1].seq
    assert offered(seeded) == (step, None)


def test_steps_are_undone_from_the_newest_and_redone_from_the_oldest(seeded: Hub) -> None:
    first, second = started(seeded), held(seeded)

    assert offered(seeded) == (second, None)
    second = undone(seeded, second)
    assert offered(seeded) == (first, second)
    first = undone(seeded, first)
    assert offered(seeded) == (None, first)
    first = redone(seeded, first)
    assert offered(seeded) == (first, second)
    second = redone(seeded, second)
    assert offered(seeded) == (second, None)


def test_a_new_command_ends_what_could_be_redone(seeded: Hub) -> None:
    first, second = started(seeded), held(seeded)
    undone(seeded, second)

    newer = held(seeded)

    assert offered(seeded) == (newer, None)
    newer = undone(seeded, newer)
    assert offered(seeded) == (first, newer)


@pytest.mark.parametrize("lane", ["metaverse", "hal"])
def test_the_lanes_have_histories_of_their_own(seeded: Hub, lane: str) -> None:
    step = undone(seeded, started(seeded))
    other = in_one_command(
        seeded, lambda write: record(write, LaneStarted(lane=HALL, cue=CUE), lane=LaneId(lane))
    )

    assert offered(seeded) == (None, step)
    assert offered(seeded, LaneId(lane)) == (other, None)


def test_a_brief_step_is_deleted_by_the_next_one_of_its_lane(seeded: Hub) -> None:
    first = started(seeded)
    brief = in_one_command(seeded, lambda write: record(write, LaneHeld(lane=HALL, cue=CUE), brief=True))
    in_one_command(
        seeded, lambda write: record(write, LaneStarted(lane=HALL, cue=CUE), lane=LaneId("metaverse"))
    )
    assert offered(seeded) == (brief, None)
    brief = undone(seeded, brief)
    assert offered(seeded) == (first, brief)

    first = undone(seeded, first)

    assert offered(seeded) == (None, first)


def test_all_steps_of_a_run_are_read_in_order(seeded: Hub) -> None:
    first, second = started(seeded), held(seeded)

    with seeded.database.reading() as db:
        assert list(steps.all_steps(db, CONF, RUN)) == [first, second]
        assert list(steps.all_steps(db, CONF, RunId("run-2"))) == []


def test_an_offered_step_says_what_it_did_and_by_whom(seeded: Hub) -> None:
    step = held(seeded)

    assert history.offered_document(step) == {
        "number": step.number,
        "topic": "LaneHeld",
        "lane": "hall",
        "cue": "opening",
        "at": "2021-12-02T00:00:00.000Z",
        "by": "김감독",
    }
    assert history.offered_document(None) is None
