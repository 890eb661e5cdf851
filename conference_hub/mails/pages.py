"""The desk's page of mails: what waits, what was sent, what failed; one mail to read, copy and settle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.mails.actions import write_test_mail
from conference_hub.mails.requests import MailList, TestMail
from conference_hub.outbox import actions, store
from conference_hub.outbox.message import message_of
from conference_hub.outbox.model import Mail
from conference_hub.outbox.sending_store import progress_of
from conference_hub.outbox.sendings import retry_failed
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language
from conference_hub.web.requests import Nothing, takes

mails_pages_bp = Blueprint("mails_pages", __name__)

ON_A_PAGE = 50
DRAFT_MARK = b"X-Unsent: 1\r\n"
"""Has Outlook open the file as a mail that is still to be sent."""
KINDS = {
    "registration": Text(ko="등록", en="Registration"),
    "team": Text(ko="운영진", en="Team"),
    "test": Text(ko="시험 메일", en="Test mail"),
}
"""What mails are called whose words organisers cannot change, and those of earlier versions."""


@mails_pages_bp.get("/c/<conf>/desk/mail")
@allow(Role.ORGANISER)
@takes(MailList)
def mails(query: MailList, conf: str) -> ResponseReturnValue:
    """Show the mails of a conference, the newest first, and how many there are in each state."""
    chosen = store.Chosen(sending_id=query.sending, to=query.to)
    with current_hub().database.reading() as db:
        counts = store.counts(db, conf, chosen)
        progress = progress_of(db, conf, query.sending) if query.sending is not None else None
        skip, of_state = query.page * ON_A_PAGE, replace(chosen, state=query.state)
        found = store.mails(db, conf, of_state, skip=skip, most=ON_A_PAGE + 1)
    return render_template(
        "mails/list.html",
        mails=found[:ON_A_PAGE],
        counts=counts,
        total=sum(counts.values()),
        query=query,
        progress=progress,
        more=len(found) > ON_A_PAGE,
        kinds=kinds(),
        **way_of_mails(),
    )


@mails_pages_bp.get("/c/<conf>/desk/mail/<mail_id>")
@allow(Role.ORGANISER)
def mail(conf: str, mail_id: str) -> ResponseReturnValue:
    """Show one mail: address, subject, text and link to copy, and what may be done with it."""
    with current_hub().database.reading() as db:
        found = store.get_mail(db, conf, mail_id)
    answer = render_template(
        "mails/mail.html",
        mail=found,
        body=found.body(_("[링크는 보낸 뒤 지웁니다]")),
        kinds=kinds(),
        **way_of_mails(),
    )
    return answer, {"Cache-Control": "no-store"}


@mails_pages_bp.get("/c/<conf>/desk/mail/<mail_id>/mail.eml")
@allow(Role.ORGANISER)
def as_file(conf: str, mail_id: str) -> ResponseReturnValue:
    """Give one mail as a file that mail programs open as a draft; an invitation keeps its calendar."""
    settings = current_hub().settings
    with current_hub().database.reading() as db:
        found = store.get_mail(db, conf, mail_id)
    try:
        content = message_of(found, settings.mail_from, settings.domain)
    except ValueError as error:
        raise Refused(
            msg("받는 주소나 내용이 올바르지 않아 메일 파일을 만들 수 없습니다."), code="no_mail"
        ) from error
    headers = {
        "Content-Type": "message/rfc822",
        "Content-Disposition": f'attachment; filename="mail-{found.id}.eml"',
        "Cache-Control": "no-store",
    }
    return DRAFT_MARK + content, headers


@mails_pages_bp.post("/c/<conf>/desk/mail/retry")
@allow(Role.ORGANISER)
@takes_form(Nothing, mails)
def retry_all(_form: Nothing, conf: str) -> ResponseReturnValue:
    """Have all mails tried again that could not be sent."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        count = retry_failed(write)
    flash(ngettext("메일 %(num)d통을 다시 보냅니다.", "메일 %(num)d통을 다시 보냅니다.", count), "good")
    return redirect(url_for(".mails", conf=conf))


@mails_pages_bp.post("/c/<conf>/desk/mail/<mail_id>/copied")
@allow(Role.ORGANISER)
@takes_form(Nothing, mail)
def copied(_form: Nothing, conf: str, mail_id: str) -> ResponseReturnValue:
    """Mark a mail as sent by hand."""
    return _handled(
        conf, mail_id, partial(actions.copied, current_hub()), _("직접 보낸 것으로 표시했습니다.")
    )


@mails_pages_bp.post("/c/<conf>/desk/mail/<mail_id>/withdraw")
@allow(Role.ORGANISER)
@takes_form(Nothing, mail)
def withdraw(_form: Nothing, conf: str, mail_id: str) -> ResponseReturnValue:
    """Decide that a mail is not sent."""
    return _handled(conf, mail_id, partial(actions.withdraw, current_hub()), _("이 메일은 보내지 않습니다."))


@mails_pages_bp.post("/c/<conf>/desk/mail/<mail_id>/retry")
@allow(Role.ORGANISER)
@takes_form(Nothing, mail)
def retry(_form: Nothing, conf: str, mail_id: str) -> ResponseReturnValue:
    """Have a mail tried again now."""
    return _handled(conf, mail_id, actions.retry, _("다시 보내도록 했습니다."))


@mails_pages_bp.post("/c/<conf>/desk/mail/test")
@allow(Role.ORGANISER)
@takes_form(TestMail, mails)
def test(form: TestMail, conf: str) -> ResponseReturnValue:
    """Write a mail to oneself, and show it."""
    title = conference().title.in_language(language())
    with current_hub().journal.writing(conf, actor=actor()) as write:
        mail_id = write_test_mail(
            write,
            form.address,
            _("[%(title)s] 시험 메일", title=title),
            _("%(title)s의 메일이 도착하는지 확인하는 시험 메일입니다.", title=title) + "\n",
        )
    return redirect(url_for(".mail", conf=conf, mail_id=mail_id))


def _handled(
    conf: str, mail_id: str, change: Callable[[Write, str], Mail], words: str
) -> ResponseReturnValue:
    with current_hub().journal.writing(conf, actor=actor()) as write:
        change(write, mail_id)
    flash(words, "good")
    return redirect(url_for(".mail", conf=conf, mail_id=mail_id))


def kinds() -> dict[str, str]:
    """Return what the kinds of mails are called; another kind is shown without a name."""
    own = {name: words.in_language(language()) for name, words in KINDS.items()}
    return own | {kind.name: _(kind.label) for kind in current_hub().mail_kinds.values()}


def way_of_mails() -> dict[str, Any]:
    """Return for templates whether the hub sends mails, in which directory it saves them, and what is in the way."""
    hub = current_hub()
    return {
        "sends": hub.settings.mail is not None,
        "mail_dir": hub.settings.mail_dir,
        "trouble": hub.mail_trouble,
    }
