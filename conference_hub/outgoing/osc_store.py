"""Rows ↔ addresses that are told by Open Sound Control, and where awards are given."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.awards.tables import AwardRow
from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotFound, msg
from conference_hub.outgoing.model import OscDraft, OscTarget, OscTargetId, Told
from conference_hub.outgoing.osc import AwardPlace
from conference_hub.outgoing.osc_tables import OscTargetRow


def targets(session: Session, conf: str) -> list[OscTarget]:
    """Return the addresses of a conference in the order in which they were made."""
    rows = sa.select(OscTargetRow).where(OscTargetRow.conf == conf)
    return [_target(row) for row in session.scalars(rows.order_by(OscTargetRow.made_at, OscTargetRow.id))]


def active_targets(session: Session) -> dict[str, list[OscTarget]]:
    """Return the addresses that are told something, by conference."""
    found: dict[str, list[OscTarget]] = {}
    rows = sa.select(OscTargetRow).where(OscTargetRow.active)
    for row in session.scalars(rows.order_by(OscTargetRow.made_at, OscTargetRow.id)):
        found.setdefault(row.conf, []).append(_target(row))
    return found


def get_target(session: Session, conf: str, target_id: str) -> OscTarget:
    """Return an address; raises NotFound."""
    row = session.get(OscTargetRow, (conf, target_id))
    if row is None:
        raise NotFound(msg("그런 OSC 주소가 없습니다."))
    return _target(row)


def add_target(session: Session, conf: str, target: OscTarget, at: datetime, by: Actor) -> None:
    """Write a new address down."""
    made = {"made_at": at, "by": by.label, "actor": by.id}
    session.add(OscTargetRow(conf=conf, id=target.id, **_columns(target.draft), **made))
    session.flush()


def save_target(session: Session, conf: str, target: OscTarget) -> None:
    """Write down what an address is now."""
    session.merge(OscTargetRow(conf=conf, id=target.id, **_columns(target.draft)))


def note_told(session: Session, conf: str, target_id: str, told: Told) -> None:
    """Write down the last message to an address, if that is still there."""
    session.execute(
        sa.update(OscTargetRow)
        .where(OscTargetRow.conf == conf, OscTargetRow.id == target_id)
        .values(told_at=told.at, told=told.path, told_error=told.error)
    )


def delete_target(session: Session, conf: str, target_id: OscTargetId) -> None:
    """Delete an address."""
    session.execute(sa.delete(OscTargetRow).where(OscTargetRow.conf == conf, OscTargetRow.id == target_id))


def award_places(session: Session, conf: str, awards: Collection[str]) -> dict[str, AwardPlace]:
    """Return where some awards are given, and their numbers."""
    if not awards:
        return {}
    rows = session.execute(
        sa.select(AwardRow.id, AwardRow.lane_id, AwardRow.number).where(
            AwardRow.conf == conf, AwardRow.id.in_(awards)
        )
    )
    return {award: AwardPlace(lane=lane, number=number or "") for award, lane, number in rows if lane}


def _columns(draft: OscDraft) -> dict[str, object]:
    return {
        "name": draft.name,
        "host": draft.host,
        "port": draft.port,
        "language": draft.language,
        "active": draft.active,
    }


def _target(row: OscTargetRow) -> OscTarget:
    draft = OscDraft(name=row.name, host=row.host, port=row.port, language=row.language, active=row.active)
    told = Told(at=row.told_at, path=row.told or "", error=row.told_error or "") if row.told_at else None
    return OscTarget(id=OscTargetId(row.id), draft=draft, told=told)
