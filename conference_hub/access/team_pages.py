"""The desk's forms of the team: inviting somebody, changing roles, and a new link for somebody without a password."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access import listing, membership, store
from conference_hub.access.links import link_url
from conference_hub.access.membership import Invited, change_roles, give_new_link
from conference_hub.access.middleware import actor, conference, viewer
from conference_hub.access.model import STAFF_ROLES, Role
from conference_hub.access.pages import team
from conference_hub.access.policy import allow
from conference_hub.access.requests import ChangeRoles, Invite
from conference_hub.core.addresses import is_email
from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.sighted import mark_of, require_same
from conference_hub.outbox.actions import put
from conference_hub.outbox.model import LINK, Draft
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import in_language
from conference_hub.web.requests import Nothing

team_pages_bp = Blueprint("team_pages", __name__, url_prefix="/c/<conf>/desk/team")

INVITED = msg("%(title)s 운영진 초대")
WITH_LINK = msg(
    "%(name)s 님,\n\n%(title)s의 운영진(%(roles)s)으로 초대합니다. 아래 링크로 들어와 비밀번호를 정해 주세요. "
    "링크는 이틀 동안 한 번 쓸 수 있습니다.\n\n%(link)s\n"
)
WITHOUT_LINK = msg(
    "%(name)s 님,\n\n%(title)s의 운영진(%(roles)s)으로 초대합니다. "
    "쓰던 아이디와 비밀번호로 로그인해 주세요.\n\n%(url)s\n"
)


@team_pages_bp.post("/invite")
@allow(Role.ORGANISER)
@takes_form(Invite, team)
def invite(form: Invite, conf: str) -> ResponseReturnValue:
    """Invite somebody; their link is shown this once, and mailed when the login is an address.

    When their account is there already, the page says so first and asks.
    """
    if not form.roles:
        raise Invalid(msg("역할을 하나 이상 골라 주세요."), field="organiser")
    with current_hub().journal.writing(conf, actor=actor()) as write:
        there = membership.existing(write, form.login)
        if there is not None and there.id != form.known:
            return render_template(
                "access/account_exists.html", account=there, form_name=form.name, chosen=form.roles
            )
        invited = membership.invite(write, login=form.login, name=form.name, roles=form.roles)
        _mail(write, invited, form.roles)
    current_hub().tell_ended()
    return _show(invited)


@team_pages_bp.get("/accounts/<given_id>")
@allow(Role.ORGANISER)
def member(conf: str, given_id: str) -> ResponseReturnValue:
    """Show the roles of a member, and what else may be done with the account; raises NotFound."""
    with current_hub().database.reading() as db:
        found = listing.get_member(db, conf, given_id)
        elsewhere = {grant.conf for grant in store.account_grants(db, given_id)} - {conf}
    return render_template(
        "access/member.html",
        member=found,
        roles=STAFF_ROLES,
        seen=mark_of(found.roles),
        elsewhere=bool(elsewhere),
        own=given_id == viewer().account_id,
    )


@team_pages_bp.post("/accounts/<given_id>")
@allow(Role.ORGANISER)
@takes_form(ChangeRoles, member)
def change_member(form: ChangeRoles, conf: str, given_id: str) -> ResponseReturnValue:
    """Give a member other roles; refused when somebody else changed them since the form was made."""
    if given_id == viewer().account_id and Role.ORGANISER not in form.roles:
        raise Refused(
            msg("자신의 권한은 스스로 회수할 수 없습니다. 다른 주최자에게 요청해 주세요."), code="own_role"
        )
    with current_hub().journal.writing(conf, actor=actor()) as write:
        held = listing.get_member(write.session, conf, given_id).roles
        require_same(write, form.seen, held, f"account/{given_id}")
        change_roles(write, given_id, form.roles)
    current_hub().tell_ended()
    flash(_("저장했습니다."), "good")
    return redirect(url_for("access_pages.team", conf=conf))


@team_pages_bp.post("/accounts/<given_id>/link")
@allow(Role.ORGANISER)
@takes_form(Nothing, member)
def new_link(_form: Nothing, conf: str, given_id: str) -> ResponseReturnValue:
    """Make another link to set a password by, and show it this once; the password before it ends."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        invited = give_new_link(write, given_id)
        _mail(write, invited, listing.get_member(write.session, conf, given_id).roles)
    current_hub().tell_ended()
    return _show(invited)


def _show(invited: Invited) -> ResponseReturnValue:
    return render_template(
        "access/invited.html",
        invited=invited,
        link=link_url(invited.secret) if invited.secret else None,
        mailed=is_email(invited.login),
        sends=current_hub().settings.mail is not None,
    )


def _mail(write: Write, invited: Invited, roles: Collection[Role]) -> None:
    """Put the invitation into the outbox when the login is an address."""
    if not is_email(invited.login):
        return
    lang = conference().main_language
    title = conference().title.in_language(lang)
    words = {
        "title": title,
        "name": invited.name,
        "roles": ", ".join(role.label.in_language(lang) for role in STAFF_ROLES if role in roles),
        "link": LINK,
        "url": f"{current_hub().settings.public_url}/sign-in",
    }
    draft = Draft(
        kind="team",
        to_name=invited.name,
        to_address=invited.login,
        subject=in_language(lang, INVITED, words),
        content=in_language(lang, WITH_LINK if invited.secret else WITHOUT_LINK, words),
        link=link_url(invited.secret, lang) if invited.secret else None,
        about=f"account/{invited.account_id}",
    )
    put(write, draft)
