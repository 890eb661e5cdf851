"""When a recipient is called, for the gate's screen: round and order, and nothing of what is awarded."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from conference_hub.agenda.store import all_cues, all_lanes
from conference_hub.awards.store import awards_of_guests
from conference_hub.core.stream import Doc


def calls_of(session: Session, conf: str, guest_ids: Collection[str]) -> dict[str, Doc]:
    """Return `{"calls": [{"lane", "cue", "order"}]}` by guest: the awards for which they come to the stage."""
    awards = awards_of_guests(session, conf, guest_ids)
    lanes = {lane.id: lane.title.as_doc() for lane in all_lanes(session, conf)} if awards else {}
    cues = {cue.id: cue.title.as_doc() for cue in all_cues(session, conf)} if awards else {}
    calls: dict[str, list[Doc]] = {guest_id: [] for guest_id in guest_ids}
    for award in awards:
        calls[award.guest_id or ""].append(
            {"lane": lanes[award.lane_id], "cue": cues[award.cue_id], "order": award.call_order}
        )
    return {guest_id: {"calls": found} for guest_id, found in calls.items()}
