"""Accounts: making and closing them, what they may do, and the sessions that end with a change."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access import store
from conference_hub.access.model import Grant, plain_login
from conference_hub.access.names import refuse_guests_id
from conference_hub.access.tables import AccountGrantRow, AccountRow, WebSessionRow
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Invalid, NotFound, Refused, msg

MAX_NAME = 80


def add_account(
    session: Session,
    *,
    login: str,
    name: str,
    password_hash: str | None,
    grants: list[Grant],
    at: datetime,
    by: Actor | None = None,
    may_create: bool = False,
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
        created_by=by.label if by else None,
        created_by_actor=by.id if by else None,
        may_create=may_create,
    )
    session.add(account)
    session.flush()
    session.add_all(AccountGrantRow(account_id=account.id, conf=g.conf, role=g.role) for g in grants)
    return account.id


def give_role(session: Session, account_id: str, grant: Grant) -> None:
    """Give an account a role in a conference; one that it has stays."""
    session.merge(AccountGrantRow(account_id=account_id, conf=grant.conf, role=grant.role))
    session.flush()


def set_may_create(session: Session, login: str, *, may_create: bool) -> None:
    """Say whether an account makes conferences on this hub; raises NotFound, and Refused for the last one who may."""
    account = _account(session, login)
    if not may_create and account.may_create and not store.other_creators(session, account.id):
        raise Refused(
            msg("마지막 허브 주최자입니다. 다른 계정에 먼저 권한을 주세요."), code="last_hub_organiser"
        )
    account.may_create = may_create


def disable_account(session: Session, login: str, at: datetime) -> None:
    """Close an account and every session it has; raises NotFound."""
    account = _account(session, login)
    account.disabled_at = at
    end_account_sessions(session, account, at)


def set_password(session: Session, login: str, password_hash: str, at: datetime) -> None:
    """Give an account another password and end its sessions; raises NotFound."""
    account = _account(session, login)
    account.password_hash = password_hash
    end_account_sessions(session, account, at)


def end_account_sessions(
    session: Session, account: AccountRow, at: datetime, *, but: str | None = None
) -> None:
    """End the sessions of an account, that with the id `but` aside."""
    session.execute(
        sa.update(WebSessionRow)
        .where(
            WebSessionRow.account_id == account.id,
            WebSessionRow.revoked_at.is_(None),
            WebSessionRow.id != (but or ""),
        )
        .values(revoked_at=at)
    )


def end_rootless_sessions(session: Session, account_id: str, at: datetime) -> None:
    """End the sessions of an account when it has no role in any conference."""
    others = sa.exists().where(AccountGrantRow.account_id == account_id)
    session.execute(
        sa.update(WebSessionRow)
        .where(WebSessionRow.account_id == account_id, WebSessionRow.revoked_at.is_(None), ~others)
        .values(revoked_at=at)
    )


def _account(session: Session, login: str) -> AccountRow:
    account = store.find_account(session, login)
    if account is None:
        raise NotFound(msg("그런 계정이 없습니다: %(login)s"), login=login)
    return account
