"""Choosing reminders: which a conference sends (the desk), and which a guest gets (the page of the follow-up)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import Forbidden, msg
from conference_hub.core.sighted import mark_of, require_same
from conference_hub.followup import reminder_store, store
from conference_hub.followup.facts import RemindersSet
from conference_hub.followup.keys import REMINDERS_KEY
from conference_hub.followup.pages import page
from conference_hub.followup.reminder_requests import ChooseReminders, SetReminders
from conference_hub.followup.reminders import ReminderSetup
from conference_hub.people.mail_choices import MailChoices, choose
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import GUEST_POST, guest, limiter

followup_reminders_bp = Blueprint("followup_reminders", __name__, url_prefix="/c/<conf>")


@followup_reminders_bp.get("/desk/follow-up/reminders")
@allow(Role.ORGANISER)
def reminders(conf: str) -> ResponseReturnValue:
    """Show which reminders the conference sends, and which were written."""
    with current_hub().database.reading() as db:
        setup = reminder_store.setup_of(db, conf)
        return render_template(
            "followup/desk_reminders.html",
            setup=setup,
            seen=mark_of(setup),
            rounds=[one for one in reminder_store.rounds_of(db, conf) if one.sending_id],
            sessions={one.id: one for one in store.all_sessions(db, conf)},
        )


@followup_reminders_bp.post("/desk/follow-up/reminders")
@allow(Role.ORGANISER)
@takes_form(SetReminders, reminders)
def set_reminders(form: SetReminders, conf: str) -> ResponseReturnValue:
    """Choose which reminders the conference sends from now on."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        require_same(write, form.seen, reminder_store.setup_of(write.session, conf), REMINDERS_KEY)
        reminder_store.save_setup(
            write.session, conf, ReminderSetup(day_ahead=form.day_ahead, shortly=form.shortly)
        )
        write.publish(RemindersSet(), REMINDERS_KEY, {})
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".reminders", conf=conf))


@followup_reminders_bp.post("/follow-up/mails")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(ChooseReminders, page)
def choose_reminders(form: ChooseReminders, conf: str) -> ResponseReturnValue:
    """Keep which reminders and news a guest wants."""
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        raise Forbidden(msg("등록된 참석자만 신청할 수 있습니다."))
    chosen = MailChoices(day_ahead=form.day_ahead, shortly=form.shortly, news=form.news)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        choose(write, guest_id, chosen, current_hub().mail_kinds.values())
    flash(_("저장했습니다."), "good")
    return redirect(url_for("followup_pages.page", conf=conf, _anchor="mails"))
