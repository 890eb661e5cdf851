"""What operators do to a run: load a lane, let the clock decide, save, store what undoes it, and publish.

Every action takes the lane (None: the first one), `seen`, the last operator sequence number its sender knew, and the
run (the live one when left out), and returns `{"seq"}`, the number of the operator's entry.
It raises NotFound for an unknown lane or run, Stale, and what the rule raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from conference_hub.agenda import clock, history, run_store, steps
from conference_hub.agenda.clock import LaneRun, LaneStatus
from conference_hub.agenda.documents import (
    RECENT,
    as_public,
    cue_documents,
    driving_document,
    lane_document,
    operators_lane_document,
)
from conference_hub.agenda.facts import (
    CueBroughtBack,
    CueExtended,
    CueRestarted,
    CueSkipped,
    CueStarted,
    LaneFact,
    LaneFinished,
    LaneHeld,
    LaneReopened,
    LaneResumed,
    LaneStarted,
    RehearsalCommanded,
    StandbyChanged,
)
from conference_hub.agenda.history import LIVE_RUN, Offer, RunId, Step
from conference_hub.agenda.keys import RUN_SUBJECT, Keys, on_screens
from conference_hub.agenda.model import CueId, Lane
from conference_hub.agenda.run import Following, RunKind
from conference_hub.agenda.run_store import LaneState
from conference_hub.agenda.step_owners import REDO, UNDO, StepOwners, Way, owner_of
from conference_hub.agenda.values import values_of, with_values
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc, Docs, Stream

AUDIENCES = (Stream.PUBLIC, Stream.STAFF, Stream.SEALED)
"""Who follows the live run beside the operators, who also learn by whom."""

Decide = Callable[[LaneRun, datetime], LaneRun]
MakeFact = Callable[[LaneRun, LaneRun], LaneFact]
NO_OWNERS: StepOwners = {}


def start(write: Write, *, lane: str | None = None, seen: int | None = None, run: RunId = LIVE_RUN) -> Doc:
    """Start a lane with its first cue."""
    return _change(
        _scene(write, run, lane, seen),
        clock.start,
        lambda _, after: LaneStarted(lane=after.lane_id, cue=_on_air(after)),
    )


def next_cue(write: Write, *, lane: str | None = None, seen: int | None = None, run: RunId = LIVE_RUN) -> Doc:
    """End the cue on air and start the following one."""
    return _change(
        _scene(write, run, lane, seen),
        clock.next_cue,
        lambda before, after: CueStarted(lane=after.lane_id, cue=_on_air(after), left=_on_air(before)),
    )


def jump(
    write: Write, *, cue: str, lane: str | None = None, seen: int | None = None, run: RunId = LIVE_RUN
) -> Doc:
    """Start any cue of a lane, also one that is over or was left out."""
    return _change(
        _scene(write, run, lane, seen), lambda before, at: clock.jump(before, CueId(cue), at), _jumped
    )


def arm(
    write: Write, *, cue: str | None, lane: str | None = None, seen: int | None = None, run: RunId = LIVE_RUN
) -> Doc:
    """Put any cue of a lane on standby, so that `next` starts it; null takes off the one that was."""
    return _change(
        _scene(write, run, lane, seen),
        lambda before, _: clock.arm(before, None if cue is None else CueId(cue)),
        lambda _, after: StandbyChanged(lane=after.lane_id, cue=after.standby),
    )


def skip(
    write: Write, *, cue: str, lane: str | None = None, seen: int | None = None, run: RunId = LIVE_RUN
) -> Doc:
    """Leave out a cue that has not run."""
    return _change(
        _scene(write, run, lane, seen),
        lambda before, _: clock.skip(before, CueId(cue)),
        lambda _, after: CueSkipped(lane=after.lane_id, cue=CueId(cue)),
    )


def bring_back(
    write: Write, *, cue: str, lane: str | None = None, seen: int | None = None, run: RunId = LIVE_RUN
) -> Doc:
    """Let a cue that was left out come again."""
    return _change(
        _scene(write, run, lane, seen),
        lambda before, _: clock.bring_back(before, CueId(cue)),
        lambda _, after: CueBroughtBack(lane=after.lane_id, cue=CueId(cue)),
    )


def restart(write: Write, *, lane: str | None = None, seen: int | None = None, run: RunId = LIVE_RUN) -> Doc:
    """Start the cue on air anew, with all of its planned time."""
    return _change(
        _scene(write, run, lane, seen),
        clock.restart,
        lambda _, after: CueRestarted(lane=after.lane_id, cue=_on_air(after)),
    )


def reopen(write: Write, *, lane: str | None = None, seen: int | None = None, run: RunId = LIVE_RUN) -> Doc:
    """Let a lane that is over go on with the cue that ended last, as if it had not ended."""
    return _change(
        _scene(write, run, lane, seen),
        lambda before, _: clock.reopen(before),
        lambda _, after: LaneReopened(lane=after.lane_id, cue=_on_air(after)),
    )


def undo(
    write: Write,
    *,
    step: int | None = None,
    publish: bool = False,
    lane: str | None = None,
    seen: int | None = None,
    run: RunId = LIVE_RUN,
    owners: StepOwners = NO_OWNERS,
) -> Doc:
    """Take back the newest act of a lane that was not taken back, on its cues or its awards: what was is restored.

    `step` is the number of the one that the sender saw; another one is refused as stale. `publish` says that a name may
    become public by it.
    """
    return _take(_scene(write, run, lane, seen), UNDO, step, seen, owners, publish=publish)


def redo(
    write: Write,
    *,
    step: int | None = None,
    publish: bool = False,
    lane: str | None = None,
    seen: int | None = None,
    run: RunId = LIVE_RUN,
    owners: StepOwners = NO_OWNERS,
) -> Doc:
    """Do the act of a lane again that was taken back last, if no newer one of the lane came."""
    return _take(_scene(write, run, lane, seen), REDO, step, seen, owners, publish=publish)


def hold(write: Write, *, lane: str | None = None, seen: int | None = None, run: RunId = LIVE_RUN) -> Doc:
    """Stop the clock of the cue on air."""
    return _change(
        _scene(write, run, lane, seen),
        clock.hold,
        lambda _, after: LaneHeld(lane=after.lane_id, cue=_on_air(after)),
    )


def resume(write: Write, *, lane: str | None = None, seen: int | None = None, run: RunId = LIVE_RUN) -> Doc:
    """Let the clock of the cue on air run on."""
    return _change(
        _scene(write, run, lane, seen),
        clock.resume,
        lambda _, after: LaneResumed(lane=after.lane_id, cue=_on_air(after)),
    )


def extend(
    write: Write, *, seconds: int, lane: str | None = None, seen: int | None = None, run: RunId = LIVE_RUN
) -> Doc:
    """Give the cue on air more seconds, or fewer when negative."""
    return _change(
        _scene(write, run, lane, seen),
        lambda before, _: clock.extend(before, timedelta(seconds=seconds)),
        lambda _, after: CueExtended(lane=after.lane_id, cue=_on_air(after), added_s=seconds),
    )


def finish(
    write: Write,
    *,
    early: bool = False,
    lane: str | None = None,
    seen: int | None = None,
    run: RunId = LIVE_RUN,
) -> Doc:
    """End the lane; `early` leaves out the cues that are left."""
    return _change(
        _scene(write, run, lane, seen),
        lambda before, at: clock.finish(before, at, early=early),
        lambda before, after: LaneFinished(
            lane=after.lane_id, cue=_on_air(before), left_out=_left_out(after)
        ),
    )


def _take(
    scene: _Scene, way: Way, number: int | None, seen: int | None, owners: StepOwners, *, publish: bool
) -> Doc:
    """Take the step of the lane that is next on this way; raises Stale when the sender saw another one, or none."""
    step = way.take(scene.offer)
    history.require_step(step, number)
    if step is None:
        raise way.nothing(scene.subject)
    if step.subject != scene.subject:
        scene.write.require_seen(step.subject, seen)
        return owner_of(owners, step)(scene.write, step, way, publish)
    restored = way.decide(scene.subject, step, values_of(scene.before), scene.causes())
    way.mark(scene.write, step)
    fact = way.fact(lane=scene.lane.id, undone=step.topic, number=step.number)
    return _save(scene, with_values(scene.before, restored), fact, scene.newest_offer())


@dataclass(frozen=True, kw_only=True)
class _Scene:
    """A lane before a command, and what can be undone and redone of it."""

    write: Write
    following: Following
    lane: Lane
    state: LaneState
    offer: Offer

    @property
    def keys(self) -> Keys:
        """The keys of the run's documents."""
        return Keys.of(self.following)

    @property
    def subject(self) -> str:
        """The document key that commands are checked against."""
        return self.keys.lane(self.lane.id)

    @property
    def before(self) -> LaneRun:
        """The lane before the command."""
        return self.state.run

    @property
    def at(self) -> datetime:
        """When the command happens, by the clock of the run."""
        return self.following.time(self.write.at)

    def newest_offer(self) -> Offer:
        """Return what can be undone and redone by now."""
        return steps.offer(self.write.session, self.write.conf, self.following.id, self.lane.id)

    def causes(self) -> Iterator[Step]:
        """Yield the steps of the run, read only when a refusal looks for its cause."""
        yield from steps.all_steps(self.write.session, self.write.conf, self.following.id)


