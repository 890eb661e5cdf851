"""Writing mails, and what people do with them on the desk."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.outbox import retries, sending_store, store
from conference_hub.outbox.facts import MailHandled
from conference_hub.outbox.model import Draft, Mail, MailId, MailState, SendingState
from conference_hub.web.hub import Hub


def put(write: Write, draft: Draft) -> MailId:
    """Put a mail into the outbox, in the transaction of the change that causes it.

    Returns the id of the mail that was written before with the same `once_key` to the same address, if there is one
    that left or still waits; one that reached nobody is replaced. A mail of a sending that was stopped is written as
    withdrawn.
    """
    return put_for(write.session, draft, conf=write.conf, at=write.at, by=write.actor)


def put_for(session: Session, draft: Draft, *, conf: str | None, at: datetime, by: Actor) -> MailId:
    """Put a mail into the outbox where no conference is written to; `conf` is None for one about the hub itself.

    Earlier mails about the same that were not sent yet are not sent any more: their reader gets one mail. Raises
    ValueError for a mail about the hub itself that has an order, comes once, or belongs to a sending.
    """
    if conf is None and (draft.order_key or draft.once_key or draft.sending_id):
        message = "only mails of a conference have an order, come once or belong to a sending"
        raise ValueError(message)
    if draft.once_key is not None:
        before = store.find_once(session, conf, draft.once_key, draft.to_address)
        if before is not None:
            return before
        _replace_once(session, conf, draft.once_key, at)
    if draft.about is not None:
        replace_unsent(session, conf, draft.about, at)
    mail = _written(session, draft, conf, at, by)
    if _stopped(session, conf, draft):
        mail = retries.withdraw(mail, at)
    store.add_mail(session, mail, by)
    return mail.id


def _written(session: Session, draft: Draft, conf: str | None, at: datetime, by: Actor) -> Mail:
    return Mail(
        id=MailId(new_id()),
        conf=conf,
        number=store.next_number(session, conf),
        created_at=at,
        by=by.label,
        state=MailState.WAITING,
        since=at,
        next_try_at=at,
        **vars(draft),
    )


def _stopped(session: Session, conf: str | None, draft: Draft) -> bool:
    if conf is None or draft.sending_id is None:
        return False
    return sending_store.get_sending(session, conf, draft.sending_id).state is SendingState.STOPPED


def replace_unsent(session: Session, conf: str | None, about: str, at: datetime) -> None:
    """Settle the mails about something that were not sent yet; whoever writes the newer one knows of it."""
    for mail in store.mails_about(session, conf, about, lock=True):
        store.save_mail(session, retries.replaced(mail, at))


def _replace_once(session: Session, conf: str | None, once_key: str, at: datetime) -> None:
    """Let a mail be written once more that reached nobody; the one before is not sent any more."""
    before = store.release_once(session, conf, once_key)
    if before is not None:
        store.save_mail(session, retries.replaced(before, at))


def withdraw_unsent(write: Write, about: str) -> list[Mail]:
    """Decide that mails about something are not sent, where they were not yet; return those.

    One that is being sent just now is not tried again where that fails.
    """
    found = store.mails_about(write.session, write.conf, about, lock=True)
    for mail in found:
        store.save_mail(write.session, retries.once_only(mail, write.at))
    return [_handle(write, mail.id, retries.withdraw) for mail in found if mail.at_rest]


def withdraw_for_guests(
    write: Write, guest_ids: Collection[str], unwanted: Callable[[Mail], bool] = lambda _mail: True
) -> None:
    """Decide that unwanted mails to many and reminders to guests are not sent, where they were not yet.

    What was done to the guests says so: there is no fact of each mail.
    """
    for mail in store.waiting_for_guests(write.session, write.conf, guest_ids):
        if unwanted(mail):
            store.save_mail(write.session, retries.withdraw(mail, write.at))


def copied(hub: Hub, write: Write, mail_id: str) -> Mail:
    """Mark a mail as sent by hand; raises NotFound, and Refused when it is being sent or settled."""
    return _settle(hub, write, mail_id, retries.copy)


def withdraw(hub: Hub, write: Write, mail_id: str) -> Mail:
    """Decide that a mail is not sent; raises NotFound, and Refused when it is being sent or settled."""
    return _settle(hub, write, mail_id, retries.withdraw)


def retry(write: Write, mail_id: str) -> Mail:
    """Have a mail tried again now; raises NotFound, and Refused when it is being sent or settled."""
    return _handle(write, mail_id, retries.retry)


def bounced(hub: Hub, session: Session, mail_id: str, reason: str, at: datetime) -> Mail | None:
    """Write down that a mail came back, and say which; None: the hub sent no such mail.

    A report about a mail that did not leave the hub, or came back already, changes nothing.
    """
    mail = store.find_mail(session, mail_id, lock=True)
    if mail is None:
        return None
    returned = retries.bounce(mail, reason, at)
    if returned != mail:
        store.save_mail(session, returned)
        hub.tell_settled(session, returned, at)
    return returned


def _settle(hub: Hub, write: Write, mail_id: str, change: Callable[[Mail, datetime], Mail]) -> Mail:
    mail = _handle(write, mail_id, change)
    hub.tell_settled(write.session, mail, write.at)
    return mail


def _handle(write: Write, mail_id: str, change: Callable[[Mail, datetime], Mail]) -> Mail:
    mail = change(store.get_mail(write.session, write.conf, mail_id, lock=True), write.at)
    store.save_mail(write.session, mail)
    write.publish(MailHandled(mail=mail.id, state=mail.state), f"mail/{mail.id}", {})
    return mail
