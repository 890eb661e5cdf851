"""Signing in and out, and making the secrets that allow it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access import store
from conference_hub.access.model import NOBODY, Grant, Role, Viewer, fingerprint, new_secret, plain_login
from conference_hub.access.names import refuse_guests_id
from conference_hub.access.tables import (
    AccountGrantRow,
    AccountRow,
    MachineTokenRow,
    SessionGrantRow,
    SignInLinkRow,
    WebSessionRow,
)
from conference_hub.errors import Invalid, NotFound, NotSignedIn, msg

SESSION_LIFE = timedelta(days=14)
ONE_TIME_LIFE = timedelta(days=2)
MAX_NAME = 80


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A fresh session: the secret for the cookie, and what brought it about."""

    secret: str
    grant: Grant | None


def use_link(session: Session, secret: str, viewer: Viewer, at: datetime) -> SignedIn:
    """Sign a browser in by a link; a browser that is signed in already keeps its other roles.

    The session's secret is always a new one. Raises NotSignedIn when the link is unknown, used or over.
    """
    link = usable_link(session, secret, at, lock=True)
    link.used_at = at
    grant = Grant(conf=link.conf, role=Role(link.role), guest_id=link.guest_id)
    account_id = link.account_id or viewer.account_id
    row, fresh = _new_secret(session, viewer, account_id, link.name, at)
    if link.account_id is None:
        _replace_grant(session, row.id, grant)
    return SignedIn(secret=fresh, grant=grant)


def usable_link(session: Session, secret: str, at: datetime, *, lock: bool = False) -> SignInLinkRow:
    """Return the link that may be used at `at`; raises NotSignedIn when it is unknown, used or over."""
    link = store.find_link(session, secret.strip(), at, lock=lock)
    if link is None:
        raise NotSignedIn(
            msg("이 링크는 이미 사용했거나 기한이 지났습니다. 담당자에게 새 링크를 요청해 주세요."),
            field="secret",
        )
    return link


def sign_in_account(session: Session, account: AccountRow, viewer: Viewer, at: datetime) -> SignedIn:
    """Sign a browser in as an account whose password was verified.

    Whoever used a shared device before leaves nothing behind: the roles a browser got by links stay only with the same
    account.
    """
    same_person = viewer if viewer.account_id == account.id else NOBODY
    _, fresh = _new_secret(session, same_person, account.id, account.name, at)
    grants = store.account_grants(session, account.id)
    return SignedIn(secret=fresh, grant=grants[0] if grants else None)


def sign_out(session: Session, viewer: Viewer, at: datetime) -> None:
    """End the viewer's session on the server, so that a copied cookie is worth nothing."""
    if viewer.session_id is not None and (row := session.get(WebSessionRow, viewer.session_id)):
        row.revoked_at = at


def make_link(
    session: Session,
    *,
    conf: str,
    role: Role,
    at: datetime,
    name: str = "",
    guest_id: str | None = None,
    account_id: str | None = None,
    once: bool = True,
    expires_at: datetime | None = None,
) -> str:
    """Make a sign-in link and return its secret, which is not kept; one-time links live two days."""
    secret = new_secret()
    session.add(
        SignInLinkRow(
            secret=fingerprint(secret),
            conf=conf,
            role=role,
            name=name or role,
            account_id=account_id,
            guest_id=guest_id,
            once=once,
            expires_at=expires_at or at + ONE_TIME_LIFE,
        )
    )
    return secret


def add_account(
    session: Session,
    *,
    login: str,
    name: str,
    password_hash: str | None,
    grants: list[Grant],
    at: datetime,
) -> str:
    """Add an account and return its id; raises Invalid when the login is taken, or a field empty or a guest's id."""
    login, name = plain_login(login), name.strip()
    if not login or not name or len(login) > MAX_NAME or len(name) > MAX_NAME:
        raise Invalid(
            msg("아이디와 이름은 1자 이상 %(max)d자 이하여야 합니다."),
            field="login",
            max=MAX_NAME,
        )
    refuse_guests_id(login, field="login")
    refuse_guests_id(name, field="name")
    if store.find_account(session, login):
        raise Invalid(msg("이미 있는 아이디입니다: %(login)s"), field="login", login=login)
    account = AccountRow(
        id=uuid.uuid4().hex,
        login=login,
        name=name,
        password_hash=password_hash,
        created_at=at,
    )
    session.add(account)
    session.flush()
    session.add_all(AccountGrantRow(account_id=account.id, conf=g.conf, role=g.role) for g in grants)
    return account.id


def disable_account(session: Session, login: str, at: datetime) -> None:
    """Close an account and every session it has; raises NotFound."""
    account = _account(session, login)
    account.disabled_at = at
    _end_sessions(session, account, at)


def set_password(session: Session, login: str, password_hash: str, at: datetime) -> None:
    """Give an account another password and end its sessions; raises NotFound."""
    account = _account(session, login)
    account.password_hash = password_hash
    _end_sessions(session, account, at)


def make_token(session: Session, *, conf: str, role: Role, name: str, at: datetime) -> str:
    """Make a bearer token for a script and return it; only its fingerprint is kept. Raises Invalid for a guest's id."""
    refuse_guests_id(name, field="name")
    token = new_secret()
    session.add(
        MachineTokenRow(
            secret=fingerprint(token),
            conf=conf,
            role=role,
            name=name.strip() or role,
            created_at=at,
        )
    )
    return token


def _new_secret(
    session: Session, viewer: Viewer, account_id: str | None, name: str, at: datetime
) -> tuple[WebSessionRow, str]:
    fresh = new_secret()
    row = session.get(WebSessionRow, viewer.session_id) if viewer.session_id else None
    if row is None:
        row = WebSessionRow(id=uuid.uuid4().hex, created_at=at)
        session.add(row)
    row.secret = fingerprint(fresh)
    row.account_id, row.name, row.expires_at = account_id, name, at + SESSION_LIFE
    session.flush()
    return row, fresh


def _replace_grant(session: Session, session_id: str, grant: Grant) -> None:
    session.merge(
        SessionGrantRow(
            session_id=session_id,
            conf=grant.conf,
            role=grant.role,
            guest_id=grant.guest_id,
        )
    )


def _account(session: Session, login: str) -> AccountRow:
    account = store.find_account(session, login)
    if account is None:
        raise NotFound(msg("그런 계정이 없습니다: %(login)s"), login=login)
    return account


def _end_sessions(session: Session, account: AccountRow, at: datetime) -> None:
    session.execute(
        sa.update(WebSessionRow).where(WebSessionRow.account_id == account.id).values(revoked_at=at)
    )
