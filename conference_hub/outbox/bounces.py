"""Mails about mails of ours that were not delivered: delivery reports (RFC 3464), and what older servers write instead.

A report names the mail by its Message-ID, which only its reader and the servers on the way know. Nothing else in a
report is believed: what it says is kept as words, and shown as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum
from html import unescape

from conference_hub.core.received import address_in, field_of, parts_of, parts_within, text_of
from conference_hub.outbox.model import MailId

MOST_WORDS = 300
"""Characters of a reason."""
MOST_TEXT = 100_000
MAILER = re.compile(r"(mailer-daemon|postmaster|mail-daemon|mdaemon|maildaemon|mdeliver)@?", re.IGNORECASE)
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
REPLY_CODE = re.compile(r"(?<![\d.])(5\d\d)(?=[ -])")
TAG = re.compile(r"<[^<>]{0,1000}>")


class Delivery(StrEnum):
    """What a server says became of a mail (RFC 3464 2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of the mail `mail_id`; `status` is an enhanced status code (RFC 3463), or empty.

    `words` say why, as the server that reports has it.
    """

    mail_id: MailId
    delivery: Delivery
    status: str = ""
    words: str = ""

    @property
    def failed(self) -> bool:
        """Whether the mail was returned for good."""
        return self.delivery is Delivery.FAILED

    @property
    def reason(self) -> str:
        """What the desk shows."""
        told = self.words if self.status in self.words else f"{self.status} {self.words}"
        return told.strip()[:MOST_WORDS]


def is_automatic(mail: Message) -> bool:
    """Return whether a program sent a mail by itself (RFC 3834): an out-of-office note, or a report."""
    return field_of(mail, "Auto-Submitted").casefold().split(";")[0].strip() not in {"", "no"}


def read_report(mail: Message, domain: str) -> Report | None:
    """Return what a mail reports of a mail that the hub at `domain` sent; None for any other mail."""
    parts = list(parts_of(mail, into_messages=True))
    statuses = [part for part in parts if part.get_content_type().startswith("message/")]
    groups = [one for part in statuses for one in _recipients(part)]
    if not groups and not _is_bounce(mail):
        return None
    mail_id = _original(parts, domain)
    if mail_id is None:
        return None
    return _standard(mail_id, groups) if groups else _classic(mail_id, mail, parts)


def _recipients(part: Message) -> Iterator[Message]:
    """Yield the groups of a delivery status that tell of a recipient; the first group tells of the server."""
    if part.get_content_type() not in {"message/delivery-status", "message/global-delivery-status"}:
        return
    for group in parts_within(part):
        if field_of(group, "Action"):
            yield group


def _standard(mail_id: MailId, groups: list[Message]) -> Report | None:
    """Return the report on the one recipient: a mail of the hub has one, others are where it was forwarded to."""
    found = [(_delivery(field_of(group, "Action")), group) for group in groups]
    known = [(delivery, group) for delivery, group in found if delivery is not None]
    if not known:
        return None
    delivery, group = next((one for one in known if one[0] is Delivery.FAILED), known[0])
    status = STATUS.search(field_of(group, "Status"))
    words = field_of(group, "Diagnostic-Code")
    return Report(
        mail_id=mail_id,
        delivery=delivery,
        status=status[1] if status else "",
        words=words.partition(";")[2].strip() or words,
    )


def _delivery(action: str) -> Delivery | None:
    words = action.casefold().split()
    return Delivery(words[0]) if words and words[0] in list(Delivery) else None


def _classic(mail_id: MailId, mail: Message, parts: list[Message]) -> Report | None:
    """Return what a report without a delivery status says; None where it names no final failure."""
    text = next((_words_of(part) for part in parts if part.get_content_maintype() == "text"), "")
    status, code = STATUS.search(text), REPLY_CODE.search(text)
    told = next((line for line in text.splitlines() if STATUS.search(line) or REPLY_CODE.search(line)), "")
    final = (
        status[1].startswith("5")
        if status
        else code is not None or bool(field_of(mail, "X-Failed-Recipients"))
    )
    if not final:
        return None
    return Report(
        mail_id=mail_id,
        delivery=Delivery.FAILED,
        status=status[1] if status else "",
        words=" ".join(told.split()) or field_of(mail, "Subject"),
    )


def _words_of(part: Message) -> str:
    text = text_of(part)[:MOST_TEXT]
    return unescape(TAG.sub(" ", text)) if part.get_content_subtype() == "html" else text


def _is_bounce(mail: Message) -> bool:
    """Return whether a mail server wrote this: from nobody (RFC 5321 4.5.5), or under one of the usual names."""
    if field_of(mail, "X-Failed-Recipients"):
        return True
    nobody = field_of(mail, "Return-Path") == "<>"
    return nobody or MAILER.match(address_in(field_of(mail, "From"))) is not None


def _original(parts: list[Message], domain: str) -> MailId | None:
    """Return the id of the mail of ours that a report is about: by the headers that it gives back, else in its text."""
    ours = re.compile(rf"<([a-z0-9]{{4,40}})@{re.escape(domain)}>", re.IGNORECASE)
    for part in parts[1:]:
        if found := ours.fullmatch(field_of(part, "Message-ID")):
            return MailId(found[1])
    for part in parts:
        if part.get_content_type() in {
            "text/rfc822-headers",
            "text/plain",
            "text/html",
            "message/rfc822-headers",
        }:
            for line in unescape(text_of(part)[:MOST_TEXT]).splitlines():
                if "message-id" in line.casefold() and (found := ours.search(line)):
                    return MailId(found[1])
    for name in ("In-Reply-To", "References", "X-Original-Message-ID"):
        if found := ours.search(field_of(parts[0], name)):
            return MailId(found[1])
    return None
