"""Award rows to model and back, and the awards as documents."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.documents import awards_documents
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, Level, LevelId, RevealStyle
from conference_hub.awards.tables import AwardRow, LevelRow
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text


def all_levels(session: Session, conf: str) -> dict[LevelId, Level]:
    """Return the levels of a conference by id, the highest first."""
    rows = session.scalars(sa.select(LevelRow).where(LevelRow.conf == conf).order_by(LevelRow.rank))
    return {LevelId(row.id): _level(row) for row in rows}


def all_awards(session: Session, conf: str) -> list[Award]:
    """Return every award of a conference, by lane, cue and calling order."""
    rows = session.scalars(
        sa.select(AwardRow)
        .where(AwardRow.conf == conf)
        .order_by(AwardRow.lane_id, AwardRow.cue_id, AwardRow.call_order, AwardRow.id)
    )
    return [_award(row) for row in rows]


def get_award(session: Session, conf: str, award_id: str) -> Award:
    """Return one award; raises NotFound."""
    row = session.get(AwardRow, (conf, award_id))
    if row is None:
        raise NotFound(msg("그런 상이 없습니다."))
    return _award(row)


def awards_of_guests(session: Session, conf: str, guest_ids: Collection[str]) -> list[Award]:
    """Return the awards for which one of these guests comes to the stage, by lane, cue and calling order."""
    return [award for award in all_awards(session, conf) if award.guest_id in guest_ids]


def save_award(session: Session, conf: str, award: Award) -> None:
    """Insert or update an award."""
    session.merge(
        AwardRow(
            conf=conf,
            id=award.id,
            level_id=award.level_id,
            lane_id=award.lane_id,
            cue_id=award.cue_id,
            call_order=award.call_order,
            kind=award.kind,
            recipient=award.recipient,
            organisation=award.organisation,
            guest_id=award.guest_id,
            profile=award.profile,
            state=award.state,
            revealed_at=award.revealed_at,
        )
    )
    session.flush()


def save_level(session: Session, conf: str, level: Level) -> None:
    """Insert or update a level."""
    session.merge(
        LevelRow(
            conf=conf,
            id=level.id,
            rank=level.rank,
            label=level.label.as_doc(),
            honour=level.honour.as_doc(),
            prize_won=level.prize_won,
            reveal_style=level.reveal_style,
        )
    )
    session.flush()


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Render everything of the awards that a stream may see."""
    return {**awards_documents(stream, all_awards(session, conf), all_levels(session, conf))}


def _level(row: LevelRow) -> Level:
    return Level(
        id=LevelId(row.id),
        rank=row.rank,
        label=Text.of(row.label),
        honour=Text.of(row.honour),
        prize_won=row.prize_won,
        reveal_style=RevealStyle(row.reveal_style),
    )


def _award(row: AwardRow) -> Award:
    return Award(
        id=AwardId(row.id),
        level_id=LevelId(row.level_id),
        lane_id=LaneId(row.lane_id),
        cue_id=CueId(row.cue_id),
        call_order=row.call_order,
        kind=AwardKind(row.kind),
        recipient=row.recipient,
        organisation=row.organisation,
        guest_id=row.guest_id,
        profile=row.profile,
        state=AwardState(row.state),
        revealed_at=row.revealed_at,
    )
