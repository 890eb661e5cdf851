"""Where a recipient is called, for the gate's screen, and nothing of what is awarded."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.run_store import followed_plan
from conference_hub.agenda.sources import rooms_by_id
from conference_hub.agenda.store import working_plan
from conference_hub.awards.model import Call
from conference_hub.awards.sealing import seal_of
from conference_hub.awards.store import CALLS
from conference_hub.awards.tables import AwardRow, LevelRow
from conference_hub.core.stream import Doc
from conference_hub.core.text import Text
from conference_hub.people.tables import GroupRow, GuestRow


def calls_of(session: Session, conf: str, guest_ids: Collection[str]) -> dict[str, Doc]:
    """Return `{"calls": [{"lane", "room", "cue", "order"}]}` by guest: where they come to the stage.

    `cue` and `order` are None unless organisers let the gate know: one for each award then, else one for each lane.
    Asks nothing that is not kept in memory, but for a cue that is planned and not applied yet.
    """
    known = CALLS.of(session, conf)
    ordered = seal_of(session, conf).gate_order
    return {
        guest_id: {"calls": _calls(session, conf, known.get(guest_id, ()), ordered)} for guest_id in guest_ids
    }


def _calls(session: Session, conf: str, calls: Iterable[Call], ordered: bool) -> list[Doc]:  # noqa: FBT001
    if ordered:
        return [_call(session, conf, call) for call in calls]
    places = {call.lane_id: _call(session, conf, call) for call in calls}
    return [{**place, "cue": None, "order": None} for place in places.values()]


def awards_of(session: Session, conf: str, guest_ids: Collection[str]) -> dict[str, list[Text]]:
    """Return the levels of the awards for which guests come to the stage, by guest; others are left out."""
    found: dict[str, list[Text]] = {}
    for guest_id, label in session.connection().execute(_AWARDS, {"conf_": conf}):
        if guest_id in guest_ids:
            found.setdefault(guest_id, []).append(Text.of(label))
    return found


def readings(session: Session, conf: str) -> dict[str, Doc]:
    """Return by award how the name of who comes to the stage is read: `{"name", "read"}`, where the list says so."""
    rows = session.connection().execute(_READINGS, {"conf_": conf})
    return {award_id: {"name": name, "read": read} for award_id, name, read in rows}


def groups(session: Session, conf: str) -> dict[str, Doc | None]:
    """Return by guest the title of the group of those who come to the stage for an award; None: they are in none."""
    rows = session.connection().execute(_GROUPS, {"conf_": conf})
    return {row.id: row.title for row in rows}


def _call(session: Session, conf: str, call: Call) -> Doc:
    plan = followed_plan(session, conf)
    if call.cue_id not in plan.cue or call.lane_id not in plan.lane_cues:
        plan = working_plan(session, conf)
    lane = next(lane for lane in plan.lanes if lane.id == call.lane_id)
    room = rooms_by_id(session, conf).get(lane.room) if lane.room else None
    return {
        "lane": lane.title.as_doc(),
        "room": room.title.as_doc() if room else None,
        "cue": plan.cue[call.cue_id].title.as_doc(),
        "order": call.order,
    }


_READINGS = (
    sa.select(AwardRow.id, GuestRow.name, GuestRow.pronunciation)
    .join(GuestRow, sa.and_(GuestRow.conf == AwardRow.conf, GuestRow.id == AwardRow.guest_id))
    .where(AwardRow.conf == sa.bindparam("conf_"), GuestRow.pronunciation.is_not(None))
)
_GROUPS = (
    sa.select(GuestRow.id, GroupRow.title)
    .join(AwardRow, sa.and_(AwardRow.conf == GuestRow.conf, AwardRow.guest_id == GuestRow.id))
    .outerjoin(GroupRow, sa.and_(GroupRow.conf == GuestRow.conf, GroupRow.id == GuestRow.group))
    .where(GuestRow.conf == sa.bindparam("conf_"))
)
_AWARDS = (
    sa.select(AwardRow.guest_id, LevelRow.label)
    .join(LevelRow, sa.and_(LevelRow.conf == AwardRow.conf, LevelRow.id == AwardRow.level_id))
    .where(AwardRow.conf == sa.bindparam("conf_"), AwardRow.guest_id.is_not(None))
    .order_by(AwardRow.id)
)
