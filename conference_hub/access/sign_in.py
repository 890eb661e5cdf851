"""Signing in by password: counted before it is checked, checked off the event loop, with no transaction open."""

from __future__ import annotations

from limits.storage import Storage

from conference_hub.access import actions, store
from conference_hub.access.actions import SignedIn
from conference_hub.access.model import Viewer
from conference_hub.access.passwords import in_turn, password_matches
from conference_hub.access.tables import AccountRow
from conference_hub.access.tries import Try
from conference_hub.core.errors import HubError, NotSignedIn, TooMany, msg
from conference_hub.web import metrics
from conference_hub.web.hub import Hub


def sign_in(
    hub: Hub,
    counters: Storage,
    login: str,
    password: str,
    *,
    viewer: Viewer,
    address: str,
    device: str | None = None,
) -> SignedIn:
    """Sign the browser of `viewer`, at `address`, in as the account `login`; `device` names a browser known for it.

    Raises TooMany (`wait` in seconds) when the account was tried too
    often from there or too many sign in at once, NotSignedIn when login or password is wrong. Logins that do not
    exist are treated like those that do.
    """
    try:
        account = verify(hub, counters, login, password, address, device)
    except HubError as refusal:
        metrics.SIGN_INS.labels(refusal.code).inc()
        raise
    with hub.database.writing() as db:
        signed_in = actions.sign_in_account(db, account, viewer, hub.now())
    metrics.SIGN_INS.labels("signed_in").inc()
    return signed_in


def verify(
    hub: Hub, counters: Storage, login: str, password: str, address: str, device: str | None
) -> AccountRow:
    """Return the account of a login whose password this is; raises TooMany and NotSignedIn as `sign_in` does."""
    this = Try.of(login, address, device)
    if wait_s := this.count(counters):
        raise TooMany(msg("로그인 시도가 너무 잦습니다. %(wait)d초 뒤에 다시 시도해 주세요."), wait=wait_s)
    with hub.database.reading() as db:
        account = store.find_account(db, login)
        stored = account.password_hash if account and account.disabled_at is None else None
    try:
        matches = in_turn(hub.offload, password_matches, stored, password)
    except TooMany:
        this.uncount(counters)
        raise
    if not matches or account is None:
        raise NotSignedIn(msg("아이디 또는 비밀번호가 맞지 않습니다."))
    this.succeeded(counters)
    return account
