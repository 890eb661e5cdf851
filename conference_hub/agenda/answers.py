"""What the API answers about the plan and the run, read from the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from conference_hub.agenda import lane_store, run_store, sources, store
from conference_hub.agenda.budget import Way, ways
from conference_hub.agenda.clock import SECOND
from conference_hub.agenda.contents import content_of
from conference_hub.agenda.findings import Days, Finding, findings
from conference_hub.agenda.history import RunId
from conference_hub.agenda.model import Version
from conference_hub.agenda.plan_shapes import (
    ChangesAnswer,
    FindingDoc,
    FindingsAnswer,
    LoadDoc,
    PlanAnswer,
    PublishedPlan,
)
from conference_hub.agenda.projection import CueProjection, LaneProjection, project_run
from conference_hub.agenda.shapes import CueTimes, LaneEnd, LaneTimes, ProjectionAnswer, WayDoc, WaysAnswer
from conference_hub.conferences.model import Conference
from conference_hub.conferences.place_store import all_rooms
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.load import Load
from conference_hub.core.now import iso, seconds_of
from conference_hub.web.hub import CueLoads


def plan(
    session: Session, conference: Conference, version: int | None, loads: Iterable[CueLoads]
) -> PlanAnswer:
    """Return the working plan, or the published one with that number. Raises NotFound for an unknown number."""
    published = store.published_plan(session, conference.slug)
    if version is None:
        found = store.working_plan(session, conference.slug)
        same = published is not None and published.plan.revision == found.revision
        number = published.number if published and same else None
    else:
        earlier = store.find_version(session, conference.slug, version)
        if earlier is None:
            raise NotFound(msg("그런 계획이 없습니다."), version=version)
        found, number = earlier.plan, earlier.number
    days = days_of(conference)
    return {
        "revision": found.revision,
        "changed_at": iso(found.changed_at),
        "by": found.by,
        "version": number,
        "published": _published(published) if published else None,
        "live_revision": run_store.followed_plan(session, conference.slug).revision or None,
        "rooms": [{"id": one.id, "title": one.title.as_doc()} for one in all_rooms(session, conference.slug)],
        "loads": {cue: _load(load) for cue, load in cue_loads(session, conference.slug, loads).items()},
        "days": {"begin": iso(days.begin), "end": iso(days.end)},
        "timezone": conference.timezone,
        "languages": list(conference.languages),
        **content_of(found),
    }


def plan_findings(session: Session, conference: Conference, loads: Iterable[CueLoads]) -> FindingsAnswer:
    """Return what is odd about the working plan."""
    working = store.working_plan(session, conference.slug)
    found = findings(working, days_of(conference), cue_loads(session, conference.slug, loads))
    return {"revision": working.revision, "findings": list(map(finding_document, found))}


def plan_changes(session: Session, conf: str) -> ChangesAnswer:
    """Return what attendees would see changed if the working plan were published."""
    working, published = store.working_plan(session, conf), store.published_plan(session, conf)
    return {
        "revision": working.revision,
        "changes": sources.public_changes(session, conf, published, working),
    }


def finding_document(finding: Finding) -> FindingDoc:
    """Render something odd."""
    return {
        "oddity": finding.oddity,
        "lane": finding.lane,
        "cue": finding.cue,
        "other": finding.other,
        "by_s": seconds_of(finding.by),
    }


def cue_loads(session: Session, conf: str, sources: Iterable[CueLoads]) -> dict[str, Load]:
    """Return what is to be done in the cues of the plan, from all features."""
    return {cue: load for source in sources for cue, load in source(session, conf).items()}


def days_of(conference: Conference) -> Days:
    """Return the days of a conference, in its zone."""
    first, last = (at.astimezone(conference.zone).date() for at in (conference.starts_at, conference.ends_at))
    return Days(
        begin=datetime.combine(first, time(), conference.zone).astimezone(UTC),
        end=datetime.combine(last + timedelta(days=1), time(), conference.zone).astimezone(UTC),
    )


def _load(load: Load) -> LoadDoc:
    return {"count": load.count, "pace_s": load.pace_s}


def _published(version: Version) -> PublishedPlan:
    return {
        "version": version.number,
        "revision": version.plan.revision,
        "published_at": iso(version.published_at),
    }


def projection(session: Session, conf: str, now: datetime) -> ProjectionAnswer:
    """Return when everything in the live run will happen."""
    following = run_store.live_run(session, conf)
    seen = project_run(lane_store.load_run(session, conf, following), now)
    return {
        "run": following.id,
        "now": iso(now),
        "lanes": [_lane(lane_id, lane) for lane_id, lane in seen.lanes.items()],
        "planned_finish": _text(seen.planned_finish),
        "projected_finish": _text(seen.projected_finish),
        "drift_s": seconds_of(seen.drift),
    }


def lane_ways(
    session: Session, conf: str, run_id: RunId, lane: str | None, loads: Iterable[CueLoads], now: datetime
) -> WaysAnswer:
    """Return how a late lane of a run can end earlier; without `lane`, the first one. Raises NotFound."""
    following = run_store.get_following(session, conf, run_id)
    run, at = lane_store.load_run(session, conf, following), following.time(now)
    found = next((one for one in run.lanes if lane in {None, one.lane_id}), None)
    if found is None:
        raise NotFound(msg("그런 진행 구역이 없습니다."), lane=lane)
    drift = project_run(run, at).lanes[found.lane_id].drift
    return {
        "run": following.id,
        "lane": found.lane_id,
        "now": iso(at),
        "drift_s": seconds_of(drift),
        "ways": list(map(_way, ways(run, found.lane_id, cue_loads(session, conf, loads), at))),
    }


def _way(way: Way) -> WayDoc:
    return {
        "cuts": {cue: cut // SECOND for cue, cut in way.cuts.items()},
        "drop": list(way.drop),
        "paces": {one.cue: one.pace_s for one in way.changes if one.pace_s is not None},
        "lanes": [_end(lane_id, lane) for lane_id, lane in way.after.lanes.items()],
    }


def _end(lane_id: str, seen: LaneProjection) -> LaneEnd:
    return {
        "id": lane_id,
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
