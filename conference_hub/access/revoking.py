"""Revoking links, tokens, devices and roles. Each is a fact of the operator's stream."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

import sqlalchemy as sa

from conference_hub.access import listing
from conference_hub.access.accounts import end_rootless_sessions
from conference_hub.access.facts import AccessFact, DeviceRevoked, LinkRevoked, RolesRevoked, TokenRevoked
from conference_hub.access.model import Role, Viewer
from conference_hub.access.tables import (
    AccountGrantRow,
    AccountRow,
    MachineTokenRow,
    SessionGrantRow,
    SignInLinkRow,
    WebSessionRow,
)
from conference_hub.core.errors import NotFound, Refused, msg
from conference_hub.core.journal import Write


def revoke_link(write: Write, link_id: str) -> None:
    """Revoke a link and the roles that browsers got by it; raises NotFound when it is unknown or ended."""
    link = write.session.scalar(
        sa.select(SignInLinkRow).where(
            SignInLinkRow.id == link_id,
            SignInLinkRow.conf == write.conf,
            SignInLinkRow.revoked_at.is_(None),
        )
    )
    if link is None:
        raise NotFound(msg("그런 링크가 없거나 이미 회수했습니다."))
    link.revoked_at = write.at
    take_back_grants(write, SessionGrantRow.link_id == link.id)
    fact = LinkRevoked(link=link.id, role=link.role, guest=link.guest_id)
    _publish(write, fact, f"link/{link.id}")


def revoke_links_of_guest(write: Write, guest_id: str) -> int:
    """Revoke every link of a guest and sign out the browsers that used them; returns how many links were revoked."""
    links = write.session.scalars(
        sa.select(SignInLinkRow.id)
        .where(
            SignInLinkRow.conf == write.conf,
            SignInLinkRow.guest_id == guest_id,
            SignInLinkRow.revoked_at.is_(None),
        )
        .order_by(SignInLinkRow.id)
    ).all()
    for link_id in links:
        revoke_link(write, link_id)
    take_back_grants(write, SessionGrantRow.conf == write.conf, SessionGrantRow.guest_id == guest_id)
    return len(links)


def revoke_superseded(write: Write, link_ids: Iterable[str]) -> None:
    """Revoke the earlier links of a guest who used a newer one; what was revoked meanwhile stays so."""
    for link_id in link_ids:
        with suppress(NotFound):
            revoke_link(write, link_id)


def revoke_token(write: Write, token_id: str) -> None:
    """Revoke a machine token; raises NotFound when it is unknown or ended."""
    token = write.session.scalar(
        sa.select(MachineTokenRow).where(
            MachineTokenRow.id == token_id,
            MachineTokenRow.conf == write.conf,
            MachineTokenRow.revoked_at.is_(None),
        )
    )
    if token is None:
        raise NotFound(msg("그런 토큰이 없거나 이미 회수했습니다."))
    token.revoked_at = write.at
    _publish(write, TokenRevoked(token=token.id, role=token.role), f"token/{token.id}")


def revoke_device(write: Write, session_id: str) -> None:
    """Sign out a browser that has a role in the conference; raises NotFound when there is no such one."""
    if all(device.id != session_id for device in listing.devices(write.session, write.conf, write.at)):
        raise NotFound(msg("그런 기기가 없거나 이미 로그아웃했습니다."))
    write.session.execute(
        sa.update(WebSessionRow).where(WebSessionRow.id == session_id).values(revoked_at=write.at)
    )
    _publish(write, DeviceRevoked(device=session_id), f"device/{session_id}")


def revoke_roles(write: Write, account_id: str, viewer: Viewer) -> None:
    """Remove an account's roles in the conference; its sessions end when it has none anywhere.

    Raises NotFound when it has none here, Refused when it is the viewer's own account (`own_role`) or the last one that
    organises the conference (`last_organiser`).
    """
    if account_id == viewer.account_id:
        raise Refused(
            msg("자신의 권한은 스스로 회수할 수 없습니다. 다른 주최자에게 요청해 주세요."), code="own_role"
        )
    account = write.session.get(AccountRow, account_id, with_for_update=True)
    require_other_organiser(write, account_id)
    mine = sa.delete(AccountGrantRow).where(
        AccountGrantRow.account_id == account_id, AccountGrantRow.conf == write.conf
    )
    taken = write.session.execute(mine.returning(AccountGrantRow.role)).all()
    if account is None or not taken:
        raise NotFound(msg("이 행사에 권한이 있는 계정이 아닙니다."))
    end_rootless_sessions(write.session, account_id, write.at)
    _publish(write, RolesRevoked(account=account.id, name=account.name), f"account/{account_id}")


def require_other_organiser(write: Write, account_id: str) -> None:
    """Raise Refused (`last_organiser`) when an account is the last one that organises the conference."""
    organisers = set(
        write.session.scalars(
            sa.select(AccountGrantRow.account_id)
            .join(AccountRow, AccountRow.id == AccountGrantRow.account_id)
            .where(
                AccountGrantRow.conf == write.conf,
                AccountGrantRow.role == Role.ORGANISER,
                AccountRow.disabled_at.is_(None),
            )
        )
    )
    if organisers == {account_id}:
        raise Refused(
            msg("이 행사의 마지막 주최자 계정입니다. 다른 계정을 먼저 주최자로 정해 주세요."),
            code="last_organiser",
        )


def take_back_grants(write: Write, *which: sa.ColumnElement[bool]) -> None:
    """Remove roles that links gave; a browser without an account that has no other role is signed out."""
    session = write.session
    touched = session.scalars(sa.select(SessionGrantRow.session_id).where(*which)).all()
    session.execute(sa.delete(SessionGrantRow).where(*which))
    left = sa.exists().where(SessionGrantRow.session_id == WebSessionRow.id)
    session.execute(
        sa.update(WebSessionRow)
        .where(
            WebSessionRow.id.in_(touched),
            WebSessionRow.account_id.is_(None),
            WebSessionRow.revoked_at.is_(None),
            ~left,
        )
        .values(revoked_at=write.at)
        .execution_options(synchronize_session=False)
    )


def _publish(write: Write, fact: AccessFact, subject: str) -> None:
    write.publish(fact, subject, {})
