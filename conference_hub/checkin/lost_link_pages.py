"""The page on which guests who lost their personal link ask for a new one."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.checkin.personal_links import LOST, send_again
from conference_hub.checkin.requests import LostLink
from conference_hub.core.addresses import is_email
from conference_hub.core.errors import Invalid, msg
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import limiter, paced
from conference_hub.web.pace import Pace

lost_link_pages_bp = Blueprint("lost_link_pages", __name__, url_prefix="/c/<conf>/lost-link")

ARRIVALS = "300 per minute"
"""Forms from one address, refused ones too: a bound on load."""
MAILING = Pace(at_once=30, every_s=2, window_s=10 * 60)
"""Mails from one address, behind which a whole hall may be."""
PER_PERSON = "5 per hour"
"""Mails that strangers may cause to be written to one mail address."""


def mail_address() -> str:
    """Name the mail address that a form of the running request writes to."""
    conf = (request.view_args or {}).get("conf")
    return f"lost-link/{conf}/{request.form.get('email', '').strip().casefold()}"


@lost_link_pages_bp.get("")
@allow(Role.PUBLIC)
def lost_link(conf: str) -> ResponseReturnValue:
    """Show the form."""
    del conf
    return render_template("checkin/lost_link.html", over=conference().archived is not None)


@lost_link_pages_bp.post("")
@limiter.limit(ARRIVALS)
@limiter.limit(PER_PERSON, key_func=mail_address)
@allow(Role.PUBLIC)
@takes_form(LostLink, lost_link)
def send_new_link(form: LostLink, conf: str) -> ResponseReturnValue:
    """Have a new link sent to a guest's address; nobody learns whether the address is a guest's."""
    if not is_email(form.email):
        raise Invalid(msg("메일 주소를 name@example.com처럼 적어 주세요."), field="email")
    with paced(MAILING, f"lost-link/{conf}"), current_hub().journal.writing(conf, actor=LOST) as write:
        send_again(write, form.email)
    return redirect(url_for(".sent", conf=conf))


@lost_link_pages_bp.get("/sent")
@allow(Role.PUBLIC)
def sent(conf: str) -> ResponseReturnValue:
    """Say that a mail comes, the same for everybody."""
    del conf
    return render_template("checkin/lost_link_sent.html", sends=current_hub().settings.mail is not None)
