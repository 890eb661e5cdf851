"""Rehearsals: runs of the working plan that operators alone see. How they begin and go; they are run by `actions`."""

from __future__ import annotations

from conference_hub.agenda import run, run_store, sources, store
from conference_hub.agenda.facts import RehearsalBegan, RehearsalCleared
from conference_hub.agenda.history import RunId
from conference_hub.agenda.keys import rehearsal_key
from conference_hub.agenda.plan_actions import working_plan
from conference_hub.agenda.refusals import TooManyRehearsals
from conference_hub.agenda.run import Following, RunKind
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.exchange.progress import turn

MOST_REHEARSALS = 2
"""Rehearsals of a conference at a time: each is in every operator's snapshot."""


def begin(write: Write, *, revision: int) -> Doc:
    """Begin a rehearsal of the working plan; returns `{"run", "seq"}`.

    Raises PlanChanged when the working plan is not `revision`, and TooManyRehearsals.
    """
    session, conf = write.session, write.conf
    plan = working_plan(write, revision)
    if len(rehearsals(write)) >= MOST_REHEARSALS:
        raise TooManyRehearsals(MOST_REHEARSALS)
    store.keep_version(session, conf, plan)
    following = Following(
        id=RunId(f"run-{store.count_run(session, conf)}"),
        kind=RunKind.REHEARSAL,
        plan=plan,
        began_at=write.at,
        by=write.actor.label,
    )
    lanes = run_store.states_of(run.begin(plan), ())
    turn()
    run_store.add_run(session, conf, following, lanes, write.actor)
    turn()
    docs = sources.operators_documents(session, conf, following)
    fact = RehearsalBegan(run=following.id)
    entry = write.publish(fact, rehearsal_key(following.id), {Stream.OPERATOR: docs})
    return {"run": following.id, "seq": entry.seq}


def clear(write: Write, *, run_id: RunId) -> Doc:
    """Remove a rehearsal with everything that happened in it; returns `{"seq"}`. Raises NotFound."""
    session, conf = write.session, write.conf
    following = get_rehearsal(write, run_id)
    docs: Docs = dict.fromkeys(sources.operators_documents(session, conf, following))
    run_store.remove_run(session, conf, run_id)
    fact = RehearsalCleared(run=run_id)
    return {"seq": write.publish(fact, rehearsal_key(run_id), {Stream.OPERATOR: docs}).seq}


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
