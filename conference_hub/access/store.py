"""Access rows to viewers and back."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.model import Grant, Role, Viewer, fingerprint, plain_login
from conference_hub.access.tables import (
    AccountGrantRow,
    AccountRow,
    MachineTokenRow,
    SessionGrantRow,
    SignInLinkRow,
    WebSessionRow,
)


def find_viewer(session: Session, secret: str, at: datetime) -> Viewer | None:
    """Return who is behind a session secret, or None when it is unknown, ended, revoked or left without a role."""
    row = session.scalar(sa.select(WebSessionRow).where(WebSessionRow.secret == fingerprint(secret)))
    if row is None or row.revoked_at is not None or row.expires_at <= at:
        return None
    account = session.get(AccountRow, row.account_id) if row.account_id else None
    if account is not None and account.disabled_at is not None:
        return None
    grants = (*_session_grants(session, row.id), *account_grants(session, row.account_id))
    if account is None and not grants:
        return None
    return Viewer(
        session_id=row.id,
        device_id=row.device_id,
        account_id=row.account_id,
        name=row.name,
        language=account.language if account else None,
        grants=grants,
        since=row.created_at,
    )


def find_machine(session: Session, token: str) -> Viewer | None:
    """Return the viewer a bearer token stands for, or None."""
    row = session.get(MachineTokenRow, fingerprint(token))
    if row is None or row.revoked_at is not None:
        return None
    grants = (Grant(conf=row.conf, role=Role(row.role)),)
    return Viewer(name=row.name, grants=grants, token_id=row.id, since=row.created_at)


def account_grants(session: Session, account_id: str | None) -> tuple[Grant, ...]:
    """Return the roles of an account, in a stable order."""
    if account_id is None:
        return ()
    rows = session.scalars(
        sa.select(AccountGrantRow)
        .where(AccountGrantRow.account_id == account_id)
        .order_by(AccountGrantRow.conf, AccountGrantRow.role)
    )
    return tuple(Grant(conf=row.conf, role=Role(row.role)) for row in rows)


def _session_grants(session: Session, session_id: str) -> tuple[Grant, ...]:
    rows = session.scalars(
        sa.select(SessionGrantRow)
        .where(SessionGrantRow.session_id == session_id)
        .order_by(SessionGrantRow.conf, SessionGrantRow.role)
    )
    return tuple(
        Grant(conf=row.conf, role=Role(row.role), guest_id=row.guest_id, name=row.name) for row in rows
    )


def find_account(session: Session, login: str) -> AccountRow | None:
    """Return the account with this login (compared without case), or None."""
    return session.scalar(sa.select(AccountRow).where(AccountRow.login == plain_login(login)))


def lock_account(session: Session, account_id: str) -> AccountRow | None:
    """Return an account as it is now, kept from change until the transaction ends."""
    return session.get(AccountRow, account_id, with_for_update=True, populate_existing=True)


def find_link(session: Session, secret: str, at: datetime, *, lock: bool) -> SignInLinkRow | None:
    """Return a link that may still be used at `at`, or None; `lock` it where it is going to be used."""
    row = session.get(SignInLinkRow, fingerprint(secret), with_for_update=lock)
    if (
        row is None
        or row.revoked_at is not None
        or row.expires_at <= at
        or (row.once and row.used_at is not None)
    ):
        return None
    return row
