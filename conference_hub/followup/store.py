"""Follow-up rows to model and back, and the sessions as documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.model import new_secret
from conference_hub.conferences.kept import bump_revision
from conference_hub.conferences.model import State
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.now import iso, parse_iso
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text
from conference_hub.followup.documents import session_document
from conference_hub.followup.keys import session_key
from conference_hub.followup.model import (
    Material,
    OnlineSession,
    PersonalCalendar,
    Series,
    SeriesId,
    SessionId,
    SessionStatus,
    SignUp,
    Speaker,
)
from conference_hub.followup.tables import (
    OnlineSessionRow,
    PersonalCalendarRow,
    SeriesRow,
    SignUpRow,
)
from conference_hub.people.model import GuestId


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
        )
    )
    bump_revision(session, online.conf)


def sign_ups(session: Session, conf: str, session_id: str) -> list[SignUp]:
    """Return the sign-ups for one session, the earliest first."""
    rows = session.scalars(
        sa.select(SignUpRow)
        .where(SignUpRow.conf == conf, SignUpRow.session_id == session_id)
        .order_by(SignUpRow.at, SignUpRow.guest_id)
    )
    return [_sign_up(row) for row in rows]


def sessions_of_guest(session: Session, conf: str, guest_id: str) -> list[OnlineSession]:
    """Return the sessions in which a guest has a seat, in the order of their start."""
    mine = set(session_ids_of_guest(session, conf, guest_id))
    return [online for online in all_sessions(session, conf) if online.id in mine]


def session_ids_of_guest(session: Session, conf: str, guest_id: str) -> list[SessionId]:
    """Return the ids of the sessions in which a guest has a seat, sorted."""
    places = _places(session, conf, guest_id)
    return [session_id for session_id, place in places.items() if place is None]


def waiting_of_guest(session: Session, conf: str, guest_id: str) -> dict[SessionId, int]:
    """Return as which one (from 1) a guest waits for a seat, by session."""
    places = _places(session, conf, guest_id)
    return {session_id: place for session_id, place in places.items() if place is not None}


def _places(session: Session, conf: str, guest_id: str) -> dict[SessionId, int | None]:
    """Return for each session that a guest signed up for None, or as which one they wait."""
    rows = session.execute(
        sa.select(_RANKED.c.session_id, _RANKED.c.place, _RANKED.c.capacity)
        .where(_RANKED.c.conf == conf, _RANKED.c.guest_id == guest_id)
        .order_by(_RANKED.c.session_id)
    )
    return {SessionId(one): place - seats if _waits(place, seats) else None for one, place, seats in rows}


def _waits(place: int, seats: int | None) -> bool:
    return seats is not None and place > seats


def save_sign_up(session: Session, conf: str, sign_up: SignUp) -> None:
    """Insert a sign-up unless it exists."""
    key = (conf, sign_up.session_id, sign_up.guest_id)
    if session.get(SignUpRow, key) is None:
        session.add(
            SignUpRow(
                conf=conf,
                session_id=sign_up.session_id,
                guest_id=sign_up.guest_id,
                at=sign_up.at,
            )
        )
        session.flush()


def delete_sign_up(session: Session, conf: str, sign_up: SignUp) -> None:
    """Remove a sign-up."""
    row = session.get(SignUpRow, (conf, sign_up.session_id, sign_up.guest_id))
    if row is not None:
        session.delete(row)
        session.flush()


def forget_guests(session: Session, conf: str, guest_ids: Collection[str]) -> list[SessionId]:
    """Remove the sign-ups and own calendars of guests; returns the sessions that lost one, sorted."""
    theirs = sa.and_(SignUpRow.conf == conf, SignUpRow.guest_id.in_(guest_ids))
    lost = session.scalars(sa.select(SignUpRow.session_id).where(theirs).distinct()).all()
    session.execute(sa.delete(SignUpRow).where(theirs))
    own = sa.and_(PersonalCalendarRow.conf == conf, PersonalCalendarRow.guest_id.in_(guest_ids))
    session.execute(sa.delete(PersonalCalendarRow).where(own))
    return sorted(map(SessionId, lost))


def calendar_token(session: Session, conf: str, guest_id: str) -> str:
    """Return the secret of a guest's own calendar; makes it at the first call (needs a writing session then)."""
    row = session.get(PersonalCalendarRow, (conf, guest_id))
    if row is None:
        row = PersonalCalendarRow(conf=conf, guest_id=guest_id, token=new_secret())
        session.add(row)
        session.flush()
    return row.token


def find_calendar_token(session: Session, conf: str, guest_id: str) -> str | None:
    """Return the secret of a guest's own calendar, or None when there is none yet."""
    row = session.get(PersonalCalendarRow, (conf, guest_id))
    return row.token if row else None


def find_personal_calendar(session: Session, token: str) -> PersonalCalendar | None:
    """Return what the personal calendar with this secret holds at present, or None; one statement."""
    rows = session.connection().execute(_PERSONAL_CALENDAR, {"token_": token}).all()
    if not rows:
        return None
    mine = [SessionId(row.session_id) for row in rows if row.session_id is not None]
    return PersonalCalendar(
        conf=rows[0].conf,
        guest_id=GuestId(rows[0].guest_id),
        revision=rows[0].revision,
        state=State(rows[0].state),
        session_ids=tuple(mine),
    )


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Render the sessions; every audience sees the same, and nobody who signed up."""
    del stream
    taken, series = signed_up(session, conf), all_series(session, conf)
    return {
        session_key(online.id): session_document(online, taken.get(online.id, 0), series)
        for online in public_sessions(session, conf)
    }


def signed_up(session: Session, conf: str) -> dict[str, int]:
    """Return how many guests signed up, by session; sessions without any are left out."""
    rows = session.execute(
        sa.select(SignUpRow.session_id, sa.func.count())
        .where(SignUpRow.conf == conf)
        .group_by(SignUpRow.session_id)
    )
    return {session_id: taken for session_id, taken in rows}  # noqa: C416 - dict(rows) has no types


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


def _sign_up(row: SignUpRow) -> SignUp:
    return SignUp(session_id=SessionId(row.session_id), guest_id=GuestId(row.guest_id), at=row.at)


_RANKED = (
    sa.select(
        SignUpRow.conf,
        SignUpRow.session_id,
        SignUpRow.guest_id,
        OnlineSessionRow.capacity,
        sa.func.row_number()
        .over(
            partition_by=[SignUpRow.conf, SignUpRow.session_id], order_by=[SignUpRow.at, SignUpRow.guest_id]
        )
        .label("place"),
    )
    .join(
        OnlineSessionRow,
        sa.and_(OnlineSessionRow.conf == SignUpRow.conf, OnlineSessionRow.id == SignUpRow.session_id),
    )
    .subquery("ranked")
)
"""Every sign-up with its place in its session, from 1."""
_PERSONAL_CALENDAR = (
    sa.select(
        PersonalCalendarRow.conf,
        PersonalCalendarRow.guest_id,
        ConferenceRow.revision,
        ConferenceRow.state,
        _RANKED.c.session_id,
    )
    .join(ConferenceRow, ConferenceRow.slug == PersonalCalendarRow.conf)
    .outerjoin(
        _RANKED,
        sa.and_(
            _RANKED.c.conf == PersonalCalendarRow.conf,
            _RANKED.c.guest_id == PersonalCalendarRow.guest_id,
            sa.or_(_RANKED.c.capacity.is_(None), _RANKED.c.place <= _RANKED.c.capacity),
        ),
    )
    .where(PersonalCalendarRow.token == sa.bindparam("token_"))
    .order_by(_RANKED.c.session_id)
)
