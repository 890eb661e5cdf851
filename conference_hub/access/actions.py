"""Signing in and out, and making the secrets that allow it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access import store
from conference_hub.access.model import Grant, Role, Viewer, fingerprint, new_secret
from conference_hub.access.names import refuse_guests_id
from conference_hub.access.tables import (
    AccountRow,
    MachineTokenRow,
    SessionGrantRow,
    SignInLinkRow,
    WebSessionRow,
)
from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotSignedIn, msg
from conference_hub.core.ids import new_id

SESSION_LIFE = timedelta(days=14)
ONE_TIME_LIFE = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A new session: the secret for the cookie, and the role of the link or account that opened it.

    An account with roles in several conferences, or in none, has no such role. `needs_password`: it has no password.
    `ends` are the ids of the guest's earlier personal links, which end now that a newer one is used.
    """

    secret: str
    grant: Grant | None
    needs_password: bool = False
    ends: tuple[str, ...] = ()


def use_link(session: Session, secret: str, viewer: Viewer, at: datetime) -> SignedIn:
    """Sign a browser in by a link; a browser that is signed in already keeps its other roles.

    Roles as another guest end. Raises NotSignedIn when the link is unknown, used or expired.
    """
    link = usable_link(session, secret, at, lock=True)
    link.used_at = at
    earlier = _end_earlier(session, viewer, at)
    row, fresh = _open(session, at, name=_name_of(earlier, link), earlier=earlier)
    if earlier:
        other_guest = link.guest_id is not None and viewer.guest_id(link.conf) not in {None, link.guest_id}
        _hand_on(session, earlier.id, row.id, with_guests=not other_guest)
    grant = Grant(conf=link.conf, role=Role(link.role), guest_id=link.guest_id, name=link.name)
    _replace_grant(session, row.id, grant, link.id)
    ends = tuple(store.earlier_personal_links(session, link))
    return SignedIn(secret=fresh, grant=grant, ends=ends)


def usable_link(session: Session, secret: str, at: datetime, *, lock: bool = False) -> SignInLinkRow:
    """Return the link when it may be used at `at`; raises NotSignedIn when it is unknown, used or expired."""
    link = store.find_link(session, secret.strip(), at, lock=lock)
    if link is None:
        raise link_is_over()
    return link


def link_is_over() -> NotSignedIn:
    """Return how somebody is answered whose link is unknown, used or expired."""
    return NotSignedIn(
        msg("이 링크는 이미 사용했거나 기한이 지났습니다. 담당자에게 새 링크를 요청해 주세요."),
        field="secret",
    )


def sign_in_account(session: Session, account: AccountRow, viewer: Viewer, at: datetime) -> SignedIn:
    """Sign a browser in as an account whose password was verified.

    On a shared device the roles that the browser got by links stay only when the same account signs in again. Raises
    NotSignedIn when the password was changed or the account disabled since `account` was read.
    """
    present = store.lock_account(session, account.id)
    if present is None or present.disabled_at or present.password_hash != account.password_hash:
        raise NotSignedIn(msg("아이디 또는 비밀번호가 맞지 않습니다."))
    return open_session(session, account, viewer, at)


def open_session(session: Session, account: AccountRow, viewer: Viewer, at: datetime) -> SignedIn:
    """Sign a browser in as an account that proved itself."""
    earlier = _end_earlier(session, viewer, at)
    same = earlier if earlier and earlier.account_id == account.id else None
    row, fresh = _open(session, at, name=account.name, earlier=same)
    row.account_id = account.id
    if earlier and same:
        _hand_on(session, earlier.id, row.id, with_guests=True)
    grant = only_grant(store.account_grants(session, account.id))
    return SignedIn(secret=fresh, grant=grant, needs_password=account.password_hash is None)


def continue_session(
    session: Session, viewer: Viewer, at: datetime, *, name: str, device_id: str | None
) -> tuple[WebSessionRow, str]:
    """Open a session without an account in the browser of `viewer`, and return it with its secret.

    It acts as `device_id`; None: as before, unless an account was signed in. Roles that links gave stay, but for guests
    and unless an account was signed in.
    """
    earlier = _end_earlier(session, viewer, at)
    kept = earlier if earlier and earlier.account_id is None else None
    row, secret = _open(session, at, name=name, earlier=kept)
    row.device_id = device_id or row.device_id
    if kept:
        _hand_on(session, kept.id, row.id, with_guests=False)
    return row, secret


