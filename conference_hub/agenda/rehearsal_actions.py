"""Rehearsals: runs of the working plan that no audience sees. How they begin and go; they are run by `actions`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conference_hub.agenda import lane_store, run_store, sources, store
from conference_hub.agenda.documents import rehearsal_document
from conference_hub.agenda.facts import (
    OfRehearsal,
    RehearsalBegan,
    RehearsalCleared,
    RehearsalPaced,
    RehearsalShown,
)
from conference_hub.agenda.history import RunId
from conference_hub.agenda.keys import rehearsal_key
from conference_hub.agenda.lane_run import LaneStatus
from conference_hub.agenda.model import CueId, Lane
from conference_hub.agenda.plan_actions import working_plan
from conference_hub.agenda.refusals import LiveOnAir, TooManyRehearsals
from conference_hub.agenda.rehearsed import Rehearsed, documents_of
from conference_hub.agenda.rehearsing import beginning
from conference_hub.agenda.run import Following, RunKind
from conference_hub.agenda.run_clock import RunClock
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.exchange.progress import turn

MOST_REHEARSALS = 1
"""Rehearsals of a conference at a time: all screens that follow one show the same."""
ON_AIR = frozenset({LaneStatus.RUNNING, LaneStatus.HELD})


def begin(
    write: Write,
    *,
    revision: int,
    cue: str | None = None,
    speed: int = 1,
    screens: bool = False,
    while_live: bool = False,
    features: Sequence[Rehearsed] = (),
) -> Doc:
    """Begin a rehearsal of the working plan, at the start of the day or at a cue; returns `{"run", "seq"}`.

    `features` have a part in it. It goes `speed` times as fast as the day, and `screens` follow it. Raises PlanChanged
    when the working plan is not `revision`, TooManyRehearsals, NotFound for a cue that is not run, and LiveOnAir while
    a lane of the live run is on air, unless it is to begin `while_live`.
    """
    session, conf = write.session, write.conf
    plan = working_plan(write, revision)
    if len(rehearsals(write)) >= MOST_REHEARSALS:
        raise TooManyRehearsals(MOST_REHEARSALS)
    if not while_live and (on_air := _on_air(write)):
        raise LiveOnAir(on_air)
    store.keep_version(session, conf, plan)
    begun, at = beginning(plan, None if cue is None else CueId(cue), write.at)
    following = Following(
        id=RunId(f"run-{store.count_run(session, conf)}"),
        kind=RunKind.REHEARSAL,
        plan=plan,
        began_at=write.at,
        by=write.actor.label,
        clock=RunClock(since=write.at, at=at, speed=speed),
        on_screens=screens,
    )
    turn()
    states = lane_store.states_of(begun, ())
    run_store.add_run(session, conf, following, states, write.actor)
    for feature in features:
        turn()
        if feature.begin:
            feature.begin(write, following, states)
    docs, shown = _documents(write, following, features)
    return {"run": following.id, "seq": _publish(write, RehearsalBegan(run=following.id), docs, shown)}


def pace(write: Write, *, run_id: RunId, speed: int) -> Doc:
    """Let the clock of a rehearsal go at another speed from now on; returns `{"seq"}`. Raises NotFound."""
    following = get_rehearsal(write, run_id)
    known = following.clock or RunClock(since=following.began_at, at=following.began_at)
    after = replace(following, clock=known.going(speed, write.at))
    return _change(write, after, RehearsalPaced(run=run_id, speed=speed))


def show(write: Write, *, run_id: RunId, screens: bool) -> Doc:
    """Let screens follow a rehearsal, or the live run again; returns `{"seq"}`. Raises NotFound."""
    after = replace(get_rehearsal(write, run_id), on_screens=screens)
    return _change(write, after, RehearsalShown(run=run_id, on_screens=screens))


def clear(write: Write, *, run_id: RunId, features: Sequence[Rehearsed] = ()) -> Doc:
    """Remove a rehearsal with everything that happened in it; returns `{"seq"}`. Raises NotFound."""
    session, conf = write.session, write.conf
    following = get_rehearsal(write, run_id)
    docs, shown = _documents(write, following, features)
    run_store.remove_run(session, conf, run_id)
    gone: Docs = dict.fromkeys(shown)
    if other := run_store.rehearsed(session, conf):
        gone |= _documents(write, other, features)[1]
    return {"seq": _publish(write, RehearsalCleared(run=run_id), dict.fromkeys(docs), gone)}


def get_rehearsal(write: Write, run_id: RunId) -> Following:
    """Return a rehearsal; raises NotFound, also for the live run."""
    found = run_store.followings(write.session, write.conf).get(run_id)
    if found is None or found.kind is not RunKind.REHEARSAL:
        raise NotFound(msg("그런 리허설이 없습니다."), run=run_id)
    return found


def rehearsals(write: Write) -> list[Following]:
    """Return the rehearsals of a conference."""
    found = run_store.followings(write.session, write.conf).values()
    return [following for following in found if following.kind is RunKind.REHEARSAL]


def _documents(write: Write, following: Following, features: Sequence[Rehearsed]) -> tuple[Docs, Docs]:
    """Return every document of a rehearsal: those of operators, and those of screens."""
    session, conf = write.session, write.conf
    theirs = documents_of(session, conf, following, features)
    docs = sources.operators_documents(session, conf, following) | theirs[Stream.OPERATOR]
    return docs, sources.rehearsed_documents(session, conf) | theirs[Stream.REHEARSAL]


def _on_air(write: Write) -> list[Lane]:
    """Return the lanes of the live run that are on air."""
    live = run_store.live_run(write.session, write.conf)
    states = lane_store.lane_states(write.session, write.conf, live)
    running = {state.run.lane_id for state in states if state.run.status in ON_AIR}
    return [lane for lane in live.plan.lanes if lane.id in running]


def _change(write: Write, following: Following, fact: OfRehearsal) -> Doc:
    """Save what a rehearsal has beside a run, and tell those who follow it."""
    run_store.save_rehearsal(write.session, write.conf, following)
    docs: Docs = {rehearsal_key(following.id): rehearsal_document(following)}
    return {"seq": _publish(write, fact, docs, docs)}


def _publish(write: Write, fact: OfRehearsal, operators: Docs, screens: Docs) -> int:
    streams = {Stream.OPERATOR: operators, Stream.REHEARSAL: screens}
    return write.publish(fact, rehearsal_key(fact.run), streams).seq