def _scene(write: Write, run_id: RunId, lane_id: str | None, seen: int | None) -> _Scene:
    session, conf = write.session, write.conf
    following = run_store.get_following(session, conf, run_id)
    lane = _lane(following, lane_id)
    subject = Keys.of(following).lane(lane.id)
    applied = (RUN_SUBJECT,) if following.kind is RunKind.LIVE else ()
    write.require_seen(subject, seen, *applied)
    return _Scene(
        write=write,
        following=following,
        lane=lane,
        state=run_store.lane_state(session, conf, run_id, lane.id),
        offer=steps.offer(session, conf, run_id, lane.id),
    )


def _lane(following: Following, lane_id: str | None) -> Lane:
    found = (lane for lane in following.plan.lanes if lane_id in {None, lane.id})
    lane = next(found, None)
    if lane is None:
        raise NotFound(msg("그런 진행 구역이 없습니다."), lane=lane_id)
    return lane


def _change(scene: _Scene, decide: Decide, make_fact: MakeFact) -> Doc:
    after = decide(scene.before, scene.at)
    fact = make_fact(scene.before, after)
    changed = history.changed(values_of(scene.before), values_of(after))
    step = steps.record(
        scene.write, scene.following.id, scene.lane.id, scene.subject, fact, changed, known=scene.offer
    )
    return _save(scene, after, fact, Offer(undo=step))


