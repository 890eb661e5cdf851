"""Lists of what still gives access, with its last use: accounts, links, tokens, devices."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.model import Role
from conference_hub.access.standing import valid
from conference_hub.access.tables import (
    AccountGrantRow,
    AccountRow,
    MachineTokenRow,
    SessionGrantRow,
    SignInLinkRow,
    WebSessionRow,
)
from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotFound, msg

MOST_LINKS = 50
"""Links of one guest that are listed."""


@dataclass(frozen=True, kw_only=True)
class GivenLink:
    """A sign-in link; a `spent` one was used and cannot be used again, but the browser it signed in may still be."""

    id: str
    conf: str
    role: Role
    name: str
    guest_id: str | None
    once: bool
    made_at: datetime | None
    made_by: Actor
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None = None

    @property
    def spent(self) -> bool:
        """Whether it cannot be used any more."""
        return self.once and self.last_used_at is not None


@dataclass(frozen=True, kw_only=True)
class GivenToken:
    """A machine token."""

    id: str
    conf: str
    role: Role
    name: str
    made_at: datetime
    made_by: Actor
    last_used_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Device:
    """A signed-in browser with a role in a conference; `roles` are those it has there, `device_id` acts."""

    id: str
    device_id: str
    conf: str
    name: str
    login: str | None
    browser: str | None
    signed_in_at: datetime
    last_used_at: datetime | None
    roles: tuple[Role, ...]


@dataclass(frozen=True, kw_only=True)
class Member:
    """An account with its roles in a conference."""

    id: str
    login: str
    name: str
    roles: tuple[Role, ...]
    made_at: datetime
    last_used_at: datetime | None
    disabled: bool
    has_password: bool


def links(session: Session, conf: str, at: datetime) -> list[GivenLink]:
    """Return the links of a conference that are neither expired nor revoked, the newest first."""
    rows = session.scalars(_LINKS, {"conf_": conf, "at_": at})
    return [_link(row) for row in rows]


def personal_links_of(
    session: Session, conf: str, at: datetime, guest_ids: Collection[str]
) -> dict[str, GivenLink]:
    """Return the personal link of each of these guests who has one, by guest id."""
    rows = session.scalars(_LINKS_OF, {"conf_": conf, "at_": at, "guests_": list(guest_ids)})
    return {link.guest_id: link for link in map(_link, rows) if link.guest_id is not None and not link.once}


def all_personal_links(session: Session, conf: str, guest_id: str) -> list[GivenLink]:
    """Return the personal links of a guest, ended ones too, the newest first."""
    mine = sa.select(SignInLinkRow).where(
        SignInLinkRow.conf == conf, SignInLinkRow.guest_id == guest_id, SignInLinkRow.once.is_(False)
    )
    newest = mine.order_by(SignInLinkRow.created_at.desc(), SignInLinkRow.id).limit(MOST_LINKS)
    return [_link(row) for row in session.scalars(newest)]


def tokens(session: Session, conf: str) -> list[GivenToken]:
    """Return the machine tokens of a conference that are not revoked, the newest first."""
    rows = session.scalars(_TOKENS, {"conf_": conf})
    return [
        GivenToken(
            id=row.id,
            conf=row.conf,
            role=Role(row.role),
            name=row.name,
            made_at=row.created_at,
            made_by=Actor.stored(row.created_by_actor, row.created_by),
            last_used_at=row.last_used_at,
        )
        for row in rows
    ]


def devices(session: Session, conf: str, at: datetime) -> list[Device]:
    """Return the signed-in browsers with a role in a conference, the latest used first."""
    rows = session.execute(_DEVICES, {"conf_": conf, "at_": at}).all()
    roles: dict[str, set[Role]] = {}
    for row, _login, *held in rows:
        roles.setdefault(row.id, set()).update(Role(role) for role in held if role)
    found = {row.id: _device(row, login, conf, roles[row.id]) for row, login, *_ in rows}
    return sorted(found.values(), key=lambda device: device.last_used_at or device.signed_in_at, reverse=True)


def members(session: Session, conf: str) -> list[Member]:
    """Return the accounts with a role in a conference, by login."""
    rows = session.execute(_MEMBERS, {"conf_": conf}).all()
    roles: dict[str, set[Role]] = {}
    for row, role in rows:
        roles.setdefault(row.id, set()).add(Role(role))
    return [_member(row, roles[row.id]) for row in {row.id: row for row, _ in rows}.values()]


def get_member(session: Session, conf: str, account_id: str) -> Member:
    """Return one account with a role in a conference; raises NotFound."""
    found = next((member for member in members(session, conf) if member.id == account_id), None)
    if found is None:
        raise NotFound(msg("이 행사에 권한이 있는 계정이 아닙니다."))
    return found


def _link(row: SignInLinkRow) -> GivenLink:
    return GivenLink(
        id=row.id,
        conf=row.conf,
        role=Role(row.role),
        name=row.name,
        guest_id=row.guest_id,
        once=row.once,
        made_at=row.created_at,
        made_by=Actor.stored(row.created_by_actor, row.created_by),
        expires_at=row.expires_at,
        last_used_at=row.used_at,
        revoked_at=row.revoked_at,
    )


def _device(row: WebSessionRow, login: str | None, conf: str, roles: set[Role]) -> Device:
    return Device(
        id=row.id,
        device_id=row.device_id,
        conf=conf,
        name=row.name,
        login=login,
        browser=row.browser,
        signed_in_at=row.created_at,
        last_used_at=row.last_used_at,
        roles=_in_order(roles),
    )


def _member(row: AccountRow, roles: set[Role]) -> Member:
    return Member(
        id=row.id,
        login=row.login,
        name=row.name,
        roles=_in_order(roles),
        made_at=row.created_at,
        last_used_at=row.last_used_at,
        disabled=row.disabled_at is not None,
        has_password=row.password_hash is not None,
    )


def _in_order(roles: set[Role]) -> tuple[Role, ...]:
    return tuple(role for role in Role if role in roles)


_CONF: sa.BindParameter[str] = sa.bindparam("conf_")
_AT: sa.BindParameter[datetime] = sa.bindparam("at_")
_LINKS = (
    sa.select(SignInLinkRow)
    .where(SignInLinkRow.conf == _CONF, SignInLinkRow.revoked_at.is_(None), SignInLinkRow.expires_at > _AT)
    .order_by(SignInLinkRow.expires_at.desc(), SignInLinkRow.id)
)
_LINKS_OF = _LINKS.where(SignInLinkRow.guest_id.in_(sa.bindparam("guests_", expanding=True)))
_TOKENS = (
    sa.select(MachineTokenRow)
    .where(MachineTokenRow.conf == _CONF, MachineTokenRow.revoked_at.is_(None))
    .order_by(MachineTokenRow.created_at.desc(), MachineTokenRow.id)
)
_DEVICES = (
    sa.select(WebSessionRow, AccountRow.login, SessionGrantRow.role, AccountGrantRow.role)
    .outerjoin(AccountRow, AccountRow.id == WebSessionRow.account_id)
    .outerjoin(
        SessionGrantRow,
        sa.and_(SessionGrantRow.session_id == WebSessionRow.id, SessionGrantRow.conf == _CONF),
    )
    .outerjoin(
        AccountGrantRow,
        sa.and_(AccountGrantRow.account_id == AccountRow.id, AccountGrantRow.conf == _CONF),
    )
    .where(
        valid(_AT),
        sa.or_(SessionGrantRow.role.is_not(None), AccountGrantRow.role.is_not(None)),
    )
)
_MEMBERS = (
    sa.select(AccountRow, AccountGrantRow.role)
    .join(AccountGrantRow, AccountGrantRow.account_id == AccountRow.id)
    .where(AccountGrantRow.conf == _CONF)
    .order_by(AccountRow.login)
)
