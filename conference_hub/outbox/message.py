"""A mail as the bytes that a mail server takes (RFC 5322)."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from conference_hub.outbox.model import Mail


def message_of(mail: Mail, sender: str, domain: str) -> EmailMessage:
    """Make the message of a mail. Its Message-ID is that of every attempt, so that a repeat is recognised.

    Raises ValueError for an address that cannot stand in a header.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(*parseaddr(sender))
    message["To"] = _address(mail.to_name, mail.to_address)
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body(), cte="base64")
    return message


def _address(name: str, address: str) -> Address:
    try:
        address.encode("ascii")
        _local, _domain = address.split("@")
        return Address(display_name=" ".join(name.split()), addr_spec=address)
    except (ValueError, IndexError) as error:
        message = f"no mail address: {address!r}"
        raise ValueError(message) from error
