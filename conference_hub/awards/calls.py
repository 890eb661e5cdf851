"""When a recipient is called, for the gate's screen: round and order, and nothing of what is awarded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.store import all_cues, all_lanes
from conference_hub.awards.store import awards_of_guests
from conference_hub.conferences.kept import Kept
from conference_hub.core.stream import Doc
from conference_hub.core.text import TextDoc


def calls_of(session: Session, conf: str, guest_ids: Collection[str]) -> dict[str, Doc]:
    """Return `{"calls": [{"lane", "cue", "order"}]}` by guest: the awards for which they come to the stage."""
    calls: dict[str, list[Doc]] = {guest_id: [] for guest_id in guest_ids}
    for award in awards_of_guests(session, conf, guest_ids):
        titles = TITLES.of(session, conf)
        calls[award.guest_id or ""].append(
            {"lane": titles.lanes[award.lane_id], "cue": titles.cues[award.cue_id], "order": award.call_order}
        )
    return {guest_id: {"calls": found} for guest_id, found in calls.items()}


@dataclass(frozen=True, kw_only=True)
class Titles:
    """The titles of lanes and cues by id, as they stand in documents."""

    lanes: Mapping[LaneId, TextDoc]
    cues: Mapping[CueId, TextDoc]


def _titles(session: Session, conf: str) -> Titles:
    return Titles(
        lanes={lane.id: lane.title.as_doc() for lane in all_lanes(session, conf)},
        cues={cue.id: cue.title.as_doc() for cue in all_cues(session, conf)},
    )


TITLES: Kept[Titles] = Kept(_titles)
