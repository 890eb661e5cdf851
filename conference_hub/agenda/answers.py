"""What the API answers about the plan and the run, read from the store."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.agenda import run_store, store
from conference_hub.agenda.contents import content_of
from conference_hub.agenda.model import Plan, Version
from conference_hub.agenda.projection import CueProjection, LaneProjection, project_run
from conference_hub.agenda.shapes import (
    CueTimes,
    LaneTimes,
    PlanAnswer,
    ProjectionAnswer,
    PublishedPlan,
)
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.now import iso, seconds_of


def plan(session: Session, conf: str, version: int | None) -> PlanAnswer:
    """Return the working plan, or the published one with that number. Raises NotFound for an unknown number."""
    if version is not None:
        found = store.find_version(session, conf, version)
        if found is None:
            raise NotFound(msg("그런 계획이 없습니다."), version=version)
        return _plan(session, conf, found.plan, found.number)
    working, published = store.working_plan(session, conf), store.published_plan(session, conf)
    same = published is not None and published.plan.revision == working.revision
    return _plan(session, conf, working, published.number if published and same else None)


def _plan(session: Session, conf: str, plan: Plan, number: int | None) -> PlanAnswer:
    published = store.published_plan(session, conf)
    return {
        "revision": plan.revision,
        "changed_at": iso(plan.changed_at),
        "by": plan.by,
        "version": number,
        "published": _published(published) if published else None,
        "live_revision": run_store.followed_plan(session, conf).revision or None,
        **content_of(plan),
    }


def _published(version: Version) -> PublishedPlan:
    return {
        "version": version.number,
        "revision": version.plan.revision,
        "published_at": iso(version.published_at),
    }


def projection(session: Session, conf: str, now: datetime) -> ProjectionAnswer:
    """Return when everything in the live run will happen."""
    following = run_store.live_run(session, conf)
    seen = project_run(run_store.load_run(session, conf, following), now)
    return {
        "run": following.id,
        "now": iso(now),
        "lanes": [_lane(lane_id, lane) for lane_id, lane in seen.lanes.items()],
        "planned_finish": _text(seen.planned_finish),
        "projected_finish": _text(seen.projected_finish),
        "drift_s": seconds_of(seen.drift),
    }


def _lane(lane_id: str, seen: LaneProjection) -> LaneTimes:
    return {
        "id": lane_id,
        "cues": list(map(_cue, seen.cues)),
        "ends_at": _text(seen.ends_at),
        "remaining_s": None if seen.remaining is None else seconds_of(seen.remaining),
        "planned_finish": _text(seen.planned_finish),
        "projected_finish": _text(seen.projected_finish),
        "drift_s": seconds_of(seen.drift),
    }


def _cue(seen: CueProjection) -> CueTimes:
    return {
        "id": seen.cue_id,
        "planned_start": iso(seen.planned_start),
        "planned_end": iso(seen.planned_end),
        "started_at": _text(seen.started_at),
        "ended_at": _text(seen.ended_at),
        "projected_start": _text(seen.projected_start),
        "projected_end": _text(seen.projected_end),
    }


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else iso(instant)
