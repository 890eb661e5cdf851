"""Every document of the agenda for one audience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from conference_hub.agenda import lane_store, run_store, steps, store
from conference_hub.agenda.changelog import PlanChangeDoc, changes
from conference_hub.agenda.documents import (
    as_public,
    driving_document,
    lane_documents,
    notes_documents,
    operators_lane_document,
    plan_document,
    programme_document,
    rehearsal_document,
    segment_documents,
)
from conference_hub.agenda.history import Offer
from conference_hub.agenda.keys import PLAN_KEY, PROGRAMME_KEY, Keys, on_screens, rehearsal_key
from conference_hub.agenda.lane_store import LaneState
from conference_hub.agenda.model import LaneId, Plan, RoomId, Version
from conference_hub.agenda.run import Following, RunKind
from conference_hub.conferences.place_store import all_rooms
from conference_hub.conferences.places import Room
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text
from conference_hub.exchange.progress import turn

READS_NOTES = frozenset({Stream.SEALED, Stream.OPERATOR})
"""Who gets the notes of cues."""


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Return the agenda's documents: of the live run, and for operators of the plan and of rehearsals too."""
    live, published = run_store.live_run(session, conf), store.published_plan(session, conf)
    programme = programme_documents(published)
    if stream is Stream.REHEARSAL:
        return programme | rehearsed_documents(session, conf)
    if stream is not Stream.OPERATOR:
        docs = audience_documents(live, lane_store.lane_states(session, conf, live))
        return programme | for_stream(docs, live, stream)
    docs = programme | plan_documents(session, conf, published, live.plan)
    for run in run_store.followings(session, conf).values():
        docs |= operators_documents(session, conf, run)
    return docs


def operators_documents(session: Session, conf: str, following: Following) -> Docs:
    """Return the documents of a run as operators see them."""
    states = lane_store.lane_states(session, conf, following)
    offers = steps.offers(session, conf, following.id)
    return with_operators_own(audience_documents(following, states), following, states, offers)


def rehearsed_documents(session: Session, conf: str) -> Docs:
    """Return the rehearsal as screens see it that follow it, under the keys of the live run; nothing without one."""
    rehearsal = run_store.rehearsed(session, conf)
    if rehearsal is None:
        return {}
    docs = audience_documents(rehearsal, lane_store.lane_states(session, conf, rehearsal))
    return {rehearsal_key(rehearsal.id): rehearsal_document(rehearsal), **on_screens(docs)}


def offer_documents(session: Session, conf: str, lane_id: LaneId, offer: Offer | None = None) -> Docs:
    """Return the operators' document of a lane of the live run, which names what can be undone; none without a run.

    What a step on something else than the lane, such as an award, publishes has it too. `offer` is read where the
    caller does not know it.
    """
    live = run_store.live_run(session, conf)
    if lane_id not in live.plan.lane_cues:
        return {}
    state = lane_store.lane_state(session, conf, live.id, lane_id)
    offer = offer or steps.offer(session, conf, live.id, lane_id)
    return {Keys.of(live).lane(lane_id): operators_lane_document(live, state.run, offer, state.holder)}


def audience_documents(following: Following, states: Sequence[LaneState]) -> Docs:
    """Render a run as every audience sees it; `states` are all of its lanes. Others have their turn between them."""
    docs = segment_documents(following)
    for state in states:
        docs |= lane_documents(following, state.run, state.cues)
        turn()
    return docs


def for_stream(docs: Docs, following: Following, stream: Stream) -> Docs:
    """Return what all audiences see of the live run as one of them does, the operators' own documents aside."""
    if stream is Stream.REHEARSAL:
        return {}
    if stream is Stream.PUBLIC:
        return as_public(docs, following.plan)
    return docs | notes_documents(following) if stream in READS_NOTES else docs


def with_operators_own(
    audience: Docs, following: Following, states: Sequence[LaneState], offers: Mapping[LaneId, Offer]
) -> Docs:
    """Add to the documents of a run what operators alone see: what may be commanded, and who drives."""
    keys, own = Keys.of(following), Docs()
    if following.kind is RunKind.REHEARSAL:
        own[rehearsal_key(following.id)] = rehearsal_document(following)
    for state in states:
        lane_id = state.run.lane_id
        offer = offers.get(lane_id, Offer())
        own[keys.lane(lane_id)] = operators_lane_document(following, state.run, offer, state.holder)
        own[keys.driving(lane_id)] = driving_document(following, lane_id, state.recent)
    return audience | notes_documents(following) | own


def programme_documents(published: Version | None) -> Docs:
    """Return the document about the published plan, none while there is none."""
    return {PROGRAMME_KEY: programme_document(published)} if published else {}


def public_changes(session: Session, conf: str, published: Version | None, plan: Plan) -> list[PlanChangeDoc]:
    """Return what attendees would see changed if a plan were published now; nothing for the first one."""
    return changes(published.plan, plan, room_titles(session, conf)) if published else []


def room_titles(session: Session, conf: str) -> dict[RoomId, Text]:
    """Return the titles of the rooms that a plan may name."""
    return {room_id: room.title for room_id, room in rooms_by_id(session, conf).items()}


def rooms_by_id(session: Session, conf: str) -> dict[RoomId, Room]:
    """Return the rooms that a plan may name."""
    return {RoomId(room.id): room for room in all_rooms(session, conf)}


def plan_documents(session: Session, conf: str, published: Version | None, followed: Plan) -> Docs:
    """Return the document about the plan itself, none while there is no plan."""
    working = store.working_revision(session, conf)
    return {PLAN_KEY: plan_document(working, published, followed)} if working.number else {}
