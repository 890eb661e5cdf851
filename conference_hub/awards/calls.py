"""When a recipient is called, for the gate's screen: round and order, and nothing of what is awarded."""

from __future__ import annotations

from sqlalchemy.orm import Session

from conference_hub.agenda.store import all_cues, all_lanes
from conference_hub.awards.store import awards_of_guest
from conference_hub.journal import Doc


def calls_of(session: Session, conf: str, guest_id: str) -> Doc:
    """Return `{"calls": [{"lane", "cue", "order"}]}` for the awards for which a guest comes to the stage."""
    awards = awards_of_guest(session, conf, guest_id)
    if not awards:
        return {"calls": []}
    lanes = {lane.id: lane.title.as_doc() for lane in all_lanes(session, conf)}
    cues = {cue.id: cue.title.as_doc() for cue in all_cues(session, conf)}
    return {
        "calls": [
            {"lane": lanes[award.lane_id], "cue": cues[award.cue_id], "order": award.call_order}
            for award in awards
        ]
    }
