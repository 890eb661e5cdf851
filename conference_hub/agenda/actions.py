"""What operators do to the agenda: load a lane, let the clock decide, save, store what undoes it, and publish.

Every action takes the lane (None: the first one) and `seen`, the last operator sequence number its sender
knew, and returns `{"seq"}`, the number of the operator's entry.
It raises NotFound for an unknown lane, Stale, and what the rule raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from conference_hub.agenda import clock, history, steps, store
from conference_hub.agenda.clock import LaneRun, LaneStatus
from conference_hub.agenda.driving import driving_document, driving_key, recent_commands
from conference_hub.agenda.facts import (
    AgendaFact,
    AgendaPlanned,
    CommandRedone,
    CommandUndone,
    CueExtended,
    CueStarted,
    LaneFinished,
    LaneHeld,
    LaneResumed,
    LaneStarted,
)
from conference_hub.agenda.history import LIVE_RUN, Step
from conference_hub.agenda.model import Cue, CueId, Lane, Segment
from conference_hub.agenda.steps import Offer
from conference_hub.agenda.values import values_of, with_values
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc, Docs, Stream

AUDIENCES = (Stream.PUBLIC, Stream.STAFF, Stream.SEALED)
"""Who follows the agenda beside the operators, who also learn by whom."""

Decide = Callable[[LaneRun], LaneRun]
MakeFact = Callable[[LaneRun, LaneRun], AgendaFact]


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


def jump(write: Write, *, cue: str, lane: str | None = None, seen: int | None = None) -> Doc:
    """Start any cue of a lane, also one that is over or was left out."""
    return _change(
        write,
        lane,
        seen,
        lambda run: clock.jump(run, CueId(cue), write.at),
        _jumped,
    )


def undo(write: Write, *, lane: str | None = None, seen: int | None = None) -> Doc:
    """Take back the newest command of a lane that was not taken back: exactly what was is restored."""
    scene = _scene(write, lane, seen)
    step = scene.offer.undo
    restored = history.undo(scene.subject, step, values_of(scene.before), _causes(write))
    assert step is not None  # noqa: S101 - without one the rule has refused
    steps.mark_undone(write, step)
    fact = CommandUndone(lane=scene.lane.id, undone=step.topic, number=step.number)
    return _save(write, scene, with_values(scene.before, restored), fact)


def redo(write: Write, *, lane: str | None = None, seen: int | None = None) -> Doc:
    """Do the command again that was taken back last, if no newer command of the lane came."""
    scene = _scene(write, lane, seen)
    step = scene.offer.redo
    restored = history.redo(scene.subject, step, values_of(scene.before), _causes(write))
    assert step is not None  # noqa: S101 - without one the rule has refused
    steps.mark_redone(write, step)
    fact = CommandRedone(lane=scene.lane.id, undone=step.topic, number=step.number)
    return _save(write, scene, with_values(scene.before, restored), fact)


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


@dataclass(frozen=True, kw_only=True)
class _Scene:
    """A lane before a command, and what can be undone and redone of it."""

    lane: Lane
    before: LaneRun
    offer: Offer

    @property
    def subject(self) -> str:
        """The document key that commands are checked against."""
        return f"lane/{self.lane.id}"


def _scene(write: Write, lane_id: str | None, seen: int | None) -> _Scene:
    session, conf = write.session, write.conf
    lane = store.get_lane(session, conf, lane_id)
    write.require_seen(f"lane/{lane.id}", seen)
    offer = steps.offer(session, conf, LIVE_RUN, f"lane/{lane.id}")
    return _Scene(lane=lane, before=store.get_run(session, conf, lane.id), offer=offer)


def _change(write: Write, lane_id: str | None, seen: int | None, decide: Decide, make_fact: MakeFact) -> Doc:
    scene = _scene(write, lane_id, seen)
    after = decide(scene.before)
    fact = make_fact(scene.before, after)
    before_values, after_values = history.changed(values_of(scene.before), values_of(after))
    steps.record(write, LIVE_RUN, scene.subject, fact, before_values, after_values)
    return _save(write, scene, after, fact)


def _save(write: Write, scene: _Scene, after: LaneRun, fact: AgendaFact) -> Doc:
    session, conf, lane = write.session, write.conf, scene.lane
    store.save_run(session, conf, scene.before, after)
    cues, segments = store.all_cues(session, conf), store.all_segments(session, conf)
    known = store.lane_documents(scene.before, lane, cues, segments)
    docs = store.lane_documents(after, lane, cues, segments)
    changed: Docs = {key: doc for key, doc in docs.items() if doc != known[key]}
    operators: Docs = {**changed, scene.subject: store.operators_document(session, conf, after, lane)}
    return _publish(write, lane, fact, changed, operators)


def _causes(write: Write) -> Iterator[Step]:
    """Yield the steps of the run, read only when a refusal looks for its cause."""
    yield from steps.all_steps(write.session, write.conf, LIVE_RUN)


def _publish(write: Write, lane: Lane, fact: AgendaFact, docs: Docs, operators: Docs) -> Doc:
    earlier = recent_commands(write.session, write.conf, lane)
    done = {
        **fact.own_fields(),
        "topic": fact.topic,
        "at": iso(write.at),
        "by": write.actor.label,
        "actor": write.actor.id,
    }
    driving = {driving_key(lane): driving_document(lane, [done, *earlier])}
    audiences = dict.fromkeys(AUDIENCES, docs) | {Stream.OPERATOR: {**operators, **driving}}
    return {"seq": write.publish(fact, f"lane/{lane.id}", audiences).seq}


def _jumped(before: LaneRun, after: LaneRun) -> AgendaFact:
    if before.status is LaneStatus.WAITING:
        return LaneStarted(lane=after.lane_id, cue=_on_air(after))
    left = before.current.cue_id if before.current else None
    return CueStarted(lane=after.lane_id, cue=_on_air(after), left=left)


def _on_air(run: LaneRun) -> CueId:
    if run.current is None:
        message = f"lane {run.lane_id} has no cue on air"
        raise ValueError(message)
    return run.current.cue_id


def _left_out(run: LaneRun) -> int:
    return sum(cue.started_at is None for cue in run.cues)
