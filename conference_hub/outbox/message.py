"""A mail as the bytes that a mail server takes (RFC 5322): text, HTML made of it, and a calendar where it has one.

With a calendar it is `multipart/mixed[alternative[text/plain, text/html, text/calendar], invite.ics]` (RFC 6047): the
part inside the alternative is what calendars act on, the file is for those that offer attachments only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message, MIMEPart
from email.policy import SMTP, compat32
from email.utils import format_datetime
from typing import Any, TypeAlias

from conference_hub.outbox.headers import mailbox, one_line, read_mailbox, words
from conference_hub.outbox.letter_html import html_of
from conference_hub.outbox.model import Mail

METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
Part: TypeAlias = "Message[Any, Any]"
CRLF = compat32.clone(linesep="\r\n", max_line_length=100)
"""Long enough for List-Unsubscribe on one line; what has encoded words is folded before."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a mail server takes: the addresses of the envelope, and the message; `id` is that of the mail."""

    id: str
    sender: str
    to: str
    content: bytes


def letter_of(mail: Mail, sender: str, domain: str) -> Letter:
    """Make what a mail server takes of a mail; raises ValueError as `message_of` does."""
    content = message_of(mail, sender, domain)
    return Letter(id=mail.id, sender=read_mailbox(sender)[1], to=mail.to_address, content=content)


def message_of(mail: Mail, sender: str, domain: str) -> bytes:
    """Make the message of a mail; every attempt has the same bytes and Message-ID, so that a repeat is recognised.

    `sender` is `Name <address>`, `domain` what the Message-ID ends with. Raises ValueError for an address that cannot
    stand in a header, and for a calendar without a METHOD.
    """
    message: Part = Message(policy=CRLF)
    message["From"] = mailbox(*read_mailbox(sender))
    message["To"] = mailbox(mail.to_name, mail.to_address)
    message["Subject"] = words(mail.subject)
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.language:
        message["Content-Language"] = mail.language
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    _fill(message, mail)
    return message.as_bytes()


def _fill(message: Part, mail: Mail) -> None:
    message["MIME-Version"] = "1.0"
    parts = _wordings(mail)
    if mail.calendar is None:
        _put_together(message, "alternative", mail.id, parts)
        return
    parts.append(_text(mail.calendar, "calendar", method=_method(mail)))
    alternative: Part = Message(policy=CRLF)
    _put_together(alternative, "alternative", mail.id, parts)
    _put_together(message, "mixed", mail.id, [alternative, _file(mail.calendar)])


def _method(mail: Mail) -> str:
    found = METHOD.search(mail.calendar or "")
    if found is None:
        error = f"the calendar of mail {mail.id} has no METHOD"
        raise ValueError(error)
    return found[1]


def _wordings(mail: Mail) -> list[Part]:
    text = mail.body()
    html = html_of(text, subject=one_line(mail.subject), language=mail.language)
    return [_text(text, "plain"), _text(html, "html")]


def _text(content: str, subtype: str, **parameters: str) -> Part:
    part = MIMEPart(policy=SMTP)
    part.set_content(content, subtype=subtype, cte="base64", params=parameters)
    return part


def _file(calendar: str) -> Part:
    part = MIMEPart(policy=SMTP)
    part.set_content(
        calendar.encode(),
        maintype="application",
        subtype="ics",
        disposition="attachment",
        filename="invite.ics",
    )
    return part


def _put_together(whole: Part, subtype: str, mail_id: str, parts: list[Part]) -> None:
    """Make `whole` of parts. No base64 has the boundary in it."""
    whole["Content-Type"] = f'multipart/{subtype}; boundary="={subtype}={mail_id}="'
    for part in parts:
        whole.attach(part)
