"""Online sessions and their series: rows to model and back, and the sessions as documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.lane_store import load_run
from conference_hub.agenda.projection import project_run
from conference_hub.agenda.run_store import live_run
from conference_hub.conferences.kept import bump_revision
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.now import iso, parse_iso
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text
from conference_hub.followup.documents import session_document
from conference_hub.followup.keys import session_key
from conference_hub.followup.model import (
    Material,
    OnlineSession,
    Series,
    SeriesId,
    SessionId,
    SessionStatus,
    Speaker,
)
from conference_hub.followup.overtaken import Overtaken, overtaken
from conference_hub.followup.sign_up_store import session_ids_of_guest, signed_up
from conference_hub.followup.tables import (
    OnlineSessionRow,
    SeriesRow,
)


def all_sessions(session: Session, conf: str) -> list[OnlineSession]:
    """Return the online sessions of a conference in the order of their start."""
    rows = session.scalars(
        sa.select(OnlineSessionRow)
        .where(OnlineSessionRow.conf == conf)
        .order_by(OnlineSessionRow.starts_at, OnlineSessionRow.id)
    )
    return [_session(row) for row in rows]


def public_sessions(session: Session, conf: str) -> list[OnlineSession]:
    """Return the sessions that everybody knows, cancelled ones included, in the order of their start."""
    return [online for online in all_sessions(session, conf) if not online.is_draft]


def get_public_session(session: Session, conf: str, session_id: str) -> OnlineSession:
    """Return one session that everybody knows; raises NotFound, also for a draft."""
    online = get_session(session, conf, session_id)
    if online.is_draft:
        raise NotFound(msg("그런 후속 세션이 없습니다."))
    return online


def all_series(session: Session, conf: str) -> dict[SeriesId, Series]:
    """Return the series of a conference in their order."""
    rows = session.scalars(
        sa.select(SeriesRow).where(SeriesRow.conf == conf).order_by(SeriesRow.position, SeriesRow.id)
    )
    return {SeriesId(row.id): _series(row) for row in rows}


def save_series(session: Session, conf: str, series: Iterable[Series]) -> None:
    """Make these the series of a conference, in this order."""
    kept = list(series)
    gone = sa.and_(SeriesRow.conf == conf, SeriesRow.id.not_in([one.id for one in kept]))
    session.execute(sa.delete(SeriesRow).where(gone))
    for position, one in enumerate(kept, start=1):
        description = one.description.as_doc() if one.description else None
        session.merge(
            SeriesRow(
                conf=conf,
                id=one.id,
                title=one.title.as_doc(),
                description=description,
                position=position,
            )
        )
    bump_revision(session, conf)


def delete_session(session: Session, online: OnlineSession) -> None:
    """Remove a session for which nobody signed up."""
    row = session.get(OnlineSessionRow, (online.conf, online.id))
    if row is not None:
        session.delete(row)
    bump_revision(session, online.conf)


def get_session(session: Session, conf: str, session_id: str) -> OnlineSession:
    """Return one online session; raises NotFound."""
    found = find_session(session, conf, session_id)
    if found is None:
        raise NotFound(msg("그런 후속 세션이 없습니다."))
    return found


def find_session(session: Session, conf: str, session_id: str) -> OnlineSession | None:
    """Return one online session, or None."""
    row = session.get(OnlineSessionRow, (conf, session_id))
    return _session(row) if row else None


def find_by_uid(session: Session, uid: str) -> OnlineSession | None:
    """Return the online session that calendars know by this UID, of whichever conference, or None."""
    row = session.scalars(sa.select(OnlineSessionRow).where(OnlineSessionRow.uid == uid)).one_or_none()
    return _session(row) if row else None


def save_session(session: Session, online: OnlineSession) -> None:
    """Insert or update an online session, and count the change for what is kept in memory."""
    session.merge(
        OnlineSessionRow(
            conf=online.conf,
            id=online.id,
            title=online.title.as_doc(),
            description=online.description.as_doc() if online.description else None,
            starts_at=online.starts_at,
            ends_at=online.ends_at,
            url=online.url,
            uid=online.uid,
            sequence=online.sequence,
            status=online.status,
            changed_at=online.changed_at,
            capacity=online.capacity,
            series_id=online.series_id,
            speakers=[{"name": one.name, "role": one.role} for one in online.speakers],
            host=online.host.as_doc() if online.host else None,
            waits=online.waits,
            link_opens_at=online.link_opens_at,
            materials=[_material_record(one) for one in online.materials],
            cases=online.cases.as_doc() if online.cases else None,
            moved_from=online.moved_from,
        )
    )
    bump_revision(session, online.conf)


def sessions_of_guest(session: Session, conf: str, guest_id: str) -> list[OnlineSession]:
    """Return the sessions in which a guest has a seat, in the order of their start."""
    mine = set(session_ids_of_guest(session, conf, guest_id))
    return [online for online in all_sessions(session, conf) if online.id in mine]


def overtaken_now(session: Session, conf: str, now: datetime) -> list[Overtaken]:
    """Return the sessions into which the live run of the day goes at present."""
    run = load_run(session, conf, live_run(session, conf))
    return overtaken(project_run(run, now), public_sessions(session, conf), now)


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Render the sessions; every audience sees the same, and nobody who signed up."""
    del stream
    taken, series = signed_up(session, conf), all_series(session, conf)
    return {
        session_key(online.id): session_document(online, taken.get(online.id, 0), series)
        for online in public_sessions(session, conf)
    }


def _session(row: OnlineSessionRow) -> OnlineSession:
    return OnlineSession(
        id=SessionId(row.id),
        conf=row.conf,
        title=Text.of(row.title),
        description=Text.of(row.description) if row.description else None,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        url=row.url,
        uid=row.uid,
        sequence=row.sequence,
        status=SessionStatus(row.status),
        changed_at=row.changed_at,
        capacity=row.capacity,
        series_id=SeriesId(row.series_id) if row.series_id else None,
        speakers=tuple(Speaker(name=one["name"], role=one["role"]) for one in row.speakers),
        host=Text.of(row.host) if row.host else None,
        waits=row.waits,
        link_opens_at=row.link_opens_at,
        materials=tuple(map(_material, row.materials)),
        cases=Text.of(row.cases) if row.cases else None,
        moved_from=row.moved_from,
    )


def _material_record(material: Material) -> dict[str, str | None]:
    at = material.public_from
    return {"title": material.title, "url": material.url, "public_from": iso(at) if at else None}


def _material(record: Mapping[str, str]) -> Material:
    at = record["public_from"]
    return Material(title=record["title"], url=record["url"], public_from=parse_iso(at) if at else None)


def _series(row: SeriesRow) -> Series:
    return Series(
        id=SeriesId(row.id),
        title=Text.of(row.title),
        description=Text.of(row.description) if row.description else None,
    )
