"""Every document of the agenda for one audience."""

from __future__ import annotations

from sqlalchemy.orm import Session

from conference_hub.agenda import run_store, steps, store
from conference_hub.agenda.documents import (
    PLAN_KEY,
    Keys,
    driving_document,
    lane_documents,
    operators_lane_document,
    plan_document,
    rehearsal_document,
    rehearsal_key,
    segment_documents,
)
from conference_hub.agenda.history import Offer
from conference_hub.agenda.run import Following, RunKind
from conference_hub.core.stream import Docs, Stream


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Return the agenda's documents: of the live run, and for operators of the plan and of rehearsals too."""
    following = run_store.live_run(session, conf)
    if stream is not Stream.OPERATOR:
        return audience_documents(session, conf, following)
    runs = run_store.followings(session, conf).values()
    docs = plan_documents(session, conf)
    for run in runs:
        docs |= operators_documents(session, conf, run)
    return docs


def audience_documents(session: Session, conf: str, following: Following) -> Docs:
    """Return the documents of a run as every audience sees them."""
    docs = segment_documents(following)
    for state in run_store.lane_states(session, conf, following):
        docs |= lane_documents(following, state.run, state.cues)
    return docs


def operators_documents(session: Session, conf: str, following: Following) -> Docs:
    """Return the documents of a run as operators see them."""
    keys = Keys.of(following)
    offers = steps.offers(session, conf, following.id)
    docs = segment_documents(following)
    if following.kind is RunKind.REHEARSAL:
        docs[rehearsal_key(following.id)] = rehearsal_document(following)
    for state in run_store.lane_states(session, conf, following):
        lane_id = state.run.lane_id
        offer = offers.get(keys.lane(lane_id), Offer())
        docs |= lane_documents(following, state.run, state.cues)
        docs[keys.lane(lane_id)] = operators_lane_document(following, state.run, offer)
        docs[keys.driving(lane_id)] = driving_document(following, lane_id, state.recent)
    return docs


def plan_documents(session: Session, conf: str) -> Docs:
    """Return the document about the plan itself, none while there is no plan."""
    working = store.working_revision(session, conf)
    if not working.number:
        return {}
    published, followed = store.published_plan(session, conf), run_store.followed_plan(session, conf)
    return {PLAN_KEY: plan_document(working, published, followed)}
