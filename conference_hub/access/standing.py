"""What sessions, tokens and links still allow, for many of them in one query, as checking all sockets needs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.model import Credential, CredentialKind, Grant, Role
from conference_hub.access.tables import (
    AccountGrantRow,
    AccountRow,
    MachineTokenRow,
    ScreenLinkRow,
    SessionGrantRow,
    WebSessionRow,
)
from conference_hub.core.actor import Actor


def standing(
    session: Session, credentials: Collection[Credential], at: datetime
) -> dict[Credential, tuple[Grant, ...]]:
    """Return the roles that each of `credentials` gives at `at`; one that gives none is left out."""
    sessions = [c.id for c in credentials if c.kind == "session"]
    tokens = [c.id for c in credentials if c.kind == "token"]
    screens = [c.id for c in credentials if c.kind == "screen"]
    found: dict[Credential, tuple[Grant, ...]] = {}
    asked = sa.union_all(
        _of_links(sessions, at), _of_accounts(sessions, at), _of_tokens(tokens), _of_screens(screens)
    )
    for row in session.execute(asked):
        credential = Credential(kind=cast("CredentialKind", row[0]), id=row[1])
        found[credential] = (*found.get(credential, ()), Grant(conf=row[2], role=Role(row[3])))
    return found


def maker_of(session: Session, token: Actor) -> str | None:
    """Return the id of the actor who made the machine token that acts; None when there is no such token."""
    made = sa.select(MachineTokenRow.created_by_actor).where(MachineTokenRow.id == token.id.partition(":")[2])
    found: str | None = session.scalar(made)
    return found


def valid(at: datetime | sa.BindParameter[datetime]) -> sa.ColumnElement[bool]:
    """Return the condition that a session, outer-joined with its account, lets a browser in at `at`."""
    return sa.and_(
        WebSessionRow.revoked_at.is_(None),
        WebSessionRow.expires_at > at,
        AccountRow.disabled_at.is_(None),
    )


def _of_links(sessions: list[str], at: datetime) -> sa.Select[str, str, str, str]:
    return (
        sa.select(sa.literal("session"), WebSessionRow.id, SessionGrantRow.conf, SessionGrantRow.role)
        .join(SessionGrantRow, SessionGrantRow.session_id == WebSessionRow.id)
        .outerjoin(AccountRow, AccountRow.id == WebSessionRow.account_id)
        .where(WebSessionRow.id.in_(sessions), valid(at))
    )


def _of_accounts(sessions: list[str], at: datetime) -> sa.Select[str, str, str, str]:
    return (
        sa.select(sa.literal("session"), WebSessionRow.id, AccountGrantRow.conf, AccountGrantRow.role)
        .join(AccountRow, AccountRow.id == WebSessionRow.account_id)
        .join(AccountGrantRow, AccountGrantRow.account_id == AccountRow.id)
        .where(WebSessionRow.id.in_(sessions), valid(at))
    )


def _of_tokens(tokens: list[str]) -> sa.Select[str, str, str, str]:
    return sa.select(
        sa.literal("token"), MachineTokenRow.id, MachineTokenRow.conf, MachineTokenRow.role
    ).where(MachineTokenRow.id.in_(tokens), MachineTokenRow.revoked_at.is_(None))


def _of_screens(screens: list[str]) -> sa.Select[str, str, str, str]:
    return sa.select(sa.literal("screen"), ScreenLinkRow.id, ScreenLinkRow.conf, ScreenLinkRow.role).where(
        ScreenLinkRow.id.in_(screens), ScreenLinkRow.revoked_at.is_(None)
    )
