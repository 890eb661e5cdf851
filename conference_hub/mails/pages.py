"""The desk's page of mails: what waits, what was sent, what failed; one mail to read, copy and settle."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.mails.actions import write_test_mail
from conference_hub.mails.requests import MailList, TestMail
from conference_hub.outbox import actions, store
from conference_hub.outbox.model import Mail
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language
from conference_hub.web.requests import Nothing, takes

mails_pages_bp = Blueprint("mails_pages", __name__)

ON_A_PAGE = 50
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
    with current_hub().database.reading() as db:
        counts = store.counts(db, conf)
        skip = query.page * ON_A_PAGE
        found = store.mails(db, conf, state=query.state, skip=skip, most=ON_A_PAGE + 1)
    return render_template(
        "mails/list.html",
        mails=found[:ON_A_PAGE],
        counts=counts,
        total=sum(counts.values()),
        state=query.state,
        page=query.page,
        more=len(found) > ON_A_PAGE,
        kinds=_kinds(),
        sends=_sends(),
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
        kinds=_kinds(),
        sends=_sends(),
    )
    return answer, {"Cache-Control": "no-store"}


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


def _kinds() -> dict[str, str]:
    """Return what the kinds of mails are called; another kind is shown without a name."""
    own = {name: words.in_language(language()) for name, words in KINDS.items()}
    return own | {kind.name: _(kind.label) for kind in current_hub().mail_kinds.values()}


def _sends() -> bool:
    """Return whether the hub has a mail server."""
    return current_hub().settings.mail is not None
