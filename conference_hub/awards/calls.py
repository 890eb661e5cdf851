"""When a recipient is called, for the gate's screen: round and order, and nothing of what is awarded."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from conference_hub.agenda.model import Plan
from conference_hub.agenda.run_store import followed_plan
from conference_hub.agenda.store import working_plan
from conference_hub.awards.model import Award
from conference_hub.awards.store import awards_of_guests
from conference_hub.core.stream import Doc


def calls_of(session: Session, conf: str, guest_ids: Collection[str]) -> dict[str, Doc]:
    """Return `{"calls": [{"lane", "cue", "order"}]}` by guest: the awards for which they come to the stage."""
    calls: dict[str, list[Doc]] = {guest_id: [] for guest_id in guest_ids}
    for award in awards_of_guests(session, conf, guest_ids):
        plan = followed_plan(session, conf)
        if award.cue_id not in plan.cue:  # bound to a cue that is planned and not applied yet
            plan = working_plan(session, conf)
        calls[award.guest_id or ""].append(_call(award, plan))
    return {guest_id: {"calls": found} for guest_id, found in calls.items()}


def _call(award: Award, plan: Plan) -> Doc:
    lane = next(lane for lane in plan.lanes if lane.id == award.lane_id)
    cue = plan.cue[award.cue_id]
    return {"lane": lane.title.as_doc(), "cue": cue.title.as_doc(), "order": award.call_order}
