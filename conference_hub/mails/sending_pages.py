"""The desk's page of sendings: how far each is; paused, resumed, stopped, and tried again where mails failed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from conference_hub.access.middleware import actor
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.journal import Write
from conference_hub.mails.pages import ON_A_PAGE, kinds, way_of_mails
from conference_hub.mails.requests import SendingList
from conference_hub.outbox import sending_store, sendings
from conference_hub.outbox.model import Sending
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Nothing, takes

mail_sendings_bp = Blueprint("mail_sendings", __name__, url_prefix="/c/<conf>/desk/mail/sendings")


@mail_sendings_bp.get("")
@allow(Role.ORGANISER)
@takes(SendingList)
def listed(query: SendingList, conf: str) -> ResponseReturnValue:
    """Show the sendings of a conference, the newest first; the page keeps their numbers up to date."""
    with current_hub().database.reading() as db:
        found = sending_store.sendings(db, conf, skip=query.page * ON_A_PAGE, most=ON_A_PAGE + 1)
    return render_template(
        "mails/sendings.html",
        sendings=found[:ON_A_PAGE],
        page=query.page,
        more=len(found) > ON_A_PAGE,
        kinds=kinds(),
        **way_of_mails(),
    )


@mail_sendings_bp.post("/<sending_id>/pause")
@allow(Role.ORGANISER)
@takes_form(Nothing, listed)
def pause(_form: Nothing, conf: str, sending_id: str) -> ResponseReturnValue:
    """Send no more of a sending until it is resumed."""
    return _set(conf, sending_id, sendings.pause, _("이 발송을 잠시 멈췄습니다."))


@mail_sendings_bp.post("/<sending_id>/resume")
@allow(Role.ORGANISER)
@takes_form(Nothing, listed)
def resume(_form: Nothing, conf: str, sending_id: str) -> ResponseReturnValue:
    """Go on with a sending that was paused."""
    return _set(conf, sending_id, sendings.resume, _("이 발송을 계속합니다."))


@mail_sendings_bp.post("/<sending_id>/stop")
@allow(Role.ORGANISER)
@takes_form(Nothing, listed)
def stop(_form: Nothing, conf: str, sending_id: str) -> ResponseReturnValue:
    """Send no more of a sending for good."""
    return _set(conf, sending_id, sendings.stop, _("남은 메일은 보내지 않습니다."))


@mail_sendings_bp.post("/<sending_id>/retry")
@allow(Role.ORGANISER)
@takes_form(Nothing, listed)
def retry(_form: Nothing, conf: str, sending_id: str) -> ResponseReturnValue:
    """Have the mails of a sending tried again that could not be sent."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        count = sendings.retry_failed(write, sending_id)
    flash(ngettext("메일 %(num)d통을 다시 보냅니다.", "메일 %(num)d통을 다시 보냅니다.", count), "good")
    return redirect(url_for(".listed", conf=conf))


def _set(
    conf: str, sending_id: str, change: Callable[[Write, str], Sending], words: str
) -> ResponseReturnValue:
    with current_hub().journal.writing(conf, actor=actor()) as write:
        change(write, sending_id)
    flash(words, "good")
    return redirect(url_for(".listed", conf=conf))
