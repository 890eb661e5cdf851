"""The desk decides when those who signed up are told of changes, and sees who was told what."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from conference_hub.access.middleware import actor
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.followup import actions, notices
from conference_hub.followup.desk_pages import PREFIX, sessions, sign_ups
from conference_hub.followup.desk_requests import Cooling, DecideNotices, SendAgain
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub

notice_pages_bp = Blueprint("followup_notices", __name__, url_prefix=PREFIX)


@notice_pages_bp.post("/notices")
@allow(Role.ORGANISER)
@takes_form(DecideNotices, sessions)
def decide(form: DecideNotices, conf: str) -> ResponseReturnValue:
    """Tell people of changes now, hold that back, or let it go again."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        if form.action == "send":
            count = notices.send_now(write)
            words = ngettext(
                "세션 %(num)d개의 변경을 지금 알립니다.", "세션 %(num)d개의 변경을 지금 알립니다.", count
            )
        elif form.action == "hold":
            notices.hold(write)
            words = _("변경 알림을 멈췄습니다. 다시 보내기 전에는 아무에게도 알리지 않습니다.")
        else:
            notices.let_go(write)
            words = _("변경 알림을 다시 보냅니다.")
    flash(words, "good")
    return redirect(url_for("followup_desk.sessions", conf=conf, _anchor="notices"))


@notice_pages_bp.post("/<session_id>/sign-ups/<guest_id>/again")
@allow(Role.ORGANISER)
@takes_form(SendAgain, sign_ups)
def again(_form: SendAgain, conf: str, session_id: str, guest_id: str) -> ResponseReturnValue:
    """Send a guest the last invitation once more, or the one that was never written; raises Refused (`no_mail`)."""
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        actions.invite_again(hub, write, session_id, guest_id)
    flash(_("초대를 다시 보냅니다."), "good")
    return redirect(url_for("followup_desk.sign_ups", conf=conf, session_id=session_id))


@notice_pages_bp.post("/notices/cooling")
@allow(Role.ORGANISER)
@takes_form(Cooling, sessions)
def cooling(form: Cooling, conf: str) -> ResponseReturnValue:
    """Choose how many minutes changes wait before people are told of them."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        notices.set_cooling(write, form.minutes)
    flash(_("저장했습니다."), "good")
    return redirect(url_for("followup_desk.sessions", conf=conf, _anchor="notices"))
