"""Access rows to viewers and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.model import Grant, Role, Viewer, fingerprint, plain_login
from conference_hub.access.tables import (
    AccountGrantRow,
    AccountRow,
    MachineTokenRow,
    ScreenLinkRow,
    SessionGrantRow,
    SignInLinkRow,
    WebSessionRow,
)
from conference_hub.conferences.kept import note_revisions
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.deferred import BESIDE, read_once


def find_viewer(session: Session, secret: str, at: datetime, conf: str | None = None) -> Viewer | None:
    """Return who is behind a session secret, or None when it is unknown, ended, revoked or left without a role.

    The same statement reads the numbers of the conference `conf`. Those who share a transaction are looked up once.
    """
    return read_once(session, ("browser", secret, conf), lambda: _read_viewer(session, secret, at, conf))


def _read_viewer(session: Session, secret: str, at: datetime, conf: str | None) -> Viewer | None:
    rows = session.connection().execute(_BROWSER, {"secret_": fingerprint(secret), "conf_": conf}).all()
    if not rows:
        return None
    row = rows[0]
    _note_numbers(session, conf, row)
    if row.revoked_at is not None or row.expires_at <= at or row.disabled_at is not None:
        return None
    grants = (*_granted_by_links(rows), *_granted_to_account(rows))
    if row.account_id is None and not grants:
        return None
    return Viewer(
        session_id=row.id,
        device_id=row.device_id,
        account_id=row.account_id,
        name=row.name,
        language=row.language,
        grants=grants,
        since=row.created_at,
        may_create=bool(row.may_create),
    )


def find_machine(session: Session, token: str, conf: str | None = None) -> Viewer | None:
    """Return the viewer a bearer token stands for, or None; the same statement reads the numbers of `conf`.

    One who shares a transaction with themselves is looked up once.
    """
    return read_once(session, ("machine", token, conf), lambda: _read_machine(session, token, conf))


def _read_machine(session: Session, token: str, conf: str | None) -> Viewer | None:
    row = session.connection().execute(_MACHINE, {"secret_": fingerprint(token), "conf_": conf}).first()
    if row is None:
        return None
    _note_numbers(session, conf, row)
    if row.revoked_at is not None:
        return None
    grants = (Grant(conf=row.conf, role=Role(row.role)),)
    return Viewer(name=row.name, grants=grants, token_id=row.id, since=row.created_at)


def find_screen_link(session: Session, secret: str) -> ScreenLinkRow | None:
    """Return the link of a screen, None when it is unknown or revoked."""
    row = session.get(ScreenLinkRow, fingerprint(secret))
    return row if row is not None and row.revoked_at is None else None


def find_screen(session: Session, secret: str) -> Viewer | None:
    """Return the viewer that the link of a screen stands for, None when it is unknown or revoked."""
    row = find_screen_link(session, secret)
    return screen_viewer(row) if row is not None else None


def screen_viewer(row: ScreenLinkRow) -> Viewer:
    """Return the viewer that a link of a screen stands for."""
    grants = (Grant(conf=row.conf, role=Role(row.role), name=row.name),)
    return Viewer(name=row.name, grants=grants, screen_id=row.id, since=row.created_at)


def _note_numbers(session: Session, conf: str | None, row: sa.Row[*tuple[Any, ...]]) -> None:
    if conf is not None and row.revision is not None:
        note_revisions(session, conf, row.revision, row.people_revision)


def account_grants(session: Session, account_id: str) -> tuple[Grant, ...]:
    """Return the roles of an account, in a stable order."""
    rows = session.connection().execute(_OF_ACCOUNT, {"account_": account_id})
    return tuple(Grant(conf=row.conf, role=Role(row.role)) for row in rows)


def _granted_by_links(rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> list[Grant]:
    """Return the roles that links gave a browser; each stands in several rows when its account has roles too."""
    found = {(row.link_conf, row.link_role): row for row in rows if row.link_role is not None}
    return [
        Grant(conf=conf, role=Role(role), guest_id=row.guest_id, name=row.link_name)
        for (conf, role), row in sorted(found.items())
    ]


def _granted_to_account(rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> list[Grant]:
    found = {(row.account_conf, row.account_role) for row in rows if row.account_role is not None}
    return [Grant(conf=conf, role=Role(role)) for conf, role in sorted(found)]


def find_account(session: Session, login: str) -> AccountRow | None:
    """Return the account with this login (compared without case), or None."""
    return session.scalar(sa.select(AccountRow).where(AccountRow.login == plain_login(login)))


def creators(session: Session) -> list[AccountRow]:
    """Return the accounts that make conferences on this hub, by login."""
    may = sa.and_(AccountRow.may_create, AccountRow.disabled_at.is_(None))
    return list(session.scalars(sa.select(AccountRow).where(may).order_by(AccountRow.login)))


def other_creators(session: Session, account_id: str) -> bool:
    """Return whether somebody else makes conferences on this hub."""
    return any(account.id != account_id for account in creators(session))


def lock_account(session: Session, account_id: str) -> AccountRow | None:
    """Return an account as it is now, kept from change until the transaction ends."""
    return session.get(AccountRow, account_id, with_for_update=True, populate_existing=True)


def link_used(session: Session, conf: str, guest_id: str) -> bool:
    """Return whether somebody signed in as a guest by one of the guest's links."""
    used = sa.select(SignInLinkRow.id).where(
        SignInLinkRow.conf == conf, SignInLinkRow.guest_id == guest_id, SignInLinkRow.used_at.is_not(None)
    )
    return session.scalar(used.limit(1)) is not None


