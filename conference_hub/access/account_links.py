"""Links that sign a browser in as an account, once: for the first organiser of a hub, and for those who are invited."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.actions import ONE_TIME_LIFE, SignedIn, link_is_over, open_session
from conference_hub.access.model import Viewer, fingerprint, new_secret
from conference_hub.access.tables import AccountLinkRow, AccountRow


def make_account_link(session: Session, account_id: str, at: datetime) -> str:
    """Make a link for an account and return its secret, which is not kept; it lives two days."""
    secret = new_secret()
    session.add(
        AccountLinkRow(
            secret=fingerprint(secret), account_id=account_id, created_at=at, expires_at=at + ONE_TIME_LIFE
        )
    )
    return secret


def end_account_links(session: Session, account_id: str) -> None:
    """End the links of an account that were not used."""
    unused = sa.and_(AccountLinkRow.account_id == account_id, AccountLinkRow.used_at.is_(None))
    session.execute(sa.delete(AccountLinkRow).where(unused))


def is_account_link(session: Session, secret: str) -> bool:
    """Return whether a secret is that of a link for an account, used or not."""
    return session.get(AccountLinkRow, fingerprint(secret.strip())) is not None


def use_account_link(session: Session, secret: str, viewer: Viewer, at: datetime) -> SignedIn:
    """Sign a browser in as the account of a link.

    Raises NotSignedIn when the link is unknown, used or expired, or its account was closed.
    """
    row = session.get(AccountLinkRow, fingerprint(secret.strip()), with_for_update=True)
    if row is None or row.used_at is not None or row.expires_at <= at:
        raise link_is_over()
    account = session.get_one(AccountRow, row.account_id)
    if account.disabled_at is not None:
        raise link_is_over()
    row.used_at = at
    return open_session(session, account, viewer, at)
