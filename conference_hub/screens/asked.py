"""Which lane a screen is for, and whether it follows rehearsals."""

from __future__ import annotations

from conference_hub.access.middleware import viewer
from conference_hub.agenda.model import Lane, Plan
from conference_hub.agenda.run_store import followed_plan, rehearsed
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.stream import Stream
from conference_hub.screens.requests import ScreenQuery
from conference_hub.web.hub import current_hub


def asked_lane(plan: Plan, query: ScreenQuery) -> Lane | None:
    """Return the lane; None while no plan runs, when a screen waits for one. Raises NotFound."""
    if not plan.lanes:
        return None
    found = next((lane for lane in plan.lanes if query.lane in {None, lane.id}), None)
    if found is None:
        raise NotFound(msg("그런 진행 구역이 없습니다."), lane=query.lane)
    return found


def live_plan(conf: str) -> Plan:
    """Return the plan that everybody follows; before the first one that of a rehearsal, to those who may follow it."""
    with current_hub().database.reading() as db:
        followed, rehearsal = followed_plan(db, conf), rehearsed(db, conf)
    if followed.lanes or rehearsal is None or not viewer().may_follow(conf, Stream.REHEARSAL):
        return followed
    return rehearsal.plan


def asked_run(conf: str, query: ScreenQuery) -> str | None:
    """Return whether a screen follows rehearsals, as its address says; None when they are not for it."""
    return query.run if viewer().may_follow(conf, Stream.REHEARSAL) else None
