"""Mails that the desk itself writes."""

from __future__ import annotations

from conference_hub.core.addresses import is_email
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.journal import Write
from conference_hub.outbox.actions import put
from conference_hub.outbox.facts import MailHandled
from conference_hub.outbox.model import Draft, MailId, MailState


def write_test_mail(write: Write, address: str, subject: str, text: str) -> MailId:
    """Put a mail that says that mails arrive into the outbox; raises Invalid for what is no address."""
    if not is_email(address):
        raise Invalid(msg("메일 주소를 name@example.com처럼 적어 주세요."), field="address")
    mail = put(write, Draft(kind="test", to_name="", to_address=address, subject=subject, content=text))
    write.publish(MailHandled(mail=mail, state=MailState.WAITING), f"mail/{mail}", {})
    return mail
