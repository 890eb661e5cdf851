"""Giving and revoking certificates of attendance."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.attendance import certificate_store, store
from conference_hub.attendance.certificates import (
    ALPHABET,
    CODE_LENGTH,
    About,
    AttendedSession,
    Certificate,
    Code,
    Way,
    needed_minutes,
    printed_name,
    ways_of,
)
from conference_hub.attendance.facts import CertificateRevoked, CertificatesGiven
from conference_hub.attendance.hours import hours_of
from conference_hub.attendance.keys import CERTIFICATES
from conference_hub.attendance.model import AttendanceSetup
from conference_hub.attendance.reporting import Line, lines
from conference_hub.attendance.spans import possible_minutes
from conference_hub.conferences.model import Conference
from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.people.model import Guest

Covers = Callable[[str], bool]
"""Whether the type of certificates has every letter of a text."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one guest may have: `minutes` attended and `needed`, and the certificate they have (None: none yet).

    `named`: somebody without a name gets none.
    """

    minutes: int
    needed: int
    named: bool
    certificate: Certificate | None = None

    @property
    def enough(self) -> bool:
        """Whether they attended for as long as is needed."""
        return self.minutes >= self.needed


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What a certificate says of somebody's attendance, in the words of `Certificate`."""

    about: About
    minutes: int | None
    ways: tuple[Way, ...]
    sessions: tuple[AttendedSession, ...] = ()


def claim_of(session: Session, conference: Conference, guest: Guest, now: datetime) -> Claim | None:
    """Return what a guest may have of certificates; None while none are given, and before the end."""
    setup = store.find_setup(session, conference.slug)
    if not setup.certificates or now < conference.ends_at:
        return None
    [line] = lines(session, conference, [guest], setup, now)
    return Claim(
        minutes=line.attended.minutes,
        needed=needed_minutes(setup, possible_minutes(hours_of(conference))),
        named=bool(guest.name),
        certificate=certificate_store.certificate_of(session, conference.slug, guest.id, About.DAY),
    )


def give(write: Write, conference: Conference, guests: Iterable[Line], covers: Covers) -> int:
    """Give a certificate to each of these who attended long enough and has none; returns how many got one.

    Who is not named, or has a name that the type cannot set, gets none. Raises Refused (`certificates_off`,
    `not_over`).
    """
    setup = require_open(store.find_setup(write.session, write.conf), conference, write.at)
    needed = needed_minutes(setup, possible_minutes(hours_of(conference)))
    have = certificate_store.holders(write.session, write.conf, About.DAY)
    made = (
        make(write.at, conference, setup, line.guest, covers, _of_day(line))
        for line in guests
        if line.attended.minutes >= needed and line.guest.id not in have
    )
    return keep(write, [one for one in made if one is not None])


def keep(write: Write, made: Collection[Certificate]) -> int:
    """Give certificates that were made; returns how many."""
    certificate_store.add_certificates(write.session, write.conf, made)
    if made:
        write.publish(CertificatesGiven(count=len(made)), CERTIFICATES, {})
    return len(made)


def require_open(setup: AttendanceSetup, conference: Conference, at: datetime) -> AttendanceSetup:
    """Return the setup.

    Raises Refused where no certificates are given (`certificates_off`), or not yet (`not_over`).
    """
    if not setup.certificates:
        raise Refused(msg("이 행사는 참석 증명서를 발급하지 않습니다."), code="certificates_off")
    if at < conference.ends_at:
        raise Refused(msg("참석 증명서는 행사가 끝난 뒤에 발급합니다."), code="not_over")
    return setup


def revoke(write: Write, code: str) -> None:
    """Say that a certificate does not hold any more; one that was revoked stays so. Raises NotFound."""
    if certificate_store.get_certificate(write.session, write.conf, code).valid:
        certificate_store.revoke_certificate(write.session, write.conf, code, write.at)
        write.publish(CertificateRevoked(), CERTIFICATES, {})


def leave(write: Write, guests: Collection[str]) -> None:
    """Revoke the certificates of guests who are taken off the list, without their names (`Hub.guests_leaving`)."""
    if guests and certificate_store.forget_holders(write.session, write.conf, guests, write.at):
        write.publish(CertificateRevoked(), CERTIFICATES, {})


def make(
    at: datetime,
    conference: Conference,
    setup: AttendanceSetup,
    guest: Guest,
    covers: Covers,
    matter: Matter,
) -> Certificate | None:
    """Return a certificate of a guest as of `at`, which is not kept yet; None for one whose name cannot stand on it."""
    name = printed_name(guest, covers)
    if name is None:
        return None
    organisation = guest.organisation
    return Certificate(
        code=Code("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))),
        guest_id=guest.id,
        name=name,
        organisation=organisation if organisation and covers(organisation) else None,
        minutes=matter.minutes,
        ways=matter.ways,
        title=conference.title,
        issuer=setup.issuer or conference.host,
        issued_at=at,
        about=matter.about,
        sessions=matter.sessions,
    )


def unnameable(guest: Guest, covers: Covers) -> Refused | None:
    """Return why no certificate can name a guest (`no_name`, `no_type`); None: one can."""
    if not guest.name:
        return Refused(msg("이름이 없는 참석자에게는 증명서를 발급하지 않습니다."), code="no_name")
    if printed_name(guest, covers) is None:
        return Refused(
            msg("이름에 증명서 글꼴로 쓸 수 없는 글자가 있습니다. 주최 측에 발음 표기를 알려 주세요."),
            code="no_type",
        )
    return None


def _of_day(line: Line) -> Matter:
    return Matter(about=About.DAY, minutes=line.attended.minutes, ways=ways_of(line.attended))