def only_grant(grants: tuple[Grant, ...]) -> Grant | None:
    """Return the first of somebody's roles when all are in one conference: which page is theirs."""
    return grants[0] if len({grant.conf for grant in grants}) == 1 else None


def sign_out(session: Session, viewer: Viewer, at: datetime) -> None:
    """End the viewer's session on the server, so that a copied cookie is of no use."""
    if viewer.session_id is not None and (row := session.get(WebSessionRow, viewer.session_id)):
        row.revoked_at = at


def make_link(
    session: Session,
    *,
    conf: str,
    role: Role,
    at: datetime,
    by: Actor,
    name: str = "",
    guest_id: str | None = None,
    once: bool = True,
    expires_at: datetime | None = None,
) -> str:
    """Make a sign-in link and return its secret, which is not kept; one-time links live two days.

    `name` says whom it is for; it is empty for nobody in particular.
    """
    secret = new_secret()
    session.add(
        SignInLinkRow(
            secret=fingerprint(secret),
            id=new_id(),
            conf=conf,
            role=role,
            name=name,
            guest_id=guest_id,
            once=once,
            created_at=at,
            created_by=by.label,
            created_by_actor=by.id,
            expires_at=expires_at or at + ONE_TIME_LIFE,
        )
    )
    return secret


def make_token(session: Session, *, conf: str, role: Role, name: str, at: datetime, by: Actor) -> str:
    """Make a bearer token for a script and return it; only its fingerprint is kept. Raises Invalid for a guest's id."""
    refuse_guests_id(name, field="name")
    token = new_secret()
    session.add(
        MachineTokenRow(
            secret=fingerprint(token),
            id=new_id(),
            conf=conf,
            role=role,
            name=name.strip(),
            created_at=at,
            created_by=by.label,
            created_by_actor=by.id,
        )
    )
    return token


def _end_earlier(session: Session, viewer: Viewer, at: datetime) -> WebSessionRow | None:
    """End and return the browser's session, so that a copied cookie is of no use; None when it had ended already."""
    if viewer.session_id is None:
        return None
    row = session.get(WebSessionRow, viewer.session_id, with_for_update=True)
    if row is None or row.revoked_at is not None:
        return None
    row.revoked_at = at
    return row


def _name_of(earlier: WebSessionRow | None, link: SignInLinkRow) -> str:
    """Return the name of the new session: a guest's link does not rename the session of somebody who works here."""
    return earlier.name if earlier is not None and link.guest_id is not None else link.name


def _open(
    session: Session, at: datetime, *, name: str, earlier: WebSessionRow | None
) -> tuple[WebSessionRow, str]:
    """Open a session that continues `earlier`: the same account, and the same device as an actor."""
    fresh, session_id = new_secret(), new_id()
    row = WebSessionRow(
        id=session_id,
        device_id=earlier.device_id if earlier else session_id,
        secret=fingerprint(fresh),
        account_id=earlier.account_id if earlier else None,
        name=name,
        created_at=at,
        expires_at=at + SESSION_LIFE,
    )
    session.add(row)
    session.flush()
    return row, fresh


def _hand_on(session: Session, earlier_id: str, session_id: str, *, with_guests: bool) -> None:
    """Move the roles given by links from a browser's earlier session to its new one."""
    grants = sa.update(SessionGrantRow).where(SessionGrantRow.session_id == earlier_id)
    if not with_guests:
        grants = grants.where(SessionGrantRow.guest_id.is_(None))
    session.execute(grants.values(session_id=session_id))


def _replace_grant(session: Session, session_id: str, grant: Grant, link_id: str) -> None:
    session.merge(
        SessionGrantRow(
            session_id=session_id,
            conf=grant.conf,
            role=grant.role,
            guest_id=grant.guest_id,
            link_id=link_id,
            name=grant.name,
        )
    )
