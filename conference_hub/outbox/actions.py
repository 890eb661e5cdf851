"""Writing mails, and what people do with them on the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.outbox import retries, store
from conference_hub.outbox.facts import MailHandled
from conference_hub.outbox.model import Draft, Mail, MailId, MailState


def put(write: Write, draft: Draft) -> MailId:
    """Put a mail into the outbox, in the transaction of the change that causes it."""
    return put_for(write.session, draft, conf=write.conf, at=write.at, by=write.actor)


def put_for(session: Session, draft: Draft, *, conf: str | None, at: datetime, by: Actor) -> MailId:
    """Put a mail into the outbox where no conference is written to; `conf` is None for one about the hub itself.

    Earlier mails about the same that were not sent yet are not sent any more: their reader gets one mail.
    """
    if draft.about is not None:
        replace_unsent(session, conf, draft.about, at)
    mail = Mail(
        id=MailId(new_id()),
        conf=conf,
        kind=draft.kind,
        to_name=draft.to_name,
        to_address=draft.to_address,
        subject=draft.subject,
        content=draft.content,
        link=draft.link,
        created_at=at,
        by=by.label,
        state=MailState.WAITING,
        since=at,
        next_try_at=at,
        about=draft.about,
    )
    store.add_mail(session, mail, by)
    return mail.id


def replace_unsent(session: Session, conf: str | None, about: str, at: datetime) -> None:
    """Settle the mails about something that were not sent yet."""
    for mail in store.mails_about(session, conf, about, lock=True):
        store.save_mail(session, retries.replaced(mail, at))


def withdraw_unsent(write: Write, about: str) -> None:
    """Decide that mails about something are not sent, where they were not yet."""
    for mail in store.mails_about(write.session, write.conf, about):
        if mail.open and mail.state is not MailState.SENDING:
            withdraw(write, mail.id)


def copied(write: Write, mail_id: str) -> Mail:
    """Mark a mail as sent by hand; raises NotFound, and Refused when it is being sent or settled."""
    return _handle(write, mail_id, retries.copy)


def withdraw(write: Write, mail_id: str) -> Mail:
    """Decide that a mail is not sent; raises NotFound, and Refused when it is being sent or settled."""
    return _handle(write, mail_id, retries.withdraw)


def retry(write: Write, mail_id: str) -> Mail:
    """Have a mail tried again now; raises NotFound, and Refused when it is being sent or settled."""
    return _handle(write, mail_id, retries.retry)


def _handle(write: Write, mail_id: str, change: Callable[[Mail, datetime], Mail]) -> Mail:
    mail = change(store.get_mail(write.session, write.conf, mail_id, lock=True), write.at)
    store.save_mail(write.session, mail)
    write.publish(MailHandled(mail=mail.id, state=mail.state), f"mail/{mail.id}", {})
    return mail