def earlier_personal_links(session: Session, link: SignInLinkRow) -> list[str]:
    """Return the ids of a guest's personal links that `link`, a newer one, ends when it is used."""
    if link.guest_id is None or link.once or link.created_at is None:
        return []
    earlier = sa.select(SignInLinkRow.id).where(
        SignInLinkRow.conf == link.conf,
        SignInLinkRow.guest_id == link.guest_id,
        SignInLinkRow.once.is_(False),
        SignInLinkRow.revoked_at.is_(None),
        SignInLinkRow.created_at <= link.created_at,
        SignInLinkRow.id != link.id,
    )
    return list(session.scalars(earlier.order_by(SignInLinkRow.id)))


def conference_of_link(session: Session, secret: str) -> str | None:
    """Return the conference of a guest's link, ended or not; None for any other secret."""
    row = session.get(SignInLinkRow, fingerprint(secret.strip()))
    return row.conf if row is not None and row.guest_id is not None else None


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


_BROWSERS = cast("sa.Table", WebSessionRow.__table__)
_ACCOUNTS = cast("sa.Table", AccountRow.__table__)
_BY_LINK = cast("sa.Table", SessionGrantRow.__table__)
_TO_ACCOUNT = cast("sa.Table", AccountGrantRow.__table__)
_CONFERENCES = cast("sa.Table", ConferenceRow.__table__)
_NUMBERS = (_CONFERENCES.c.revision, _CONFERENCES.c.people_revision)
_THIS_CONFERENCE = _CONFERENCES.c.slug == sa.bindparam("conf_")
_BROWSER = (
    sa.select(
        *(
            _BROWSERS.c[name]
            for name in ("id", "device_id", "account_id", "name", "created_at", "expires_at", "revoked_at")
        ),
        _ACCOUNTS.c.language,
        _ACCOUNTS.c.disabled_at,
        _ACCOUNTS.c.may_create,
        _BY_LINK.c.conf.label("link_conf"),
        _BY_LINK.c.role.label("link_role"),
        _BY_LINK.c.name.label("link_name"),
        _BY_LINK.c.guest_id,
        _TO_ACCOUNT.c.conf.label("account_conf"),
        _TO_ACCOUNT.c.role.label("account_role"),
        *_NUMBERS,
    )
    .join_from(_BROWSERS, _ACCOUNTS, _ACCOUNTS.c.id == _BROWSERS.c.account_id, isouter=True)
    .join(_BY_LINK, _BY_LINK.c.session_id == _BROWSERS.c.id, isouter=True)
    .join(_TO_ACCOUNT, _TO_ACCOUNT.c.account_id == _BROWSERS.c.account_id, isouter=True)
    .join(_CONFERENCES, _THIS_CONFERENCE, isouter=True)
    .where(_BROWSERS.c.secret == sa.bindparam("secret_"))
    .execution_options(**BESIDE)
)
"""A browser's session with every role: one row for each pair of a role by link and a role of its account."""
_MACHINES = cast("sa.Table", MachineTokenRow.__table__)
_MACHINE = (
    sa.select(
        *(_MACHINES.c[name] for name in ("id", "conf", "role", "name", "created_at", "revoked_at")),
        *_NUMBERS,
    )
    .join_from(_MACHINES, _CONFERENCES, _THIS_CONFERENCE, isouter=True)
    .where(_MACHINES.c.secret == sa.bindparam("secret_"))
    .execution_options(**BESIDE)
)
_OF_ACCOUNT = (
    sa.select(_TO_ACCOUNT.c.conf, _TO_ACCOUNT.c.role)
    .where(_TO_ACCOUNT.c.account_id == sa.bindparam("account_"))
    .order_by(_TO_ACCOUNT.c.conf, _TO_ACCOUNT.c.role)
)
