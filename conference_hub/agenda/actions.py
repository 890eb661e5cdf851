"""What operators do to the agenda: load a lane, let the clock decide, save, and tell every audience.

Every action takes the lane (None: the first one) and `seen`, the last operator sequence number its sender
knew, and returns `{"seq"}`, the number of the operator's entry.
It raises NotFound for an unknown lane, Stale, and the refusals of the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from conference_hub.agenda import clock, store
from conference_hub.agenda.clock import CueRun, LaneRun
from conference_hub.agenda.driving import driving_document, driving_key, recent_commands
from conference_hub.agenda.facts import (
    AgendaFact,
    AgendaPlanned,
    CueExtended,
    CueStarted,
    CueTakenBack,
    LaneFinished,
    LaneHeld,
    LaneResumed,
    LaneStarted,
)
from conference_hub.agenda.model import Cue, CueId, Lane, Segment
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc, Docs, Stream

AUDIENCES = (Stream.PUBLIC, Stream.STAFF, Stream.SEALED)
"""Who follows the agenda beside the operators, who also learn by whom."""

Decide = Callable[[LaneRun], LaneRun]
Tell = Callable[[LaneRun, LaneRun], AgendaFact]


def plan_agenda(
    write: Write, lanes: Sequence[Lane], segments: Sequence[Segment], cues: Sequence[Cue]
) -> None:
    """Lay the plan of a conference that has none."""
    store.add_plan(write.session, write.conf, lanes, segments, cues)
    docs = {stream: store.documents(write.session, write.conf, stream) for stream in Stream}
    write.publish(AgendaPlanned(), "agenda", docs)


def start(write: Write, *, lane: str | None = None, seen: int | None = None) -> Doc:
    """Start a lane with its first cue."""
    return _change(
        write,
        lane,
        seen,
        lambda run: clock.start(run, write.at),
        lambda _, run: LaneStarted(lane=run.lane_id, cue=_on_air(run)),
    )


def next_cue(write: Write, *, lane: str | None = None, seen: int | None = None) -> Doc:
    """End the cue on air and start the following one."""
    return _change(
        write,
        lane,
        seen,
        lambda run: clock.next_cue(run, write.at),
        lambda before, run: CueStarted(lane=run.lane_id, cue=_on_air(run), left=_on_air(before)),
    )


def back(write: Write, *, lane: str | None = None, seen: int | None = None) -> Doc:
    """Undo the last start, next or finish."""
    return _change(
        write,
        lane,
        seen,
        clock.back,
        lambda before, run: CueTakenBack(
            lane=run.lane_id, cue=_cue_id(run.current), left=_cue_id(before.current)
        ),
    )


def hold(write: Write, *, lane: str | None = None, seen: int | None = None) -> Doc:
    """Stop the clock of the cue on air."""
    return _change(
        write,
        lane,
        seen,
        lambda run: clock.hold(run, write.at),
        lambda _, run: LaneHeld(lane=run.lane_id, cue=_on_air(run)),
    )


def resume(write: Write, *, lane: str | None = None, seen: int | None = None) -> Doc:
    """Let the clock of the cue on air run on."""
    return _change(
        write,
        lane,
        seen,
        lambda run: clock.resume(run, write.at),
        lambda _, run: LaneResumed(lane=run.lane_id, cue=_on_air(run)),
    )


def extend(write: Write, *, seconds: int, lane: str | None = None, seen: int | None = None) -> Doc:
    """Give the cue on air more seconds, or fewer when negative."""
    return _change(
        write,
        lane,
        seen,
        lambda run: clock.extend(run, timedelta(seconds=seconds)),
        lambda _, run: CueExtended(lane=run.lane_id, cue=_on_air(run), added_s=seconds),
    )


def finish(write: Write, *, early: bool = False, lane: str | None = None, seen: int | None = None) -> Doc:
    """End the lane; `early` leaves out the cues that are left."""
    return _change(
        write,
        lane,
        seen,
        lambda run: clock.finish(run, write.at, early=early),
        lambda before, run: LaneFinished(lane=run.lane_id, cue=_on_air(before), left_out=_left_out(run)),
    )


def _change(write: Write, lane_id: str | None, seen: int | None, decide: Decide, tell: Tell) -> Doc:
    session, conf = write.session, write.conf
    lane = store.get_lane(session, conf, lane_id)
    write.require_seen(f"lane/{lane.id}", seen)
    before = store.get_run(session, conf, lane.id)
    after = decide(before)
    store.save_run(session, conf, after)
    cues, segments = store.all_cues(session, conf), store.all_segments(session, conf)
    known = store.lane_documents(before, lane, cues, segments)
    docs = store.lane_documents(after, lane, cues, segments)
    changed: Docs = {key: doc for key, doc in docs.items() if doc != known[key]}
    return _publish(write, lane, tell(before, after), changed)


def _publish(write: Write, lane: Lane, fact: AgendaFact, docs: Docs) -> Doc:
    earlier = recent_commands(write.session, write.conf, lane)
    done = {
        **fact.own_fields(),
        "topic": fact.topic,
        "at": iso(write.at),
        "by": write.actor.label,
        "actor": write.actor.id,
    }
    driving = {driving_key(lane): driving_document(lane, [done, *earlier])}
    audiences = dict.fromkeys(AUDIENCES, docs) | {Stream.OPERATOR: {**docs, **driving}}
    return {"seq": write.publish(fact, f"lane/{lane.id}", audiences).seq}


def _on_air(run: LaneRun) -> CueId:
    if run.current is None:
        message = f"lane {run.lane_id} has no cue on air"
        raise ValueError(message)
    return run.current.cue_id


def _cue_id(cue: CueRun | None) -> CueId | None:
    return None if cue is None else cue.cue_id


def _left_out(run: LaneRun) -> int:
    return sum(cue.started_at is None for cue in run.cues)
