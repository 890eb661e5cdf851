"""Certificates about the follow-up: who may have one, and giving them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.attendance import certificate_actions, certificate_store
from conference_hub.attendance import store as attendance_store
from conference_hub.attendance.certificate_actions import Covers, Matter
from conference_hub.attendance.certificates import About, AttendedSession, Certificate, Way, whole_minutes
from conference_hub.attendance.model import AttendanceSetup
from conference_hub.conferences.model import Conference
from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.followup import answer_store, store
from conference_hub.people.model import Guest, GuestId
from conference_hub.people.store import guests_of

Attended = tuple[AttendedSession, ...]


@dataclass(frozen=True, kw_only=True)
class SessionsClaim:
    """What one guest may have: `sessions` attended, how many are `needed`, and the certificate they have (or None).

    `named`: somebody without a name gets none.
    """

    sessions: Attended
    needed: int
    named: bool
    certificate: Certificate | None

    @property
    def enough(self) -> bool:
        """Whether they attended as many sessions as are needed."""
        return len(self.sessions) >= self.needed

    @property
    def changed(self) -> bool:
        """Whether what they attended is no longer what their certificate says."""
        return self.certificate is not None and self.certificate.sessions != self.sessions


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many guests attended a session, attended `enough` of them, `have` a certificate, and lack (`left`) theirs.

    `unnamed` attended enough of them and have no name, so that they get none; they are not `left`.
    """

    attended: int
    enough: int
    have: int
    left: int
    unnamed: int


def counts(session: Session, conf: str, now: datetime) -> Counts:
    """Return how many may have a certificate about the follow-up, and have one."""
    needed = needed_sessions(attendance_store.find_setup(session, conf))
    found = attended(session, conf, now)
    have = certificate_store.holders(session, conf, About.FOLLOW_UP)
    enough = {guest_id for guest_id, sessions in found.items() if len(sessions) >= needed}
    lack = guests_of(session, conf, enough - have)
    named = sum(bool(guest.name) for guest in lack)
    return Counts(
        attended=len(found), enough=len(enough), have=len(have), left=named, unnamed=len(lack) - named
    )


def needed_sessions(setup: AttendanceSetup) -> int:
    """Return how many sessions a certificate needs; at least one."""
    return setup.min_sessions or 1


def attended(
    session: Session, conf: str, now: datetime, guest_id: str | None = None
) -> dict[GuestId, Attended]:
    """Return the sessions that each guest (or one of them) attended, in the order of their start.

    A session counts once it is over, and not while it is cancelled.
    """
    held = [
        one for one in store.public_sessions(session, conf) if not one.is_cancelled and one.ends_at <= now
    ]
    found = {}
    for guest, lines in answer_store.joined_by_guest(session, conf, guest_id).items():
        minutes = {line.session_id: line.minutes for line in lines}
        sessions = tuple(
            AttendedSession(title=one.title, starts_at=one.starts_at, minutes=minutes[one.id])
            for one in held
            if one.id in minutes
        )
        if sessions:
            found[guest] = sessions
    return found


def claim_of(session: Session, conf: str, guest: Guest, now: datetime) -> SessionsClaim | None:
    """Return what a guest may have of certificates about the follow-up; None while none are given, or for nothing."""
    setup = attendance_store.find_setup(session, conf)
    if not setup.follow_up:
        return None
    sessions = attended(session, conf, now, guest.id).get(guest.id, ())
    certificate = certificate_store.certificate_of(session, conf, guest.id, About.FOLLOW_UP)
    if not sessions and certificate is None:
        return None
    return SessionsClaim(
        sessions=sessions,
        needed=needed_sessions(setup),
        named=bool(guest.name),
        certificate=certificate,
    )


def give(write: Write, conference: Conference, guests: Iterable[Guest], covers: Covers) -> int:
    """Give a certificate to each of these who attended enough sessions and has none; returns how many got one.

    Who is not named, or has a name that the type cannot set, gets none. Raises Refused (`certificates_off`).
    """
    setup = require_on(attendance_store.find_setup(write.session, write.conf))
    found = attended(write.session, write.conf, write.at)
    have = certificate_store.holders(write.session, write.conf, About.FOLLOW_UP)
    made = [
        _make(write.at, conference, setup, guest, covers, found[guest.id])
        for guest in guests
        if guest.id not in have and len(found.get(guest.id, ())) >= needed_sessions(setup)
    ]
    return certificate_actions.keep(write, [one for one in made if one is not None])


def give_own(write: Write, conference: Conference, guest: Guest, covers: Covers) -> None:
    """Give a guest a certificate that says what they attended; an earlier one that says something else is revoked.

    Raises Refused (`certificates_off`, `too_few`, `no_name`, `no_type`); an earlier one holds on then.
    """
    setup = require_on(attendance_store.find_setup(write.session, write.conf))
    sessions = attended(write.session, write.conf, write.at, guest.id).get(guest.id, ())
    before = certificate_store.certificate_of(write.session, write.conf, guest.id, About.FOLLOW_UP)
    if before is not None and before.sessions == sessions:
        return
    if len(sessions) < needed_sessions(setup):
        raise Refused(msg("참석한 세션이 증명서 발급 조건에 모자랍니다."), code="too_few")
    made = _make(write.at, conference, setup, guest, covers, sessions)
    if made is None:
        raise certificate_actions.unnameable(guest, covers) or AssertionError("a name that can be set")
    if before is not None:
        certificate_actions.revoke(write, before.code)
    certificate_actions.keep(write, [made])


def require_on(setup: AttendanceSetup) -> AttendanceSetup:
    """Return the setup; raises Refused (`certificates_off`) where no certificates about the follow-up are given."""
    if not setup.follow_up:
        raise Refused(msg("이 행사는 후속 세션 참석 증명서를 발급하지 않습니다."), code="certificates_off")
    return setup


def _make(
    at: datetime,
    conference: Conference,
    setup: AttendanceSetup,
    guest: Guest,
    covers: Covers,
    sessions: Attended,
) -> Certificate | None:
    matter = Matter(
        about=About.FOLLOW_UP, minutes=whole_minutes(sessions), ways=(Way.ONLINE,), sessions=sessions
    )
    return certificate_actions.make(at, conference, setup, guest, covers, matter)