def _save(scene: _Scene, after: LaneRun, fact: LaneFact, offer: Offer) -> Doc:
    write, following = scene.write, scene.following
    recent = [_done(scene, fact), *scene.state.recent][:RECENT]
    run_store.save_lane(write.session, write.conf, following.id, scene.before, after, recent)
    changed = _changed_documents(scene, after)
    operators: Docs = {
        **changed,
        scene.subject: operators_lane_document(following, after, offer),
        scene.keys.driving(scene.lane.id): driving_document(following, scene.lane.id, recent),
    }
    if following.kind is RunKind.REHEARSAL:
        told = RehearsalCommanded(run=following.id, lane=scene.lane.id, command=fact.topic)
        streams = {Stream.OPERATOR: operators, **_on_screens(scene, changed)}
        return {"seq": write.publish(told, scene.subject, streams).seq}
    public = as_public(changed, following.plan)
    audiences = {**dict.fromkeys(AUDIENCES, changed), Stream.PUBLIC: public, Stream.OPERATOR: operators}
    return {"seq": write.publish(fact, scene.subject, audiences).seq}


def _on_screens(scene: _Scene, docs: Docs) -> dict[Stream, Docs]:
    """Return what screens that follow the rehearsal are told; nothing where they follow another one."""
    shown = run_store.rehearsed(scene.write.session, scene.write.conf)
    return {Stream.REHEARSAL: on_screens(docs)} if shown and shown.id == scene.following.id else {}


def _changed_documents(scene: _Scene, after: LaneRun) -> Docs:
    following, state = scene.following, scene.state
    known = {cue.cue_id: cue for cue in state.run.cues}
    changed = [cue.cue_id for cue in after.cues if cue != known[cue.cue_id]]
    docs = cue_documents(following, after, state.cues, changed)
    lane = lane_document(following, after)
    return docs if lane == lane_document(following, state.run) else {scene.subject: lane, **docs}


def _done(scene: _Scene, fact: LaneFact) -> Doc:
    """Render a command for the last commands of its lane."""
    actor = scene.write.actor
    who = {"by": actor.label, "actor": actor.id}
    return {**fact.own_fields(), "topic": fact.topic, "at": iso(scene.at), **who}


def _jumped(before: LaneRun, after: LaneRun) -> LaneFact:
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
    return sum(cue.to_come for cue in run.cues)
