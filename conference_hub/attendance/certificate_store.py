"""Certificates: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.attendance.certificate_tables import CertificateRow
from conference_hub.attendance.certificates import About, AttendedSession, Certificate, Code, Way
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.text import Text
from conference_hub.people.model import GuestId


def get_certificate(session: Session, conf: str, code: str) -> Certificate:
    """Return a certificate, revoked or not; raises NotFound."""
    found = session.connection().execute(_ONE, {"conf_": conf, "code_": code}).first()
    if found is None:
        raise NotFound(msg("그런 증명서가 없습니다. 확인 번호를 다시 봐 주세요."))
    return _certificate(found)


def certificate_of(session: Session, conf: str, guest_id: str, about: About) -> Certificate | None:
    """Return the certificate of a guest about the day, or about the follow-up, that holds; or None."""
    values = {"conf_": conf, "guest_": guest_id, "about_": about.value}
    row = session.connection().execute(_OF_GUEST, values).first()
    return _certificate(row) if row else None


def holders(session: Session, conf: str, about: About) -> set[str]:
    """Return the guests who have a certificate about the day, or about the follow-up, that holds."""
    return set(session.connection().execute(_HOLDERS, {"conf_": conf, "about_": about.value}).scalars())


def all_certificates(session: Session, conf: str) -> Iterator[Certificate]:
    """Yield the certificates, those of one name together, the newest first."""
    return (_certificate(row) for row in session.connection().execute(_ALL, {"conf_": conf}))


def add_certificates(session: Session, conf: str, certificates: Iterable[Certificate]) -> None:
    """Insert certificates."""
    rows = [
        {
            "conf": conf,
            "code": one.code,
            "guest_id": one.guest_id,
            "name": one.name,
            "organisation": one.organisation,
            "minutes": one.minutes,
            "ways": [way.value for way in one.ways],
            "title": one.title.as_doc(),
            "issuer": one.issuer.as_doc(),
            "issued_at": one.issued_at,
            "revoked_at": one.revoked_at,
            "about": one.about.value,
            "sessions": [_session_doc(attended) for attended in one.sessions],
        }
        for one in certificates
    ]
    if rows:
        session.connection().execute(sa.insert(_TABLE), rows)


def revoke_certificate(session: Session, conf: str, code: str, at: datetime) -> None:
    """Write down that a certificate does not hold any more."""
    session.connection().execute(_REVOKE, {"conf_": conf, "code_": code, "at_": at})


def forget_holders(session: Session, conf: str, guest_ids: Collection[str], at: datetime) -> int:
    """Take the names out of the certificates of guests who leave the list, and revoke them; returns how many."""
    values = {"conf_": conf, "guests_": sorted(guest_ids), "at_": at}
    return int(session.connection().execute(_FORGET, values).rowcount)


def _session_doc(attended: AttendedSession) -> dict[str, Any]:
    return {
        "title": attended.title.as_doc(),
        "starts_at": attended.starts_at.isoformat(),
        "minutes": attended.minutes,
    }


def _session(doc: dict[str, Any]) -> AttendedSession:
    return AttendedSession(
        title=Text.of(doc["title"]),
        starts_at=datetime.fromisoformat(doc["starts_at"]),
        minutes=doc["minutes"],
    )


def _certificate(row: sa.Row[Any]) -> Certificate:
    return Certificate(
        code=Code(row.code),
        guest_id=GuestId(row.guest_id) if row.guest_id else None,
        name=row.name,
        organisation=row.organisation,
        minutes=row.minutes,
        ways=tuple(map(Way, row.ways)),
        title=Text.of(row.title),
        issuer=Text.of(row.issuer),
        issued_at=row.issued_at,
        revoked_at=row.revoked_at,
        about=About(row.about),
        sessions=tuple(map(_session, row.sessions)),
    )


_TABLE = cast("sa.Table", CertificateRow.__table__)
_C = _TABLE.c
_OF_CONF = _C.conf == sa.bindparam("conf_")
_HOLDS = _C.revoked_at.is_(None)
_ABOUT = _C.about == sa.bindparam("about_")
_ALL = sa.select(_TABLE).where(_OF_CONF).order_by(_C.name, _C.guest_id, _C.issued_at.desc(), _C.code)
_ONE = sa.select(_TABLE).where(_OF_CONF, _C.code == sa.bindparam("code_"))
_OF_GUEST = sa.select(_TABLE).where(_OF_CONF, _C.guest_id == sa.bindparam("guest_"), _HOLDS, _ABOUT)
_HOLDERS = sa.select(_C.guest_id).where(_OF_CONF, _HOLDS, _ABOUT, _C.guest_id.is_not(None))
_REVOKE = sa.update(_TABLE).where(_OF_CONF, _C.code == sa.bindparam("code_"), _HOLDS)
_REVOKE = _REVOKE.values(revoked_at=sa.bindparam("at_"))
_FORGET = sa.update(_TABLE).where(_OF_CONF, _C.guest_id.in_(sa.bindparam("guests_", expanding=True)))
_FORGET = _FORGET.values(
    guest_id=None,
    name=None,
    organisation=None,
    revoked_at=sa.func.coalesce(_C.revoked_at, sa.bindparam("at_", type_=_C.revoked_at.type)),
)
