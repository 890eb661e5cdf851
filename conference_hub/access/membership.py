"""The accounts of a conference's team: inviting people, changing their roles, giving out new links to set a password.

A link signs in as the account, with all its roles. So an organiser gets one only for an account that is nothing but
theirs: without a password or with roles in this conference alone, and no organiser of the hub.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from conference_hub.access import store
from conference_hub.access.account_links import end_account_links, make_account_link
from conference_hub.access.accounts import add_account, end_account_sessions, end_rootless_sessions
from conference_hub.access.facts import AccountLinkMade, MemberInvited, RolesChanged
from conference_hub.access.model import STAFF_ROLES, Grant, Role
from conference_hub.access.revoking import require_other_organiser
from conference_hub.access.tables import AccountGrantRow, AccountRow
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Invalid, NotFound, Refused, msg
from conference_hub.core.journal import Write


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Somebody who was invited; `secret` is that of their link, None for somebody who has a password already."""

    account_id: str
    login: str
    name: str
    secret: str | None


@dataclass(frozen=True, kw_only=True)
class Existing:
    """An account that was there before somebody is invited; `made_by` is None where it is not known."""

    id: str
    login: str
    name: str
    made_at: datetime
    made_by: Actor | None
    last_used_at: datetime | None
    has_password: bool


def existing(write: Write, login: str) -> Existing | None:
    """Return the account of a login that may be given roles here and has none yet, or None.

    Whoever invites it has to know: another conference's organiser may have made it, and hold its password.
    """
    row = store.find_account(write.session, login)
    if row is None or row.disabled_at is not None or _roles(write, row.id):
        return None
    made_by = (
        Actor.stored(row.created_by_actor, row.created_by or "") if row.created_by_actor is not None else None
    )
    return Existing(
        id=row.id,
        login=row.login,
        name=row.name,
        made_at=row.created_at,
        made_by=made_by,
        last_used_at=row.last_used_at,
        has_password=row.password_hash is not None,
    )


def invite(write: Write, *, login: str, name: str, roles: Collection[Role]) -> Invited:
    """Give an account roles, and a link to set its password; one that there is not yet is made.

    Raises Invalid when login or name cannot be used, or the account was closed.
    """
    account = add_member(write, login=login, name=name, roles=roles)
    linked = account.password_hash is None and may_link(write, account)
    secret = _new_link(write, account) if linked else None
    return Invited(account_id=account.id, login=account.login, name=account.name, secret=secret)


def add_member(write: Write, *, login: str, name: str, roles: Collection[Role]) -> AccountRow:
    """Give an account roles beside those that it has; one that there is not yet is made, without a password.

    Raises Invalid when login or name cannot be used, or the account was closed.
    """
    account = store.find_account(write.session, login)
    if account is None:
        account_id = add_account(
            write.session, login=login, name=name, password_hash=None, grants=[], at=write.at, by=write.actor
        )
        account = write.session.get_one(AccountRow, account_id)
    if account.disabled_at is not None:
        raise Invalid(msg("닫힌 계정입니다: %(login)s"), field="login", login=account.login)
    held = _roles(write, account.id) | set(roles)
    _set_roles(write, account.id, held)
    fact = MemberInvited(account=account.id, name=account.name, roles=_named(held))
    write.publish(fact, f"account/{account.id}", {})
    return account


def change_roles(write: Write, account_id: str, roles: Collection[Role]) -> None:
    """Give a member exactly these roles; sessions that are left without any role end.

    Raises NotFound for somebody without a role here, Invalid without roles, and Refused (`last_organiser`).
    """
    account = _member(write, account_id)
    if not roles:
        raise Invalid(msg("역할을 하나 이상 골라 주세요."), field="organiser")
    before = _roles(write, account_id)
    if before == set(roles):
        return
    if Role.ORGANISER in before and Role.ORGANISER not in roles:
        require_other_organiser(write, account_id)
    _set_roles(write, account_id, set(roles))
    end_rootless_sessions(write.session, account_id, write.at)
    fact = RolesChanged(account=account.id, name=account.name, roles=_named(roles))
    write.publish(fact, f"account/{account_id}", {})


def give_new_link(write: Write, account_id: str) -> Invited:
    """Make another link for a member to set a password by; the password and the links before it end, and sessions too.

    Raises NotFound for somebody without a role here, and Refused (`not_yours`) for an account that is not only theirs.
    """
    account = _member(write, account_id)
    if not may_link(write, account):
        raise Refused(
            msg("다른 행사에서도 일하는 계정이어서 여기에서 비밀번호를 다시 정할 수 없습니다."),
            code="not_yours",
        )
    account.password_hash = None
    end_account_sessions(write.session, account, write.at)
    secret = _new_link(write, account)
    write.publish(AccountLinkMade(account=account.id, name=account.name), f"account/{account_id}", {})
    return Invited(account_id=account.id, login=account.login, name=account.name, secret=secret)


def may_link(write: Write, account: AccountRow) -> bool:
    """Return whether an organiser of this conference may get a link that signs in as the account."""
    grants = store.account_grants(write.session, account.id)
    return not account.may_create and all(grant.conf == write.conf for grant in grants)


def _member(write: Write, account_id: str) -> AccountRow:
    account = store.lock_account(write.session, account_id)
    if account is None or not _roles(write, account_id):
        raise NotFound(msg("이 행사에 권한이 있는 계정이 아닙니다."))
    return account


def _roles(write: Write, account_id: str) -> set[Role]:
    grants = store.account_grants(write.session, account_id)
    return {grant.role for grant in grants if grant.conf == write.conf}


def _set_roles(write: Write, account_id: str, roles: set[Role]) -> None:
    write.session.execute(
        sa.delete(AccountGrantRow).where(
            AccountGrantRow.account_id == account_id, AccountGrantRow.conf == write.conf
        )
    )
    grants = [Grant(conf=write.conf, role=role) for role in roles]
    write.session.add_all(
        AccountGrantRow(account_id=account_id, conf=grant.conf, role=grant.role) for grant in grants
    )
    write.session.flush()


def _new_link(write: Write, account: AccountRow) -> str:
    end_account_links(write.session, account.id)
    return make_account_link(write.session, account.id, write.at)


def _named(roles: Collection[Role]) -> list[str]:
    return [role.value for role in STAFF_ROLES if role in roles]
