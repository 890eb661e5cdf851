"""The page on which somebody sets the password of their account: after an invitation, or for another one."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access import accounts, actions
from conference_hub.access.account_links import end_account_links
from conference_hub.access.actions import only_grant
from conference_hub.access.known_devices import known_device, make_known
from conference_hub.access.links import home_of
from conference_hub.access.middleware import viewer
from conference_hub.access.model import Role
from conference_hub.access.passwords import hash_password, in_turn
from conference_hub.access.policy import allow
from conference_hub.access.requests import SetPassword
from conference_hub.access.senders import remember
from conference_hub.access.sign_in import verify
from conference_hub.access.tables import AccountRow
from conference_hub.core.errors import Invalid, NotSignedIn, Refused, msg
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import address, storage

password_pages_bp = Blueprint("password_pages", __name__)


@password_pages_bp.get("/password")
@allow(Role.PUBLIC)
def password() -> ResponseReturnValue:
    """Show the form; raises NotSignedIn for somebody who is not signed in as an account."""
    with current_hub().database.reading() as db:
        account = _account(db)
    return render_template(
        "access/password.html",
        login=account.login,
        has_one=account.password_hash is not None,
        home=home_of(only_grant(viewer().grants)),
    )


@password_pages_bp.post("/password")
@allow(Role.PUBLIC)
@takes_form(SetPassword, password)
def password_post(form: SetPassword) -> ResponseReturnValue:
    """Set the password, and sign out every other browser of the account."""
    hub = current_hub()
    with hub.database.reading() as db:
        account = _account(db)
        login, stored = account.login, account.password_hash
    if form.password != form.again:
        raise Invalid(msg("두 비밀번호가 다릅니다."), field="again")
    if stored is not None:
        _verify(login, form.current)
    hashed = in_turn(hub.offload, hash_password, form.password)
    with hub.database.writing() as db:
        account = _account(db, lock=True)
        if account.password_hash != stored:
            raise Refused(msg("그 사이 비밀번호가 바뀌었습니다."), code="changed_since")
        account.password_hash = hashed
        end_account_links(db, account.id)
        accounts.end_account_sessions(db, account, hub.now(), but=viewer().session_id)
        signed_in = actions.open_session(db, account, viewer(), hub.now())
    hub.tell_ended()
    remember(signed_in.secret)
    flash(_("비밀번호를 정했습니다. 다음부터 %(login)s 아이디로 로그인합니다.", login=login), "good")
    answer = make_response(redirect(home_of(signed_in.grant)))
    make_known(answer, login)
    return answer


def _account(db: Session, *, lock: bool = False) -> AccountRow:
    account_id = viewer().account_id
    account = db.get(AccountRow, account_id, with_for_update=lock) if account_id else None
    if account is None:
        raise NotSignedIn(msg("로그인이 필요합니다."))
    return account


def _verify(login: str, current: str) -> None:
    try:
        verify(current_hub(), storage(), login, current, address(), known_device(login))
    except NotSignedIn:
        raise Invalid(msg("지금 비밀번호가 맞지 않습니다."), field="current") from None
